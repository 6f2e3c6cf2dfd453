"""Models that our own dependencies carry."""
