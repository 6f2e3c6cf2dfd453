"""Calming: what a hard hit brings about, a softer one often does too, and it is easier to watch.

Margins grow with speed, so the search likes haste: things fly out of the picture. Once a take
holds safely, the same take is shot with less of what its speeds have above the planned ones.
"""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float

from physics.directing.freedoms import Dial
from scene_builder.model.arrays import Array

LEFT = (0.0, 0.3, 0.6)
"""Shares of the haste that are left, calmest first."""

HASTY = 0.25
"""Speeds above the planned ones by more than this share are haste."""


def calmer(
    point: Float[Array, " d"], neutral: Float[Array, " d"], dials: Sequence[Dial]
) -> list[Float[Array, " d"]]:
    """Return points with less haste, calmest first; none for a take that is calm.

    Args:
        point: How the dials of a take are turned, in the unit cube (d).
        neutral: The point that leaves the stage as it is (d).
        dials: What is turned (d).
    """
    haste = np.zeros(len(dials))
    for k, dial in enumerate(dials):
        above = float(point[k] - neutral[k])
        if dial.kind == "speed" and above * (dial.high - dial.low) > HASTY * dial.neutral:
            haste[k] = above
    if not haste.any():
        return []
    return [np.asarray(point - (1.0 - left) * haste) for left in LEFT]
