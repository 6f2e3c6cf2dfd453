"""Water and air of a place: what floats, rises, and is blown about."""
