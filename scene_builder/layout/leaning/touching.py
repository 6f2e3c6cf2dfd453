"""Where a solid that slides along first touches another, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.layout.solids import Piece
from scene_builder.model.arrays import Array

NEAR_M = 0.0008
"""Pieces that a solid would touch within this further way touch it as well [m]."""

BALL_POINTS = 96


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Touches:
    """First touch of a sliding solid.

    Attributes:
        way: How far it slides until then [m].
        points: Where it touches then (k 3) [m].
        normals: From what it touches towards it (k 3).
    """

    way: float
    points: Float[Array, "k 3"]
    normals: Float[Array, "k 3"]


def cloud_of(piece: Piece) -> Float[Array, "n 3"]:
    """Return points whose hull is a convex piece, up to the facets of its rounding (n 3) [m]."""
    if piece.radius <= 0:
        return np.asarray(piece.points)
    k = np.arange(BALL_POINTS) + 0.5
    z = 1 - 2 * k / BALL_POINTS
    angle = np.pi * (1 + 5**0.5) * k
    ring = np.sqrt(1 - z**2)
    ball = piece.radius * np.column_stack([ring * np.cos(angle), ring * np.sin(angle), z])
    return np.asarray((piece.points[:, None] + ball[None]).reshape(-1, 3))


def slide(
    moving: Sequence[Float[Array, "_ 3"]],
    resting: Sequence[Float[Array, "_ 3"]],
    way: Float[Array, "3"],
    *,
    inside: bool = False,
) -> Touches | None:
    """Return the first touch of convex clouds that slide along a direction, or None.

    The way to the touch of two hulls is the least s for which a convex combination of the one,
    moved by s, equals one of the other: a linear programme, whose dual is the normal.

    Args:
        moving: Corners of the convex pieces of what slides [m].
        resting: Likewise of what it slides to [m].
        way: Unit vector along which it slides (3).
        inside: It begins amidst the other, as in a vessel; else before all of it. What it
            overlaps with at the beginning it touches at once.
    """
    aside, upward = _across(way)
    pairs = sorted(
        (
            (float((b @ way).min() - (a @ way).max()), i, j)
            for i, a in enumerate(moving)
            for j, b in enumerate(resting)
            if _abreast(a, b, aside) and _abreast(a, b, upward)
            and not (inside and _passed(a, b, way))
        ),
    )  # fmt: skip
    best = np.inf
    found: list[tuple[float, int, int, Float[Array, 3], Float[Array, 3]]] = []
    for least, i, j in pairs:
        if least > best + NEAR_M:
            break
        hit = _first_touch(moving[i], resting[j], way, 0.0 if inside else None)
        if hit is not None:
            found.append((hit[0], i, j, hit[1], hit[2]))
            best = min(best, hit[0])
    if not found:
        return None
    points, normals = [], []
    for s, i, j, point, normal in found:
        if s > best + NEAR_M:
            continue
        for spot in (point, *_spread(moving[i], resting[j], best * way, way, aside)):
            points.append(spot)
            normals.append(normal)
    return Touches(way=best, points=np.array(points), normals=np.array(normals))


def _across(way: Float[Array, "3"]) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
    """Return two directions (3) across a way; the first is level."""
    level = np.cross([0.0, 0.0, 1.0], way)
    length = float(np.linalg.norm(level))
    aside = level / length if length > 1e-6 else np.array([1.0, 0.0, 0.0])  # noqa: PLR2004
    return aside, np.cross(way, aside)


def _abreast(a: Float[Array, "n 3"], b: Float[Array, "m 3"], axis: Float[Array, "3"]) -> bool:
    """Return whether two clouds overlap along an axis."""
    one, other = a @ axis, b @ axis
    return bool(one.max() > other.min() and other.max() > one.min())


def _passed(a: Float[Array, "n 3"], b: Float[Array, "m 3"], way: Float[Array, "3"]) -> bool:
    return bool((b @ way).max() < (a @ way).min())


def _first_touch(
    a: Float[Array, "n 3"], b: Float[Array, "m 3"], way: Float[Array, "3"], least: float | None
) -> tuple[float, Float[Array, "3"], Float[Array, "3"]] | None:
    from scipy.optimize import linprog

    n, m = len(a), len(b)
    cost = np.zeros(n + m + 1)
    cost[-1] = 1.0
    equal = np.zeros((5, n + m + 1))
    equal[:3, :n], equal[:3, n : n + m], equal[:3, -1] = a.T, -b.T, way
    equal[3, :n], equal[4, n : n + m] = 1.0, 1.0
    bounds = [(0.0, None)] * (n + m) + [(least, None)]
    found = linprog(cost, A_eq=equal, b_eq=[0, 0, 0, 1, 1], bounds=bounds, method="highs")
    if found.status != 0:
        return None
    point = b.T @ found.x[n : n + m]
    normal = -np.asarray(found.eqlin.marginals[:3])
    if float(normal @ way) > 0:
        normal = -normal
    length = float(np.linalg.norm(normal))
    return float(found.x[-1]), point, -way if length < 1e-9 else normal / length  # noqa: PLR2004


def _spread(
    a: Float[Array, "n 3"],
    b: Float[Array, "m 3"],
    step: Float[Array, "3"],
    way: Float[Array, "3"],
    aside: Float[Array, "3"],
) -> list[Float[Array, "3"]]:
    """Return the outermost points, sideways, where two hulls share a thin layer (3) [m]."""
    from scipy.optimize import linprog

    moved = a + step + NEAR_M * way
    n, m = len(a), len(b)
    equal = np.zeros((5, n + m))
    equal[:3, :n], equal[:3, n:] = moved.T, -b.T
    equal[3, :n], equal[4, n:] = 1.0, 1.0
    spots = []
    for sign in (1.0, -1.0):
        cost = np.concatenate([np.zeros(n), sign * (b @ aside)])
        found = linprog(cost, A_eq=equal, b_eq=[0, 0, 0, 1, 1], method="highs")
        if found.status == 0:
            spots.append(b.T @ found.x[n:])
    return spots
