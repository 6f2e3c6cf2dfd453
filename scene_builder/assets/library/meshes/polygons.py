"""Triangles of flat polygons, convex or not."""

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array

_APEXES = 12
"""Corners that are tried as the middle of a fan."""
_NEVER = -1e-9


def triangles_of(shape: Float[Array, "p n 3"], length: int) -> Int[Array, "p f 3"]:
    """Return the triangles of polygons with the same number of corners.

    A fan from a corner that sees the whole polygon has triangles that all face one way; what has
    no such corner is divided by clipping ears (Meisters 1975).

    Args:
        shape: Corners of each polygon, in order.
        length: Number of corners, n.

    Returns:
        Three of the numbers 0…n−1 for each of the n−2 triangles of each polygon.
    """
    steps = np.arange(length - 2)
    fan = np.stack([np.zeros_like(steps), steps + 1, steps + 2], axis=1)
    if length == 3 or not len(shape):  # noqa: PLR2004 - corners of a triangle
        return np.repeat(fan[None], len(shape), axis=0)
    normal = np.cross(shape, np.roll(shape, -1, axis=1)).sum(axis=1)
    scores = []
    for apex in range(min(length, _APEXES)):
        spokes = np.roll(shape, -apex, axis=1) - shape[:, apex : apex + 1]
        areas = np.cross(spokes[:, 1:-1], spokes[:, 2:])
        scores.append(np.einsum("pfi,pi->pf", areas, normal).min(axis=1))
    worst = np.stack(scores, axis=1)
    good = worst >= _NEVER * np.abs(worst).max(axis=1, keepdims=True)
    best = np.where(good.any(axis=1), good.argmax(axis=1), worst.argmax(axis=1))
    found = (fan[None] + best[:, None, None]) % length
    for k in np.flatnonzero(~good.any(axis=1)):
        found[k] = _clipped(_flattened(shape[k], normal[k]))
    return np.asarray(found)


def _flattened(corners: Float[Array, "n 3"], normal: Float[Array, "3"]) -> Float[Array, "n 2"]:
    """Return corners as seen from where `normal` points to, counter-clockwise."""
    up = normal / max(float(np.linalg.norm(normal)), 1e-300)
    side = np.cross(up, np.eye(3)[int(np.argmin(np.abs(up)))])
    side /= max(float(np.linalg.norm(side)), 1e-300)
    return np.asarray(corners @ np.stack([side, np.cross(up, side)], axis=1))


def _clipped(flat: Float[Array, "n 2"]) -> Int[Array, "f 3"]:
    """Return triangles of a polygon, cutting off one ear after the other.

    Where no ear is left, since the outline crosses itself, the sharpest corner is cut.
    """
    left = list(range(len(flat)))
    found = []
    while len(left) > 3:  # noqa: PLR2004 - corners of a triangle
        ring = np.array(left)
        corners = np.stack([np.roll(ring, 1), ring, np.roll(ring, -1)], axis=1)
        a, b, c = np.moveaxis(flat[corners], 1, 0)
        turn = _area(a, b, c)
        order = np.argsort(-_roundness(a, b, c, turn), kind="stable")
        convex = [k for k in order if turn[k] > 0]
        cut = next(
            (k for k in convex if _is_empty(flat[corners[k]], flat[ring])),
            convex[0] if convex else int(order[0]),
        )
        found.append(corners[cut])
        del left[cut]
    found.append(np.array(left))
    return np.array(found)


def _is_empty(own: Float[Array, "3 2"], points: Float[Array, "m 2"]) -> bool:
    """Whether no other corner lies in the triangle; corners in the same places as its own may."""
    points = points[~(points[:, None] == own[None]).all(axis=2).any(axis=1)]
    inside = np.ones(len(points), bool)
    for first, second in ((0, 1), (1, 2), (2, 0)):
        inside &= _area(own[first], own[second], points) >= 0
    return not inside.any()


def _area(
    a: Float[Array, "... 2"], b: Float[Array, "... 2"], c: Float[Array, "... 2"]
) -> Float[Array, "..."]:
    """Return twice the signed area of triangles."""
    u, v = b - a, c - a
    return np.asarray(u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0])


def _roundness(
    a: Float[Array, "m 2"], b: Float[Array, "m 2"], c: Float[Array, "m 2"], turn: Float[Array, " m"]
) -> Float[Array, " m"]:
    """Return area over the square of the circumference: slivers come last."""
    around = sum(np.linalg.norm(p - q, axis=1) for p, q in ((a, b), (b, c), (c, a)))
    return np.asarray(turn / np.maximum(around, 1e-300) ** 2)
