"""How a thing comes to rest on another: let down until it touches, it sinks into its like."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Item, Matter
from scene_builder.layout.solids import half_spaces_of
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose

FREE_M = 5e-5
"""So much air is left between the two [m]: edges may meet where no corner does."""

LEAST_M = 1e-3
"""What could sink in by less stands on the rim [m]."""

DROP_M = 2.0


def nested_height(lower: Item, upper: Item, turn_rad: float) -> float:
    """Return how high an item's frame is over that of a like one below, when it rests in it [m].

    Both stand upright on one axis. Where the upper one does not sink in, that is where it stands
    on the lower one's rim.

    Args:
        lower: What is below.
        upper: What is put onto it.
        turn_rad: Turn of the upper one about the vertical, against the lower one.
    """
    rim = float(lower.high[2] - upper.low[2])
    if lower.matter is None or upper.matter is None:
        return rim
    if len(lower.matter.clouds) < 2:  # noqa: PLR2004
        return rim
    rest = _rest(lower.matter, upper.matter, lower.upright, upper.upright, round(turn_rad, 6))
    return rest if rest < rim - LEAST_M else rim


@lru_cache(maxsize=256)
def _rest(lower: Matter, upper: Matter, below: Pose, above: Pose, turn_rad: float) -> float:
    """Return the height at which one thing, let down onto the other, touches it [m]."""
    turn = Pose.at(0.0, 0.0, DROP_M, yaw_deg=float(np.rad2deg(turn_rad)))
    floor = [below @ cloud for cloud in lower.clouds]
    roof = [turn @ (above @ cloud) for cloud in upper.clouds]
    return DROP_M - way_down(roof, floor)


def way_down(upper: Sequence[Float[Array, "_ 3"]], lower: Sequence[Float[Array, "_ 3"]]) -> float:
    """Return how far convex clouds can be let down until they touch others [m]; inf if never.

    Every corner of the upper solid is cast down onto the lower one, and every corner of the lower
    one up. A little air is left.
    """
    down = np.array([0.0, 0.0, -1.0])
    way = np.inf
    for points, solid, ray in ((upper, lower, down), (lower, upper, -down)):
        corners = np.unique(np.vstack(points).round(7), axis=0)
        ways = np.tile(ray, (len(corners), 1))
        way = min(way, float(half_spaces_of(solid).entries(corners, ways).min()))
    return way - FREE_M
