"""What makes a bedroom: a made bed, a nightstand, small pictures above them, and a rug."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.shapes.soft import swollen_box
from scene_builder.build.setting.scenery.furniture import OAK, WHITE, depth_for
from scene_builder.build.setting.scenery.kit import (
    Block,
    Paint,
    body_of_blocks,
    box,
    column,
    glow,
)
from scene_builder.build.setting.scenery.site import Site
from scene_builder.build.setting.scenery.walls import free_beside
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body

QUILT = Paint(made_of="fabric", color="#6f86a6")
LINEN = Paint(made_of="fabric", color="#efece4")
THROW = Paint(made_of="wool", color="#b0955c")
BRASS = Paint(made_of="brass")
CERAMIC = Paint(made_of="ceramic", color="#c9b79a")

QUILTED_M, PUFF_M = 0.17, 0.009
"""How far the seams of a quilt are apart, and how high it stands between them [m]."""

FOLD_M, FOLD_OUT_M = 0.24, 0.01
"""How far the folds of a hem that hangs are apart, and how far they swing out [m]."""

ROUND_M = 0.055
"""Radius over which covers bend at the mattress's edge [m]."""

PRINTS = (("#8c9c84", 0.34, 0.44), ("#b98f6a", 0.42, 0.54), ("#6f8798", 0.34, 0.44))
"""Tone, width and height of the pictures above the bed [m]."""

PRINTS_Z_M, PRINTS_APART_M = 1.5, 0.16
"""Height of their middles, and the wall between two of them [m]."""

CURTAIN_M = 0.55
"""How far a curtain reaches beside its window, with some air [m]."""


def bed(site: Site) -> list[Body]:
    """Return a made bed along the wall with its pillows, and a nightstand with a lamp."""
    deep = depth_for(site, 0.9)
    if deep == 0:
        return []
    y, x = site.shell.wall_y - 0.05, site.middle_x - 0.2
    front = y - deep
    blocks = [
        box((x - 1.1, front + 0.02, 0.12), (x + 1.0, y, 0.3), OAK),
        box((x - 1.18, front, 0.0), (x - 1.1, y, 0.95), OAK),
        box((x - 1.2, front - 0.01, 0.93), (x - 1.08, y, 0.97), OAK),
        box((x + 1.0, front, 0.0), (x + 1.06, y, 0.5), OAK),
        box((x - 1.09, front + 0.03, 0.3), (x + 0.99, y - 0.01, 0.5), LINEN),
        _cover((x - 0.5, x + 0.995), (front - 0.03, y - 0.005), (0.2, 0.545), QUILT, quilted=True),
        # The sheet is turned down over the quilt, and a throw lies across the foot.
        _cover((x - 0.62, x - 0.36), (front - 0.04, y - 0.004), (0.34, 0.558), LINEN),
        _cover((x + 0.42, x + 0.84), (front - 0.042, y - 0.004), (0.26, 0.56), THROW),
        *(
            _pillow(x - 0.86, y - deep / 2 + way * 0.24 * deep, 0.57, 0.34, 0.44 * deep)
            for way in (-1, 1)
        ),
    ]
    return [
        body_of_blocks(site, "bed", "bed", blocks, sharp_angle_deg=50.0),
        body_of_blocks(site, "nightstand", "nightstand", _nightstand(site, x + 1.35, y)),
    ]


def bed_prints(site: Site) -> list[Body]:
    """Return three small framed pictures in a row above the bed."""
    y, x = site.shell.wall_y - 0.001, site.middle_x - 0.2
    if site.shell.ceiling_z < PRINTS_Z_M + PRINTS[1][2]:
        return []
    blocks: list[Block] = []
    row = sum(wide for _, wide, _ in PRINTS) + PRINTS_APART_M * (len(PRINTS) - 1)
    # The window's curtain ends there.
    right = min(x + row / 2, site.middle_x + free_beside(site) - CURTAIN_M)
    left = right - row
    for tone, wide, high in PRINTS:
        low = PRINTS_Z_M - high / 2
        paint = Paint(made_of="canvas_painting", color=tone, parameters={"roughness": 0.7})
        inset = 0.2 * wide
        blocks += [
            box((left, y - 0.022, low), (left + wide, y, low + high), OAK),
            box((left + 0.018, y - 0.024, low + 0.018),
                (left + wide - 0.018, y, low + high - 0.018), WHITE),
            box((left + inset, y - 0.026, low + inset),
                (left + wide - inset, y, low + high - inset), paint),
        ]  # fmt: skip
        left += wide + PRINTS_APART_M
    return [body_of_blocks(site, "prints", "picture", blocks)]


def rug(site: Site) -> list[Body]:
    """Return a rug's border under and around the event, too thin to be felt, with fringes."""
    wool = Paint(made_of="carpet", color="#6f7f86")
    edge = Paint(made_of="carpet", color="#d9c7a5")
    x, y = site.middle_x, float(site.focus[1])
    half, deep = site.reach_m + 0.22, min(0.62, site.shell.wall_y - y - 0.1)
    z = 0.0015

    def field(inset: float, paint: Paint, high: float) -> Block:
        low = (x - half + inset, y - deep + inset, -0.01)
        return box(low, (x + half - inset, y + deep - inset, high), paint)

    line = min(0.2, 0.3 * deep)
    blocks = [
        field(0.0, edge, 0.6 * z), field(0.1, wool, z),
        field(line, edge, 1.15 * z), field(line + 0.018, wool, 1.3 * z),
        *(
            box((end - 0.045, at, -0.01), (end + 0.045, at + 0.009, 0.5 * z), edge)
            for end in (x - half, x + half)
            for at in np.arange(y - deep + 0.006, y + deep - 0.012, 0.02)
        ),
    ]  # fmt: skip
    return [body_of_blocks(site, "rug", "rug", blocks, solid=False)]


def _nightstand(site: Site, left: float, y: float) -> list[Block]:
    """Return a nightstand with two drawers; a lamp and books stand on it."""
    lamp = glow("#ffdca8", 3.0 if site.night else 0.49)
    front, middle = y - 0.4, left + 0.225
    drawers = [
        block
        for low, high in ((0.13, 0.28), (0.3, 0.46))
        for block in (
            box((left + 0.025, front - 0.012, low), (left + 0.425, front, high), OAK),
            box((middle - 0.018, front - 0.035, (low + high) / 2 - 0.009),
                (middle + 0.018, front - 0.012, (low + high) / 2 + 0.009), BRASS),
        )
    ]  # fmt: skip
    legs = [
        box((at, deep, 0.0), (at + 0.04, deep + 0.04, 0.1), OAK)
        for at in (left + 0.01, left + 0.4)
        for deep in (front + 0.01, y - 0.05)
    ]
    books = [
        box((left + 0.04 + 0.012 * k, front + 0.05, 0.5 + 0.03 * k),
            (left + 0.2 + 0.006 * k, front + 0.26 - 0.01 * k, 0.528 + 0.03 * k),
            Paint(made_of="paper", color=tone))
        for k, tone in enumerate(("#3e5a6b", "#9c5a44", "#d8d0bd"))
    ]  # fmt: skip
    return [
        box((left, front, 0.1), (left + 0.45, y, 0.475), OAK),
        box((left - 0.012, front - 0.02, 0.475), (left + 0.462, y, 0.5), OAK),
        *drawers, *legs, *books,
        column((middle + 0.07, y - 0.2, 0.5), 0.065, 0.02, CERAMIC, sides=24),
        column((middle + 0.07, y - 0.2, 0.52), 0.05, 0.18, CERAMIC, top=0.3, sides=24),
        column((middle + 0.07, y - 0.2, 0.69), 0.14, 0.2, lamp, top=0.7, sides=24),
    ]  # fmt: skip


def _pillow(x: float, y: float, z: float, wide: float, deep: float) -> Block:
    """Return a pillow about a middle [m]."""
    soft = swollen_box(wide, deep, 0.15, detail=3)
    middle = (soft.vertices.min(axis=0) + soft.vertices.max(axis=0)) / 2
    vertices = soft.vertices - middle + [x, y, z]
    return Block(vertices=vertices, triangles=soft.triangles, paint=LINEN)


def _cover(
    xs: tuple[float, float], ys: tuple[float, float], zs: tuple[float, float], paint: Paint, *,
    quilted: bool = False,
) -> Block:  # fmt: skip
    """Return a cover that lies on a mattress and hangs down in front of it.

    Args:
        xs: Its left and right edge [m].
        ys: Where it hangs, and where it ends at the back [m].
        zs: Its hem, and its top [m].
        paint: What it is made of.
        quilted: Whether seams hold it down in squares.
    """
    way = _over_the_edge(ys, zs)
    x = np.linspace(*xs, max(12, int((xs[1] - xs[0]) / 0.015)))
    u, s = np.meshgrid(x, np.arange(len(way)), indexing="ij")
    points = np.stack([u, way[s, 0], way[s, 1]], axis=-1)
    steps = np.linalg.norm(np.diff(way, axis=0), axis=1)
    along = np.concatenate([[0], np.cumsum(steps)])[s]
    tangent = np.gradient(way, axis=0)
    out = np.column_stack([tangent[:, 1], -tangent[:, 0]])
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    hanging = np.clip((zs[1] - ROUND_M - points[..., 2]) / 0.2, 0, 1)
    lift = FOLD_OUT_M * hanging * np.sin(2 * np.pi * u / FOLD_M + 0.6 * np.sin(7 * u))
    if quilted:
        seams = np.abs(np.sin(np.pi * u / QUILTED_M) * np.sin(np.pi * along / QUILTED_M))
        lift = lift + PUFF_M * seams**0.5
    points[..., 1:] += lift[..., None] * out[s]
    return Block(vertices=points.reshape(-1, 3), triangles=_faces(*u.shape), paint=paint)


def _over_the_edge(ys: tuple[float, float], zs: tuple[float, float]) -> Float[Array, "n 2"]:
    """Return the line of a cover from its hem up, round the edge and back: (y, z) (n 2) [m]."""
    (front, back), (hem, top) = ys, zs
    turn = np.linspace(0, np.pi / 2, 9)[1:-1]
    bend = np.column_stack([
        front + ROUND_M * (1 - np.cos(turn)), top - ROUND_M * (1 - np.sin(turn)),
    ])  # fmt: skip
    up = np.linspace(hem, top - ROUND_M, 16)
    flat = np.linspace(front + ROUND_M, back, 40)
    return np.concatenate([
        np.column_stack([np.full(16, front), up]), bend,
        np.column_stack([flat, np.full(40, top)]),
    ])  # fmt: skip


def _faces(rows: int, columns: int) -> Array:
    """Return the triangles (t 3) of a grid whose rows run to the right and columns up and back."""
    i, j = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    a = (i * columns + j).ravel()
    b, c, d = a + columns, a + columns + 1, a + 1
    return np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)])
