"""Where a vessel goes that pours: up from where it stands, over its target, and round."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.build.members import Member
from scene_builder.build.staging.beats import lead_secs
from scene_builder.build.staging.pouring import Pour
from scene_builder.layout.items import Hollow, placed_item
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.timeline import Timeline

END_DEG = 128.0
"""So far a vessel tips: its inner wall slopes down all the way, and nothing stays behind."""

TIP_SHARE, TIP_SECS = 0.5, 2.4
"""Tipping takes this share of a film, and no longer than this [s]."""

LIFT_SHARE, LIFT_SECS = 0.22, 1.2
"""Lifting a vessel over what it pours into takes this share of a film, and no longer [s]."""

RISEN, SETS_OUT = 0.6, 0.35
"""Shares of the lifting after which a vessel is high enough, and before which it goes nowhere."""

NEAR_M, LEVEL_M = 1.2, 0.03
"""A vessel is lifted from where it stands if that is no farther from where it pours, and about as
high as what it pours into stands [m]."""

SHORT_SHARE = 0.75
"""The lip ends so many of the target's radii short of its middle: what leaves it flies on."""

FREE_M = 0.012
"""A vessel stays so far above what it pours into [m]."""

EDGE_PARTS = 8
"""Points on every edge of a mesh, where its outline matters."""

OFF_AXIS = 0.05
"""A vessel whose box is off its hollow's axis by this share of its radius has a handle there."""

SMOOTH_FRAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Aim:
    """Where it has to go.

    Attributes:
        middle: Of the opening (3) [m].
        radius: Of the opening [m].
        foot: Height of what the thing stands on [m].
        low: Least x and y of the whole thing, with its handle (2) [m].
        high: Largest ones (2) [m].
    """

    middle: Float[Array, "3"]
    radius: float
    foot: float
    low: Float[Array, "2"]
    high: Float[Array, "2"]


def way_of(
    pour: Pour, members: Mapping[str, Member], poses: Mapping[str, Pose], timeline: Timeline
) -> tuple[list[Pose], Float[Array, " k"]]:
    """Return `world_from_item` of a vessel at each knot of its way, and the knots' times [s].

    Args:
        pour: What it pours; its vessel has a hollow.
        members: All individuals.
        poses: `world_from_item` of all of them.
        timeline: Of the film.
    """
    aim = _aim(pour, members, poses)
    way, times = _tipping(members[pour.vessel], aim, pour, timeline)
    return _lifted(way, times, poses[pour.vessel], aim, timeline)


def _aim(pour: Pour, members: Mapping[str, Member], poses: Mapping[str, Pose]) -> _Aim:
    if pour.target is None or pour.target not in members:
        place = poses[pour.vessel].position
        return _Aim(middle=place, radius=0.0, foot=float(place[2]), low=place[:2], high=place[:2])
    item, pose = members[pour.target].item, poses[pour.target]
    box = placed_item(item, pose)
    if item.hollow is not None:
        middle = item.hollow.floor + np.array([0.0, 0.0, item.hollow.depth])
        radius = float(item.hollow.radii[-1])
    else:
        middle = np.append((item.low + item.high)[:2] / 2, item.high[2])
        radius = float((item.high - item.low)[:2].min()) / 2
    return _Aim(
        middle=np.asarray(pose @ middle), radius=radius, foot=float(box.low[2]),
        low=box.low[:2], high=box.high[:2],
    )  # fmt: skip


def _tipping(
    member: Member, aim: _Aim, pour: Pour, timeline: Timeline
) -> tuple[list[Pose], Float[Array, " k"]]:
    """Return its way from over the target on, upright at first."""
    hollow = member.item.hollow
    if hollow is None:
        raise ValueError(f"{pour.vessel} has no hollow; only what has one pours")
    start = pour.start_secs or lead_secs(timeline.duration_secs)
    lasts = min(TIP_SHARE * timeline.duration_secs, TIP_SECS)
    frames = max(int(np.ceil(lasts / timeline.frame_secs)), 2)
    share = np.arange(frames + 1) / frames
    angles = np.deg2rad(END_DEG) * _eased(share)
    axis = np.array([*hollow.floor[:2], 0.0])
    around = _to_right(member, hollow)
    points = (_outline(member) - axis) @ around.T
    rim = float(hollow.floor[2] + hollow.depth)
    lip = np.array([_lip(points, hollow, rim), 0.0, rim])
    across = aim.middle[0] - SHORT_SHARE * aim.radius
    heights = _smooth(
        np.array([_height(points - lip, angle, aim, across) for angle in angles])
    )  # fmt: skip
    poses = []
    for angle, height in zip(angles, heights, strict=True):
        turn = _tipped(angle)
        there = np.array([across, aim.middle[1], height])
        position = there - turn @ lip - turn @ around @ axis
        poses.append(Pose(position=position, wxyz=wxyz_from_rotation(turn @ around)))
    return poses, start + timeline.frame_secs * np.arange(frames + 1)


def _lifted(
    way: list[Pose],
    times: Float[Array, " k"],
    stand: Pose,
    aim: _Aim,
    timeline: Timeline,
) -> tuple[list[Pose], Float[Array, " m"]]:
    """Let a vessel begin where it stands, if that is near: it rises, goes over, and then tips."""
    first = way[0]
    across = float(np.linalg.norm((first.position - stand.position)[:2]))
    level = abs(float(stand.position[2]) - aim.foot) < LEVEL_M
    if aim.radius == 0 or not level or across > NEAR_M or stand.rotation[2, 2] < 1 - 1e-6:
        return way, times
    lasts = min(LIFT_SHARE * timeline.duration_secs, LIFT_SECS)
    frames = max(int(np.ceil(lasts / timeline.frame_secs)), 2)
    share = np.arange(frames) / frames
    up, over = _eased(share / RISEN), _eased((share - SETS_OUT) / (1 - SETS_OUT))
    turn = first.rotation @ stand.rotation.T
    yaw = float(np.arctan2(turn[1, 0], turn[0, 0]))
    poses = []
    for high, far in zip(up, over, strict=True):
        c, s = np.cos(far * yaw), np.sin(far * yaw)
        turned = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]]) @ stand.rotation
        place = stand.position + (first.position - stand.position) * [far, far, high]
        poses.append(Pose(position=place, wxyz=wxyz_from_rotation(turned)))
    begins = times[0] + timeline.frame_secs * np.arange(frames)
    return [*poses, *way], np.concatenate([begins, times + timeline.frame_secs * frames])


def _eased(share: Float[Array, " k"]) -> Float[Array, " k"]:
    """Return shares from 0 to 1 without a jump of speed or acceleration."""
    held = np.clip(share, 0.0, 1.0)
    return np.asarray(held**3 * (10 - 15 * held + 6 * held**2))


def _to_right(member: Member, hollow: Hollow) -> Float[Array, "3 3"]:
    """Return the turn about the vertical that brings a vessel's handle to the left."""
    item = member.item
    off = (item.low + item.high)[:2] / 2 - hollow.floor[:2]
    turn = 0.0
    if float(np.linalg.norm(off)) > OFF_AXIS * float(hollow.radii[-1]):
        turn = np.pi - float(np.arctan2(off[1], off[0]))
    c, s = np.cos(turn), np.sin(turn)
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def _tipped(angle: float) -> Float[Array, "3 3"]:
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[c, 0.0, s], [0.0, 1.0, 0.0], [-s, 0.0, c]])


def _lip(points: Float[Array, "p 3"], hollow: Hollow, rim: float) -> float:
    """Return how far the spout goes from the axis [m]."""
    near = np.abs(points[:, 2] - rim) < 0.1 * hollow.depth
    near &= np.abs(points[:, 1]) < 0.4 * float(hollow.radii[-1])
    return float(points[near, 0].max(initial=float(hollow.radii[-1])))


def _height(points: Float[Array, "p 3"], angle: float, aim: _Aim, across: float) -> float:
    """Return the least height of the lip at which nothing of the vessel touches anything [m]."""
    turned = points @ _tipped(angle).T
    places = turned[:, :2] + np.array([across, aim.middle[1]])
    over = ((places > aim.low - FREE_M) & (places < aim.high + FREE_M)).all(axis=1)
    below = -turned[over, 2].min(initial=0.0)
    return float(max(aim.middle[2] + below, aim.foot - turned[:, 2].min())) + FREE_M


def _smooth(heights: Float[Array, " k"]) -> Float[Array, " k"]:
    """Return heights that never rise and never jump, and are nowhere lower."""
    falling = np.maximum.accumulate(heights[::-1])[::-1]
    ends = np.pad(falling, (2 * SMOOTH_FRAMES, 2 * SMOOTH_FRAMES), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view
    highest = windows(ends, 2 * SMOOTH_FRAMES + 1).max(axis=1)
    return np.asarray(windows(highest, 2 * SMOOTH_FRAMES + 1).mean(axis=1))


def _outline(member: Member) -> Float[Array, "p 3"]:
    """Return points all over a member's surface, in its item's frame."""
    mesh: Mesh = member.asset.mesh
    corners = mesh.vertices[mesh.triangles].astype(np.float64)
    steps = np.linspace(0, 1, EDGE_PARTS, endpoint=False)[:, None, None, None]
    points = (corners + steps * (np.roll(corners, 1, axis=1) - corners)).reshape(-1, 3)
    points = np.unique(np.round(points, 3), axis=0)
    return np.asarray(member.item.upright @ points)
