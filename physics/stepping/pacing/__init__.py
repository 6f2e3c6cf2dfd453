"""How long a world's steps are."""
