"""Soft bodies: tetrahedra of elastic stuff, by explicit finite elements."""
