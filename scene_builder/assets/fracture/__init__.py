"""Bodies cut into the pieces that they break into, before they do."""
