"""What is attached to another thing keeps to it: by a joint that gives way nowhere, or a thread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from scene_builder.build.members import Member
from scene_builder.build.staging.deeds import Deed
from scene_builder.layout.items import Placed
from scene_builder.model.graph import SceneGraph
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Freedom, Joint, Stage

IDLE = frozenset({"stay", "stack"})
"""Verbs that do not part a thing from what it is attached to."""

BUOYANT = frozenset({"balloon", "kite", "hot_air_balloon"})
"""Nouns that are tied, not glued: they pull upwards on a thread."""

THREAD_M = 0.6
"""Length of a thread that nobody says [m]: from a hand's height over a box to a face."""


def with_fastenings(
    stage: Stage, graph: SceneGraph, deeds: Sequence[Deed], members: Mapping[str, Member]
) -> Stage:
    """Return the stage with a joint for each thing that is attached to another.

    A thing that has a deed of its own (it falls, it is thrown) is not held; one that rises is tied
    with a thread. Things on walls need no joint: they are static.

    Args:
        stage: Everybody in their places.
        graph: What the words say.
        deeds: Who does what.
        members: Everybody, by body id.
    """
    joints = tuple(
        _joint(stage.body(child), stage.body(parent), tied=tied)
        for child, parent, tied in _fastened(stage, graph, deeds, members)
    )
    if not joints:
        return stage
    return replace(
        stage, joints=(*stage.joints, *joints), freedoms=tuple(_kept(stage.freedoms, joints))
    )


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
    below, above = _box(parent), _box(child)
    foot = np.append((above.low[:2] + above.high[:2]) / 2, above.low[2])
    anchor = np.clip(foot, below.low, below.high)
    frame = Pose(position=anchor, wxyz=np.array([1.0, 0.0, 0.0, 0.0]))
    end = Pose(position=foot, wxyz=frame.wxyz) if tied else frame
    return Joint(
        id=f"attached_{child.id}",
        kind="rope" if tied else "fixed",
        parent=parent.id,
        child=child.id,
        parent_from_joint=parent.pose.inverse() @ frame,
        child_from_joint=child.pose.inverse() @ end,
        length_m=max(THREAD_M, float(np.linalg.norm(foot - anchor))) if tied else 0.0,
    )


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
