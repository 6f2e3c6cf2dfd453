"""What clauses say: entities, relations, actions and outcomes."""
