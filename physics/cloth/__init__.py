"""Cloth: sheets of threads that stretch little, bend easily and lie on what is solid."""
