"""Measures of a motion that findings are made of."""

from dataclasses import dataclass
from functools import cached_property
from typing import final

import numpy as np
from jaxtyping import Bool, Float, Int

from physics.trajectory import Trajectory
from scene_builder.model.arrays import Array
from scene_builder.model.pose import rotation_from_wxyz
from scene_builder.model.stage import GROUND_ID, Body, Stage

CARRYING_SLOPE = 0.3
"""A contact carries if its normal has at least this share against gravity."""


@dataclass(frozen=True, slots=True, eq=False)
class Touching:
    """All touches of body a with body b, in time order.

    Attributes:
        time: When (n) [s].
        normal: From b towards a (n 3).
        impulse: How hard (n) [N·s].
        point: Where (n 3) [m].
    """

    time: Float[Array, " n"]
    normal: Float[Array, "n 3"]
    impulse: Float[Array, " n"]
    point: Float[Array, "n 3"]

    def since(self, time_secs: float) -> "Touching":
        """Return the touches from a time on."""
        late = self.time >= time_secs
        return Touching(self.time[late], self.normal[late], self.impulse[late], self.point[late])


@final
class View:
    """A stage and its motion, measured; bodies are named by id."""

    def __init__(self, stage: Stage, trajectory: Trajectory) -> None:
        self.stage = stage
        self.trajectory = trajectory
        self.times = trajectory.times
        self._index = {body_id: k for k, body_id in enumerate(trajectory.body_ids)}
        self._rotations = rotation_from_wxyz(trajectory.wxyz)
        gravity = float(np.linalg.norm(stage.gravity))
        self.up = -stage.gravity / gravity if gravity > 0 else np.array([0.0, 0.0, 1.0])

    @property
    def frame_secs(self) -> float:
        """Time from one frame to the next [s]."""
        return self.stage.timeline.frame_secs

    def body(self, body_id: str) -> Body:
        """Return a body of the stage."""
        return self.stage.body(body_id)

    def has(self, body_id: str) -> bool:
        """Whether the stage has that body."""
        return body_id in self._index

    def velocity(self, body_id: str) -> Float[Array, "f 3"]:
        """Velocity of the centre of mass [m/s]."""
        return np.asarray(self.trajectory.linear_velocities[:, self._index[body_id]])

    def spin(self, body_id: str) -> Float[Array, "f 3"]:
        """Angular velocity [rad/s]."""
        return np.asarray(self.trajectory.angular_velocities[:, self._index[body_id]])

    def center(self, body_id: str) -> Float[Array, "f 3"]:
        """Centre of mass in the world [m]."""
        return self.place(body_id, self.body(body_id).center_of_mass)

    def place(self, body_id: str, point: Float[Array, "3"]) -> Float[Array, "f 3"]:
        """Where a point of the body is [m]."""
        k = self._index[body_id]
        return np.asarray(self._rotations[:, k] @ point + self.trajectory.positions[:, k])

    def inside(self, body_id: str, points: Float[Array, "f 3"]) -> Float[Array, "f 3"]:
        """World points (one a frame) in the body's frame [m]."""
        k = self._index[body_id]
        offset = points - self.trajectory.positions[:, k]
        return np.asarray(np.einsum("fji,fj->fi", self._rotations[:, k], offset))

    def height(self, body_id: str) -> Float[Array, " f"]:
        """Height of the centre of mass, against gravity [m]."""
        return np.asarray(self.center(body_id) @ self.up)

    def tilt(self, body_id: str) -> Float[Array, " f"]:
        """Angle between what pointed up at frame 0 and up [rad]; turning in place is none."""
        rotation = self._rotations[:, self._index[body_id]]
        once_up = rotation @ (rotation[0].T @ self.up)
        return np.asarray(np.arccos(np.clip(once_up @ self.up, -1.0, 1.0)))

    def top(self, body_id: str) -> Float[Array, " f"]:
        """Height of the highest corner of the body's box [m]; 0 for the ground's plane."""
        if self.body(body_id).collider.shape == "plane":
            return np.asarray(self.place(body_id, np.zeros(3)) @ self.up)
        mesh = self.body(body_id).mesh
        corners = np.array(
            [[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)]
        ) * mesh.extents + mesh.low  # fmt: skip
        return np.asarray(
            np.max([self.place(body_id, corner) @ self.up for corner in corners], axis=0)
        )

    def size(self, body_id: str) -> float:
        """Largest extent of the body [m]."""
        return float(self.body(body_id).mesh.extents.max())

    def half_width(self, body_id: str) -> float:
        """Half of its smallest extent [m]: its radius, for a ball."""
        return float(self.body(body_id).mesh.extents.min()) / 2

    def margin_inside(self, body_id: str, support: str) -> Float[Array, " f"]:
        """How far the body's centre is inside of the outline of its support, seen from above [m].

        Negative outside; endless for the ground's plane.
        """
        if self.body(support).collider.shape == "plane":
            return np.full(len(self.times), np.inf)
        mesh = self.body(support).mesh
        local = self.inside(support, self.center(body_id)) - (mesh.low + mesh.high) / 2
        beyond = np.abs(local[:, :2]) - mesh.extents[:2] / 2
        outside = np.linalg.norm(np.maximum(beyond, 0.0), axis=1)
        return np.where(beyond.max(axis=1) > 0, -outside, -beyond.max(axis=1))

    def gap(self, a: str, b: str) -> Float[Array, " f"]:
        """A measure of how far two bodies are apart [m], about 0 when they touch.

        From the centre of each to the box of the other, less its half width: the larger of both.
        """
        one = self._to_box(self.center(a), b) - self.half_width(a)
        if self.body(b).collider.shape == "plane" or b == GROUND_ID:
            return np.maximum(one, 0.0)
        other = self._to_box(self.center(b), a) - self.half_width(b)
        return np.maximum(np.maximum(one, other), 0.0)

    def touching(self, a: str, b: str) -> Touching:
        """Return all touches of a with b; the normals point towards a."""
        contacts = self.trajectory.contacts
        i, j = self._index[a], self._index[b]
        rows = self._rows_of_pair.get((min(i, j), max(i, j)), np.zeros(0, np.int64))
        one = contacts.a[rows]
        sign = np.where((one == i) | (self._whole_of[one] == i), 1.0, -1.0)[:, None]
        return Touching(
            contacts.time[rows],
            contacts.normal[rows] * sign,
            contacts.impulse[rows],
            contacts.point[rows],
        )

    def partners(self, body_id: str) -> tuple[str, ...]:
        """Return everything that the body ever touches."""
        k = self._index[body_id]
        found = {i if j == k else j for i, j in self._rows_of_pair if k in (i, j)}
        return tuple(self.trajectory.body_ids[i] for i in sorted(found))

    def carried(self, a: str, b: str) -> Bool[Array, " f"]:
        """Whether b carries a at each frame: a contact from below within a frame of it."""
        touching = self.touching(a, b)
        times = touching.time[touching.normal @ self.up > CARRYING_SLOPE]
        if len(times) == 0:
            return np.zeros(len(self.times), np.bool_)
        nearest = np.searchsorted(times, self.times)
        before = np.abs(self.times - times[np.maximum(nearest - 1, 0)])
        after = np.abs(self.times - times[np.minimum(nearest, len(times) - 1)])
        return np.asarray(np.minimum(before, after) <= self.frame_secs * 1.01)

    def held_until(self, body_id: str) -> float:
        """Return when a body is let go [s]; 0 if nothing holds it."""
        releases = [
            action.start_secs
            for action in self.stage.actions
            if action.body == body_id and action.kind == "release"
        ]
        return max(releases, default=0.0)

    def support_at_start(self, body_id: str) -> str | None:
        """Return what carries a body at the beginning: the hardest contact from below.

        What is held begins when it is let go.
        """
        best, most = None, 0.0
        end = self.held_until(body_id) + 2 * self.frame_secs
        for other in self.partners(body_id):
            touching = self.touching(body_id, other)
            early = (touching.time <= end) & (touching.normal @ self.up > CARRYING_SLOPE)
            weight = float(touching.impulse[early].sum())
            if weight > most:
                best, most = other, weight
        return best

    def _to_box(self, points: Float[Array, "f 3"], body_id: str) -> Float[Array, " f"]:
        local = self.inside(body_id, points)
        if self.body(body_id).collider.shape == "plane":
            return np.asarray(local[:, 2])
        mesh = self.body(body_id).mesh
        beyond = np.abs(local - (mesh.low + mesh.high) / 2) - mesh.extents / 2
        return np.asarray(np.linalg.norm(np.maximum(beyond, 0.0), axis=1))

    @cached_property
    def _whole_of(self) -> Int[Array, " b"]:
        """Index of what each body breaks off from, or is a part of, or its own (b)."""
        found = np.arange(len(self._index))
        for body in self.stage.bodies:
            whole = body.piece_of or body.part_of
            if whole in self._index:
                found[self._index[body.id]] = self._index[str(whole)]
        return found

    @cached_property
    def _rows_of_pair(self) -> dict[tuple[int, int], Array]:
        contacts = self.trajectory.contacts
        whole_a, whole_b = self._whole_of[contacts.a], self._whole_of[contacts.b]
        broken = (whole_a != contacts.a) | (whole_b != contacts.b)
        # What pieces and parts touch their whole touches, too.
        again = np.flatnonzero(broken & (whole_a != whole_b))
        a, b = np.append(contacts.a, whole_a[again]), np.append(contacts.b, whole_b[again])
        rows = np.append(np.arange(len(contacts.a)), again)
        low, high = np.minimum(a, b), np.maximum(a, b)
        key = low.astype(np.int64) * len(self._index) + high
        order = np.argsort(key, kind="stable")
        keys, starts = np.unique(key[order], return_index=True)
        groups = np.split(rows[order], starts[1:]) if len(keys) else []
        return {
            (int(k) // len(self._index), int(k) % len(self._index)): group
            for k, group in zip(keys, groups, strict=True)
        }
