"""What Blender shows of worldreel: preferences, operators and the panel."""
