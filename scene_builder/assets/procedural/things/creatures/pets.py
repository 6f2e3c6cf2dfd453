"""Dogs and cats on their way: what walks and runs does not sit."""

import numpy as np

from scene_builder.assets.procedural.blueprint import Blueprint, Slot
from scene_builder.assets.procedural.things.creatures.clay import (
    Limb,
    both,
    limb,
    modelled,
    smooth_limb,
)
from scene_builder.assets.procedural.things.creatures.dressing import creature, eyes
from scene_builder.assets.shapes.rounds import ball_of
from scene_builder.model.arrays import Array

NOSE = Slot(substance="plastic", color="#1c1817")
PALE = Slot(color="#efe2cb")
PINK = Slot(color="#c98f84")

STRIDE_M = 0.055
"""How far before and behind its joint a dog's paw is set in a trot [m]."""


def dog() -> Blueprint:
    """Return a dog that trots along −Y, 0.6 m tall: diagonal legs go together."""
    skin = modelled(
        (
            limb((0, -0.2, 0.42, 0.118), (0, 0.02, 0.425, 0.098), (0, 0.2, 0.44, 0.092),
                 flat=(0.86, 1, 1)),
            *_leg(0.075, -0.22, -STRIDE_M, fore=True), *_leg(-0.075, -0.22, STRIDE_M, fore=True),
            *_leg(0.07, 0.23, STRIDE_M, fore=False), *_leg(-0.07, 0.23, -STRIDE_M, fore=False),
            limb((0, -0.25, 0.47, 0.085), (0, -0.33, 0.54, 0.068), blend=0.06),
            limb((0, -0.365, 0.585, 0.072), flat=(0.94, 1, 0.95), blend=0.03),
            limb((0, -0.42, 0.57, 0.043), (0, -0.495, 0.558, 0.032), blend=0.025),
            *both(limb((0.052, -0.345, 0.62, 0.026), (0.078, -0.345, 0.575, 0.027),
                       (0.083, -0.352, 0.535, 0.016), flat=(0.5, 1, 1), blend=0.012)),
            smooth_limb((0, 0.27, 0.47, 0.032), (0, 0.36, 0.5, 0.028), (0, 0.43, 0.57, 0.024),
                        (0, 0.46, 0.63, 0.012), count=9),
        ),
        blend=0.035, cells=104,
    )  # fmt: skip
    nose = ball_of(0.016, 0.011, 0.012, detail=2).moved(0, -0.527, 0.568)
    skin = skin.painted(3, _dog_front)
    return creature(
        skin, (eyes(0.035, -0.42, 0.605, 0.0095), 1), (nose, 2), slots=(NOSE, PALE), fill=0.9
    )


def cat() -> Blueprint:
    """Return a cat that walks along −Y, 0.3 m tall at its ears, its tail up."""
    skin = modelled(
        (
            limb((0, -0.1, 0.19, 0.056), (0, 0.02, 0.185, 0.052), (0, 0.13, 0.195, 0.054),
                 flat=(0.86, 1, 1)),
            *_paw(0.034, -0.12, -0.03), *_paw(-0.034, -0.12, 0.028),
            *_haunch(0.036, 0.13, 0.03), *_haunch(-0.036, 0.13, -0.028),
            limb((0, -0.13, 0.21, 0.042), (0, -0.175, 0.245, 0.036), blend=0.03),
            limb((0, -0.2, 0.262, 0.044), flat=(1.06, 0.96, 0.92), blend=0.02),
            limb((0, -0.236, 0.25, 0.02), flat=(1.25, 1, 0.8), blend=0.014),
            *both(limb((0.024, -0.19, 0.288, 0.02), (0.03, -0.186, 0.312, 0.011),
                       (0.033, -0.184, 0.325, 0.004), flat=(1, 0.55, 1), blend=0.008)),
            smooth_limb((0, 0.18, 0.2, 0.017), (0, 0.25, 0.225, 0.014), (0, 0.275, 0.3, 0.0135),
                        (0, 0.262, 0.375, 0.0125), (0, 0.29, 0.43, 0.008), count=12),
        ),
        blend=0.018, cells=104,
    )  # fmt: skip
    nose = ball_of(0.0055, 0.004, 0.0042, detail=2).moved(0, -0.2575, 0.2535)
    skin = skin.painted(3, _cat_front)
    return creature(
        skin, (eyes(0.0185, -0.2385, 0.272, 0.0068), 1), (nose, 2), slots=(PINK, PALE), fill=1.3
    )


def _leg(x: float, y: float, step: float, *, fore: bool) -> tuple[Limb, ...]:
    """Return a dog's leg at ±x, with its paw set `step` behind the joint [m]."""
    lifted = 0.0 if (step < 0) == fore else 0.012
    foot = (x, y + step, 0.02 + lifted)
    toe = limb((foot[0], foot[1] - 0.03, 0.018 + lifted, 0.022), (*foot, 0.024))
    if fore:
        knee = (x, y + 0.35 * step + 0.012, 0.21, 0.03)
        return (toe, limb((*foot, 0.022), knee, (x, y, 0.38, 0.062)))
    hock = (x, y + step + 0.045, 0.14 + lifted, 0.024)
    knee = (x, y + 0.2 * step - 0.045, 0.27, 0.042)
    return (toe, limb((*foot, 0.021), hock, knee, (x * 0.9, y + 0.01, 0.41, 0.078)))


def _paw(x: float, y: float, step: float) -> tuple[Limb, ...]:
    """Return a cat's foreleg [m]."""
    return (
        limb((x, y + step - 0.012, 0.011, 0.0125), (x, y + step, 0.012, 0.0125)),
        limb((x, y + step, 0.014, 0.0115), (x, y + 0.4 * step + 0.006, 0.09, 0.0145),
             (x, y, 0.17, 0.03)),
    )  # fmt: skip


def _haunch(x: float, y: float, step: float) -> tuple[Limb, ...]:
    """Return a cat's hind leg [m]."""
    return (
        limb((x, y + step - 0.014, 0.011, 0.0125), (x, y + step, 0.012, 0.0125)),
        limb((x, y + step, 0.014, 0.0115), (x, y + step + 0.022, 0.065, 0.012),
             (x, y + 0.2 * step - 0.022, 0.125, 0.021), (x * 0.9, y, 0.185, 0.04)),
    )  # fmt: skip


def _dog_front(c: Array) -> Array:
    """Pick the paler throat, belly and paws of a dog."""
    x, y, z = c.T
    under = (np.abs(x) < 0.04) & (y < 0.12) & (z < 0.345) & (z > 0.29)  # noqa: PLR2004
    chest = (y < -0.285) & (np.abs(x) < 0.038) & (z > 0.33) & (z < 0.49)  # noqa: PLR2004
    return np.asarray(under | chest | (z < 0.035))  # noqa: PLR2004


def _cat_front(c: Array) -> Array:
    """Pick a cat's white muzzle, bib and paws."""
    x, y, z = c.T
    bib = (y < -0.14) & (np.abs(x) < 0.026) & (z > 0.14) & (z < 0.222)  # noqa: PLR2004
    return np.asarray(bib | ((y < -0.238) & (z < 0.258)) | (z < 0.03))  # noqa: PLR2004
