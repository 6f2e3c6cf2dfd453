"""Solid things do not pass through each other: how deep they do, and for how long."""

from collections.abc import Iterator, Set

import numpy as np
from jaxtyping import Bool, Float

from physics.certifying.check import Check
from physics.certifying.solids import Solid, depths, solid_of
from physics.observe.view import View
from scene_builder.model.arrays import Array
from scene_builder.model.pose import rotation_from_wxyz
from scene_builder.model.stage import Body

OVERLAP_SHARE = 0.05
"""Deepest overlap, as a share of the thinnest body that moves by the laws."""

LEAST_OVERLAP_M = 2e-3
"""An overlap that is less [m] is none that one could see, if it is drawn apart soon."""

LEAST_LASTING_M = 3e-4
"""And if it lasts, none that is less than this [m]."""

LASTING_SHARE = 0.03
"""What overlaps by more than this share of the thinnest body has to be drawn apart soon."""

LASTING_SECS = 0.25
"""How long such an overlap may last [s]."""

SAME_PLACE_M = 2e-5
"""What has moved by less than this [m] since it was measured is not measured again."""

MOST_LOOKS = 30_000
"""Pairs of bodies at a frame that are measured; where there are more, frames are left out."""


def check_overlap(view: View) -> Iterator[Check]:
    """Check the deepest and the longest overlap of every pair, and what the simulator told."""
    thinnest = _thinnest([body for body in view.stage.bodies if body.mobility == "dynamic"])
    limit = max(OVERLAP_SHARE * thinnest, LEAST_OVERLAP_M)
    told = view.trajectory.penetration_m
    frame = int(np.argmax(told))
    worst = Check(
        law="overlap", subject="all", measured=float(told[frame]), limit=limit, unit="m",
        text=f"deepest overlap {told[frame] * 1000:.2f} mm, at frame {frame}", frame=frame,
    )  # fmt: skip
    lasting = Check(
        law="overlap time", subject="all", measured=0.0, limit=LASTING_SECS, unit="s",
        text="no overlap lasts",
    )  # fmt: skip
    for (a, b), deep in measured_overlaps(view).items():
        pair = (view.body(a), view.body(b))
        own = _thinnest([b for b in pair if b.mobility == "dynamic"] or _told(pair))
        most = max(OVERLAP_SHARE * own, LEAST_OVERLAP_M)
        frame = int(np.argmax(deep))
        if deep[frame] / most > worst.measured / worst.limit:
            worst = Check(
                law="overlap", subject=f"{a} and {b}", measured=float(deep[frame]), limit=most,
                unit="m", text=f"deepest overlap {deep[frame] * 1000:.2f} mm, of {a} and {b}, "
                f"at frame {frame}", frame=frame,
            )  # fmt: skip
        bearable = max(LASTING_SHARE * own, LEAST_LASTING_M)
        secs, end = _longest(view, deep > bearable)
        if secs > lasting.measured:
            lasting = Check(
                law="overlap time", subject=f"{a} and {b}", measured=secs, limit=LASTING_SECS,
                unit="s", text=f"{a} and {b} overlap by more than "
                f"{bearable * 1000:.2f} mm for {secs:.2f} s", frame=end,
            )  # fmt: skip
    yield worst
    yield lasting


def measured_overlaps(view: View) -> dict[tuple[str, str], Float[Array, " f"]]:
    """Return how deep every pair that ever overlaps does, at each frame [m].

    What a joint holds together, and what stands still together, is left out.
    """
    solids = {body.id: solid_of(body) for body in view.stage.bodies}
    near = _near(view, solids)
    looks = sum(int(frames.sum()) for frames in near.values())
    stride = max(1, -(-looks // MOST_LOOKS))
    found: dict[tuple[str, str], Float[Array, " f"]] = {}
    for pair, frames in near.items():
        deep = _pair_depths(view, solids, pair, frames, stride)
        if deep.any():
            found[pair] = deep
    return found


def _pair_depths(
    view: View, solids: dict[str, Solid], pair: tuple[str, str], frames: Bool[Array, " f"],
    stride: int,
) -> Float[Array, " f"]:  # fmt: skip
    """Depth of one pair at each frame; where neither moved, nothing is measured again."""
    a, b = pair if not solids[pair[0]].plane else pair[::-1]
    motion = view.trajectory
    i, j = motion.index(a), motion.index(b)
    looked = np.flatnonzero(frames)
    looked = looked[looked % stride == 0]
    places = np.concatenate(
        [motion.positions[:, i], motion.wxyz[:, i], motion.positions[:, j], motion.wxyz[:, j]],
        axis=1,
    )[looked]
    chosen = [0] if len(looked) else []
    for k in range(1, len(looked)):
        if np.abs(places[k] - places[chosen[-1]]).max() > SAME_PLACE_M:
            chosen.append(k)
    at = looked[chosen]
    to_b = rotation_from_wxyz(motion.wxyz[at, j]).transpose(0, 2, 1)
    turns = to_b @ rotation_from_wxyz(motion.wxyz[at, i])
    apart = motion.positions[at, i] - motion.positions[at, j]
    shifts = np.einsum("fij,fj->fi", to_b, apart)
    found = depths(solids[a], solids[b], turns, shifts)
    deep = np.zeros(len(view.times))
    latest = np.searchsorted(at, looked, side="right") - 1
    for k, value in zip(looked.tolist(), found[latest].tolist(), strict=True):
        deep[k : k + stride] = value
    return deep


def _near(view: View, solids: dict[str, Solid]) -> dict[tuple[str, str], Bool[Array, " f"]]:
    """Frames at which the spheres around two bodies meet, for pairs that must not overlap."""
    joined = {frozenset((joint.parent, joint.child)) for joint in view.stage.joints}
    bodies = view.stage.bodies
    going = {action.body for action in view.stage.actions}
    found = {}
    for i, one in enumerate(bodies):
        for other in bodies[i + 1 :]:
            pair = (one.id, other.id)
            if not _may_meet(one, other, going) or frozenset(pair) in joined:
                continue
            frames = _meet(view, solids, pair)
            if frames.any():
                found[pair] = frames
    return found


def _may_meet(one: Body, other: Body, going: Set[str]) -> bool:
    """Whether one of a pair moves, by the laws or as it is told: walkers pass through nothing."""
    told = any(b.mobility == "kinematic" and b.id in going for b in (one, other))
    return told or "dynamic" in (one.mobility, other.mobility)


def _meet(view: View, solids: dict[str, Solid], pair: tuple[str, str]) -> Bool[Array, " f"]:
    motion, (a, b) = view.trajectory, pair
    if solids[a].plane:
        a, b = b, a
    i, j = motion.index(a), motion.index(b)
    here = motion.present[:, i] & motion.present[:, j]
    if solids[a].plane:
        return np.zeros_like(here)
    points = motion.positions[:, i]
    if solids[b].plane:
        return np.asarray(here & (view.inside(b, points)[:, 2] < solids[a].reach))
    local = view.inside(b, points)  # against the box of the other: walls and tables are flat
    beyond = np.maximum(np.maximum(solids[b].low - local, local - solids[b].high), 0.0)
    return np.asarray(here & (np.linalg.norm(beyond, axis=1) < solids[a].reach))


def _thinnest(bodies: list[Body]) -> float:
    return min((float(body.mesh.extents.min()) for body in bodies), default=1.0)


def _told(pair: tuple[Body, Body]) -> list[Body]:
    return [body for body in pair if body.mobility == "kinematic"]


def _longest(view: View, true: Bool[Array, " f"]) -> tuple[float, int]:
    """Longest run of frames that are all true [s], and its last frame."""
    best, end, run = 0, 0, 0
    for k, value in enumerate(true):
        run = run + 1 if value else 0
        if run > best:
            best, end = run, k
    return max(best - 1, 0) * view.frame_secs, end
