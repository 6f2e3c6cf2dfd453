"""One soft body in motion: explicit finite elements, in steps as short as its stuff demands."""

import numpy as np
from jaxtyping import Float

from physics.deforming.obstacles import Meeting, Obstacle, Push, meetings, near_obstacles
from physics.deforming.soft.elastic import Elastic
from physics.deforming.soft.lattice import lattice_of
from scene_builder.model.arrays import Array
from scene_builder.model.fabrics.softness import Softness
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import Body

GAP_M = 5e-4
"""What its surface keeps away from others [m]."""

UNSTRAINED = 1e-7
"""What is bent by less than this share of its size moves as one, at no cost."""

SAGGING_SECS, SAGGING_STEP = 0.5, 1 / 240
"""So long, and in such steps, its own weight bends what stands on something before frame 0."""

PRESSED = 1.2
"""A push goes to the nodes that are nearer to its middle than so many spacings."""

LEAST_PRESSED = 6

CALM = 1e-4
"""Share of its speed that it keeps over a second of sagging."""


class Lump:
    """The state of one soft body: where its nodes are, and how they move."""

    taut = False

    def __init__(self, body: Body, softness: Softness, gravity: Float[Array, "3"]) -> None:
        from scipy.sparse import csr_matrix

        lattice = lattice_of(body)
        share = np.repeat(lattice.volumes / 4, 4)
        mass = np.bincount(lattice.cells.ravel(), weights=share, minlength=len(lattice.nodes))
        self.mass: Float[Array, " n"] = mass * body.mass_kg / mass.sum()
        self._elastic = Elastic(lattice, softness, self.mass)
        self._rest = lattice.nodes
        self._middle = self.mass @ self._rest / self.mass.sum()
        self.points: Float[Array, "n 3"] = body.pose @ self._rest
        self.speeds: Float[Array, "n 3"] = np.zeros_like(self.points)
        self.spacing = lattice.spacing
        self.thickness = GAP_M + lattice.outside
        self.friction = body.friction
        self._gravity = gravity
        self._lost = body.linear_damping
        self._lag = 0.0
        self._bent = False
        count, corners = len(lattice.cell), lattice.cells[lattice.cell].ravel()
        self._skin = csr_matrix(
            (lattice.weights.ravel(), corners, 4 * np.arange(count + 1)),
            shape=(count, len(self._rest)),
        )
        self.throw(body.linear_velocity, body.angular_velocity)

    @property
    def center(self) -> Float[Array, "3"]:
        """Its centre of mass (3) [m]."""
        return np.asarray(self.mass @ self.points / self.mass.sum())

    @property
    def velocity(self) -> Float[Array, "3"]:
        """Velocity of its centre of mass (3) [m/s]."""
        return np.asarray(self.mass @ self.speeds / self.mass.sum())

    @property
    def spin(self) -> Float[Array, "3"]:
        """Angular velocity of the rigid body that has its angular momentum (3) [rad/s]."""
        arms = self.points - self.center
        moment = (self.mass[:, None] * np.cross(arms, self.speeds)).sum(axis=0)
        weighed = self.mass[:, None] * arms
        inertia = np.eye(3) * (weighed * arms).sum() - weighed.T @ arms
        return np.asarray(np.linalg.solve(inertia, moment))

    @property
    def vertices(self) -> Float[Array, "v 3"]:
        """The vertices of its body's mesh, in the world (v 3) [m]."""
        return np.asarray(self._skin @ self.points)

    @property
    def pose(self) -> Pose:
        """`world_from_body` of the rigid body that is nearest to it (Kabsch 1976)."""
        arms = self.points - self.center
        u, _, v = np.linalg.svd((self.mass[:, None] * arms).T @ (self._rest - self._middle))
        turn = u @ np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ v))]) @ v
        return Pose(position=self.center - turn @ self._middle, wxyz=wxyz_from_rotation(turn))

    @property
    def strain_energy(self) -> float:
        """What its strains hold [J]."""
        return self._elastic.energy(self.points)

    def throw(self, linear: Float[Array, "3"], angular: Float[Array, "3"]) -> None:
        """Let it have the velocity (3) [m/s] and spin (3) [rad/s] of a rigid body."""
        self.speeds = linear + np.cross(angular, self.points - self.center)
        self._bent = self._bent or bool(np.any(angular))
        self._lag = 0.0

    def wake(self) -> None:
        """Say that something has bent it, or moved a part of it."""
        self._bent = True

    def take(self, impulse: Float[Array, "3"], point: Float[Array, "3"]) -> None:
        """Hand an impulse (3) [N·s] on to the nodes near a point (3) [m]."""
        away = np.linalg.norm(self.points - point, axis=1)
        reach = max(PRESSED * self.spacing, float(np.partition(away, LEAST_PRESSED)[LEAST_PRESSED]))
        near = away <= reach
        self.speeds[near] += impulse / self.mass[near].sum()
        self.wake()

    def sag(self, obstacles: list[Obstacle]) -> None:
        """Let its weight bend it, if it stands on something and does not move yet."""
        if self.speeds.any() or not self._met(obstacles, GAP_M):
            return
        lost, self._lost = self._lost, 1 - CALM
        for _ in range(round(SAGGING_SECS / SAGGING_STEP)):
            self.advance(obstacles, 0.0, SAGGING_STEP)
        self._lost, self._lag = lost, 0.0
        self.speeds = np.zeros_like(self.points)
        for one in obstacles:
            one.push = Push()

    def advance(self, obstacles: list[Obstacle], secs: float, step_secs: float) -> None:
        """Go on by a step; what it does to obstacles is added to their pushes.

        Args:
            obstacles: What may be met, between its poses at the step's ends.
            secs: When the step begins [s].
            step_secs: How long it is [s].
        """
        del secs
        reach = float(np.abs(self.speeds).max()) * step_secs + 0.01
        near = near_obstacles(obstacles, self.points, self.thickness + reach)
        self._bent = self._bent or bool(near)
        parts = max(1, int(np.ceil(step_secs / self._elastic.longest_step))) if self._bent else 1
        dt = step_secs / parts
        # Velocities are those of half a part ago, so that positions lie on the parabola (leapfrog).
        self.speeds = self.speeds + self._gravity * (self._lag - dt / 2)
        self._lag = dt / 2
        self.speeds *= (1 - self._lost) ** step_secs
        for meeting in meetings(near, parts):
            self._part(dt, meeting)
        if self._bent and not near:
            self._bent = self._is_strained()

    def _part(self, dt: float, met: list[Meeting]) -> None:
        previous = self.points
        pull = np.broadcast_to(self._gravity, previous.shape)
        if self._bent:
            pull = pull + self._elastic.forces(previous, self.speeds) / self.mass[:, None]
        points = previous + (self.speeds + pull * dt) * dt
        for meeting in met:
            meeting.push_out(
                points, previous, self.mass, np.ones(len(points)), thickness=self.thickness,
                spacing=0.0, friction=self.friction, dt=dt,
            )  # fmt: skip
        self.speeds = (points - previous) / dt
        self.points = points

    def _met(self, obstacles: list[Obstacle], gap: float) -> bool:
        """Whether anything is nearer than it keeps away, and a gap [m]."""
        for one, solids in near_obstacles(obstacles, self.points, self.thickness + gap):
            rotation, position = one.between(0.0)
            local = (self.points - position) @ rotation
            for solid in solids:
                if (solid.distances(local)[0] < self.thickness + gap).any():
                    return True
        return False

    def _is_strained(self) -> bool:
        arms = self.points - self.center
        off = arms @ self.pose.rotation - (self._rest - self._middle)
        size = float(np.ptp(self._rest, axis=0).max())
        moving = np.abs(self.speeds - self.velocity).max() * self._elastic.longest_step
        return max(float(np.abs(off).max()), float(moving)) > UNSTRAINED * size
