"""The asset source that makes things by rule."""

from typing import final

import numpy as np

from scene_builder.assets.procedural.finish import finished_rand
from scene_builder.assets.procedural.registry import builder_of
from scene_builder.assets.source import Asset, AssetSource, Description
from scene_builder.knowledge.nouns import resolve_noun


@final
class ProceduralSource(AssetSource):
    """Makes everyday things, proportioned like the real ones."""

    name = "procedural"

    def find(self, noun: str, description: Description, rng: np.random.Generator) -> Asset | None:
        """Return a thing that `noun` names, or None for what nobody showed it how to make.

        Args:
            noun: A noun, with or without modifiers.
            description: Colour, material, size and mass, where the words state them.
            rng: Draws what the words leave open.

        Raises:
            UnknownNameError: If the description's material is unknown.
            SceneError: If its colour or size is none.
        """
        match = resolve_noun(noun)
        build = None if match is None else builder_of(match.noun.name)
        if match is None or build is None:
            return None
        return finished_rand(rng, build(rng), match, description)
