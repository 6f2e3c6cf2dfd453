"""Fewer triangles that look alike from where one stands, with their paints and textures."""

import numpy as np
from jaxtyping import Float, Int

from scene_builder.assets.library.meshes.facing import connected_pieces
from scene_builder.assets.library.meshes.triangles import Triangles, distinct_rows
from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError

LEAF_TRIANGLES = 64
"""A piece of at most so many triangles can be left out where there are many like it."""
LEAST_LEAVES = 200
LARGEST_GROWTH = 3.0
AGGRESSIONS = (4, 7)
"""How readily edges are collapsed; the second time only if the first did not suffice."""
KEPT_SIZE = 0.97
"""A result that is smaller than this share of what it was has lost a part, and is not taken."""
SEED = 1
_NEAREST = 12


def lightened(triangles: Triangles, most: int) -> Triangles:
    """Return a surface of at most `most` triangles.

    Closed shapes lose edges by their quadric error (Garland & Heckbert 1997). Where hundreds of
    small pieces make a crown of leaves, collapsing edges would make them vanish: of those a
    share is left out and the others grow, so that the crown covers as much as before (Cook,
    Halstead, Planck & Ryu 2007).

    Args:
        triangles: In order (`mending`).
        most: At least 4.

    Raises:
        AssetError: If hardly anything would be left.
    """
    if len(triangles.corners) <= most:
        return triangles
    pieces = connected_pieces(triangles.corners)
    sizes = np.bincount(pieces)
    small = sizes <= LEAF_TRIANGLES
    leaf = small[pieces]
    if small.sum() < LEAST_LEAVES or leaf.mean() < 0.3:  # noqa: PLR2004 - mostly no leaves
        return _collapsed(triangles, most)
    # Branches are thin: they stay as they are as long as half of the triangles are enough.
    for_solid = min(int((~leaf).sum()), max(most // 2, int(most * (~leaf).mean())))
    leaves = _thinned(triangles.only(leaf), most - for_solid)
    if leaf.all():
        return leaves
    return _joined(_collapsed(triangles.only(~leaf), for_solid), leaves)


def _thinned(triangles: Triangles, most: int) -> Triangles:
    """Keep a share of the pieces, each grown about its middle to cover as much together."""
    pieces = connected_pieces(triangles.corners)
    sizes = np.bincount(pieces)
    order = np.random.default_rng(SEED).permutation(len(sizes))
    kept_pieces = order[np.cumsum(sizes[order]) <= most]
    if not len(kept_pieces):
        raise AssetError(f"its pieces cannot be thinned to {most} triangles")
    chosen = triangles.only(np.isin(pieces, kept_pieces))
    growth = min((len(triangles.corners) / len(chosen.corners)) ** 0.5, LARGEST_GROWTH)
    points = chosen.points[chosen.corners.ravel()]
    label = np.repeat(pieces[np.isin(pieces, kept_pieces)], 3)
    number = len(sizes)
    count = np.maximum(np.bincount(label, minlength=number), 1)[:, None]
    middle = (
        np.stack([np.bincount(label, points[:, k], minlength=number) for k in range(3)], 1) / count
    )
    grown = middle[label] + growth * (points - middle[label])
    low, high = triangles.points.min(axis=0), triangles.points.max(axis=0)
    return Triangles(
        points=np.clip(grown, low, high),
        corners=np.arange(len(grown)).reshape(-1, 3),
        uv=chosen.uv,
        slots=chosen.slots,
    )


def _joined(first: Triangles, second: Triangles) -> Triangles:
    slots = np.concatenate([first.slots, second.slots])
    order = np.argsort(slots, kind="stable")
    return Triangles(
        points=np.vstack([first.points, second.points]),
        corners=np.vstack([first.corners, second.corners + len(first.points)])[order],
        uv=np.concatenate([first.uv, second.uv])[order],
        slots=slots[order],
    )


def _collapsed(triangles: Triangles, most: int) -> Triangles:
    import fast_simplification

    if len(triangles.corners) <= most:
        return triangles
    used, corners = np.unique(triangles.corners, return_inverse=True)
    points = triangles.points[used]
    corners = corners.reshape(-1, 3).astype(np.int64)
    size = np.ptp(points, axis=0)
    points_left, left = points, corners
    for aggression in AGGRESSIONS:
        found, faces = fast_simplification.simplify(
            points, corners.astype(np.int32), target_count=max(most, 4), agg=aggression
        )
        if len(faces) and (np.ptp(found[np.unique(faces)], axis=0) > KEPT_SIZE * size).all():
            points_left, left = np.asarray(found, np.float64), np.asarray(faces, np.int64)
        if len(left) <= most:
            break
    left = _largest(points_left, left, most)
    if not len(left):
        raise AssetError(f"nothing of its surface is left with {most} triangles")
    return _painted(points_left, left, triangles)


def _largest(
    points: Float[Array, "w 3"], corners: Int[Array, "s 3"], most: int
) -> Int[Array, "k 3"]:
    """Return triangles with an area: where there are too many, those of the largest pieces."""
    a, b, c = (points[corners[:, k]] for k in range(3))
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    corners, area = corners[area > 0], area[area > 0]
    if len(corners) <= most:
        return corners
    pieces = connected_pieces(corners)
    of_piece = np.bincount(pieces, area)[pieces]
    kept = np.lexsort((-area, pieces, -of_piece))[:most]
    return np.asarray(corners[np.sort(kept)])


def _painted(
    points: Float[Array, "w 3"], corners: Int[Array, "s 3"], source: Triangles
) -> Triangles:
    """Give new triangles the slots and texture coordinates of the old ones that they cover."""
    from scipy.spatial import cKDTree

    middles = points[corners].mean(axis=1)
    old_middles = source.points[source.corners].mean(axis=1)
    near = (
        cKDTree(old_middles).query(middles, k=min(4, len(old_middles)))[1].reshape(len(middles), -1)
    )
    covered = _most_alike(near, points, corners, source)
    charts = _charts(source)
    old_points = source.points[source.corners].reshape(-1, 3)
    old_charts = np.repeat(charts, 3)
    count = min(_NEAREST, len(old_points))
    flat = points[corners].reshape(-1, 3)
    around = cKDTree(old_points).query(flat, k=count)[1].reshape(len(flat), -1)
    same = old_charts[around] == np.repeat(charts[covered], 3)[:, None]
    picked = around[np.arange(len(flat)), same.argmax(axis=1)]
    uv = source.uv.reshape(-1, 2)[picked]
    lost = ~same.any(axis=1)  # no corner of the same chart near: its own triangle's middle
    uv[lost] = source.uv.mean(axis=1)[np.repeat(covered, 3)[lost]]
    slots = source.slots[covered]
    order = np.argsort(slots, kind="stable")
    return Triangles(
        points=points,
        corners=corners[order],
        uv=uv.reshape(-1, 3, 2)[order],
        slots=slots[order],
    )


def _most_alike(
    near: Int[Array, "s k"],
    points: Float[Array, "w 3"],
    corners: Int[Array, "s 3"],
    source: Triangles,
) -> Int[Array, " s"]:
    """Return which of the nearest old triangles faces most like each new one."""
    a, b, c = (points[corners[:, k]] for k in range(3))
    normals = np.cross(b - a, c - a)
    old = source.normals
    old = old / np.maximum(np.linalg.norm(old, axis=1, keepdims=True), 1e-30)
    alike = np.einsum("skj,sj->sk", old[near], normals)
    return np.asarray(near[np.arange(len(near)), alike.argmax(axis=1)])


def _charts(triangles: Triangles) -> Int[Array, " t"]:
    """Return which connected part of the texture each triangle belongs to."""
    rows = np.column_stack(
        [
            triangles.corners.ravel(),
            np.round(triangles.uv.reshape(-1, 2) * 1e5).astype(np.int64),
            np.repeat(triangles.slots, 3),
        ]
    )
    return connected_pieces(distinct_rows(rows)[1].reshape(-1, 3))
