"""Vessels from which, and into which, one can pour: open above, and tight everywhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from scene_builder.assets.source import Asset, AssetSource, Description
from scene_builder.build.staging.pouring import Pour
from scene_builder.model.arrays import Array
from scene_builder.model.graph import SceneGraph

LEVELS = (0.15, 0.3, 0.45)
"""Heights at which a wall is looked at, as shares of the hollow's depth."""

WAYS = 24
"""Directions in which it is looked at."""

TIGHT_SHARE = 0.97
"""So many of the rays from a hollow's axis have to meet a wall: seams between convex pieces are
narrower than any grain."""

CLEAR_SHARE = 0.6
"""And they meet none nearer than this share of the hollow's radius."""


@final
@dataclass(frozen=True, slots=True)
class Vessels:
    """Finds only what holds grains, for the nouns that are poured from or into.

    Attributes:
        nouns: These nouns.
        sources: Where it looks, first choice first.
    """

    nouns: frozenset[str]
    sources: tuple[AssetSource, ...]

    def find(self, noun: str, description: Description, rng: np.random.Generator) -> Asset | None:
        """Return the first tight vessel; None for other nouns, and if there is none."""
        if noun not in self.nouns:
            return None
        for source in self.sources:
            asset = source.find(noun, description, rng)
            if asset is not None and is_tight(asset):
                return asset
        return None


def sources_for(
    graph: SceneGraph, pours: Sequence[Pour], sources: Sequence[AssetSource]
) -> tuple[AssetSource, ...]:
    """Return sources that prefer tight vessels where something is poured."""
    names = {name for pour in pours for name in (pour.vessel, pour.target) if name is not None}
    nouns = {entity.noun for name in names if (entity := graph.entity(name)) is not None}
    return (Vessels(frozenset(nouns), tuple(sources)), *sources) if nouns else tuple(sources)


def is_tight(asset: Asset) -> bool:
    """Return whether an asset's solid keeps grains in its hollow, and leaves that free."""
    cavity = asset.cavity
    if cavity is None or asset.collider.shape != "hulls":
        return False
    turns = (np.arange(WAYS) + 0.37) * 2 * np.pi / WAYS  # along no seam
    level = np.column_stack([np.cos(turns), np.sin(turns), np.zeros(WAYS)])
    axis = [cavity.floor + np.array([0.0, 0.0, share * cavity.depth]) for share in LEVELS]
    down = [axis[0] + share * cavity.radius * level for share in (0.0, 0.4, 0.8)]
    begins = np.concatenate([*(np.tile(point, (WAYS, 1)) for point in axis), *down])
    ways = np.concatenate([*(level for _ in axis), *(np.tile([0.0, 0.0, -1.0], (WAYS, 1)),) * 3])
    meets = np.full(len(begins), np.inf)
    for hull in asset.collider.hulls:
        corners = np.asarray(hull.vertices, np.float64)[hull.triangles]
        meets = np.minimum(meets, _entries(begins, ways, corners))
    sides, floor = meets[: len(axis) * WAYS], meets[len(axis) * WAYS :]
    tight = float(np.isfinite(meets).mean()) >= TIGHT_SHARE
    clear = sides.min() > CLEAR_SHARE * cavity.radius
    return bool(tight and clear and floor.min() > 0.3 * LEVELS[0] * cavity.depth)


def _entries(
    begins: Float[Array, "r 3"], ways: Float[Array, "r 3"], corners: Float[Array, "t 3 3"]
) -> Float[Array, " r"]:
    """Return how far each ray goes before it enters a convex piece [m]; infinite if it never does.

    A ray that begins inside enters at once.
    """
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = normals[np.linalg.norm(normals, axis=1) > 0]
    places = corners[
        np.linalg.norm(
            np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
        )
        > 0,
        0,
    ]
    gaps = np.einsum("td,td->t", normals, places)[None] - begins @ normals.T
    rates = ways @ normals.T
    with np.errstate(divide="ignore", invalid="ignore"):
        crossing = gaps / rates
    enter = np.where(rates < 0, crossing, -np.inf).max(axis=1, initial=0.0)
    leave = np.where(rates > 0, crossing, np.inf).min(axis=1, initial=np.inf)
    outside = ((rates == 0) & (gaps < 0)).any(axis=1)
    return np.where((enter <= leave) & (leave > 0) & ~outside, enter, np.inf)
