"""How large the place is: room enough for everything, and not so large that it looks empty."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float

from scene_builder.build.hanging import Hanging
from scene_builder.build.setting.places import Place
from scene_builder.build.setting.shell import Shell
from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.wishes import CEILING_M
from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item, Placed
from scene_builder.layout.solving.arrangement import Room
from scene_builder.model.arrays import Array
from scene_builder.model.graph import SceneGraph

OPEN_M = 18.0
"""Without walls things stand no farther from the middle than this [m]."""


def room_for(
    items: Mapping[str, Item], cues: Sequence[Cue], place: Place, graph: SceneGraph
) -> Room:
    """Return the space that layout may use.

    Args:
        items: All items.
        cues: What the actions need: the ways count.
        place: The kind of place.
        graph: What the words say: a wall that they name stands near.
    """
    crowd = float(np.sqrt(sum(item.breadth**2 for item in items.values())))
    way = max([cue.distance + cue.reach for cue in cues], default=0.0)
    half_width = max(1.8, 1.6 * crowd + way)
    closed = place.indoor or any(ref.startswith("wall") for _, ref in graph.references())
    wall_y = max(1.3, 0.9 * crowd + 0.5) if closed else OPEN_M
    tallest = max((item.height for item in items.values()), default=0.0)
    return Room(
        wall_y=wall_y,
        left_x=-half_width - 0.4,
        ceiling_z=max(CEILING_M, tallest + 0.4),
        low=(-half_width, -half_width),
        high=(half_width, wall_y if closed else half_width),
        hung=any(one.predicate == "hanging_from" for one in graph.relations)
        or any(one.verb == "swing" for one in graph.actions),
    )


def shell_around(
    placed: Mapping[str, Placed],
    deeds: Sequence[Deed],
    place: Place,
    room: Room,
    hangings: Sequence[Hanging],
) -> tuple[Shell, Float[Array, "3"]]:
    """Return the room's inner faces, and the middle of the event (3) [m]."""
    names = [name for deed in deeds for name in (deed.actor, *deed.targets) if name in placed]
    seen = [placed[name] for name in names or placed]
    low = np.min([one.low for one in seen], axis=0)
    high = np.max([one.high for one in seen], axis=0)
    focus = (low + high) / 2
    everything_low = np.min([one.low for one in placed.values()], axis=0)
    everything_high = np.max([one.high for one in placed.values()], axis=0)
    left = min(float(focus[0]) - 2.6, float(everything_low[0]) - 0.8, room.left_x)
    right = max(float(focus[0]) + 4.0, float(everything_high[0]) + 2.0)
    ceiling = max([room.ceiling_z, *(float(one.pivot[2]) for one in hangings)])
    if hangings and room.hung:
        ceiling = max(float(one.pivot[2]) for one in hangings)
    return (
        Shell(
            left_x=left,
            right_x=right,
            front_y=min(float(everything_low[1]) - 5.0, -6.0),
            wall_y=room.wall_y,
            ceiling_z=max(ceiling, float(everything_high[2]) + 0.05),
        ),
        focus,
    )
