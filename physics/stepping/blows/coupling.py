"""How bodies that joints hold together answer a blow: all of them at once.

A blow on one of them moves the others through their joints. With the joints' rows J and the
inverse masses W, an impulse p changes the velocities by (W − W Jᵀ (J W Jᵀ)⁺ J W) p: of what a free
body would do, the part that the joints allow (Baraff 1996, Linear-time dynamics, eq. 5–8, solved
densely).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from physics.stepping.pins import Pinned, pinned
from physics.stepping.records import Motion
from physics.stepping.world import World
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Free bodies that joints hold together, as they are now.

    Attributes:
        ids: Their indices.
        response: Changes of their velocities (linear, angular; body by body) for impulses and
            angular impulses in the same order (6n 6n) [1/kg, 1/(kg·m), 1/(kg·m²)].
    """

    ids: tuple[int, ...]
    response: Float[Array, "n n"]

    def part(self, k: int) -> slice:
        """Return where body `k` is among the rows."""
        at = 6 * self.ids.index(k)
        return slice(at, at + 6)


@final
class Coupling:
    """The joints of one world, for blows; ropes and springs hand none on at once."""

    def __init__(self, world: World) -> None:
        self._world = world
        sliding = {
            (joint.parent, joint.child): joint
            for joint in world.stage.joints
            if joint.kind == "slider"
        }
        names = world.stage.body_ids
        self._ties = tuple(pinned(world.stage))
        self._sliders = {
            tie: sliding[key]
            for tie in self._ties
            if (key := (None if tie.parent is None else names[tie.parent], names[tie.child]))
            in sliding
        }
        self._of: dict[int, list[Pinned]] = {}
        for tie in self._ties:
            for k in (tie.parent, tie.child):
                if k is not None:
                    self._of.setdefault(k, []).append(tie)

    def groups(self, struck: Iterable[int]) -> dict[int, Group]:
        """Return the group of each struck body that joints hold, and of all others in it."""
        found: dict[int, Group] = {}
        for k in struck:
            if k in found or k not in self._of or not self._world.movers[k].free:
                continue
            group = self._group(k)
            found |= dict.fromkeys(group.ids, group)
        return found

    def _group(self, start: int) -> Group:
        ids, ties = [start], dict[int, Pinned]()
        for k in ids:
            for tie in self._of[k]:
                ties[id(tie)] = tie
                for other in (tie.parent, tie.child):
                    if other is not None and other not in ids and self._world.movers[other].free:
                        ids.append(other)
        motions = {k: self._world.motion(k) for k in self._within(ties.values())}
        free = _free_response(self._world, ids, motions)
        rows = [row for tie in ties.values() for row in self._rows(tie, ids, motions)]
        if not rows:
            return Group(tuple(ids), free)
        joints = np.array(rows)
        give = joints @ free
        held = give.T @ np.linalg.pinv(give @ joints.T, hermitian=True) @ give
        return Group(tuple(ids), free - held)

    @staticmethod
    def _within(ties: Iterable[Pinned]) -> set[int]:
        return {k for tie in ties for k in (tie.parent, tie.child) if k is not None}

    def _rows(
        self, tie: Pinned, ids: Sequence[int], motions: dict[int, Motion]
    ) -> Iterator[Float[Array, " n"]]:
        """Yield what may not change of the velocity of a child against its parent."""
        for parent_from_pin, child_from_pin in tie.pins:
            point = self._place(tie, parent_from_pin, child_from_pin, motions)
            for axis in np.eye(3):
                yield _row(tie, ids, motions, axis, point)
        slider = self._sliders.get(tie)
        if slider is not None:
            frame = self._pose(tie.child, motions[tie.child]) @ slider.child_from_joint
            axes = frame.rotation.T
            for axis in axes[:2]:
                yield _row(tie, ids, motions, axis, frame.position)
            for axis in axes:
                yield _row(tie, ids, motions, axis, None)

    def _place(
        self, tie: Pinned, in_parent: Pose, in_child: Pose, motions: dict[int, Motion]
    ) -> Float[Array, "3"]:
        """Return where a pin is (3) [m]: at what does not move, if any of both does not."""
        if tie.parent is None:
            return in_parent.position
        return (self._pose(tie.child, motions[tie.child]) @ in_child).position

    def _pose(self, k: int, motion: Motion) -> Pose:
        inertial = Pose(position=motion.center, wxyz=motion.wxyz)
        return inertial @ self._world.movers[k].inertial_from_body


def _free_response(
    world: World, ids: Sequence[int], motions: dict[int, Motion]
) -> Float[Array, "n n"]:
    free = np.zeros((6 * len(ids), 6 * len(ids)))
    for n, k in enumerate(ids):
        at = 6 * n
        free[at : at + 3, at : at + 3] = world.inverse_mass(k) * np.eye(3)
        free[at + 3 : at + 6, at + 3 : at + 6] = world.inverse_inertia(k, motions[k].rotation)
    return free


def _row(
    tie: Pinned,
    ids: Sequence[int],
    motions: dict[int, Motion],
    axis: Float[Array, "3"],
    point: Float[Array, "3"] | None,
) -> Float[Array, " n"]:
    """Return one row of J: motion along an axis at a point, or turning about it (None)."""
    row = np.zeros(6 * len(ids))
    for k, sign in ((tie.child, 1.0), (tie.parent, -1.0)):
        if k is None or k not in ids:
            continue
        at = 6 * ids.index(k)
        if point is None:
            row[at + 3 : at + 6] = sign * axis
        else:
            row[at : at + 3] = sign * axis
            row[at + 3 : at + 6] = sign * np.cross(point - motions[k].center, axis)
    return row
