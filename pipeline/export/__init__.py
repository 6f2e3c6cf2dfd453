"""What a run can be turned into."""
