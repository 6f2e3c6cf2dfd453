"""What the report draws: curves and thumbnails, by our own small code."""
