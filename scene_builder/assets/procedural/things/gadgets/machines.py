"""Vacuum cleaners, stage lights and robots."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import bar, box, tapered_box
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import circle, rounded
from scene_builder.assets.shapes.rounds import arc, ball_of, curve, torus, tube
from scene_builder.assets.shapes.soft import rectangle, soft_slab, swollen_box
from scene_builder.assets.shapes.solid import Solid, fused, joined

DARK = Slot(substance="plastic", color="#1c1d20")
CHROME = Slot(substance="steel")


def vacuum_cleaner() -> Blueprint:
    """Return a vacuum cleaner on wheels, its hose rising to the wand that is parked behind it."""
    body = swollen_box(0.2, 0.135, 0.095, power=0.6).moved(z=0.125)
    lid = swollen_box(0.12, 0.1, 0.03, power=0.6, detail=2).moved(-0.03, 0, 0.205)
    bumper = lathe(rounded([(0.15, 0), (0.2, 0), (0.2, 0.03, 0.01), (0.15, 0.03)]), segments=32)
    band = bumper.scaled(1.02, 0.69, 1).moved(z=0.075)
    wheels = [
        turned([(0.05, 0), (0.085, 0.004, 0.01), (0.085, 0.034, 0.01), (0.045, 0.036)], segments=24)
        .turned("x", -90 * s)
        .moved(-0.11, s * 0.112, 0.085)
        for s in (-1, 1)
    ]
    hubs = [ball_of(0.042, 0.012, 0.042, detail=2).moved(-0.11, s * 0.149, 0.085) for s in (-1, 1)]
    caster = turned([(0.03, 0, 0.008), (0.03, 0.04, 0.008)], segments=24).turned("x", 90)
    grip = tube(
        arc((-0.03, 0, 0.215), (0.1, 0, 0), (0, 0, 0.07), (0, 180), 12), 0.0125, sides=10, pieces=4
    )
    wand = tube(np.array([(-0.235, 0.0, 0.045), (-0.275, 0.0, 0.94)]), 0.0165, sides=16, pieces=1)
    joint = tube(np.array([(-0.252, 0, 0.42), (-0.257, 0, 0.5)]), 0.021, sides=16, pieces=1)
    head = soft_slab(rectangle(0.115, 0.29, 0.035), 0.05, 0.018).moved(-0.255, 0, 0)
    handle = curve(np.array([(-0.275, 0, 0.93), (-0.27, 0, 1.01), (-0.22, 0, 1.06)]), 8)
    hold = tube(handle, 0.0225, sides=12, pieces=2)
    way = np.array(
        [(-0.225, 0, 1.055), (-0.1, -0.01, 1.03), (0.09, -0.03, 0.86), (0.28, -0.03, 0.5),
         (0.3, -0.01, 0.22), (0.17, 0, 0.16)]
    )  # fmt: skip
    hose = curve(way, 70)
    ripple = 0.0195 + 0.0022 * np.cos(np.pi * np.arange(70))
    pipe = tube(hose, ripple, sides=9, pieces=10)
    return Blueprint(
        parts=(
            Part(solid=body, fill=0.4),
            Part(solid=joined(lid, band).without_hulls(), slot=1, fill=0.1),
            Part(solid=joined(*wheels, caster.moved(0.13, 0.02, 0.03)), slot=1, fill=0.6),
            Part(solid=joined(*hubs).without_hulls(), fill=0.3),
            Part(solid=joined(pipe, head, hold, grip, joint), slot=1, fill=0.35),
            Part(solid=wand, slot=2, fill=0.15),
        ),
        slots=(MAIN, DARK, CHROME),
    )  # fmt: skip


def spotlight() -> Blueprint:
    """Return a stage light with barn doors in a yoke on its foot, shining to the front."""
    high, tilt = 0.275, 12.0
    shell = lathe(
        rounded(
            [(0, -0.15), (0.06, -0.15, 0.012), (0.082, -0.12, 0.01), (0.088, 0.03), (0.098, 0.034),
             (0.098, 0.075, 0.003), (0.088, 0.075, 0.002), (0.084, 0.05), (0, 0.05)]
        ),
        segments=32, tolerance=0.004,
    )  # fmt: skip
    lens = turned([(0.083, 0.05), (0.083, 0.055), (0.05, 0.063), (0, 0.067)], segments=40)
    fins = [
        turned([(0.0865, 0), (0.0895, 0.001), (0.0895, 0.008), (0.0865, 0.009)], segments=24).moved(
            z=-0.1 + 0.02 * k
        )
        for k in range(5)
    ]
    doors = [_door(90.0 * k) for k in range(4)]
    hooks = torus(0.093, 0.004, segments=40, sides=8).moved(z=0.077)

    def aim(solid: Solid) -> Solid:
        return solid.turned("x", 90 + tilt).moved(z=high)

    return Blueprint(
        parts=(
            Part(solid=aim(shell), fill=0.05),
            Part(solid=aim(joined(*fins)).without_hulls(), fill=0.05),
            Part(solid=aim(joined(*doors, hooks)), fill=0.5),
            Part(solid=aim(lens).without_hulls(), slot=1, fill=0.1),
            Part(solid=_yoke(high), slot=2, fill=0.25),
        ),
        slots=(MAIN, Slot(substance="light", color="#fff0c8"),
               Slot(substance="steel", color="#3c3e42")),
    )  # fmt: skip


def _yoke(high: float) -> Solid:
    """Return the fork and the foot that hold a stage light at a height [m]."""
    yoke = [
        bar((s * 0.118, 0, high + 0.025), (s * 0.118, 0, 0.1), 0.006, 0.032) for s in (-1, 1)
    ] + [box(0.242, 0.032, 0.008, bevel=0.0015).moved(z=0.096)]
    knobs = [
        turned([(0.007, -0.03), (0.007, 0), (0.021, 0.001, 0.003), (0.021, 0.019, 0.004)],
               segments=20).turned("y", 90 * s).moved(s * 0.122, 0, high)
        for s in (-1, 1)
    ]  # fmt: skip
    foot = turned([(0.125, 0, 0.004), (0.12, 0.016, 0.006), (0.018, 0.026), (0.014, 0.098)],
                  segments=48)  # fmt: skip
    return joined(foot, *yoke, *knobs)


def robot() -> Blueprint:
    """Return a tin robot with lit eyes, a dial on its chest and claws for hands."""
    torso = tapered_box((0.4, 0.27), (0.52, 0.31), 0.5, bevel=0.03).moved(z=0.56)
    hips = box(0.34, 0.22, 0.09, bevel=0.02).moved(z=0.49)
    head = box(0.36, 0.3, 0.28, bevel=0.035).moved(z=1.11)
    neck = turned([(0.085, 1.05), (0.085, 1.12)], segments=32)
    feet = [tapered_box((0.19, 0.3), (0.15, 0.22), 0.11, bevel=0.02).moved(s * 0.115, -0.03, 0)
            for s in (-1, 1)]  # fmt: skip
    legs = [tube(np.array([(s * 0.1, 0, z) for z in np.linspace(0.08, 0.51, 18)]),
                 0.062 + 0.006 * np.cos(np.pi * np.arange(18)), sides=12, pieces=1)
            for s in (-1, 1)]  # fmt: skip
    arms = [_robot_arm(s) for s in (-1, 1)]
    return Blueprint(
        parts=(
            *(Part(solid=s, wall=0.0022) for s in (torso, head, hips)),
            *(Part(solid=arm, slot=0, fill=0.25) for arm in arms),
            Part(solid=joined(neck, *legs), slot=1, fill=0.15),
            *(Part(solid=s, fill=0.4) for s in feet),
            *_robot_front(),
        ),
        slots=(
            MAIN, Slot(substance="iron", color="#54575c"), Slot(substance="plastic",
            color="#23262b"),
            Slot(substance="light", color="#ffd23f"), Slot(substance="plastic", color="#f1ede0"),
            Slot(substance="plastic", color="#d8342c"),
        ),
    )  # fmt: skip


def _robot_front() -> tuple[Part, ...]:
    """Return the face of a robot, its ears, its antenna, and the panel on its chest."""
    eyes = [ball_of(0.04, 0.02, 0.04, detail=2).moved(s * 0.083, -0.15, 1.285) for s in (-1, 1)]
    rims = [torus(0.043, 0.011, segments=18, sides=6).turned("x", 90).moved(s * 0.083, -0.15, 1.285)
            for s in (-1, 1)]  # fmt: skip
    teeth = [box(0.012, 0.012, 0.05, bevel=0.002).moved(-0.075 + 0.03 * k, -0.152, 1.155)
             for k in range(6)]  # fmt: skip
    mouth = box(0.2, 0.008, 0.065, bevel=0.003).moved(0, -0.15, 1.148)
    panel = box(0.3, 0.012, 0.24, bevel=0.004).turned("x", 2.3).moved(0, -0.148, 0.72)
    dial = turned([(0.062, 0), (0.062, 0.014, 0.004), (0.054, 0.014), (0.054, 0.01)], segments=22)
    knobs = [ball_of(0.019, 0.013, 0.019, detail=1).moved(0.085, -0.161, z)
             for z in (0.77, 0.84, 0.91)]  # fmt: skip
    needle = box(0.008, 0.004, 0.05, bevel=0).turned("y", -35).moved(-0.055, -0.177, 0.84)
    ears = [turned([(0.055, 0), (0.045, 0.03, 0.006), (0.016, 0.03), (0.012, 0.055, 0.004)],
                   segments=16).turned("y", 90 * s).moved(s * 0.178, 0, 1.25)
            for s in (-1, 1)]  # fmt: skip
    mast = turned([(0.03, 0), (0.03, 0.012, 0.003), (0.008, 0.014), (0.006, 0.085)], segments=16)
    bulb = ball_of(0.026, 0.026, 0.026, detail=1).moved(z=1.49)
    return (
        Part(
            solid=joined(*rims, *teeth, *ears, mast.moved(z=1.388)).without_hulls(),
            slot=1,
            fill=0.3,
        ),
        Part(solid=joined(mouth, panel).without_hulls(), slot=2, fill=0.3),
        Part(solid=joined(*eyes, bulb).without_hulls(), slot=3),
        Part(solid=dial.turned("x", 90).moved(-0.055, -0.158, 0.84).without_hulls(), slot=4),
        Part(solid=joined(*knobs, needle).without_hulls(), slot=5),
    )


def _door(turn_deg: float) -> Solid:
    """Return a flap at the mouth of a stage light that shines along Z."""
    flap = tapered_box((0.135, 0.003), (0.17, 0.003), 0.105, bevel=0.0008)
    return flap.turned("x", 32).moved(y=-0.091, z=0.074).turned("z", turn_deg)


def _robot_arm(side: int) -> Solid:
    """Return an arm that hangs down and a little forwards, with a claw."""
    s = float(side)
    joint = ball_of(0.075, 0.085, 0.085, detail=2).moved(s * 0.285, 0, 0.985)
    way = curve(
        np.array([(s * 0.3, 0, 0.97), (s * 0.345, -0.01, 0.78), (s * 0.34, -0.09, 0.6)]), 20
    )
    hose = tube(way, 0.047 + 0.0055 * np.cos(np.pi * np.arange(20)), sides=12, pieces=3)
    cuff = tube(np.array([(s * 0.34, -0.08, 0.625), (s * 0.338, -0.125, 0.54)]), 0.06, sides=20,
                pieces=1)  # fmt: skip
    ring = circle(0.065, 18)
    claw = tube(
        np.column_stack([ring[1:16, 0], 0 * ring[1:16, 0], ring[1:16, 1]]),
        0.019,
        sides=8,
        pieces=5,
    )
    hand = claw.turned("y", 13).turned("z", 90).turned("x", -28)
    return joined(fused(joint, hose, cuff), hand.moved(s * 0.337, -0.152, 0.485))
