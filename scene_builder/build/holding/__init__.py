"""What holds what: the wall, fixtures in it, vessels that are open."""
