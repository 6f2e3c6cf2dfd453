"""Trees that stand far off, many in one mesh."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.shapes.foliage import copies, leaf_outlines_rand, leaf_places_rand
from scene_builder.build.setting.scenery.kit import Block, Paint, body_of_blocks, column
from scene_builder.build.setting.scenery.site import Site
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body

NEEDLES = Paint(made_of="grass", color="#35512b", parameters={"pattern_scale_m": 2.0})
SNOWY_NEEDLES = Paint(made_of="grass", color="#3f5a3c", parameters={"pattern_scale_m": 2.0})
SNOW = Paint(made_of="snow", color="#eef2f6", parameters={"subsurface": 0.0})
BARK = Paint(made_of="wood", color="#5f4630", parameters={"roughness": 0.95})
GREENS = tuple(
    Paint(made_of="leaf", color=c, parameters={"pattern_scale_m": 1.5, "subsurface": 0.0})
    for c in ("#51702f", "#617f35", "#48662d")
)

SHADED = Paint(
    made_of="leaf", color="#2b3b1a", parameters={"pattern_scale_m": 1.5, "subsurface": 0.0}
)
"""What is seen between the leaves of a far crown."""

HEART, LOOSE = 0.78, 0.22
"""Radius of a tuft's shaded inside, and how far sprays stand out of it, as shares of its own."""

SPRAYS, SPRAYS_ASIDE, ASIDE_M = 2000, 500, 24.0
"""Sprays of leaves on a crown behind the event, and on one that is so far beside it [m]."""

_KITE, _FOLDED = (0, 1, 3, 5), ((0, 1, 2), (0, 2, 3))
"""A spray is a kite of four of a leaf's corners, folded along its middle."""


def pines(site: Site) -> list[Body]:
    """Return a belt of pines behind the event."""
    return [_belt(site, "pines", 17.0, 70.0, 60, snowy=False)]


def snowy_pines(site: Site) -> list[Body]:
    """Return pines with snow on their boughs."""
    return [_belt(site, "pines", 20.0, 85.0, 46, snowy=True)]


def scattered_pines(site: Site) -> list[Body]:
    """Return few pines before mountains."""
    return [_belt(site, "pines", 24.0, 80.0, 26, snowy=False)]


def trunks(site: Site) -> list[Body]:
    """Return the stems of a dense forest, near ones as bodies that can be touched."""
    rng = site.rng("trunks")
    blocks: list[Block] = []
    near: list[Body] = []
    for k in range(46):
        away = site.behind(2.4, least=3.6) + 30.0 * (k / 46) ** 1.3
        x = site.middle_x + float(rng.uniform(-0.75, 0.75)) * (away + 4.0)
        radius = float(rng.uniform(0.13, 0.3))
        y = away + float(rng.uniform(-0.3, 0.9))
        stem = [
            column((x, y, 0.0), 1.7 * radius, 0.35, BARK, top=0.62),
            column((x, y, 0.3), radius, 11.0, BARK, top=0.55),
        ]
        if k < _NEAR_STEMS:
            near.append(body_of_blocks(site, f"stem#{k + 1}", "tree trunk", stem))
        else:
            blocks += stem
    return [*near, body_of_blocks(site, "stems", "tree trunk", blocks, solid=False), *pines(site)]


_NEAR_STEMS = 8


def hedge_row(site: Site) -> list[Body]:
    """Return a line of round trees and bushes far behind."""
    rng = site.rng("hedge row")
    blocks: list[Block] = []
    for x in np.arange(-70.0, 70.0, 2.6):
        y = site.behind(22.0, least=30.0) + float(rng.uniform(-3, 6))
        blocks += _round_tree(rng, x + float(rng.uniform(-1, 1)), y, float(rng.uniform(2.5, 7.5)))
    return [body_of_blocks(site, "hedge_row", "tree", blocks, solid=False, sharp_angle_deg=80.0)]


def _round_tree(rng: np.random.Generator, x: float, y: float, height: float) -> list[Block]:
    blocks = [column((x, y, 0.0), 0.035 * height, 0.5 * height, BARK, sides=6)]
    paint = GREENS[int(rng.integers(len(GREENS)))]
    tufts = []
    for _ in range(7):
        radius = float(rng.uniform(0.16, 0.27)) * height
        off = rng.uniform(-0.24, 0.24, 2) * height
        z = float(rng.uniform(0.35, 0.8)) * height
        tufts.append((x + float(off[0]), y + float(off[1]), z, radius))
        blocks.append(_tuft(rng, tufts[-1][:3], HEART * radius, SHADED))
    count = SPRAYS if abs(x) < ASIDE_M else SPRAYS_ASIDE
    return [*blocks, _sprays(rng.spawn(1)[0], np.array(tufts), count, 0.08 + 0.03 * height, paint)]


def _sprays(
    rng: np.random.Generator, tufts: Float[Array, "k 4"], count: int, length: float, paint: Paint
) -> Block:
    """Return sprays of leaves around tufts: middle and radius of each (k 4), and a length [m]."""
    places = leaf_places_rand(rng, tufts, count, loose=LOOSE)
    outlines = leaf_outlines_rand(rng, *places, length)
    corners = outlines[:, _KITE].reshape(-1, 3)
    return Block(vertices=corners, triangles=copies(_FOLDED, count, 4), paint=paint)


def _tuft(
    rng: np.random.Generator, at: tuple[float, float, float], radius: float, paint: Paint
) -> Block:
    """Return a ragged ball of leaves."""
    rings, spokes = 6, 9
    up = np.linspace(-np.pi / 2, np.pi / 2, rings)
    turn = np.linspace(0, 2 * np.pi, spokes, endpoint=False)
    u, t = np.meshgrid(up, turn, indexing="ij")
    r = radius * rng.uniform(0.78, 1.2, u.shape)
    points = np.stack([r * np.cos(u) * np.cos(t), r * np.cos(u) * np.sin(t), r * np.sin(u)], -1)
    i, j = np.meshgrid(np.arange(rings - 1), np.arange(spokes), indexing="ij")
    a, b = i * spokes + j, i * spokes + (j + 1) % spokes
    faces = [np.stack([a, b, b + spokes], -1), np.stack([a, b + spokes, a + spokes], -1)]
    triangles = np.concatenate([f.reshape(-1, 3) for f in faces])
    return Block(vertices=points.reshape(-1, 3) + np.array(at), triangles=triangles, paint=paint)


def _belt(site: Site, name: str, near_m: float, far_m: float, count: int, *, snowy: bool) -> Body:
    rng = site.rng(name)
    near = site.behind(near_m - 4.0, least=near_m)
    blocks: list[Block] = []
    for k in range(count):
        away = near + (far_m - near_m) * (k / count) ** 1.2
        turn = float(rng.uniform(-0.62, 0.62))
        if away < near + _OPEN_M and abs(turn) < _OPEN_RAD:
            continue
        x, y = site.middle_x + away * np.sin(turn), away * np.cos(turn)
        blocks += _pine(rng, float(x), float(y), float(rng.uniform(4.5, 11.0)), snowy=snowy)
    return body_of_blocks(site, name, "pine tree", blocks, solid=False, sharp_angle_deg=80.0)


_OPEN_M, _OPEN_RAD = 14.0, 0.1
"""Right behind the event the view stays open."""


def _pine(
    rng: np.random.Generator, x: float, y: float, height: float, *, snowy: bool
) -> list[Block]:
    blocks = [column((x, y, 0.0), 0.025 * height, 0.3 * height, BARK, sides=6)]
    tiers = 9
    for k in range(tiers):
        share = k / tiers
        z = height * (0.12 + 0.8 * share)
        radius = 0.24 * height * (1 - share) ** 0.85 + 0.05
        blocks += _bough(rng, (x, y, z), radius, 0.2 * height, snowy=snowy)
    return blocks


def _bough(
    rng: np.random.Generator, at: tuple[float, float, float], radius: float, rise: float, *,
    snowy: bool,
) -> list[Block]:  # fmt: skip
    """Return one whorl of boughs: a ragged cone, white on top where snow lies."""
    sides = 14
    turn = np.arange(sides) * 2 * np.pi / sides + rng.uniform(0, 1)
    reach = radius * np.where(np.arange(sides) % 2, 0.62, 1.0) * rng.uniform(0.8, 1.15, sides)
    drop = np.where(np.arange(sides) % 2, 0.0, -0.28 * rise) * rng.uniform(0.6, 1.2, sides)
    rim = np.column_stack([reach * np.cos(turn), reach * np.sin(turn), drop]) + at
    k = np.arange(sides)
    tip = np.array([[at[0], at[1], at[2] + rise]])
    triangles = np.column_stack([k, (k + 1) % sides, np.full(sides, sides)])
    green = SNOWY_NEEDLES if snowy else NEEDLES
    blocks = [Block(vertices=np.vstack([rim, tip]), triangles=triangles, paint=green)]
    if snowy:
        # Snow lies on the upper part of each whorl, up to its droops.
        inner = tip + (rim - tip) * 0.78 + np.array([0, 0, 0.07 * rise])
        white = np.vstack([inner, tip + np.array([0, 0, 0.09 * rise])])
        blocks.append(Block(vertices=white, triangles=triangles, paint=SNOW))
    return blocks
