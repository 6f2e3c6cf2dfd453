"""What can be seen in a motion: measures of it, and one finding for each kind of outcome."""
