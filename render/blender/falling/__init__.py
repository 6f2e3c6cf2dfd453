"""Rain and snow as objects of Blender's, that play when the film does."""
