"""How long a shot will take to render, told before it starts."""

from dataclasses import dataclass, field
from statistics import median


@dataclass(slots=True)
class RenderEstimate:
    """Seconds left, from the seconds that frames took.

    The first frame pays for setting up as well (trees, shaders), so later ones outweigh it.

    Attributes:
        frame_count: Frames of the shot.
        first_secs: What the first frame took [s], set-up included.
        later_secs: What each later frame took [s].
    """

    frame_count: int
    first_secs: float | None = None
    later_secs: list[float] = field(default_factory=list)

    def took(self, secs: float) -> None:
        """Note what one more frame took [s]."""
        if self.first_secs is None:
            self.first_secs = secs
        else:
            self.later_secs.append(secs)

    @property
    def frames_done(self) -> int:
        """Number of frames noted."""
        return (self.first_secs is not None) + len(self.later_secs)

    @property
    def secs_a_frame(self) -> float | None:
        """Expected time of one more frame [s]; None before any."""
        if self.later_secs:
            return float(median(self.later_secs[-_RECENT:]))
        return self.first_secs

    @property
    def secs_left(self) -> float | None:
        """Expected time until the last frame is done [s]; None before any."""
        a_frame = self.secs_a_frame
        if a_frame is None:
            return None
        return max(0, self.frame_count - self.frames_done) * a_frame


_RECENT = 24
"""How many frames back are still like the next one."""
