"""Words as phrases: noun phrases, places, verbs with complements, relative clauses."""
