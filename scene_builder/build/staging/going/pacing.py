"""Starting and stopping softly: how far one has come at each moment."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array

SOFT_SECS = 0.4
"""Setting off and coming to rest take so long each [s]."""

SOFT_SHARE = 0.4
"""But no more than this share of the way's time each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A speed that rises from rest and falls to rest along a half cosine.

    Attributes:
        length: Of the way [m or rad].
        speed: In between [m/s or rad/s].
        soft_secs: How long it takes to set off, and to come to rest [s].
        stops: Whether it comes to rest at the end.
    """

    length: float
    speed: float
    soft_secs: float
    stops: bool = True

    @staticmethod
    def over(length: float, speed: float, *, stops: bool = True) -> "Pace":
        """Return the pace of a way; a short one has shorter beginnings and ends."""
        soft = min(SOFT_SECS, SOFT_SHARE / (1 - SOFT_SHARE) * length / max(speed, 1e-9))
        return Pace(length=length, speed=speed, soft_secs=soft, stops=stops)

    @property
    def secs(self) -> float:
        """How long it all takes [s]: half the speed, on average, while it changes."""
        return self.length / self.speed + self.soft_secs * (1.0 if self.stops else 0.5)

    def at(self, times: Float[Array, " k"]) -> Float[Array, " k"]:
        """Return how far one has come at some times (k) [s]: from 0 to the length."""
        found = self._risen(times)
        if self.stops:
            # At the end it is the beginning, played backwards.
            late = times > self.secs - self.soft_secs
            found = np.where(late, self.length - self._risen(self.secs - times), found)
        return np.clip(found, 0.0, self.length)

    def _risen(self, times: Float[Array, " k"]) -> Float[Array, " k"]:
        soft = max(self.soft_secs, 1e-9)
        early = np.clip(times, 0.0, soft)
        ramp = self.speed / 2 * (early - soft / np.pi * np.sin(np.pi * early / soft))
        return np.asarray(ramp + self.speed * np.maximum(times - soft, 0.0))
