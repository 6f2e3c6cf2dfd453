"""Things that do not stand alone: leaning on others, and standing in vessels."""
