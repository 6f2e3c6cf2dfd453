"""Joints of what hangs, and the push away from rest with which a swing begins."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.speeds import froude_of
from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Joint

SWING_SPEED = 1.5
"""Speed of a medium swing at its lowest point [m/s]."""

ANGLES_DEG = (12.0, 65.0)
"""A swing starts this far from the vertical, at least and at most."""

HANGER_M = 0.25
"""A thing that hangs without a rope hangs this far below its pivot [m], by a thin wire."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hanging:
    """One chain: its poses at frame 0, its joints, and its uppermost point.

    Attributes:
        poses: `world_from_item` of each link.
        joints: From the pivot down.
        pivot: Where it is fixed (3) [m].
    """

    poses: Mapping[str, Pose]
    joints: tuple[Joint, ...]
    pivot: Float[Array, "3"]


def hanging_of(
    cue: Cue,
    deed: Deed | None,
    items: Mapping[str, Item],
    poses: Mapping[str, Pose],
    gravity: float,
) -> Hanging:
    """Hang a chain from its pivot, displaced against its heading where it swings.

    Args:
        cue: A `swing` cue.
        deed: The swing; None for what only hangs.
        items: All items.
        poses: `world_from_item`, the chain hanging straight down.
        gravity: Downward acceleration [m/s²].
    """
    links = (*cue.carriers, cue.actor)
    first = poses[links[0]]
    pivot = first @ np.array([0.0, 0.0, items[links[0]].high[2]])
    if not cue.carriers and not items[cue.actor].pendant:
        pivot = pivot + np.array([0.0, 0.0, HANGER_M])
    actor = poses[cue.actor]
    middle = actor @ ((items[cue.actor].low + items[cue.actor].high) / 2)
    length = float(pivot[2] - middle[2])
    turn = Pose.identity()
    if deed is not None and deed.verb == "swing":
        turn = _tilt(pivot, deed, length, gravity)
    tilted = {name: turn @ poses[name] for name in links}
    return Hanging(
        poses=tilted, joints=tuple(_joints(cue, links, items, pivot, tilted)), pivot=pivot
    )


def _tilt(pivot: Float[Array, "3"], deed: Deed, length: float, gravity: float) -> Pose:
    """Return the turn about the pivot that lifts the chain against its heading.

    At the lowest point v² = 2·g·l·(1 − cos θ); a stated speed is met exactly.
    """
    stated = isinstance(deed.speed, int | float)
    speed = float(deed.speed) if stated else SWING_SPEED * froude_of(deed.speed) ** 0.6  # type: ignore[arg-type]
    cosine = 1 - speed**2 / (2 * max(gravity, 0.1) * length)
    angle = float(np.arccos(np.clip(cosine, -0.9, 1.0)))
    if not stated:
        angle = float(np.clip(angle, *np.deg2rad(ANGLES_DEG)))
    heading = np.deg2rad(deed.heading_deg)
    # About this axis a hanging thing moves back against the heading, and up.
    axis = np.array([-np.sin(heading), np.cos(heading), 0.0])
    wxyz = np.append(np.cos(angle / 2), np.sin(angle / 2) * axis)
    about = Pose(position=np.zeros(3), wxyz=wxyz)
    return Pose(position=pivot - about @ pivot, wxyz=wxyz)


def _joints(
    cue: Cue,
    links: Sequence[str],
    items: Mapping[str, Item],
    pivot: Float[Array, "3"],
    poses: Mapping[str, Pose],
) -> list[Joint]:
    joints = []
    above: str | None = None
    for name in links:
        body = poses[name] @ items[name].upright
        if above is None:
            world = Pose(position=pivot, wxyz=body.wxyz)
            parent_from_joint = world
        else:
            end = poses[name] @ np.array([0.0, 0.0, items[name].high[2]])
            world = Pose(position=end, wxyz=body.wxyz)
            parent_from_joint = (poses[above] @ items[above].upright).inverse() @ world
        joints.append(
            Joint(
                id=f"hanging_{name}",
                kind="ball",
                parent=above,
                child=name,
                parent_from_joint=parent_from_joint,
                child_from_joint=body.inverse() @ world,
            )
        )
        above = name
    return joints
