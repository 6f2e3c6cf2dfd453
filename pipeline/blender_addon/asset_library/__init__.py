"""worldreel's things as a Blender asset library: .blend files, catalogues, previews, credits."""
