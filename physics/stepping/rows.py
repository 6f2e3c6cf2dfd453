"""Velocity rows: one number of two bodies' relative motion, brought to where it should be."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from physics.stepping.world import World
from scene_builder.model.arrays import Array

SWEEPS = 12
"""Most Gauss–Seidel sweeps a step."""

SETTLED_SPEED = 1e-9
"""Sweeps end when none changes a speed by more than this [m/s or rad/s]."""


def cross(a: Float[Array, "3"], b: Float[Array, "3"]) -> Float[Array, "3"]:
    """Return the cross product of two vectors (3): quicker than numpy's, which is for many."""
    x, y, z = a.tolist()
    u, v, w = b.tolist()
    return np.array([y * w - z * v, z * u - x * w, x * v - y * u])


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One direction in which a child may not move freely against its parent.

    Attributes:
        parent: Index of the parent, or None for the world.
        child: Index of the child.
        point: Where the row acts on the child, in the world (3) [m].
        axis: Unit direction, in the world (3).
        turning: Whether it is about turning around the axis rather than moving along it.
        parent_point: Where it acts on the parent, if elsewhere (3) [m].
        target: Relative speed to reach [m/s or rad/s].
        low: Least impulse [N·s or N·m·s].
        high: Largest impulse.
        damping: Instead of a target: resistance [N·s/m or N·m·s/rad].
        length_m: Instead of a target: the points stay at most this far apart.
    """

    parent: int | None
    child: int
    point: Float[Array, "3"]
    axis: Float[Array, "3"]
    turning: bool = False
    parent_point: Float[Array, "3"] | None = None
    target: float = 0.0
    low: float = -np.inf
    high: float = np.inf
    damping: float = 0.0
    length_m: float | None = None

    def towards(self, speed: float) -> "Row":
        """Reach this relative speed."""
        return replace(self, target=speed)

    def at_least(self, speed: float) -> "Row":
        """Never be slower than this."""
        return replace(self, target=speed, low=0.0)

    def at_most(self, speed: float) -> "Row":
        """Never be faster than this."""
        return replace(self, target=speed, high=0.0)

    def damped(self, damping: float) -> "Row":
        """Resist motion."""
        return replace(self, damping=damping)

    def speed(self, world: World, *, predicted: bool) -> float:
        """Return the row's relative speed now, or with the next step's gravity [m/s or rad/s]."""
        return _Sides(world, [self], predicted=predicted).speed(self)


def solve(world: World, rows: Sequence[Row]) -> None:
    """Give the bodies of `rows` the velocities that satisfy them all (Gauss–Seidel)."""
    sides = _Sides(world, rows, predicted=True)
    mobility = [sides.mobility(row) for row in rows]
    impulses = [0.0] * len(rows)
    for sweep in range(SWEEPS if len(rows) > 1 else 1):
        largest = 0.0
        for k, row in enumerate(rows):
            if mobility[k] <= 0 or (row.damping > 0 and sweep > 0):
                continue
            wanted = impulses[k] + _missing(row, sides, mobility[k], world.step_secs)
            wanted = min(max(wanted, row.low), row.high)
            largest = max(largest, abs(wanted - impulses[k]) * mobility[k])
            sides.push(row, wanted - impulses[k])
            impulses[k] = wanted
        if largest < SETTLED_SPEED:
            break
    sides.write(world)


def _missing(row: Row, sides: "_Sides", mobility: float, dt: float) -> float:
    """Impulse that the row still needs."""
    if row.damping > 0:
        return -sides.speed(row) * min(row.damping * dt, 1 / mobility)
    if row.length_m is None:
        return (row.target - sides.speed(row)) / mobility
    # How far along the axis must the predicted ends be drawn to be a length apart?
    parent_point = row.point if row.parent_point is None else row.parent_point
    ahead = row.point - parent_point + sides.relative(row) * dt
    along = float(row.axis @ ahead)
    inside = along**2 - float(ahead @ ahead) + row.length_m**2
    excess = along - (np.sqrt(inside) if inside > 0 else 0.0)
    return min(-excess / dt / mobility, 0.0) if float(ahead @ ahead) > row.length_m**2 else 0.0


class _Sides:
    """The bodies that rows act on, with the velocities that the solver changes."""

    def __init__(self, world: World, rows: Sequence[Row], *, predicted: bool) -> None:
        ids = {row.child for row in rows} | {r.parent for r in rows if r.parent is not None}
        self._gain = world.stage.gravity * world.step_secs if predicted else np.zeros(3)
        self._motions = {k: world.motion(k) for k in sorted(ids)}
        self._mass = {k: world.inverse_mass(k) for k in ids}
        self._inertia = {
            k: world.inverse_inertia(k, motion.rotation) for k, motion in self._motions.items()
        }
        self._velocities = {
            k: (motion.linear + (self._gain if self._mass[k] else 0.0), motion.angular.copy())
            for k, motion in self._motions.items()
        }

    def relative(self, row: Row) -> Float[Array, "3"]:
        """Velocity of the child against the parent (3)."""
        total = np.zeros(3)
        for k, sign, point in self._ends(row):
            linear, angular = self._velocities[k]
            if row.turning:
                total += sign * angular
            else:
                total += sign * (linear + cross(angular, point - self._motions[k].center))
        return total

    def speed(self, row: Row) -> float:
        """The same along the row's axis."""
        return float(self.relative(row) @ row.axis)

    def mobility(self, row: Row) -> float:
        """Speed that a unit impulse makes."""
        total = 0.0
        for k, _, point in self._ends(row):
            lever = row.axis if row.turning else cross(point - self._motions[k].center, row.axis)
            total += float(lever @ self._inertia[k] @ lever)
            total += 0.0 if row.turning else self._mass[k]
        return total

    def push(self, row: Row, impulse: float) -> None:
        """Change both sides' velocities."""
        for k, sign, point in self._ends(row):
            linear, angular = self._velocities[k]
            push = sign * impulse * row.axis
            if row.turning:
                angular += self._inertia[k] @ push
            else:
                linear += self._mass[k] * push
                angular += self._inertia[k] @ cross(point - self._motions[k].center, push)

    def write(self, world: World) -> None:
        """Hand the velocities back, less the gravity that the step will add."""
        for k, (linear, angular) in self._velocities.items():
            if self._mass[k] > 0:
                world.set_velocity(k, linear - self._gain, angular)

    @staticmethod
    def _ends(row: Row) -> list[tuple[int, float, Float[Array, "3"]]]:
        ends = [(row.child, 1.0, row.point)]
        if row.parent is not None:
            point = row.point if row.parent_point is None else row.parent_point
            ends.append((row.parent, -1.0, point))
        return ends
