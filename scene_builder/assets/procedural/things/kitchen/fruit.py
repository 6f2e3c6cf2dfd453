"""Fruit and vegetables; no two are quite alike."""

import numpy as np
from jaxtyping import Bool, Float

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Part,
    Slot,
    ball_collider,
)
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.leaves import leaf_blade
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import ball_of, curve, tube
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

STALK = Slot(substance="bark", color="#5b4327")
GREEN = Slot(substance="leaf", color="#4f7d2e")


def apple_rand(rng: np.random.Generator) -> Blueprint:
    """Return an apple with its stalk and a leaf."""
    wide, lean = rng.uniform(0.97, 1.04), rng.uniform(-0.02, 0.02)

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        z = u[:, 2]
        dents = 0.34 * np.exp(-(((1 - z) / 0.1) ** 1.0)) + 0.2 * np.exp(-(((1 + z) / 0.07) ** 1.0))
        lobes = 0.018 * np.cos(5 * np.arctan2(u[:, 1], u[:, 0])) * np.clip(-z, 0, 1)
        return np.asarray(1 - dents + 0.07 * z + lobes + lean * u[:, 0])

    body = ball_of(0.041 * wide, 0.041 * wide, 0.039, detail=4, shape=shape)
    body = (body).seated()
    high = float(body.vertices[:, 2].max())
    stalk = tube(
        curve(np.array([(0, 0, high - 0.014), (0.001, 0, high - 0.002), (0.005, 0, high + 0.005)]),
        8),
        0.0016, sides=8,
    )  # fmt: skip
    # It lies on the apple's shoulder: nothing stops a leaf that stands out from going through
    # what the apple rests against.
    blade = (
        leaf_blade(0.03, 0.014, bend=0.35)
        .turned("y", 22)
        .turned("z", 25)
        .moved(0.003, 0, high + 0.004)
    )
    return on_stalk(body, joined(stalk), blade)


def orange_rand(rng: np.random.Generator) -> Blueprint:
    """Return an orange with its navel."""
    r = 0.04 * float(rng.uniform(0.98, 1.02))

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        grain = np.sin(61 * u[:, 0]) * np.sin(59 * u[:, 1]) * np.sin(67 * u[:, 2])
        return np.asarray(1 - 0.05 * np.exp(-((1 - u[:, 2]) / 0.012)) + 0.004 * grain)

    body = ball_of(r, r, r, detail=4, shape=shape).moved(z=r)
    navel = turned([(0.004, 0), (0.003, 0.0012, 0.0008)], segments=12).moved(z=2 * r - 0.0028)
    return Blueprint(
        parts=(Part(solid=body), Part(solid=navel.without_hulls(), slot=1)),
        slots=(MAIN, GREEN),
        rolls="any",
        collider=ball_collider(r),
    )


def pear_rand(rng: np.random.Generator) -> Blueprint:
    """Return a pear."""
    fat = float(rng.uniform(0.97, 1.03))
    outline = [
        (0, 0.003), (0.008, 0.0, 0.004), (0.027 * fat, 0.008, 0.02), (0.036 * fat, 0.034, 0.025),
        (0.022, 0.066, 0.03), (0.017, 0.088, 0.012), (0.006, 0.098, 0.006), (0, 0.096),
    ]  # fmt: skip
    body = turned(outline, segments=48).with_hull(56)
    stalk = tube(
        curve(np.array([(0, 0, 0.093), (0.002, 0, 0.1), (0.005, 0, 0.108)]), 8), 0.0016, sides=8
    )
    return on_stalk(body, stalk, None)


def lemon_rand(rng: np.random.Generator) -> Blueprint:
    """Return a lemon that lies on its side."""
    long = float(rng.uniform(0.97, 1.04))
    outline = [
        (0, 0), (0.005, 0.002, 0.002), (0.009, 0.009, 0.008), (0.026, 0.022, 0.02), (0.0285,
        0.046, 0.03),
        (0.022, 0.074, 0.02), (0.009, 0.085, 0.008), (0.006, 0.091, 0.003), (0, 0.094),
    ]  # fmt: skip
    body = turned(outline, segments=48).scaled(1, 1, long)
    body = body.turned("y", 90).with_hull()
    center = body.vertices[:, 0].mean()
    return Blueprint(parts=(Part(solid=(body.moved(x=-float(center))).seated()),), rolls="any")


def coconut_rand(rng: np.random.Generator) -> Blueprint:
    """Return a coconut with its three eyes, and hairy."""
    phase = rng.uniform(0, 6, 3)

    def shape(u: Float[Array, "n 3"]) -> Float[Array, " n"]:
        rough = (
            np.sin(23 * u[:, 0] + phase[0]) * np.sin(27 * u[:, 1] + phase[1]) * np.sin(9 * u[:, 2])
        )
        return np.asarray(1 + 0.012 * rough + 0.05 * u[:, 2] ** 2)

    body = (ball_of(0.06, 0.06, 0.06, detail=4, shape=shape)).seated()
    eyes = [
        ball_of(0.007, 0.002, 0.006, detail=2)
        .moved(0, -0.0605, 0)
        .turned("y", 0)
        .turned("x", -a)
        .turned("z", b)
        for a, b in ((35, -9), (35, 9), (22, 0))
    ]
    marks = joined(*eyes).without_hulls().moved(z=0.063)
    return Blueprint(
        parts=(Part(solid=body, fill=1.2), Part(solid=marks, slot=1)),
        slots=(MAIN, Slot(substance="bark", color="#241710")),
        rolls="any",
    )


def watermelon_rand(rng: np.random.Generator) -> Blueprint:
    """Return a striped watermelon that lies on its side."""
    stripes, phase = 11, float(rng.uniform(0, 6))
    around = np.linspace(0, 2 * np.pi, 176, endpoint=False)
    rings = [
        np.column_stack([
            np.full(176, 0.16 * np.sin(a)),
            0.11 * np.cos(a) * np.cos(around),
            0.11 * np.cos(a) * np.sin(around),
        ])
        for a in np.linspace(-np.pi / 2, np.pi / 2, 25)[1:-1]
    ]  # fmt: skip
    body = skinned(rings, (-0.16, 0, 0), (0.16, 0, 0))

    def dark(c: Float[Array, "t 3"]) -> Bool[Array, " t"]:
        angle = np.arctan2(c[:, 2], c[:, 1])
        wobble = 0.5 * np.sin(38 * c[:, 0] + phase) + 0.25 * np.sin(97 * c[:, 0] + 3 * angle)
        return np.asarray(np.sin(stripes * angle + wobble) > 0.25)  # noqa: PLR2004

    return Blueprint(
        parts=(Part(solid=body.painted(1, dark).with_hull(60).seated()),),
        slots=(Slot(color="#6fa045", dyed=True), Slot(color="#1f4a20")),
        rolls="any",
    )


def banana() -> Blueprint:
    """Return a banana that lies on its side."""
    t = np.linspace(0, 1, 28)
    angle = np.deg2rad(-58 + 116 * t)
    path = np.stack([0.105 * np.sin(angle), -0.105 * np.cos(angle) + 0.08, 0 * t], axis=1)
    radius = 0.0185 * np.clip(np.minimum(t / 0.16, (1 - t) / 0.1), 0, 1) ** 0.6 + 0.0035
    radius[:3] = 0.0045
    body = tube(path, radius, sides=10, pieces=6, squash=1.0).moved(z=0.0215)
    body = body.painted(1, lambda c: (c[:, 0] < -0.086) | (c[:, 0] > 0.0872))  # noqa: PLR2004
    low = float(body.vertices[:, 2].min())
    return Blueprint(
        parts=(Part(solid=body.moved(z=-low)),),
        slots=(MAIN, Slot(substance="bark", color="#4a3a1c")),
    )


def on_stalk(body: Solid, stalk: Solid, blade: Solid | None, stalk_slot: Slot = STALK) -> Blueprint:
    """Return a fruit with its stalk, and with a leaf where there is one."""
    parts = [Part(solid=body), Part(solid=stalk.without_hulls(), slot=1)]
    if blade is not None:
        parts.append(Part(solid=blade.without_hulls(), slot=2))
    slots = (MAIN, stalk_slot, GREEN) if blade is not None else (MAIN, stalk_slot)
    return Blueprint(parts=tuple(parts), slots=slots, rolls="any")
