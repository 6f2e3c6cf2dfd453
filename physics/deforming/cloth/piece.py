"""One piece of cloth in motion.

Extended position-based dynamics (Macklin, Müller and Chentanez 2016) with one sweep for each of
many short steps (Macklin et al. 2019): predict, keep the distances by
Δλ = −C / (w₁ + w₂ + α/Δt²), hold on to the pins, push out of what is solid, and take the velocity
from where everything went.
"""

import numpy as np
from jaxtyping import Float

from physics.deforming.cloth.air import Air
from physics.deforming.cloth.folding import Folding
from physics.deforming.cloth.sheet import Distances, sheet_of
from physics.deforming.obstacles import Meeting, Obstacle, meetings, near_obstacles
from physics.deforming.solids import Solid
from scene_builder.model.arrays import Array
from scene_builder.model.fabrics.fabric import Fabric
from scene_builder.model.fluids.fluid import Fluid
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body

SHORTEST_HZ = 960.0
"""Parts of a second that one sweep each is made for, at least."""

FRICTION_WITHIN = 0.6
"""Share of its motion relative to itself that cloth loses each second to its threads' friction."""


class Piece:
    """The state of one fabric: where its vertices are, and how they move."""

    def __init__(
        self, body: Body, fabric: Fabric, gravity: Float[Array, "3"], air: Fluid | None
    ) -> None:
        self.sheet = sheet_of(body.mesh, fabric)
        self.points: Float[Array, "v 3"] = body.pose @ np.asarray(body.mesh.vertices, np.float64)
        self.speeds: Float[Array, "v 3"] = np.tile(body.linear_velocity, (len(self.points), 1))
        self.thickness = fabric.thickness_m
        self.friction = body.friction
        self._gravity = gravity
        self._lost = body.linear_damping
        self._air = None if air is None else Air(self.sheet, air)
        self._free = (self.sheet.inverse_mass > 0).astype(np.float64)
        self._pairs = [_Weighed(group, self.sheet.inverse_mass) for group in self.sheet.groups]
        self._folding = Folding(self.sheet, self.thickness, self.friction)
        self._begun = False
        self._first, self._begun_at = body.pose, self.center

    @property
    def center(self) -> Float[Array, "3"]:
        """Its centre of mass (3) [m]."""
        return np.asarray(self.sheet.mass @ self.points / self.sheet.mass.sum())

    @property
    def velocity(self) -> Float[Array, "3"]:
        """Velocity of its centre of mass (3) [m/s]."""
        return np.asarray(self.sheet.mass @ self.speeds / self.sheet.mass.sum())

    @property
    def spin(self) -> Float[Array, "3"]:
        """Cloth turns as no body does: zero (3) [rad/s]."""
        return np.zeros(3)

    @property
    def vertices(self) -> Float[Array, "v 3"]:
        """The vertices of its body's mesh, in the world (v 3) [m]."""
        return self.points

    @property
    def pose(self) -> Pose:
        """Its body's first pose, which goes along with its centre."""
        position: Array = self._first.position + self.center - self._begun_at
        return Pose(position=position, wxyz=self._first.wxyz)

    @property
    def taut(self) -> bool:
        """Whether pins hold it."""
        return bool(len(self.sheet.tethers.vertex))

    def sag(self, obstacles: list[Obstacle]) -> None:
        """Do nothing: cloth begins in the form that it has on the stage."""

    def throw(self, linear: Float[Array, "3"], angular: Float[Array, "3"]) -> None:
        """Let all of it have a velocity (3) [m/s]; it takes up no spin."""
        del angular
        self.speeds = self._free[:, None] * linear
        self._begun = False

    def advance(self, obstacles: list[Obstacle], secs: float, step_secs: float) -> None:
        """Go on by a step; what it does to obstacles is added to their pushes.

        Args:
            obstacles: What may be met, between its poses at the step's ends.
            secs: When the step begins [s].
            step_secs: How long it is [s].
        """
        parts = max(1, int(np.ceil(SHORTEST_HZ * step_secs - 1e-9)))
        dt = step_secs / parts
        pull = np.tile(self._gravity, (len(self.points), 1))
        if self._air is not None:
            pull += self._air.acceleration(self.points, self.speeds, secs, step_secs)
        pull *= self._free[:, None]
        if not self._begun:
            # Half a part less of the first fall, so that positions lie on the parabola (leapfrog).
            self.speeds = self._free[:, None] * self.speeds - pull * dt / 2
            self._begun = True
        self._damp(step_secs)
        self._folding.look(self.points, self._fastest_apart() * step_secs)
        for meeting in meetings(self._near(obstacles, step_secs), parts):
            self._part(pull, dt, meeting)

    def _part(self, pull: Float[Array, "v 3"], dt: float, met: list[Meeting]) -> None:
        previous = self.points
        points = previous + (self.speeds + pull * dt) * dt
        for pairs in self._pairs:
            pairs.keep(points, dt)
        self._hold(points)
        self._folding.keep_apart(points, previous, self._free, dt)
        for meeting in met:
            meeting.push_out(
                points, previous, self.sheet.mass, self._free,
                thickness=self.thickness, spacing=self.sheet.spacing, friction=self.friction,
                dt=dt,
            )  # fmt: skip
        self.speeds = (points - previous) / dt
        self.points = points

    def _hold(self, points: Float[Array, "v 3"]) -> None:
        """Bring back what is farther from its pin than the cloth reaches (in place)."""
        tethers = self.sheet.tethers
        if not len(tethers.vertex):
            return
        pins = points[tethers.pin]
        arms = points[tethers.vertex] - pins
        length = np.sqrt(np.einsum("ij,ij->i", arms, arms))
        scale = np.minimum(1.0, tethers.length / np.maximum(length, 1e-12))
        points[tethers.vertex] = pins + arms * scale[:, None]

    def _fastest_apart(self) -> float:
        return float(np.abs(self.speeds - self.velocity).max()) * 2

    def _damp(self, dt: float) -> None:
        middle = self.velocity
        inner = self.speeds - middle
        left = (1 - self._lost) ** dt
        self.speeds = left * (middle + inner * (1 - FRICTION_WITHIN) ** dt) * self._free[:, None]

    def _near(self, obstacles: list[Obstacle], dt: float) -> list[tuple[Obstacle, list[Solid]]]:
        margin = (
            self.thickness + self.sheet.spacing / 4 + float(np.abs(self.speeds).max()) * dt + 0.01
        )
        return near_obstacles(obstacles, self.points, margin)


class _Weighed:
    """A group of pairs with what the loop needs of them, computed once."""

    def __init__(self, group: Distances, inverse_mass: Float[Array, " v"]) -> None:
        moving = inverse_mass[group.one] + inverse_mass[group.other] > 0
        self._one, self._other = group.one[moving], group.other[moving]
        self._length, self._compliance = group.length[moving], group.compliance[moving]
        self._w_one = inverse_mass[self._one][:, None]
        self._w_other = inverse_mass[self._other][:, None]
        self._w = (self._w_one + self._w_other)[:, 0]

    def keep(self, points: Float[Array, "v 3"], dt: float) -> None:
        """Move the pairs towards their distances (in place)."""
        ends = points[self._one], points[self._other]
        apart = ends[0] - ends[1]
        length = np.sqrt(np.einsum("ij,ij->i", apart, apart))
        size = (self._length / np.maximum(length, 1e-12) - 1.0) / (
            self._w + self._compliance / dt**2
        )
        move = apart * size[:, None]
        points[self._one] = ends[0] + self._w_one * move
        points[self._other] = ends[1] - self._w_other * move
