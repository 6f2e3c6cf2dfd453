"""Cloth does not pass through itself: vertices stay on their side of triangles that they meet."""

import numpy as np
from jaxtyping import Bool, Float, Int

from physics.deforming.cloth.sheet import Sheet
from physics.deforming.obstacles import PUSH_OUT_SPEED
from scene_builder.model.arrays import Array

ALONG = 2.5
"""Triangles nearer to a vertex than this many spacings along the cloth are its own surroundings."""

LAYERS = 1.5
"""Two layers' middles keep so many of the distance apart that one keeps from what is solid."""

LOOK_EVERY = 2
"""Neighbours are looked for after so many steps."""

SLACK = 0.02
"""A vertex counts as over a triangle if its weights are at least minus this."""

RELAXED = 0.6
"""Share of what each pair wants that is done at once: a vertex may have several."""


class Folding:
    """What one sheet meets of itself."""

    def __init__(self, sheet: Sheet, thickness: float, friction: float) -> None:
        self._sheet = sheet
        self._gap = LAYERS * thickness
        self._friction = friction**2
        self._middles = sheet.pattern[sheet.triangles].mean(axis=1)
        self._steps = 0
        self._vertex = self._triangle = np.zeros(0, np.int64)
        self._side = np.zeros(0)

    def look(self, points: Float[Array, "v 3"], reach: float) -> None:
        """Find which vertices may meet which triangles soon, and on which side they are.

        Args:
            points: Where the vertices are (v 3) [m].
            reach: How far they may go until the next look [m].
        """
        from scipy.spatial import cKDTree

        self._steps += 1
        if (self._steps - 1) % LOOK_EVERY:
            return
        sheet = self._sheet
        middles = points[sheet.triangles].mean(axis=1)
        most = 0.75 * sheet.spacing + self._gap + min(reach * LOOK_EVERY, sheet.spacing)
        pairs = cKDTree(points).sparse_distance_matrix(
            cKDTree(middles), most, output_type="ndarray"
        )
        vertex, triangle = pairs["i"], pairs["j"]
        along = sheet.pattern[vertex] - self._middles[triangle]
        far = (along**2).sum(axis=1) > (ALONG * sheet.spacing) ** 2
        key = np.sort(vertex[far] * len(sheet.triangles) + triangle[far])
        old, side = self._vertex * len(sheet.triangles) + self._triangle, self._side
        self._vertex, self._triangle = np.divmod(key, len(sheet.triangles))
        self._side = np.zeros(len(key))
        if len(old):
            place = np.minimum(np.searchsorted(old, key), len(old) - 1)
            self._side = np.where(old[place] == key, side[place], 0.0)

    def keep_apart(
        self,
        points: Float[Array, "v 3"],
        previous: Float[Array, "v 3"],
        free: Float[Array, " v"],
        dt: float,
    ) -> None:
        """Move apart what came too near to itself or went through (in place).

        Args:
            points: Where the vertices are (v 3) [m]; they are moved.
            previous: Where they were at the part's beginning (v 3) [m].
            free: 0 for pins, else 1 (v).
            dt: Length of the part [s].
        """
        if not len(self._vertex):
            return
        corners = self._sheet.triangles[self._triangle]
        weights, height, normal = _over(points[self._vertex], points[corners])
        over: Bool[Array, " n"] = weights.min(axis=1) >= -SLACK
        # Beside a triangle a vertex may change sides: it goes round the hem.
        self._side = np.where(over & (self._side != 0), self._side, np.sign(height))
        hit = np.flatnonzero(over & (self._side * height < self._gap))
        if not len(hit):
            return
        normal = normal[hit] * self._side[hit, None]
        moved = points - previous
        mine, theirs = self._vertex[hit], corners[hit]
        slip = moved[mine] - np.einsum("nk,nkj->nj", weights[hit], moved[theirs])
        into = np.maximum(-(slip * normal).sum(axis=1), 0.0)
        depth = np.minimum(self._gap - self._side[hit] * height[hit], into + PUSH_OUT_SPEED * dt)
        along = slip - (slip * normal).sum(axis=1, keepdims=True) * normal
        length = np.linalg.norm(along, axis=1)
        grip = np.minimum(1.0, self._friction * depth / np.maximum(length, 1e-15))
        way = depth[:, None] * normal - grip[:, None] * along
        self._shift(points, mine, theirs, weights[hit], way, free)

    def _shift(
        self,
        points: Float[Array, "v 3"],
        mine: Int[Array, " m"],
        theirs: Int[Array, "m 3"],
        weights: Float[Array, "m 3"],
        way: Float[Array, "m 3"],
        free: Float[Array, " v"],
    ) -> None:
        """Move both sides by their mobility, so that together they go the whole way (in place)."""
        mobility = self._sheet.inverse_mass * free
        whole = mobility[mine] + (weights**2 * mobility[theirs]).sum(axis=1)
        part = RELAXED * way / np.maximum(whole, 1e-12)[:, None]
        np.add.at(points, mine, mobility[mine, None] * part)
        for k in range(3):
            share = mobility[theirs[:, k]] * weights[:, k]
            np.add.at(points, theirs[:, k], -share[:, None] * part)


def _over(
    points: Float[Array, "n 3"], corners: Float[Array, "n 3 3"]
) -> tuple[Float[Array, "n 3"], Float[Array, " n"], Float[Array, "n 3"]]:
    """Return points' weights in triangles (n 3), heights over them [m], and normals (n 3)."""
    one, other = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    across = np.cross(one, other)
    square = np.maximum((across**2).sum(axis=1), 1e-30)
    offset = points - corners[:, 0]
    second = (np.cross(offset, other) * across).sum(axis=1) / square
    third = (np.cross(one, offset) * across).sum(axis=1) / square
    normal = across / np.sqrt(square)[:, None]
    weights = np.stack([1 - second - third, second, third], axis=-1)
    return weights, np.asarray((offset * normal).sum(axis=1)), normal
