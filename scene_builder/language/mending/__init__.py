"""From what was read to a valid graph: repair, evidence, what follows, and the choice."""
