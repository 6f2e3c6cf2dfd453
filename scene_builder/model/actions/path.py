"""A way through space and time that a body is led along."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.pose import Pose

MIN_KNOTS = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TimedPath:
    """Timed poses; between two knots a body moves and turns evenly.

    Attributes:
        times: When it is at each knot, counted from the action's start (k) [s]: ascending from 0.
        positions: Of the body's frame, in the world (k 3) [m].
        wxyz: Its unit quaternions (k 4).

    Raises:
        ValueError: If there are less than two knots, or times that do not ascend from 0.
    """

    times: Float[Array, " k"]
    positions: Float[Array, "k 3"]
    wxyz: Float[Array, "k 4"]

    def __post_init__(self) -> None:
        count = len(self.times)
        set_read_only(self, "times", np.float64, (count,))
        set_read_only(self, "positions", np.float64, (count, 3))
        set_read_only(self, "wxyz", np.float64, (count, 4))
        if count < MIN_KNOTS or self.times[0] != 0 or (np.diff(self.times) <= 0).any():
            raise ValueError("a path needs two knots or more, at times that ascend from 0")

    @property
    def secs(self) -> float:
        """How long it takes [s]."""
        return float(self.times[-1])

    @property
    def length(self) -> float:
        """How long the way of the body's frame is [m]."""
        return float(np.linalg.norm(np.diff(self.positions, axis=0), axis=1).sum())

    def at(self, secs: float) -> Pose:
        """Return `world_from_body` at a time from the start [s]; before and after, its ends."""
        k = int(np.clip(np.searchsorted(self.times, secs, "right") - 1, 0, len(self.times) - 2))
        span = self.times[k + 1] - self.times[k]
        share = float(np.clip((secs - self.times[k]) / span, 0.0, 1.0))
        here, there = self.wxyz[k], self.wxyz[k + 1]
        there = there if here @ there >= 0 else -there
        return Pose(
            position=(1 - share) * self.positions[k] + share * self.positions[k + 1],
            wxyz=(1 - share) * here + share * there,
        )

    def moved(self, move: Pose) -> "TimedPath":
        """Return the same way elsewhere; `move` is `world_after_from_world_before`."""
        poses = [
            move @ Pose(position=place, wxyz=turn)
            for place, turn in zip(self.positions, self.wxyz, strict=True)
        ]
        positions = np.array([pose.position for pose in poses])
        return replace(self, positions=positions, wxyz=np.array([pose.wxyz for pose in poses]))

    def hurried(self, factor: float) -> "TimedPath":
        """Return the same way, gone so many times as fast."""
        return replace(self, times=self.times / factor)
