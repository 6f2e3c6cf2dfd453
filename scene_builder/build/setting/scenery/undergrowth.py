"""What covers the ground near the event: blades of grass, fallen leaves, pebbles.

All of it is seen and none of it is touched: it has no solid that anything could meet.
"""

from collections.abc import Callable, Sequence

import numpy as np
from jaxtyping import Float

from scene_builder.build.setting.scenery.kit import Block, Paint, body_of_blocks
from scene_builder.build.setting.scenery.site import Site
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body

BLADES, LEAVES, PEBBLES = 34_000, 2_400, 900

BLADE_M, LEAF_M, PEBBLE_M = 0.045, 0.045, 0.018
"""Usual sizes: height of a lawn, length of a leaf, breadth of a pebble [m]."""

SHARE_OF_THING = 0.22
"""Nothing here is higher than this share of the lowest thing: none shall hide one."""

SHORTEST_M = 0.004

NEAREST_M, FARTHEST_M = 2.2, 11.0
"""How far around the event the ground is covered [m], by the event's own size."""

Points = Float[Array, "n 2"]

_LAWN = ("#4a6a2b", "#5a7a33", "#68863a", "#7d9145", "#a39a5c")
_DRY = ("#9a8a46", "#a7964d", "#b39c52", "#c4ad64", "#cdbb80")
"""From lush to dry."""

CLUMP_M, WORN_M = 0.35, 1.3
"""Usual sizes of a clump of one shade, and of a place where the grass is trodden down [m]."""

DRIEST = 0.08
"""Share of the blades that are straw."""

TRODDEN = 0.18
"""Share of the ground that is trodden: most blades are gone there, and the others are short."""

_FALLEN = ("#8a5a2a", "#a8742e", "#6d4526", "#b98f3a")
_SAND_STONES = ("#b9a88a", "#9a907e", "#d8cdb8", "#857b6c")
_DESERT_STONES = ("#a87a50", "#8f6a49", "#bf9468", "#7d5f47")


def sward(site: Site) -> list[Body]:
    """Return blades of green grass around the event, where grass is the ground."""
    return _grass(site, _LAWN, 1.0) if site.place.ground == "grass" else []


def dry_sward(site: Site) -> list[Body]:
    """Return longer, yellow grass around the event, where grass is the ground."""
    return _grass(site, _DRY, 1.6) if site.place.ground == "grass" else []


def leaf_litter(site: Site) -> list[Body]:
    """Return fallen leaves around the event, where soil is the ground."""
    if site.place.ground != "soil":
        return []
    rng = site.rng("leaf litter")
    at = _scattered_rand(rng, site, LEAVES)
    size = min(LEAF_M * (_reach(site) / NEAREST_M) ** 0.5, 4 * _highest(site))
    blocks = _in_colors(at, _FALLEN, "leaf", lambda part: _leaves_rand(rng, part, size))
    return _cover(site, "leaves", "leaves", blocks)


def pebbles(site: Site) -> list[Body]:
    """Return pebbles on the sand of a shore."""
    return _stones(site, _SAND_STONES) if site.place.ground in ("sand", "gravel") else []


def desert_pebbles(site: Site) -> list[Body]:
    """Return small stones on the sand of a desert."""
    return _stones(site, _DESERT_STONES) if site.place.ground == "sand" else []


def _grass(site: Site, colors: Sequence[str], length: float) -> list[Body]:
    rng = site.rng("sward")
    at = _scattered_rand(rng, site, BLADES)
    spread = _reach(site) / NEAREST_M
    worn = _mottled_rand(rng, at, WORN_M * spread**0.5)
    kept = rng.random(len(at)) < np.clip(0.15 + worn / TRODDEN, 0, 1)
    at, worn = at[kept], worn[kept]
    tall = min(length * BLADE_M * spread**0.35, max(_highest(site), SHORTEST_M))
    # Fewer blades a square metre have to be broader to cover the soil.
    broad = min(0.0042 * spread**0.7, 0.35 * tall)
    high = tall * (0.45 + 0.55 * np.clip(worn / 0.6, 0, 1))
    shade = 0.55 * _mottled_rand(rng, at, CLUMP_M * spread**0.5) + 0.45 * rng.random(len(at))
    dry = np.digitize(_ranks(shade), np.linspace(0, 1 - DRIEST, len(colors)))
    blocks = [
        _painted(_blades_rand(rng, at[dry == k + 1], high[dry == k + 1], broad), color, tall)
        for k, color in enumerate(colors)
        if (dry == k + 1).any()
    ]
    return _cover(site, "sward", "grass", blocks)


def _painted(block: Block, color: str, tall: float) -> Block:
    paint = Paint(made_of="grass_blade", color=color, parameters={"pattern_scale_m": tall})
    return Block(vertices=block.vertices, triangles=block.triangles, paint=paint)


def _mottled_rand(rng: np.random.Generator, at: Points, size_m: float) -> Float[Array, " n"]:
    """Return what varies over the ground in patches of about a size [m]: even shares of 0…1."""
    turns, phases = rng.uniform(0, np.pi, 8), rng.uniform(0, 2 * np.pi, 8)
    ways = np.pi / (size_m * rng.uniform(0.6, 1.7, 8))
    waves = ways * np.array([np.cos(turns), np.sin(turns)])
    return _ranks(np.sin(at @ waves + phases).sum(axis=1))


def _ranks(values: Float[Array, " n"]) -> Float[Array, " n"]:
    """Return the share of values that are less than each."""
    return np.asarray(np.argsort(np.argsort(values)) / max(1, len(values)))


def _stones(site: Site, colors: Sequence[str]) -> list[Body]:
    rng = site.rng("pebbles")
    at = _scattered_rand(rng, site, PEBBLES)
    if site.place.shore_m is not None:
        at = at[at[:, 1] < site.place.shore_m]
    size = min(PEBBLE_M * _reach(site) / NEAREST_M, 2 * _highest(site))
    blocks = _in_colors(at, colors, "pebble", lambda part: _stones_rand(rng, part, size))
    return _cover(site, "pebbles", "pebbles", blocks, sharp_angle_deg=50.0)


def _cover(
    site: Site, name: str, noun: str, blocks: Sequence[Block], *, sharp_angle_deg: float = 80.0
) -> list[Body]:
    """Return blocks as one body that nothing touches, or none where no ground is free."""
    if not blocks:
        return []
    return [body_of_blocks(site, name, noun, blocks, solid=False, sharp_angle_deg=sharp_angle_deg)]


def _reach(site: Site) -> float:
    return float(np.clip(1.4 + 2.4 * site.reach_m, NEAREST_M, FARTHEST_M))


def _highest(site: Site) -> float:
    """Return how high a blade may be here [m]."""
    lowest = min((float(t.high[2] - t.low[2]) for t in site.standing), default=1.0)
    return max(SHARE_OF_THING * lowest, SHORTEST_M)


def _scattered_rand(rng: np.random.Generator, site: Site, count: int) -> Points:
    """Return places on the ground around the event, fewer towards the rim, none under a thing."""
    share = rng.random(count)
    away = _reach(site) * 1.5 * np.sqrt(share) * (0.55 + 0.45 * share)
    turn = rng.uniform(0, 2 * np.pi, count)
    at = site.focus[:2] + away[:, None] * np.column_stack([np.cos(turn), np.sin(turn)])
    free = np.ones(count, bool)
    for thing in site.standing:
        if thing.low[2] < BLADE_M:
            free &= ~((at > thing.low[:2]) & (at < thing.high[:2])).all(axis=1)
    return np.asarray(at[free])


def _in_colors(
    at: Points, colors: Sequence[str], made_of: str, shape: Callable[[Points], Block]
) -> list[Block]:
    """Return the same shape in several colours: which place has which is by its number."""
    blocks = []
    for k, color in enumerate(colors):
        if len(at) <= k:
            break
        block = shape(at[k :: len(colors)])
        paint = Paint(made_of=made_of, color=color, parameters={"roughness": 0.75})
        blocks.append(Block(vertices=block.vertices, triangles=block.triangles, paint=paint))
    return blocks


def _blades_rand(
    rng: np.random.Generator, at: Points, high: Float[Array, " n"], broad: float
) -> Block:
    """Return one bent, pointed blade at each place: two corners below, two half up, a tip."""
    n = len(at)
    height = high * rng.uniform(0.5, 1.0, n)
    turn, lean = rng.uniform(0, 2 * np.pi, n), rng.uniform(0.1, 0.9, n) * height
    side = np.column_stack([np.cos(turn), np.sin(turn)]) * broad * 0.5
    bend = np.column_stack([-np.sin(turn), np.cos(turn)]) * lean[:, None]
    corners = [
        _raised(at - side, 0 * height), _raised(at + side, 0 * height),
        _raised(at + 0.3 * bend + 0.75 * side, 0.6 * height),
        _raised(at + 0.3 * bend - 0.75 * side, 0.6 * height),
        _raised(at + bend, height),
    ]  # fmt: skip
    return _shapes(np.stack(corners, axis=1), [[0, 1, 2], [0, 2, 3], [3, 2, 4]])


def _leaves_rand(rng: np.random.Generator, at: Points, size: float) -> Block:
    """Return a leaf at each place: a pointed rhomb, folded along its middle."""
    n = len(at)
    turn = rng.uniform(0, 2 * np.pi, n)
    along = np.column_stack([np.cos(turn), np.sin(turn)])
    across = np.column_stack([-along[:, 1], along[:, 0]])
    long = (size * rng.uniform(0.6, 1.1, n))[:, None]
    lift = long[:, 0] * rng.uniform(0.02, 0.3, n)
    corners = [
        _raised(at - 0.5 * long * along, 0.3 * lift + 0.002),
        _raised(at - 0.32 * long * across, lift + 0.002),
        _raised(at + 0.5 * long * along, 0.5 * lift + 0.002),
        _raised(at + 0.32 * long * across, 0.8 * lift + 0.002),
    ]
    return _shapes(np.stack(corners, axis=1), [[0, 2, 1], [0, 3, 2]])


_EDGES = np.array(
    [[1, 0, 0], [0.5, 0.87, 0], [-0.5, 0.87, 0], [-1, 0, 0], [-0.5, -0.87, 0], [0.5, -0.87, 0]]
)
_DOME = np.vstack([_EDGES, 0.72 * _EDGES + [0, 0, 0.45], [[0, 0, 0.62]]])
"""A pebble that lies half in the ground: a ring, a smaller ring above, a top."""

_DOME_FACES = [
    face
    for k in range(6)
    for face in (
        [k, (k + 1) % 6, 6 + (k + 1) % 6],
        [k, 6 + (k + 1) % 6, 6 + k],
        [6 + k, 6 + (k + 1) % 6, 12],
    )
]


def _stones_rand(rng: np.random.Generator, at: Points, size: float) -> Block:
    """Return a pebble at each place: few are large, most are small."""
    n = len(at)
    scale = size * rng.uniform(0.28, 1.0, (n, 1, 1)) ** 2
    ragged = rng.uniform(0.75, 1.2, (n, len(_DOME), 3)) * rng.uniform(0.7, 1.3, (n, 1, 3))
    turn = rng.uniform(0, 2 * np.pi, n)
    x, y = (_DOME[None, :, k] * ragged[:, :, k] for k in (0, 1))
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    points = np.stack(
        [x * cos - y * sin, x * sin + y * cos, _DOME[None, :, 2] * ragged[:, :, 2]], axis=-1
    )
    return _shapes(points * scale + _raised(at, np.zeros(n))[:, None, :], _DOME_FACES)


def _raised(at: Points, z: Float[Array, " n"]) -> Float[Array, "n 3"]:
    return np.column_stack([at, z])


def _shapes(corners: Float[Array, "n k 3"], faces: Sequence[Sequence[int]]) -> Block:
    """Return `n` copies of a shape, each with its own corners, as one block."""
    n, k = corners.shape[:2]
    offsets = (np.arange(n) * k)[:, None, None]
    triangles = (np.array(faces)[None] + offsets).reshape(-1, 3)
    return Block(
        vertices=corners.reshape(-1, 3), triangles=triangles, paint=Paint(made_of="grass_blade")
    )
