"""Where a relation would like a thing to stand: guesses, which the arrangement then judges."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Placed
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.units import Unit
from scene_builder.layout.ties import GROUP_PREDICATES
from scene_builder.model.arrays import Array

Spot = tuple[float, float]


class _Anchor(NamedTuple):
    """A relation, seen from what is placed: its predicate may be an inverse one."""

    subject: str
    predicate: str
    objects: tuple[str, ...]


MIDDLE_SHARE, EDGE_M = 0.5, 0.01
"""What is under something is under its middle as often; else so far from its front edge [m]."""

Proposal = Callable[[np.random.Generator, Float[Array, "3"], Placed, float], Spot]


def spots_by_relation_rand(
    rng: np.random.Generator,
    unit: Unit,
    arrangement: Arrangement,
    *,
    tries: int,
    mixed: bool = False,
) -> Iterator[Spot]:
    """Yield places (x, y) [m] of a unit's origin that suit its relations, ever looser.

    Without a relation to anything placed, nothing is yielded.

    Args:
        rng: Where chance comes from.
        unit: What is placed.
        arrangement: What stands already.
        tries: How many places are guessed for one relation.
        mixed: Guess also places that take x from one relation and y from another.
    """
    anchors = list(_anchors(unit, arrangement, together=mixed))
    if not anchors:
        return
    for k in range(tries):
        tie, member = anchors[int(rng.integers(len(anchors)))] if k else anchors[0]
        spread = 1.0 + 2.0 * k / tries
        offset = unit.poses[member].position[:2]
        x, y = _propose_rand(rng, unit, tie, member, arrangement, spread)
        yield x - float(offset[0]), y - float(offset[1])
        if mixed and len(anchors) > 1:
            # What is left of one thing and behind another.
            other, its = anchors[int(rng.integers(len(anchors)))]
            shift = unit.poses[its].position[:2]
            x2, y2 = _propose_rand(rng, unit, other, its, arrangement, spread)
            yield x - float(offset[0]), y2 - float(shift[1])
            yield x2 - float(shift[0]), y - float(offset[1])


def spots_near_rand(
    rng: np.random.Generator, center: Spot, reach: float, *, tries: int
) -> Iterator[Spot]:
    """Yield places (x, y) [m] around a centre, farther and farther out to `reach` [m]."""
    for k in range(tries):
        radius = reach * (k / tries) * np.sqrt(rng.uniform(0.3, 1.0))
        angle = rng.uniform(0, 2 * np.pi)
        yield center[0] + float(radius * np.cos(angle)), center[1] + float(radius * np.sin(angle))


def _anchors(
    unit: Unit, arrangement: Arrangement, *, together: bool
) -> Iterator[tuple["_Anchor", str]]:
    """Yield relations to what is placed, with the member of the unit that they speak of.

    What is not placed yet is stood for by what will carry it, so that a chair beside a cup goes
    beside the cup's table.
    """
    for tie in arrangement.ties:
        if tie.predicate in GROUP_PREDICATES:
            continue
        if together and len(tie.objects) > 1:
            yield from _mates(tie.objects, unit, arrangement)
        subject = _stand_in(tie.subject, unit, arrangement)
        objects = tuple(_stand_in(one, unit, arrangement) for one in tie.objects)
        others = tuple(one for one in objects if one in arrangement.placed)
        if subject in unit.poses and others and tie.predicate in _PROPOSALS:
            yield _Anchor(subject, tie.predicate, others), subject
        inverse = _INVERSE.get(tie.predicate)
        if inverse is None or subject not in arrangement.placed:
            continue
        for one in objects:
            if one in unit.poses:
                yield _Anchor(one, inverse, (subject,)), one


def _mates(
    names: Sequence[str], unit: Unit, arrangement: Arrangement
) -> Iterator[tuple["_Anchor", str]]:
    """Yield that things to which another has to relate all at once stand near each other."""
    standing = [one for one in names if one in arrangement.poses]
    for name in names:
        if standing and name in unit.poses and _kind(name) == _kind(standing[0]):
            yield _Anchor(name, "near", (standing[-1],)), name


def _kind(name: str) -> str:
    return name.partition("#")[0]


def _stand_in(name: str, unit: Unit, arrangement: Arrangement) -> str:
    if name in arrangement.placed or name in unit.poses:
        return name
    for carrier in sorted(arrangement.carriers.get(name, frozenset())):
        if carrier in unit.poses or carrier in arrangement.poses:
            return carrier
    return name


def _propose_rand(
    rng: np.random.Generator,
    unit: Unit,
    tie: "_Anchor",
    member: str,
    arrangement: Arrangement,
    spread: float,
) -> Spot:
    size = unit.size if len(unit.poses) > 1 else arrangement.items[member].extents
    objects = [arrangement.placed[one] for one in tie.objects]
    if tie.predicate == "between" and len(objects) > 1:
        middle = np.mean([one.center for one in objects], axis=0)
        jitter = 0.03 * (spread - 1.0) * rng.standard_normal(2)
        return float(middle[0] + jitter[0]), float(middle[1] + jitter[1])
    if len(tie.objects) > 1 and tie.predicate in ("left_of", "right_of", "in_front_of", "behind"):
        low = np.min([one.low for one in objects], axis=0)
        high = np.max([one.high for one in objects], axis=0)
        objects = [Placed(id=objects[0].id, low=low, high=high)]
    x, y = _PROPOSALS[tie.predicate](rng, size, objects[0], spread)
    if tie.predicate == "against" and tie.objects[0] == "wall" and len(unit.poses) == 1:
        # With its back exactly at the wall, wherever its origin is.
        y = float(objects[0].low[1] - arrangement.items[member].high[1])
    return x, y


def _gap(rng: np.random.Generator, size: Float[Array, "3"], other: Placed, spread: float) -> float:
    ours, theirs = float(size[:2].max()), float(other.size[:2].max())
    typical = float(np.clip(0.5 * np.sqrt(ours * min(theirs, 4 * ours)), 0.015, 0.5))
    return typical * spread * float(rng.uniform(0.5, 1.2))


def _sideways(sign: float) -> Proposal:
    def propose(
        rng: np.random.Generator, size: Float[Array, "3"], other: Placed, spread: float
    ) -> Spot:
        step = float(other.size[0] + size[0]) / 2 + _gap(rng, size, other, spread)
        depth = 0.3 * step * float(rng.uniform(-1, 1))
        return float(other.center[0]) + sign * step, float(other.center[1]) + depth

    return propose


def _in_depth(sign: float) -> Proposal:
    def propose(
        rng: np.random.Generator, size: Float[Array, "3"], other: Placed, spread: float
    ) -> Spot:
        step = float(other.size[1] + size[1]) / 2 + _gap(rng, size, other, spread)
        # What stands behind something of its own height or more is shown beside its outline.
        hides = (other.size[2] >= 0.7 * size[2]) == (sign > 0)
        aside = float(other.size[0] + size[0]) / 2 * (1.4 if hides else 0.25)
        aside *= float(rng.uniform(0.7, 1.2)) * (1.0 if rng.uniform() < 0.5 else -1.0)  # noqa: PLR2004
        step = max(step, 0.7 * abs(aside))
        return float(other.center[0]) + aside, float(other.center[1]) + sign * step

    return propose


def _beside(
    rng: np.random.Generator, size: Float[Array, "3"], other: Placed, spread: float
) -> Spot:
    side = 1.0 if rng.uniform() < 0.5 else -1.0  # noqa: PLR2004
    return _sideways(side)(rng, size, other, min(spread, 1.5))


def _near(rng: np.random.Generator, size: Float[Array, "3"], other: Placed, spread: float) -> Spot:
    angle = float(rng.uniform(-0.5, 1.5) * np.pi)
    reach = (other.size[:2] + size[:2]) / 2 + _gap(rng, size, other, min(spread, 2.0))
    return (
        float(other.center[0] + reach[0] * np.cos(angle)),
        float(other.center[1] + reach[1] * np.sin(angle)),
    )


def _before(
    rng: np.random.Generator, size: Float[Array, "3"], other: Placed, spread: float
) -> Spot:
    """Before a thing's front, so that it looks there."""
    turn = float(np.arctan2(other.front[1], other.front[0])) + 0.35 * float(rng.uniform(-1, 1))
    reach = (other.size[:2] + size[:2]) / 2 + _gap(rng, size, other, min(spread, 2.0))
    return (
        float(other.center[0] + reach.max() * np.cos(turn)),
        float(other.center[1] + reach.max() * np.sin(turn)),
    )


def _against(
    rng: np.random.Generator, size: Float[Array, "3"], other: Placed, spread: float
) -> Spot:
    if other.id == "wall":
        return float(rng.normal(0.0, 0.3 * spread)), float(other.low[1] - size[1] / 2)
    x, y = other.center[:2]
    dx, dy = (other.size[:2] + size[:2]) / 2
    choices = [(x + dx, y), (x - dx, y), (x, y - dy), (x, y + dy)]
    return choices[int(rng.integers(len(choices)))]


def _over(rng: np.random.Generator, size: Float[Array, "3"], other: Placed, spread: float) -> Spot:
    x, y = other.center[:2] + 0.15 * (spread - 1) * rng.standard_normal(2) * other.size[:2]
    return float(x), float(y)


def _beneath(
    rng: np.random.Generator, size: Float[Array, "3"], other: Placed, spread: float
) -> Spot:
    """Under a thing's middle, or just under its edge, where the camera still sees it."""
    if rng.uniform() < MIDDLE_SHARE / spread:
        return _over(rng, size, other, spread)
    room = np.maximum(other.size - size, 0.0)[:2] / 2
    x = float(other.center[0] + room[0] * rng.uniform(-0.7, 0.7))
    return x, float(other.center[1] - max(room[1] - EDGE_M, 0.0))


_PROPOSALS: dict[str, Proposal] = {
    "left_of": _sideways(-1.0),
    "right_of": _sideways(1.0),
    "in_front_of": _in_depth(-1.0),
    "behind": _in_depth(1.0),
    "beside": _beside,
    "near": _near,
    "around": _near,
    "facing": _near,
    "between": _beside,
    "against": _against,
    "under": _beneath,
    "above": _over,
    "seen_by": _before,
}

_INVERSE: dict[str, str] = {
    "left_of": "right_of", "right_of": "left_of", "in_front_of": "behind",
    "behind": "in_front_of", "beside": "beside", "near": "near", "around": "around",
    "against": "against", "facing": "seen_by", "between": "beside", "under": "above",
    "above": "under",
}  # fmt: skip
