"""Boxes, wedges, prisms and other things with flat faces."""

import manifold3d
import numpy as np
from jaxtyping import Float

from scene_builder.assets.shapes.polygons import convex_pieces, simplified
from scene_builder.assets.shapes.solid import Point, Solid, convex, solid_of
from scene_builder.model.arrays import Array


def box(x: float, y: float, z: float, *, bevel: float = 0.002) -> Solid:
    """Return a box of full edges x, y, z [m] that stands on z = 0, its edges cut by `bevel` [m]."""
    cut = min(bevel, 0.2 * min(x, y, z))
    half = np.array([x, y, z]) / 2
    corners = np.array(np.meshgrid([-1, 1], [-1, 1], [-1, 1], indexing="ij")).reshape(3, -1).T
    points = [corners * (half - cut * (1 - np.eye(3)[k])) for k in range(3)]
    skin = convex(np.concatenate(points))
    # The convex piece keeps its eight corners: simulators have an exact box for that.
    piece = Solid(vertices=skin.vertices, triangles=skin.triangles, hulls=(corners * half,))
    return piece.moved(z=z / 2)


def open_box(x: float, y: float, z: float, *, wall: float, floor: float) -> list[Solid]:
    """Return the five boards of an open box that stands on z = 0 [m]: floor, then walls."""
    inner = x - 2 * wall
    return [
        box(inner, y - 2 * wall, floor, bevel=0.0005),
        box(x, wall, z, bevel=wall * 0.2).moved(y=-(y - wall) / 2),
        box(x, wall, z, bevel=wall * 0.2).moved(y=(y - wall) / 2),
        box(wall, y - 2 * wall, z, bevel=wall * 0.2).moved(x=-(x - wall) / 2),
        box(wall, y - 2 * wall, z, bevel=wall * 0.2).moved(x=(x - wall) / 2),
    ]


def tapered_box(
    low: tuple[float, float], high: tuple[float, float], z: float, *, bevel: float = 0.002
) -> Solid:
    """Return a frustum with edges `low` at z = 0 and `high` at z [m]."""
    cut = min(bevel, 0.2 * min(*low, *high, z))
    layers = []
    for (sx, sy), level, inset in (
        (low, 0.0, cut), (low, cut, 0.0), (high, z - cut, 0.0), (high, z, cut),
    ):  # fmt: skip
        hx, hy = sx / 2 - inset, sy / 2 - inset
        layers += [
            (hx - cut, hy, level), (cut - hx, hy, level), (hx - cut, -hy, level),
            (cut - hx, -hy, level), (hx, hy - cut, level), (-hx, hy - cut, level),
            (hx, cut - hy, level), (-hx, cut - hy, level),
        ]  # fmt: skip
    return convex(np.array(layers))


def bar(start: Point, end: Point, width: float, depth: float) -> Solid:
    """Return a straight bevelled bar between two points, `width` across and `depth` front to back.

    The width lies in the plane of the bar and X where the bar is upright [m].
    """
    start, end = np.asarray(start, float), np.asarray(end, float)
    axis = end - start
    length = float(np.linalg.norm(axis))
    w = axis / length
    side = np.array([1.0, 0, 0]) if abs(w[0]) < 0.9 else np.array([0, 0, 1.0])  # noqa: PLR2004
    v = np.cross(w, side)
    v /= np.linalg.norm(v)
    u = np.cross(v, w)
    made = box(width, depth, length, bevel=0.12 * min(width, depth))
    matrix = np.stack([u, v, w], axis=1)

    def place(points: Float[Array, "_ 3"]) -> Float[Array, "_ 3"]:
        return np.asarray(points @ matrix.T + start)

    return Solid(
        vertices=place(made.vertices),
        triangles=made.triangles,
        hulls=tuple(place(hull) for hull in made.hulls),
    )


def prism(
    outline: Float[Array, "_ 2"], height: float, *holes: Float[Array, "_ 2"], pieces: bool = True
) -> Solid:
    """Return an outline in the x-y plane raised to `height`.

    Args:
        outline: Corners, counter-clockwise [m].
        height: [m].
        holes: Outlines of holes, counter-clockwise [m].
        pieces: Whether it gets convex pieces; ornaments need none.
    """
    loops = [np.array(outline, np.float64, order="C")]
    loops += [np.array(hole[::-1], np.float64, order="C") for hole in holes]
    section = manifold3d.CrossSection(loops, manifold3d.FillRule.Positive)
    body = solid_of(manifold3d.Manifold.extrude(section, height))
    if not pieces:
        return body
    size = float(np.ptp(outline, axis=0).max())
    tolerance = min(0.001, 0.01 * size)
    polygons = convex_pieces([simplified(loop, tolerance / 2) for loop in loops], tolerance)
    hulls = tuple(
        np.concatenate([np.column_stack([p, np.full(len(p), z)]) for z in (0.0, height)])
        for p in polygons
    )
    return Solid(vertices=body.vertices, triangles=body.triangles, hulls=hulls)


def chamfered_prism(outline: Float[Array, "n 2"], height: float, bevel: float) -> Solid:
    """Return a convex outline raised to `height`, its upper and lower edges cut by `bevel` [m]."""
    center = outline.mean(axis=0)
    reach = np.linalg.norm(outline - center, axis=1, keepdims=True)
    inset = center + (outline - center) * (1 - bevel / reach)
    layers = [(inset, 0.0), (outline, bevel), (outline, height - bevel), (inset, height)]
    return convex(np.concatenate([np.column_stack([p, np.full(len(p), z)]) for p, z in layers]))
