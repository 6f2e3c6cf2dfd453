"""Furniture and what stands, hangs and lies in a house."""
