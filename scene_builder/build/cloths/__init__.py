"""Cloth on the stage: which things are cloth, how they are cut, and what holds them."""
