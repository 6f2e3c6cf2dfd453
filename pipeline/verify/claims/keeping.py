"""Whether what is fixed to something, or hangs from it, keeps to it over the whole film."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from scene_builder.layout.checks import relation_holds
from scene_builder.model.arrays import Array
from scene_builder.model.graph import Relation
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Joint, Stage

LASTING = frozenset({"attached_to", "hanging_from"})
"""Relations that are true until something ends them."""

LOOSE_M = 0.012
"""Ends of a joint farther apart than this have come off [m]: twice what counts as a touch."""

ROPE_SLACK = 1.05
"""A rope is as much longer than its length at most."""

STILL = frozenset({"swing", "stay", "float", "stack"})
"""Deeds that do not part a thing from what holds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lapse:
    """Where something came off: which body, when [s], and how far it was then [m].

    Attributes:
        body: What came off.
        time_secs: When.
        apart_m: How far its joint is open; None where no joint holds it.
    """

    body: str
    time_secs: float
    apart_m: float | None


def first_lapse(
    relation: Relation, subjects: Sequence[str], stage: Stage, trajectory: Trajectory
) -> Lapse | None:
    """Return the first time at which a lasting relation is not true any more, or None.

    What a joint holds is judged by the ends of that joint, all else by its place. It need not hold
    once one of the two breaks, or the thing does something by which it leaves.

    Args:
        relation: `attached_to` or `hanging_from`.
        subjects: Ids of the individuals that it is said of.
        stage: The stage as filmed.
        trajectory: How it moved.
    """
    lapses = []
    for name in subjects:
        joint = next((one for one in stage.joints if one.child == name), None)
        end = _until(name, joint, stage, trajectory)
        if joint is not None:
            lapse = _opened(name, joint, end, trajectory)
        else:
            lapse = _left(name, relation, end, stage, trajectory)
        lapses += [lapse] if lapse else []
    return min(lapses, key=lambda lapse: lapse.time_secs, default=None)


def _until(name: str, joint: Joint | None, stage: Stage, trajectory: Trajectory) -> int:
    """Return the first frame at which a thing need not be held any more."""
    end = trajectory.frame_count
    for one in (name, joint.parent if joint else None):
        if one is not None:
            gone = np.flatnonzero(~trajectory.present[:, trajectory.index(one)])
            end = min([end, *gone[:1].tolist()])
    if joint is None:
        parting = [a.start_secs for a in stage.actions if a.body == name and a.verb not in STILL]
        end = min([end, *(int(np.searchsorted(trajectory.times, t)) for t in parting)])
    return end


def _opened(name: str, joint: Joint, end: int, trajectory: Trajectory) -> Lapse | None:
    """Return when the ends of a joint came apart."""
    child = _track(joint.child, joint.child_from_joint, end, trajectory)
    parent = joint.parent_from_joint.position[None]
    if joint.parent is not None:
        parent = _track(joint.parent, joint.parent_from_joint, end, trajectory)
    apart = np.linalg.norm(child - parent, axis=1)
    open_m = apart - ROPE_SLACK * joint.length_m if joint.kind == "rope" else apart
    if joint.kind in ("spring", "slider"):
        return None
    found = np.flatnonzero(open_m > LOOSE_M)
    if not found.size:
        return None
    k = int(found[0])
    return Lapse(body=name, time_secs=float(trajectory.times[k]), apart_m=float(open_m[k]))


def _track(body: str, end: Pose, until: int, trajectory: Trajectory) -> Float[Array, "f 3"]:
    """Return where the end of a joint is on a body, frame by frame."""
    return np.array([trajectory.pose(k, body) @ end.position for k in range(until)]).reshape(-1, 3)


def _left(
    name: str, relation: Relation, end: int, stage: Stage, trajectory: Trajectory
) -> Lapse | None:
    """Return when a thing that no joint holds was not there any more."""
    one = relation.model_copy(update={"subject": name})
    moved = np.abs(np.diff(trajectory.positions[:end], axis=0)).max(axis=(1, 2), initial=0.0) > 0
    for k in np.flatnonzero(moved) + 1:
        poses: Mapping[str, Pose] = {body: trajectory.pose(int(k), body) for body in stage.body_ids}
        if not relation_holds(one, stage, poses):
            return Lapse(body=name, time_secs=float(trajectory.times[k]), apart_m=None)
    return None
