"""Surfaces that many hands made, put in order: each face once, all facing outward."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from scene_builder.assets.library.meshes.facing import facing_outward, neighbours
from scene_builder.assets.library.meshes.polygons import triangles_of
from scene_builder.assets.library.meshes.triangles import Triangles, distinct_rows
from scene_builder.assets.library.meshes.wavefront import Polygons
from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError

MERGED_SHARE = 1e-6
"""Points closer than this share of the whole size are one point."""
FLAT_COS = 0.7
"""Two triangles make one bent square if their normals agree by more than this."""
SMALLEST_SHARE = 1e-12
"""Triangles below this share of the size squared have no area."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What was done to a surface, in numbers of faces.

    Attributes:
        doubled: Faces that stood twice in one place.
        empty: Triangles without area.
        turned: Triangles that faced inward, or against their neighbours.
    """

    doubled: int
    empty: int
    turned: int


def mended(polygons: Polygons) -> tuple[Triangles, Mended]:
    """Return the triangles of a file in order.

    Points in one place are merged; of faces over the same points one is kept, whichever way
    they face; triangles without area are dropped; neighbours are turned to agree, and each
    connected piece is turned so that its front sees more of the open than its back.

    Args:
        polygons: A file's faces.

    Raises:
        AssetError: If nothing with an area is left.
    """
    points, place = _merged(polygons.points)
    single = _first_of_each(place[polygons.corners], polygons.lengths)
    triangles = _triangulated(polygons, points, place, single)
    size = float(np.ptp(points[np.unique(triangles.corners)], axis=0).max())
    area = np.linalg.norm(triangles.normals, axis=1)
    whole = area > SMALLEST_SHARE * max(size, 1e-30) ** 2
    kept = triangles.only(whole)
    once = kept.only(np.sort(_first_rows(np.sort(kept.corners, axis=1))))
    once = once.only(_one_diagonal(once))
    if not len(once.corners):
        raise AssetError("none of its faces has an area; export it anew")
    turned = facing_outward(once)
    changed = int((turned.corners[:, 1] != once.corners[:, 1]).sum())
    doubled = int((~single).sum()) + len(kept.corners) - len(once.corners)
    return turned, Mended(doubled=doubled, empty=int((~whole).sum()), turned=changed)


def _one_diagonal(triangles: Triangles) -> Bool[Array, " t"]:
    """Whether each triangle stays: of a flat square that is divided along both of its diagonals.

    The two sides of a sheet are often divided differently; one of them is enough.
    """
    left, right, _ = neighbours(triangles.corners)
    long = np.maximum(np.linalg.norm(triangles.normals, axis=1, keepdims=True), 1e-300)
    normals = triangles.normals / long
    flat = np.abs(np.einsum("ej,ej->e", normals[left], normals[right])) > FLAT_COS
    left, right = left[flat], right[flat]
    six = np.sort(np.hstack([triangles.corners[left], triangles.corners[right]]), axis=1)
    distinct = np.ones(six.shape, bool)
    distinct[:, 1:] = six[:, 1:] != six[:, :-1]
    square = distinct.sum(axis=1) == 4  # noqa: PLR2004 - corners of a square
    left, right = left[square], right[square]
    stays = np.ones(len(triangles.corners), bool)
    if len(left):
        first, group = distinct_rows(six[square][distinct[square]].reshape(-1, 4))
        again = np.ones(len(left), bool)
        again[first] = False
        pairs = np.stack([left, right], axis=1)
        apart = (pairs[:, :, None] != pairs[first][group][:, None, :]).all(axis=(1, 2))
        stays[pairs[again & apart].ravel()] = False
    return stays


def _merged(points: Float[Array, "v 3"]) -> tuple[Float[Array, "w 3"], Int[Array, " v"]]:
    """Return distinct points, and for each point which of them it is."""
    size = float(np.ptp(points, axis=0).max()) or 1.0
    grid = np.round((points - points.min(axis=0)) / (MERGED_SHARE * size)).astype(np.int64)
    first, place = distinct_rows(grid)
    return points[first], place


def _first_rows(rows: Int[Array, "r k"]) -> Int[Array, " d"]:
    return distinct_rows(rows)[0]


def _first_of_each(corners: Int[Array, " c"], lengths: Int[Array, " p"]) -> Bool[Array, " p"]:
    """Whether each polygon is the first over its set of points."""
    starts = np.cumsum(lengths) - lengths
    single = np.zeros(len(lengths), bool)
    for length in np.unique(lengths):
        same = np.flatnonzero(lengths == length)
        rows = corners[starts[same, None] + np.arange(length)]
        single[same[_first_rows(np.sort(rows, axis=1))]] = True
    return single


def _triangulated(
    polygons: Polygons,
    points: Float[Array, "w 3"],
    place: Int[Array, " v"],
    single: Bool[Array, " p"],
) -> Triangles:
    starts = np.cumsum(polygons.lengths) - polygons.lengths
    owners: list[Int[Array, ...]] = []
    picks: list[Int[Array, ...]] = []
    for length in np.unique(polygons.lengths):
        which = np.flatnonzero(single & (polygons.lengths == length))
        rows = starts[which, None] + np.arange(length)
        fans = triangles_of(points[place[polygons.corners[rows]]], int(length))
        picks.append(np.take_along_axis(rows[:, None, :], fans, axis=2).reshape(-1, 3))
        owners.append(np.repeat(which, length - 2))
    corner = np.concatenate(picks)
    owner = np.concatenate(owners)
    order = np.lexsort((owner, polygons.slots[owner]))
    corner, owner = corner[order], owner[order]
    uv_index = polygons.corner_uv[corner]
    table = np.vstack([polygons.texture_points, np.zeros((1, 2))])  # −1 reads the last row
    return Triangles(
        points=points,
        corners=place[polygons.corners[corner]],
        uv=table[uv_index],
        slots=polygons.slots[owner],
    )
