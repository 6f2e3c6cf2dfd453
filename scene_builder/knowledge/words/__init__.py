"""The words that every reader shares: nouns, numbers, colours, verbs, relations, film terms."""
