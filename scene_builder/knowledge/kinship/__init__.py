"""What WordNet says about nouns that the table of things does not hold."""
