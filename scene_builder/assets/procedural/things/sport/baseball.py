"""Baseball bats and gloves."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import curve, torus, tube
from scene_builder.assets.shapes.sheets import thickened
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

LACE = Slot(substance="leather", color="#e2c48f")
DEEP = Slot(substance="leather", color="#5a3318")


def baseball_bat() -> Blueprint:
    """Return a baseball bat that lies along X on its barrel and its knob."""
    long, barrel, knob = 0.85, 0.033, 0.0245
    outline = [
        (0.0, 0.0), (0.02, 0.0, 0.006), (knob, 0.006, 0.004), (knob, 0.013, 0.005),
        (0.013, 0.026, 0.01), (0.0125, 0.2, 0.1), (0.0155, 0.34, 0.1), (0.026, 0.54, 0.15),
        (barrel, 0.66, 0.15), (barrel, 0.82, 0.02), (0.026, long, 0.012), (0.0, long),
    ]  # fmt: skip
    body = turned(outline, segments=40)

    def gripped(c: Array) -> Array:
        return np.asarray((c[:, 2] > 0.024) & (c[:, 2] < 0.3))  # noqa: PLR2004

    t = np.linspace(0, 1, 160)
    radius = np.interp(0.03 + 0.24 * t, [0.03, 0.2, 0.34], [0.0129, 0.0125, 0.0155])
    turn = 2 * np.pi * 16 * t
    tape = tube(np.column_stack([radius * np.cos(turn), radius * np.sin(turn), 0.03 + 0.24 * t]),
                0.0016, sides=5)  # fmt: skip
    rings = joined(*(torus(0.0326 + 0.0004, 0.0007, segments=40, sides=6).moved(z=z)
                     for z in (0.7, 0.706)))  # fmt: skip
    tilt = 90 + float(np.rad2deg(np.arcsin((barrel - knob) / 0.73)))

    def laid(s: Solid) -> Solid:
        return s.turned("y", tilt).moved(-long / 2, 0, 0.0262)

    drop = -float(laid(body).vertices[:, 2].min())
    return Blueprint(
        parts=(
            Part(solid=laid(body.painted(1, gripped)).moved(z=drop)),
            Part(solid=laid(joined(tape).without_hulls()).moved(z=drop), slot=1, fill=0.3),
            Part(solid=laid(rings.without_hulls()).moved(z=drop), slot=1, fill=0.1),
        ),
        slots=(MAIN, Slot(substance="rubber", color="#1d1c1c")),
    )


def _bowl(points: Float[Array, "*n 2"]) -> Float[Array, "*n 3"]:
    """Return places on the inside of the glove's pocket above points of the x-y plane [m]."""
    x, y = points[..., 0], points[..., 1]
    far2 = (x / 1.05) ** 2 + (y - 0.0) ** 2
    return np.stack([x, y, 0.024 + 0.115 * (1 - np.exp(-far2 / 0.021))], axis=-1)


def baseball_glove() -> Blueprint:
    """Return a fielder's glove on its back: four fingers and a thumb around a laced pocket."""
    fingers = []
    tips = ((-0.128, 0.072), (-0.09, 0.128), (-0.042, 0.152), (0.012, 0.15))
    roots = ((-0.052, -0.03), (-0.034, 0.0), (-0.012, 0.008), (0.012, 0.006))
    thumb = np.array([(0.03, -0.055), (0.078, -0.02), (0.104, 0.04), (0.098, 0.1)])
    lines = [np.linspace(a, b, 4) for a, b in zip(roots, tips, strict=True)] + [thumb]
    for line in lines:
        path = curve(_bowl(line), 14) - [0, 0, 0.007]
        width = 0.0245 * np.interp(np.arange(14), [0, 4, 9, 11, 12, 13], [0.8, 1, 1, 0.9, 0.7, 0.3])
        fingers.append(tube(path, width, sides=14, pieces=3))
    a = np.linspace(0, 2 * np.pi, 41)[:, None]
    r = np.linspace(0.02, 1, 9)[None]
    reach = np.stack([0.088 * r * np.cos(a) - 0.006, 0.1 * r * np.sin(a) + 0.012], axis=2)
    palm = thickened(_bowl(reach), 0.012)
    palm = palm.with_hull(48)
    heel_line = np.array([(-0.082, -0.01), (-0.07, -0.062), (-0.02, -0.098), (0.036, -0.09),
                          (0.062, -0.045)])  # fmt: skip
    heel = tube(curve(_bowl(heel_line), 22), np.interp(np.arange(22), [0, 4, 17, 21],
                [0.012, 0.024, 0.024, 0.014]), sides=14, pieces=5)  # fmt: skip
    web, laces = _web_and_laces(lines)
    strap = tube(curve(_bowl(np.array([(-0.075, -0.07), (-0.01, -0.118), (0.06, -0.08)])), 16)
                 - [0, 0, 0.012], 0.02, sides=10, squash=0.45, pieces=3)  # fmt: skip
    return Blueprint(
        parts=(
            Part(solid=joined(*fingers, heel), fill=0.32),
            Part(solid=palm, slot=1, fill=0.5),
            Part(solid=joined(*web).without_hulls(), slot=1, fill=0.6),
            Part(solid=joined(*laces).without_hulls(), slot=2, fill=0.6),
            Part(solid=strap.without_hulls(), slot=1, fill=0.3),
        ),
        slots=(MAIN, DEEP, LACE),
    )


def _web_and_laces(lines: list[Float[Array, "_ 2"]]) -> tuple[list[Solid], list[Solid]]:
    """Return the lattice between first finger and thumb, and the laces that hold it all [m]."""
    index, thumb = lines[3], lines[4]
    rise = np.array([0, 0, 0.01])
    across, down = [], []
    for share in (0.32, 0.5, 0.68, 0.86, 0.98):
        a = np.array([np.interp(share, [0, 0.33, 0.67, 1], index[:, k]) for k in (0, 1)])
        b = np.array([np.interp(share, [0, 0.33, 0.67, 1], thumb[:, k]) for k in (0, 1)])
        across.append(tube(_bowl(np.linspace(a, b, 8)) + rise, 0.006, sides=8))
    for s in (0.3, 0.5, 0.7):
        way = index * (1 - s) + thumb * s
        down.append(tube(curve(_bowl(way[1:]) + rise, 8), 0.006, sides=8))
    laces = []
    for share in (0.62, 0.86):
        knots = [line[0] + share * (line[-1] - line[0]) for line in lines[:4]]
        path = curve(_bowl(np.array(knots)) + np.array([0, 0, 0.017]), 20)
        laces.append(tube(path, 0.0028, sides=6))
    edge = np.array([(-0.07, -0.04), (-0.05, -0.08), (0.0, -0.094), (0.045, -0.07)])
    rim = curve(_bowl(edge) + np.array([0, 0.006, 0.024]), 16)
    laces.append(tube(rim, 0.0028, sides=6))
    return [*across, *down], laces
