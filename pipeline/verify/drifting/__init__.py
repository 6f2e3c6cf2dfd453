"""What the drift of a look is measured with, held against, and kept as."""
