"""What makes a place that place: built from parts, never in the event's way."""
