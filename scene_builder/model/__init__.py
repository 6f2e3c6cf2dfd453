"""The shared vocabulary: scene graph, stage and the records that they are made of. No I/O."""
