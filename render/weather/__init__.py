"""Weather that falls: rain and snow as particles in front of the picture, behind no surface."""
