"""What is said about a world that is stepped: bodies, motions and touches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, final

from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.stage import Body

Numbers = tuple[float, float, float]


@dataclass(slots=True, kw_only=True, eq=False)
class Mover:
    """What a world knows about one body while it moves (it changes as the world does).

    Attributes:
        body: The body.
        uid: The engine's id.
        body_from_inertial: From its principal axes to its frame.
        moments: Principal moments of inertia (3) [kg·m²].
        mass: Mass that it has when free [kg]; 0 for what never moves.
        held: Whether it keeps its pose for now.
        commanded: Whether it moves by command (kinematic with something to do).
        inertial_from_body: From its frame to its principal axes.
    """

    body: Body
    uid: int
    body_from_inertial: Pose
    moments: Float[Array, "3"]
    mass: float
    held: bool
    commanded: bool
    inertial_from_body: Pose = field(init=False)

    def __post_init__(self) -> None:
        self.inertial_from_body = self.body_from_inertial.inverse()

    @property
    def free(self) -> bool:
        """Whether the laws move it now."""
        return self.mass > 0 and not (self.held or self.commanded)


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
    """A motion as the engine tells it, in plain numbers: read for every body after every step.

    Attributes:
        position: Of the centre of mass (3), in the engine's lengths.
        wxyz: `world_from_inertial`.
        velocity: Linear (3), in the engine's lengths a second.
        spin: Angular (3) [rad/s].
    """

    position: Numbers
    wxyz: tuple[float, float, float, float]
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


Over = Callable[[float, Sequence[Motion | None]], bool]
"""Whether a world may stop, as it is, at a time [s], when its bodies move so (None: not at all)."""


class Touch(NamedTuple):
    """One contact point of the last step: bodies' indices, where, how near, how hard."""

    a: int
    b: int
    point: Numbers
    normal: Numbers
    distance: float
    impulse: float


@final
class Touches(list[Touch]):
    """All contact points of one step; nobody adds to them once they are made."""

    @cached_property
    def by_pair(self) -> dict[tuple[int, int], list[Touch]]:
        """The same by pairs of bodies, in the order in which these come first."""
        pairs: dict[tuple[int, int], list[Touch]] = {}
        for touch in self:
            pair = touch[:2]
            group = pairs.get(pair)
            if group is None:
                pairs[pair] = [touch]
            else:
                group.append(touch)
        return pairs
