"""How a vessel tips so that what is in it lands where the words say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from scene_builder.build.members import Member
from scene_builder.build.staging.beats import lead_secs
from scene_builder.build.staging.pouring import Pour
from scene_builder.build.staging.pouring_grains import grain_bodies_rand, packed_rand
from scene_builder.layout.items import Hollow, placed_item
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import Body, Stage, StageAction
from scene_builder.model.timeline import Timeline

END_DEG = 128.0
"""So far a vessel tips: its inner wall slopes down all the way, and nothing stays behind."""

TIP_SHARE, TIP_SECS = 0.55, 2.4
"""Tipping takes this share of a film, and no longer than this [s]."""

SHORT_SHARE = 0.75
"""The lip ends so many of the target's radii short of its middle: what leaves it flies on."""

FREE_M = 0.012
"""A vessel stays so far above what it pours into [m]."""

MOUTH_SHARE = 0.3
"""Grains are at most so thick, as a share of the narrowest radius that they pass."""

LEVEL_SHARE = 0.35
"""Grains fill no more than this share of the room in what they are poured into."""

EDGE_PARTS = 8
"""Points on every edge of a mesh, where its outline matters."""

OFF_AXIS = 0.05
"""A vessel whose box is off its hollow's axis by this share of its radius has a handle there."""

SMOOTH_FRAMES = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tip:
    """One vessel's way.

    Attributes:
        pour: What it pours.
        poses: `world_from_body` at each knot of the way.
        times: When it is there [s].
        centers: Middles of the grains at frame 0 (n 3) [m], in the world.
        radius: Of a grain [m].
    """

    pour: Pour
    poses: tuple[Pose, ...]
    times: Float[Array, " k"]
    centers: Float[Array, "n 3"]
    radius: float


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


def tips_of(
    pours: Sequence[Pour],
    members: Mapping[str, Member],
    poses: Mapping[str, Pose],
    timeline: Timeline,
    seed: int,
) -> tuple[tuple[Tip, ...], tuple[str, ...]]:
    """Return the way of each vessel, and a sentence about each that can pour nothing.

    Args:
        pours: What is poured.
        members: All individuals.
        poses: `world_from_item` of all of them.
        timeline: Of the film.
        seed: Of the run.
    """
    tips, notes = [], []
    for pour in pours:
        member = members[pour.vessel]
        hollow, noun = member.item.hollow, member.asset.noun
        if hollow is None:
            notes.append(f"The {noun} here has no opening: nothing can be poured from it.")
            continue
        aim = _aim(pour, members, poses)
        rng = stream(seed, "pour", pour.content.id)
        most = min(MOUTH_SHARE * float(hollow.radii.min()), _fitting(pour, members))
        packed = packed_rand(rng, hollow, pour.grain, pour.content.count, most)
        if packed is None:
            count = f"{pour.content.count} {pour.grain.name}s"
            notes.append(f"The {noun} is too small for {count}: nothing is poured.")
            continue
        radius, places = packed
        way, times = _way(member, hollow, aim, pour, timeline)
        tips.append(
            Tip(
                pour=pour, times=times, radius=radius,
                poses=tuple(pose @ member.item.upright for pose in way),
                centers=np.asarray(way[0] @ places),
            )
        )  # fmt: skip
    return tuple(tips), tuple(notes)


def with_grains(stage: Stage, tips: Sequence[Tip], seed: int) -> Stage:
    """Return a stage with all grains as its last bodies, and with vessels that tip.

    Args:
        stage: Everything else; vessels stand at the beginning of their way.
        tips: The ways.
        seed: Of the run.
    """
    actions, grains = list(stage.actions), list[Body]()
    for tip in tips:
        content = tip.pour.content
        ids = tuple(f"{content.id}#{k + 1}" for k in range(content.count))
        rng = stream(seed, "grains", content.id)
        grains += grain_bodies_rand(
            rng, tip.pour.grain, ids, content.noun, content.color, tip.radius, tip.centers
        )
        actions += _commands(tip, stage)
    actions.sort(key=lambda action: action.start_secs)
    return replace(stage, bodies=(*stage.bodies, *grains), actions=tuple(actions))


def _commands(tip: Tip, stage: Stage) -> list[StageAction]:
    """Return velocities that lead a vessel from knot to knot."""
    center = stage.body(tip.pour.vessel).center_of_mass
    found = []
    for k, secs in enumerate(np.diff(tip.times)):
        here, there = tip.poses[k], tip.poses[k + 1]
        turn = there.rotation @ here.rotation.T
        sine = np.array([turn[2, 1] - turn[1, 2], turn[0, 2] - turn[2, 0], turn[1, 0] - turn[0, 1]])
        found.append(
            StageAction(
                kind="set_velocity", body=tip.pour.vessel, start_secs=float(tip.times[k]),
                duration_secs=float(secs), linear=(there @ center - here @ center) / secs,
                angular=_angle(sine / 2) / secs, verb="pour",
            )
        )  # fmt: skip
    return found


def _angle(sine: Float[Array, "3"]) -> Float[Array, "3"]:
    """Return the rotation vector of a turn by less than a right angle, from its sine's."""
    length = float(np.linalg.norm(sine))
    return sine if length < 1e-12 else sine * (np.arcsin(min(length, 1.0)) / length)  # noqa: PLR2004


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


def _fitting(pour: Pour, members: Mapping[str, Member]) -> float:
    """Return the largest radius of grains that all go into what they are poured into [m]."""
    target = members.get(pour.target or "")
    if target is None or target.item.hollow is None:
        return np.inf
    hollow = target.item.hollow
    mean = (hollow.radii[1:] ** 2 + hollow.radii[:-1] ** 2) / 2
    room = np.pi * float(mean @ np.diff(hollow.heights)) * LEVEL_SHARE
    longer = 1 + 1.5 * (pour.grain.longer - 1)
    return float((3 * room / (4 * np.pi * longer * pour.content.count)) ** (1 / 3))


def _way(
    member: Member, hollow: Hollow, aim: _Aim, pour: Pour, timeline: Timeline
) -> tuple[list[Pose], Float[Array, " k"]]:
    """Return `world_from_item` at each knot, and the knots' times [s]."""
    start = pour.start_secs or lead_secs(timeline.duration_secs)
    lasts = min(TIP_SHARE * timeline.duration_secs, TIP_SECS)
    frames = max(int(np.ceil(lasts / timeline.frame_secs)), 2)
    share = np.arange(frames + 1) / frames
    eased = share**3 * (10 - 15 * share + 6 * share**2)  # no jump of speed or acceleration
    angles = np.deg2rad(END_DEG) * eased
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
