"""worldreel inside Blender: the same steps as the command line, on the open scene."""
