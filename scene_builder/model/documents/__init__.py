"""Documents that hold several scenes."""
