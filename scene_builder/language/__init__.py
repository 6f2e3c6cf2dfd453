"""Readers: from a prompt to a scene graph."""
