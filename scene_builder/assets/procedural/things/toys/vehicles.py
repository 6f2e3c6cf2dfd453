"""Toy cars, trains and boats, and a real wheel."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Moving,
    Part,
    Slot,
    parts_of,
    top,
)
from scene_builder.assets.shapes.boxes import box, chamfered_prism, prism
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import rounded_loop
from scene_builder.assets.shapes.rounds import ball_of
from scene_builder.assets.shapes.solid import Solid, carved, convex, fused, joined

RUBBER = Slot(substance="rubber", color="#1a1a1c")
CHROME = Slot(substance="steel")
PANE = Slot(substance="glass", color="#2a3a48")

CAR_WHEELS = tuple(
    (x, y, f"{end}_{side}")
    for x, end in ((-0.066, "rear"), (0.066, "front"))
    for y, side in ((-0.041, "right"), (0.041, "left"))
)
"""Middles of a toy car's wheels along X and Y [m], and their names."""

TRAIN_WHEELS = tuple(
    (x, y, f"{place}_{side}")
    for x, place in ((-0.06, "rear"), (-0.005, "middle"), (0.05, "front"))
    for y, side in ((-0.0375, "right"), (0.0375, "left"))
)
"""The same of a toy steam engine."""


def toy_car() -> Blueprint:
    """Return a toy car that drives along X, its bonnet towards +X."""
    chassis = _sides(
        [
            (-0.108, 0.022, 0.008), (0.108, 0.022, 0.008), (0.11, 0.044, 0.01), (0.098, 0.05, 0.01),
            (0.045, 0.056, 0.02), (-0.1, 0.056, 0.012), (-0.11, 0.046, 0.008),
        ],
        0.09, 0.006,
    )  # fmt: skip
    cabin = _sides(
        [(-0.088, 0.05), (0.05, 0.05), (0.018, 0.085, 0.012), (-0.062, 0.085, 0.014)], 0.078, 0.006
    )
    side = rounded_loop(
        [(-0.074, 0.056, 0.004), (0.036, 0.056, 0.004), (0.013, 0.08, 0.006), (-0.056, 0.08, 0.006)]
    )
    panes = prism(side, 0.0806).turned("x", 90).moved(y=0.0403).without_hulls()
    split = box(0.006, 0.0812, 0.024, bevel=0.001).moved(x=-0.018, z=0.056).without_hulls()
    front = _slab((0.0462, 0.0565), (0.0212, 0.0825), 0.062)
    back = _slab((-0.0662, 0.0825), (-0.0858, 0.0565), 0.062)
    wheels = [_wheel(0.021, 0.018).moved(x, y, 0.021) for x, y, _ in CAR_WHEELS]
    wells = [
        turned([(0.0245, -0.0115), (0.0245, 0.0115)]).turned("x", 90).moved(x, y * 1.06, 0.021)
        for x, y, _ in CAR_WHEELS
    ]
    lamps = [_lamp(0.1075, y, 0.04) for y in (-0.03, 0.03)]
    tails = [
        box(0.004, 0.014, 0.008, bevel=0.001).moved(-0.11, y, 0.042).without_hulls()
        for y in (-0.03, 0.03)
    ]
    bumper = box(0.012, 0.088, 0.01, bevel=0.003)
    bumpers = joined(bumper.moved(0.107, 0, 0.021), bumper.moved(-0.107, 0, 0.021)).without_hulls()
    return Blueprint(
        parts=(
            Part(solid=carved(fused(chassis, cabin), *wells), fill=0.75),
            Part(solid=joined(panes, front, back), slot=1, fill=0.05),
            Part(solid=split),
            *(Part(solid=wheel, slot=2) for wheel in wheels),
            Part(solid=joined(*lamps, bumpers), slot=3, fill=0.3),
            Part(solid=joined(*tails), slot=5),
        ),
        slots=(MAIN, PANE, RUBBER, CHROME, CHROME, Slot(substance="plastic", color="#a01818")),
        supports=(top(0.085, 0.06, 0.06, at=(-0.022, 0)),),
        rolls="x",
        contact="wheels",
        tags=("wheeled",),
        moving=tuple(
            _turning(f"wheel_{name}", 3 + k, (x, y, 0.021), 0.018)
            for k, (x, y, name) in enumerate(CAR_WHEELS)
        ),
    )


def train() -> Blueprint:
    """Return a toy steam engine that drives along X."""
    boiler = (
        turned([(0.027, 0, 0.004), (0.027, 0.11, 0.006)]).turned("y", 90).moved(-0.012, 0, 0.06)
    )
    band = turned([(0.0282, 0, 0.0004), (0.0282, 0.006, 0.0004)]).turned("y", 90)
    bands = joined(*(band.moved(x, 0, 0.06) for x in (0.02, 0.055, 0.088))).without_hulls()
    cab = box(0.07, 0.076, 0.078, bevel=0.003).moved(-0.055, 0, 0.032)
    roof = box(0.084, 0.088, 0.008, bevel=0.003).moved(-0.055, 0, 0.11)
    pane = box(0.034, 0.078, 0.03, bevel=0.002).moved(-0.055, 0, 0.068).without_hulls()
    chimney = turned(
        [(0.0085, 0), (0.0085, 0.03, 0.004), (0.0135, 0.046, 0.003), (0.0135, 0.052, 0.002)]
    ).moved(0.075, 0, 0.08)
    dome = turned([(0.011, 0), (0.011, 0.01, 0.008), (0.006, 0.018, 0.006), (0, 0.0185)])
    frame = box(0.19, 0.062, 0.016, bevel=0.003).moved(z=0.018)
    plow = convex(
        np.array(
            [(0.095, y * 0.036, z) for y in (-1, 1) for z in (0.004, 0.03)]
            + [(0.118, y * 0.01, 0.004) for y in (-1, 1)]
        )
    )
    wheels = [_wheel(0.021, 0.012).moved(x, y, 0.021) for x, y, _ in TRAIN_WHEELS]
    return Blueprint(
        parts=(
            Part(solid=cab, fill=0.5),
            Part(solid=fused(boiler, plow), slot=4),
            Part(solid=frame, slot=4),
            Part(solid=roof, slot=4),
            Part(solid=chimney, slot=4),
            Part(solid=joined(bands, dome.moved(0.03, 0, 0.084).without_hulls()), slot=3,
            fill=0.05),
            Part(solid=pane, slot=1, fill=0.05),
            *(Part(solid=wheel, slot=2) for wheel in wheels),
        ),
        slots=(MAIN, PANE, Slot(substance="iron", color="#2a2a2c"), Slot(substance="brass"),
               Slot(substance="pine", color="#26282b")),
        rolls="x",
        contact="wheels",
        tags=("wheeled",),
        moving=tuple(
            _turning(f"wheel_{name}", 7 + k, (x, y, 0.021), 0.012)
            for k, (x, y, name) in enumerate(TRAIN_WHEELS)
        ),
    )  # fmt: skip


def toy_boat() -> Blueprint:
    """Return a toy sailing boat on its flat bottom, its bow towards +X."""
    deck = [(-0.11, 0.036), (0.0, 0.045), (0.07, 0.036), (0.13, 0.0)]
    keel = [(-0.1, 0.026), (0.0, 0.032), (0.06, 0.024), (0.105, 0.0)]
    points = [(x, s * y, 0.05) for x, y in deck for s in (-1, 1)]
    points += [(x, s * y, 0.0) for x, y in keel for s in (-1, 1)]
    hull = convex(np.array(points))
    plank = convex(
        np.array(
            [(0.94 * x, s * 0.9 * y, z) for x, y in deck for s in (-1, 1) for z in (0.05, 0.054)]
        )
    )
    mast = turned([(0.004, 0), (0.0035, 0.2, 0.002)], segments=20).moved(0.012, 0, 0.05)
    main = prism(np.array([(0.0, 0.068), (-0.002, 0.24), (-0.105, 0.074)]), 0.0016)
    jib = prism(np.array([(0.022, 0.22), (0.024, 0.07), (0.115, 0.07)])[::-1], 0.0016)
    sails = joined(main.turned("x", 90), jib.turned("x", 90)).moved(y=0.0008)
    boom = box(0.11, 0.005, 0.005, bevel=0.001).moved(-0.045, 0, 0.066)
    return Blueprint(
        parts=(
            Part(solid=hull, fill=0.8),
            *parts_of(plank, mast, boom, slot=1),
            Part(solid=sails, slot=2),
        ),
        slots=(MAIN, Slot(substance="oak"), Slot(substance="fabric", color="#f2eee4")),
    )


def wheel() -> Blueprint:
    """Return a car's wheel that lies flat."""
    tyre = lathe(
        np.array(
            [
                (0.2, -0.085),
                (0.27, -0.095),
                (0.31, -0.08),
                (0.31, 0.08),
                (0.27, 0.095),
                (0.2, 0.085),
            ]
        )
    )
    rim = turned([(0.205, -0.07, 0.01), (0.205, 0.07, 0.01)])
    hub = turned([(0.05, -0.078, 0.006), (0.05, 0.078, 0.006)])
    spoke = box(0.13, 0.04, 0.156, bevel=0.008).moved(x=0.11, z=-0.078)
    spokes = joined(hub, *(spoke.turned("z", 72 * k) for k in range(5))).without_hulls()

    def lay(s: Solid) -> Solid:
        return s.moved(z=0.095)

    tread = turned([(0.27, -0.095), (0.31, -0.08), (0.31, 0.08), (0.27, 0.095)])
    return Blueprint(
        parts=(
            Part(solid=Solid(vertices=lay(tyre).vertices, triangles=lay(tyre).triangles,
                             hulls=lay(tread).hulls), fill=0.3),
            Part(solid=lay(rim).without_hulls(), slot=1, fill=0.12),
            Part(solid=lay(spokes), slot=2, fill=0.4),
        ),
        slots=(Slot(color="#1c1c1e"), Slot(substance="iron", color="#3a3b3e"),
               Slot(substance="aluminium", dyed=True)),
        rolls="x",
        tags=("on_side",),
    )  # fmt: skip


def _sides(corners: list[tuple[float, ...]], width: float, bevel: float) -> Solid:
    """Return a side view of (x, z[, rounding]) made `width` wide, its edges cut [m]."""
    body = chamfered_prism(rounded_loop(corners), width, bevel)
    return body.turned("x", 90).moved(y=width / 2)


def _slab(low: tuple[float, float], high: tuple[float, float], width: float) -> Solid:
    """Return a thin pane on a sloping face of the x-z plane, from `low` to `high` [m]."""
    a, b = np.array(low), np.array(high)
    along = (b - a) / np.linalg.norm(b - a)
    a, b = a + 0.16 * (b - a), b - 0.12 * (b - a)
    out = np.array([along[1], -along[0]]) * 0.0012
    corners = [(*p, w) for p in (a - out, a + out, b - out, b + out) for w in (-0.5, 0.5)]
    return convex(np.array([(x, w * width, z) for x, z, w in corners])).without_hulls()


def _wheel(radius: float, width: float) -> Solid:
    """Return a wheel with its hub about Y; the hub is two slots further on."""
    tyre = turned([(radius, -width / 2, 0.12 * radius), (radius, width / 2, 0.12 * radius)])
    hub = turned(
        [
            (0.55 * radius, -0.54 * width, 0.05 * radius),
            (0.55 * radius, 0.54 * width, 0.05 * radius),
        ]
    )
    hub = hub.without_hulls().painted(2, lambda c: c[:, 2] < np.inf)
    # Dark gaps between spokes: without them nobody could see that it turns.
    gap = box(0.32 * radius, 0.24 * radius, 1.12 * width, bevel=0.01 * radius)
    gap = gap.moved(0.35 * radius, 0, -0.56 * width)
    gaps = [gap.turned("z", 72 * k).without_hulls() for k in range(5)]
    return joined(tyre, hub, *gaps).turned("x", 90)


def _turning(name: str, part: int, middle: tuple[float, float, float], width: float) -> Moving:
    """Return a wheel, which stands on z = 0, as what turns about Y [m]."""
    return Moving(
        name=name, parts=(part,), point=middle, axis=(0, 1, 0), wheel=(middle[2], width)
    )  # fmt: skip


def _lamp(x: float, y: float, z: float) -> Solid:
    return ball_of(0.004, 0.009, 0.007, detail=2).moved(x, y, z).without_hulls()
