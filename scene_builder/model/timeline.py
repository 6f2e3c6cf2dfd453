"""The only place where frames become seconds."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from jaxtyping import Float64

from scene_builder.model.arrays import Array
from scene_builder.model.errors import SettingsError

MAX_FRAMES = 24_000
"""Longest shot: a thousand seconds at 24 frames per second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Frame k shows the time k / fps; frame 0 is the stage before any step.

    Attributes:
        frame_count: Frames of the shot, at least 1.
        fps: Frames per second, exact.
        substeps: Physics steps from one frame to the next.
    """

    frame_count: int
    fps: Fraction
    substeps: int

    def __post_init__(self) -> None:
        if not 1 <= self.frame_count <= MAX_FRAMES:
            raise SettingsError(
                f"{self.frame_count} frames asked for; a shot has 1 to {MAX_FRAMES}: "
                "change --duration or --fps"
            )
        if not 1 <= self.fps <= 240:  # noqa: PLR2004
            raise SettingsError(f"{self.fps} frames per second given; allowed are 1 to 240")
        if self.substeps < 1:
            raise SettingsError(f"{self.substeps} physics steps per frame given; at least 1")

    @staticmethod
    def lasting(duration_secs: float, *, fps: Fraction, step_hz: float = 480.0) -> "Timeline":
        """Return the timeline of a shot of `duration_secs` [s].

        Args:
            duration_secs: Length of the shot [s], above 0.
            fps: Frames per second.
            step_hz: Physics steps per second, at least; rounded up to whole steps a frame.
        """
        if not duration_secs > 0:
            raise SettingsError(
                f"a duration of {duration_secs:g} s given; it must be above 0, for example 4"
            )
        frame_count = max(1, round(min(duration_secs, 1e6) * fps))
        substeps = max(1, int(np.ceil(step_hz / float(fps) - 1e-9)))
        return Timeline(frame_count=frame_count, fps=fps, substeps=substeps)

    @property
    def frame_secs(self) -> float:
        """Time from one frame to the next [s]."""
        return float(1 / self.fps)

    @property
    def step_secs(self) -> float:
        """Length of one physics step [s]."""
        return float(1 / (self.fps * self.substeps))

    @property
    def duration_secs(self) -> float:
        """Length of the film [s]; the last frame is shown one frame earlier."""
        return float(self.frame_count / self.fps)

    @property
    def times_secs(self) -> Float64[Array, " frames"]:
        """The time that each frame shows [s]."""
        return np.array([float(k / self.fps) for k in range(self.frame_count)], dtype=np.float64)

    def frame_at(self, time_secs: float) -> int:
        """Return the frame nearest to `time_secs` [s], inside of the shot."""
        return int(np.clip(round(time_secs * float(self.fps)), 0, self.frame_count - 1))
