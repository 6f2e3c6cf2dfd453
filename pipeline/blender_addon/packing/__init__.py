"""The extension's zip files: one for each platform, with all wheels that Blender lacks."""
