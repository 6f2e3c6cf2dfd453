"""Modelling in clay: limbs of changing thickness that run smoothly into one another.

A limb is a chain of balls and the cones between them; limbs are joined by the polynomial smooth
minimum of their distances (Quilez 2013), and the skin is that field's surface net (Gibson 1998).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from jaxtyping import Bool, Float, Int

from scene_builder.assets.shapes.rounds import ball_of, curve
from scene_builder.assets.shapes.solid import Solid
from scene_builder.model.arrays import Array

CELLS = 66
"""Cells of the net along the longest edge of a figure."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Limb:
    """A part of a figure.

    Attributes:
        balls: Middles and radii of its balls, in order (n 4) [m].
        flat: Its thickness along X, Y and Z as a share of the radius.
        blend: Reach of the fillet to what was modelled before it [m]; None for the figure's.
    """

    balls: Float[Array, "n 4"]
    flat: tuple[float, float, float] = (1.0, 1.0, 1.0)
    blend: float | None = None

    def mirrored(self) -> "Limb":
        """Return it on the other side of the plane x = 0."""
        return replace(self, balls=self.balls * np.array([-1.0, 1, 1, 1]))


def limb(
    *balls: tuple[float, float, float, float],
    flat: tuple[float, float, float] = (1.0, 1.0, 1.0),
    blend: float | None = None,
) -> Limb:
    """Return a limb through balls (x, y, z, radius) [m]."""
    return Limb(balls=np.array(balls, float), flat=flat, blend=blend)


def smooth_limb(*balls: tuple[float, float, float, float], count: int = 12) -> Limb:
    """Return a limb that bends smoothly through balls (x, y, z, radius) [m]."""
    points = np.array(balls, float)
    return Limb(balls=np.column_stack([curve(points[:, :3], count), _between(points[:, 3], count)]))


def _between(values: Float[Array, " n"], count: int) -> Float[Array, " m"]:
    at = np.linspace(0, len(values) - 1, count)
    return np.asarray(np.interp(at, np.arange(len(values)), values))


def both(*limbs: Limb) -> tuple[Limb, ...]:
    """Return limbs and their mirror images."""
    return tuple(side for one in limbs for side in (one, one.mirrored()))


def modelled(limbs: Iterable[Limb], *, blend: float, cells: int = CELLS) -> Solid:
    """Return the skin of limbs, cut off level at z = 0, with a convex piece for each bone.

    Args:
        limbs: In the order in which they are joined.
        blend: Reach of the fillets between them [m].
        cells: Cells of the net along the longest edge.
    """
    limbs = tuple(limbs)
    low = np.min([(one.balls[:, :3] - one.balls[:, 3:]).min(axis=0) for one in limbs], axis=0)
    high = np.max([(one.balls[:, :3] + one.balls[:, 3:]).max(axis=0) for one in limbs], axis=0)
    low[2] = max(low[2], 0.0)
    step = float((high - low).max()) / cells
    # A little off the ground, so that no sample lies in its plane.
    low = low - 2.4 * step
    counts = np.ceil((high + 2.4 * step - low) / step).astype(int) + 1
    axes = [low[k] + step * np.arange(counts[k]) for k in range(3)]
    field = np.full(tuple(counts), 4 * float((high - low).max()))
    for one in limbs:
        _join(field, axes, one, blend if one.blend is None else one.blend)
    skin = surface_net(np.maximum(field, -axes[2]), low, step)
    return replace(skin, hulls=tuple(hull for one in limbs for hull in _bones(one)))


def _join(
    field: Float[Array, "i j k"], axes: Sequence[Float[Array, " n"]], one: Limb, reach: float
) -> None:
    """Take a limb into a field of distances, where it is near enough to matter."""
    margin = reach / min(one.flat)
    low = (one.balls[:, :3] - one.balls[:, 3:]).min(axis=0) - margin
    high = (one.balls[:, :3] + one.balls[:, 3:]).max(axis=0) + margin
    block = tuple(
        slice(int(np.searchsorted(at, low[k])), int(np.searchsorted(at, high[k])))
        for k, at in enumerate(axes)
    )
    chosen = [at[part] for at, part in zip(axes, block, strict=True)]
    near = _distance(np.stack(np.meshgrid(*chosen, indexing="ij"), axis=-1), one)
    before = field[block]
    overlap = np.maximum(reach - np.abs(before - near), 0) / reach
    field[block] = np.minimum(before, near) - 0.25 * reach * overlap**2


def _distance(points: Float[Array, "i j k 3"], one: Limb) -> Float[Array, "i j k"]:
    """Return how far points are outside of a limb [m]; where it is flat, a lower bound."""
    flat = np.array(one.flat)
    at, balls = points / flat, one.balls
    middles, radii = balls[:, :3] / flat, balls[:, 3]
    if len(balls) == 1:
        found = np.linalg.norm(at - middles[0], axis=-1) - radii[0]
        return np.asarray(found * float(flat.min()))
    best = np.full(points.shape[:3], np.inf)
    for (a, r), (b, s) in pairwise(zip(middles, radii, strict=True)):
        along = b - a
        share = np.clip((at - a) @ along / max(float(along @ along), 1e-12), 0, 1)
        off = at - a - share[..., None] * along
        best = np.minimum(best, np.sqrt((off**2).sum(axis=-1)) - (r + share * (s - r)))
    return np.asarray(best * float(flat.min()))


def _bones(one: Limb) -> list[Float[Array, "h 3"]]:
    coarse = np.vstack([ball_of(1, 1, 1, detail=1).vertices, [[0, 0, -1]]]) * np.array(one.flat)
    clouds = [middle + radius * coarse for *middle, radius in one.balls]
    if len(clouds) == 1:
        return clouds
    # Fine chains bend little from ball to ball: about six will do.
    chosen = [*clouds[: -1 : 1 + len(clouds) // 7], clouds[-1]]
    return [np.concatenate(pair) for pair in pairwise(chosen)]


def surface_net(field: Float[Array, "i j k"], low: Float[Array, "3"], step: float) -> Solid:
    """Return the surface on which a field is 0, facing to where it is positive.

    Args:
        field: Samples on a cubic lattice, positive all along its border.
        low: Where the first sample is (3) [m].
        step: Distance of the samples [m].
    """
    field = _without_diagonals(field, step)
    inside = field < 0
    shape = np.array(field.shape) - 1
    total = np.zeros((*shape, 3))
    count = np.zeros(shape)
    for axis in range(3):
        for offset in ((0, 0), (0, 1), (1, 0), (1, 1)):
            start = np.insert(np.array(offset), axis, 0)
            a, b = (_shifted(field, start + k * np.eye(3, dtype=int)[axis]) for k in (0, 1))
            crossing = (a < 0) != (b < 0)
            share = np.where(crossing, a / np.where(crossing, a - b, 1), 0)
            at = start + share[..., None] * np.eye(3)[axis]
            total += np.where(crossing[..., None], at, 0)
            count += crossing
    cells = np.argwhere(count > 0)
    index = np.full(tuple(shape), -1)
    index[tuple(cells.T)] = np.arange(len(cells))
    middle = total[tuple(cells.T)] / count[tuple(cells.T)][:, None]
    triangles = np.concatenate([_faces(inside, index, axis) for axis in range(3)])
    vertices = low + step * (cells + middle)
    return Solid(vertices=vertices, triangles=triangles.astype(np.int32)).outward()


def _without_diagonals(field: Float[Array, "i j k"], step: float) -> Float[Array, "i j k"]:
    """Return a field in which no two inner samples touch across a diagonal only.

    Where they do, four faces of the net would meet in one edge: what lies between them is filled.
    """
    field = field.copy()
    found = True
    while found:
        found = False
        for axis in range(3):
            turned = np.moveaxis(field, axis, 0)
            a, b, c, d = (turned[:, u, v] for u, v in _AROUND)
            crossed = ((a < 0) == (c < 0)) & ((b < 0) == (d < 0)) & ((a < 0) != (b < 0))
            found |= bool(crossed.any())
            a[crossed & (a >= 0)] = -1e-3 * step
            b[crossed & (b >= 0)] = -1e-3 * step
    return field


def _shifted(field: Float[Array, "i j k"], start: Int[Array, "3"]) -> Float[Array, "l m n"]:
    """Return the samples at one corner of every cell."""
    i, j, k = (int(s) for s in start)
    x, y, z = field.shape
    return field[i : x - 1 + i, j : y - 1 + j, k : z - 1 + k]


def _faces(
    inside: Bool[Array, "i j k"], index: Int[Array, "l m n"], axis: int
) -> Int[Array, "t 3"]:
    """Return the two triangles across every edge of the lattice along `axis` that is cut."""
    turned, cells = (np.moveaxis(a, axis, 0) for a in (inside, index))
    before, after = turned[:-1, 1:-1, 1:-1], turned[1:, 1:-1, 1:-1]
    quads = np.stack([cells[:, u, v] for u, v in _AROUND], axis=-1)
    out, back = quads[before & ~after], quads[~before & after][:, ::-1]
    loops = np.concatenate([out, back])
    if axis == 1:  # moving the middle axis to the front mirrors the others
        loops = loops[:, ::-1]
    return np.concatenate([loops[:, [0, 1, 2]], loops[:, [0, 2, 3]]])


_LOW, _HIGH = slice(None, -1), slice(1, None)
_AROUND: Sequence[tuple[slice, slice]] = (
    (_LOW, _LOW), (_HIGH, _LOW), (_HIGH, _HIGH), (_LOW, _HIGH),
)  # fmt: skip
"""The four cells round an edge, counter-clockwise as seen from its end."""
