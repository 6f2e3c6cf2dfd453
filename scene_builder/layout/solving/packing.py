"""Places on a crowded area: all over it, and in its corners."""

from collections.abc import Iterator

import numpy as np

from scene_builder.layout.solving.arrangement import LEVEL_M, MARGIN_SHARE, Arrangement
from scene_builder.layout.solving.surfaces import Surface
from scene_builder.layout.solving.units import Unit

Spot = tuple[float, float]

MOST = 160
"""Corners tried."""


def spots_on_rand(
    rng: np.random.Generator, unit: Unit, surface: Surface, *, tries: int
) -> Iterator[Spot]:
    """Yield places (x, y) [m] all over an area, where a unit of its size fits."""
    if surface.area is None:
        return
    middle = (unit.low + unit.high)[:2] / 2
    free = np.maximum(surface.area.half_extents - unit.size[:2].min() / 2, 0.0)
    for _ in range(tries):
        spot = surface.area.center + np.append(free * rng.uniform(-1, 1, 2), 0.0)
        x, y, _ = surface.pose @ spot
        yield float(x) - float(middle[0]), float(y) - float(middle[1])


def spots_packed_rand(
    rng: np.random.Generator, unit: Unit, surface: Surface, state: Arrangement
) -> Iterator[Spot]:
    """Yield places (x, y) [m] where a unit touches edges of the area or what stands on it.

    Corners between them are where crowded things fit (extreme points; Crainic, Perboli and
    Tadei 2008), in a random order.
    """
    if surface.area is None:
        return
    corner = np.append(surface.area.half_extents, 0.0)
    ends = [surface.pose @ (surface.area.center + sign * corner) for sign in (-1, 1)]
    low, high = np.minimum(*ends)[:2], np.maximum(*ends)[:2]
    level = surface.middle[2]
    mates = [
        one
        for name, one in state.placed.items()
        if name in state.items and surface.carrier in state.carriers[name]
        and abs(float(one.low[2]) - level) < LEVEL_M
    ]  # fmt: skip
    gap = max(0.002, MARGIN_SHARE * float(unit.size[:2].max())) + 1e-4
    rim = 0.03 * surface.area.half_extents.min()
    choices = []
    for axis in (0, 1):
        mine = float(unit.size[axis]) / 2
        at = [float(low[axis]) + rim + mine, float(high[axis]) - rim - mine]
        for mate in mates:
            at += [float(mate.low[axis]) - gap - mine, float(mate.high[axis]) + gap + mine]
            at.append(float(mate.center[axis]))
        choices.append(at)
    middle = (unit.low + unit.high)[:2] / 2
    pairs = [(x, y) for x in choices[0] for y in choices[1]]
    for k in rng.permutation(len(pairs))[:MOST]:
        yield pairs[k][0] - float(middle[0]), pairs[k][1] - float(middle[1])
