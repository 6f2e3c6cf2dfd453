"""What each relation means, in metres: one meaning for layout, tests and claims.

Left, right, in front and behind are the camera's: it looks along +Y, and +X is its right.
"""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from scene_builder.layout.items import Placed

TOUCH_M = 0.006
"""Surfaces this close count as touching [m]."""

SIDE_SLOPE = 0.5
"""Left needs a sideways step of at least this share of the step in depth, and vice versa."""

CARRYING = frozenset({"on", "inside", "under", "above", "against", "attached_to", "hanging_from"})
"""Relations that one of several objects can satisfy alone."""

FACING_COSINE = float(np.cos(np.deg2rad(30.0)))

ALIKE_SHARE = 0.35
"""Things are alike if their sizes differ by no more than this share: one may be tilted."""

SHADOW_SHARE = 0.25
"""Share of both half-sizes by which centres must lie apart along the direction named."""


def holds(predicate: str, subject: Placed, objects: tuple[Placed, ...]) -> bool:
    """Return whether a relation holds between things as they stand in the world.

    Args:
        predicate: One of the scene graph's relation predicates.
        subject: The thing that it is said of.
        objects: What it relates to; two for `between`, the other individuals of the group for
            `stacked` and `in_row`. Carrying and holding (`on`, `inside`, …) must be done by
            one of them, every other relation must hold with each of them.
    """
    if predicate in _GROUPS:
        return _GROUPS[predicate](subject, objects)
    enough = any if predicate in CARRYING else all
    return enough(_test(predicate, one)(subject, one) for one in objects)


def _test(predicate: str, other: Placed) -> Callable[[Placed, Placed], bool]:
    """Return what a relation means with a thing: on a wall is what touches it from the side."""
    if other.id == "wall" and predicate in ("on", "hanging_from"):
        return _attached
    return _PAIRS[predicate]


def gap_xy(a: Placed, b: Placed) -> float:
    """Return the free distance of two boxes seen from above [m], 0 where they overlap."""
    apart = np.maximum(a.low[:2] - b.high[:2], b.low[:2] - a.high[:2])
    return float(np.linalg.norm(np.maximum(apart, 0.0)))


def over(a: Placed, b: Placed, *, slack: float = 0.0) -> bool:
    """Return whether the middle of `a` lies over the footprint of `b`, widened by `slack` [m]."""
    middle = a.center[:2]
    return bool((middle >= b.low[:2] - slack).all() and (middle <= b.high[:2] + slack).all())


def _on(a: Placed, b: Placed) -> bool:
    base = a.low[2]
    lowest = b.low[2] + 0.15 * b.size[2] - TOUCH_M
    return _overlies(a, b) and bool(lowest <= base <= b.high[2] + TOUCH_M)


def _overlies(a: Placed, b: Placed) -> bool:
    """Return whether the middle of the one lies over the other: a tray on a stool, a cup on a coin.

    A handle draws the middle of a thing's box away from what carries it.
    """
    return over(a, b) or over(b, a)


def _inside(a: Placed, b: Placed) -> bool:
    return over(a, b) and bool(b.low[2] - TOUCH_M <= a.low[2] < b.high[2])


def _under(a: Placed, b: Placed) -> bool:
    return over(a, b, slack=TOUCH_M) and bool(
        (a.high[2] <= b.high[2] and a.low[2] <= b.low[2] + TOUCH_M) or a.high[2] <= b.low[2]
    )


def _above(a: Placed, b: Placed) -> bool:
    slack = 0.25 * float(max(a.size[:2].max(), b.size[:2].max()))
    return over(a, b, slack=slack) and bool(a.low[2] >= b.high[2] - TOUCH_M)


def _towards(axis: int, sign: float) -> Callable[[Placed, Placed], bool]:
    def test(a: Placed, b: Placed) -> bool:
        step = (a.center - b.center)[:2]
        along = sign * step[axis]
        needed = SHADOW_SHARE * (a.size[axis] + min(b.size[axis], 4 * a.size[axis] + 1.0)) / 2
        return bool(along >= needed and along >= SIDE_SLOPE * abs(step[1 - axis]) - TOUCH_M)

    return test


def _beside(a: Placed, b: Placed) -> bool:
    reach = max(0.25, 1.0 * float(max(a.size[:2].max(), b.size[:2].max())))
    step = np.abs((a.center - b.center)[:2])
    return gap_xy(a, b) <= reach and bool(
        step[0] + TOUCH_M >= SIDE_SLOPE * step[1] and not over(a, b)
    )


def _near(a: Placed, b: Placed) -> bool:
    reach = max(0.5, 1.5 * float(max(a.size[:2].max(), b.size[:2].max())))
    return gap_xy(a, b) <= reach


def _against(a: Placed, b: Placed) -> bool:
    level = bool(a.low[2] <= b.high[2] and b.low[2] <= a.high[2])
    return level and gap_xy(a, b) <= 2 * TOUCH_M


def _attached(a: Placed, b: Placed) -> bool:
    apart = np.maximum(np.maximum(a.low - b.high, b.low - a.high), 0.0)
    return float(np.linalg.norm(apart)) <= 2 * TOUCH_M


def _hanging(a: Placed, b: Placed) -> bool:
    lower = bool(a.center[2] <= b.center[2] and a.high[2] <= b.high[2] + TOUCH_M)
    apart = np.maximum(np.maximum(a.low - b.high, b.low - a.high), 0.0)
    reach = max(0.05, 0.5 * float(a.size.max()))
    return lower and float(np.linalg.norm(apart)) <= max(reach, 0.3)


def _facing(a: Placed, b: Placed) -> bool:
    way = (b.center - a.center)[:2]
    length = float(np.linalg.norm(way) * np.linalg.norm(a.front[:2]))
    return length < TOUCH_M or float(way @ a.front[:2]) >= FACING_COSINE * length


def _around(a: Placed, b: Placed) -> bool:
    reach = max(0.6, 1.5 * float(max(a.size[:2].max(), b.size[:2].max())))
    return gap_xy(a, b) <= reach and not over(a, b)


def _between(subject: Placed, objects: tuple[Placed, ...]) -> bool:
    if len(objects) < 2:  # noqa: PLR2004
        return all(_near(subject, one) for one in objects)
    ends = sorted((tuple(one.center[:2]) for one in objects), key=lambda p: p[0] + 1e-3 * p[1])
    first, last = np.array(ends[0]), np.array(ends[-1])
    way = last - first
    length = float(np.linalg.norm(way))
    if length < TOUCH_M:
        return False
    step = subject.center[:2] - first
    along = float(step @ way) / length**2
    off = abs(float(way[0] * step[1] - way[1] * step[0])) / length
    widest = max(float(one.size[:2].max()) for one in (subject, *objects))
    return 0.1 < along < 0.9 and off <= 0.5 * widest  # noqa: PLR2004


def _stacked(subject: Placed, objects: tuple[Placed, ...]) -> bool:
    pile = sorted((subject, *objects), key=lambda one: float(one.low[2]))
    return all(
        _overlies(upper, lower)
        and (abs(float(upper.low[2] - lower.high[2])) <= TOUCH_M or _nested(upper, lower))
        for lower, upper in pairwise(pile)
    )


def _nested(upper: Placed, lower: Placed) -> bool:
    """Return whether a thing rests in its like, as plates and bowls do in a pile."""
    alike = bool((np.abs(upper.size - lower.size) <= ALIKE_SHARE * lower.size).all())
    return alike and bool(lower.low[2] < upper.low[2] <= lower.high[2])


def _in_row(subject: Placed, objects: tuple[Placed, ...]) -> bool:
    things = (subject, *objects)
    if len(things) < 3:  # noqa: PLR2004
        return True
    points = np.array([one.center[:2] for one in things])
    middle = points - points.mean(axis=0)
    _, spread, axes = np.linalg.svd(middle, full_matrices=False)
    off = np.abs(middle @ axes[1]).max()
    steps = np.diff(np.sort(middle @ axes[0]))
    widest = max(float(one.size[:2].max()) for one in things)
    even = float(steps.max()) <= 2 * max(float(steps.min()), TOUCH_M)
    return bool(spread[0] > 0) and float(off) <= 0.3 * widest and even


_PAIRS: dict[str, Callable[[Placed, Placed], bool]] = {
    "on": _on,
    "inside": _inside,
    "under": _under,
    "above": _above,
    "left_of": _towards(0, -1.0),
    "right_of": _towards(0, 1.0),
    "in_front_of": _towards(1, -1.0),
    "behind": _towards(1, 1.0),
    "beside": _beside,
    "near": _near,
    "against": _against,
    "attached_to": _attached,
    "hanging_from": _hanging,
    "facing": _facing,
    "around": _around,
}

_GROUPS: dict[str, Callable[[Placed, tuple[Placed, ...]], bool]] = {
    "between": _between,
    "stacked": _stacked,
    "in_row": _in_row,
}
