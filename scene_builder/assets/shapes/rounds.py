"""Spheres, and tubes along a path."""

import functools
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int

from scene_builder.assets.shapes.solid import Point, Solid
from scene_builder.model.arrays import Array

Shape = Callable[[Float[Array, "n 3"]], Float[Array, " n"]]


def sphere(radius: float, *, detail: int = 4) -> Solid:
    """Return a sphere about the origin, as an icosahedron whose triangles are cut `detail` times.

    Args:
        radius: [m].
        detail: 3 gives 1,280 triangles, 4 gives 5,120.
    """
    vertices, triangles = _icosphere(detail)
    coarse, _ = _icosphere(1)
    # Pushed out a little, so that the 42 corners enclose as much as the sphere does.
    return Solid(vertices=radius * vertices, triangles=triangles, hulls=(1.06 * radius * coarse,))


def ball_of(x: float, y: float, z: float, *, detail: int = 3, shape: Shape | None = None) -> Solid:
    """Return an ellipsoid about the origin with half axes x, y, z [m].

    Args:
        x: Half axis [m].
        y: Half axis [m].
        z: Half axis [m].
        detail: 3 gives 1,280 triangles, 4 gives 5,120.
        shape: Factor on the distance from the centre for each direction (n 3); None is 1.
    """
    unit, triangles = _icosphere(detail)
    far = np.ones(len(unit)) if shape is None else shape(unit)
    vertices = unit * far[:, None] * np.array([x, y, z])
    if shape is not None:
        return Solid(vertices=vertices, triangles=triangles).with_hull()
    # Subdividing keeps the first vertices: they are the coarse sphere's, with 42 corners.
    return Solid(
        vertices=vertices, triangles=triangles, hulls=(1.03 * vertices[: 42 if detail else 12],)
    )


def globe(radius: float, *, rows: int = 24) -> tuple[tuple[float, float], ...]:
    """Return the outline (radius, height) of a sphere that stands on z = 0, for the lathe [m]."""
    angle = np.linspace(-np.pi / 2, np.pi / 2, rows + 1)
    radii = np.maximum(radius * np.cos(angle), 0)
    radii[[0, -1]] = 0
    return tuple(zip(radii.tolist(), (radius + radius * np.sin(angle)).tolist(), strict=True))


def subdivided(
    vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"]
) -> tuple[Float[Array, "w 3"], Int[Array, "u 3"]]:
    """Cut every triangle into four at the middles of its edges; vertices stay shared."""
    edges = np.sort(triangles[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    unique, index = np.unique(edges, axis=0, return_inverse=True)
    middle = len(vertices) + index.reshape(-1, 3)
    a, b, c = triangles.T
    ab, bc, ca = middle.T
    cut = [(a, ab, ca), (b, bc, ab), (c, ca, bc), (ab, bc, ca)]
    new = np.concatenate([vertices, vertices[unique].mean(axis=1)])
    return new, np.concatenate([np.stack(t, axis=1) for t in cut]).astype(np.int32)


def tube(
    path: Float[Array, "n 3"],
    radius: float | Float[Array, " n"],
    *,
    closed: bool = False,
    sides: int = 12,
    pieces: int = 6,
    squash: float = 1.0,
) -> Solid:
    """Return a round bar along a path, with flat ends; `closed` joins the last point to the first.

    Args:
        path: Middle line [m].
        radius: One radius, or one for each point [m].
        closed: Whether it is a ring.
        sides: Corners of its cross-section.
        pieces: Convex pieces along it.
        squash: Factor on its thickness along the cross-section's second direction.
    """
    path = np.asarray(path, float)
    frames = _frames(path, closed=closed)
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    circle = np.stack([np.cos(angle), squash * np.sin(angle)])
    radii = np.broadcast_to(np.asarray(radius, float), (len(path),))
    rings = path[:, None] + radii[:, None, None] * np.einsum("nkd,ks->nsd", frames, circle)
    triangles = _skin(len(path), sides, closed=closed)
    vertices = rings.reshape(-1, 3)
    if not closed:
        ends = np.stack([path[0], path[-1]])
        vertices, triangles = _capped(vertices, triangles, ends, sides)
    hulls = _runs(rings, pieces, closed=closed)
    return Solid(vertices=vertices, triangles=triangles, hulls=hulls)


def torus(radius: float, thickness: float, *, segments: int = 48, sides: int = 12) -> Solid:
    """Return a ring about Z, centred on the origin: middle radius and bar radius [m]."""
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    path = radius * np.stack([np.cos(angle), np.sin(angle), np.zeros(segments)], axis=1)
    return tube(path, thickness, closed=True, sides=sides, pieces=16)


def arc(
    center: Point,
    u: Point,
    v: Point,
    angles_deg: tuple[float, float],
    count: int = 16,
) -> Float[Array, "n 3"]:
    """Return points of the ellipse `center + u cos + v sin` between two angles [m]."""
    angle = np.deg2rad(np.linspace(*angles_deg, count))[:, None]
    return np.asarray(
        np.asarray(center) + np.cos(angle) * np.asarray(u) + np.sin(angle) * np.asarray(v)
    )


def curve(points: Float[Array, "n 3"], count: int = 24) -> Float[Array, "m 3"]:
    """Return a smooth line through points (Catmull & Rom 1974) [m]."""
    p = np.asarray(points, float)
    p = np.concatenate([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    at = np.linspace(0, len(p) - 3, count)
    k = np.minimum(at.astype(int), len(p) - 4)
    t = (at - k)[:, None]
    a, b, c, d = p[k], p[k + 1], p[k + 2], p[k + 3]
    return np.asarray(
        0.5
        * (
            2 * b
            + (c - a) * t
            + (2 * a - 5 * b + 4 * c - d) * t**2
            + (3 * b - a - 3 * c + d) * t**3
        )
    )


@functools.cache
def _icosphere(detail: int) -> tuple[Float[Array, "v 3"], Int[Array, "t 3"]]:
    vertices, triangles = _icosahedron()
    for _ in range(detail):
        vertices, triangles = subdivided(vertices, triangles)
        vertices = vertices / np.linalg.norm(vertices, axis=1, keepdims=True)
    vertices.setflags(write=False)
    triangles.setflags(write=False)
    return vertices, triangles


def _icosahedron() -> tuple[Float[Array, "12 3"], Int[Array, "20 3"]]:
    g = (1 + 5**0.5) / 2
    vertices = np.array(
        [
            [-1, g, 0], [1, g, 0], [-1, -g, 0], [1, -g, 0], [0, -1, g], [0, 1, g],
            [0, -1, -g], [0, 1, -g], [g, 0, -1], [g, 0, 1], [-g, 0, -1], [-g, 0, 1],
        ]
    )  # fmt: skip
    triangles = np.array(
        [
            [0, 11, 5], [0, 5, 1], [0, 1, 7], [0, 7, 10], [0, 10, 11], [1, 5, 9], [5, 11, 4],
            [11, 10, 2], [10, 7, 6], [7, 1, 8], [3, 9, 4], [3, 4, 2], [3, 2, 6], [3, 6, 8],
            [3, 8, 9], [4, 9, 5], [2, 4, 11], [6, 2, 10], [8, 6, 7], [9, 8, 1],
        ],
        np.int32,
    )  # fmt: skip
    return vertices / np.linalg.norm(vertices[0]), triangles


def _frames(path: Float[Array, "n 3"], *, closed: bool) -> Float[Array, "n 2 3"]:
    """Return two directions across the path at each point (parallel transport, Bishop 1975)."""
    if closed:
        tangent = np.roll(path, -1, axis=0) - np.roll(path, 1, axis=0)
    else:
        tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    spread = np.linalg.svd(path - path.mean(axis=0))[2][2]
    first = np.cross(spread, tangent[0])
    if np.linalg.norm(first) < 1e-6:  # noqa: PLR2004
        first = np.cross(np.eye(3)[np.argmin(np.abs(tangent[0]))], tangent[0])
    frames = []
    for t in tangent:
        first = first - (first @ t) * t
        first = first / np.linalg.norm(first)
        frames.append((first, np.cross(t, first)))
    return np.array(frames)


def _skin(count: int, sides: int, *, closed: bool) -> Int[Array, "t 3"]:
    rows = count if closed else count - 1
    index = np.arange(count * sides).reshape(count, sides)
    low = index[:rows]
    high = np.roll(index, -1, axis=0)[:rows]
    low_next, high_next = np.roll(low, -1, axis=1), np.roll(high, -1, axis=1)
    quads = [(low, low_next, high_next), (low, high_next, high)]
    return np.asarray(
        np.concatenate([np.stack([a.ravel() for a in q], axis=1) for q in quads]).astype(np.int32)
    )


def _capped(
    vertices: Float[Array, "v 3"],
    triangles: Int[Array, "t 3"],
    ends: Float[Array, "2 3"],
    sides: int,
) -> tuple[Float[Array, "w 3"], Int[Array, "u 3"]]:
    count = len(vertices)
    first = np.arange(sides)
    last = first + count - sides
    start = np.stack([np.roll(first, -1), first, np.full(sides, count)], axis=1)
    end = np.stack([last, np.roll(last, -1), np.full(sides, count + 1)], axis=1)
    return np.concatenate([vertices, ends]), np.concatenate([triangles, start, end]).astype(
        np.int32
    )


def _runs(
    rings: Float[Array, "n s 3"], pieces: int, *, closed: bool
) -> tuple[Float[Array, "_ 3"], ...]:
    count = len(rings) if closed else len(rings) - 1
    cuts = np.unique(np.linspace(0, count, min(pieces, count) + 1).round().astype(int))
    # Every corner, or those at eighths of a turn: the lowest one must be among them.
    step = rings.shape[1] // 8 if rings.shape[1] % 8 == 0 else 1
    return tuple(
        np.concatenate([rings[a][::step], rings[b % len(rings)][::step]]) for a, b in pairwise(cuts)
    )
