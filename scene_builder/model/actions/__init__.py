"""What is done to the bodies of a stage."""
