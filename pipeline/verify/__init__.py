"""Whether the film did what the words said."""
