"""What leans rather than stands, and the solid that decides whether it stays."""

from typing import Literal

import numpy as np

from scene_builder.assets.source import Asset
from scene_builder.knowledge.catalogue import hypernyms_of
from scene_builder.knowledge.materials import substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.layout.items import Matter
from scene_builder.layout.leaning.touching import cloud_of
from scene_builder.layout.solids import local_pieces

SLENDER, SLAB = 3.5, 0.31
"""What is longer than this many times its breadth, or thinner than this share of it, leans."""

TILTED = frozenset({"bicycle", "bike", "scooter", "picture_frame", "mirror", "unicycle"})
"""What leans as it stands."""

TWO_WHEELED = frozenset({"bicycle", "bike", "motorcycle"})
"""What would fall over but for its stand, which models rarely have."""

HEADED = frozenset(
    {"plant", "flower", "rose", "brush", "toothbrush", "paintbrush", "feather", "folded_umbrella"}
)
"""What stands with its wider end up."""

SOFT = frozenset({"textile", "garment", "animal", "person", "furniture", "bedding"})
"""Kinds of things that do not lean, however long or thin they are."""


def leaning_of(asset: Asset) -> Literal["erect", "tilted"] | None:
    """Return how a thing leans against others: `erect`, `tilted`, or None if it stands."""
    kinds = _kinds(asset)
    if kinds & TILTED:
        return "tilted"
    if asset.furniture or asset.rolls or asset.cavity or kinds & SOFT:
        return None
    x, y, z = asset.mesh.extents
    thin, middle, long = np.sort(asset.mesh.extents)
    if long < SLENDER * middle and thin > SLAB * middle:
        return None
    return "tilted" if z > max(x, y) or (z >= middle and thin <= SLAB * middle) else "erect"


def is_two_wheeled(asset: Asset) -> bool:
    """Return whether a thing stands on its stand as long as nothing happens to it."""
    return bool(_kinds(asset) & TWO_WHEELED)


def matter_of(asset: Asset) -> Matter:
    """Return what decides whether a thing keeps its balance."""
    kinds = _kinds(asset)
    return Matter(
        clouds=tuple(cloud_of(piece) for piece in local_pieces(asset.collider)),
        center_of_mass=asset.center_of_mass,
        friction=substance(asset.substance).friction,
        head_up=bool(kinds & HEADED),
    )


def _kinds(asset: Asset) -> set[str]:
    match = resolve_noun(asset.noun)
    if match is None:
        return {asset.noun.replace(" ", "_")}
    return {match.noun.name, match.noun.shape, *hypernyms_of(match.noun.name)}
