"""What a world did, written down."""
