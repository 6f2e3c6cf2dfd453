"""Land up to the horizon: hills, mountains, dunes, drifts, craters, and the far shore."""

from collections.abc import Callable, Sequence

import numpy as np
from jaxtyping import Float, Int

from scene_builder.build.setting.scenery.kit import Block, Paint, body_of_blocks
from scene_builder.build.setting.scenery.site import Site
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body

Heights = Callable[[Float[Array, "*n"], Float[Array, "*n"]], Float[Array, "*n"]]
"""Height [m] over x and y [m]."""

BURIED_M = 0.3
"""The inner rim of a landscape lies so deep below the ground [m]."""

SNOWY = Paint(made_of="snow", color="#eef2f7", parameters={"subsurface": 0.0})


def hills(site: Site) -> list[Body]:
    """Return green hills on the horizon."""
    paint = Paint(made_of="grass", color="#5f7a3c")
    return [_land(site, "hills", 70.0, 260.0, _waves(site, "hills", 52.0, 26.0), [paint])]


def mountains(site: Site) -> list[Body]:
    """Return rocky mountains with snow on top."""
    rock, snow = Paint(made_of="stone", color="#6d6a68"), SNOWY
    heights = _ridges(site, "mountains", 95.0, 58.0)
    return [_land(site, "mountains", 110.0, 420.0, heights, [rock, snow], tip=0.3, rings=34)]


def far_mountains(site: Site) -> list[Body]:
    """Return white mountains behind a snow field."""
    rock, snow = Paint(made_of="stone", color="#7f868f"), SNOWY
    heights = _ridges(site, "far mountains", 90.0, 44.0)
    return [_land(site, "mountains", 110.0, 380.0, heights, [rock, snow], tip=0.16, rings=30)]


def drifts(site: Site) -> list[Body]:
    """Return wind-blown snow behind the event."""
    return [_land(site, "drifts", 16.0, 120.0, _waves(site, "drifts", 17.0, 1.7), [SNOWY])]


def dunes(site: Site) -> list[Body]:
    """Return dunes: long crests, gentle to windward and steep to leeward."""
    rng = site.rng("dunes")
    shift = rng.uniform(0, 40, 4)

    def heights(x: Float[Array, "*n"], y: Float[Array, "*n"]) -> Float[Array, "*n"]:
        bent = y + 7 * np.sin((x + shift[0]) / 19) + 3.5 * np.sin((x + shift[1]) / 7.5)
        phase = ((bent + shift[2]) / 38) % 1.0
        crest = np.where(phase < _LEE, phase / _LEE, (1 - phase) / (1 - _LEE)) ** 1.25
        swell = 0.6 + 0.4 * np.sin((x + shift[3]) / 31) * np.cos(y / 43)
        return np.asarray(8.0 * crest * swell)

    return [_land(site, "dunes", 24.0, 340.0, heights, [_ground_paint(site)], rings=70, spokes=220)]


_LEE = 0.72


def craters(site: Site) -> list[Body]:
    """Return rolling regolith with craters, and round mountains on a near horizon."""
    rng = site.rng("craters")
    angles, ways = rng.uniform(0.2, np.pi - 0.2, 26), 13.0 * 9.0 ** rng.random(26)
    radii = ways * rng.uniform(0.08, 0.24, 26)
    roll = _waves(site, "regolith", 46.0, 15.0)

    def heights(x: Float[Array, "*n"], y: Float[Array, "*n"]) -> Float[Array, "*n"]:
        away = np.hypot(x, y)
        total = 0.25 + roll(x, y) * np.clip((away - 40) / 120, 0, 1)
        for angle, way, radius in zip(angles, ways, radii, strict=True):
            off = np.hypot(x - way * np.cos(angle), y - way * np.sin(angle)) / radius
            bowl = np.where(off < 1, 0.5 * off**4 - 0.32, 0.18 * np.exp(-3 * (off - 1)))
            total = total + 0.5 * radius * bowl
        return np.asarray(total)

    paint = _ground_paint(site)
    return [_land(site, "craters", 10.0, 220.0, heights, [paint], rings=80, spokes=240)]


def headland(site: Site) -> list[Body]:
    """Return a wooded coast far across the water."""
    green, rock = Paint(made_of="grass", color="#4d6a43"), Paint(made_of="stone", color="#8a8176")
    waves = _ridges(site, "headland", 90.0, 34.0)

    def heights(x: Float[Array, "*n"], y: Float[Array, "*n"]) -> Float[Array, "*n"]:
        side = np.clip((np.abs(x + 20) - 30) / 160, 0, 1) * (y > 0)
        return np.asarray(waves(x, y) * side - 0.5)

    return [_land(site, "headland", 240.0, 420.0, heights, [rock, green], tip=0.04)]


def banks(site: Site) -> list[Body]:
    """Return wooded hills all around the far side of a lake."""
    wood = Paint(made_of="grass", color="#3f5f32", parameters={"pattern_scale_m": 12.0})
    return [_land(site, "banks", 90.0, 330.0, _ridges(site, "banks", 120.0, 26.0), [wood])]


def _ground_paint(site: Site) -> Paint:
    return Paint(made_of=site.place.ground, color=site.place.ground_color)


def _waves(site: Site, name: str, length_m: float, height_m: float) -> Heights:
    """Return rolling land: sines of many directions."""
    rng = site.rng(f"{name} waves")
    turns, phases = rng.uniform(0, 2 * np.pi, 9), rng.uniform(0, 2 * np.pi, 9)

    def heights(x: Float[Array, "*n"], y: Float[Array, "*n"]) -> Float[Array, "*n"]:
        total = np.zeros_like(x)
        for k, (turn, phase) in enumerate(zip(turns, phases, strict=True)):
            octave = 1.55 ** (k // 2)
            along = x * np.cos(turn) + y * np.sin(turn)
            total += np.sin(along * 2 * np.pi * octave / length_m / 2 + phase) / octave**1.3
        return np.asarray(height_m * (0.5 + total / 6))

    return heights


def _ridges(site: Site, name: str, length_m: float, height_m: float) -> Heights:
    """Return jagged land: folded waves have sharp crests (Musgrave 1989, ridged noise)."""
    rng = site.rng(f"{name} ridges")
    turns, phases = rng.uniform(0, 2 * np.pi, 18), rng.uniform(0, 2 * np.pi, 18)

    def heights(x: Float[Array, "*n"], y: Float[Array, "*n"]) -> Float[Array, "*n"]:
        total, weight = np.zeros_like(x), np.ones_like(x)
        for k in range(6):
            scale = 2.0**k * np.pi / length_m
            fold = np.zeros_like(x)
            for turn, phase in zip(
                turns[3 * k : 3 * k + 3], phases[3 * k : 3 * k + 3], strict=True
            ):
                fold += np.sin((x * np.cos(turn) + y * np.sin(turn)) * scale + phase) / 3
            crest = (1 - np.abs(fold)) ** 2
            total += weight * crest / 1.9**k
            weight = np.clip(crest, 0, 1)
        return np.asarray(height_m * np.clip(total / 1.7 - 0.25, 0, None))

    return heights


def _land(
    site: Site,
    name: str,
    near_m: float,
    far_m: float,
    heights: Heights,
    paints: Sequence[Paint],
    *,
    tip: float = 1.0,
    rings: int = 26,
    spokes: int = 180,
) -> Body:
    """Return a ring of land that rises out of the ground from `near_m` to `far_m` [m].

    Of two paints the second lies where the land is higher than `tip` times its highest point.
    """
    near = max(near_m, site.reach_m + 6.0)
    away = np.geomspace(near, max(far_m, 1.5 * near), rings)
    turn = np.linspace(0, 2 * np.pi, spokes, endpoint=False)
    a, t = np.meshgrid(away, turn, indexing="ij")
    x, y = a * np.cos(t) + site.middle_x, a * np.sin(t)
    rise = np.clip((a - near) / (0.35 * near + 0.12 * (far_m - near)), 0, 1)
    rise = rise * rise * (3 - 2 * rise)
    z = heights(x, y) * rise - BURIED_M * (1 - rise)
    vertices = np.stack([x, y, z], axis=-1).reshape(-1, 3)
    i, j = np.meshgrid(np.arange(rings - 1), np.arange(spokes), indexing="ij")
    here, next_j = i * spokes + j, i * spokes + (j + 1) % spokes
    first = np.stack([here, here + spokes, next_j + spokes], axis=-1).reshape(-1, 3)
    second = np.stack([here, next_j + spokes, next_j], axis=-1).reshape(-1, 3)
    triangles = np.vstack([first, second])
    return body_of_blocks(
        site, name, name, _painted(vertices, triangles, paints, tip, site.rng(f"{name} tips")),
        solid=False, sharp_angle_deg=75.0,
    )  # fmt: skip


def _painted(
    vertices: Float[Array, "v 3"],
    triangles: Int[Array, "t 3"],
    paints: Sequence[Paint],
    tip: float,
    rng: np.random.Generator,
) -> list[Block]:
    if len(paints) == 1:
        return [Block(vertices=vertices, triangles=triangles, paint=paints[0])]
    corners = vertices[triangles]
    level = corners[:, :, 2].mean(axis=1) / max(float(vertices[:, 2].max()), 1e-6)
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    flat = normal[:, 2] / np.maximum(np.linalg.norm(normal, axis=1), 1e-12)
    # Snow slides off what is steep, and lies in hollows below its line.
    high = level + 0.35 * (flat - 0.75) + rng.normal(0, 0.02, len(level)) > tip
    masks = ((paints[0], ~high), (paints[1], high))
    return [
        Block(vertices=vertices, triangles=triangles[mask], paint=paint)
        for paint, mask in masks
        if mask.any()
    ]
