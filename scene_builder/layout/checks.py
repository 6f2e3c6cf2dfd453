"""Judging a stage: does everything stand, touch nothing else, and relate as was said?"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from scene_builder.layout.items import Placed
from scene_builder.layout.relations import CARRYING, holds
from scene_builder.layout.solids import Piece, overlap_depth, pieces_of
from scene_builder.layout.ties import GROUP_PREDICATES
from scene_builder.model.graph import Relation, canonical_id
from scene_builder.model.pose import Pose
from scene_builder.model.stage import GROUND_ID, Body, Stage

FAR_M = 50.0

ROUNDING_M = 1e-6
"""Overlaps below this are rounding [m]."""

GAP_M = 0.0005
"""A thing at rest hovers no higher than this over what carries it [m]."""

DEEP_M = 0.0005
"""Solids that overlap by more than this interpenetrate [m]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two bodies whose solids overlap by `depth_m` [m]."""

    a: str
    b: str
    depth_m: float


def overlaps_of(stage: Stage, *, deeper_than: float = DEEP_M) -> tuple[Overlap, ...]:
    """Return all pairs of bodies that overlap at frame 0 by more than `deeper_than` [m].

    Pairs that a joint holds together are left out, and so are pairs of static bodies.
    """
    joined = {frozenset((joint.parent or "", joint.child)) for joint in stage.joints}
    pieces = {body.id: pieces_of(body) for body in stage.bodies}
    found = []
    for a, b in combinations(stage.bodies, 2):
        if frozenset((a.id, b.id)) in joined or a.mobility == b.mobility == "static":
            continue
        depth = _depth(a, b, pieces)
        if depth > deeper_than:
            found.append(Overlap(a=a.id, b=b.id, depth_m=depth))
    return tuple(found)


def gap_below(stage: Stage, body_id: str, *, limit: float = 0.1) -> float:
    """Return how far a body can sink before it touches something [m], at most `limit`.

    Below 0 where it overlaps with something already.
    """
    body = stage.body(body_id)
    others = [other for other in stage.bodies if other.id != body_id]
    pieces = {other.id: pieces_of(other) for other in others}

    def touches(sunk: float) -> bool:
        lower = Pose(position=body.pose.position - [0, 0, sunk], wxyz=body.pose.wxyz)
        mine = {**pieces, body_id: pieces_of(body, lower)}
        return any(_depth(body, other, mine) > ROUNDING_M for other in others)

    # Not so far that a small thing would come out below a thin board.
    height = max(float(piece.high[2]) for piece in pieces_of(body)) - min(
        float(piece.low[2]) for piece in pieces_of(body)
    )
    limit = min(limit, 0.5 * height)
    if not touches(limit):
        return limit
    low, high = -limit, limit
    for _ in range(22):
        middle = (low + high) / 2
        low, high = (low, middle) if touches(middle) else (middle, high)
    return high


def placed_bodies(stage: Stage, poses: Mapping[str, Pose] | None = None) -> dict[str, Placed]:
    """Return every body's box in the world, with what the reserved ids stand for.

    Args:
        stage: The stage.
        poses: `world_from_body` by id; None for frame 0.
    """
    found = {
        GROUND_ID: Placed(
            id=GROUND_ID, low=np.array([-FAR_M, -FAR_M, -1.0]), high=np.array([FAR_M, FAR_M, 0.0])
        )
    }
    at = {body.id: body.pose for body in stage.bodies} | dict(poses or {})
    clouds = {b.id: at[b.id] @ np.asarray(b.mesh.vertices, np.float64) for b in stage.bodies}
    low, high = ({k: f(cloud, axis=0) for k, cloud in clouds.items()} for f in (np.min, np.max))
    for body in stage.bodies:
        if body.part_of in clouds:  # a thing reaches as far as its parts
            low[body.part_of] = np.minimum(low[body.part_of], low[body.id])
            high[body.part_of] = np.maximum(high[body.part_of], high[body.id])
    for fabric in stage.fabrics:  # cloth lies where its middle does: its hem hangs down
        low[fabric.body] = np.append(low[fabric.body][:2], clouds[fabric.body][:, 2].mean())
    for body in stage.bodies:
        if body.id == GROUND_ID:
            continue
        pose = at[body.id]
        found[body.id] = Placed(
            id=body.id,
            low=low[body.id],
            high=high[body.id],
            front=pose.rotation @ np.array([0.0, -1.0, 0.0]),
        )
    azimuth = np.deg2rad(stage.shot.azimuth_deg)
    eye = 4.0 * np.array([np.sin(azimuth), -np.cos(azimuth), 0.25])
    found["camera"] = Placed(id="camera", low=eye, high=eye)
    return found


def relation_holds(
    relation: Relation, stage: Stage, poses: Mapping[str, Pose] | None = None
) -> bool:
    """Return whether a relation of the graph holds for all individuals that it names.

    Args:
        relation: The relation.
        stage: The stage.
        poses: `world_from_body` by id; None for frame 0.
    """
    placed = placed_bodies(stage, poses)
    subjects = _individuals(relation.subject, stage)
    objects = [one for ref in relation.object for one in _individuals(ref, stage)]
    if not subjects or any(one not in placed for one in (*subjects, *objects)):
        return False
    if relation.predicate in GROUP_PREDICATES:
        return _group_holds(relation, subjects, objects, placed)
    return all(_one_holds(relation, name, subjects, objects, placed) for name in subjects)


def _group_holds(
    relation: Relation, subjects: list[str], objects: list[str], placed: Mapping[str, Placed]
) -> bool:
    mates = tuple(placed[one] for one in subjects[1:])
    if not holds(relation.predicate, placed[subjects[0]], mates):
        return False
    if relation.predicate == "stacked" and objects:
        lowest = min((placed[one] for one in subjects), key=lambda one: float(one.low[2]))
        return holds("on", lowest, tuple(placed[one] for one in objects))
    return True


def _one_holds(
    relation: Relation,
    name: str,
    subjects: list[str],
    objects: list[str],
    placed: Mapping[str, Placed],
) -> bool:
    others = tuple(placed[one] for one in objects if one != name)
    if holds(relation.predicate, placed[name], others):
        return True
    # What stands on its like stands on what carries that: the upper blocks of a stack.
    if relation.predicate not in CARRYING:
        return False
    below = [
        one
        for one in subjects
        if one != name
        and holds("on", placed[name], (placed[one],))
        and placed[one].low[2] < placed[name].low[2]
    ]
    return any(_one_holds(relation, one, subjects, objects, placed) for one in below) or _held_on(
        relation, placed[name], others, placed
    )


def _held_on(
    relation: Relation, thing: Placed, others: tuple[Placed, ...], placed: Mapping[str, Placed]
) -> bool:
    """Return whether a thing is in a vessel that stands there: flowers in a vase, on a table."""
    if relation.predicate != "on":
        return False
    apart = {thing.id, *(one.id for one in others)}
    return any(
        holds("inside", thing, (vessel,)) and holds("on", vessel, others)
        for name, vessel in placed.items()
        if "#" in name and name not in apart and vessel.low[2] < thing.low[2]
    )


def _individuals(ref: str, stage: Stage) -> list[str]:
    if "#" in ref:
        return [ref]
    mine = [body.id for body in stage.bodies if body.entity == ref]
    return mine or [canonical_id(ref)]


def _depth(a: Body, b: Body, pieces: Mapping[str, tuple[Piece, ...]]) -> float:
    for one, other in ((a, b), (b, a)):
        if one.collider.shape == "plane":
            level = float(one.pose.position[2])
            lows = [float(piece.low[2]) for piece in pieces[other.id]]
            return level - min(lows, default=level + FAR_M)
    return overlap_depth(pieces[a.id], pieces[b.id])
