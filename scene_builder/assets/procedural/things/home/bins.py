"""Buckets, baskets, bins and cans: round things to keep things in."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    cylinder_collider,
    hollow,
    parts_of,
    round_top,
)
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.lathe import lathe, turned, vessel_profile
from scene_builder.assets.shapes.rounds import arc, torus, tube
from scene_builder.assets.shapes.solid import joined


def bucket() -> Blueprint:
    """Return a bucket with its bail hanging at one side."""
    wall = 0.0022
    height, foot, mouth = 0.27, 0.098, 0.14
    outline = [(0, 0.0), (foot, 0.0, 0.003), (mouth, height)]
    body = lathe(vessel_profile(outline, wall=wall, floor=0.003), segments=64, sides=24)
    rims = joined(
        torus(mouth, 0.0042, segments=64, sides=10).moved(z=height - 0.003),
        torus(0.122, 0.002, segments=64, sides=6).moved(z=0.155),
    ).without_hulls()
    path = arc((0, 0, height - 0.012), (0.145, 0, 0), (0, 0.136, -0.05), (0, 180), 25)
    bail = tube(path, 0.0032, sides=8, pieces=16)
    ears = joined(
        *(box(0.01, 0.03, 0.04, bevel=0.002).moved(s * 0.141, 0, height - 0.034) for s in (-1, 1))
    )
    return Blueprint(
        # Sheet metal is thinner than a solid wall can be.
        parts=(
            Part(solid=body, fill=0.4),
            *parts_of(joined(rims, ears.without_hulls()), bail),
        ),
        cavity=hollow(0.003, foot - 0.006, height - 0.003),
    )


def basket() -> Blueprint:
    """Return a woven basket with a bow handle."""
    rows = [
        torus(
            0.125 + 0.05 * np.sin(np.pi * (k + 1) / 16) + 0.003 * k, 0.0085, segments=48, sides=8
        ).moved(z=0.0085 + 0.0145 * k)
        for k in range(11)
    ]
    wall, height = 0.008, 0.165
    outline = [(0, 0), (0.128, 0, 0.004), (0.168, 0.06, 0.05), (0.175, height)]
    shell = lathe(vessel_profile(outline, wall=wall, floor=0.01), sides=24)
    bow = tube(arc((0, 0, 0.14), (0.176, 0, 0), (0, 0, 0.21), (-4, 184), 31), 0.009, pieces=10)
    weave = joined(*rows).without_hulls()
    return Blueprint(
        parts=(
            Part(solid=shell, fill=0.7),
            Part(solid=weave, fill=0.5),
            *parts_of(bow),
        ),
        cavity=hollow(0.01, 0.116, height - 0.01),
    )


def trash_can() -> Blueprint:
    """Return an open steel bin with ribs."""
    wall, height = 0.002, 0.6
    outline = [(0, 0), (0.17, 0, 0.006), (0.21, height)]
    body = lathe(vessel_profile(outline, wall=wall, floor=0.004), segments=64, sides=24)
    rims = [torus(0.21, 0.008, segments=64, sides=10).moved(z=height - 0.006)]
    rims += [
        torus(0.17 + 0.04 * z / height, 0.005, segments=64, sides=8).moved(z=z) for z in (0.14, 0.4)
    ]
    rims.append(torus(0.17, 0.006, segments=64, sides=8).moved(z=0.007))
    return Blueprint(
        parts=parts_of(body, joined(*rims).without_hulls()),
        cavity=hollow(0.004, 0.16, height - 0.004),
    )


def can() -> Blueprint:
    """Return a drinks can with drawn-in ends and a ring pull."""
    r, z = 0.033, 0.122
    body = turned(
        [(0.022, 0.003), (0.0245, 0.0, 0.001), (0.0265, 0.0, 0.001), (r, 0.009, 0.006), (r, 0.109,
        0.008),
         (0.0275, 0.118, 0.002), (0.0275, z, 0.0008), (0.0258, z, 0.0008), (0.025, 0.1175)],
        segments=64,
    )  # fmt: skip
    body = body.painted(1, lambda c: (c[:, 2] > 0.1105) | (c[:, 2] < 0.008))  # noqa: PLR2004
    ring = torus(0.0062, 0.0012, segments=24, sides=8).moved(0, -0.006, 0.1195)
    tab = box(0.008, 0.014, 0.0015, bevel=0.0005).moved(0, 0.004, 0.118)
    return Blueprint(
        parts=(
            Part(solid=body, fill=0.36),
            Part(solid=joined(ring, tab).without_hulls(), slot=1),
        ),
        slots=(MAIN, Slot(substance="aluminium")),
        supports=(round_top(z, 0.027),),
        rolls="x",
        collider=cylinder_collider(r, z),
        tags=("on_side",),
    )
