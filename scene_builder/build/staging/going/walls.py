"""The back wall: where a thing can be thrown at it, and how one comes off it."""

import numpy as np
from jaxtyping import Float

from scene_builder.build.staging.going.scene import Scene
from scene_builder.layout.items import Placed
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body, StageAction
from scene_builder.model.words import Verb

WALL_ID = "wall"

CLOSING = ("wall", "ground", "ceiling")
"""What closes the place, and stands in nobody's way."""

ASIDE_M = (0.0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9, 1.2, -1.2)
"""So far to the right of straight ahead it may be thrown, first choice first [m]."""

ROOM_M, RISE_M = 0.04, 0.45
"""It keeps so far from everything, and flies at most so much higher than where it begins [m]."""

LOOKS = 24
"""Places on its way at which it is looked whether something is there."""


OFF_WALL = np.array([0.0, -0.25, 0.0])
"""What falls off the back wall comes away from it at this velocity (3) [m/s]."""


def off_wall(body: Body, start: float, verb: Verb) -> list[StageAction]:
    """Return how a thing falls off the back wall: it hangs there till then, and comes away.

    Args:
        body: What hangs there.
        start: When it falls [s].
        verb: What the words say that it does.
    """
    away = StageAction(
        kind="set_velocity", body=body.id, start_secs=start, linear=OFF_WALL,
        angular=np.zeros(3), verb=verb,
    )  # fmt: skip
    return [StageAction(kind="release", body=body.id, start_secs=start, verb=verb), away]


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
