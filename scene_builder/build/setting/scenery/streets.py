"""What stands along streets: houses, pavements, lamps; skylines, stands, and parked lines."""

import numpy as np

from scene_builder.build.setting.scenery.kit import (
    Block,
    Paint,
    body_of_blocks,
    box,
    column,
    glow,
    sheet,
)
from scene_builder.build.setting.scenery.site import Site
from scene_builder.model.stage import Body

FRONTS = ("#b9a58a", "#c7b9a3", "#a97c5f", "#8f9aa3", "#c9c2b4", "#9d6b55", "#d0c6a8")
PANE = Paint(made_of="paint", color="#27313a", parameters={"roughness": 0.06})
FRAME = Paint(made_of="plaster", color="#ebe7dd")
CURB = Paint(made_of="concrete", color="#a8a59e")
POLE = Paint(made_of="metal", color="#2b2e30", parameters={"roughness": 0.5, "metallic": 0.8})

PAVEMENT_M, CURB_M = 3.2, 0.13
STOREY_M, BAY_M = 3.1, 2.3
LIT_SHARE = 0.45

LENGTH_M = 96.0
"""Length of a row of houses [m]."""


def row_of_houses(site: Site) -> list[Body]:
    """Return a pavement with houses behind the road, and the other side of the street."""
    near = site.behind(4.0, least=6.5)
    front = near + PAVEMENT_M
    left, right = site.middle_x - LENGTH_M / 2, site.middle_x + LENGTH_M / 2
    slabs = [
        box((left, near, 0.0), (right, near + 0.16, CURB_M), CURB),
        box((left, near + 0.16, 0.0), (right, front, CURB_M), Paint(made_of="tile",
            color="#8f8c86", parameters={"roughness": 0.85, "pattern_scale_m": 1.0, "coat": 0.0})),
    ]  # fmt: skip
    other = -max(30.0, 4.0 * site.reach_m + 14.0)
    return [
        body_of_blocks(site, "pavement", "pavement", slabs),
        body_of_blocks(site, "houses", "house", _houses(site, "houses", front, 1.0)),
        body_of_blocks(site, "houses_across", "house", _houses(site, "across", other, -1.0)),
        *_lamps(site, near + 0.55, spacing=17.0),
    ]


def street_lamps(site: Site) -> list[Body]:
    """Return lamp posts in a row behind the event."""
    return _lamps(site, site.behind(3.5, least=5.0), spacing=14.0)


def _lamps(site: Site, y: float, *, spacing: float) -> list[Body]:
    shine = glow("#ffd9a0", 16.0) if site.night else Paint(made_of="paint", color="#f4f1e6")
    first = site.middle_x - 4.6
    posts = []
    for k, x in enumerate((first, first + spacing, first - spacing)):
        blocks = [
            column((x, y, 0.0), 0.11, 0.5, POLE, top=0.7),
            column((x, y, 0.5), 0.055, 3.6, POLE, top=0.8),
            column((x, y, 4.1), 0.1, 0.34, shine, top=2.0, sides=6),
            column((x, y, 4.44), 0.25, 0.16, POLE, top=0.15, sides=6),
        ]
        posts.append(body_of_blocks(site, f"lamp_post#{k + 1}", "street lamp", blocks))
    return posts


def _houses(site: Site, name: str, front_y: float, way: float) -> list[Block]:
    """Return a closed row of house fronts; `way` is +1 where they look to −Y."""
    rng = site.rng(name)
    blocks: list[Block] = []
    x = site.middle_x - LENGTH_M / 2
    while x < site.middle_x + LENGTH_M / 2:
        bays, storeys = int(rng.integers(3, 6)), int(rng.integers(2, 5))
        width, height = bays * BAY_M + 0.5, storeys * STOREY_M + 0.9
        color = FRONTS[int(rng.integers(len(FRONTS)))]
        made_of = "brick" if rng.random() < _BRICK_SHARE else "plaster"
        back = front_y + way * 7.0
        low_y, high_y = min(front_y, back), max(front_y, back)
        paint = Paint(made_of=made_of, color="#8e5140" if made_of == "brick" else color)
        blocks.append(box((x, low_y, 0.0), (x + width, high_y, height), paint))
        eaves = sorted((front_y - way * 0.22, front_y + way * 0.1))
        blocks.append(box((x, eaves[0], height - 0.3), (x + width, eaves[1], height), FRAME))
        blocks += _front(site, rng, x, front_y, way, bays, storeys)
        x += width
    return blocks


_BRICK_SHARE = 0.45

LAMPLIGHT = (("#ffa548", 0.42), ("#ffb868", 0.3), ("#ff9238", 0.2), ("#ffcf94", 0.5))
"""Colours and radiances of the rooms behind lit windows."""

CURTAINS, BLIND_SHARE = ("#e8b878", "#dca066", "#e6c79a", "#d39a62"), 0.25
"""Cloths that the light shines through; how many windows have a blind instead of curtains."""


def _front(
    site: Site, rng: np.random.Generator, x: float, y: float, way: float, bays: int, storeys: int
) -> list[Block]:
    """Return the windows and the door of one house."""
    blocks = []
    door = int(rng.integers(bays))
    doors = ("#2f4a3c", "#5b2b26", "#26384f", "#4a3728")
    for bay in range(bays):
        for storey in range(storeys):
            middle = x + 0.25 + BAY_M * (bay + 0.5)
            sill = STOREY_M * storey + 0.95
            lit = site.night and rng.random() < LIT_SHARE
            lamp, strength = LAMPLIGHT[int(rng.spawn(1)[0].integers(len(LAMPLIGHT)))]
            pane = glow(lamp, strength) if lit else PANE
            if storey == 0 and bay == door:
                wood = Paint(made_of="paint", color=doors[int(rng.integers(len(doors)))])
                blocks += _opening(middle, y, way, 0.05, 1.05, 2.3, wood)
                blocks.append(_slab(middle, y, way, 0.35, 1.5, 0.0, 0.16, CURB))
                continue
            blocks += _opening(middle, y, way, sill, 1.15, 1.65, pane)
            if lit:
                blocks += _room_rand(rng.spawn(1)[0], middle, y, way, sill, strength)
    return blocks


def _room_rand(
    rng: np.random.Generator, x: float, y: float, way: float, sill: float, strength: float
) -> list[Block]:
    """Return what is seen through a lit window: a dimmer room below its lamp, and curtains."""
    width, height = 1.15, 1.65
    dim = sill + float(rng.uniform(0.2, 0.42)) * height
    pieces = [_slab(x, y, way, 0.064, width, sill, dim, glow("#e39a52", 0.5 * strength))]
    cloth = glow(CURTAINS[int(rng.integers(len(CURTAINS)))], 0.62 * strength)
    if rng.random() < BLIND_SHARE:
        low = sill + float(rng.uniform(0.35, 0.75)) * height
        return [*pieces, _slab(x, y, way, 0.072, width, low, sill + height, cloth)]
    for side in (-1, 1):
        drawn = float(rng.uniform(0.12, 0.38)) * width
        # Its folds take turns in the light.
        folds = max(2, round(drawn / 0.07))
        for k in range(folds):
            at = x + side * (width / 2 - drawn * (k + 0.5) / folds)
            out = 0.072 + 0.006 * (k % 2)
            shade = cloth if k % 2 else glow(str(cloth.color), 0.45 * strength)
            pieces.append(_slab(at, y, way, out, drawn / folds, sill, sill + height, shade))
    return pieces


def _opening(
    x: float, y: float, way: float, sill: float, width: float, height: float, pane: Paint
) -> list[Block]:
    """Return a frame, its pane, its bars and its sill on a front at `y`."""
    return [
        _slab(x, y, way, 0.05, width + 0.2, sill - 0.1, sill + height + 0.1, FRAME),
        _slab(x, y, way, 0.06, width, sill, sill + height, pane),
        _slab(x, y, way, 0.085, 0.05, sill, sill + height, FRAME),
        _slab(x, y, way, 0.085, width, sill + 0.62 * height, sill + 0.62 * height + 0.05, FRAME),
        _slab(x, y, way, 0.17, width + 0.34, sill - 0.17, sill - 0.09, FRAME),
    ]


def _slab(
    x: float, y: float, way: float, out: float, width: float, low: float, high: float, paint: Paint
) -> Block:
    y0, y1 = sorted((y - way * out, y + way * 0.02))
    return box((x - width / 2, y0, low), (x + width / 2, y1, high), paint)


def parapet(site: Site) -> list[Body]:
    """Return the edge of a roof, with a chimney, vents, and towers of the city beyond."""
    edge = site.behind(2.2, least=3.4)
    half = site.reach_m + 14.0
    x = site.middle_x
    wall = [
        box((x - half, edge, 0.0), (x + half, edge + 0.3, 0.75),
            Paint(made_of="brick", color="#93584a")),
        box((x - half, edge - 0.05, 0.75), (x + half, edge + 0.35, 0.85), CURB),
    ]  # fmt: skip
    metal = Paint(made_of="metal", color="#b9bcbd")
    at = x + site.reach_m + 1.7
    vent = [
        box((at, edge - 1.3, 0.0), (at + 0.9, edge - 0.4, 0.9), metal),
        *(
            box((at + 0.05, edge - 1.32, 0.12 + 0.15 * k), (at + 0.85, edge - 1.3, 0.2 + 0.15 * k),
                Paint(made_of="paint", color="#3c3f41"))
            for k in range(5)
        ),
    ]  # fmt: skip
    return [
        body_of_blocks(site, "parapet", "parapet", wall),
        body_of_blocks(site, "vent", "vent", vent),
        *skyline(site),
    ]


def skyline(site: Site) -> list[Body]:
    """Return towers of a city, far behind."""
    rng = site.rng("skyline")
    blocks: list[Block] = []
    for x in np.arange(-150.0, 150.0, 13.0):
        width, depth = float(rng.uniform(8, 15)), float(rng.uniform(8, 14))
        y, height = float(rng.uniform(60, 150)), float(rng.uniform(9, 46))
        blocks += _tower(site, rng, site.middle_x + x, y, width, depth, height)
    return [body_of_blocks(site, "skyline", "tower", blocks, solid=False)]


def _tower(
    site: Site, rng: np.random.Generator, x: float, y: float, width: float, depth: float,
    height: float,
) -> list[Block]:  # fmt: skip
    tones = ("#8d9095", "#a29a8c", "#747d86", "#b5aea2", "#7b6f68")
    wall = Paint(made_of="concrete", color=tones[int(rng.integers(len(tones)))])
    blocks = [box((x, y, -20.0), (x + width, y + depth, height), wall)]
    for level in np.arange(1.2, height - 1.5, 3.4):
        if site.night:
            for across in np.arange(0.8, width - 1.2, 2.0):
                if rng.random() < LIT_SHARE:
                    low = (x + across, y - 0.05, level)
                    blocks.append(
                        box(low, (x + across + 1.2, y, level + 1.7), glow("#ffb050", 0.35))
                    )
        else:
            low = (x + 0.5, y - 0.05, level)
            blocks.append(box(low, (x + width - 0.5, y, level + 1.7), PANE))
    return blocks


def stands(site: Site) -> list[Body]:
    """Return the tiers of a stadium with people as dots of colour, boards, and floodlights."""
    rng = site.rng("stands")
    y = site.behind(16.0, least=22.0)
    concrete = Paint(made_of="concrete", color="#8f9194")
    blocks: list[Block] = []
    seats = tuple(Paint(made_of="paint", color=c) for c in
                  ("#b8342c", "#e8e6df", "#2f4f8f", "#d9a441", "#3a3d42", "#c98f6b"))  # fmt: skip
    for tier in range(13):
        low, z = y + 0.95 * tier, 1.1 + 0.55 * tier
        blocks.append(box((-62.0, low, 0.0), (62.0, low + 0.95, z), concrete))
        for x in np.arange(-45.0, 45.0, 0.62):
            if rng.random() < _CROWD_SHARE:
                tall = float(rng.uniform(0.55, 0.85))
                a = (float(x), low + 0.25, z)
                blocks.append(
                    box(a, (a[0] + 0.42, a[1] + 0.35, z + tall), seats[int(rng.integers(6))])
                )
    board = Paint(made_of="paint", color="#1f3c73")
    blocks.append(box((-60.0, y - 0.9, 0.0), (60.0, y - 0.8, 0.95), board))
    blocks.append(box((-62.0, y + 8.0, 10.5), (62.0, y + 15.0, 10.8), Paint(made_of="metal")))
    return [body_of_blocks(site, "stands", "stands", blocks), *_goal(site, y - 4.0)]


_CROWD_SHARE = 0.55


def _goal(site: Site, y: float) -> list[Body]:
    white = Paint(made_of="paint", color="#f4f4f0")
    x = site.middle_x + 2.5
    posts = [
        box((x - 3.66, y, 0.0), (x - 3.54, y + 0.12, 2.5), white),
        box((x + 3.54, y, 0.0), (x + 3.66, y + 0.12, 2.5), white),
        box((x - 3.66, y, 2.44), (x + 3.66, y + 0.12, 2.56), white),
    ]
    return [body_of_blocks(site, "goal", "goal", posts)]


def field_fence(site: Site) -> list[Body]:
    """Return a fence of posts and rails across a field."""
    y = site.behind(6.0, least=9.0)
    wood = Paint(made_of="wood", color="#7a654d")
    blocks = [
        box((x, y, 0.0), (x + 0.12, y + 0.12, 1.25), wood) for x in np.arange(-40.0, 40.0, 2.4)
    ]
    blocks += [
        box((-40.0, y + 0.02, z), (40.0, y + 0.07, z + 0.13), wood) for z in (0.35, 0.72, 1.05)
    ]
    return [body_of_blocks(site, "fence", "fence", blocks)]


def guard_rail(site: Site) -> list[Body]:
    """Return the verge of a country road, with a guard rail and marker posts."""
    y = site.behind(2.0, least=3.6)
    steel = Paint(made_of="metal", color="#aeb2b4", parameters={"roughness": 0.45})
    white = Paint(made_of="plastic", color="#f0f0ec")
    verge = sheet(
        [(-200.0, y - 0.3, 0.012), (200.0, y - 0.3, 0.012), (200.0, 200.0, 0.012),
         (-200.0, 200.0, 0.012)], Paint(made_of="grass", color="#66793c"),
    )  # fmt: skip
    rail = [box((-60.0, y, 0.5), (60.0, y + 0.06, 0.8), steel)]
    rail += [
        box((x, y + 0.06, 0.0), (x + 0.12, y + 0.16, 0.78), steel) for x in np.arange(-60, 60, 4.0)
    ]
    rail += [
        column((x, y + 0.6, 0.0), 0.06, 1.0, white, sides=6) for x in np.arange(-57.0, 60, 12.0)
    ]
    return [
        body_of_blocks(site, "verge", "verge", [verge], solid=False),
        body_of_blocks(site, "guard_rail", "guard rail", rail),
    ]
