"""How a vessel tips so that what is in it lands where the words say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from scene_builder.build.members import Member
from scene_builder.build.staging.pouring import Pour
from scene_builder.build.staging.pouring_grains import grain_bodies_rand, packed_rand
from scene_builder.build.staging.pouring_way import way_of
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Stage, StageAction
from scene_builder.model.timeline import Timeline

MOUTH_SHARE = 0.3
"""Grains are at most so thick, as a share of the narrowest radius that they pass."""

LEVEL_SHARE = 0.35
"""Grains fill no more than this share of the room in what they are poured into."""


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
        rng = stream(seed, "pour", pour.content.id)
        most = min(MOUTH_SHARE * float(hollow.radii.min()), _fitting(pour, members))
        packed = packed_rand(rng, hollow, pour.grain, pour.content.count, most)
        if packed is None:
            count = f"{pour.content.count} {pour.grain.name}s"
            notes.append(f"The {noun} is too small for {count}: nothing is poured.")
            continue
        radius, places = packed
        way, times = way_of(pour, members, poses, timeline)
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

    The camera has to show both ends of every pouring.

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
    ends = [name for tip in tips for name in (tip.pour.vessel, tip.pour.target) if name]
    shot = replace(stage.shot, subjects=tuple(dict.fromkeys([*stage.shot.subjects, *ends])))
    return replace(stage, bodies=(*stage.bodies, *grains), actions=tuple(actions), shot=shot)


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
