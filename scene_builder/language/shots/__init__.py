"""From a page of words to the shots of a film that share a world."""
