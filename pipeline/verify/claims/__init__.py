"""Claims about one field of the scene graph each."""
