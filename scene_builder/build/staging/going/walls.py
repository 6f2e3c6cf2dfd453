"""Where on the back wall a thing can be thrown: past all that stands or hangs before it."""

import numpy as np
from jaxtyping import Float

from scene_builder.build.staging.going.scene import Scene
from scene_builder.layout.items import Placed
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body

WALL_ID = "wall"

CLOSING = ("wall", "ground", "ceiling")
"""What closes the place, and stands in nobody's way."""

ASIDE_M = (0.0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9, 1.2, -1.2)
"""So far to the right of straight ahead it may be thrown, first choice first [m]."""

ROOM_M, RISE_M = 0.04, 0.45
"""It keeps so far from everything, and flies at most so much higher than where it begins [m]."""

LOOKS = 24
"""Places on its way at which it is looked whether something is there."""


def wall_ahead(actor: Placed, scene: Scene) -> Float[Array, "3"] | None:
    """Return the way from a thing to where it can meet the back wall (3) [m].

    Args:
        actor: The box of what is thrown.
        scene: What else there is.

    Returns:
        None where there is no back wall. Where nothing is free, the way straight ahead.
    """
    wall = next((one for one in scene.around if one.id == WALL_ID), None)
    if wall is None:
        return None
    face = float(_box(wall)[0, 1])
    others = (*scene.around, *(b for name, b in scene.bodies.items() if name != actor.id))
    boxes = [_box(one) for one in others if not one.id.startswith(CLOSING)]
    room, rise = np.array([ROOM_M, 0.0, ROOM_M]), np.array([0.0, 0.0, RISE_M])
    for aside in ASIDE_M:
        way = np.array([aside, face - float(actor.high[1]), 0.0])
        steps = np.linspace(0.0, 1.0, LOOKS)[:, None] * way
        low, high = actor.low + steps - room, actor.high + steps + room + rise
        if not any(((box[0] < high) & (box[1] > low)).all(axis=1).any() for box in boxes):
            return way
    return np.array([0.0, face - float(actor.high[1]), 0.0])


def _box(body: Body) -> Float[Array, "2 3"]:
    points = body.pose @ np.asarray(body.mesh.vertices, np.float64)
    return np.array([points.min(axis=0), points.max(axis=0)])
