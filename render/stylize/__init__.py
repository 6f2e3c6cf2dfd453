"""What gives frames their look."""
