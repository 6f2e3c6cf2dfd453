"""Motion, camera and passes in Blender: what is seen."""
