"""Cloth: threads and vertices, by extended position-based dynamics."""
