"""What a simulator's world has to offer so that stages can be stepped in it."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from physics.stepping.records import Glance, Motion, Mover, Touches
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Stage

FAR_M, APART_M = 1000.0, 10.0
"""Where bodies are kept that are not there: so far away, and so far from each other [m]."""


class World(ABC):
    """A stage inside of a physics engine, advanced step by step.

    Attributes:
        stage: What it was made from.
        tick_secs: Length of the shortest step [s]; moments are counted in these.
        frame_ticks: Ticks from one frame to the next.
        step_secs: Length of the steps that are made now [s], a whole number of ticks.
        scale: The engine's lengths in a metre.
        bounce_speed: Approach [m/s] below which nothing bounces.
        movers: The bodies, in the stage's order.
        sudden: Which of them a ball touches unforeseen: its contact with them is found when
            they overlap already.
    """

    stage: Stage
    tick_secs: float
    frame_ticks: int
    step_secs: float
    scale: float
    bounce_speed: float
    movers: Sequence[Mover]
    sudden: Sequence[bool]

    @abstractmethod
    def step(self) -> None:
        """Advance by one step, without any rebound."""

    @abstractmethod
    def set_pace(self, ticks: int) -> None:
        """Let steps be so many ticks long from now on."""

    @abstractmethod
    def glance(self, k: int) -> Glance:
        """Read where body `k` is and how it moves, in the engine's own numbers."""

    @abstractmethod
    def set_velocity(self, k: int, linear: Float[Array, "3"], angular: Float[Array, "3"]) -> None:
        """Replace the velocities of body `k` [m/s, rad/s]."""

    @abstractmethod
    def set_pose(self, k: int, world_from_body: Pose) -> None:
        """Move body `k`; its velocities stay as they are."""

    @abstractmethod
    def push(
        self,
        k: int,
        force: Float[Array, "3"],
        torque: Float[Array, "3"] | None = None,
        point: Float[Array, "3"] | None = None,
    ) -> None:
        """Let a force [N], at a point (or the centre of mass), and a torque act in a step."""

    @abstractmethod
    def hold(self, k: int) -> None:
        """Let body `k` keep its pose, whatever pushes it."""

    @abstractmethod
    def release(self, k: int) -> None:
        """Let a body go that is held, or moves as it is told; it stands still then."""

    @abstractmethod
    def command(self, k: int) -> None:
        """Let body `k` move as it is told from now on, whatever it pushes, until it is released."""

    @abstractmethod
    def attach(self, k: int, other: int) -> None:
        """Weld body `k` to another as both are now."""

    @abstractmethod
    def detach(self, k: int) -> None:
        """Undo all welds of body `k`."""

    @abstractmethod
    def set_solid(self, k: int, *, solid: bool) -> None:
        """Let body `k` touch others, or nothing at all."""

    @abstractmethod
    def detect(self) -> None:
        """Find contacts without moving anything."""

    @abstractmethod
    def touches(self, *, pressed: bool = True) -> Touches:
        """Return the contact points of the last step or detection.

        Args:
            pressed: Leave out those without force: what is near, but does not touch.
        """

    def deepest(self) -> float:
        """Return the deepest overlap of the last detection [m]; below 0 where none overlaps."""
        return max((-touch.distance for touch in self.touches(pressed=False)), default=0.0)

    @abstractmethod
    def velocity(self, k: int) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
        """Read the linear [m/s] and angular [rad/s] velocity of body `k`."""

    def take_out(self, k: int) -> None:
        """Let body `k` be nowhere: it touches nothing, and nothing moves it."""
        self.set_solid(k, solid=False)
        if self.movers[k].mass > 0:
            # Far from all others, so that no pair has to be looked at.
            self.set_pose(k, Pose.at(FAR_M + k * APART_M, 0.0, FAR_M))
            self.hold(k)

    def put_in(
        self, k: int, world_from_body: Pose, linear: Float[Array, "3"], angular: Float[Array, "3"]
    ) -> None:
        """Let a body that was nowhere be at a pose, with velocities [m/s, rad/s]."""
        self.release(k)
        self.set_pose(k, world_from_body)
        self.set_solid(k, solid=True)
        self.set_velocity(k, linear, angular)

    def glances(self) -> list[Glance | None]:
        """Read all bodies; None for those that cannot move now."""
        return [
            self.glance(k) if mover.mass > 0 and not mover.held else None
            for k, mover in enumerate(self.movers)
        ]

    def motion(self, k: int, glance: Glance | None = None) -> Motion:
        """Return where body `k` is, or was at a glance, and how it moves."""
        seen = glance or self.glance(k)
        return Motion(
            center=np.array(seen.position) / self.scale,
            wxyz=np.array(seen.wxyz),
            linear=np.array(seen.velocity) / self.scale,
            angular=np.array(seen.spin),
        )

    def inverse_inertia(self, k: int, rotation: Float[Array, "3 3"]) -> Float[Array, "3 3"]:
        """Return the inverse inertia in the world's axes [1/(kg·m²)]; zero for what is not free."""
        mover = self.movers[k]
        if not mover.free:
            return np.zeros((3, 3))
        return np.asarray((rotation / mover.moments) @ rotation.T)

    def inverse_mass(self, k: int) -> float:
        """Return 1 / mass [1/kg]; zero for what is not free."""
        mover = self.movers[k]
        return 1.0 / mover.mass if mover.free else 0.0
