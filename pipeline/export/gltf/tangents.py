"""Tangents of surfaces that wear a normal map, so that every viewer reads the map the same way."""

import numpy as np
from jaxtyping import Float, Float32

from render.dressed import DressedSurface
from scene_builder.model.arrays import Array

_LEAST = 1e-12


def tangents_of(
    surface: DressedSurface, points: Float[Array, "n 3"], normals: Float[Array, "n 3"]
) -> Float32[Array, "n 4"]:
    """Return unit tangents along +u (n 3), each with the sign of its bitangent (n 1).

    The bitangent, `cross(normal, tangent) * sign`, points up in the picture, as glTF 2.0 (3.7.2.1)
    wants it. Corners of several triangles get the mean, by the angle that each has there, as in
    MikkTSpace (Mikkelsen, 2008); where a map is folded flat, any direction along the surface.

    Args:
        surface: Its triangles, and its texture coordinates, whose v runs upwards.
        points: Its corners as they are written (n 3) [m].
        normals: Unit normals of the corners (n 3).

    Raises:
        ValueError: If it has no texture coordinates.
    """
    if surface.uv is None:
        raise ValueError("tangents need texture coordinates")
    corners = surface.triangles
    places, flat = points[corners].astype(np.float64), surface.uv[corners].astype(np.float64)
    edges, across = np.diff(places, axis=1), np.diff(flat, axis=1)
    area = across[:, 0, 0] * across[:, 1, 1] - across[:, 0, 1] * across[:, 1, 0]
    along = edges[:, 0] * across[:, 1, 1:] - edges[:, 1] * across[:, 0, 1:]
    along = _unit(along * np.sign(area)[:, None])
    angles = _angles(places)
    sums, signs = np.zeros((len(points), 3)), np.zeros(len(points))
    up = normals.astype(np.float64)
    for k in range(3):
        at = corners[:, k]
        lying = _unit(along - (along * up[at]).sum(axis=1, keepdims=True) * up[at])
        np.add.at(sums, at, lying * angles[:, k, None])
        np.add.at(signs, at, np.sign(area) * angles[:, k])
    tangents = _unit(sums)
    lost = np.linalg.norm(tangents, axis=1) < 0.5  # noqa: PLR2004 - of unit length, or nothing
    tangents[lost] = _beside(up[lost])
    signs = np.where(signs < 0, -1.0, 1.0)
    return np.asarray(np.concatenate([tangents, signs[:, None]], axis=1), np.float32)


def _angles(places: Array) -> Array:
    """Return the angles of triangles (t 3) [rad] at their corners (t 3 3)."""
    ahead = _unit(np.roll(places, -1, axis=1) - places)
    behind = _unit(np.roll(places, 1, axis=1) - places)
    return np.asarray(np.arccos(np.clip((ahead * behind).sum(axis=2), -1, 1)))


def _unit(vectors: Array) -> Array:
    """Return vectors (... 3) of unit length; what has no length stays nothing."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.where(lengths > _LEAST, vectors / np.maximum(lengths, _LEAST), 0.0)


def _beside(normals: Array) -> Array:
    """Return some unit vector (n 3) at a right angle to each of some unit vectors (n 3)."""
    axes = np.eye(3)[np.abs(normals).argmin(axis=1)]
    return _unit(np.cross(normals, axes))
