"""From our frame (Z up) into that of USDZ (Y up): (x, y, z) → (x, z, −y).

Poses and the bodies' own frames are both turned, so that the scene's root need not be: a root that
stands askew is what makes a headset's own transforms hard to use.
"""

import math

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array


def turned(vectors: Float[Array, "*n 3"]) -> Float[Array, "*n 3"]:
    """Return vectors (... 3) with Y up."""
    x, y, z = np.moveaxis(np.asarray(vectors, np.float64), -1, 0)
    return np.stack([x, z, -y], axis=-1)


def turned_wxyz(wxyz: Float[Array, "*n 4"]) -> Float[Array, "*n 4"]:
    """Return the same rotations (... 4) between frames with Y up."""
    w, x, y, z = np.moveaxis(np.asarray(wxyz, np.float64), -1, 0)
    return np.stack([w, x, z, -y], axis=-1)


def turned_outside(wxyz: Float[Array, "*n 4"]) -> Float[Array, "*n 4"]:
    """Return rotations (... 4) whose outer axes have Y up, and whose inner ones stay.

    Cameras and lamps look along their own −Z in glTF and USD as here.
    """
    half = math.sqrt(0.5)
    w, x, y, z = np.moveaxis(np.asarray(wxyz, np.float64), -1, 0)
    # (√½, −√½, 0, 0) ⊗ q: a quarter turn about X, from Z up to Y up.
    return np.asarray(half * np.stack([w + x, x - w, y + z, z - y], axis=-1))


def continuous(wxyz: Float[Array, "f 4"]) -> Float[Array, "f 4"]:
    """Return unit quaternions (f 4) without sign jumps: a player blends them number by number."""
    unit = wxyz / np.linalg.norm(wxyz, axis=-1, keepdims=True)
    jumps = (unit[1:] * unit[:-1]).sum(axis=-1) < 0
    signs = np.concatenate([[1.0], np.cumprod(np.where(jumps, -1.0, 1.0))])
    return np.asarray(unit * signs[:, None])
