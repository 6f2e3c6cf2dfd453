"""Prompts written and labelled by hand, as training pairs."""
