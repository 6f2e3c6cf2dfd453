"""Bodies that move as they are told."""
