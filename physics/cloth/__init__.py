"""Cloth and soft bodies: sheets that fold and lumps that give way, on what is solid."""
