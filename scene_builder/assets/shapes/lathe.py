"""Surfaces of revolution: what a potter's wheel and a turner's lathe make."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int

from scene_builder.assets.shapes.polygons import convex_pieces, rounded, simplified
from scene_builder.assets.shapes.solid import Solid
from scene_builder.model.arrays import Array

ON_AXIS = 1e-9
SMOOTH_DEG = 35.0
MOST_CORNERS = 96


def lathe(
    profile: Float[Array, "n 2"],
    *,
    segments: int = 48,
    sides: int = 16,
    tolerance: float | None = None,
) -> Solid:
    """Return the solid that a closed profile sweeps when it turns about Z.

    Args:
        profile: Closed polygon of (radius, height), counter-clockwise with the radius to the
            right and the height up: outer side upwards, then inner side or axis downwards [m].
        segments: Corners of a circle of the surface.
        sides: Pieces around the axis into which a hollow part is cut for collisions.
        tolerance: How far the convex pieces may be off the surface [m]; None is 1 % of the size,
            at most 1 mm.
    """
    profile = _counter_clockwise(np.asarray(profile, float))
    size = float(np.ptp(profile, axis=0).max())
    tolerance = min(0.001, 0.01 * size) if tolerance is None else tolerance
    vertices, triangles = _revolved(_with_support_loops(profile), segments)
    pieces = convex_pieces([simplified(profile, tolerance)], tolerance)
    hulls = [hull for piece in pieces for hull in _swept(piece, sides)]
    return Solid(vertices=vertices, triangles=triangles, hulls=tuple(hulls))


def turned(
    outline: Sequence[tuple[float, ...]], *, segments: int = 48, tolerance: float | None = None
) -> Solid:
    """Return a solid without a hollow, from its outline of (radius, height[, rounding]) upwards.

    The outline may start and end off the axis; it is closed along it. The solid is cut into
    slices, each of them convex.
    """
    outline = [(float(corner[0]), *map(float, corner[1:])) for corner in outline]
    line = rounded(outline)
    if line[0, 0] > ON_AXIS:
        line = np.concatenate([[[0.0, line[0, 1]]], line])
    if line[-1, 0] > ON_AXIS:
        line = np.concatenate([line, [[0.0, line[-1, 1]]]])
    size = float(np.ptp(line, axis=0).max())
    tolerance = min(0.001, 0.01 * size) if tolerance is None else tolerance
    vertices, triangles = _revolved(_with_support_loops(line), segments)
    hulls = tuple(_disc(chunk) for chunk in _slices(_thin(line, tolerance), tolerance))
    return Solid(vertices=vertices, triangles=triangles, hulls=hulls)


def vessel_profile(
    outer: list[tuple[float, ...]], *, wall: float, floor: float, rim: float | None = None
) -> Float[Array, "n 2"]:
    """Return the closed profile of an open vessel of even wall thickness.

    Args:
        outer: Outline from the axis at the base to the rim: (radius, height[, rounding]) [m].
        wall: Thickness of the wall [m].
        floor: Thickness of the floor [m].
        rim: Rounding of the rim [m]; None rounds it fully.
    """
    corners = np.array([corner[:2] for corner in outer])
    inner = _inset(corners, wall, floor)
    lip = wall * 0.49 if rim is None else rim
    roundings = [corner[2] if len(corner) > 2 else 0.0 for corner in outer]  # noqa: PLR2004
    rising = [(*corner, r) for corner, r in zip(corners, roundings, strict=True)]
    rising[-1] = (*corners[-1], lip)
    falling = [
        (*corner, max(r - wall, 0.3 * r)) for corner, r in zip(inner, roundings, strict=True)
    ]
    falling[-1] = (*inner[-1], lip)
    loop = [*rising, *falling[::-1]]
    return rounded([tuple(float(v) for v in corner) for corner in loop])


def _inset(corners: Float[Array, "n 2"], wall: float, floor: float) -> Float[Array, "m 2"]:
    """Return the inner side of an outline that starts on the axis and ends at the rim."""
    lines = []
    for k in range(len(corners) - 1):
        along = corners[k + 1] - corners[k]
        along = along / np.linalg.norm(along)
        normal = np.array([-along[1], along[0]])
        flat = abs(along[1]) < abs(along[0]) * 0.2 and normal[1] > 0
        lines.append((corners[k] + normal * (floor if flat else wall), along))
    result = [np.array([0.0, lines[0][0][1]])]
    for (p, u), (q, v) in pairwise(lines):
        cross = u[0] * v[1] - u[1] * v[0]
        if abs(cross) < 1e-6:  # noqa: PLR2004
            result.append(q)
            continue
        step = ((q - p)[0] * v[1] - (q - p)[1] * v[0]) / cross
        result.append(p + u * step)
    p, u = lines[-1]
    top = corners[-1, 1]
    result.append(p + u * ((top - p[1]) / u[1]) if abs(u[1]) > 1e-6 else p + u)  # noqa: PLR2004
    return np.array(result)


def _counter_clockwise(loop: Float[Array, "n 2"]) -> Float[Array, "n 2"]:
    x, y = loop.T
    area = float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum())
    return loop if area > 0 else loop[::-1]


def _with_support_loops(profile: Float[Array, "n 2"]) -> Float[Array, "m 2"]:
    """Add a ring beside every smooth bend, so that the bend's shading stays where the bend is."""
    count = len(profile)
    edges = np.roll(profile, -1, axis=0) - profile
    lengths = np.maximum(np.hypot(*edges.T), 1e-12)
    heading = np.rad2deg(np.arctan2(edges[:, 1], edges[:, 0]))
    bend = np.abs((heading - np.roll(heading, 1) + 180) % 360 - 180)
    smooth = (bend > 8) & (bend < SMOOTH_DEG)  # noqa: PLR2004
    result = []
    for k in range(count):
        result.append(profile[k])
        reach = 1.2 * min(lengths[k - 1], lengths[(k + 1) % count])
        axis = profile[k, 0] < ON_AXIS and profile[(k + 1) % count, 0] < ON_AXIS
        if lengths[k] < 3.5 * reach or axis:
            continue
        direction = edges[k] / lengths[k]
        if smooth[k]:
            result.append(profile[k] + direction * reach)
        if smooth[(k + 1) % count]:
            result.append(profile[(k + 1) % count] - direction * reach)
    return np.array(result)


def _revolved(
    profile: Float[Array, "n 2"], segments: int
) -> tuple[Float[Array, "v 3"], Int[Array, "t 3"]]:
    angle = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    ring = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    vertices: list[Float[Array, "_ 3"]] = []
    rings: list[Int[Array, " s"]] = []
    total = 0
    for radius, height in profile:
        pole = radius < ON_AXIS
        flat = np.zeros((1, 2)) if pole else radius * ring
        vertices.append(np.column_stack([flat, np.full(len(flat), height)]))
        rings.append(np.full(segments, total) if pole else total + np.arange(segments))
        total += len(flat)
    triangles = [
        quad for k in range(len(profile)) for quad in _band(rings[k], rings[(k + 1) % len(profile)])
    ]
    return np.concatenate(vertices), np.concatenate(triangles).astype(np.int32)


def _band(low: Int[Array, " s"], high: Int[Array, " s"]) -> list[Int[Array, "t 3"]]:
    low_next, high_next = np.roll(low, -1), np.roll(high, -1)
    low_pole, high_pole = low[0] == low[1], high[0] == high[1]
    bands = []
    if not low_pole:
        bands.append(np.stack([low, low_next, high_next], axis=1))
    if not high_pole:
        bands.append(np.stack([low, high_next, high], axis=1))
    return bands


def _swept(piece: Float[Array, "n 2"], sides: int) -> list[Float[Array, "_ 3"]]:
    if (piece[:, 0] < ON_AXIS).sum() > 1:
        return [_disc(piece)]
    angle = np.linspace(0, 2 * np.pi, sides + 1)
    hulls = []
    for a, b in pairwise(angle):
        sections = [
            np.column_stack([piece[:, 0] * np.cos(t), piece[:, 0] * np.sin(t), piece[:, 1]])
            for t in (a, b)
        ]
        hulls.append(np.concatenate(sections))
    return hulls


def _disc(piece: Float[Array, "n 2"]) -> Float[Array, "h 3"]:
    rims = piece[piece[:, 0] >= ON_AXIS]
    count = 32 if len(rims) * 32 <= MOST_CORNERS else 24 if len(rims) * 24 <= MOST_CORNERS else 16
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    # Corners stand out as far as the sides between them stay behind.
    out = 2 / (1 + np.cos(np.pi / count))
    rings = [
        np.column_stack([r * out * np.cos(angle), r * out * np.sin(angle), np.full(count, z)])
        for r, z in rims
    ]
    poles = [np.array([[0.0, 0.0, z]]) for r, z in piece if r < ON_AXIS]
    return np.concatenate([*rings, *poles])


def _thin(line: Float[Array, "n 2"], tolerance: float) -> Float[Array, "m 2"]:
    """Return a polyline from axis to axis with fewer corners."""
    loop = simplified(line, tolerance)
    start = int(np.argmin(np.abs(loop - line[0]).sum(axis=1)))
    return np.roll(loop, -start, axis=0)


def _slices(line: Float[Array, "n 2"], tolerance: float) -> list[Float[Array, "_ 2"]]:
    """Cut an outline into runs that are convex together with the axis; at most four rings each."""
    slices, start = [], 0
    while start < len(line) - 1:
        end = start + 1
        while (
            end + 1 < len(line)
            and end - start < 3  # noqa: PLR2004
            and _bulges(line[start : end + 2], tolerance)
        ):
            end += 1
        slices.append(line[start : end + 1])
        start = end
    closed = [_to_axis(run) for run in slices]
    return [run for run in closed if np.ptp(run[:, 1]) > 1e-6 and run[:, 0].max() > ON_AXIS]  # noqa: PLR2004


def _bulges(run: Float[Array, "n 2"], tolerance: float) -> bool:
    loop = _to_axis(run)
    return len(convex_pieces([_counter_clockwise(loop)], tolerance)) == 1


def _to_axis(run: Float[Array, "n 2"]) -> Float[Array, "m 2"]:
    low = [] if run[0, 0] < ON_AXIS else [[0.0, run[0, 1]]]
    high = [] if run[-1, 0] < ON_AXIS else [[0.0, run[-1, 1]]]
    return np.concatenate([np.array(low).reshape(-1, 2), run, np.array(high).reshape(-1, 2)])
