"""What is said about a Bullet world: options, bodies, motions and touches."""

from dataclasses import dataclass
from typing import NamedTuple

from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.stage import Body

Numbers = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletOptions:
    """How Bullet solves.

    Attributes:
        iterations: Most solver iterations a step.
        residual: Square of the velocity change [m²/s²] below which the solver stops.
        contact_erp: Share of an overlap that is mended in a step.
        joint_erp: Share of a joint's error that is mended in a step.
        contact_margin: How near, as a share of its size, something must come to a body before
            a contact is prepared.
        bounce_speed: Approach [m/s] below which nothing bounces.
        length_scale: Bullet lengths in a metre.
    """

    iterations: int = 150
    residual: float = 1e-12
    contact_erp: float = 0.5
    joint_erp: float = 0.8
    contact_margin: float = 0.1
    bounce_speed: float = 0.05
    length_scale: float = 10.0


@dataclass(slots=True, kw_only=True, eq=False)
class Mover:
    """What a world knows about one body while it moves (it changes as the world does).

    Attributes:
        body: The body.
        uid: Bullet's id.
        body_from_inertial: From its principal axes to its frame.
        moments: Principal moments of inertia (3) [kg·m²].
        mass: Mass that Bullet gives it when free [kg]; 0 for what never moves.
        held: Whether it keeps its pose for now.
        commanded: Whether it moves by command (kinematic with something to do).
    """

    body: Body
    uid: int
    body_from_inertial: Pose
    moments: Float[Array, "3"]
    mass: float
    held: bool
    commanded: bool

    @property
    def free(self) -> bool:
        """Whether the laws move it now."""
        return self.mass > 0 and not self.held and not self.commanded


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Motion:
    """Where one body is and how it moves.

    Attributes:
        center: Centre of mass (3) [m].
        wxyz: `world_from_inertial` (4).
        linear: Velocity of the centre of mass (3) [m/s].
        angular: Angular velocity (3) [rad/s].
    """

    center: Float[Array, "3"]
    wxyz: Float[Array, "4"]
    linear: Float[Array, "3"]
    angular: Float[Array, "3"]

    @property
    def rotation(self) -> Float[Array, "3 3"]:
        """The same turn as a matrix (3 3)."""
        return rotation_from_wxyz(self.wxyz)


class Glance(NamedTuple):
    """A motion as Bullet tells it, in plain numbers: read for every body after every step.

    Attributes:
        position: Of the centre of mass (3), in Bullet's lengths.
        xyzw: `world_from_inertial`.
        velocity: Linear (3), in Bullet's lengths a second.
        spin: Angular (3) [rad/s].
    """

    position: Numbers
    xyzw: tuple[float, float, float, float]
    velocity: Numbers
    spin: Numbers

    def speed_at(self, point: Numbers, direction: Numbers, scale: float) -> float:
        """Return the velocity of the body's matter at a point [m], along a direction [m/s].

        In plain numbers, because it is asked for every contact of every step.
        """
        (px, py, pz), (nx, ny, nz) = self.position, direction
        (vx, vy, vz), (wx, wy, wz) = self.velocity, self.spin
        rx, ry, rz = point[0] * scale - px, point[1] * scale - py, point[2] * scale - pz
        along = (vx + wy * rz - wz * ry) * nx
        along += (vy + wz * rx - wx * rz) * ny
        along += (vz + wx * ry - wy * rx) * nz
        return along / scale


class Touch(NamedTuple):
    """One contact point of the last step: bodies' indices, where, how near, how hard."""

    a: int
    b: int
    point: Numbers
    normal: Numbers
    distance: float
    impulse: float
