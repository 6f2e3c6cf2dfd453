"""People and animals keep their balance: what stands on two feet does not lie down by itself."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.shapes.solid import convex
from scene_builder.assets.source import Asset
from scene_builder.build.items import collider_points
from scene_builder.knowledge.catalogue import hypernyms_of
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.layout.resting.turning import resting_turn
from scene_builder.model.mesh import Mesh

LIVING = "living_thing"

SOLE_SHARE = 0.025
"""Share of its height up to which a body is feet, and how thick the sole is under them."""

HEEL_SHARE = 0.05
"""Least way of the sole's edge from the centre of mass, as a share of the height."""

SIDES = 12


def balanced(asset: Asset) -> Asset:
    """Return a living thing with one flat sole under all of its feet; anything else as it is.

    A rigid figure stands on the few lowest corners of its shoes, and would fall over them; who is
    alive shifts their weight. The sole is felt and not seen, and who is pushed still falls.
    """
    solid = asset.collider
    if solid.shape != "hulls" or not _is_living(asset.noun):
        return asset
    points = collider_points(solid)
    if abs(float(resting_turn(points, asset.center_of_mass).wxyz[0])) >= 1.0:
        return asset
    high = float(np.ptp(points[:, 2]))
    low = float(points[:, 2].min())
    feet = points[points[:, 2] < low + SOLE_SHARE * high][:, :2]
    angles = np.arange(SIDES) * 2 * np.pi / SIDES
    heel = HEEL_SHARE * high * np.column_stack([np.cos(angles), np.sin(angles)])
    around = np.concatenate([feet, asset.center_of_mass[:2] + heel])
    level = np.full((len(around), 1), low)
    sole = convex(np.vstack([np.hstack([around, level]),
                             np.hstack([around, level + SOLE_SHARE * high])]))  # fmt: skip
    piece = Mesh(
        vertices=sole.vertices, triangles=sole.triangles,
        material_index=np.zeros(len(sole.triangles), np.int32),
    )  # fmt: skip
    return replace(asset, collider=replace(solid, hulls=(*solid.hulls, piece)))


def _is_living(noun: str) -> bool:
    match = resolve_noun(noun)
    return match is not None and LIVING in hypernyms_of(match.noun.name)
