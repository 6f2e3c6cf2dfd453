"""The shortest way around what stands: on a grid, pulled tight, with rounded corners."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float

from scene_builder.build.staging.going.solids import Prism
from scene_builder.model.arrays import Array

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix
else:  # types are looked up while tests run
    csr_matrix = object

CELLS = 110
"""Most cells along one side of the grid."""

STEPS_A_RADIUS = 4.0
"""A cell is so many times smaller than the radius of what goes."""

ASIDE_SHARE, ASIDE_RADII = 0.6, 6.0
"""A way may lead so far aside: as a share of its length, and in radii of what goes."""

ROUNDING_SHARE = 0.6
"""Corners are rounded over this share of the radius [1]."""

SAMPLES_A_RADIUS = 8
"""A way has so many points for each radius of what goes."""

MOST_SAMPLES = 1500
"""But no more than so many."""

KEPT_M = 1e-3
"""What stands nearer than the radius already gets no nearer, but for this [m]."""

NEIGHBOURS = ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (1, -2), (2, -1))


class Field:
    """What stands in the way of something round of one radius."""

    def __init__(
        self, prisms: Sequence[Prism], start: Float[Array, "2"], radius: float,
        floor: Float[Array, "2 2"] | None = None,
    ) -> None:  # fmt: skip
        """Hold what stands against a start.

        Args:
            prisms: What stands.
            start: Where it begins (2) [m].
            radius: What it keeps free around itself [m].
            floor: Low and high corner of where it has to stay [m]; None for anywhere.
        """
        near = [float(prism.away(start[None])[0]) for prism in prisms]
        self._prisms = [
            (prism, min(radius, gap - KEPT_M)) for prism, gap in zip(prisms, near, strict=True)
        ]
        self.radius, self.floor = radius, floor

    def free(self, points: Float[Array, "p 2"], margin: float = 0.0) -> Bool[Array, " p"]:
        """Return which points are free, with a margin [m] to spare."""
        found = np.ones(len(points), np.bool_)
        if self.floor is not None:
            found &= ((points >= self.floor[0]) & (points <= self.floor[1])).all(axis=1)
        for prism, gap in self._prisms:
            reach = gap + margin
            low, high = prism.outline.min(axis=0) - reach, prism.outline.max(axis=0) + reach
            near = np.flatnonzero(found & ((points > low) & (points < high)).all(axis=1))
            if len(near):
                found[near] = prism.away(points[near]) >= reach
        return found

    def sees(self, here: Float[Array, "2"], there: Float[Array, "2"]) -> bool:
        """Whether the straight way between two points is free."""
        return bool(self.free(_between(here, there, self.radius / SAMPLES_A_RADIUS)).all())


def route(
    field: Field, start: Float[Array, "2"], goal: Float[Array, "2"]
) -> Float[Array, "k 2"] | None:
    """Return a way of close points (k 2) [m] around what stands; None where there is none.

    It ends as near to the goal as it can.
    """
    if field.sees(start, goal):
        return _between(start, goal, field.radius / SAMPLES_A_RADIUS)
    corners = _on_grid(field, start, goal)
    if corners is None:
        return None
    tight = _pulled(field, corners)
    step = field.radius / SAMPLES_A_RADIUS
    points = [_between(a, b, step)[:-1] for a, b in pairwise(tight)]
    line = np.vstack([*points, tight[-1:]])
    return _rounded(line[:: max(1, len(line) // MOST_SAMPLES)])


def _on_grid(
    field: Field, start: Float[Array, "2"], goal: Float[Array, "2"]
) -> Float[Array, "k 2"] | None:
    from scipy.sparse.csgraph import dijkstra

    ends = np.array([start, goal])
    aside = ASIDE_SHARE * float(np.linalg.norm(goal - start)) + ASIDE_RADII * field.radius
    low, high = ends.min(axis=0) - aside, ends.max(axis=0) + aside
    cell = max(field.radius / STEPS_A_RADIUS, float((high - low).max()) / CELLS)
    shape = np.ceil((high - low) / cell).astype(int) + 1
    rows, columns = np.indices(shape)
    # The grid is laid so that the start is one of its points.
    first = np.floor((start - low) / cell).astype(int)
    places = start + cell * (np.stack([rows, columns], axis=2) - first)
    free = field.free(places.reshape(-1, 2), cell / 2).reshape(shape)
    free[tuple(first)] = True
    graph = _graph(free, cell)
    number = int(np.ravel_multi_index(tuple(first), shape))
    ways, before = dijkstra(graph, directed=False, indices=number, return_predecessors=True)
    gaps = np.linalg.norm(places.reshape(-1, 2) - goal, axis=1)
    gaps[~np.isfinite(ways)] = np.inf
    last = int(gaps.argmin())
    if last == number:
        return None
    chain = [last]
    while chain[-1] != number:
        chain.append(int(before[chain[-1]]))
    line = places.reshape(-1, 2)[chain[::-1]]
    return np.vstack([line, goal]) if field.sees(line[-1], goal) else line


def _graph(free: Bool[Array, "r c"], cell: float) -> csr_matrix:
    from scipy.sparse import coo_matrix

    numbers = np.arange(free.size).reshape(free.shape)
    pairs = []
    for down, right in NEIGHBOURS:
        left, back = max(-right, 0), free.shape[1] - max(right, 0)
        here = np.s_[: free.shape[0] - down, left:back]
        there = np.s_[down:, left + right : back + right]
        both = free[here] & free[there]
        length = np.full(int(both.sum()), cell * float(np.hypot(down, right)))
        pairs.append((numbers[here][both], numbers[there][both], length))
    a, b, length = (np.concatenate(column) for column in zip(*pairs, strict=True))
    return coo_matrix((length, (a, b)), shape=(free.size, free.size)).tocsr()


def _pulled(field: Field, line: Float[Array, "k 2"]) -> Float[Array, "j 2"]:
    """Leave out every corner that is not needed."""
    kept, here = [0], 0
    while here < len(line) - 1:
        there = len(line) - 1
        while there > here + 1 and not field.sees(line[here], line[there]):
            there -= 1
        kept.append(there)
        here = there
    return line[kept]


def _between(here: Float[Array, "2"], there: Float[Array, "2"], step: float) -> Float[Array, "k 2"]:
    count = max(2, int(np.ceil(float(np.linalg.norm(there - here)) / step)) + 1)
    return np.asarray(np.linspace(here, there, min(count, MOST_SAMPLES)))


def _rounded(line: Float[Array, "k 2"]) -> Float[Array, "k 2"]:
    from scipy.ndimage import gaussian_filter1d

    sigma = SAMPLES_A_RADIUS * ROUNDING_SHARE
    pad = min(int(4 * sigma), len(line) - 1)
    padded = np.pad(line, ((pad, pad), (0, 0)), mode="reflect", reflect_type="odd")
    smooth = gaussian_filter1d(padded, sigma, axis=0)[pad : len(line) + pad]
    smooth[0], smooth[-1] = line[0], line[-1]
    return np.asarray(smooth)
