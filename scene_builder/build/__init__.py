"""From a scene graph to a stage."""
