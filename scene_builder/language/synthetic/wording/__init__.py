"""From what was drawn to words: patterns, clauses, mentions, and the slips of typing."""
