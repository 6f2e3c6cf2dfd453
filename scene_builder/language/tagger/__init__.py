"""A reader that marks words and draws arcs between them: it gives a graph and its grounding."""
