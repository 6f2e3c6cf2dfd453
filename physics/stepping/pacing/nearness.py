"""What could meet within a while: bounds that cost little, and never say no where it is yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Bool, Float

from physics.pace import width
from physics.stepping.records import Glance, Mover
from physics.stepping.world import World
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Bodies as they are now.

    Attributes:
        rows: Their numbers in the stage.
        centers: Their centres of mass (n 3) [m].
        linear: Their velocities (n 3) [m/s].
        spin: How fast they turn (n) [rad/s].
        halves: Half the edges of the boxes along the world's axes, about their centres, that hold
            them (n 3) [m].
    """

    rows: list[int]
    centers: Float[Array, "n 3"]
    linear: Float[Array, "n 3"]
    spin: Float[Array, " n"]
    halves: Float[Array, "n 3"]


@final
class Nearness:
    """The sizes of one world's bodies, for looking which could meet.

    Attributes:
        rims: How far the matter of each goes round, at its longest edge [m].
    """

    def __init__(self, world: World) -> None:
        bodies = [mover.body for mover in world.movers]
        self._scale = world.scale
        self._thin = np.array([width(body) for body in bodies])
        self._ball = np.array([body.collider.shape == "sphere" for body in bodies])
        self.rims = np.array([float(body.mesh.extents.max()) / 2 for body in bodies])
        self._half = np.array([_half(mover) for mover in world.movers])
        self._sudden = np.array(world.sudden)
        suddenly = [body for body, sudden in zip(bodies, world.sudden, strict=True) if sudden]
        boxes = [_box_of(body) for body in suddenly if body.mobility != "dynamic"]
        self._low = np.array([low for low, _ in boxes]).reshape(-1, 3)
        self._high = np.array([high for _, high in boxes]).reshape(-1, 3)

    def seen(self, glances: Sequence[Glance | None]) -> Seen:
        """Return all that can move, with motions as a world gives them."""
        rows = [k for k, glance in enumerate(glances) if glance is not None]
        found = [glance for glance in glances if glance is not None]
        w, x, y, z = np.array([one.wxyz for one in found]).reshape(-1, 4).T
        turns = np.array([
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ])  # fmt: skip
        halves = np.einsum("ijn,nj->ni", np.abs(turns), self._half[rows])
        return Seen(
            rows=rows,
            centers=np.array([one.position for one in found]).reshape(-1, 3) / self._scale,
            linear=np.array([one.velocity for one in found]).reshape(-1, 3) / self._scale,
            spin=np.linalg.norm(np.array([one.spin for one in found]).reshape(-1, 3), axis=1),
            halves=np.where(self._ball[rows][:, None], self._half[rows], halves),
        )

    def turning(self, seen: Seen) -> Float[Array, " n"]:
        """Return how fast turning brings each body's matter elsewhere: a ball's never [m/s]."""
        return np.where(self._ball[seen.rows], 0.0, seen.spin * self.rims[seen.rows])

    def widths(self, seen: Seen, ways: Float[Array, " n"]) -> Float[Array, " n"]:
        """Return the width of the thinnest thing that each body could meet, itself among them [m].

        Args:
            seen: The bodies.
            ways: How far they go at most [m].
        """
        thin = self._thin[seen.rows]
        return np.asarray(np.where(self.meets(seen, ways), thin, np.inf).min(axis=1))

    def sudden(self, seen: Seen, falls: Float[Array, " n"], step_secs: float, secs: float) -> float:
        """Return how far a ball comes nearer in a step to what it may touch unforeseen [m].

        Args:
            seen: The bodies.
            falls: How much faster gravity makes each before the time is over [m/s].
            step_secs: Length of a step [s].
            secs: For how long [s].
        """
        ball, sudden = self._ball[seen.rows], self._sudden[seen.rows]
        if not ball.any():
            return 0.0
        turning, centers = self.turning(seen), seen.centers
        ways = (np.linalg.norm(seen.linear, axis=1) + turning + falls) * secs
        may = self.meets(seen, ways) & (ball[:, None] & sudden)
        np.fill_diagonal(may, val=False)
        apart, against = centers - centers[:, None], seen.linear[:, None] - seen.linear
        along = np.einsum("nmk,nmk->nm", against, apart)
        along /= np.maximum(np.linalg.norm(apart, axis=-1), 1e-9)
        nearer = np.where(ball, along, np.linalg.norm(against, axis=-1))
        nearer += turning + turning[:, None] + np.abs(falls - falls[:, None])
        most = float(nearer[may].max(initial=0.0))
        if len(self._low):
            off = np.clip(centers[:, None], self._low, self._high) - centers[:, None]
            away = np.linalg.norm(off, axis=-1)
            towards = np.einsum("nk,nsk->ns", seen.linear, off) / np.maximum(away, 1e-9)
            may = ball[:, None] & (away - self.rims[seen.rows][:, None] < ways[:, None])
            most = max(most, float((towards + falls[:, None])[may].max(initial=0.0)))
        return most * step_secs

    def meets(self, seen: Seen, ways: Float[Array, " n"]) -> Bool[Array, "n n"]:
        """Return which bodies could meet which, each of them itself.

        Args:
            seen: The bodies.
            ways: How far they go at most [m].
        """
        reach = seen.halves + ways[:, None]
        apart = np.abs(seen.centers - seen.centers[:, None])
        return np.asarray((apart <= reach + reach[:, None]).all(axis=-1))


def _half(mover: Mover) -> Float[Array, "3"]:
    """Half the edges of a box along the principal axes, about their middle, that holds a body."""
    mesh, center = mover.body.mesh, mover.body.center_of_mass
    half = np.maximum(np.abs(mesh.low - center), np.abs(mesh.low + mesh.extents - center))
    return np.asarray(np.abs(mover.body_from_inertial.rotation.T) @ half, np.float64)


def _box_of(body: Body) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
    """Lowest and highest corner of a body's box in the world [m]."""
    low, high = body.mesh.low, body.mesh.low + body.mesh.extents
    corners = np.array(np.meshgrid(*zip(low, high, strict=True))).reshape(3, -1).T
    placed = body.pose @ corners.astype(np.float64)
    return placed.min(axis=0), placed.max(axis=0)
