"""What leans rather than stands, and the solid that decides whether it stays."""

from typing import Literal

import numpy as np
from jaxtyping import Float

from scene_builder.assets.source import Asset
from scene_builder.knowledge.catalogue import hypernyms_of
from scene_builder.knowledge.materials import substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.layout.items import Matter
from scene_builder.layout.leaning.stances import END_SHARE
from scene_builder.layout.leaning.touching import cloud_of
from scene_builder.layout.solids import local_pieces
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, wxyz_from_rotation

SLENDER, SLAB = 3.5, 0.31
"""What is longer than this many times its breadth, or thinner than this share of it, leans."""

TILTED = frozenset({"bicycle", "bike", "scooter", "picture_frame", "mirror", "unicycle"})
"""What leans as it stands."""

TWO_WHEELED = frozenset({"bicycle", "bike", "motorcycle"})
"""What would fall over but for its stand, which models rarely have."""

HEADED = frozenset(
    {
        "plant",
        "flower",
        "rose",
        "brush",
        "toothbrush",
        "paintbrush",
        "feather",
        "folded_umbrella",
        "ladle",
        "spatula",
        "whisk",
    }
)
"""What stands with its wider end up."""

SOFT = frozenset({"textile", "garment", "animal", "person", "furniture", "bedding"})
"""Kinds of things that do not lean, however long or thin they are."""

BOARDS = frozenset({"skateboard"})
"""What leans though it rolls."""

FLAT_SHARE = 0.4
"""What is thinner than this share of its breadth, and lies, hangs flat against the wall."""

BOW_UP = frozenset({"key"})
"""What hangs by its wider end; other long things have their hole, or their neck, in the other."""


def leaning_of(asset: Asset) -> Literal["erect", "tilted"] | None:
    """Return how a thing leans against others: `erect`, `tilted`, or None if it stands."""
    kinds = _kinds(asset)
    if kinds & TILTED:
        return "tilted"
    if asset.furniture or (asset.rolls and not kinds & BOARDS) or asset.cavity or kinds & SOFT:
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
        head=_head_of(asset) if kinds & HEADED else None,
    )


def _head_of(asset: Asset) -> Float[Array, "3"]:
    """Return the direction (3) along its longest axis in which a thing looks wider.

    What is seen decides: a flower's solid is but its stalk.
    """
    points = np.asarray(asset.mesh.vertices, np.float64)
    low, high = points.min(axis=0), points.max(axis=0)
    long = int(np.argmax(high - low))
    share = (points[:, long] - low[long]) / (high - low)[long]
    first, last = (
        float(np.ptp(np.delete(points[end], long, axis=1), axis=0).max())
        for end in (share < END_SHARE, share > 1 - END_SHARE)
    )
    head = np.zeros(3)
    head[long] = 1.0 if last >= first else -1.0
    return head


def _kinds(asset: Asset) -> set[str]:
    match = resolve_noun(asset.noun)
    if match is None:
        return {asset.noun.replace(" ", "_")}
    return {match.noun.name, match.noun.shape, *hypernyms_of(match.noun.name)}


def flat_turn(asset: Asset) -> Pose:
    """Return the turn with which a thing hangs on a wall: what lies is raised, its top in front.

    What is long along X hangs by the end that is narrower, a key by its bow.
    """
    x, y, z = (float(edge) for edge in asset.mesh.extents)
    if z > FLAT_SHARE * max(x, y) or asset.furniture:
        return Pose.identity()
    turn = np.eye(3)
    if x > y:
        points = np.asarray(asset.mesh.vertices, np.float64)
        ahead = points[:, 0] > (points[:, 0].min() + points[:, 0].max()) / 2
        wider = np.ptp(points[ahead, 1]) > np.ptp(points[~ahead, 1])
        up = 1.0 if wider == (asset.noun in BOW_UP) else -1.0
        turn = np.array([[0.0, -up, 0.0], [up, 0.0, 0.0], [0.0, 0.0, 1.0]])
    raised = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]])
    return Pose(position=np.zeros(3), wxyz=wxyz_from_rotation(raised @ turn))
