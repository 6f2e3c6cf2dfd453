"""The video route: models that paint many frames together, window by window."""
