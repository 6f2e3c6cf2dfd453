"""What stories are made of: spacecraft, worlds, arms, winter and the sea."""
