"""Toothbrushes, toothpaste and hair dryers."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import rounded
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import curve, torus, tube
from scene_builder.assets.shapes.soft import rectangle, ring_painted, soft_slab
from scene_builder.assets.shapes.solid import Solid, joined, support_points
from scene_builder.model.arrays import Array

WHITE = Slot(substance="plastic", color="#f6f6f2")
DARK = Slot(substance="plastic", color="#1d1e21")


def toothbrush() -> Blueprint:
    """Return a toothbrush that lies along X, its bristles up and to the right."""
    line = np.array(
        [(-0.095, 0, 0.006), (-0.05, 0, 0.0068), (-0.01, 0, 0.006), (0.03, 0, 0.0075),
         (0.055, 0, 0.0062), (0.066, 0, 0.0058)]
    )  # fmt: skip
    path = curve(line, 30)
    thick = np.interp(
        path[:, 0],
        [-0.095, -0.092, -0.05, -0.015, 0.02, 0.05, 0.066],
        [0.0028, 0.0046, 0.006, 0.0052, 0.0058, 0.0032, 0.003],
    )
    handle = tube(path, thick, sides=16, pieces=5, squash=0.85)
    head = soft_slab(rectangle(0.031, 0.0125, 0.006), 0.0052, 0.002).moved(0.0795, 0, 0.0032)
    tufts: tuple[list[Solid], list[Solid]] = ([], [])
    for k in range(8):
        for row in (-1, 0, 1):
            if row and k in (0, 7):
                continue
            at = (0.0675 + 0.0034 * k, 0.0034 * row, 0.008)
            high = 0.0105 + 0.0012 * (k in (0, 1, 7))
            tuft = tube(np.array([(0, 0, 0), (0.0, 0, high)]), np.array([0.0014, 0.00165]), sides=7)
            tufts[int(k in (0, 1, 6, 7))].append(tuft.moved(*at))
    brush = box(0.027, 0.01, 0.0105, bevel=0.001).moved(0.0795, 0, 0.008)
    white = joined(*tufts[0])
    bristles = Solid(vertices=white.vertices, triangles=white.triangles, hulls=brush.hulls)
    grip = [
        tube(np.array([(x, 0, 0.0062), (x + 0.0022, 0, 0.0062)]), 0.0063, sides=16, squash=0.86)
        for x in np.arange(-0.066, -0.03, 0.0055)
    ]
    return Blueprint(
        parts=(
            Part(solid=_flattened(handle, 0.0026)), Part(solid=head),
            Part(solid=bristles, slot=1, fill=0.5),
            Part(solid=joined(*tufts[1]).without_hulls(), slot=2, fill=0.5),
            Part(solid=_flattened(joined(*grip).without_hulls(), 0.0026), slot=1, fill=0.1),
        ),
        slots=(MAIN, WHITE, Slot(substance="plastic", color="#3aa0d8")),
    )  # fmt: skip


def _flattened(solid: Solid, floor: float) -> Solid:
    """Return it with what lies below a height pressed flat, so that it does not roll [m]."""

    def pressed(points: Array) -> Array:
        return np.maximum(points, [-np.inf, -np.inf, floor])

    return replace(
        solid,
        vertices=pressed(solid.vertices),
        hulls=tuple(pressed(hull) for hull in solid.hulls),
    )


def toothpaste() -> Blueprint:
    """Return a tube of toothpaste that lies along X, its cap to the right."""
    sides = 48
    x = np.concatenate([[-0.088, -0.0875], np.linspace(-0.079, 0.052, 22), [0.0545, 0.056]])
    t = np.clip((x + 0.079) / 0.131, 0, 1)
    half_y = np.interp(t, [0, 1], [0.0275, 0.0185])
    half_z = 0.0009 + 0.0176 * np.sin(np.pi / 2 * t) ** 0.75
    shrink = np.interp(x, [-0.088, -0.0875, 0.052, 0.0545, 0.056], [0.97, 1, 1, 0.93, 0.5])
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    sway = np.interp(x, [-0.079, -0.06, 0.03, 0.05], [0, 0.008, 0.008, 0])
    rings = [
        np.column_stack(
            [at + w * np.sin(1.7 * np.cos(angle)), s * y * np.cos(angle), s * z * np.sin(angle) + z]
        )
        for at, w, y, z, s in zip(x, sway, half_y, half_z, shrink, strict=True)
    ]
    skin = skinned(rings, (-0.088, 0, half_z[0]), (0.056, 0, half_z[-1]))
    hulls = tuple(
        support_points(np.concatenate(rings[a : b + 1]), 48) for a, b in ((0, 9), (9, 17), (17, 25))
    )
    between = (x[1:] + x[:-1]) / 2
    bands = np.where((between > -0.06) & (between < 0.024), 1, 0)  # noqa: PLR2004
    bands = np.where((between > 0.03) & (between < 0.036), 2, bands)  # noqa: PLR2004
    body = ring_painted(skin, np.repeat(bands[:, None], sides, axis=1))
    middle = float(half_z[-1])
    neck = turned([(0.0085, 0), (0.0085, 0.01)], segments=24)
    lid = _cap()
    return Blueprint(
        parts=(
            Part(solid=replace(body, hulls=hulls), fill=1.2),
            Part(solid=neck.turned("y", 90).moved(0.054, 0, middle)),
            Part(solid=lid.turned("y", 90).moved(0.0605, 0, middle), slot=2),
        ),
        slots=(WHITE, Slot(substance="plastic", dyed=True),
               Slot(substance="plastic", color="#d42a34")),
    )  # fmt: skip


def _cap() -> Solid:
    """Return the ribbed cap of a tube, pointing up."""
    cap = turned([(0.0125, 0, 0.001), (0.0108, 0.021, 0.002), (0, 0.021)], segments=32)
    ribs = [
        box(0.0009, 0.0012, 0.015, bevel=0).moved(x=0.012).turned("y", -4.5).turned("z", 15 * k)
        for k in range(24)
    ]
    return joined(cap, *(rib.moved(z=0.002).without_hulls() for rib in ribs))


def hair_dryer() -> Blueprint:
    """Return a hair dryer that lies on its side, blowing to the right, its grip to the front."""
    barrel = turned(
        [(0.034, -0.085), (0.04, -0.08, 0.004), (0.0425, -0.03, 0.05), (0.039, 0.03, 0.04),
         (0.0285, 0.072, 0.01), (0.0285, 0.082, 0.001)]
    ).turned("y", 90)  # fmt: skip
    grip = tube(
        curve(np.array([(-0.022, -0.02, 0), (-0.018, -0.07, 0), (-0.01, -0.165, 0)]), 14),
        np.concatenate([np.linspace(0.0225, 0.0185, 12), [0.0165, 0.012]]),
        sides=20, pieces=13, squash=1.15,
    )  # fmt: skip
    slot = lathe(rounded([(0.0418, 0), (0.0432, 0), (0.0432, 0.006), (0.0418, 0.006)]), segments=40)
    keys = joined(
        box(0.009, 0.006, 0.018, bevel=0.0015).moved(0.0065, -0.075, -0.009),
        box(0.009, 0.006, 0.018, bevel=0.0015).moved(0.008, -0.098, -0.009),
    )
    rear, grille = _intake()
    beak, cord = _beak(), _cord().moved(x=-0.015, y=0.085)
    trim = slot.turned("y", 90).moved(x=0.05).scaled(1, 0.86, 0.86)

    # It lies along the tapering barrel and on the end of the grip, which is thinner.
    def place(solid: Solid) -> Solid:
        return solid.turned("y", 3.3).turned("x", 8.6).moved(x=-0.015, y=0.085)

    return Blueprint(
        parts=(
            Part(solid=place(barrel), wall=0.003), Part(solid=place(grip), fill=0.5),
            Part(solid=place(beak), slot=1, fill=0.3),
            Part(solid=joined(place(joined(rear, keys)), cord).without_hulls(), slot=1, fill=0.3),
            Part(solid=place(joined(grille, trim)).without_hulls(), slot=2, fill=0.1),
        ),
        slots=(MAIN, DARK, Slot(substance="steel")),
    )  # fmt: skip


def _beak() -> Solid:
    """Return the flat nozzle of a hair dryer."""
    flat = [
        np.column_stack([np.full(32, at), y * circle[:, 0], z * circle[:, 1]])
        for circle in [_unit_circle(32)]
        for at, y, z in ((0.074, 0.026, 0.026), (0.084, 0.027, 0.0255), (0.104, 0.034, 0.013),
                         (0.118, 0.036, 0.0095))
    ]  # fmt: skip
    nozzle = skinned(flat, (0.074, 0, 0), (0.11, 0, 0))
    return Solid(
        vertices=nozzle.vertices,
        triangles=nozzle.triangles,
        hulls=(support_points(np.concatenate(flat), 40),),
    )


def _intake() -> tuple[Solid, Solid]:
    """Return the dark back of a hair dryer and the rings over it."""
    rims = [torus(r, 0.0017, segments=28, sides=6) for r in (0.008, 0.017, 0.026, 0.034)]
    back = turned([(0.0345, 0), (0.0345, 0.003)], segments=40)
    return back.turned("y", 90).moved(x=-0.0875), joined(
        *(s.turned("y", 90).moved(x=-0.0865) for s in rims)
    )


def _cord() -> Solid:
    """Return the beginning of a hair dryer's cord, which comes to lie on the ground."""
    return tube(
        curve(
            np.array([(-0.01, -0.158, -0.027), (-0.008, -0.19, -0.031), (0.02, -0.215, -0.034),
                      (0.06, -0.19, -0.0362), (0.09, -0.15, -0.0362)]), 24,
        ),
        0.0032, sides=8,
    )  # fmt: skip


def _unit_circle(count: int) -> Array:
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    return np.column_stack([np.cos(angle), np.sin(angle)])
