"""Cloth and soft bodies: a form for each key, as morph targets, which every viewer plays."""

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Int

from pipeline.export.gltf.document import Document
from scene_builder.model.arrays import Array

MOST_BYTES = 12_000_000
"""What all forms of one body may take: fewer keys are written of a body with many corners."""
_CORNER_BYTES = 24


def key_frames(frames: int, corners: int = 0, *, count: int | None = None) -> list[int]:
    """Return the frames of which a form is kept, evenly, with the first and the last.

    Args:
        frames: How many the film has.
        corners: How many the mesh has.
        count: How many forms; None for as many as fit.
    """
    if count is None:
        count = int(np.clip(MOST_BYTES // max(1, corners * _CORNER_BYTES), 2, frames))
    return np.rint(np.linspace(0, frames - 1, count)).astype(int).tolist()  # type: ignore[no-any-return]


def moved_normals(
    points: Float[Array, "n 3"], triangles: Int[Array, "t 3"], vertex: Int[Array, " n"]
) -> Float[Array, "n 3"]:
    """Return smooth normals (n 3) of a form.

    Args:
        points: Its corners (n 3) [m].
        triangles: Corner indices (t 3).
        vertex: Which corners are one vertex of the body (n); −1 for a corner of its own.
    """
    a, b, c = (points[triangles[:, k]].astype(np.float64) for k in range(3))
    faces = np.cross(b - a, c - a)
    groups = np.where(vertex >= 0, vertex, vertex.max() + 1 + np.arange(len(vertex)))
    sums = np.zeros((int(groups.max()) + 1, 3))
    for k in range(3):
        np.add.at(sums, groups[triangles[:, k]], faces)
    normals = sums[groups]
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    flat = np.array([0.0, 1.0, 0.0])
    return np.where(lengths > 0, normals / np.maximum(lengths, 1e-30), flat)


def add_targets(
    document: Document, points: Sequence[Array], normals: Sequence[Array]
) -> list[dict[str, int]]:
    """Write all forms but the first as differences from it."""
    targets = []
    for form, up in zip(points[1:], normals[1:], strict=True):
        moved = (form - points[0]).astype(np.float32)
        bent = (up - normals[0]).astype(np.float32)
        targets.append(
            {"POSITION": document.numbers(moved, bounds=True), "NORMAL": document.numbers(bent)}
        )
    return targets
