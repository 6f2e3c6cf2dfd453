"""What air and water do to bodies, in every simulator alike."""
