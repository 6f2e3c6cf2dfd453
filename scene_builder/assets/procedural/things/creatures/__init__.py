"""Animals, each in its own form: still, and all of a piece."""
