"""What is attached to another thing keeps to it: by a joint that gives way nowhere, or a thread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.build.jointed.lines import GIVE_M
from scene_builder.build.jointed.sticking import with_sticking
from scene_builder.build.jointed.threads import thread_of
from scene_builder.build.members import Member
from scene_builder.build.staging.deeds import Deed
from scene_builder.layout.items import Placed
from scene_builder.model.arrays import Array
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Freedom, Joint, Stage

IDLE = frozenset({"stay", "stack"})
"""Verbs that do not part a thing from what it is attached to."""

BUOYANT = frozenset({"balloon", "kite", "hot_air_balloon"})
"""Nouns that are tied, not glued: they pull upwards on a thread."""

THREAD_M = 0.6
"""Length of a thread that nobody says [m]: from a hand's height over a box to a face."""

LEVEL_M = 1e-3
"""What is that much lower is as high [m]."""

ASIDE_DEG = 62.0
"""A tied thing begins at the end of a thread that leans so far to its side: it has room to rise,
and the thread is straight from the first frame on."""


def with_fastenings(
    stage: Stage, graph: SceneGraph, deeds: Sequence[Deed], members: Mapping[str, Member]
) -> Stage:
    """Return the stage with a joint for each thing that is attached to another, or comes to be.

    A thing that has a deed of its own (it falls, it is thrown) is not held; one that rises is tied
    with a thread. Things on walls need no joint: they are static.

    Args:
        stage: Everybody in their places.
        graph: What the words say.
        deeds: Who does what.
        members: Everybody, by body id.
    """
    stage = with_sticking(stage, graph)
    pairs = list(_fastened(stage, graph, deeds, members))
    for child, parent, tied in pairs:
        stage = _raised(stage, child, parent) if tied else stage
    joints = tuple(
        _joint(stage.body(child), stage.body(parent), tied=tied) for child, parent, tied in pairs
    )
    if not joints:
        return stage
    threads, knots = list[Body](), list[Joint]()
    for rope in joints:
        if rope.kind == "rope":
            bodies, more = _thread(rope, stage)
            threads += bodies
            knots += more
    return replace(
        stage,
        bodies=(*stage.bodies, *threads),
        joints=(*stage.joints, *joints, *knots),
        freedoms=tuple(_kept(stage.freedoms, joints)),
    )


def _raised(stage: Stage, child: str, parent: str) -> Stage:
    """Return the stage with what is tied at the end of its thread."""
    body, holder = stage.body(child), stage.body(parent)
    lean = np.deg2rad(ASIDE_DEG)
    way = THREAD_M * np.array([np.sin(lean), 0.0, np.cos(lean)])
    step = _top(holder) + way - _foot(body)
    higher = replace(body, pose=Pose(position=body.pose.position + step, wxyz=body.pose.wxyz))
    bodies = tuple(higher if one.id == child else one for one in stage.bodies)
    return replace(stage, bodies=bodies)


def _foot(body: Body) -> Float[Array, "3"]:
    box = _box(body)
    return np.append((box.low[:2] + box.high[:2]) / 2, box.low[2])


def _thread(rope: Joint, stage: Stage) -> tuple[list[Body], list[Joint]]:
    """Return what a rope between two bodies is seen as, and what holds that together."""
    parent, child = stage.body(rope.parent or ""), stage.body(rope.child)
    start = parent.pose @ rope.parent_from_joint.position
    return thread_of(parent, child, start, child.pose @ rope.child_from_joint.position)


def _fastened(
    stage: Stage, graph: SceneGraph, deeds: Sequence[Deed], members: Mapping[str, Member]
) -> Iterator[tuple[str, str, bool]]:
    """Yield a child, its parent, and whether a thread ties it."""
    jointed = {joint.child for joint in stage.joints}
    broken = {body.piece_of for body in stage.bodies}
    acting = {deed.actor: deed for deed in deeds if deed.verb not in IDLE}
    known = set(stage.body_ids)
    for relation in graph.relations:
        if relation.predicate != "attached_to":
            continue
        parents = [one for ref in relation.object for one in graph.body_ids(ref) if one in known]
        for k, child in enumerate(graph.body_ids(relation.subject)):
            if child not in known or not parents or child in jointed | broken:
                continue
            parent = parents[k % len(parents)]
            mobile = "dynamic" in (stage.body(child).mobility, stage.body(parent).mobility)
            noun = members[child].asset.noun.replace(" ", "_")
            deed = acting.get(child)
            tied = noun in BUOYANT and (deed is None or deed.verb == "float")
            if mobile and child != parent and parent not in broken and (tied or deed is None):
                jointed.add(child)
                yield child, parent, tied


def _joint(child: Body, parent: Body, *, tied: bool) -> Joint:
    """Return what holds one body at another, at the point of the parent that is nearest to it."""
    below, foot = _box(parent), _foot(child)
    anchor = _top(parent) if tied else np.clip(foot, below.low, below.high)
    frame = Pose(position=anchor, wxyz=np.array([1.0, 0.0, 0.0, 0.0]))
    end = Pose(position=foot, wxyz=frame.wxyz) if tied else frame
    return Joint(
        id=f"attached_{child.id}",
        kind="rope" if tied else "fixed",
        parent=parent.id,
        child=child.id,
        parent_from_joint=parent.pose.inverse() @ frame,
        child_from_joint=child.pose.inverse() @ end,
        length_m=THREAD_M + GIVE_M if tied else 0.0,
    )


def _top(body: Body) -> Float[Array, "3"]:
    """Return the highest corner of a body's surface, of several the rightmost (3) [m]."""
    points = body.pose @ np.asarray(body.mesh.vertices, np.float64)
    highest = points[points[:, 2] > points[:, 2].max() - LEVEL_M]
    return np.asarray(highest[highest[:, 0].argmax()])


def _kept(freedoms: Sequence[Freedom], joints: Sequence[Joint]) -> Iterator[Freedom]:
    """What is held goes nowhere without what holds it: it moves in one group, or stays."""
    groups = {freedom.body: freedom.group for freedom in freedoms}
    apart = set[str]()
    for joint in joints:
        pair = {joint.child, joint.parent or joint.child}
        names = {groups.get(name, "") for name in pair}
        if len(names) > 1 or "" in names:
            apart |= pair
    for freedom in freedoms:
        if freedom.body not in apart:
            yield freedom
            continue
        still = np.zeros(3)
        yield replace(
            freedom, offset_low=still, offset_high=still, yaw_deg=(0.0, 0.0), spread=(1.0, 1.0),
            turn_deg=(0.0, 0.0), group="",
        )  # fmt: skip


def _box(body: Body) -> Placed:
    points = body.pose @ body.mesh.vertices
    front = np.array([0.0, -1.0, 0.0])
    return Placed(id=body.id, low=points.min(axis=0), high=points.max(axis=0), front=front)
