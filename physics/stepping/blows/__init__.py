"""What hits something rebounds, with all that joints hold to it."""
