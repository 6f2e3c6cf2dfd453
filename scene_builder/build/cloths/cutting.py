"""Sheets of cloth and poles as meshes."""

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh

MOST_VERTICES = 900
"""A sheet has about so many vertices: what a film of four seconds simulates in as many."""

POLE_SIDES = 20

SMOOTH_DEG = 180.0
"""Cloth has no creases in its shading."""


def sheet_mesh(width: float, height: float) -> Mesh:
    """Return a flat level sheet about the origin, its threads along X and Y.

    Args:
        width: Along X [m].
        height: Along Y [m].
    """
    columns = max(3, round(float(np.sqrt(MOST_VERTICES * width / height))))
    rows = max(3, round(MOST_VERTICES / columns))
    u, v = np.meshgrid(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    uv = np.stack([u.ravel(), v.ravel()], axis=-1)
    flat = (uv - 0.5) * [width, height]
    number = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (part.ravel() for part in (
        number[:-1, :-1], number[:-1, 1:], number[1:, 1:], number[1:, :-1]
    ))  # fmt: skip
    # Diagonals take turns, so that cloth falls alike to all sides.
    even = (np.add.outer(np.arange(rows - 1), np.arange(columns - 1)) % 2 == 0).ravel()[:, None]
    first = np.where(even, np.stack([a, b, c], -1), np.stack([a, b, d], -1))
    second = np.where(even, np.stack([a, c, d], -1), np.stack([b, c, d], -1))
    triangles = np.vstack([first, second])
    return Mesh(
        vertices=np.column_stack([flat, np.zeros(len(flat))]), triangles=triangles, uv=uv,
        material_index=np.zeros(len(triangles), np.int32), sharp_angle_deg=SMOOTH_DEG,
    )  # fmt: skip


def pole_mesh(radius: float, height: float) -> Mesh:
    """Return an upright pole on the origin [m]."""
    angles = np.arange(POLE_SIDES) * 2 * np.pi / POLE_SIDES
    ring: Float[Array, "s 3"] = np.column_stack(
        [np.cos(angles) * radius, np.sin(angles) * radius, np.zeros(POLE_SIDES)]
    )
    low, high = np.zeros((1, 3)), np.array([[0.0, 0.0, height]])
    vertices = np.vstack([ring, ring + high, low, high])
    one = np.arange(POLE_SIDES)
    other, foot = np.roll(one, -1), np.full(POLE_SIDES, 2 * POLE_SIDES)
    tip = foot + 1
    side = [np.stack([one, other, other + POLE_SIDES], -1)]
    side.append(np.stack([one, other + POLE_SIDES, one + POLE_SIDES], -1))
    ends = [np.stack([other, one, foot], -1)]
    ends.append(np.stack([one + POLE_SIDES, other + POLE_SIDES, tip], -1))
    triangles = np.vstack([*side, *ends])
    return Mesh(
        vertices=vertices, triangles=triangles,
        material_index=np.zeros(len(triangles), np.int32),
    )  # fmt: skip
