"""Leaves: thin closed blades, flat or arching."""

import numpy as np

from scene_builder.assets.shapes.solid import Solid


def leaf_blade(length: float, width: float, *, bend: float = 0.3) -> Solid:
    """Return a leaf along +X from the origin, curved by `bend`, a quarter millimetre thick [m]."""
    t = np.linspace(0, 1, 9)
    half = width / 2 * np.sin(np.pi * t**0.8) ** 0.8
    middle = np.stack([length * t, 0 * t, length * bend * (t - t**2 * 1.3)], axis=1)
    half[[0, -1]] = 0.02 * width
    edge = np.stack([0 * t, half, 0.25 * half], axis=1)
    thick = np.array([0, 0, max(0.012 * width, 0.00025)])
    rows = [middle - edge * [1, 1, -1], middle, middle + edge]
    upper = np.stack(rows, axis=1).reshape(-1, 3)
    index = np.arange(27).reshape(9, 3)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    face = np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    )
    rim = np.concatenate([index[:, 0], index[-1, 1:], index[:-1, 2][::-1], index[0, 1:2]])
    after = np.roll(rim, -1)
    wall = np.concatenate(
        [np.stack([rim, rim + 27, after + 27], -1), np.stack([rim, after + 27, after], -1)]
    )
    triangles = np.concatenate([face, face[:, ::-1] + 27, wall]).astype(np.int32)
    vertices = np.concatenate([upper, upper - thick])
    corners = vertices[triangles]
    if np.einsum("ti,ti->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])) < 0:
        triangles = triangles[:, ::-1]
    return Solid(vertices=vertices, triangles=triangles)


def arching_leaf(length: float, width: float, lift_deg: float, *, drop: float = 1.0) -> Solid:
    """Return a long leaf from the origin that rises by an angle along +X and hangs over [m]."""
    rows = 9
    t = np.linspace(0, 1, rows)
    slope = np.deg2rad(lift_deg) * (1 - t**1.7) - np.deg2rad(38) * drop * t**2
    step = length / (rows - 1)
    x = np.concatenate([[0], np.cumsum(step * np.cos(slope[:-1]))])
    z = np.concatenate([[0], np.cumsum(step * np.sin(slope[:-1]))])
    half = width / 2 * np.clip(np.minimum(0.25 + 3 * t, 1.6 * (1 - t) ** 0.7), 0.04, 1)
    up = np.stack([-np.sin(slope), 0 * t, np.cos(slope)], 1)
    middle = np.stack([x, 0 * t, z], 1)
    side = np.stack([0 * t, half, 0 * t], 1)
    fold = 0.3 * half[:, None] * up
    thick = max(0.01 * width, 0.0006) * up
    upper = np.stack([middle - side + fold, middle, middle + side + fold], axis=1).reshape(-1, 3)
    lower = upper - np.repeat(thick, 3, axis=0)
    count = 3 * rows
    index = np.arange(count).reshape(rows, 3)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    face = np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    )
    rim = np.concatenate([index[:, 0], index[-1, 1:], index[:-1, 2][::-1], index[0, 1:2]])
    after = np.roll(rim, -1)
    wall = np.concatenate(
        [np.stack([rim, rim + count, after + count], -1), np.stack([rim, after + count, after], -1)]
    )
    triangles = np.concatenate([face, face[:, ::-1] + count, wall]).astype(np.int32)
    vertices = np.concatenate([upper, lower])
    return Solid(vertices=vertices, triangles=triangles).outward()
