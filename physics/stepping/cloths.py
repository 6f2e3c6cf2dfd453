"""All cloth and soft bodies of one world: it lies on what the engine moves, and pushes back."""

import sys
from collections.abc import Sequence
from typing import final

import numpy as np
from jaxtyping import Float, Float32

from physics.deforming.cloth.piece import Piece
from physics.deforming.obstacles import Obstacle, Push
from physics.deforming.soft.lump import Lump
from physics.deforming.soft.yielding import Yielding
from physics.stepping.records import Glance, Touch
from physics.stepping.world import World
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SimulationError
from scene_builder.model.pose import Pose
from scene_builder.model.stage import StageAction

STILL_SPEED = 0.01
"""Cloth whose vertices are slower than this on average (root of the mean square) [m/s] rests."""

HYSTERESIS = 0.6
"""Share of the work of stretching that a woven cloth held at its pins keeps for itself."""

RECOVERING_SPEED = 0.2
"""What taut cloth pushes away faster than this [m/s] gets no more than the rest."""


@final
class Cloths:
    """The cloth and soft bodies of one world, stepped after its rigid bodies.

    What they did to rigid bodies in a step acts on these in the next one; the engine itself
    knows nothing of them.
    """

    def __init__(self, world: World) -> None:
        stage = world.stage
        index = {body_id: k for k, body_id in enumerate(stage.body_ids)}
        self._world = world
        self._columns = [index[fabric.body] for fabric in stage.fabrics]
        self._columns += [index[soft.body] for soft in stage.softs]
        air = next((fluid for fluid in stage.fluids if fluid.surface_z is None), None)
        self._pieces: list[Piece | Lump] = [
            Piece(stage.body(fabric.body), fabric, stage.gravity, air) for fabric in stage.fabrics
        ]
        self._pieces += [Lump(stage.body(soft.body), soft, stage.gravity) for soft in stage.softs]
        self._starts = [_starts(world, stage.body_ids[k]) for k in self._columns]
        self._throws: dict[tuple[int, int], list[StageAction]] = {}
        for action in stage.actions:
            if action.kind == "set_velocity" and index.get(action.body) in self._columns:
                at = round(action.start_secs / world.tick_secs)
                self._throws.setdefault((index[action.body], at), []).append(action)
        for k in self._columns:
            world.take_out(k)
        self._obstacles = []
        if self._pieces:
            self._obstacles = [
                Obstacle(k, body)
                for k, body in enumerate(stage.bodies)
                if k not in self._columns and body.piece_of is None
            ]
        self._pushes: list[tuple[int, Push]] = []
        # Impulse [N·s] by soft and rigid body, and the latter's velocity [m/s] when it got it:
        # in the step before, and in this one.
        self._borne: dict[tuple[int, int], tuple[Array, Array]] = {}
        self._bearing: dict[tuple[int, int], tuple[Array, Array]] = {}
        frames = stage.timeline.frame_count
        self._frames = [
            np.zeros((frames, len(one.vertices), 3), np.float32) for one in self._pieces
        ]
        for start, piece, frames_of in zip(self._starts, self._pieces, self._frames, strict=True):
            if start == 0:
                piece.sag(self._obstacles)
            frames_of[0] = piece.vertices
        self._yielding = [
            Yielding(k, stage.bodies[k], piece)
            for k, piece in zip(self._columns, self._pieces, strict=True)
            if isinstance(piece, Lump) and len(self._pieces) > 1
        ]

    @property
    def columns(self) -> tuple[int, ...]:
        """Indices of the bodies that are not rigid."""
        return tuple(self._columns)

    def before_step(self) -> None:
        """Let what cloth did in the last step act on the bodies."""
        world = self._world
        for k, push in self._pushes:
            if world.movers[k].free:
                motion = world.motion(k)
                turning = push.moment - np.cross(motion.center, push.impulse)
                share = _given_back(push, motion.linear) / world.step_secs
                world.push(k, share * push.impulse, share * turning)
        self._pushes = []

    def after_step(self, tick: int, before: Sequence[Glance | None]) -> list[Touch]:
        """Let the cloth go through the step that began at a tick, and say what it touched.

        Args:
            tick: When the step began that the bodies have just made; 0 is the first.
            before: Their motions at its start; None for what did not move.
        """
        if not self._pieces:
            return []
        world, touches = self._world, list[Touch]()
        self._borne, self._bearing = self._bearing, {}
        for one in self._obstacles:
            if world.movers[one.index].mass > 0:
                one.moves(self._pose(one.index, before[one.index]), self._pose(one.index))
        for soft in self._yielding:
            soft.refresh()
        for column, piece, start in zip(self._columns, self._pieces, self._starts, strict=True):
            if tick < start:
                continue
            others = [soft for soft in self._yielding if soft.lump is not piece]
            met = [*self._obstacles, *others]
            for action in self._throws.get((column, tick), ()):
                piece.throw(action.linear, action.angular)
            piece.advance(met, tick * world.tick_secs, world.step_secs)
            touches += self._pushed(column, met, piece)
        return touches

    def _pushed(self, column: int, met: Sequence[Obstacle], piece: Piece | Lump) -> list[Touch]:
        """Take down what body `column` did to others: soft ones give way at once."""
        touches = []
        for one in met:
            push, one.push = one.push, Push()
            push.taut = piece.taut
            if push.normal_impulse == 0:
                continue
            if isinstance(piece, Lump) and not isinstance(one, Yielding):
                push = self._allowed(column, one.index, push, piece)
            if isinstance(one, Yielding):
                one.give_way(push)
            else:
                self._pushes.append((one.index, push))
            touches.append(_touch(column, one.index, push))
        return touches

    def _allowed(self, column: int, k: int, push: Push, lump: Lump) -> Push:
        """Return what a rigid body gets of a push: no more than an elastic hit would give it.

        All through a step it stood like a wall, however light it is. What a wall would have got
        beyond that, the soft body keeps. What others took of its last push counts as borne.
        """
        mover = self._world.movers[k]
        size = float(np.linalg.norm(push.weighted_normal)) if mover.free else 0.0
        if size == 0:
            return push
        soft, pair, normal = float(lump.mass.sum()), (column, k), -push.weighted_normal / size
        along, velocity = float(push.impulse @ normal), self._world.motion(k).linear
        if along <= 0:
            return push
        falling = float(np.linalg.norm(self._world.stage.gravity)) * self._world.step_secs
        most = mover.mass * (2 * push.closing * soft / (soft + mover.mass) + falling)
        if pair in self._borne:
            impulse, earlier = self._borne[pair]
            most += max(float((impulse - mover.mass * (velocity - earlier)) @ normal), 0.0)
        share = min(1.0, most / along)
        self._bearing[pair] = share * push.impulse, velocity
        if share < 1:
            lump.take((1 - share) * push.impulse, push.weighted_point / push.normal_impulse)
        return push.scaled(share)

    def frame(self, number: int) -> None:
        """Write down frame `number`.

        Raises:
            SimulationError: If the motion is not finite.
        """
        for k, piece, frames in zip(self._columns, self._pieces, self._frames, strict=True):
            if not np.isfinite(piece.points).all():
                raise SimulationError(
                    f"the motion of {self._world.movers[k].body.id!r} is not finite; "
                    "allowed are finite sizes, stiffnesses and winds: check its fabric or softness"
                )
            frames[number] = piece.vertices

    def still(self) -> bool:
        """Whether everything here rests."""
        return all(
            float(np.sqrt(np.square(piece.speeds).sum(axis=1).mean())) < STILL_SPEED
            for piece in self._pieces
        )

    def freeze(self, number: int) -> None:
        """Repeat frame `number` to the end."""
        for frames in self._frames:
            frames[number:] = frames[number]

    def motion(self, k: int) -> tuple[Pose, Array, Array]:
        """Return the pose of body `k`, its velocity [m/s] and its angular velocity [rad/s]."""
        piece = self._pieces[self._columns.index(k)]
        return piece.pose, piece.velocity, piece.spin

    def deform(self) -> dict[str, Float32[Array, "f _ 3"]]:
        """Return the vertices of each of these bodies at each frame, in the world [m]."""
        ids = self._world.stage.body_ids
        return {ids[k]: frames for k, frames in zip(self._columns, self._frames, strict=True)}

    def _pose(self, k: int, glance: Glance | None = None) -> Pose:
        """Where body `k` is now, or was at a glance."""
        mover = self._world.movers[k]
        motion = self._world.motion(k, glance)
        frame = Pose(position=motion.center, wxyz=motion.wxyz)
        return frame @ mover.inertial_from_body


def _given_back(push: Push, velocity: Float[Array, "3"]) -> float:
    """Return the share of a push that taut cloth still gives to what it throws back."""
    size = float(np.linalg.norm(push.impulse))
    along = float(push.impulse @ velocity) / size if push.taut and size > 0 else 0.0
    return 1 - HYSTERESIS * min(max(along / RECOVERING_SPEED, 0.0), 1.0)


def _starts(world: World, body_id: str) -> int:
    """Return the tick from which a body is free: when it is released."""
    if world.movers[world.stage.body_ids.index(body_id)].mass == 0:
        return sys.maxsize
    held = [
        action.start_secs
        for action in world.stage.actions
        if action.body == body_id and action.kind == "release"
    ]
    return round(max(held, default=0.0) / world.tick_secs)


def _touch(cloth: int, other: int, push: Push) -> Touch:
    point = push.weighted_point / push.normal_impulse
    length = float(np.linalg.norm(push.weighted_normal))
    normal = push.weighted_normal / length if length > 0 else np.array([0.0, 0.0, 1.0])
    x, y, z = map(float, point)
    u, v, w = map(float, normal)
    return Touch(cloth, other, (x, y, z), (u, v, w), 0.0, push.normal_impulse)
