"""What a person changed by hand becomes a stage: no Blender here, records only."""
