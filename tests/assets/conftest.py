import functools
from collections.abc import Callable

import numpy as np
import pytest

from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.source import Asset, Description
from scene_builder.model.chance import stream

Make = Callable[..., Asset]


@functools.cache
def _made(noun: str, words: tuple[tuple[str, object], ...], seed: int) -> Asset:
    asset = ProceduralSource().find(noun, Description(**dict(words)), stream(seed, "test", noun))
    assert asset is not None
    return asset


@pytest.fixture(scope="session")
def make() -> Make:
    """Return a maker of assets that makes equal ones once."""

    def made(noun: str, *, seed: int = 1, **words: object) -> Asset:
        return _made(noun, tuple(sorted(words.items())), seed)

    return made


def halfspaces(hull) -> tuple[np.ndarray, np.ndarray]:
    """Return outward normals (f 3) and offsets (f) of a convex mesh."""
    corners = np.asarray(hull.vertices, np.float64)[hull.triangles]
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    long = np.linalg.norm(normals, axis=1)
    keep = long > 1e-14
    normals = normals[keep] / long[keep, None]
    return normals, np.einsum("fi,fi->f", normals, corners[keep, 0])


def outside_of(asset: Asset, points: np.ndarray) -> np.ndarray:
    """Return how far points (n 3) are outside of the collider (n) [m]; negative is inside.

    For corners of hulls this is a lower bound of the distance.
    """
    collider = asset.collider
    local = points - collider.center
    if collider.shape == "sphere":
        return np.linalg.norm(local, axis=1) - collider.size[0]
    if collider.shape == "box":
        return (np.abs(local) - np.array(collider.size) / 2).max(axis=1)
    if collider.shape == "cylinder":
        radius, height = collider.size
        across = np.hypot(local[:, 0], local[:, 1]) - radius
        return np.maximum(across, np.abs(local[:, 2]) - height / 2)
    best = np.full(len(points), np.inf)
    for hull in collider.hulls:
        normals, offsets = halfspaces(hull)
        best = np.minimum(best, (points @ normals.T - offsets).max(axis=1))
    return best
