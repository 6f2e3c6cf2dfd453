"""A kitchen's wall: cupboards, an oven, and crockery on a shelf."""

import numpy as np

from scene_builder.build.setting.scenery.furniture import BLACK, OAK, STEEL, depth_for
from scene_builder.build.setting.scenery.kit import Block, Paint, body_of_blocks, box, column
from scene_builder.build.setting.scenery.site import Site
from scene_builder.model.stage import Body


def kitchen_units(site: Site) -> list[Body]:
    """Return a worktop on cupboards with an oven and a sink, and shelves with crockery above."""
    deep = depth_for(site, 0.6)
    s, blocks = site.shell, []
    front, back = s.wall_y - deep, s.wall_y - 0.01
    left, right = site.middle_x - 3.0, site.middle_x + 3.6
    left = max(left, s.left_x + 0.02)
    blue = Paint(made_of="paint", color="#5f7f86", parameters={"roughness": 0.4})
    if deep > 0:
        blocks += [
            box((left, front + 0.06, 0.0), (right, back, 0.1), BLACK),
            box((left, front + 0.02, 0.1), (right, back, 0.86), blue),
            box((left - 0.02, front - 0.02, 0.86), (right, back, 0.9), OAK),
        ]
        for k, x in enumerate(np.arange(left, right - 0.3, 0.6)):
            blocks += _oven(float(x), front) if k == _OVEN_AT else _door(float(x), front, blue)
    shelf_z = 1.32
    blocks.append(box((left, s.wall_y - 0.25, shelf_z), (right, back, shelf_z + 0.035), OAK))
    blocks += _crockery(site, left + 0.1, right - 0.2, s.wall_y - 0.13, shelf_z + 0.035)
    return [body_of_blocks(site, "kitchen_units", "kitchen unit", blocks, solid=deep > 0)]


_OVEN_AT = 3


def _door(x: float, y: float, paint: Paint) -> list[Block]:
    return [
        box((x + 0.008, y, 0.12), (x + 0.592, y + 0.02, 0.66), paint),
        box((x + 0.008, y, 0.675), (x + 0.592, y + 0.02, 0.85), paint),
        box((x + 0.2, y - 0.03, 0.6), (x + 0.4, y - 0.015, 0.615), STEEL),
        box((x + 0.2, y - 0.03, 0.76), (x + 0.4, y - 0.015, 0.775), STEEL),
    ]


def _oven(x: float, y: float) -> list[Block]:
    return [
        box((x + 0.004, y - 0.005, 0.12), (x + 0.596, y + 0.02, 0.85), STEEL),
        box((x + 0.06, y - 0.012, 0.2), (x + 0.54, y, 0.62), BLACK),
        box((x + 0.06, y - 0.05, 0.66), (x + 0.54, y - 0.03, 0.68), STEEL),
        *(column((x + 0.11 + 0.125 * k, y - 0.02, 0.745), 0.022, 0.045, BLACK) for k in range(4)),
    ]


def _crockery(site: Site, left: float, right: float, y: float, z: float) -> list[Block]:
    rng = site.rng("crockery")
    tones = ("#e8e3d8", "#7f9aa0", "#c9a27a", "#d8d8d2", "#a7503f")
    blocks = []
    for x in np.arange(left, right, 0.17):
        if rng.random() < 0.3:  # noqa: PLR2004
            continue
        paint = Paint(made_of="ceramic", color=tones[int(rng.integers(len(tones)))])
        tall, wide = float(rng.uniform(0.07, 0.2)), float(rng.uniform(0.035, 0.06))
        blocks.append(column((float(x), y, z), wide, tall, paint, top=float(rng.uniform(0.8, 1.3)),
                             sides=14))  # fmt: skip
    return blocks
