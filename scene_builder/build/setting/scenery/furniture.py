"""What stands along the back wall of a room, where the event leaves it free."""

import itertools

import numpy as np

from scene_builder.build.setting.scenery.kit import (
    Block,
    Paint,
    body_of_blocks,
    box,
    column,
    tube,
)
from scene_builder.build.setting.scenery.site import Site
from scene_builder.model.stage import Body

FREE_M = 0.22
"""So much room stays between the event and what stands along the wall [m]."""

WHITE = Paint(made_of="paint", color="#eceae3")
OAK = Paint(made_of="wood", color="#8f6a41")
STEEL = Paint(made_of="metal", color="#c2c5c7", parameters={"roughness": 0.35})
BLACK = Paint(made_of="paint", color="#1d1f21")
RACK = Paint(made_of="paint", color="#2d5c96", parameters={"roughness": 0.5})
BEAM = Paint(made_of="paint", color="#d9711f", parameters={"roughness": 0.5})
CARTON = Paint(made_of="cardboard")


LEAST_SHARE = 0.45
"""What would become shallower than this share of its depth is left out."""


def depth_for(site: Site, wanted_m: float) -> float:
    """Return how deep something along the wall may be [m]; 0 where it would be in the way."""
    free = site.shell.wall_y - site.back_y - FREE_M
    return min(wanted_m, free) if free > LEAST_SHARE * wanted_m else 0.0


def workbench(site: Site) -> list[Body]:
    """Return a workbench with a vice, and tools on a pegboard above it."""
    deep = depth_for(site, 0.6)
    s, x = site.shell, site.middle_x
    y = s.wall_y - 0.01
    board = Paint(made_of="wood", color="#b58f5c")
    blocks = [box((x - 2.2, y - 0.02, 0.98), (x + 2.4, y, 1.75), board), *_tools(site, x, y - 0.02)]
    if deep > 0:
        blocks += [
            box((x - 2.3, y - deep, 0.82), (x + 2.5, y, 0.9), board),
            *(
                box((at, y - deep + 0.05, 0.0), (at + 0.09, y - deep + 0.14, 0.82), board)
                for at in (x - 2.2, x + 0.1, x + 2.3)
            ),
            box((x - 2.2, y - deep + 0.08, 0.25), (x + 2.4, y - 0.05, 0.28), board),
            *_toolboxes(site, x, y - deep + 0.12),
            box((x + 1.3, y - deep - 0.05, 0.9), (x + 1.5, y - deep + 0.15, 1.04), BLACK),
            box((x + 1.36, y - deep - 0.14, 0.93), (x + 1.44, y - deep - 0.05, 1.0), STEEL),
        ]
    return [body_of_blocks(site, "workbench", "workbench", blocks, solid=deep > 0)]


def _tools(site: Site, x: float, y: float) -> list[Block]:
    """Return hammers, saws and spanners in outline, hung on the board."""
    rng = site.rng("tools")
    grips = ("#a33127", "#d6a02c", "#2d5c96", "#3b3f42", "#8a5a36")
    blocks: list[Block] = []
    for at in np.arange(x - 2.05, x + 2.25, 0.19):
        grip = Paint(made_of="plastic", color=grips[int(rng.integers(len(grips)))])
        tall, z = float(rng.uniform(0.16, 0.3)), 1.08
        blocks.append(box((at, y - 0.03, z), (at + 0.03, y, z + tall), grip))
        wide = float(rng.choice([0.02, 0.06, 0.1]))
        blocks.append(
            box((at + 0.015 - wide / 2, y - 0.025, z + tall), (at + 0.015 + wide / 2, y,
                z + tall + (0.18 if wide < 0.03 else 0.045)), STEEL)  # noqa: PLR2004
        )  # fmt: skip
    return blocks


def _toolboxes(site: Site, x: float, y: float) -> list[Block]:
    red, blue = (Paint(made_of="paint", color=c) for c in ("#a8281e", "#2f5f8f"))
    return [
        box((x - 1.9, y, 0.28), (x - 1.3, y + 0.32, 0.55), red),
        box((x - 1.1, y, 0.28), (x - 0.6, y + 0.3, 0.52), CARTON),
        box((x + 0.4, y, 0.28), (x + 0.95, y + 0.3, 0.58), blue),
        box((x - 2.0, y + 0.05, 0.9), (x - 1.6, y + 0.25, 1.06), red),
        column((x - 1.3, y + 0.15, 0.9), 0.06, 0.16, STEEL, sides=14),
        column((x - 1.14, y + 0.12, 0.9), 0.05, 0.12, blue, sides=14),
        column((x + 2.0, y + 0.15, 0.9), 0.05, 0.22, Paint(made_of="plastic", color="#d6a02c")),
    ]


def bookcases(site: Site) -> list[Body]:
    """Return shelves full of books along the whole wall."""
    deep = depth_for(site, 0.3)
    if deep == 0:
        return []
    s = site.shell
    rng, y = site.rng("books"), s.wall_y - 0.02
    left, right = max(site.middle_x - 3.2, s.left_x + 0.05), site.middle_x + 3.6
    wood = Paint(made_of="wood", color="#5e3f26")
    tones = ("#7a2f2a", "#2f4a63", "#3f5a3c", "#8a6a3a", "#4a3550", "#b8a888", "#2d2d30")
    spines = [Paint(made_of="paper", color=tone) for tone in tones]
    blocks = [box((left, y - 0.015, 0.0), (right, y, 2.2), wood)]
    blocks += [
        box((x, y - deep, 0.0), (x + 0.03, y, 2.2), wood) for x in np.arange(left, right, 0.95)
    ]
    for z in np.arange(0.06, 2.2, 0.36):
        blocks.append(box((left, y - deep, z), (right, y, z + 0.025), wood))
        x = left + 0.05
        while z < 1.8 and x < right - 0.1:  # noqa: PLR2004
            wide, tall = float(rng.uniform(0.02, 0.055)), float(rng.uniform(0.2, 0.31))
            spine = spines[int(rng.integers(len(spines)))]
            out = y - deep + float(rng.uniform(0.02, 0.06))
            blocks.append(box((x, out, z + 0.025), (x + wide, y - 0.03, z + 0.025 + tall), spine))
            x += wide + (0.12 if rng.random() < 0.03 else 0.002)  # noqa: PLR2004
    return [body_of_blocks(site, "bookcases", "bookcase", blocks)]


def sofa(site: Site) -> list[Body]:
    """Return a sofa with cushions along the wall."""
    deep = depth_for(site, 0.85)
    if deep == 0:
        return []
    x, y = site.middle_x - 0.3, site.shell.wall_y - 0.06
    front = y - deep
    cloth = Paint(made_of="fabric", color="#55707a")
    cushion = Paint(made_of="fabric", color="#d19a4a")
    blocks = [
        box((x - 1.05, front + 0.06, 0.1), (x + 1.05, y, 0.3), cloth),
        *(box((x - 1.0 + k, front, 0.3), (x - 0.02 + k, y - 0.2, 0.45), cloth) for k in (0.0, 1.0)),
        *(box((x - 1.0 + k, y - 0.26, 0.4), (x - 0.02 + k, y - 0.04, 0.84), cloth)
          for k in (0.0, 1.0)),
        box((x - 1.25, front + 0.03, 0.08), (x - 1.02, y, 0.62), cloth),
        box((x + 1.02, front + 0.03, 0.08), (x + 1.25, y, 0.62), cloth),
        box((x - 0.95, y - 0.38, 0.45), (x - 0.5, y - 0.26, 0.8), cushion),
        box((x + 0.6, y - 0.38, 0.45), (x + 0.98, y - 0.26, 0.76), cushion),
    ]  # fmt: skip
    return [body_of_blocks(site, "sofa", "sofa", blocks)]


def desks(site: Site) -> list[Body]:
    """Return an office desk with a screen, drawers and files along the wall."""
    deep = depth_for(site, 0.6)
    if deep == 0:
        return []
    x, y = site.middle_x, site.shell.wall_y - 0.03
    screen = Paint(made_of="light", color="#7fa6d8", parameters={"emission": 0.45})
    blocks: list[Block] = []
    for left in (x - 2.3, x - 0.6, x + 1.1):
        blocks += [
            box((left, y - deep, 0.71), (left + 1.5, y, 0.74), WHITE),
            box((left + 0.02, y - deep + 0.02, 0.0), (left + 0.4, y - 0.02, 0.71), WHITE),
            *(box((left + 0.03, y - deep + 0.005, 0.05 + 0.22 * k),
                  (left + 0.39, y - deep + 0.02, 0.25 + 0.22 * k), STEEL) for k in range(3)),
            box((left + 1.42, y - deep + 0.05, 0.0), (left + 1.46, y - 0.02, 0.71), STEEL),
            box((left + 0.55, y - 0.18, 0.86), (left + 1.13, y - 0.15, 1.22), BLACK),
            box((left + 0.565, y - 0.182, 0.875), (left + 1.115, y - 0.18, 1.205), screen),
            box((left + 0.8, y - 0.18, 0.74), (left + 0.88, y - 0.15, 0.9), BLACK),
            box((left + 0.6, y - deep + 0.08, 0.74), (left + 1.05, y - deep + 0.22, 0.76), BLACK),
        ]  # fmt: skip
    return [body_of_blocks(site, "desks", "desk", blocks)]


def racks(site: Site) -> list[Body]:
    """Return pallet racks with cartons and crates."""
    deep = depth_for(site, 0.9)
    if deep == 0:
        return []
    rng, y = site.rng("racks"), site.shell.wall_y - 0.04
    left, right = site.middle_x - 4.2, site.middle_x + 5.0
    blocks: list[Block] = []
    blocks += [
        box((x, at, 0.0), (x + 0.1, at + 0.08, 3.2), RACK)
        for x in np.arange(left, right + 0.1, 2.3)
        for at in (y - deep, y - 0.1)
    ]
    for z in (0.12, 1.25, 2.4):
        blocks.append(box((left, y - deep - 0.01, z), (right, y - deep + 0.05, z + 0.11), BEAM))
        blocks.append(box((left, y - deep + 0.05, z + 0.08), (right, y, z + 0.11), OAK))
        x = left + 0.15
        while x < right - 0.9:
            wide, tall = float(rng.uniform(0.4, 0.8)), float(rng.uniform(0.35, 0.8))
            made = CARTON if rng.random() < 0.7 else OAK  # noqa: PLR2004
            low = (x, y - deep + float(rng.uniform(0.06, 0.15)), z + 0.11)
            blocks.append(box(low, (x + wide, y - 0.1, z + 0.11 + tall), made))
            x += wide + float(rng.uniform(0.03, 0.2))
    return [body_of_blocks(site, "racks", "rack", blocks)]


def rope_barrier(site: Site) -> list[Body]:
    """Return brass posts with a red rope before the pictures of a museum."""
    deep = depth_for(site, 0.5)
    if deep == 0:
        return []
    brass = Paint(made_of="brass")
    rope = Paint(made_of="fabric", color="#8c1c24")
    y = site.shell.wall_y - deep
    at = [site.middle_x + x for x in (-3.3, -1.7, 0.0, 1.7, 3.3)]
    blocks: list[Block] = []
    for x in at:
        blocks += [
            column((x, y, 0.0), 0.15, 0.03, brass, sides=20),
            column((x, y, 0.03), 0.025, 0.85, brass, sides=12),
            column((x, y, 0.88), 0.045, 0.06, brass, sides=14),
        ]
    for a, b in itertools.pairwise(at):
        share = np.linspace(0, 1, 21)
        sag = 0.84 - 0.9 * share * (1 - share)
        blocks.append(tube(np.column_stack([a + (b - a) * share, np.full(21, y), sag]), 0.02, rope))
    return [body_of_blocks(site, "rope_barrier", "rope barrier", blocks)]


def wall_bars(site: Site) -> list[Body]:
    """Return the wall bars of a sports hall."""
    y = site.shell.wall_y - 0.01
    wood = Paint(made_of="wood", color="#c08a4f")
    blocks: list[Block] = []
    for left in np.arange(site.middle_x - 3.6, site.middle_x + 3.6, 0.95):
        blocks += [
            box((left, y - 0.12, 0.0), (left + 0.04, y, 2.4), wood),
            box((left + 0.86, y - 0.12, 0.0), (left + 0.9, y, 2.4), wood),
        ]
        blocks += [
            box((left, y - 0.11, z), (left + 0.9, y - 0.075, z + 0.035), wood)
            for z in np.arange(0.12, 2.35, 0.16)
        ]
    return [body_of_blocks(site, "wall_bars", "wall bars", blocks)]
