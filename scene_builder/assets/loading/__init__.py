"""Mesh files become surfaces: read as data, nothing in them is ever run."""
