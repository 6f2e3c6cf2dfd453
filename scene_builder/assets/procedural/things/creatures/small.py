"""Owls, frogs, crabs, bees and butterflies."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.procedural.blueprint import Blueprint, Part, Slot
from scene_builder.assets.procedural.things.creatures.clay import (
    Limb,
    both,
    limb,
    modelled,
)
from scene_builder.assets.procedural.things.creatures.dressing import (
    creature,
    eyes,
    pair,
    placed,
    spike,
)
from scene_builder.assets.shapes.polygons import rounded_loop
from scene_builder.assets.shapes.rounds import arc, ball_of, tube
from scene_builder.assets.shapes.sheets import fine_prism
from scene_builder.assets.shapes.solid import joined
from scene_builder.model.arrays import Array

PALE = Slot(color="#ead9b8")
AMBER = Slot(substance="plastic", color="#e8a11c")
BLACK = Slot(color="#17150f")
WING = Slot(substance="plastic", color="#e9eef2")


def owl() -> Blueprint:
    """Return an owl, 0.45 m tall, with feathered ears and large eyes in pale discs."""
    skin = modelled(
        (
            limb((0, 0.025, 0.14, 0.095), (0, 0.005, 0.25, 0.108), flat=(1, 0.92, 1)),
            limb((0, -0.012, 0.365, 0.096), flat=(1.05, 0.9, 0.95), blend=0.05),
            *both(
                limb((0.058, -0.02, 0.435, 0.024), (0.085, -0.03, 0.485, 0.007),
                     flat=(1, 0.7, 1), blend=0.02),
                limb((0.1, 0.01, 0.27, 0.055), (0.105, 0.05, 0.15, 0.045),
                     (0.07, 0.1, 0.06, 0.018), flat=(0.4, 1, 1), blend=0.012),
                limb((0.045, 0.0, 0.07, 0.035), (0.045, -0.02, 0.03, 0.022), blend=0.02),
            ),
            limb((0, 0.1, 0.11, 0.05), (0, 0.15, 0.035, 0.03), flat=(1, 0.45, 1), blend=0.03),
        ),
        blend=0.03, cells=80,
    )  # fmt: skip
    skin = skin.painted(2, _breast).painted(3, _barred)
    discs = pair(ball_of(0.047, 0.02, 0.05, detail=3).turned("z", 24).moved(0.043, -0.082, 0.375))
    irises = pair(ball_of(0.025, 0.014, 0.025, detail=3).turned("z", 24).moved(0.046, -0.098, 0.38))
    bill = placed(spike(0.015, 0.042), (0, -0.1, 0.366), lean_deg=152)
    toes = [
        limb((0.045, -0.02, 0.016, 0.014), (0.045 + dx, -0.07, 0.01, 0.01))
        for dx in (-0.025, 0, 0.025)
    ]
    feet = modelled(both(*toes), blend=0.008, cells=40)
    made = creature(
        skin, (eyes(0.052, -0.1135, 0.381, 0.0125), 1), (discs, 2), (irises, 4), (bill, 5),
        slots=(PALE, Slot(color="#4a3524"), AMBER, Slot(substance="bone", color="#3a3630")),
        fill=2.0,
    )  # fmt: skip
    return replace(made, parts=(*made.parts, Part(solid=feet, slot=5, fill=0.5)))


def frog() -> Blueprint:
    """Return a frog, 0.1 m long, that sits ready to jump."""
    skin = modelled(
        (
            limb((0, 0.03, 0.02, 0.02), (0, -0.01, 0.033, 0.025), flat=(1.15, 1, 0.95)),
            limb((0, -0.036, 0.043, 0.021), flat=(1.2, 1, 0.72), blend=0.012),
            *both(
                limb((0.0165, -0.032, 0.058, 0.0085), blend=0.005),
                limb((0.018, 0.034, 0.02, 0.012), (0.04, 0.004, 0.019, 0.0115), blend=0.008),
                limb((0.041, 0.005, 0.016, 0.009), (0.036, 0.042, 0.009, 0.007), blend=0.004),
                limb((0.036, 0.042, 0.007, 0.006), (0.05, 0.004, 0.004, 0.0045), blend=0.004),
                *(limb((0.049, 0.006, 0.004, 0.004), (0.052 + dx, -0.016 + dy, 0.0025, 0.0028),
                       blend=0.002)
                  for dx, dy in ((-0.009, 0), (0.001, -0.003), (0.011, 0.002))),
                limb((0.02, -0.022, 0.03, 0.01), (0.032, -0.03, 0.016, 0.0068),
                     (0.03, -0.042, 0.005, 0.005), blend=0.005),
                *(limb((0.03, -0.042, 0.004, 0.004), (0.03 + dx, -0.053 + dy, 0.0022, 0.0026),
                       blend=0.002)
                  for dx, dy in ((-0.009, 0.002), (0, 0), (0.009, 0.003))),
            ),
        ),
        blend=0.012, cells=80,
    )  # fmt: skip
    skin = skin.painted(3, _spotted).painted(2, _belly_of_frog)
    mouth = tube(arc((0, -0.033, 0.0395), (0.0247, 0, 0), (0, -0.0212, 0), (12, 168), 15), 0.0006,
                 sides=6)  # fmt: skip
    gold = pair(ball_of(0.0068, 0.0068, 0.0068, detail=2).moved(0.0195, -0.0345, 0.0592))
    pupils = pair(ball_of(0.0022, 0.0045, 0.0032, detail=2).moved(0.0256, -0.0365, 0.06))
    return creature(
        skin, (pupils, 1), (mouth, 1), (gold, 4),
        slots=(Slot(color="#dfe3b4"), Slot(color="#2f5a22"), AMBER),
    )  # fmt: skip


def crab() -> Blueprint:
    """Return a crab, 0.2 m across, its claws raised to the front."""
    limbs: list[Limb] = [limb((0, 0.005, 0.043, 0.062), flat=(1.18, 0.82, 0.42))]
    for k, (y, out) in enumerate(((-0.012, 0.1), (0.012, 0.108), (0.034, 0.1), (0.05, 0.078))):
        back = 0.012 * k
        limbs += both(
            limb((0.055, 0.6 * y, 0.04, 0.011), (0.7 * out + 0.015, y + back, 0.062, 0.009),
                 (out + 0.004, y + 1.6 * back, 0.03, 0.0065),
                 (out + 0.002, y + 1.9 * back, 0.002, 0.003), blend=0.006)
        )  # fmt: skip
    limbs += both(
        limb((0.05, -0.03, 0.042, 0.013), (0.085, -0.062, 0.048, 0.0125), blend=0.008),
        limb(
            (0.086, -0.064, 0.048, 0.015), (0.07, -0.1, 0.05, 0.02), flat=(1, 1, 0.75), blend=0.008
        ),
        limb((0.076, -0.112, 0.05, 0.012), (0.066, -0.138, 0.05, 0.0045), blend=0.005),
        limb((0.056, -0.106, 0.05, 0.009), (0.046, -0.13, 0.05, 0.004), blend=0.003),
        limb((0.016, -0.045, 0.05, 0.004), (0.02, -0.056, 0.066, 0.0035), blend=0.003),
    )
    skin = modelled(limbs, blend=0.01, cells=86)
    skin = skin.painted(3, _claw_tips).painted(2, lambda c: (c[:, 2] < 0.033) & _on_shell(c))  # noqa: PLR2004
    return creature(
        skin, (eyes(0.0205, -0.057, 0.069, 0.006), 1),
        slots=(Slot(color="#ecd0a0"), Slot(color="#2b1712")),
    )  # fmt: skip


def bee() -> Blueprint:
    """Return a bee, modelled ten times its size of 15 mm, with folded wings."""
    skin = modelled(
        (
            limb((0, -0.012, 0.05, 0.034), flat=(1, 1, 0.95)),
            limb((0, -0.052, 0.05, 0.022), flat=(1.15, 0.85, 1), blend=0.01),
            limb((0, 0.032, 0.047, 0.033), (0, 0.075, 0.04, 0.022), (0, 0.097, 0.036, 0.006),
                 blend=0.012),
            *both(*(limb((0.02, y, 0.032, 0.006), (0.045, y + dy, 0.028, 0.0045),
                         (0.052, y + 1.6 * dy, 0.004, 0.004), blend=0.004)
                    for y, dy in ((-0.03, -0.016), (-0.01, 0.002), (0.012, 0.022)))),
            *both(limb((0.008, -0.068, 0.062, 0.003), (0.018, -0.085, 0.075, 0.003),
                       (0.022, -0.1, 0.066, 0.0035), blend=0.002)),
        ),
        blend=0.01, cells=80,
    )  # fmt: skip
    skin = skin.painted(2, _banded)
    outline = rounded_loop(
        [(0, 0, 0), (0.028, 0.012, 0.01), (0.036, 0.07, 0.03), (0.022, 0.088, 0.012),
         (0.004, 0.06, 0.03)]
    )  # fmt: skip
    wing = fine_prism(outline, 0.0012, 0.02)
    wings = [wing.turned("x", 9).turned("y", -14).turned("z", -20).moved(0.012, -0.02, 0.08),
             wing.scaled(0.72).turned("x", 5).turned("y", -10).turned("z", -42)
             .moved(0.012, -0.012, 0.076)]  # fmt: skip
    return creature(
        skin, (eyes(0.0185, -0.058, 0.055, 0.011), 1), (pair(joined(*wings)), 3),
        slots=(BLACK, WING),
    )  # fmt: skip


def butterfly() -> Blueprint:
    """Return a butterfly, 80 mm across, its wings a little raised."""
    body = modelled(
        (
            limb((0, -0.012, 0.0065, 0.0035), (0, -0.006, 0.0065, 0.004), blend=0.002),
            limb((0, -0.001, 0.006, 0.003), (0, 0.018, 0.0035, 0.0018)),
            limb((0, -0.0165, 0.0065, 0.0028), blend=0.001),
            *both(
                limb((0.001, -0.0185, 0.008, 0.0005), (0.006, -0.028, 0.013, 0.0005),
                     (0.0068, -0.0295, 0.0135, 0.0009), blend=0.0004),
                *(limb((0.002, y, 0.004, 0.0007), (0.007, y + 0.6 * dy, 0.005, 0.0006),
                       (0.009, y + dy, 0.0006, 0.0006), blend=0.0006)
                  for y, dy in ((-0.012, -0.004), (-0.005, 0.001), (0.002, 0.009))),
            ),
        ),
        blend=0.0015, cells=92,
    )  # fmt: skip
    fore = rounded_loop(
        [(0.001, -0.002, 0.001), (0.014, -0.018, 0.01), (0.036, -0.024, 0.006),
         (0.0395, -0.014, 0.006), (0.031, 0.004, 0.01), (0.008, 0.004, 0.004)]
    )  # fmt: skip
    hind = rounded_loop(
        [(0.001, 0.0, 0.001), (0.012, -0.001, 0.006), (0.028, 0.004, 0.008),
         (0.029, 0.017, 0.008), (0.018, 0.026, 0.007), (0.008, 0.019, 0.008)]
    )  # fmt: skip
    lower = fine_prism(hind, 0.0004, 0.0011).moved(z=-2e-4)
    wings = joined(fine_prism(fore, 0.0004, 0.0011), lower)
    wings = wings.painted(2, lambda c: _away_from(c[:, :2], fore, hind) < 0.0042)  # noqa: PLR2004
    wings = wings.painted(3, lambda c: _dotted(c, _away_from(c[:, :2], fore, hind)))
    raised = pair(wings.turned("y", -24)).moved(z=0.0078)
    return Blueprint(
        parts=(Part(solid=raised.with_hull(40)), Part(solid=body, slot=1),
               Part(solid=eyes(0.0022, -0.0178, 0.0072, 0.0014).without_hulls(), slot=1)),
        slots=(Slot(dyed=True), BLACK, BLACK, Slot(color="#f4f0e2")),
    )  # fmt: skip


def _away_from(points: Array, *loops: Array) -> Array:
    """Return how far points of the plane are from the nearest of some outlines [m]."""
    best = np.full(len(points), np.inf)
    for loop in loops:
        for a, b in zip(loop, np.roll(loop, -1, axis=0), strict=True):
            along = b - a
            share = np.clip((points - a) @ along / max(float(along @ along), 1e-18), 0, 1)
            best = np.minimum(best, np.linalg.norm(points - a - share[:, None] * along, axis=1))
    return best


def _dotted(c: Array, away: Array) -> Array:
    """Pick the pale dots within the dark edge of a wing."""
    row = (away > 0.0017) & (away < 0.0035) & (c[:, 0] > 0.016)  # noqa: PLR2004
    return np.asarray(row & (np.sin(46 * np.arctan2(c[:, 1], c[:, 0])) > 0.35))  # noqa: PLR2004


def _breast(c: Array) -> Array:
    x, y, z = c.T
    return np.asarray((y < -0.045) & (np.abs(x) < 0.075) & (z < 0.31) & (z > 0.06))  # noqa: PLR2004


def _barred(c: Array) -> Array:
    """Pick the dark marks on an owl's breast and wings."""
    x, y, z = c.T
    rows = np.sin(190 * z + 1.5 * np.sin(90 * x)) > 0.55  # noqa: PLR2004
    flecks = np.sin(120 * x + 3.1 * np.floor(190 * z / (2 * np.pi))) > -0.1  # noqa: PLR2004
    front = (y < -0.045) & (np.abs(x) < 0.07) & (z < 0.29) & (z > 0.07)  # noqa: PLR2004
    wings = (np.abs(x) > 0.085) & (z < 0.28) & (np.sin(110 * z + 40 * y) > 0.5)  # noqa: PLR2004
    return np.asarray((front & rows & flecks) | wings)


def _belly_of_frog(c: Array) -> Array:
    x, y, z = c.T
    throat = (y < -0.02) & (z < 0.039) & (np.abs(x) < 0.026) & (z > 0.018)  # noqa: PLR2004
    return np.asarray(throat | ((z < 0.013) & (np.abs(x) < 0.02)))  # noqa: PLR2004


def _spotted(c: Array) -> Array:
    """Pick the dark spots on a frog's back and thighs."""
    a = np.sin(310 * c[:, 0] + 40 * np.sin(70 * c[:, 1])) + np.sin(290 * c[:, 1] + 1.0)
    return np.asarray((a > 1.25) & (c[:, 2] > 0.02))  # noqa: PLR2004


def _on_shell(c: Array) -> Array:
    return np.asarray((np.abs(c[:, 0]) < 0.066) & (np.abs(c[:, 1]) < 0.05))  # noqa: PLR2004


def _claw_tips(c: Array) -> Array:
    return np.asarray(c[:, 1] < -0.127)  # noqa: PLR2004


def _banded(c: Array) -> Array:
    """Pick a bee's dark bands, head, legs and feelers."""
    x, y, z = c.T
    bands = (y > 0.015) & (np.sin(2 * np.pi * (y - 0.015) / 0.027) > 0.0)  # noqa: PLR2004
    return np.asarray(bands | (y < -0.044) | (z < 0.017) | (np.abs(x) > 0.035))  # noqa: PLR2004
