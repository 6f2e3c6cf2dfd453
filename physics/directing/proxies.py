"""Proxies: simpler solids for the search, alike wherever anything else can touch them.

A cup's wall is a ring of a dozen convex pieces. Where nothing is meant to get inside, their hull
topples, slides and strikes as they do, at a fraction of the cost. What is filmed has all pieces.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Bool, Float

from scene_builder.model.arrays import Array
from scene_builder.model.graph import SceneGraph
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import Body, Collider, Stage

SECTORS = 72
"""A ring is closed if each of so many directions from its middle meets one of its pieces."""

LEAST_PIECES = 6
"""Fewer pieces are not worth a proxy."""

SAME_LEVEL = 0.01
"""Pieces of a ring begin and end at the same height, to this share of the body's own."""

FILLING = ("lands_in",)
"""Outcomes whose object has to stay hollow."""


def proxies_of(stage: Stage, graph: SceneGraph) -> dict[str, Collider]:
    """Return a simpler solid for each body that has one, by id.

    Bodies that hold or catch something, that break, or that joints hold keep what they have. Of
    what no word speaks of, and what never moves, the hull is enough.
    """
    filled = [outcome.object for outcome in graph.outcomes if outcome.predicate in FILLING]
    hollow = {ref for name in filled for ref in _ids(graph, name)}
    hollow |= {
        ref
        for relation in graph.relations
        if relation.predicate == "inside"
        for name in (relation.subject, *relation.object)
        for ref in _ids(graph, name)
    }
    hollow |= {one for joint in stage.joints for one in (joint.parent or "", joint.child)}
    hollow |= {body.piece_of or "" for body in stage.bodies}
    named = {ref for entity in graph.entities for ref in graph.body_ids(entity.id)}
    found = {}
    for body in stage.bodies:
        if body.mobility == "static" and body.id not in named | hollow:
            if len(body.collider.hulls) >= LEAST_PIECES:
                found[body.id] = replace(body.collider, hulls=(_hull(body.collider.hulls),))
            continue
        if body.id in hollow or body.piece_of or body.mobility != "dynamic":
            continue
        simple = _simpler(body.collider)
        if simple is not None:
            found[body.id] = simple
    return found


def with_proxies(stage: Stage, proxies: Mapping[str, Collider]) -> Stage:
    """Return a stage whose bodies have their proxies as solids."""
    if not proxies:
        return stage
    return replace(stage, bodies=tuple(_with(body, proxies) for body in stage.bodies))


def _with(body: Body, proxies: Mapping[str, Collider]) -> Body:
    return replace(body, collider=proxies[body.id]) if body.id in proxies else body


def _ids(graph: SceneGraph, name: str | None) -> tuple[str, ...]:
    return graph.body_ids(name) if name else ()


def _simpler(collider: Collider) -> Collider | None:
    """Return the solid with each closed ring of pieces replaced by their hull; None for no gain."""
    if len(collider.hulls) < LEAST_PIECES:
        return None
    height = np.ptp([v for hull in collider.hulls for v in hull.vertices[:, 2]])
    levels: dict[tuple[int, int], list[Mesh]] = {}
    for hull in collider.hulls:
        ends = np.array([hull.vertices[:, 2].min(), hull.vertices[:, 2].max()])
        low, high = np.round(ends / (SAME_LEVEL * max(float(height), 1e-6))).astype(int).tolist()
        levels.setdefault((low, high), []).append(hull)
    hulls: list[Mesh] = []
    for pieces in levels.values():
        hulls += [_hull(pieces)] if len(pieces) > 1 and _is_ring(pieces) else pieces
    return replace(collider, hulls=tuple(hulls)) if len(hulls) < len(collider.hulls) else None


def _is_ring(pieces: Sequence[Mesh]) -> bool:
    """Return whether pieces stand all around their middle, without a gap."""
    points = np.concatenate([piece.vertices[:, :2] for piece in pieces]).astype(np.float64)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    directions = (np.arange(SECTORS) + 0.5) * 2 * np.pi / SECTORS
    met = np.zeros(SECTORS, np.bool_)
    for piece in pieces:
        met |= _met(piece.vertices[:, :2].astype(np.float64) - middle, directions)
    return bool(met.all())


def _met(points: Float[Array, "v 2"], directions: Float[Array, " s"]) -> Bool[Array, " s"]:
    """Which rays from the middle meet a convex piece that does not hold it (s)."""
    own = points.mean(axis=0)
    turns = np.arctan2(points[:, 1], points[:, 0]) - np.arctan2(own[1], own[0])
    turns = (turns + np.pi) % (2 * np.pi) - np.pi
    off = (directions - np.arctan2(own[1], own[0]) + np.pi) % (2 * np.pi) - np.pi
    slack = np.pi / SECTORS
    return np.asarray((off >= turns.min() - slack) & (off <= turns.max() + slack))


def _hull(pieces: Sequence[Mesh]) -> Mesh:
    from scipy.spatial import ConvexHull

    points = np.concatenate([piece.vertices for piece in pieces])
    found = ConvexHull(points.astype(np.float64))
    corners = np.unique(found.simplices)
    triangles = np.searchsorted(corners, found.simplices)
    # Qhull does not say which side of a face is out; its plane does.
    a, b, c = (points[found.simplices[:, k]] for k in range(3))
    inward = np.einsum("ij,ij->i", np.cross(b - a, c - a), found.equations[:, :3]) < 0
    triangles[inward] = triangles[inward][:, ::-1]
    return Mesh(
        vertices=points[corners],
        triangles=triangles.astype(np.int32),
        material_index=np.zeros(len(triangles), np.int32),
    )
