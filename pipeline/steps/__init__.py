"""The steps from words to a film: pure functions, and how their results lie on the disk."""
