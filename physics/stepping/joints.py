"""Joints: rows of our own for what engines do not have between free bodies.

Engines pin free bodies together at points (`physics.stepping.pins`). Sliders, ropes,
limits and drives are velocity rows solved before each step against the velocities that the step
will give (SHAKE: Ryckaert, Ciccotti, Berendsen 1977), so that they hold at its end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from physics.stepping.rows import Row, solve
from physics.stepping.world import World
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SimulationError
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.stage import Joint, StageAction

MENDING = 0.5
"""Share of a slider's error that is mended in a step."""

LAG = 0.01
"""A driven joint catches up with at most so much in a step [rad or m]: what blocks it for a while
is not struck afterwards."""


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """A joint's two frames in the world, now."""

    parent_point: Float[Array, "3"]
    child_point: Float[Array, "3"]
    parent_axes: Float[Array, "3 3"]
    child_axes: Float[Array, "3 3"]


@final
class Joints:
    """All joints of one world, as far as its engine does not hold them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._index = {body_id: k for k, body_id in enumerate(world.stage.body_ids)}
        self._drives = [a for a in world.stage.actions if a.kind == "drive_joint"]
        names = {joint.id for joint in world.stage.joints}
        for drive in self._drives:
            if drive.joint not in names:
                known = ", ".join(sorted(names)) or "none"
                raise SimulationError(f"an action drives joint {drive.joint!r}; there are: {known}")
        self._own = [joint for joint in world.stage.joints if self._needs_rows(joint)]
        self._led: dict[str, float] = {}

    def before_step(self, tick: int) -> None:
        """Pull the springs, and give bodies the impulses of ropes, sliders, limits and drives."""
        rows: list[Row] = []
        for joint in self._own:
            placed = self._placed(joint)
            if joint.kind == "spring":
                self._pull(joint, placed)
            else:
                rows += self._rows(joint, placed, tick)
        if rows:
            solve(self._world, rows)

    def _needs_rows(self, joint: Joint) -> bool:
        """Whether pinned points do not say all about the joint."""
        if joint.kind != "hinge":
            return joint.kind in ("rope", "spring", "slider")
        limited = joint.lower is not None or joint.upper is not None or joint.damping > 0
        return limited or any(drive.joint == joint.id for drive in self._drives)

    def _parent(self, joint: Joint) -> int | None:
        return None if joint.parent is None else self._index[joint.parent]

    def _placed(self, joint: Joint) -> _Placed:
        parent = Pose.identity() if joint.parent is None else self._pose(self._index[joint.parent])
        world_from_parent = parent @ joint.parent_from_joint
        world_from_child = self._pose(self._index[joint.child]) @ joint.child_from_joint
        return _Placed(
            world_from_parent.position,
            world_from_child.position,
            rotation_from_wxyz(world_from_parent.wxyz),
            rotation_from_wxyz(world_from_child.wxyz),
        )

    def _pose(self, k: int) -> Pose:
        motion = self._world.motion(k)
        frame = Pose(position=motion.center, wxyz=motion.wxyz)
        return frame @ self._world.movers[k].inertial_from_body

    def _pull(self, joint: Joint, placed: _Placed) -> None:
        """Hooke's law with a damper, both along the spring."""
        world, child, parent = self._world, self._index[joint.child], self._parent(joint)
        between = placed.child_point - placed.parent_point
        length = float(np.linalg.norm(between))
        direction = between / length if length > 0 else np.array([0.0, 0.0, 1.0])
        row = Row(parent, child, placed.child_point, direction, parent_point=placed.parent_point)
        speed = row.speed(world, predicted=False)
        force = -(joint.stiffness * (length - joint.length_m) + joint.damping * speed) * direction
        if world.movers[child].free:
            world.push(child, force, point=placed.child_point)
        if parent is not None and world.movers[parent].free:
            world.push(parent, -force, point=placed.parent_point)

    def _rows(self, joint: Joint, placed: _Placed, tick: int) -> Iterator[Row]:
        parent, child = self._parent(joint), self._index[joint.child]
        if joint.kind == "rope":
            yield from self._rope(joint, placed)
            return
        axis = placed.parent_axes[:, 2]
        turning = joint.kind != "slider"
        if not turning:
            yield from self._slide(joint, placed)
        if joint.kind not in ("hinge", "slider"):
            return
        now = (
            _angle(placed) if turning else float(axis @ (placed.child_point - placed.parent_point))
        )
        row = Row(parent, child, placed.child_point, axis, turning=turning)
        if joint.damping > 0:
            yield row.damped(joint.damping)
        drive = self._drive(joint, tick)
        dt = self._world.step_secs
        if drive is None:
            self._led.pop(joint.id, None)
        else:
            yield row.towards(self._lead(joint, float(drive.linear[0]), now, turning=turning))
        if joint.lower is not None:
            yield row.at_least((joint.lower - now) / dt)
        if joint.upper is not None:
            yield row.at_most((joint.upper - now) / dt)

    def _lead(self, joint: Joint, speed: float, now: float, *, turning: bool) -> float:
        """Return the speed that brings a driven joint to where its drive has led it by now.

        Gravity turns what hangs on a hinge a little more in every step: without looking back, a
        lid that is held open would sink.
        """
        lag = self._led.get(joint.id, now) - now
        if turning:
            lag = (lag + np.pi) % (2 * np.pi) - np.pi
        lag = float(np.clip(lag, -LAG, LAG))
        dt = self._world.step_secs
        self._led[joint.id] = now + lag + speed * dt
        return speed + lag / dt

    def _rope(self, joint: Joint, placed: _Placed) -> Iterator[Row]:
        """A taut rope keeps its ends at most a length apart at the step's end."""
        between = placed.child_point - placed.parent_point
        distance = float(np.linalg.norm(between))
        if distance <= 0:
            return
        parent, child = self._parent(joint), self._index[joint.child]
        row = Row(
            parent, child, placed.child_point, between / distance,
            parent_point=placed.parent_point, length_m=joint.length_m,
        )  # fmt: skip
        yield row

    def _slide(self, joint: Joint, placed: _Placed) -> Iterator[Row]:
        """A slider lets nothing through but the way along its axis."""
        parent, child = self._parent(joint), self._index[joint.child]
        off = placed.child_point - placed.parent_point
        turn = _small_turn(placed.parent_axes, placed.child_axes)
        rate = MENDING / self._world.step_secs
        for k in range(3):
            axis = placed.parent_axes[:, k]
            if k < 2:  # noqa: PLR2004 - x and y are held, z is free
                row = Row(parent, child, placed.child_point, axis)
                yield row.towards(-float(axis @ off) * rate)
            row = Row(parent, child, placed.child_point, axis, turning=True)
            yield row.towards(-float(axis @ turn) * rate)

    def _drive(self, joint: Joint, tick: int) -> StageAction | None:
        time = tick * self._world.tick_secs + self._world.step_secs / 2
        for drive in self._drives:
            end = drive.start_secs + (drive.duration_secs or np.inf)
            if drive.joint == joint.id and drive.start_secs <= time < end:
                return drive
        return None


def _angle(placed: _Placed) -> float:
    """Turn of the child's frame about the parent's Z [rad], −π…π."""
    relative = placed.parent_axes.T @ placed.child_axes
    return float(np.arctan2(relative[1, 0], relative[0, 0]))


def _small_turn(parent: Float[Array, "3 3"], child: Float[Array, "3 3"]) -> Float[Array, "3"]:
    """Rotation vector from the parent's axes to the child's, for small angles (3) [rad]."""
    return np.asarray(np.cross(parent, child, axis=0).sum(axis=1) / 2)
