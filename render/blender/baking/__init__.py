"""Blender's materials as pictures: what a headset or a browser can draw."""
