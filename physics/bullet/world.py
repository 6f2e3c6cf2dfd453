"""One Bullet world: built anew from a stage, stepped, read, and thrown away.

Nobody else speaks to Bullet about bodies. Bullet works in lengths of a tenth of a metre: its
fixed margins (1 mm around hulls) and tolerances are made for things of half a metre, and films
are full of cups and dominoes.
"""

import tempfile
from pathlib import Path
from types import TracebackType
from typing import final

import numpy as np
from jaxtyping import Float

from physics.bullet.bodies.colliders import create_shape, xyzw
from physics.bullet.bodies.options import BulletOptions
from physics.bullet.engine import pybullet
from physics.stepping.inertia import principal_frame
from physics.stepping.pace import refinement
from physics.stepping.pins import pinned
from physics.stepping.records import Glance, Mover, Touch
from physics.stepping.world import World
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Stage

COMMANDED_MASS_FACTOR = 1e6
"""A body that moves by command outweighs what it pushes by this factor."""


@final
class BulletWorld(World):
    """A stage in Bullet; a context manager that owns its physics client."""

    def __init__(self, stage: Stage, options: BulletOptions) -> None:
        self.stage = stage
        self.options = options
        self.frame_steps = stage.timeline.substeps * refinement(stage)
        self.step_secs = stage.timeline.frame_secs / self.frame_steps
        self.client = int(pybullet.connect(pybullet.DIRECT))
        self.scale = options.length_scale
        self.bounce_speed = options.bounce_speed
        try:
            self._configure()
            self.movers = tuple(self._add(body) for body in stage.bodies)
            self._join()
        except BaseException:
            self.close()
            raise
        self._index = {mover.uid: k for k, mover in enumerate(self.movers)}

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
        pybullet.stepSimulation(physicsClientId=self.client)

    def glance(self, k: int) -> Glance:
        """Read where body `k` is and how it moves, in Bullet's own numbers."""
        uid = self.movers[k].uid
        place = pybullet.getBasePositionAndOrientation(uid, physicsClientId=self.client)
        position, (x, y, z, w) = place
        velocity = pybullet.getBaseVelocity(uid, physicsClientId=self.client)
        return Glance(position, (w, x, y, z), *velocity)

    def velocity(self, k: int) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
        """Read the linear [m/s] and angular [rad/s] velocity of body `k`."""
        linear, angular = pybullet.getBaseVelocity(self.movers[k].uid, physicsClientId=self.client)
        return np.array(linear) / self.scale, np.array(angular)

    def set_velocity(self, k: int, linear: Float[Array, "3"], angular: Float[Array, "3"]) -> None:
        """Replace the velocities of body `k` [m/s, rad/s]."""
        pybullet.resetBaseVelocity(
            self.movers[k].uid,
            (np.asarray(linear) * self.scale).tolist(),
            np.asarray(angular).tolist(),
            physicsClientId=self.client,
        )

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

    def release(self, k: int) -> None:
        """Let a held body go."""
        self.movers[k].held = False
        self._set_mass(self.movers[k], self.movers[k].mass)
        self.set_velocity(k, np.zeros(3), np.zeros(3))

    def set_solid(self, k: int, *, solid: bool) -> None:
        """Let body `k` touch others, or nothing at all."""
        group, mask = (1, -1) if solid else (0, 0)
        pybullet.setCollisionFilterGroupMask(
            self.movers[k].uid, -1, group, mask, physicsClientId=self.client
        )

    def detect(self) -> None:
        """Find contacts without moving anything."""
        pybullet.performCollisionDetection(physicsClientId=self.client)

    def touches(self, *, pressed: bool = True) -> list[Touch]:
        """Return the contact points of the last step or detection.

        Args:
            pressed: Leave out those without force: what is near, but does not touch.
        """
        s = self.scale
        found = []
        for row in pybullet.getContactPoints(physicsClientId=self.client):
            if pressed and row[9] <= 0.0:
                continue
            (ax, ay, az), (bx, by, bz) = row[5], row[6]
            point = ((ax + bx) / 2 / s, (ay + by) / 2 / s, (az + bz) / 2 / s)
            a, b = self._index[row[1]], self._index[row[2]]
            impulse = row[9] * self.step_secs / s
            found.append(Touch(a, b, point, row[7], row[8] / s, impulse))
        return found

    def _join(self) -> None:
        """Make the joints that Bullet itself can hold."""
        for held in pinned(self.stage):
            if held.parent is not None:
                a, b = self.movers[held.parent].uid, self.movers[held.child].uid
                pybullet.setCollisionFilterPair(a, b, -1, -1, 0, physicsClientId=self.client)
            for parent_from_pin, child_from_pin in held.pins:
                parent = self._inertial(held.parent) @ parent_from_pin
                child = self._inertial(held.child) @ child_from_pin
                pybullet.createConstraint(
                    self._anchor() if held.parent is None else self.movers[held.parent].uid,
                    -1,
                    self.movers[held.child].uid,
                    -1,
                    pybullet.JOINT_POINT2POINT,
                    [0, 0, 0],
                    (parent.position * self.scale).tolist(),
                    (child.position * self.scale).tolist(),
                    physicsClientId=self.client,
                )

    def _inertial(self, k: int | None) -> Pose:
        if k is None:
            return Pose.identity()
        return self.movers[k].body_from_inertial.inverse()

    def _anchor(self) -> int:
        """Bullet joins no free body to the world itself, but to a body without a shape."""
        return int(
            pybullet.createMultiBody(0, -1, useMaximalCoordinates=1, physicsClientId=self.client)
        )

    def _configure(self) -> None:
        s, o = self.scale, self.options
        pybullet.setPhysicsEngineParameter(
            fixedTimeStep=self.step_secs,
            numSubSteps=0,
            numSolverIterations=o.iterations,
            solverResidualThreshold=o.residual * s * s,
            useSplitImpulse=1,
            splitImpulsePenetrationThreshold=0.0,
            contactERP=o.contact_erp,
            erp=o.joint_erp,
            contactBreakingThreshold=o.contact_margin,
            contactSlop=0.0,
            deterministicOverlappingPairs=1,
            enableFileCaching=0,
            enableSAT=1,
            physicsClientId=self.client,
        )
        pybullet.setGravity(*(self.stage.gravity * s).tolist(), physicsClientId=self.client)

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
        return mover

    def _create(self, body: Body, body_from_inertial: Pose, mass: float) -> int:
        s = self.scale
        frame = body.pose @ body_from_inertial
        with tempfile.TemporaryDirectory(prefix="worldreel-hulls-") as folder:
            inertial_from_body = body_from_inertial.inverse()
            shape = create_shape(body.collider, inertial_from_body, s, self.client, Path(folder))
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
            "rollingFriction": body.rolling_friction * s,
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
        pybullet.changeDynamics(
            mover.uid,
            -1,
            mass=mass,
            localInertiaDiagonal=moments.tolist(),
            physicsClientId=self.client,
        )
