"""The place: ground, walls, lamps, sky, and what stands around."""
