"""Where a relation would like a thing to stand: guesses, which the arrangement then judges."""

from collections.abc import Callable, Iterator

import numpy as np
from jaxtyping import Float

from scene_builder.layout.items import Placed
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.units import Unit
from scene_builder.layout.ties import GROUP_PREDICATES, Tie
from scene_builder.model.arrays import Array
from scene_builder.model.words import Predicate

Spot = tuple[float, float]

Proposal = Callable[[np.random.Generator, Float[Array, "3"], Placed, float], Spot]


def spots_by_relation_rand(
    rng: np.random.Generator, unit: Unit, arrangement: Arrangement, *, tries: int
) -> Iterator[Spot]:
    """Yield places (x, y) [m] of a unit's origin that suit its relations, ever looser.

    Without a relation to anything placed, nothing is yielded.
    """
    anchors = list(_anchors(unit, arrangement))
    if not anchors:
        return
    for k in range(tries):
        tie, member = anchors[int(rng.integers(len(anchors)))] if k else anchors[0]
        spread = 1.0 + 2.0 * k / tries
        offset = unit.poses[member].position[:2]
        x, y = _propose_rand(rng, unit, tie, member, arrangement, spread)
        yield x - float(offset[0]), y - float(offset[1])


def spots_near_rand(
    rng: np.random.Generator, center: Spot, reach: float, *, tries: int
) -> Iterator[Spot]:
    """Yield places (x, y) [m] around a centre, farther and farther out to `reach` [m]."""
    for k in range(tries):
        radius = reach * (k / tries) * np.sqrt(rng.uniform(0.3, 1.0))
        angle = rng.uniform(0, 2 * np.pi)
        yield center[0] + float(radius * np.cos(angle)), center[1] + float(radius * np.sin(angle))


def _anchors(unit: Unit, arrangement: Arrangement) -> Iterator[tuple[Tie, str]]:
    """Yield relations to what is placed, with the member of the unit that they speak of.

    What is not placed yet is stood for by what will carry it, so that a chair beside a cup goes
    beside the cup's table.
    """
    for tie in arrangement.ties:
        if tie.predicate in GROUP_PREDICATES:
            continue
        subject = _stand_in(tie.subject, unit, arrangement)
        objects = tuple(_stand_in(one, unit, arrangement) for one in tie.objects)
        others = tuple(one for one in objects if one in arrangement.placed)
        if subject in unit.poses and others and tie.predicate in _PROPOSALS:
            yield Tie(subject=subject, predicate=tie.predicate, objects=others), subject
        inverse = _INVERSE.get(tie.predicate)
        if inverse is None or subject not in arrangement.placed:
            continue
        for one in objects:
            if one in unit.poses:
                yield Tie(subject=one, predicate=inverse, objects=(subject,)), one


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
    tie: Tie,
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
    return _PROPOSALS[tie.predicate](rng, size, objects[0], spread)


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
    "under": _over,
    "above": _over,
}

_INVERSE: dict[str, Predicate] = {
    "left_of": "right_of", "right_of": "left_of", "in_front_of": "behind",
    "behind": "in_front_of", "beside": "beside", "near": "near", "around": "around",
    "against": "against", "facing": "near", "between": "beside", "under": "above",
    "above": "under",
}  # fmt: skip
