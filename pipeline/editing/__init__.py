"""A finished run is changed by words; what the words do not touch is kept."""
