"""How the words of a sentence hang together: phrases, and clauses with verb, object and places."""
