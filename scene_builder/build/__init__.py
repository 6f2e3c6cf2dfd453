"""A scene graph becomes a stage: every body placed, sized, dressed and set in motion."""
