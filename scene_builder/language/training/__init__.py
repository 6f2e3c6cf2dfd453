"""Training of the embedded reader's adapter."""
