"""From style words, as people write them, to a built-in style."""
