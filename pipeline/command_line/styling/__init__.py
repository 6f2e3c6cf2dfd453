"""The command that shows the built-in styles."""
