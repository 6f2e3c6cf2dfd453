"""What hangs from a thing that stands: a lantern from a bough, a lamp from a shelf."""

import numpy as np

from scene_builder.layout.cues import Cue
from scene_builder.layout.items import placed_item
from scene_builder.layout.leaning.touching import slide
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.model.pose import Pose

FREE_M = 0.02
"""Least height of a hanging thing over the ground [m]."""

BOUGHS = (
    (0.3, -0.6),
    (-0.3, -0.6),
    (0.55, -0.3),
    (-0.55, -0.3),
    (0.0, -0.75),
    (0.2, -0.3),
    (0.0, 0.0),
)
"""Where a thing hangs from another: shares of half its width and depth, the best first."""

WIRE_M = 0.27
"""It hangs so far below that [m], by a wire."""


def hung_below(cue: Cue, carrier: str, state: Arrangement) -> dict[str, Pose] | None:
    """Return where a thing hangs from a placed one, as a lantern from a bough; None if nowhere.

    It hangs from what is lowest over it, clear of all that stands, towards the camera.
    """
    if carrier not in state.poses or cue.carriers or cue.targets:
        return None
    item, holder = state.items[cue.actor], state.items[carrier]
    if item.matter is None or holder.matter is None:
        return None
    body = state.poses[carrier] @ holder.upright
    solid = [body @ cloud for cloud in holder.matter.clouds]
    box = placed_item(holder, state.poses[carrier])
    up = np.array([0.0, 0.0, 1.0])
    middle = (item.low + item.high) / 2
    for x, y in BOUGHS:
        spot = box.center + np.array([x, y, 0.0]) * box.size / 2 - middle
        start = Pose.at(float(spot[0]), float(spot[1]), -item.height - float(item.low[2]))
        cloud = [start @ (item.upright @ one) for one in item.matter.clouds]
        touch = slide(cloud, solid, up)
        if touch is None:
            continue
        z = touch.way - WIRE_M + float(start.position[2])
        pose = {cue.actor: Pose.at(float(spot[0]), float(spot[1]), z)}
        if z + item.low[2] > FREE_M and state.clash(pose) is None and not state.broken(pose):
            return pose
    return None
