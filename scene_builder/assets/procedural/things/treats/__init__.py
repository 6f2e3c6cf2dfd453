"""Meals, sweets and greens: what is eaten, and what it is served in."""
