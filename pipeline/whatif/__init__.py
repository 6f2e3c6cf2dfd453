"""What if one thing were otherwise: the same take again, with a few figures changed."""
