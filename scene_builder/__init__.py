"""From words to a stage: the scene graph, what it is made of, and where everything stands."""
