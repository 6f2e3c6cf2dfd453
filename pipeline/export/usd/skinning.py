"""Smooth skinning decomposition: vertices that move as a few bones that move.

Headsets play no vertex caches; they play skins. A motion of vertices is divided among rigid bones
and at most four weights a vertex, in turns: weights for the bones that there are, then bones for
the weights that there are (Le and Deng 2012, "Smooth skinning decomposition with rigid bones").
A fold that is far off is seen, a small error everywhere is not: groups are divided where they are
worst, and from turn to turn the vertices that are far off count for more (Lawson 1961).
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array

INFLUENCES = 4
"""Bones that a vertex follows at most."""
MOST_JOINTS = 64
_CANDIDATES = 6
"""Bones that a vertex may choose its own from."""
_CLUSTER_ROUNDS, _ROUNDS = 6, 12
_SPREAD_SHARE = 0.8
"""Share of the bones that are spread evenly at first; the others go to where it is worst."""
_URGE, _LEAST_URGE, _MOST_URGE = 0.4, 0.05, 400.0
"""How soon a vertex that is far off counts for more, and within which limits."""
_LEAST_GROUP = 3
"""Vertices that a bone's turn can be told from."""
_TIE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Skin:
    """A motion of vertices as bones.

    Attributes:
        centers: Where each bone is at rest, unturned (j 3) [m].
        rotations: How each is turned at each frame (f j 3 3).
        places: Where each is at each frame (f j 3) [m].
        joint: The bones that each vertex follows (v 4).
        weight: How much it follows them (v 4); each row sums to 1.
        worst_m: Largest distance of any vertex from the motion at any frame [m].
    """

    centers: Float[Array, "j 3"]
    rotations: Float[Array, "f j 3 3"]
    places: Float[Array, "f j 3"]
    joint: Int[Array, "v 4"]
    weight: Float[Array, "v 4"]
    worst_m: float


def fit_skin(
    rest: Float[Array, "v 3"], frames: Float[Array, "f v 3"], *, joints: int = MOST_JOINTS
) -> Skin:
    """Return the skin that comes nearest to a motion of vertices.

    Args:
        rest: Vertices at rest (v 3) [m].
        frames: Vertices at each frame (f v 3) [m].
        joints: Bones at most.
    """
    rest, frames = np.asarray(rest, np.float64), np.asarray(frames, np.float64)
    owner = _divided(rest, frames, min(joints, len(rest)))
    centers = np.stack([rest[owner == j].mean(axis=0) for j in range(owner.max() + 1)])
    rotations, shifts = _rigid_of_clusters(rest, frames, owner)
    choice = _nearest(rest, centers)
    urge = np.ones(len(rest))
    best = (np.inf, rotations, shifts, np.zeros(choice.shape))
    for _ in range(_ROUNDS + 1):
        weights = _weights(rest, frames, rotations, shifts, choice)
        moved = skinned(rest, rotations, shifts, choice, weights)
        off = np.linalg.norm(frames - moved, axis=-1).max(axis=0)
        if off.max() < best[0]:
            best = (float(off.max()), rotations, shifts, weights)
        urge *= (0.3 + off / max(off.mean(), _TIE)) ** _URGE
        urge = np.clip(urge / np.median(urge), _LEAST_URGE, _MOST_URGE)
        rotations, shifts = _bones(rest, frames, rotations, shifts, choice, weights, urge)
    worst, rotations, shifts, weights = best
    order = np.argsort(-weights, axis=1, kind="stable")[:, :INFLUENCES]
    kept = np.take_along_axis(weights, order, axis=1)
    spare = ((0, 0), (0, INFLUENCES - order.shape[1]))
    return Skin(
        centers=centers,
        rotations=rotations,
        places=np.einsum("fjab,jb->fja", rotations, centers) + shifts,
        joint=np.pad(np.where(kept > 0, np.take_along_axis(choice, order, axis=1), 0), spare),
        weight=np.pad(kept / kept.sum(axis=1, keepdims=True), spare),
        worst_m=worst,
    )


def skinned(
    rest: Float[Array, "v 3"],
    rotations: Float[Array, "f j 3 3"],
    shifts: Float[Array, "f j 3"],
    joint: Int[Array, "v k"],
    weight: Float[Array, "v k"],
) -> Float[Array, "f v 3"]:
    """Return where bones carry vertices: a bone takes x to `rotation @ x + shift`."""
    moved = np.zeros((len(rotations), len(rest), 3))
    for k in range(joint.shape[1]):
        moved += weight[:, k, None] * _carried(rest, rotations, shifts, joint[:, k])
    return moved


def _carried(rest: Array, rotations: Array, shifts: Array, joint: Array) -> Array:
    """Return each vertex as its one bone carries it (f v 3)."""
    return np.asarray(np.einsum("fvab,vb->fva", rotations[:, joint], rest) + shifts[:, joint])


def _divided(rest: Array, frames: Array, count: int) -> Int[Array, " v"]:
    """Divide the vertices into groups, smaller where they move less as one (v)."""
    owner = _clusters(rest, frames, max(1, round(_SPREAD_SHARE * count)))
    rotations, shifts = _rigid_of_clusters(rest, frames, owner)
    off = ((_carried(rest, rotations, shifts, owner) - frames) ** 2).sum(axis=(0, 2))
    while owner.max() + 1 < count:
        sizes = np.bincount(owner)
        worth = np.where(sizes >= 2 * _LEAST_GROUP, np.bincount(owner, off), 0.0)
        members = np.flatnonzero(owner == worth.argmax())
        if worth.max() <= _TIE**2:
            break
        away = np.linalg.norm(rest[members] - rest[members[off[members].argmax()]], axis=1)
        new = owner.max() + 1
        owner[members[np.argsort(away, kind="stable")[: len(members) // 2]]] = new
        for group in (new, worth.argmax()):
            own = owner == group
            rotation, shift = _rigid(rest[own], frames[:, own], None)
            moved = np.einsum("fab,vb->fva", rotation, rest[own]) + shift[:, None]
            off[own] = ((moved - frames[:, own]) ** 2).sum(axis=(0, 2))
    return owner


def _clusters(rest: Array, frames: Array, count: int) -> Int[Array, " v"]:
    """Divide the vertices into groups that move nearly as one (v); none is empty."""
    seeds = [int(np.argmax(np.linalg.norm(rest - rest.mean(axis=0), axis=1)))]
    away = np.linalg.norm(rest - rest[seeds[0]], axis=1)
    while len(seeds) < count and away.max() > _TIE:
        seeds.append(int(np.argmax(away)))
        away = np.minimum(away, np.linalg.norm(rest - rest[seeds[-1]], axis=1))
    owner = np.linalg.norm(rest[:, None] - rest[seeds], axis=-1).argmin(axis=1)
    for _ in range(_CLUSTER_ROUNDS):
        owner = _dense(owner)
        centers = np.stack([rest[owner == j].mean(axis=0) for j in range(owner.max() + 1)])
        rotations, shifts = _rigid_of_clusters(rest, frames, owner)
        near = _nearest(rest, centers)
        errors = np.stack(
            [((_carried(rest, rotations, shifts, near[:, k]) - frames) ** 2).sum(axis=(0, 2))
             for k in range(near.shape[1])], axis=1,
        )  # fmt: skip
        owner = np.take_along_axis(near, errors.argmin(axis=1)[:, None], axis=1)[:, 0]
    return _dense(owner)


def _dense(owner: Array) -> Int[Array, " v"]:
    """Return the same groups with numbers from 0 without gaps."""
    return np.unique(owner, return_inverse=True)[1].reshape(-1)


def _nearest(rest: Array, centers: Array) -> Int[Array, "v k"]:
    """Return the bones that a vertex may follow: the nearest at rest (v k)."""
    away = np.linalg.norm(rest[:, None] - centers, axis=-1)
    return np.argsort(away, axis=1, kind="stable")[:, : min(_CANDIDATES, len(centers))]


def _rigid_of_clusters(rest: Array, frames: Array, owner: Array) -> tuple[Array, Array]:
    count = int(owner.max()) + 1
    fits = [_rigid(rest[owner == j], frames[:, owner == j], None) for j in range(count)]
    return np.stack([r for r, _ in fits], axis=1), np.stack([t for _, t in fits], axis=1)


def _rigid(points: Array, targets: Array, weight: Array | None) -> tuple[Array, Array]:
    """Return rotation (f 3 3) and shift (f 3) that bring points nearest to targets (Kabsch)."""
    share = np.ones(len(points)) if weight is None else weight
    share = share / share.sum()
    middle, goals = share @ points, np.einsum("v,fvb->fb", share, targets)
    spread = np.einsum("v,va,fvb->fab", share, points - middle, targets - goals[:, None])
    # A patch is nearly flat: let its third direction keep what the other two say.
    u, _, vt = np.linalg.svd(spread)
    flip = np.sign(np.linalg.det(u) * np.linalg.det(vt))
    vt[:, 2] *= flip[:, None]
    rotation = np.swapaxes(u @ vt, 1, 2)
    return rotation, goals - rotation @ middle


def _weights(
    rest: Array, frames: Array, rotations: Array, shifts: Array, choice: Array
) -> Float[Array, "v k"]:
    """Return the best weights: not negative, their sum is 1, at most four are above 0 (v k).

    Every set of up to four bones is tried; with the sum held, each is a small linear problem.
    """
    offsets = np.stack(
        [_carried(rest, rotations, shifts, choice[:, k]) - frames for k in range(choice.shape[1])]
    )
    gram = np.einsum("kfva,lfva->vkl", offsets, offsets, optimize=True)
    slack = 1e-6 * np.trace(gram, axis1=1, axis2=2).mean() / choice.shape[1] + 1e-15
    gram += slack * np.eye(choice.shape[1])
    best = np.full(len(rest), np.inf)
    found = np.zeros(choice.shape)
    for size in range(1, min(INFLUENCES, choice.shape[1]) + 1):
        for members in combinations(range(choice.shape[1]), size):
            part = gram[:, members][:, :, members]
            solved = np.linalg.solve(part, np.ones((len(rest), size, 1)))[..., 0]
            weight = solved / solved.sum(axis=1, keepdims=True)
            error = np.einsum("vk,vkl,vl->v", weight, part, weight)
            better = (error < best * (1 - _TIE)) & (weight >= 0).all(axis=1)
            best = np.where(better, error, best)
            rows = np.zeros(choice.shape)
            rows[:, members] = weight
            found[better] = rows[better]
    return found


def _bones(
    rest: Array,
    frames: Array,
    rotations: Array,
    shifts: Array,
    choice: Array,
    weights: Array,
    urge: Array,
) -> tuple[Array, Array]:
    """Move one bone after the other to where its share of the motion wants it.

    `urge` (v) is how much each vertex counts.
    """
    rotations, shifts = rotations.copy(), shifts.copy()
    left = frames - skinned(rest, rotations, shifts, choice, weights)
    for j in range(rotations.shape[1]):
        share = np.where(choice == j, weights, 0.0).sum(axis=1)
        users = np.flatnonzero(share > 1e-3)  # noqa: PLR2004
        if len(users) < _LEAST_GROUP:
            continue
        part, here = share[users], rest[users]
        only = np.full(len(users), j)
        before = _carried(here, rotations, shifts, only)
        goal = left[:, users] / part[:, None] + before
        rotations[:, j], shifts[:, j] = _rigid(here, goal, urge[users] * part**2)
        after = _carried(here, rotations, shifts, only)
        left[:, users] += part[:, None] * (before - after)
    return rotations, shifts
