"""Closed surfaces, and the convex pieces that they collide with, made with numpy and manifold3d."""
