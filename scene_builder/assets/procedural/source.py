"""The asset source that makes things by rule."""

from typing import final

import numpy as np

from scene_builder.assets.procedural.counted import counted
from scene_builder.assets.procedural.finish import finished_rand
from scene_builder.assets.procedural.forms import STANDING
from scene_builder.assets.procedural.lettering import lettered
from scene_builder.assets.procedural.registry import builder_of
from scene_builder.assets.source import Asset, AssetSource, Description
from scene_builder.knowledge.neighbours import nearest_noun
from scene_builder.knowledge.nouns import MODIFIED_SCORE, Match

GUESSED_SCORE = 0.85
"""Best score of what only comes near to the noun: it is a stand-in."""


@final
class ProceduralSource(AssetSource):
    """Makes everyday things, proportioned like the real ones."""

    name = "procedural"

    def find(self, noun: str, description: Description, rng: np.random.Generator) -> Asset | None:
        """Return a thing that `noun` names, or None for what nothing known comes near.

        What has no builder of its own has the shape of its hypernym, at its own size and of its
        own substance; an unknown noun becomes the known one that is nearest. Both are credited
        as stand-ins (`fallback`).

        Args:
            noun: A noun, with or without modifiers.
            description: Colour, material, size and mass, where the words state them.
            rng: Draws what the words leave open.

        Raises:
            UnknownNameError: If the description's material is unknown.
            SceneError: If its colour or size is none.
        """
        near = nearest_noun(noun)
        build = None
        if near is not None:
            shape = near.noun.shape
            build = builder_of(shape, description.variant, written=bool(description.text))
        if near is None or build is None:
            return None
        build = counted(noun, near.noun.shape, description.variant) or build
        score = near.score if near.how == "name" else min(near.score, GUESSED_SCORE)
        match = Match(noun=near.noun, score=score, exact=score > MODIFIED_SCORE)
        standing = STANDING.get(shape) if description.text else None
        if standing is not None:
            blueprint = standing(description.text)
        else:
            blueprint = lettered(build(rng), shape, description.text)
        return finished_rand(rng, blueprint, match, description)
