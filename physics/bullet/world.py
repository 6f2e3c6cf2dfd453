"""One Bullet world: built anew from a stage, stepped, read, and thrown away.

Nobody else speaks to Bullet about bodies. Bullet works in lengths of a tenth of a metre: its
fixed margins (1 mm around hulls) and tolerances are made for things of half a metre, and films
are full of cups and dominoes.
"""

import tempfile
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import final

import numpy as np
from jaxtyping import Float

from physics.bullet.bodies.colliders import check_pieces, create_shape, is_sudden, xyzw
from physics.bullet.bodies.groups import MOVING, SLAB, groups_of, is_floor
from physics.bullet.bodies.joining import join
from physics.bullet.bodies.options import BulletOptions
from physics.bullet.bodies.welding import weld
from physics.bullet.configuring import configure
from physics.bullet.engine import pybullet
from physics.bullet.reading import deepest_of, touches_of
from physics.bullet.rolling import Rolling
from physics.pace import refinement
from physics.stepping.inertia import principal_frame
from physics.stepping.records import Glance, Mover, Touches
from physics.stepping.world import World
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.solids.grains import grains_of
from scene_builder.model.stage import Body, Collider, Stage

COMMANDED_MASS_FACTOR = 1e6
"""A body that moves by command outweighs what it pushes by this factor."""

SLAB_M = (1000.0, 1000.0, 10.0)
"""Edges of the slab that boxes meet instead of a plane [m]."""


@final
class BulletWorld(World):
    """A stage in Bullet; a context manager that owns its physics client."""

    def __init__(self, stage: Stage, options: BulletOptions) -> None:
        self.stage = stage
        self.options = options
        self.frame_ticks = stage.timeline.substeps * refinement(stage)
        self.step_secs = self.tick_secs = stage.timeline.frame_secs / self.frame_ticks
        self.client = int(pybullet.connect(pybullet.DIRECT))
        self.scale = options.length_scale
        self.bounce_speed = options.bounce_speed
        try:
            self._grains = grains_of(stage.bodies)
            configure(stage, options, self.step_secs, self.client)
            with tempfile.TemporaryDirectory(prefix="worldreel-hulls-") as folder:
                self._folder = Path(folder)
                self.movers = tuple(self._add(body) for body in stage.bodies)
                join(stage, self.movers, self.scale, self.client)
                self._index = {mover.uid: k for k, mover in enumerate(self.movers)}
                slabs = {self._lay_slab(k): k for k, m in enumerate(self.movers) if is_floor(m)}
        except BaseException:
            self.close()
            raise
        self._index |= slabs
        self.sudden = tuple(is_sudden(mover.body.collider) for mover in self.movers)
        self._moving = [k for k, mover in enumerate(self.movers) if mover.mass > 0]
        self._seen: list[Glance | None] = [None] * len(self.movers)
        self._rolling = Rolling(self, self.client)
        self._pressed, self._pressed_secs = Touches(), self.step_secs
        self._iterations, self._near = 0, 0
        self._welds: dict[int, list[int]] = {}

    def __enter__(self) -> "BulletWorld":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Throw the world away."""
        pybullet.disconnect(physicsClientId=self.client)

    def step(self) -> None:
        """Advance by one step."""
        self._rolling.before_step(self._pressed, self._pressed_secs, self.step_secs)
        self._budget()
        pybullet.stepSimulation(physicsClientId=self.client)
        for k in self._moving:
            self._seen[k] = None

    def set_pace(self, ticks: int) -> None:
        """Let steps be so many ticks long from now on."""
        self.step_secs, to = ticks * self.tick_secs, self.client
        pybullet.setPhysicsEngineParameter(fixedTimeStep=self.step_secs, physicsClientId=to)

    def _budget(self) -> None:
        """Let the solver iterate less often the more contacts the last step had."""
        o = self.options
        wanted = o.grain_iterations if self._grains else o.iterations_for(self._near)
        if wanted != self._iterations:
            self._iterations, to = wanted, self.client
            pybullet.setPhysicsEngineParameter(numSolverIterations=wanted, physicsClientId=to)

    def glance(self, k: int) -> Glance:
        """Read where body `k` is and how it moves, in Bullet's own numbers: once after a change."""
        seen = self._seen[k]
        if seen is None:
            uid, client = self.movers[k].uid, self.client
            position, (x, y, z, w) = pybullet.getBasePositionAndOrientation(uid, client)
            velocity = pybullet.getBaseVelocity(uid, client)
            seen = self._seen[k] = Glance(position, (w, x, y, z), *velocity)
        return seen

    def glances(self) -> list[Glance | None]:
        """Read all bodies; None for those that cannot move now."""
        found: list[Glance | None] = [None] * len(self.movers)
        for k in self._moving:
            if not self.movers[k].held:
                found[k] = self._seen[k] or self.glance(k)
        return found

    def velocity(self, k: int) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
        """Read the linear [m/s] and angular [rad/s] velocity of body `k`."""
        seen = self.glance(k)
        return np.array(seen.velocity) / self.scale, np.array(seen.spin)

    def set_velocity(self, k: int, linear: Float[Array, "3"], angular: Float[Array, "3"]) -> None:
        """Replace the velocities of body `k` [m/s, rad/s]."""
        self._seen[k] = None
        speed, spin = (np.asarray(linear) * self.scale).tolist(), np.asarray(angular).tolist()
        pybullet.resetBaseVelocity(self.movers[k].uid, speed, spin, physicsClientId=self.client)

    def set_pose(self, k: int, world_from_body: Pose) -> None:
        """Move body `k`; its velocities stay as they are."""
        linear, angular = self.velocity(k)
        frame = world_from_body @ self.movers[k].body_from_inertial
        pybullet.resetBasePositionAndOrientation(
            self.movers[k].uid,
            (frame.position * self.scale).tolist(),
            xyzw(frame.wxyz),
            physicsClientId=self.client,
        )
        self.set_velocity(k, linear, angular)

    def push(
        self,
        k: int,
        force: Float[Array, "3"],
        torque: Float[Array, "3"] | None = None,
        point: Float[Array, "3"] | None = None,
    ) -> None:
        """Let a force [N], at a point (or the centre of mass), and a torque act in a step."""
        center = self.motion(k).center
        moment = np.zeros(3) if torque is None else np.asarray(torque, np.float64)
        if point is not None:
            moment = moment + np.cross(point - center, force)
        uid, s = self.movers[k].uid, self.scale
        pybullet.applyExternalForce(
            uid, -1, (np.asarray(force) * s).tolist(), (center * s).tolist(),
            pybullet.WORLD_FRAME, physicsClientId=self.client,
        )  # fmt: skip
        if moment.any():
            pybullet.applyExternalTorque(
                uid, -1, (moment * s * s).tolist(),
                pybullet.WORLD_FRAME, physicsClientId=self.client,
            )  # fmt: skip

    def hold(self, k: int) -> None:
        """Let body `k` keep its pose, whatever pushes it."""
        self._set_mass(self.movers[k], 0.0)
        self.movers[k].held = True
        self.set_velocity(k, np.zeros(3), np.zeros(3))

    def command(self, k: int) -> None:
        """Let body `k` move as it is told from now on, whatever it pushes, until it is released."""
        self._set_mass(self.movers[k], self.movers[k].mass * COMMANDED_MASS_FACTOR)
        self.movers[k].held, self.movers[k].commanded = False, True

    def attach(self, k: int, other: int) -> None:
        """Weld body `k` to another as both are now."""
        self._welds.setdefault(k, []).extend(weld(self, self.client, k, other))

    def detach(self, k: int) -> None:
        """Undo all welds of body `k`."""
        for constraint in self._welds.pop(k, []):
            pybullet.removeConstraint(constraint, physicsClientId=self.client)

    def release(self, k: int) -> None:
        """Let a body go that is held, or moves as it is told; it stands still then."""
        self.movers[k].held = self.movers[k].commanded = False
        self._set_mass(self.movers[k], self.movers[k].mass)
        self.set_velocity(k, np.zeros(3), np.zeros(3))

    def set_solid(self, k: int, *, solid: bool) -> None:
        """Let body `k` touch others, or nothing at all."""
        self._filter(self.movers[k].uid, *(groups_of(self.movers[k]) if solid else (0, 0)))

    def detect(self) -> None:
        """Find contacts without moving anything."""
        pybullet.performCollisionDetection(physicsClientId=self.client)

    def touches(self, *, pressed: bool = True) -> Touches:
        """Return the contact points of the last step or detection.

        Args:
            pressed: Leave out those without force: what is near, but does not touch.
        """
        rows = pybullet.getContactPoints(physicsClientId=self.client)
        found = touches_of(rows, self._index, self.scale, self.step_secs, pressed=pressed)
        if pressed:
            self._near, self._pressed, self._pressed_secs = len(rows), found, self.step_secs
        return found

    def deepest(self) -> float:
        """Return the deepest overlap of the last detection [m]; below 0 where none overlaps."""
        return deepest_of(pybullet.getContactPoints(physicsClientId=self.client), self.scale)

    def _filter(self, uid: int, group: int, mask: int) -> None:
        pybullet.setCollisionFilterGroupMask(uid, -1, group, mask, physicsClientId=self.client)

    def _lay_slab(self, k: int) -> int:
        """Lay a slab under a plane for boxes, and return Bullet's id of it.

        A plane finds one corner of a box in a step and forgets it as the box slides on: it rocks,
        and friction gains a hundredth. Two boxes find their whole patch in every step.
        """
        body = self.movers[k].body
        # With its frame in its middle, it is one plain box for Bullet.
        middle = body.pose @ Pose.at(0.0, 0.0, -SLAB_M[2] / 2)
        slab = Collider(shape="box", size=SLAB_M)
        double = self._add(replace(body, collider=slab, pose=middle, center_of_mass=np.zeros(3)))
        self._filter(double.uid, SLAB, MOVING)
        return double.uid

    def _add(self, body: Body) -> Mover:
        body_from_inertial, moments = principal_frame(body)
        commanded = body.mobility == "kinematic" and any(
            action.body == body.id for action in self.stage.actions
        )
        mass = body.mass_kg if body.mobility == "dynamic" or commanded else 0.0
        mass *= COMMANDED_MASS_FACTOR if commanded else 1.0
        uid = self._create(body, body_from_inertial, mass)
        mover = Mover(
            body=body, uid=uid, body_from_inertial=body_from_inertial, moments=moments,
            mass=mass, held=False, commanded=commanded,
        )  # fmt: skip
        self._dress(mover)
        self._filter(uid, *groups_of(mover))
        return mover

    def _create(self, body: Body, body_from_inertial: Pose, mass: float) -> int:
        s = self.scale
        frame = body.pose @ body_from_inertial
        inertial_from_body = body_from_inertial.inverse()
        check_pieces(body)
        shape = create_shape(body.collider, inertial_from_body, s, self.client, self._folder)
        return int(
            pybullet.createMultiBody(
                mass,
                shape,
                basePosition=(frame.position * s).tolist(),
                baseOrientation=xyzw(frame.wxyz),
                useMaximalCoordinates=1,
                physicsClientId=self.client,
            )
        )

    def _dress(self, mover: Mover) -> None:
        body, s = mover.body, self.scale
        dynamics = {
            "lateralFriction": body.friction,
            "rollingFriction": body.rolling_friction * s if body.id in self._grains else 0.0,
            "spinningFriction": body.spinning_friction * s,
            "restitution": 0.0,
            "linearDamping": body.linear_damping,
            "angularDamping": body.angular_damping,
        }
        pybullet.changeDynamics(mover.uid, -1, physicsClientId=self.client, **dynamics)
        if mover.mass > 0:
            self._set_mass(mover, mover.mass)
            pybullet.resetBaseVelocity(
                mover.uid, (body.linear_velocity * s).tolist(), body.angular_velocity.tolist(),
                physicsClientId=self.client,
            )  # fmt: skip

    def _set_mass(self, mover: Mover, mass: float) -> None:
        """Bullet wants the mass again with every inertia."""
        moments = mover.moments * (mass / mover.body.mass_kg) * self.scale**2
        to, diagonal = self.client, moments.tolist()
        pybullet.changeDynamics(
            mover.uid, -1, mass=mass, localInertiaDiagonal=diagonal, physicsClientId=to
        )
