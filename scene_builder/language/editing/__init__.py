"""Editing by words: what is asked becomes a typed patch of the scene graph, and nothing else."""
