"""Hats off: who gets a hat by the words does not keep the one with which the shape is made."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.source import Asset
from scene_builder.knowledge.catalogue import hypernyms_of
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.graph import SceneGraph
from scene_builder.model.mesh import Mesh

HATTED = frozenset({"snowman", "scarecrow", "gnome"})
"""What is made with a hat on."""

HEADWEAR = frozenset({"hat", "crown", "helmet"})

HEAD_SHARE = 0.7
"""A hat is higher up than this share of its wearer's height."""

HULL_SLACK_M = 1e-3


def hatted_by_words(graph: SceneGraph) -> frozenset[str]:
    """Return the entities on which the words put a hat."""
    return frozenset(
        ref.partition("#")[0]
        for one in graph.relations
        if one.predicate in ("on", "attached_to") and _is(graph, one.subject, HEADWEAR)
        for ref in one.object
        if _is(graph, ref, HATTED)
    )


def bareheaded(asset: Asset) -> Asset:
    """Return a shape without the hat that it wears; as it is, where it wears none.

    Its weight stays as it is: a hat weighs little.
    """
    mesh = asset.mesh
    points = np.asarray(mesh.vertices, np.float64)
    least = float(mesh.low[2]) + HEAD_SHARE * float(mesh.extents[2])
    for slot in np.unique(mesh.material_index):
        heights = points[mesh.triangles[mesh.material_index == slot], 2]
        if heights.min() < least or heights.max() < float(mesh.high[2]):
            continue
        brim = float(heights.min())
        hulls = tuple(
            one for one in asset.collider.hulls if float(one.low[2]) < brim - HULL_SLACK_M
        )
        if not hulls:
            return asset
        bare = _without(mesh, int(slot))
        return replace(asset, mesh=bare, collider=replace(asset.collider, hulls=hulls))
    return asset


def _without(mesh: Mesh, slot: int) -> Mesh:
    kept = mesh.material_index != slot
    used, triangles = np.unique(mesh.triangles[kept], return_inverse=True)
    return Mesh(
        vertices=mesh.vertices[used],
        triangles=triangles.reshape(-1, 3).astype(np.int32),
        material_index=mesh.material_index[kept],
        uv=None if mesh.uv is None else mesh.uv[used],
        sharp_angle_deg=mesh.sharp_angle_deg,
    )


def _is(graph: SceneGraph, ref: str, kinds: frozenset[str]) -> bool:
    entity = graph.entity(ref)
    match = None if entity is None else resolve_noun(entity.noun)
    if match is None:
        return False
    return bool(kinds & {match.noun.name, match.noun.shape, *hypernyms_of(match.noun.name)})
