"""What can be found in a prompt by words alone: noun phrases, clauses, stated facts."""
