"""Where a deed leads to: past what it names, against it, around it, or just along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float

from scene_builder.build.staging.deeds import Deed
from scene_builder.layout.items import Placed
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body

AROUND_DEG = 330.0
"""What goes around something goes so far around it."""

AROUND_POINTS = 240

PAST_SHARE = 0.8
"""What goes past something ends so many of its own lengths behind it."""

THROUGH_SHARE = 0.5
"""What runs things over ends so many of its own lengths behind them."""

CLIMB_SHARE = 0.7
"""What flies up or down does so by this share of its way."""

LEAST_HEIGHT_M = 0.05
"""What flies down stays so far above the ground [m]."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Goal:
    """Where to.

    Attributes:
        place: On the level (2) [m].
        rise: How much higher that is than the beginning [m].
        course: The way there (k 2) [m], where the words give it; None where it is open.
        floor: Low and high corner of what it must not leave (2 2) [m]; None for anywhere.
        touches: What it has to touch.
        fast: What of all that cannot be moved: there it stops.
        stops: Whether it comes to rest there.
        open: Whether it only goes that way, and may end anywhere before.
    """

    place: Float[Array, "2"]
    rise: float = 0.0
    course: Float[Array, "k 2"] | None = None
    floor: Float[Array, "2 2"] | None = None
    touches: frozenset[str] = field(default_factory=frozenset)
    fast: frozenset[str] = field(default_factory=frozenset)
    stops: bool = True
    open: bool = False


def goal_of(
    deed: Deed, start: Float[Array, "3"], length: float, free: float, *,
    placed: Mapping[str, Placed], bodies: Mapping[str, Body], floor: Float[Array, "2 2"] | None,
) -> Goal:  # fmt: skip
    """Return where a deed leads.

    Args:
        deed: It walks, runs or flies.
        start: Where its actor is (3) [m].
        length: How long its actor is [m].
        free: How far it comes where nothing says how far [m].
        placed: The boxes of all individuals.
        bodies: The individuals.
        floor: What carries the actor: its low and high corner (2 2) [m]; None for the ground.
    """
    turn = np.deg2rad(deed.heading_deg)
    way = np.array([np.cos(turn), np.sin(turn)])
    known = [placed[name] for name in deed.targets if name in placed]
    if deed.leaves is not None and deed.leaves in placed:
        return _off(placed[deed.leaves], start, way, length)
    if not known:
        return _onward(deed, start, way, free, floor)
    low = np.min([one.low for one in known], axis=0)
    high = np.max([one.high for one in known], axis=0)
    middle = (low + high) / 2
    gap = middle[:2] - start[:2]
    if float(np.linalg.norm(gap)) > 1e-6:  # noqa: PLR2004
        way = gap / np.linalg.norm(gap)
    reach = float(np.abs(way) @ (high - low)[:2]) / 2
    if deed.circles:
        course = _around(start[:2], middle[:2], deed.turn)
        return Goal(place=course[-1], course=course, floor=floor)
    if deed.meets:
        fast = frozenset(n for n in deed.meets if n in bodies and bodies[n].mobility != "dynamic")
        aim = float(np.clip(start[2], low[2], high[2]) - start[2]) if deed.verb == "fly" else 0.0
        place = middle[:2] + way * (reach + THROUGH_SHARE * length)
        touches = frozenset(deed.meets)
        return Goal(place=place, rise=aim, touches=touches, fast=fast, stops=not fast)
    behind = middle[:2] + way * (reach + (0.5 + PAST_SHARE) * length)
    if deed.verb != "fly":
        behind = behind - [0.0, float(high[1] - low[1]) / 2]  # on the camera's side: seen all along
    return Goal(place=_inside(behind, floor), floor=floor)


def _onward(
    deed: Deed, start: Float[Array, "3"], way: Float[Array, "2"], free: float,
    floor: Float[Array, "2 2"] | None,
) -> Goal:  # fmt: skip
    rise = 0.0
    if deed.verb == "fly" and deed.vertical:
        rise = CLIMB_SHARE * free if deed.height_m is None else deed.height_m
        if deed.vertical == "down":
            rise = -min(rise, max(float(start[2]) - LEAST_HEIGHT_M, 0.0))
        free = max(free - abs(rise), 0.3 * free)
    return Goal(place=_inside(start[:2] + free * way, floor), rise=rise, floor=floor, open=True)


def _off(support: Placed, start: Float[Array, "3"], way: Float[Array, "2"], length: float) -> Goal:
    """Over the edge, with all of its weight, and without stopping."""
    corner = np.where(way > 0, support.high[:2], support.low[:2])
    with np.errstate(divide="ignore", invalid="ignore"):
        ways = np.where(np.abs(way) > 1e-9, (corner - start[:2]) / way, np.inf)  # noqa: PLR2004
    edge = float(np.clip(ways.min(), 0.0, None))
    return Goal(place=start[:2] + way * (edge + 0.55 * length), stops=False)


def _around(
    start: Float[Array, "2"], middle: Float[Array, "2"], turn: float
) -> Float[Array, "k 2"]:
    arm = start - middle
    turns = turn * np.deg2rad(np.linspace(0.0, AROUND_DEG, AROUND_POINTS))
    cosine, sine = np.cos(turns), np.sin(turns)
    return np.column_stack(
        [middle[0] + cosine * arm[0] - sine * arm[1], middle[1] + sine * arm[0] + cosine * arm[1]]
    )


def way_past(actor: Placed, others: Sequence[Placed], way: Float[Array, "2"]) -> float:
    """Return how far a thing goes straight on until it is past others [m].

    Args:
        actor: Where it starts.
        others: What it passes.
        way: Unit vector of its course (2).
    """
    ends = [
        float(way @ (one.center - actor.center)[:2] + np.abs(way) @ one.size[:2] / 2)
        for one in others
    ]
    return max(0.0, *ends) + (0.5 + PAST_SHARE) * float(np.abs(way) @ actor.size[:2])


def _inside(place: Float[Array, "2"], floor: Float[Array, "2 2"] | None) -> Float[Array, "2"]:
    return place if floor is None else np.clip(place, floor[0], floor[1])


def carrier_of(actor: Placed, others: Sequence[Placed], slack: float) -> Placed | None:
    """Return what carries an actor: the box whose top it stands on; None for the ground."""
    for other in others:
        level = abs(float(other.high[2] - actor.low[2])) < slack
        over = ((actor.center >= other.low) & (actor.center <= other.high))[:2].all()
        if other.id != actor.id and level and over:
            return other
    return None
