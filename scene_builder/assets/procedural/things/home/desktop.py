"""Pens, coins, keys, phones: what lies on a desk or in a pocket."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Moving,
    Part,
    Slot,
    cylinder_collider,
    parts_of,
    round_top,
    top,
)
from scene_builder.assets.shapes.boxes import box, prism
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import circle, rounded_loop, star
from scene_builder.assets.shapes.rounds import torus
from scene_builder.assets.shapes.solid import Solid, convex, joined


def pencil() -> Blueprint:
    """Return a sharpened hexagonal pencil with its eraser, lying along X."""
    r = 0.0037
    hexagon = circle(r, 6)
    shaft = prism(hexagon, 0.15)
    cone = convex(
        np.concatenate(
            [
                np.column_stack([hexagon, np.zeros(6)]),
                np.column_stack([circle(0.0011, 6), np.full(6, 0.017)]),
            ]
        )
    )
    lead = turned([(0.0011, 0), (0.0002, 0.004, 0)], segments=12).moved(z=0.167)
    ferrule = turned([(r * 1.02, 0), (r * 1.02, 0.011)], segments=24).moved(z=-0.011)
    rubber = turned([(r * 0.95, 0, 0.001), (r * 0.95, 0.008)], segments=24).moved(z=-0.019)

    def lay(s: Solid) -> Solid:
        return s.turned("z", 30).turned("y", 90).moved(-0.076, 0, r * 0.866)

    lift = 0.0006
    return Blueprint(
        parts=(
            Part(solid=lay(shaft).moved(z=lift)),
            Part(solid=lay(cone.moved(z=0.15)).moved(z=lift), slot=1),
            Part(solid=lay(lead).without_hulls().moved(z=lift), slot=2),
            Part(solid=lay(ferrule).moved(z=lift), slot=3, fill=0.2),
            Part(solid=lay(rubber).moved(z=lift), slot=4),
        ),
        slots=(MAIN, Slot(substance="pine"), Slot(substance="stone", color="#26262a"),
               Slot(substance="aluminium"), Slot(substance="rubber", color="#d9848c")),
        rolls=None,
    )  # fmt: skip


def pen() -> Blueprint:
    """Return a ballpoint pen with a clip, lying along X."""
    body = turned(
        [
            (0.0004, 0),
            (0.0035, 0.014, 0.002),
            (0.005, 0.03, 0.01),
            (0.005, 0.13, 0.002),
            (0.003, 0.132),
            (0.003, 0.145, 0.001),
        ],
        segments=32,
    )
    body = body.painted(1, lambda c: (c[:, 2] < 0.014) | (c[:, 2] > 0.13))  # noqa: PLR2004
    clip = box(0.0022, 0.004, 0.045, bevel=0.0005).moved(-0.0065, 0, 0.084)
    grip = turned([(0.0053, 0.03), (0.0053, 0.055)], segments=32)

    def lay(s: Solid) -> Solid:
        return s.turned("y", 90).moved(-0.0725, 0, 0.0053)

    return Blueprint(
        parts=(
            Part(solid=lay(body)),
            Part(solid=lay(clip), slot=1),
            Part(solid=lay(grip).without_hulls(), slot=2, fill=0.1),
        ),
        slots=(MAIN, Slot(substance="steel"), Slot(substance="rubber", color="#1b1b1d")),
    )


def eraser() -> Blueprint:
    """Return an eraser in its paper sleeve."""
    body = box(0.055, 0.022, 0.012, bevel=0.002).moved(z=0.0003)
    sleeve = box(0.034, 0.0226, 0.0126, bevel=0.0006).moved(x=0.008)
    return Blueprint(
        parts=(Part(solid=body), Part(solid=sleeve.without_hulls(), slot=1, fill=0.1)),
        slots=(MAIN, Slot(substance="paper", color="#2b5fa8")),
        supports=(top(0.0126, 0.05, 0.018),),
    )


def coin() -> Blueprint:
    """Return a coin with a raised rim and a star, lying flat."""
    r, h = 0.015, 0.0026
    rim = r - 0.0016
    body = lathe(
        np.array([(0, 0.0003), (rim, 0.0003), (rim, 0), (r - 0.0002, 0), (r, 0.0002), (r,
        h - 0.0002),
                  (r - 0.0002, h), (rim, h), (rim, h - 0.0003), (0, h - 0.0003)]),
        segments=64,
    )  # fmt: skip
    emblem = prism(star(0.0085, 0.0036, 5), 0.0003)
    raised = joined(emblem.moved(z=h - 0.0004), emblem.moved(z=0.0001)).without_hulls()
    beads = [
        box(0.0006, 0.0006, 0.00025, bevel=0).moved(0.0118, 0, h - 0.0004).turned("z", 10 * k)
        for k in range(36)
    ]
    return Blueprint(
        parts=(Part(solid=body), Part(solid=joined(raised, *beads).without_hulls())),
        supports=(round_top(h, r * 0.9),),
        rolls="x",
        collider=cylinder_collider(r, h),
        tags=("on_side", "spins"),
    )


def key() -> Blueprint:
    """Return an old key that lies flat along X."""
    h = 0.0045
    bow = torus(0.0105, h / 2, segments=40, sides=10).scaled(1, 0.8, 1).moved(-0.027, 0, h / 2)
    shaft = (
        turned([(h / 2, 0, 0.0005), (h / 2, 0.054, 0.0008)], segments=20)
        .turned("y", 90)
        .moved(-0.017, 0, h / 2)
    )
    collar = (
        turned([(0.0034, 0), (0.0034, 0.003, 0.0006)], segments=20)
        .turned("y", 90)
        .moved(-0.014, 0, 0.0034)
    )
    bit = rounded_loop(
        [(0.02, 0), (0.02, -0.013), (0.024, -0.013), (0.024, -0.008), (0.027, -0.008), (0.027,
        -0.013),
         (0.033, -0.013), (0.033, 0)]
    )  # fmt: skip
    teeth = prism(bit, 0.003).moved(z=h / 2 - 0.0015)
    return Blueprint(
        parts=parts_of(bow.moved(z=0.0012), shaft.moved(z=0.0012), collar, teeth.moved(z=0.0012))
    )


def phone() -> Blueprint:
    """Return a phone that lies with its screen up."""
    x, y, h = 0.071, 0.15, 0.0082
    outline = rounded_loop(
        [
            (-x / 2, -y / 2, 0.011),
            (x / 2, -y / 2, 0.011),
            (x / 2, y / 2, 0.011),
            (-x / 2, y / 2, 0.011),
        ]
    )
    screen = rounded_loop(
        [(-x / 2 + 0.003, -y / 2 + 0.003, 0.008), (x / 2 - 0.003, -y / 2 + 0.003, 0.008),
         (x / 2 - 0.003, y / 2 - 0.003, 0.008), (-x / 2 + 0.003, y / 2 - 0.003, 0.008)]
    )  # fmt: skip
    glass = prism(screen, 0.0004).moved(z=h - 0.0002)
    notch = box(0.02, 0.005, 0.0003, bevel=0).moved(0, y / 2 - 0.009, h + 0.0001)
    return Blueprint(
        parts=(
            Part(solid=prism(outline, h), slot=1),
            Part(solid=glass.without_hulls(), slot=2),
            Part(solid=notch.without_hulls(), slot=3),
        ),
        slots=(Slot(substance="glass"), Slot(substance="aluminium", color="#3a3d42", dyed=True),
               Slot(substance="plastic", color="#0d1626"), Slot(substance="plastic",
               color="#000000")),
        supports=(top(h + 0.0002, x * 0.9, y * 0.9),),
        contact="plastic",
    )  # fmt: skip


def laptop() -> Blueprint:
    """Return an open laptop whose screen looks to the front and folds down onto its keys."""
    x, y = 0.33, 0.225
    base = box(x, y, 0.013, bevel=0.003)
    tilt, axle = 18.0, (y / 2 - 0.002, 0.0185)
    pin = turned([(0.0034, 0), (0.0034, 0.7 * x)], segments=16).turned("y", 90)
    pin = pin.moved(-0.35 * x, axle[0], axle[1] - 0.003).without_hulls()
    lid = box(x, 0.007, y, bevel=0.002)
    glass = box(x - 0.016, 0.001, y - 0.022, bevel=0.0002).moved(0, -0.0036, 0.013)

    def place(s: Solid) -> Solid:
        return s.turned("x", -tilt).moved(0, *axle)

    keys = [
        box(0.0155, 0.0145, 0.0012, bevel=0.0003).moved(
            -0.135 + 0.018 * c, 0.0 + 0.0175 * r, 0.0125
        )
        for c in range(16)
        for r in range(5)
    ]
    pad = box(0.1, 0.06, 0.0006, bevel=0.0001).moved(0, -0.062, 0.0127)
    return Blueprint(
        parts=(
            Part(solid=base, fill=0.6),
            Part(solid=place(lid), fill=0.6),
            Part(solid=place(glass).without_hulls(), slot=1),
            Part(solid=joined(*keys, pad, pin).without_hulls(), slot=2),
        ),
        slots=(
            MAIN,
            Slot(substance="plastic", color="#101c30"),
            Slot(substance="plastic", color="#1c1d20"),
        ),
        supports=(top(0.0137, x * 0.8, 0.08, at=(0, -0.06)),),
        moving=(
            Moving(
                name="screen", parts=(1, 2), point=(0, *axle), axis=(-1, 0, 0),
                drawn_deg=90 + tilt, upper_deg=118.0, damping=2.0,
            ),
        ),
    )  # fmt: skip


def bell() -> Blueprint:
    """Return a hand bell with a wooden handle, standing on its mouth."""
    outer = [
        (0.05, 0.0),
        (0.049, 0.006, 0.004),
        (0.036, 0.028, 0.02),
        (0.028, 0.07, 0.02),
        (0.012, 0.084, 0.008),
        (0, 0.086),
    ]
    body = turned(outer, segments=64)
    grip = turned(
        [
            (0.006, 0.08),
            (0.0085, 0.1, 0.01),
            (0.011, 0.13, 0.02),
            (0.0075, 0.15, 0.01),
            (0.0115, 0.162, 0.005),
            (0.0, 0.168),
        ],
        segments=32,
    )
    return Blueprint(
        parts=(Part(solid=body, wall=0.006), Part(solid=grip, slot=1)),
        slots=(MAIN, Slot(substance="walnut")),
    )
