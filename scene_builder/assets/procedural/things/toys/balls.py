"""Balls: plain ones, and those of many games."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    ball_collider,
)
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import arc, ball_of, globe, sphere, subdivided, tube
from scene_builder.assets.shapes.solid import Solid, carved, joined
from scene_builder.model.arrays import Array


def ball() -> Blueprint:
    """Return a hollow rubber ball with a thick wall."""
    return _rolling(sphere(0.06), 0.06, wall=0.013)


def marble() -> Blueprint:
    """Return a marble."""
    return _rolling(sphere(0.011), 0.011)


def golf_ball() -> Blueprint:
    """Return a golf ball with shallow dimples."""
    r = 0.02135
    centers = _spread(122)

    def dimpled(unit: Float[Array, "n 3"]) -> Float[Array, " n"]:
        nearest = (unit @ centers.T).max(axis=1)
        angle = np.arccos(np.clip(nearest, -1, 1))
        return np.asarray(1 - 0.022 * np.clip(1 - (angle / 0.135) ** 2, 0, 1))

    return _rolling(ball_of(r, r, r, detail=4, shape=dimpled), r)


def basketball() -> Blueprint:
    """Return a basketball (size 7) with its black seams."""
    r = 0.12
    seams = [_great_circle(r, axis) for axis in (0, 2)]
    side = np.sqrt(1 - 0.62**2) * r
    seams += [
        arc((0, y * 0.62 * r, 0), (side, 0, 0), (0, 0, side), (0, 360), 65)[:-1] for y in (-1, 1)
    ]
    return _seamed(r, seams, 0.0016, wall=0.0033, color="#1b1512")


def tennis_ball() -> Blueprint:
    """Return a tennis ball with its white seam."""
    return _seamed(0.0335, [_tennis_seam(0.0335)], 0.0011, wall=0.0055, color="#f3f3ec", fill=2.6)


def baseball() -> Blueprint:
    """Return a baseball with its red stitches."""
    return _seamed(0.03725, [_tennis_seam(0.03725)], 0.0011, wall=None, color="#b3261e", fill=0.78)


def soccer_ball() -> Blueprint:
    """Return a football of twelve black pentagons and twenty white hexagons."""
    r = 0.11
    body = _truncated_icosahedron(r).moved(z=r)
    return Blueprint(
        parts=(Part(solid=body, wall=0.0033),),
        slots=(MAIN, Slot(color="contrast")),
        rolls="any",
        collider=ball_collider(r),
        contact="inflated_rubber",
    )


def beach_ball() -> Blueprint:
    """Return a beach ball of six coloured gores."""
    r = 0.2
    body = turned(list(globe(r)), segments=48)

    def azimuth(c: Array) -> Array:
        return np.asarray(np.floor((np.arctan2(c[:, 1], c[:, 0]) % (2 * np.pi)) / (np.pi / 3)))

    body = body.painted(1, lambda c: azimuth(c) % 2 == 1)
    body = body.painted(2, lambda c: azimuth(c) == 2)  # noqa: PLR2004
    body = body.painted(3, lambda c: azimuth(c) == 4)  # noqa: PLR2004
    return Blueprint(
        parts=(Part(solid=body, wall=0.0006),),
        slots=(MAIN, Slot(color="white"), Slot(color="#1f6fd0"), Slot(color="#f2c21a")),
        rolls="any",
        collider=ball_collider(r),
        contact="inflated_rubber",
    )


def billiard_ball() -> Blueprint:
    """Return a billiard ball with a white spot on either side."""
    r = 0.0285
    body = turned(list(globe(r, rows=30)), segments=48).moved(z=-r).turned("x", 90)
    edge = np.cos(np.deg2rad(24.0))
    body = body.painted(1, lambda c: np.abs(c[:, 1]) > edge * r * 0.999)
    return Blueprint(
        parts=(Part(solid=body.moved(z=r), fill=1.6),),
        slots=(MAIN, Slot(color="#f2eee2")),
        rolls="any",
        collider=ball_collider(r),
    )


def bowling_ball() -> Blueprint:
    """Return a bowling ball with three finger holes."""
    r = 0.1085
    drill = turned([(0.0125, 0), (0.0125, 0.1)], segments=24).moved(z=0.6 * r)
    holes = [drill.turned("x", a).turned("y", b) for a, b in ((22, -9), (22, 9), (49, 0))]
    return _rolling(carved(sphere(r), *holes), r)


def balloon() -> Blueprint:
    """Return a balloon with its knot below."""
    outline = [
        (0.0, 0.0), (0.011, 0.0, 0.002), (0.0035, 0.012, 0.004), (0.012, 0.02, 0.01),
        (0.07, 0.085, 0.06), (0.118, 0.17, 0.1), (0.1, 0.285, 0.09), (0.03, 0.32, 0.05), (0, 0.322),
    ]  # fmt: skip
    return Blueprint(parts=(Part(solid=turned(outline, tolerance=0.004), wall=0.0003),))


def _rolling(solid: Solid, radius: float, *, wall: float | None = None) -> Blueprint:
    return Blueprint(
        parts=(Part(solid=solid.moved(z=radius), wall=wall),),
        rolls="any",
        collider=ball_collider(radius),
    )


def _seamed(
    radius: float,
    seams: list[Float[Array, "_ 3"]],
    thickness: float,
    *,
    wall: float | None,
    color: str,
    fill: float = 1.0,
) -> Blueprint:
    # The seams are sunk in: a third of a millimetre stands out.
    skin = sphere(radius).moved(z=radius)
    lines = [
        tube(seam * (1 - 0.75 * thickness / radius), thickness, closed=True, sides=6).moved(
            z=radius
        )
        for seam in seams
    ]
    marks = joined(*lines).without_hulls()
    return Blueprint(
        parts=(Part(solid=skin, wall=wall, fill=fill), Part(solid=marks, slot=1, fill=0.02)),
        slots=(MAIN, Slot(substance="rubber", color=color)),
        rolls="any",
        collider=ball_collider(radius),
        contact="inflated_rubber" if wall else None,
    )


def _great_circle(radius: float, axis: int) -> Float[Array, "n 3"]:
    u, v = np.eye(3)[(axis + 1) % 3], np.eye(3)[(axis + 2) % 3]
    return arc((0, 0, 0), radius * u, radius * v, (0, 360), 65)[:-1]


def _tennis_seam(radius: float) -> Float[Array, "n 3"]:
    """The seam of tennis balls and baseballs (Banchoff & Giblin 1994, "On the geometry of …")."""
    t = np.linspace(0, 2 * np.pi, 97)[:-1]
    a, b = 0.72, 0.28
    x, y = a * np.cos(t) + b * np.cos(3 * t), a * np.sin(t) - b * np.sin(3 * t)
    points = np.stack([x, y, 2 * np.sqrt(a * b) * np.sin(2 * t)], axis=1)
    return np.asarray(radius * points / np.linalg.norm(points, axis=1, keepdims=True))


def _spread(count: int) -> Float[Array, "n 3"]:
    k = np.arange(count) + 0.5
    z, turn = 1 - 2 * k / count, np.pi * (1 + 5**0.5) * k
    flat = np.sqrt(1 - z**2)
    return np.stack([flat * np.cos(turn), flat * np.sin(turn), z], axis=1)


def _truncated_icosahedron(radius: float) -> Solid:
    base = sphere(1.0, detail=0)
    corners = [
        (2 * base.vertices[a] + base.vertices[b]) / 3
        for t in base.triangles
        for a, b in zip(t, np.roll(t, -1), strict=True)
    ]
    cut = np.array(corners + [(2 * base.vertices[b] + base.vertices[a]) / 3
                              for t in base.triangles
                              for a, b in zip(t, np.roll(t, -1), strict=True)])  # fmt: skip
    unique = np.unique(np.round(cut, 9), axis=0)
    faces = [(_around(unique, vertex, 5), 1) for vertex in base.vertices]
    faces += [(_around(unique, base.vertices[t].mean(axis=0), 6), 0) for t in base.triangles]
    vertices: list[Array] = []
    triangles: list[Array] = []
    slots: list[Array] = []
    for ring, slot in faces:
        fan = np.vstack([ring, ring.mean(axis=0)])
        count = len(ring)
        k = np.arange(count)
        wedge = np.stack([k, (k + 1) % count, np.full(count, count)], axis=1)
        for _ in range(2):
            fan, wedge = subdivided(fan, wedge)
        triangles.append(wedge + sum(map(len, vertices)))
        vertices.append(fan)
        slots.append(np.full(len(wedge), slot, np.int32))
    return _welded(
        np.concatenate(vertices), np.concatenate(triangles), np.concatenate(slots), radius
    )


def _around(
    points: Float[Array, "n 3"], center: Float[Array, "3"], count: int
) -> Float[Array, "k 3"]:
    """Return the `count` points nearest to a centre, counter-clockwise from outside."""
    near = points[np.argsort(((points - center) ** 2).sum(axis=1), kind="stable")[:count]]
    axis = center / np.linalg.norm(center)
    u = near[0] - (near[0] @ axis) * axis
    v = np.cross(axis, u)
    return np.asarray(near[np.argsort(np.arctan2(near @ v, near @ u))])


def _welded(vertices: Float[Array, "v 3"], triangles: Array, slots: Array, radius: float) -> Solid:
    unit = vertices / np.linalg.norm(vertices, axis=1, keepdims=True)
    _, first, index = np.unique(np.round(unit, 6), axis=0, return_index=True, return_inverse=True)
    return Solid(
        vertices=radius * unit[first],
        triangles=index.ravel()[triangles].astype(np.int32),
        slots=slots,
    )
