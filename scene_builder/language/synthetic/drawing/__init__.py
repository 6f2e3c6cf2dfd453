"""Drawing of things, of how they stand, and of what happens to them."""
