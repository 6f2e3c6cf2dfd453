"""Buildings in a landscape: of true size, and let into the ground that carries them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.knowledge.nouns import Noun, resolve_noun
from scene_builder.layout.forest import Parent
from scene_builder.layout.leaning.touching import cloud_of
from scene_builder.layout.resting.lowering import way_down
from scene_builder.layout.solids import pieces_of
from scene_builder.model.arrays import Array
from scene_builder.model.graph import Entity, SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body

LANDFORMS = frozenset({"rock", "cliff", "island", "boulder"})
GROWTH = frozenset({"tree", "pine_tree", "palm_tree", "bush", "grass_tuft"})
"""What makes a landscape of a scene, and what may stand in it."""

SEAT = 3.2
"""What carries a building is so many times as broad as that."""

LEAST_SHARE = 0.3
"""A building has at least this share of its usual size: not that of its model."""

MOST_SUNK = 0.6
"""A building is let into what carries it by at most this share of that one's height."""

FOOT_SHARE = 0.02
"""What of a building is no higher than this share of its height is its foot."""

DIRECTIONS = 24
LOOK_M = 100.0
"""From so far above the ground below a foot is looked for [m]."""


def with_landscape(graph: SceneGraph) -> SceneGraph:
    """Return the graph in which a landscape's buildings, and the rocks below them, stand fast.

    Args:
        graph: What the words say.
    """
    fast = set(_sizes(graph))
    if not fast:
        return graph
    entities = tuple(
        one.model_copy(update={"mobility": one.mobility or "static"}) if one.id in fast else one
        for one in graph.entities
    )
    return graph.model_copy(update={"entities": entities})


def landscape_sizes(graph: SceneGraph) -> Mapping[str, float]:
    """Return the largest dimension [m] of each building, and of what carries one, by entity.

    Nothing where anything else is there, or happens: among cups and balls a castle is a toy.
    """
    return _sizes(graph)


def _sizes(graph: SceneGraph) -> dict[str, float]:
    kinds = {one.id: _kind(one) for one in graph.entities}
    buildings = [one for one in graph.entities if _is_building(kinds[one.id])]
    others = [kinds[one.id] for one in graph.entities if one not in buildings]
    scenic = LANDFORMS | GROWTH
    if not buildings or any(one is None or one.name not in scenic for one in others):
        return {}
    lands = {e.id for e in graph.entities if (k := kinds[e.id]) and k.name in LANDFORMS}
    if not lands or any(action.verb != "stay" for action in graph.actions) or graph.outcomes:
        return {}
    found: dict[str, float] = {}
    for one in buildings:
        kind = kinds[one.id]
        if kind is not None:
            word = one.size if one.size is not None else "small"
            found[one.id] = max(kind.size_for(word), LEAST_SHARE * kind.size_m)
    for relation in graph.relations:
        below = relation.object[0].partition("#")[0] if relation.object else ""
        above = relation.subject.partition("#")[0]
        land = kinds.get(below)
        if relation.predicate == "on" and above in found and below in lands and land is not None:
            found[below] = max(land.size_m, SEAT * _breadth(kinds[above], found[above]))
    return found


def _kind(entity: Entity) -> Noun | None:
    match = resolve_noun(entity.noun, outdoors=True)
    return None if match is None else match.noun


def _is_building(kind: Noun | None) -> bool:
    return kind is not None and kind.hypernym == "building" and kind.outdoors


def _breadth(kind: Noun | None, size: float) -> float:
    return size if kind is None else size * max(kind.box_m[:2]) / max(kind.box_m)


def let_in(bodies: Mapping[str, Body], parents: Mapping[str, Parent]) -> dict[str, Body]:
    """Return bodies of which each building stands with its whole foot in what carries it.

    Args:
        bodies: Everybody in their places.
        parents: What carries each of them.
    """
    found = dict(bodies)
    for name, parent in parents.items():
        body, carrier = found.get(name), found.get(parent.id)
        if body is None or carrier is None or parent.kind != "on":
            continue
        if not (_is_landform(carrier) and body.mobility == carrier.mobility == "static"):
            continue
        step = np.array([0.0, 0.0, -_gap(body, carrier)])
        pose = Pose(position=body.pose.position + step, wxyz=body.pose.wxyz)
        found[name] = replace(body, pose=pose)
    return found


def _is_landform(body: Body) -> bool:
    match = resolve_noun(body.noun, outdoors=True)
    return match is not None and match.noun.name in LANDFORMS


def _gap(body: Body, carrier: Body) -> float:
    """Return how far the ground lies below the foot's rim, at the most [m]."""
    points = body.pose @ np.asarray(body.mesh.vertices, np.float64)
    low, high = float(points[:, 2].min()), float(points[:, 2].max())
    rim = _rim(points[points[:, 2] <= low + FOOT_SHARE * (high - low)])
    ground = [cloud_of(piece) for piece in pieces_of(carrier)]
    top = max(float(cloud[:, 2].max()) for cloud in ground)
    most = MOST_SUNK * (top - min(float(cloud[:, 2].min()) for cloud in ground))
    gaps = []
    for point in rim:
        start = np.array([[point[0], point[1], low + LOOK_M]])
        gaps.append(way_down([start], ground) - LOOK_M)
    return float(np.clip(max(gaps), 0.0, most))


def _rim(points: Float[Array, "n 3"]) -> Float[Array, "k 3"]:
    angles = np.arange(DIRECTIONS) * 2 * np.pi / DIRECTIONS
    ways = np.stack([np.cos(angles), np.sin(angles)])
    return np.asarray(points[np.unique((points[:, :2] @ ways).argmax(axis=0))])
