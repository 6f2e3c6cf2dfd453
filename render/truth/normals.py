"""Smooth shading normals with creases."""

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh


def corner_normals(mesh: Mesh) -> Float[Array, "t 3 3"]:
    """Return the shading normal at every corner of every triangle, in the body's frame.

    Faces around a vertex are averaged, weighted by their angle there (Thürmer and Wüthrich
    1998), across every edge that bends by at most `mesh.sharp_angle_deg`.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    corners = np.asarray(mesh.vertices, np.float64)[mesh.triangles]
    face = _unit(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]))
    one, other = _smooth_corner_pairs(mesh.triangles, face, np.deg2rad(mesh.sharp_angle_deg))
    count = mesh.triangles.size
    links = coo_matrix((np.ones(len(one), np.bool_), (one, other)), shape=(count, count))
    groups, group = connected_components(links, directed=False)
    sums = np.zeros((groups, 3))
    weighted = _corner_angles(corners)[:, :, None] * face[:, None, :]
    np.add.at(sums, group, weighted.reshape(-1, 3))
    smooth = _unit(sums)[group].reshape(-1, 3, 3)
    degenerate = (smooth == 0).all(-1, keepdims=True)
    return np.where(degenerate, np.broadcast_to(face[:, None, :], smooth.shape), smooth)


def _smooth_corner_pairs(
    triangles: Int[Array, "t 3"], face: Float[Array, "t 3"], sharp: float
) -> tuple[Int[Array, " p"], Int[Array, " p"]]:
    """Return pairs of corners (as 3·triangle + k) that share their normal over a smooth edge."""
    start = np.arange(triangles.size)
    end = start // 3 * 3 + (start + 1) % 3
    vertex = triangles.reshape(-1).astype(np.int64)
    low, high = np.minimum(vertex[start], vertex[end]), np.maximum(vertex[start], vertex[end])
    order = np.lexsort((high, low))
    same = (low[order][1:] == low[order][:-1]) & (high[order][1:] == high[order][:-1])
    # An edge of three or more triangles has no one neighbour: it stays a crease.
    alone = ~np.concatenate([[False], same[:-1]]) & ~np.concatenate([same[1:], [False]])
    first, second = order[:-1][same & alone], order[1:][same & alone]
    bend = np.clip((face[first // 3] * face[second // 3]).sum(-1), -1, 1)
    smooth = np.arccos(bend) <= sharp
    first, second = first[smooth], second[smooth]
    turned = vertex[start[first]] == vertex[end[second]]
    near = np.where(turned, end[second], start[second])
    far = np.where(turned, start[second], end[second])
    return np.concatenate([start[first], end[first]]), np.concatenate([near, far])


def _corner_angles(corners: Float[Array, "t 3 3"]) -> Float[Array, "t 3"]:
    ahead = _unit(np.roll(corners, -1, axis=1) - corners)
    back = _unit(np.roll(corners, 1, axis=1) - corners)
    return np.asarray(np.arccos(np.clip((ahead * back).sum(-1), -1, 1)))


def _unit(vectors: Float[Array, "*n 3"]) -> Float[Array, "*n 3"]:
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0))
