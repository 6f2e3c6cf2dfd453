"""Physically based node materials, one pattern for each family of substances."""
