"""A run in the open scene: what is shown, and what was changed there by hand."""
