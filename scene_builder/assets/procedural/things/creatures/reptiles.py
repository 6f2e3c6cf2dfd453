"""Dinosaurs, dragons, turtles and snakes."""

from dataclasses import replace

import numpy as np

from scene_builder.assets.procedural.blueprint import Blueprint, Part, Slot
from scene_builder.assets.procedural.things.creatures.clay import (
    both,
    limb,
    modelled,
    smooth_limb,
)
from scene_builder.assets.procedural.things.creatures.dressing import (
    IVORY,
    creature,
    eyes,
    horn,
    pair,
    placed,
    spike,
)
from scene_builder.assets.shapes.boxes import prism
from scene_builder.assets.shapes.rounds import curve, tube
from scene_builder.assets.shapes.solid import Solid, fused, joined
from scene_builder.model.arrays import Array

BELLY = Slot(color="#e8d9a4")


def tyrannosaur() -> Blueprint:
    """Return a tyrannosaur, 8 m long from its jaws to its tail, on its hind legs."""
    skin = modelled(
        (
            smooth_limb((0, 4.6, 2.3, 0.09), (0, 3.0, 1.9, 0.28), (0, 1.4, 2.1, 0.58),
                        (0, 0.1, 2.35, 0.82), (0, -0.9, 2.75, 0.66), (0, -1.45, 3.4, 0.46)),
            limb((0, -1.7, 3.85, 0.52), (0, -2.55, 3.78, 0.36), (0, -3.0, 3.72, 0.3),
                 flat=(0.82, 1, 1)),
            limb((0, -1.75, 3.5, 0.3), (0, -2.7, 3.12, 0.19), blend=0.16),
            *both(
                limb((0.55, 0.15, 2.1, 0.6), (0.68, -0.45, 1.3, 0.38), (0.68, 0.3, 0.62, 0.2),
                     (0.68, 0.0, 0.16, 0.2)),
                limb((0.68, 0.05, 0.1, 0.2), (0.55, -0.85, 0.08, 0.12), blend=0.1),
                limb((0.68, 0.05, 0.1, 0.2), (0.95, -0.75, 0.08, 0.12), blend=0.1),
                limb((0.5, -1.15, 2.6, 0.2), (0.66, -1.5, 2.25, 0.14), (0.6, -1.85, 2.35, 0.1),
                     blend=0.15),
                limb((0.25, -2.0, 4.25, 0.16), blend=0.15),
            ),
        ),
        blend=0.35, cells=84,
    )  # fmt: skip
    tooth = spike(0.065, 0.24)
    rows = [placed(tooth, (0.27 - 0.05 * k, -2.2 - 0.22 * k, 3.48), lean_deg=180) for k in range(4)]
    claws = [placed(spike(0.07, 0.3), (x, y, 0.1), lean_deg=100)
             for x, y in ((0.54, -0.9), (0.97, -0.8))]  # fmt: skip
    skin = skin.painted(2, _belly_of_tyrannosaur)
    return creature(
        skin.painted(3, _banded), (eyes(0.4, -2.18, 4.12, 0.11), 1), (pair(joined(*rows)), 4),
        (pair(joined(*claws)), 1), slots=(BELLY, Slot(color="#33361f"), IVORY),
    )  # fmt: skip


def dragon() -> Blueprint:
    """Return a dragon, 6 m long, on four legs with its wings raised."""
    skin = modelled(
        (
            smooth_limb((0, 3.9, 0.5, 0.07), (0, 3.1, 0.3, 0.15), (0, 2.0, 0.6, 0.28),
                        (0, 0.9, 1.25, 0.48), (0, -0.3, 1.35, 0.58), (0, -1.05, 1.75, 0.4),
                        (0, -1.45, 2.4, 0.27), (0, -1.75, 2.85, 0.26), count=18),
            limb((0, -1.85, 2.95, 0.3), (0, -2.5, 2.75, 0.19), (0, -2.65, 2.75, 0.17),
                 flat=(0.9, 1, 1), blend=0.15),
            limb((0, -1.9, 2.75, 0.18), (0, -2.45, 2.47, 0.11), blend=0.08),
            *both(
                limb((0.42, -0.65, 0.08, 0.15), (0.42, -0.4, 0.1, 0.14), (0.42, -0.5, 0.7, 0.16),
                     (0.35, -0.4, 1.3, 0.32)),
                limb((0.48, 0.6, 0.08, 0.16), (0.48, 0.95, 0.1, 0.14), (0.48, 1.1, 0.55, 0.16),
                     (0.5, 0.7, 0.85, 0.3), (0.38, 0.8, 1.25, 0.36)),
                limb((0.2, -2.1, 3.13, 0.1), blend=0.08),
                limb((0.1, -2.68, 2.87, 0.07), blend=0.05),
            ),
        ),
        blend=0.22, cells=84,
    )  # fmt: skip
    line = curve(np.array([(0, -1.95, 3.25), (0, -1.4, 2.8), (0, -0.9, 2.15), (0, 0, 1.9),
                           (0, 1.0, 1.7), (0, 2.0, 0.86), (0, 3.1, 0.42)]), 17)  # fmt: skip
    high = 0.14 + 0.2 * np.sin(np.linspace(0.25, np.pi, 17))
    plates = [
        placed(spike(0.5 * h, 1.3 * h).scaled(0.35, 1, 1), (p[0], p[1], p[2] - 0.05), lean_deg=-20)
        for p, h in zip(line, high, strict=True)
    ]
    horns = pair(horn((0.14, -1.75, 3.18, 0.09), (0.24, -1.4, 3.45, 0.07), (0.26, -1.0, 3.5, 0.02)))
    skin = skin.painted(2, _belly_of_dragon)
    made = creature(
        skin, (eyes(0.22, -2.22, 3.08, 0.07), 1), (joined(*plates), 3), (horns, 4),
        slots=(BELLY, Slot(color="#7d2b1c"), IVORY), fill=0.8,
    )  # fmt: skip
    wings, fingers = _wing()
    return replace(made, parts=(
        *made.parts, Part(solid=pair(wings), slot=3, fill=0.1), Part(solid=pair(fingers), fill=0.2),
    ))  # fmt: skip


def _wing() -> tuple[Solid, Solid]:
    """Return the membrane of a left wing that is raised, and its bones."""
    # In the wing's plane: how far out, and how far back.
    wrist = np.array([1.1, -0.5])
    tips = np.array([(2.5, 0.2), (2.0, 0.95), (1.35, 1.4), (0.1, 1.1)])
    scallops = (tips[:-1] + tips[1:]) / 2 * 0.86 + 0.14 * wrist
    rim = [p for pair_ in zip(tips[:-1], scallops, strict=True) for p in pair_]
    outline = np.array([(0.0, 0.0), wrist, *rim, tips[-1]])
    skin = prism(outline, 0.05).moved(z=-0.025)
    bones = [tube(np.array([(0, 0, 0), (*wrist, 0)]), np.array([0.13, 0.1]), pieces=1)]
    bones += [
        tube(np.array([(*wrist, 0), (*tip, 0)]), np.array([0.09, 0.03]), sides=8, pieces=1)
        for tip in tips[:-1]
    ]
    raised = [s.turned("y", -48).moved(0.22, -0.35, 1.75) for s in (skin, fused(*bones))]
    return raised[0], raised[1]


def turtle() -> Blueprint:
    """Return a tortoise, 0.28 m long, its head stretched forwards."""
    shell = modelled(
        (
            limb((0, 0.02, 0.055, 0.105), flat=(0.88, 1.05, 0.72)),
            limb((0, 0.02, 0.045, 0.118), flat=(0.88, 1.03, 0.16), blend=0.01),
        ),
        blend=0.01, cells=54,
    )  # fmt: skip
    shell = shell.painted(2, _scutes)
    skin = modelled(
        (
            limb((0, 0, 0.045, 0.07), flat=(1, 1, 0.4)),
            limb((0, -0.08, 0.055, 0.024), (0, -0.135, 0.085, 0.02), (0, -0.155, 0.088, 0.025)),
            *both(
                limb((0.07, -0.065, 0.04, 0.026), (0.092, -0.082, 0.014, 0.019)),
                limb((0.07, 0.085, 0.04, 0.026), (0.09, 0.1, 0.014, 0.019)),
            ),
            limb((0, 0.11, 0.035, 0.014), (0, 0.15, 0.02, 0.006)),
        ),
        blend=0.015,
    )  # fmt: skip
    green = Slot(substance="flesh", color="#7d8a4a")
    made = creature(
        shell,
        (eyes(0.019, -0.166, 0.095, 0.0055), 1),
        slots=(Slot(color="#3d2a17"), green),
        fill=0.3,
    )
    return replace(made, parts=(*made.parts, Part(solid=skin, slot=3)))


def snake() -> Blueprint:
    """Return a snake in loose coils with its head raised."""
    turn = np.linspace(0, 4.6 * np.pi, 130)
    far = np.interp(turn, [0, turn[-1]], [0.34, 0.1])
    coil = np.column_stack([far * np.cos(turn), far * np.sin(turn),
                            np.interp(turn, [0, 7, turn[-1]], [0.03, 0.045, 0.15])])  # fmt: skip
    neck = curve(np.array([coil[-1], (0.0, -0.02, 0.24), (0, 0.0, 0.36), (0, -0.09, 0.42)]), 24)
    path = np.concatenate([coil, neck[1:]])
    radii = np.interp(np.linspace(0, 1, len(path)), [0, 0.27, 0.8, 1], [0.008, 0.04, 0.042, 0.03])
    body = tube(path, radii, sides=16, pieces=20)
    head = modelled(
        (limb((0, -0.08, 0.42, 0.036), (0, -0.15, 0.41, 0.042), (0, -0.22, 0.4, 0.028),
              flat=(1.1, 1, 0.75)),), blend=0.02, cells=30,
    )  # fmt: skip
    low = float(body.vertices[:, 2].min())
    whole = fused(body, head).moved(z=-low)
    tongue = pair(horn((0.0, -0.24, 0.39 - low, 0.005), (0.0, -0.29, 0.39 - low, 0.004),
                       (0.014, -0.32, 0.385 - low, 0.002)))  # fmt: skip
    rings = np.linspace(0, 1, len(path))
    dark = whole.painted(2, lambda c: _saddled(c + np.array([0, 0, low]), path, rings))
    return creature(
        dark, (eyes(0.034, -0.18, 0.428 - low, 0.008), 1), (tongue, 3),
        slots=(Slot(color="#3a4a1c"), Slot(color="#a01f1f")), fill=0.5,
    )  # fmt: skip


def _saddled(c: Array, path: Array, share: Array) -> Array:
    """Pick the bands of a snake by how far along it they are."""
    nearest = np.argmin(np.linalg.norm(c[:, None] - path, axis=2), axis=1)
    return np.asarray((np.sin(90 * share[nearest]) > 0.35) & (c[:, 2] < 0.38))  # noqa: PLR2004


def _scutes(c: Array) -> Array:
    """Pick the seams between a shell's plates: borders of cells round points in rings."""
    seeds = [(0.0, y) for y in (-0.06, 0.02, 0.1)]
    seeds += [(s * 0.062, y) for s in (-1, 1) for y in (-0.075, -0.02, 0.045, 0.1)]
    off = np.linalg.norm(c[:, None, :2] - np.array(seeds), axis=2)
    near = np.sort(off, axis=1)
    return np.asarray((near[:, 1] - near[:, 0] < 0.009) & (c[:, 2] > 0.062))  # noqa: PLR2004


def _belly_of_tyrannosaur(c: Array) -> Array:
    x, y, z = c.T
    under = np.interp(y, [-1.5, -0.9, 0.1, 1.4, 3.0, 4.6], [3.2, 2.5, 1.85, 1.75, 1.72, 2.2])
    return np.asarray((z < under) & (np.abs(x) < 0.42) & (z > 1.4) & (y > -1.75))  # noqa: PLR2004


def _banded(c: Array) -> Array:
    """Pick the dark bands across its back."""
    x, y, z = c.T
    back = np.interp(y, [-3, -1.7, -0.9, 0.1, 1.4, 3.0, 4.6], [4.0, 3.9, 3.0, 2.7, 2.3, 1.95, 2.3])
    wave = np.sin(4.6 * y + 0.5 * np.sin(3 * z)) > 0.25  # noqa: PLR2004
    return np.asarray(wave & (z > back + 0.25 * np.abs(x)) & (y > -1.9))  # noqa: PLR2004


def _belly_of_dragon(c: Array) -> Array:
    x, y, z = c.T
    front = np.interp(z, [1.2, 1.75, 2.4, 2.7], [-0.85, -1.25, -1.58, -1.85])
    neck = (y < front) & (z > 1.0) & (z < 2.62)  # noqa: PLR2004
    under = (z < np.interp(y, [-0.9, 0, 0.9, 2], [1.3, 0.95, 0.95, 0.4])) & (z > 0.75)  # noqa: PLR2004
    return np.asarray((neck | under) & (np.abs(x) < 0.22))  # noqa: PLR2004
