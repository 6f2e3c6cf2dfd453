"""The search for a place for everything."""
