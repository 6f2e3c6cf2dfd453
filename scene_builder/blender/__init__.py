"""A stage in Blender: meshes, materials, lights and the world: what is there."""
