"""Everything that cloth and soft bodies may meet, where it is now, and how it moves."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from jaxtyping import Float

from physics.deforming.solids import EVERYWHERE, Solid, solids_of
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.stage import Body

PUSH_OUT_SPEED = 0.2
"""What begins inside of something is brought out of it this slowly [m/s]; what enters is stopped
at once."""


@dataclass(slots=True, kw_only=True, eq=False)
class Push:
    """What one sheet did to one body in a step.

    Attributes:
        impulse: On the body (3) [N·s].
        moment: About the world's origin (3) [N·m·s].
        normal_impulse: Sum of the normal impulses' sizes [N·s].
        weighted_point: Sum of the points, weighted by those (3).
        weighted_normal: Likewise the normals, from the body to the cloth (3).
        closing: Fastest mean approach of vertices to a surface that stopped them [m/s].
        taut: Whether pins hold the cloth.
    """

    impulse: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    moment: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    normal_impulse: float = 0.0
    weighted_point: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    weighted_normal: Float[Array, "3"] = field(default_factory=lambda: np.zeros(3))
    closing: float = 0.0
    taut: bool = False

    def scaled(self, share: float) -> "Push":
        """Return a share of it; points and normals weigh as they did."""
        return replace(
            self, impulse=share * self.impulse, moment=share * self.moment,
            normal_impulse=share * self.normal_impulse,
            weighted_point=share * self.weighted_point,
            weighted_normal=share * self.weighted_normal,
        )  # fmt: skip


class Obstacle:
    """One body as cloth meets it, between two poses."""

    def __init__(self, index: int, body: Body) -> None:
        self.index = index
        self.friction = body.friction
        self.solids = solids_of(body.collider)
        corners = [np.abs(s.low) for s in self.solids] + [np.abs(s.high) for s in self.solids]
        self.reach = float(np.linalg.norm(np.max(corners, axis=0)))
        self._start = self._end = body.pose
        self._still = body.pose.rotation, body.pose.position
        self.push = Push()

    def moves(self, start: Pose, end: Pose) -> None:
        """Say where it is when a step begins and when it ends."""
        self._start, self._end = start, end

    def is_near(self, low: Float[Array, "3"], high: Float[Array, "3"]) -> bool:
        """Whether it may meet what is inside of a box in the world."""
        if self.reach > EVERYWHERE:
            return True
        middle = (self._start.position + self._end.position) / 2
        beyond = np.maximum(np.maximum(low - middle, middle - high), 0.0)
        way = float(np.linalg.norm(self._end.position - self._start.position))
        return float(np.linalg.norm(beyond)) <= self.reach + way

    def solids_near(self, low: Float[Array, "3"], high: Float[Array, "3"]) -> list[Solid]:
        """Return its pieces that may meet what is inside of a box in the world."""
        corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)])
        local = self._start.inverse() @ (low + corners * (high - low))
        near_low, near_high = local.min(axis=0), local.max(axis=0)
        return [
            solid for solid in self.solids
            if (solid.low <= near_high).all() and (solid.high >= near_low).all()
        ]  # fmt: skip

    def between(self, share: float) -> tuple[Float[Array, "3 3"], Float[Array, "3"]]:
        """Return its rotation and position at a share of the step."""
        if self._end is self._start:
            return self._still
        wxyz = self._start.wxyz
        sign = 1.0 if float(wxyz @ self._end.wxyz) >= 0 else -1.0
        wxyz = wxyz + share * (sign * self._end.wxyz - wxyz)
        wxyz = wxyz / np.linalg.norm(wxyz)
        position = self._start.position + share * (self._end.position - self._start.position)
        return rotation_from_wxyz(wxyz), position


def near_obstacles(
    obstacles: list[Obstacle], points: Float[Array, "v 3"], margin: float
) -> list[tuple[Obstacle, list[Solid]]]:
    """Return what may be nearer to points (v 3) than a margin [m], and its pieces that may."""
    low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
    found = [(one, one.solids_near(low, high)) for one in obstacles if one.is_near(low, high)]
    return [(one, solids) for one, solids in found if solids]


@dataclass(frozen=True, slots=True, eq=False)
class Meeting:
    """One obstacle's pieces near one sheet, in a part of a step.

    Attributes:
        obstacle: Which.
        solids: Its pieces that are near.
        rotation: `world_from_body` at the part's end (3 3).
        position: Its frame at the part's end (3) [m].
        before: The same at the part's beginning.
    """

    obstacle: Obstacle
    solids: list[Solid]
    rotation: Float[Array, "3 3"]
    position: Float[Array, "3"]
    before: tuple[Float[Array, "3 3"], Float[Array, "3"]]

    def push_out(
        self,
        points: Float[Array, "v 3"],
        previous: Float[Array, "v 3"],
        mass: Float[Array, " v"],
        free: Float[Array, " v"],
        *,
        thickness: float,
        spacing: float,
        friction: float,
        dt: float,
    ) -> None:
        """Move what is inside out to the surface, and let it stick or slide there (in place).

        Args:
            points: Where the vertices are (v 3) [m]; they are moved.
            previous: Where they were at the part's beginning (v 3) [m].
            mass: (v) [kg].
            free: 0 for pins, else 1 (v).
            thickness: What they keep away from the surface [m].
            spacing: The longest distance of neighbours [m].
            friction: Coulomb's coefficient of the cloth.
            dt: Length of the part [s].
        """
        local = (points - self.position) @ self.rotation
        for solid in self.solids:
            # What is round would look out between the vertices that lie on it.
            away = thickness + solid.rise(spacing)
            near = solid.near(local, away + spacing / 4)
            if not len(near):
                continue
            distance, way = solid.distances(local[near], spacing)
            inside = (distance < away) & (free[near] > 0)
            if not inside.any():
                continue
            some = near[inside]
            depth, normal = away - distance[inside], way[inside] @ self.rotation.T
            carried = local[some] @ self.before[0].T + self.before[1]
            slip = (points[some] - previous[some]) - (points[some] - carried)
            into = np.maximum(-(slip * normal).sum(axis=1), 0.0)
            depth = np.minimum(depth, into + PUSH_OUT_SPEED * dt)
            along = slip - (slip * normal).sum(axis=1, keepdims=True) * normal
            length = np.linalg.norm(along, axis=1)
            grip = np.minimum(1.0, friction * self.obstacle.friction * depth
                              / np.maximum(length, 1e-15))  # fmt: skip
            shift = depth[:, None] * normal - grip[:, None] * along
            points[some] += shift
            local[some] += shift @ self.rotation
            sizes, push = depth * mass[some] / dt, self.obstacle.push
            if sizes.any():
                stopped = float(sizes @ np.maximum(into, depth) / sizes.sum()) / dt
                push.closing = max(push.closing, stopped)
            self._note(points[some], normal, sizes, shift, mass[some] / dt)

    def _note(
        self,
        points: Float[Array, "n 3"],
        normals: Float[Array, "n 3"],
        sizes: Float[Array, " n"],
        shift: Float[Array, "n 3"],
        rate: Float[Array, " n"],
    ) -> None:
        push, impulses = self.obstacle.push, -shift * rate[:, None]
        push.impulse += impulses.sum(axis=0)
        push.moment += np.cross(points, impulses).sum(axis=0)
        push.normal_impulse += float(sizes.sum())
        push.weighted_point += sizes @ points
        push.weighted_normal += sizes @ normals


def meetings(near: list[tuple[Obstacle, list[Solid]]], parts: int) -> Iterator[list[Meeting]]:
    """Yield, for each of equal parts of a step, the obstacles where they are then."""
    before = [obstacle.between(0.0) for obstacle, _ in near]
    for part in range(1, parts + 1):
        after = [obstacle.between(part / parts) for obstacle, _ in near]
        yield [
            Meeting(obstacle, solids, rotation, position, old)
            for (obstacle, solids), (rotation, position), old in zip(
                near, after, before, strict=True
            )
        ]
        before = after
