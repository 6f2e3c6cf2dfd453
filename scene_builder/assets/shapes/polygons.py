"""Plane polygons: rounded corners, fewer corners, convex pieces."""

import manifold3d
import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array

STEP_DEG = 24.0
"""Largest bend between two edges of a rounded corner: less than what is shaded as a crease."""


def rounded(corners: list[tuple[float, ...]]) -> Float[Array, "n 2"]:
    """Return a polyline whose corners (x, y) or (x, y, radius) are rounded.

    The first and the last corner keep their places; a radius is made smaller where an edge is too
    short for it.

    Args:
        corners: Corners in order [m].
    """
    points = [np.array(corner[:2], float) for corner in corners]
    result: list[Array] = []
    for k, corner in enumerate(corners):
        radius = corner[2] if len(corner) > 2 else 0.0  # noqa: PLR2004
        inner = 0 < k < len(corners) - 1
        if radius > 0 and inner:
            result.extend(_arc(points[k - 1], points[k], points[k + 1], radius))
        else:
            result.append(points[k])
    return np.array(result)


def rounded_loop(corners: list[tuple[float, ...]]) -> Float[Array, "n 2"]:
    """Return a closed polygon whose corners (x, y) or (x, y, radius) are rounded [m]."""
    return rounded([corners[-1][:2], *corners, corners[0][:2]])[1:-1]


def circle(radius: float, segments: int = 48) -> Float[Array, "n 2"]:
    """Return a circle about the origin as a counter-clockwise polygon [m]."""
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    return np.asarray(radius * np.stack([np.cos(angle), np.sin(angle)], axis=1))


def star(outer: float, inner: float, points: int) -> Float[Array, "n 2"]:
    """Return a star about the origin, one point up, as a counter-clockwise polygon [m]."""
    angle = np.pi / 2 + np.arange(2 * points) * np.pi / points
    radius = np.where(np.arange(2 * points) % 2 == 0, outer, inner)
    return np.asarray(radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1))


def simplified(loop: Float[Array, "n 2"], tolerance: float) -> Float[Array, "m 2"]:
    """Return a closed polygon with fewer corners (Douglas & Peucker 1973).

    Args:
        loop: Corners [m].
        tolerance: Largest distance of a dropped corner from what is left [m].
    """
    far = int(np.argmax(((loop - loop[0]) ** 2).sum(axis=1)))
    there = _thinned(loop[: far + 1], tolerance)
    back = _thinned(np.concatenate([loop[far:], loop[:1]]), tolerance)
    return np.concatenate([there[:-1], back[:-1]])


def convex_pieces(loops: list[Float[Array, "_ 2"]], tolerance: float) -> list[Float[Array, "_ 2"]]:
    """Return convex polygons that fill a polygon (Hertel & Mehlhorn 1983).

    Args:
        loops: The outline counter-clockwise, then holes clockwise [m].
        tolerance: Dents up to this depth are filled [m].
    """
    points = np.concatenate(loops)
    triangles = manifold3d.triangulate([np.ascontiguousarray(loop, np.float64) for loop in loops])
    pieces = {k: [int(c) for c in triangle] for k, triangle in enumerate(triangles)}
    owner = {edge: k for k, piece in pieces.items() for edge in _edges(piece)}
    waiting = sorted({_pair(k, owner[b, a]) for (a, b), k in owner.items() if (b, a) in owner})
    while waiting:
        i, j = waiting.pop(0)
        if i not in pieces or j not in pieces:
            continue
        both = _merged(pieces[i], pieces[j])
        if both is None or _dent(points[both]) > tolerance:
            continue
        new = max(pieces) + 1
        del pieces[i], pieces[j]
        pieces[new] = both
        owner.update(dict.fromkeys(_edges(both), new))
        beside = {owner[b, a] for a, b in _edges(both) if (b, a) in owner}
        waiting += sorted(_pair(new, k) for k in beside if k in pieces and k != new)
    return [points[_convex_order(points, piece)] for piece in pieces.values()]


def _edges(loop: list[int]) -> list[tuple[int, int]]:
    return [(loop[k], loop[(k + 1) % len(loop)]) for k in range(len(loop))]


def _pair(i: int, j: int) -> tuple[int, int]:
    return (min(i, j), max(i, j))


def _arc(
    before: Float[Array, "2"], corner: Float[Array, "2"], after: Float[Array, "2"], radius: float
) -> list[Float[Array, "2"]]:
    a, b = before - corner, after - corner
    length_a, length_b = float(np.hypot(*a)), float(np.hypot(*b))
    a, b = a / length_a, b / length_b
    half = np.arccos(np.clip(a @ b, -1, 1)) / 2
    if half > np.pi / 2 - 1e-3 or half < 1e-3:  # noqa: PLR2004 - straight on, or straight back
        return [corner]
    reach = min(radius / np.tan(half), 0.499 * length_a, 0.499 * length_b)
    start, end = corner + a * reach, corner + b * reach
    center = corner + (a + b) / np.linalg.norm(a + b) * reach / np.cos(half)
    turn = np.pi - 2 * half
    steps = max(1, int(np.ceil(np.rad2deg(turn) / STEP_DEG)))
    result = []
    for k in range(steps + 1):
        share = k / steps
        weights = np.sin((1 - share) * turn), np.sin(share * turn)
        arm = (weights[0] * (start - center) + weights[1] * (end - center)) / np.sin(turn)
        result.append(center + arm)
    return result


def _thinned(line: Float[Array, "n 2"], tolerance: float) -> Float[Array, "m 2"]:
    if len(line) <= 2:  # noqa: PLR2004
        return line
    chord = line[-1] - line[0]
    length = float(np.hypot(*chord))
    offset = line[1:-1] - line[0]
    if length == 0:
        distance = np.hypot(*offset.T)
    else:
        distance = np.abs(chord[0] * offset[:, 1] - chord[1] * offset[:, 0]) / length
    worst = int(np.argmax(distance))
    if distance[worst] <= tolerance:
        return line[[0, -1]]
    split = worst + 1
    left, right = _thinned(line[: split + 1], tolerance), _thinned(line[split:], tolerance)
    return np.concatenate([left[:-1], right])


def _merged(a: list[int], b: list[int]) -> list[int] | None:
    """Return the loop around two loops that share edges, or None if there is not just one."""
    edges_a, edges_b = (
        {(loop[k], loop[(k + 1) % len(loop)]) for k in range(len(loop))} for loop in (a, b)
    )
    shared = {(i, j) for i, j in edges_a if (j, i) in edges_b}
    if not shared:
        return None
    rest = (edges_a - shared) | {e for e in edges_b if (e[1], e[0]) not in shared}
    after = dict(rest)
    if len(after) != len(rest):
        return None
    start = min(after)
    loop = [start]
    while (following := after.get(loop[-1])) is not None and following != start:
        loop.append(following)
        if len(loop) > len(after):
            return None
    return loop if len(loop) == len(after) else None


def _dent(loop: Float[Array, "n 2"]) -> float:
    """Return how deep the deepest dent of a counter-clockwise loop is [m]."""
    hull = loop[_convex_order(loop, list(range(len(loop))))]
    edge = np.roll(hull, -1, axis=0) - hull
    inward = np.stack([-edge[:, 1], edge[:, 0]], axis=1)
    inward /= np.linalg.norm(inward, axis=1, keepdims=True)
    depth = np.einsum("ek,pek->pe", inward, loop[:, None] - hull[None]).min(axis=1)
    return float(depth.max())


def _convex_order(points: Float[Array, "n 2"], members: list[int]) -> list[int]:
    """Return the members on the convex hull, counter-clockwise (Andrew 1979)."""
    order = sorted(set(members), key=lambda k: (points[k][0], points[k][1]))

    def chain(sequence: list[int]) -> list[int]:
        line: list[int] = []
        for k in sequence:
            while len(line) > 1 and _turn(points, line[-2], line[-1], k) <= 0:
                line.pop()
            line.append(k)
        return line[:-1]

    return chain(order) + chain(order[::-1])


def _turn(points: Float[Array, "n 2"], a: int, b: int, c: int) -> float:
    ab, ac = points[b] - points[a], points[c] - points[a]
    return float(ab[0] * ac[1] - ab[1] * ac[0])
