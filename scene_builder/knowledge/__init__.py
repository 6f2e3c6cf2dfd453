"""What everybody knows: nouns, materials, colours, weights of the embedded models."""
