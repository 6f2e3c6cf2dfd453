"""What a camera has to keep in its picture, where that is at every frame, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import rotation_from_wxyz
from scene_builder.model.stage import GROUND_ID, Body, Stage

ENCLOSURE = (GROUND_ID, "wall", "ceiling")
"""Ids (or their beginnings: `wall_left`) of what closes a place."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Subjects:
    """Bodies that matter, as the corners of their convex hulls.

    Attributes:
        indices: Their columns in the trajectory (s).
        points: Hull points in the world, by subject: each (f p 3) [m].
        needed_from: The first frame at which each subject has to be in the picture; at least
            one of them from the start.
        actors: Columns of those that the camera does not lose afterwards (a).
        others: Columns of what else has to be seen when the shot begins (o).
        beginnings: Hull points of those others at the first frame: each (p 3) [m].
    """

    indices: tuple[int, ...]
    points: tuple[Float[Array, "f _ 3"], ...]
    needed_from: tuple[int, ...]
    actors: tuple[int, ...] = ()
    others: tuple[int, ...] = ()
    beginnings: tuple[Float[Array, "_ 3"], ...] = ()

    def over(self, frames: range) -> Float[Array, "n 3"]:
        """Return the hull points that some frames need, at every one of them (n 3) [m]."""
        moving = [
            points[max(frames.start, first) : frames.stop].reshape(-1, 3)
            for points, first in zip(self.points, self.needed_from, strict=True)
        ]
        return np.concatenate([*moving, *(self.beginnings if frames.start == 0 else ())])

    def alone(self) -> "Subjects":
        """Return the same subjects without the others that the first frame should show."""
        return replace(self, others=(), beginnings=())

    def near_the_small(self) -> "Subjects":
        """Return the same subjects, where of what is huge and stands only the near part counts.

        A ball beneath a tree is not to be seen in a picture that holds the whole tree: there is
        no need to show more of the tree than what is about the ball.
        """
        points = list(self.points)
        for k in sorted(range(len(points)), key=lambda k: -_reach_m(points[k])):
            rest = [part.reshape(-1, 3) for j, part in enumerate(points) if j != k]
            stands = bool(np.ptp(points[k], axis=0).max() < _STILL_M)
            if not rest or not stands or _reach_m(points[k]) < _HUGE * _reach_m(*rest):
                break
            low, high = (f(np.concatenate(rest), axis=0) for f in (np.min, np.max))
            room = _ROOM_ABOUT * float(np.linalg.norm(high - low))
            points[k] = points[k].clip(low - room, high + room)
        return replace(self, points=tuple(points))

    def only(self, indices: tuple[int, ...]) -> "Subjects":
        """Return some of the subjects, or all if none of those is among them."""
        kept = [k for k, index in enumerate(self.indices) if index in indices]
        if not kept:
            return self
        return Subjects(
            indices=tuple(self.indices[k] for k in kept),
            points=tuple(self.points[k] for k in kept),
            needed_from=(0,) * len(kept),
        )


def subjects_of(stage: Stage, motion: Trajectory) -> Subjects:
    """Return the view's subjects; if it names none, what moves; if nothing does, the things."""
    ids = [body_id for body_id in stage.shot.subjects if body_id in motion.body_ids]
    things = [body.id for body in stage.bodies if not is_enclosure(body)]
    moving = [body_id for body_id in things if _moves(motion, motion.index(body_id))]
    found = gathered(stage, motion, tuple(ids or moving or things or stage.body_ids))
    shown = [name for name in stage.shot.shown if name in motion.body_ids]
    others = [name for name in shown if motion.index(name) not in found.indices]
    return replace(
        found,
        actors=tuple(motion.index(name) for name in stage.shot.actors if name in ids),
        others=tuple(motion.index(name) for name in others),
        beginnings=tuple(_whole_path(stage, motion, name)[0] for name in others),
    )


def gathered(stage: Stage, motion: Trajectory, ids: tuple[str, ...]) -> Subjects:
    """Return bodies by id, as subjects."""
    return Subjects(
        indices=tuple(motion.index(body_id) for body_id in ids),
        points=tuple(_whole_path(stage, motion, body_id) for body_id in ids),
        needed_from=(0,) * len(ids),
    )


def named(stage: Stage, reference: str) -> tuple[str, ...]:
    """Return the ids of the bodies that a graph's reference (`cup` or `cup#2`) names."""
    return tuple(
        body.id for body in stage.bodies if reference in (body.id, body.entity)
    )  # fmt: skip


def kinds_of(stage: Stage, motion: Trajectory, indices: Sequence[int]) -> list[list[int]]:
    """Return the columns of all bodies of each entity of which a body is among some columns."""
    acting = [stage.body(motion.body_ids[k]).entity for k in indices]
    return [
        [motion.index(body.id) for body in stage.bodies if body.entity == entity]
        for entity in dict.fromkeys(acting)
        if entity is not None
    ]


def is_enclosure(body: Body) -> bool:
    """Return whether a body is the ground, a wall or the ceiling."""
    return body.id.startswith(ENCLOSURE)


def needed_late(motion: Trajectory, subjects: Subjects) -> Subjects | None:
    """Return the same subjects, where those that wait are needed only shortly before a touch.

    Returns:
        None if all of them move from the start, or none does.
    """
    early = max(2, motion.frame_count // 6)
    active = tuple(k for k in subjects.indices if _moves(motion, k, stop=early))
    if len(active) in (0, len(subjects.indices)):
        return None
    needed = [
        0 if k in active else _shortly_before_touch(motion, k, active) for k in subjects.indices
    ]
    return replace(subjects, needed_from=tuple(needed))


def frames_of_interest(motion: Trajectory, subjects: Subjects) -> range:
    """Return the frames from the start to the last thing that subjects do to each other.

    That is their first touch, or the moment when one of them has tipped over, and a moment
    more to see it. If they do nothing to each other, it is the whole shot.
    """
    moments = [*_first_touches(motion, subjects), *_tips(motion, subjects)]
    if not moments:
        return range(motion.frame_count)
    last = max(moments) + _AFTERGLOW_SECS
    stop = int(np.searchsorted(motion.times, last, side="right"))
    return range(min(motion.frame_count, max(stop, motion.frame_count // 3, 1)))


def _reach_m(*points: Float[Array, "... 3"]) -> float:
    """Return the diagonal of the box about all of some points [m]."""
    every = np.concatenate([part.reshape(-1, 3) for part in points])
    return float(np.linalg.norm(np.ptp(every, axis=0)))


_HUGE = 1.3
"""What is huge reaches so many times as far as all else together."""
_ROOM_ABOUT = 0.35
_AFTERGLOW_SECS = 0.6
_ANNOUNCED_SECS = 0.8
_TOUCHING_FROM_START_SECS = 0.1
_TIPPED = np.cos(np.deg2rad(45))
_STILL_M = 0.01
_STILL_TURN = 1e-3
_DIRECTIONS = 96
_FORMS = 12


def _shortly_before_touch(motion: Trajectory, one: int, others: tuple[int, ...]) -> int:
    """Return the frame from which a body that others will touch has to be in the picture."""
    contacts = motion.contacts
    a, b = np.isin(contacts.a, others), np.isin(contacts.b, others)
    touching = ((contacts.a == one) & b) | ((contacts.b == one) & a)
    when = contacts.time[touching].min() if touching.any() else motion.times[-1]
    return int(np.searchsorted(motion.times, when - _ANNOUNCED_SECS))


def _first_touches(motion: Trajectory, subjects: Subjects) -> list[float]:
    contacts = motion.contacts
    both = np.isin(contacts.a, subjects.indices) & np.isin(contacts.b, subjects.indices)
    low = np.minimum(contacts.a, contacts.b)[both].astype(np.int64)
    high = np.maximum(contacts.a, contacts.b)[both]
    pairs = low * len(motion.body_ids) + high
    times = contacts.time[both]
    firsts = [float(times[pairs == pair].min()) for pair in np.unique(pairs)]
    return [time for time in firsts if time > _TOUCHING_FROM_START_SECS]


def _tips(motion: Trajectory, subjects: Subjects) -> list[float]:
    """Return when each subject's own vertical first leans by 45°, unless it rolls."""
    moments = []
    for k in subjects.indices:
        vertical = rotation_from_wxyz(motion.wxyz[:, k])[:, :, 2]
        leaning = (vertical @ vertical[0]) < _TIPPED
        stays_over = leaning.any() and leaning[np.argmax(leaning) :].all()
        if stays_over:
            moments.append(float(motion.times[np.argmax(leaning)]))
    return moments


def _moves(motion: Trajectory, k: int, *, stop: int | None = None) -> bool:
    positions, wxyz = motion.positions[:stop, k], motion.wxyz[:stop, k]
    travelled = np.linalg.norm(positions - positions[0], axis=-1).max() > _STILL_M
    turned = 1 - np.abs(wxyz @ wxyz[0]).min() > _STILL_TURN
    return bool(travelled or turned)


def _whole_path(stage: Stage, motion: Trajectory, body_id: str) -> Float[Array, "f p 3"]:
    """Return where the corners of a body and of all its parts are."""
    ids = [body.id for body in stage.bodies if body_id in (body.id, body.part_of)]
    paths = [_points_path(stage.body(one).mesh, motion, one) for one in ids]
    return np.concatenate(paths, axis=1)


def _points_path(mesh: Mesh, motion: Trajectory, body_id: str) -> Float[Array, "f p 3"]:
    if body_id not in motion.deform:
        return _hull_path(mesh, motion, motion.index(body_id))
    paths = np.asarray(motion.deform[body_id], np.float64)
    directions = _sphere_directions().T
    # Whoever lies farthest out in some frame; between the frames asked for, hardly another does.
    frames = range(0, len(paths), max(1, len(paths) // _FORMS))
    outer = [np.unique((paths[frame] @ directions).argmax(axis=0)) for frame in frames]
    return np.asarray(paths[:, np.unique(np.concatenate(outer))])


def _hull_path(mesh: Mesh, motion: Trajectory, k: int) -> Float[Array, "f p 3"]:
    vertices = np.asarray(mesh.vertices, np.float64)
    corners = vertices[np.unique((vertices @ _sphere_directions().T).argmax(axis=0))]
    turned = np.einsum("fij,pj->fpi", rotation_from_wxyz(motion.wxyz[:, k]), corners)
    return np.asarray(turned + motion.positions[:, k, None, :])


def _sphere_directions() -> Float[Array, "n 3"]:
    """Return directions spread evenly over the sphere, and the axes (Fibonacci lattice)."""
    k = np.arange(_DIRECTIONS) + 0.5
    polar = np.arccos(1 - 2 * k / _DIRECTIONS)
    around = np.pi * (1 + np.sqrt(5)) * k
    lattice = np.stack(
        [np.cos(around) * np.sin(polar), np.sin(around) * np.sin(polar), np.cos(polar)], axis=-1
    )
    return np.concatenate([lattice, np.eye(3), -np.eye(3)])
