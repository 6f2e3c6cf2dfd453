"""The stage's typed actions, brought to a world step by step."""

from typing import final

import numpy as np

from physics.stepping.leading.command import Command
from physics.stepping.records import Touches
from physics.stepping.world import World
from scene_builder.model.errors import SimulationError
from scene_builder.model.pose import Pose
from scene_builder.model.stage import StageAction

SUPPORT_GAP_M = 5e-4
"""What is nearer than this below a body carries it."""

SUPPORT_SLOPE = 0.1
"""A surface carries if its normal has at least this share against gravity."""

SEPARATING_SPEED = 0.02
"""What leaves its support faster than this [m/s] flies."""


@final
class Schedule:
    """Starts, sustains and ends the actions of one world's stage."""

    def __init__(self, world: World) -> None:
        self._world = world
        ids = world.stage.body_ids
        self._index = {body_id: k for k, body_id in enumerate(ids)}
        self._jointed = {
            self._index[body_id]
            for joint in world.stage.joints
            for body_id in (joint.parent, joint.child)
            if body_id is not None
        }
        self._starts: dict[int, list[StageAction]] = {}
        self._pushes: list[StageAction] = []
        self._waiting: list[StageAction] = []
        self._commands = {
            k: Command(mover.body.pose, mover.body.linear_velocity, mover.body.angular_velocity)
            for k, mover in enumerate(world.movers)
            if mover.commanded
        }
        deforming = world.stage.deforming  # these heed their actions themselves
        for action in world.stage.actions:
            if action.body not in deforming:
                self._file(action)

    def before_step(self, tick: int) -> set[int]:
        """Do what is due at `tick` (0 is the first), at which a step begins.

        Returns:
            The bodies whose velocities were replaced.
        """
        starting = self._starts.get(tick, [])
        moved = [k for action in starting if (k := self._start(action)) is not None]
        if tick == 0:
            moved += [k for k, mover in enumerate(self._world.movers) if mover.free]
        if moved:
            self._lift(sorted(set(moved)))
        for action in self._pushes:
            self._push(action, tick)
        now = tick * self._world.tick_secs
        self._pushes = [a for a in self._pushes if now < a.start_secs + a.duration_secs]
        self._waiting = [a for a in self._waiting if now <= a.start_secs + a.duration_secs]
        for k, command in self._commands.items():
            command.obey(self._world, k, tick * self._world.tick_secs)
        return set(moved)

    def catch(self, touches: Touches) -> set[tuple[int, int]]:
        """Weld what waits for a touch and has it now: from here on it moves with the other.

        Args:
            touches: Those of the step just made.

        Returns:
            The pairs that have become one: nothing rebounds there.
        """
        caught = set()
        for action in list(self._waiting):
            k, other = self._index[action.body], self._known(action.other or "")
            pair = (max(k, other), min(k, other))
            met = next((one for one in (pair, pair[::-1]) if one in touches.by_pair), None)
            if met is None or not self._world.movers[k].free:
                continue
            here, there = self._world.motion(k), self._world.motion(other)
            moving = np.cross(there.angular, here.center - there.center) + there.linear
            self._world.attach(k, other)
            self._world.set_velocity(k, moving, there.angular)
            self._waiting.remove(action)
            caught.add(met)
        return caught

    def _file(self, action: StageAction) -> None:
        k = self._known(action.body)
        tick = max(0, round(action.start_secs / self._world.tick_secs))
        mover = self._world.movers[k]
        if action.kind in ("apply_force", "apply_torque"):
            self._pushes.append(action)
        elif action.kind == "release":
            if mover.mass > 0 and not mover.commanded:
                if not self._gripped_before(action):
                    self._world.hold(k)
                self._starts.setdefault(tick, []).insert(0, action)
        elif action.kind in ("set_velocity", "follow_path", "attach") and mover.mass > 0:
            self._starts.setdefault(tick, []).append(action)

    def _gripped_before(self, release: StageAction) -> bool:
        """Whether a release undoes what an earlier action does, and nothing is held before it."""
        body = self._world.movers[self._index[release.body]].body
        return any(
            one.kind in ("follow_path", "attach")
            and one.body in (body.id, body.part_of)
            and one.start_secs <= release.start_secs
            for one in self._world.stage.actions
        )

    def _start(self, action: StageAction) -> int | None:
        k = self._index[action.body]
        if action.kind == "attach" and action.duration_secs > 0:
            self._waiting.append(action)
            return None
        if action.kind == "release":
            self._let_go(k)
        elif action.kind == "attach":
            self._world.attach(k, self._known(action.other or ""))
        elif action.path is not None:
            self._lead(k, action)
        elif k in self._commands:
            command = self._commands[k]
            command.linear, command.angular = action.linear, action.angular
            lasting = action.duration_secs or np.inf
            command.path, command.end_secs = None, action.start_secs + lasting
        elif not self._world.movers[k].held:
            self._world.set_velocity(k, action.linear, action.angular)
        return k

    def _lead(self, k: int, action: StageAction) -> None:
        if k not in self._commands:
            motion, mover = self._world.motion(k), self._world.movers[k]
            pose = Pose(position=motion.center, wxyz=motion.wxyz) @ mover.inertial_from_body
            self._world.command(k)
            self._commands[k] = Command(pose, np.zeros(3), np.zeros(3))
        if action.path is not None:
            self._commands[k].follow(action.path, action.start_secs)

    def _let_go(self, k: int) -> None:
        """Let a body go on with the velocity that it was led with, or has."""
        self._waiting = [one for one in self._waiting if self._index[one.body] != k]
        self._world.detach(k)
        command = self._commands.pop(k, None)
        if command is not None or self._world.movers[k].held:
            self._world.release(k)
        if command is not None:
            self._world.set_velocity(k, command.linear, command.angular)

    def _known(self, body_id: str) -> int:
        if body_id not in self._index:
            known = ", ".join(self._index)
            raise SimulationError(f"an action names body {body_id!r}; there are: {known}")
        return self._index[body_id]

    def _lift(self, bodies: list[int]) -> None:
        """Start the flight of what nothing carries half a step late.

        Semi-implicit Euler moves with the velocity of the step's end; half a step less of gravity
        makes its positions lie on the parabola exactly (Verlet's leapfrog).
        """
        world = self._world
        flying = [k for k in bodies if world.movers[k].free and k not in self._jointed]
        if not flying or not world.stage.gravity.any():
            return
        carried = self._carried()
        for k in flying:
            if k not in carried:
                linear, angular = world.velocity(k)
                world.set_velocity(k, linear - world.stage.gravity * world.step_secs / 2, angular)

    def _carried(self) -> set[int]:
        world = self._world
        world.detect()
        up = -world.stage.gravity / np.linalg.norm(world.stage.gravity)
        carried = set()
        for touch in world.touches(pressed=False):
            if touch.distance > SUPPORT_GAP_M:
                continue
            normal = np.array(touch.normal)
            speed = float((world.velocity(touch.a)[0] - world.velocity(touch.b)[0]) @ normal)
            if speed < SEPARATING_SPEED and abs(float(normal @ up)) > SUPPORT_SLOPE:
                carried.add(touch.a if normal @ up > 0 else touch.b)
        return carried

    def _push(self, action: StageAction, tick: int) -> None:
        world = self._world
        # The share of this step during which the action lasts keeps the whole impulse exact.
        start = tick * world.tick_secs
        overlap = min(start + world.step_secs, action.start_secs + action.duration_secs)
        share = (overlap - max(start, action.start_secs)) / world.step_secs
        k = self._index[action.body]
        if share <= 0 or not world.movers[k].free:
            return
        if action.kind == "apply_force":
            world.push(k, action.linear * share, action.angular * share)
        else:
            world.push(k, np.zeros(3), action.angular * share)
