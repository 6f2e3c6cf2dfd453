"""Which side of a surface is its outside, found out by looking."""

from dataclasses import replace

import numpy as np
from jaxtyping import Bool, Float, Int

from scene_builder.assets.library.meshes.triangles import Triangles, distinct_rows
from scene_builder.model.arrays import Array

RAYS = 12
PROBES = 48
"""At most so many triangles of a piece are asked which of their sides sees the open."""
MOST_PROBES = 20_000
"""At most so many in all: a tree has ten thousand pieces."""
SURE = 1.15
"""The back must see the open by so much more often than the front to turn a piece round."""


def facing_outward(triangles: Triangles) -> Triangles:
    """Return the triangles, turned so that neighbours agree and each piece faces the open.

    Args:
        triangles: Each face once.
    """
    pieces, flips = _agreeing(triangles.corners)
    agreed = _flipped(triangles, flips)
    return _flipped(agreed, _inward(agreed, pieces)[pieces])


def connected_pieces(corners: Int[Array, "t 3"]) -> Int[Array, " t"]:
    """Return which connected piece each triangle belongs to, by corners that they share.

    Args:
        corners: Positions of each triangle's corners.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    begin, end = corners.ravel(), np.roll(corners, -1, axis=1).ravel()
    count = int(corners.max()) + 1
    graph = coo_matrix((np.ones(len(begin)), (begin, end)), shape=(count, count))
    place = connected_components(graph, directed=False)[1]
    return np.asarray(np.unique(place[corners[:, 0]], return_inverse=True)[1], np.int64)


def _flipped(triangles: Triangles, flips: Bool[Array, " t"]) -> Triangles:
    corners, uv = triangles.corners.copy(), triangles.uv.copy()
    corners[flips] = corners[flips][:, [0, 2, 1]]
    uv[flips] = uv[flips][:, [0, 2, 1]]
    return replace(triangles, corners=corners, uv=uv)


def _agreeing(corners: Int[Array, "t 3"]) -> tuple[Int[Array, " t"], Bool[Array, " t"]]:
    """Return each triangle's connected piece, and whether it must turn to agree with it.

    Triangles are neighbours where exactly two of them share an edge. The first triangle of the
    greater part of a piece stays as it is.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    count = len(corners)
    left, right, against = neighbours(corners)
    graph = coo_matrix((np.ones(len(left)), (left, right)), shape=(count, count))
    number, pieces = connected_components(graph, directed=False)
    # One more node, joined to one triangle of each piece, makes a single tree of all pieces.
    seeds = np.unique(pieces, return_index=True)[1]
    rows, columns = np.r_[left, np.full(number, count)], np.r_[right, seeds]
    tree = coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(count + 1, count + 1))
    _, parents = breadth_first_order(tree.tocsr(), count, directed=False)
    sign = _sign_to_parent(parents, left, right, against)
    flips = _along_tree(parents, sign)[:count]
    # Keep what most of a piece's triangles say: turn the other ones.
    most = np.bincount(pieces, weights=flips, minlength=number) * 2 > np.bincount(pieces)
    return pieces.astype(np.int64), flips ^ most[pieces]


def neighbours(
    corners: Int[Array, "t 3"],
) -> tuple[Int[Array, " e"], Int[Array, " e"], Bool[Array, " e"]]:
    """Return pairs of triangles that share an edge, and whether they face against each other.

    Args:
        corners: Positions of each triangle's corners.
    """
    begin, end = corners.ravel(), np.roll(corners, -1, axis=1).ravel()
    edges = np.stack([np.minimum(begin, end), np.maximum(begin, end)], axis=1)
    _, edge = distinct_rows(edges)
    order = np.argsort(edge, kind="stable")
    counts = np.bincount(edge)
    starts = np.cumsum(counts) - counts
    pairs = starts[counts == 2]  # noqa: PLR2004 - a fold of more is no neighbourhood
    first, second = order[pairs], order[pairs + 1]
    forward = begin < end
    left, right = first // 3, second // 3
    other = left != right
    return left[other], right[other], (forward[first] == forward[second])[other]


def _sign_to_parent(
    parents: Int[Array, " n"],
    left: Int[Array, " e"],
    right: Int[Array, " e"],
    against: Bool[Array, " e"],
) -> Bool[Array, " n"]:
    sign = np.zeros(len(parents), bool)
    for child, parent in ((left, right), (right, left)):
        tree = parents[child] == parent
        sign[child[tree]] = against[tree]
    return sign


def _along_tree(parents: Int[Array, " n"], sign: Bool[Array, " n"]) -> Bool[Array, " n"]:
    """Return each node's sign times all signs up to the root, by doubling the step."""
    root = len(parents) - 1
    above = np.where(parents < 0, root, parents).astype(np.int64)
    total = sign.copy()
    while (above != root).any():
        total = total ^ total[above]
        above = above[above]
    return total


def _inward(triangles: Triangles, pieces: Int[Array, " t"]) -> Bool[Array, " p"]:
    """Whether each piece faces inward: its back sees the open more often than its front.

    A few of its triangles send rays from both sides, as far as the eye reaches.
    """
    chosen = _probes(triangles, pieces)
    front, back = _seen(triangles, chosen)
    number = int(pieces.max()) + 1
    weight = np.linalg.norm(triangles.normals[chosen], axis=1)
    fronts = np.bincount(pieces[chosen], weights=weight * front, minlength=number)
    backs = np.bincount(pieces[chosen], weights=weight * back, minlength=number)
    return np.asarray(backs > SURE * fronts)


def _probes(triangles: Triangles, pieces: Int[Array, " t"]) -> Int[Array, " k"]:
    """Return the largest triangles of each piece, fewer where there are many pieces."""
    area = np.linalg.norm(triangles.normals, axis=1)
    order = np.lexsort((-area, pieces))
    counts = np.bincount(pieces)
    rank = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    each = min(PROBES, max(1, MOST_PROBES // len(counts)))
    return np.asarray(order[rank < each])


def _seen(
    triangles: Triangles, chosen: Int[Array, " k"]
) -> tuple[Float[Array, " k"], Float[Array, " k"]]:
    """Return the share of rays (k) from the front and the back of triangles that hit nothing."""
    import trimesh

    shape = trimesh.Trimesh(triangles.points, triangles.corners, process=False)
    normals = triangles.normals[chosen]
    normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
    middle = triangles.points[triangles.corners[chosen]].mean(axis=1)
    away = 1e-5 * float(np.ptp(triangles.points, axis=0).max())
    seen = []
    for side in (1.0, -1.0):
        rays = _hemisphere(side * normals)
        origins = np.repeat(middle + side * away * normals, RAYS, axis=0)
        hit = shape.ray.intersects_any(origins, rays.reshape(-1, 3))
        seen.append(1.0 - hit.reshape(-1, RAYS).mean(axis=1))
    return seen[0], seen[1]


def _hemisphere(normals: Float[Array, "k 3"]) -> Float[Array, "k r 3"]:
    """Return the same directions (k r 3) about each normal, denser towards it (cosine)."""
    step = np.arange(RAYS) + 0.5
    radius, turn = np.sqrt(step / RAYS), np.pi * (1 + 5**0.5) * step
    local = np.stack([radius * np.cos(turn), radius * np.sin(turn), np.sqrt(1 - step / RAYS)], 1)
    aside = np.where(np.abs(normals[:, :1]) < 0.9, [[1.0, 0, 0]], [[0, 1.0, 0]])  # noqa: PLR2004
    first = np.cross(normals, aside)
    first /= np.linalg.norm(first, axis=1, keepdims=True)
    frame = np.stack([first, np.cross(normals, first), normals], axis=1)
    return np.asarray(np.einsum("rj,kji->kri", local, frame))
