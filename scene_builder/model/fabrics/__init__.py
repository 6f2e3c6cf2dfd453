"""Cloth as a record."""
