"""What one finding is."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Whether something happened, how safely, when, and by what one sees it.

    Attributes:
        margin: Above 0 if it happened, the more the safer; below 0 if not, the further the less
            it came near. About −1…1, continuous, so that a search has a slope.
        time_secs: When it happened [s]; None if it did not.
        evidence: A sentence with ids, times and measures.
    """

    margin: float
    time_secs: float | None
    evidence: str

    @property
    def holds(self) -> bool:
        """Whether it happened."""
        return self.margin > 0

    def opposite(self, evidence: str = "") -> "Finding":
        """Return the finding that it did not happen."""
        return Finding(margin=-self.margin, time_secs=None, evidence=evidence or self.evidence)


def bounded(value: float) -> float:
    """Squash a measure into −1…1, keeping its sign and order."""
    return float(np.tanh(value))


def above_zero(value: float) -> float:
    """Squash the measure of something that did happen into 0.02…1."""
    return max(bounded(value), 0.02)


def below_zero(value: float) -> float:
    """Squash the measure of something that did not happen into −1…−0.02."""
    return min(bounded(value), -0.02)
