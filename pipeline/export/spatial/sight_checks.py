"""Whether two eyes see what they should: not the same, and not each the other's."""

import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from jaxtyping import Float, UInt8

from pipeline.run_folder.documents import DamagedError
from pipeline.run_folder.frame_store import JOURNAL, stored_frames
from scene_builder.model.arrays import Array

_LEAST_PARALLAX_PX = 1.0
"""Points with less say too little about which eye is which."""
_LEAST_EDGES = 0.1
"""Steps of brightness from pixel to pixel, in the mean, without which nothing can be told."""
_STEEP = 0.25
"""Parallax that changes by more from pixel to pixel jumps from one thing to another."""
CLEARLY = 0.8
"""An eye is wrong if another way fits so much better than the right one."""


def sight_faults(
    path: Path, left: Sequence[UInt8[Array, "h w"]], right: Sequence[UInt8[Array, "h w"]]
) -> Iterator[str]:
    """Yield what is wrong with what the eyes see.

    Args:
        path: The film, whose sheet lies beside it.
        left: Luma of the left eye's pictures.
        right: Of the right eye's.
    """
    if all((one == two).all() for one, two in zip(left, right, strict=True)):
        yield "both eyes see the same: there is no depth"
        return
    try:
        sheet = json.loads(path.with_suffix(".json").read_text())
        numbers = [float(sheet[n]) for n in ("baseline_mm", "hfov_deg", "shift_px")]
    except (OSError, ValueError, KeyError, TypeError):
        return  # a film from elsewhere: nothing to hold it against
    folder = path.parent.parent / "frames"
    if not (folder / JOURNAL).is_file():
        return
    try:
        store = stored_frames(folder, len(left))
        chosen = sorted({0, len(left) // 2, len(left) - 1})
        depths = [store.read(k).depth for k in chosen]
    except DamagedError:
        return
    if any(depth.shape != left[0].shape for depth in depths):
        return
    pairs = [(left[k], right[k]) for k in chosen]
    right_way, wrong_way, flat = np.sum(
        [_misfits(*pair, depth, *numbers) for pair, depth in zip(pairs, depths, strict=True)],
        axis=0,
    )
    if wrong_way < CLEARLY * right_way:
        yield "the eyes are exchanged: near things seem far"
    elif flat < CLEARLY * right_way:
        yield "both eyes see the same: there is no depth"


def _misfits(
    left: UInt8[Array, "h w"],
    right: UInt8[Array, "h w"],
    depth: Float[Array, "h w"],
    baseline_mm: float,
    hfov_deg: float,
    shift_px: float,
) -> tuple[float, float, float]:
    """Return how badly the right eye fits: with parallax, with its opposite, and without any."""
    height, width = left.shape
    focal_px = width / 2 / math.tan(math.radians(hfov_deg) / 2)
    parallax = shift_px - focal_px * baseline_mm / 1000 / depth
    places = np.arange(width) + np.array([1, -1, 0])[:, None, None] * parallax
    inside = ((places >= 0) & (places <= width - 1)).all(axis=0)
    steep = np.abs(np.gradient(parallax, axis=1)) > _STEEP
    # The edge of what stands in front is not an edge of what is behind it.
    near_edge = np.any([np.roll(steep, k, axis=1) for k in range(-2, 3)], axis=0)
    usable = inside & (np.abs(parallax) >= _LEAST_PARALLAX_PX) & ~near_edge
    # Only what has an edge tells where it is seen.
    weight = usable * np.abs(np.gradient(left.astype(np.float64), axis=1))
    if weight.mean() < _LEAST_EDGES:
        return 0.0, 0.0, 0.0
    first = np.clip(np.floor(places).astype(int), 0, width - 2)
    part = places - first
    rows = np.arange(height)[:, None]
    seen = right.astype(np.float64)
    shown = seen[rows, first] * (1 - part) + seen[rows, first + 1] * part
    with_it, against, without = (np.abs(shown - left) * weight).sum(axis=(1, 2))
    return float(with_it), float(against), float(without)
