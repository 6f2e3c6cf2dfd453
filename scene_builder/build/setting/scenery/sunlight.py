"""Sunlight through a window beside the camera: a pool of light with the shadows of its bars."""

import numpy as np

from scene_builder.build.setting.lights import room_sun_deg, sun_way
from scene_builder.build.setting.scenery.kit import Block, Paint, body_of_blocks, box
from scene_builder.build.setting.scenery.site import Site
from scene_builder.model.stage import Body

WALL = Paint(made_of="plaster", color="#d8d4ca")
BAR = Paint(made_of="paint", color="#f1efe9")

OUT_M, THICK_M = 0.5, 0.1
"""How far to the right of the floor's end that wall stands, and its thickness [m]."""

PANE_M = (1.25, 2.1)
"""Width and height of each of two lights of the window, for an event one step wide [m]."""

PIER_M, BAR_M = 0.2, 0.04
"""Widths of the pier between the lights, and of their bars [m]."""

HIGHEST_M, FRONT_M, BACK_M = 16.0, 24.0, 12.0
"""How far the wall goes up, towards the camera and back, so that no sun comes around it [m]."""


def sunlit_window(site: Site) -> list[Body]:
    """Return a wall with a window outside of the picture, on the sun's way to the event.

    None by night and in weather without sun. It holds nothing and can be touched by nothing.
    """
    angles = room_sun_deg(site.place)
    if angles is None:
        return []
    way = sun_way(*angles)
    x = site.shell.right_x + OUT_M + site.reach_m
    target = np.array([site.focus[0], site.focus[1], min(float(site.focus[2]), 0.6)])
    middle = target + (x - target[0]) / way[0] * way
    size = float(np.clip(site.reach_m / 1.0, 1.0, 2.2))
    blocks = _wall_with_window(x, float(middle[1]), float(middle[2]), size)
    return [body_of_blocks(site, "sunlit_window", "window", blocks, solid=False)]


def _wall_with_window(x: float, y: float, z: float, size: float) -> list[Block]:
    """Return a wall at `x` with a window of two lights whose middle is at `y` and `z` [m]."""
    wide, high = PANE_M[0] * size, PANE_M[1] * size
    low, top = max(z - high / 2, 0.05), z + high / 2
    half = wide + PIER_M / 2
    to = x + THICK_M
    blocks = [
        box((x, y - FRONT_M, 0.0), (to, y - half, HIGHEST_M), WALL),
        box((x, y + half, 0.0), (to, y + BACK_M, HIGHEST_M), WALL),
        box((x, y - half, 0.0), (to, y + half, low), WALL),
        box((x, y - half, top), (to, y + half, HIGHEST_M), WALL),
        box((x, y - PIER_M / 2, low), (to, y + PIER_M / 2, top), WALL),
    ]
    bar = BAR_M * size / 2
    for side in (-1.0, 1.0):
        middle = y + side * (PIER_M + wide) / 2
        blocks.append(box((x, middle - bar, low), (to, middle + bar, top), BAR))
        for share in (1 / 3, 2 / 3):
            at = low + share * (top - low)
            blocks.append(
                box((x, middle - wide / 2, at - bar), (to, middle + wide / 2, at + bar), BAR)
            )
    return blocks
