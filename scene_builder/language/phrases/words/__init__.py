"""Single words: what class each belongs to, and what the lists know of it."""
