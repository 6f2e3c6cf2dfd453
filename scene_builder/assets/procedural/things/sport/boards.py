"""Skis, snowboards, surfboards and flying discs."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, round_top, top
from scene_builder.assets.shapes.boxes import bar, box, prism, tapered_box
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import rounded
from scene_builder.assets.shapes.rounds import arc, torus, tube
from scene_builder.assets.shapes.sheets import sheet
from scene_builder.assets.shapes.solid import Solid, joined
from scene_builder.model.arrays import Array

BLACK = Slot(substance="plastic", color="#1b1c1f")
STEEL = Slot(substance="steel")
WHITE = Slot(substance="plastic", color="#f2f1ea")

Along = Callable[[Float[Array, " n"]], Float[Array, " n"]]


def board_along(
    half_long: float, width: Along, rise: Along, thick: Along, *, columns: int = 11
) -> Solid:
    """Return a board along X with rounded rails, in convex lengths.

    Args:
        half_long: Half of its length [m].
        width: Half width at shares of the half length, from −1 to 1 [m].
        rise: Height of its underside there [m].
        thick: Thickness there [m].
        columns: Points across.
    """
    t = np.sin(np.linspace(-1, 1, 45) * np.pi / 2)
    u = np.sin(np.linspace(-1, 1, columns) * np.pi / 2)[None]
    half, low, deep = (f(t)[:, None] for f in (width, rise, thick))
    y = half * u
    x = np.broadcast_to(half_long * t[:, None], y.shape)
    full = 0.5 * deep * (0.12 + 0.88 * np.sqrt(np.clip(1 - u**6, 0, 1)))
    middle = low + 0.5 * deep
    upper = np.stack([x, y, middle + full], axis=2)
    lower = np.stack([x, y, middle - full], axis=2)
    skin = sheet(upper, lower)
    cuts = (0, 6, 12, 18, 26, 32, 38, 44)
    pick = slice(0, columns, 2)
    hulls = tuple(
        np.concatenate([g[[a, (a + b) // 2, b], pick].reshape(-1, 3) for g in (upper, lower)])
        for a, b in pairwise(cuts)
    )
    return Solid(vertices=skin.vertices, triangles=skin.triangles, hulls=hulls)


def ski() -> Blueprint:
    """Return a ski along X with its tip turned up, and a binding."""
    board = board_along(
        0.85,
        lambda t: (0.036 + 0.014 * np.abs(t) ** 2.2 + 0.004 * t)
        * np.clip(1 - np.abs(t) ** 26 * 0.5, 0, 1) * np.clip((1.004 - t) / 0.14, 0.05, 1) ** 0.5,
        lambda t: 0.105 * np.clip((t - 0.74) / 0.26, 0, 1) ** 2.2
        + 0.012 * np.clip((-t - 0.9) / 0.1, 0, 1) ** 2,
        lambda t: 0.009 + 0.011 * np.clip(1 - np.abs(t) * 1.25, 0, 1) ** 0.8,
    )  # fmt: skip
    band = _marked(board, ((0.28, 0.52), (-0.66, -0.44)), above=0.004)
    plate = box(0.34, 0.058, 0.018, bevel=0.004).moved(-0.02, 0, 0.017)
    toe = [
        tapered_box((0.09, 0.062), (0.06, 0.05), 0.034, bevel=0.006).moved(0.125, 0, 0.035),
        bar((0.08, -0.032, 0.05), (0.08, -0.022, 0.08), 0.02, 0.012),
        bar((0.08, 0.032, 0.05), (0.08, 0.022, 0.08), 0.02, 0.012),
    ]
    heel = [
        tapered_box((0.11, 0.058), (0.07, 0.046), 0.05, bevel=0.008).moved(-0.15, 0, 0.035),
        bar((-0.19, 0, 0.07), (-0.25, 0, 0.1), 0.03, 0.012),
        bar((-0.1, 0, 0.07), (-0.075, 0, 0.085), 0.04, 0.014),
    ]
    brakes = [bar((-0.08, s * 0.045, 0.028), (-0.17, s * 0.052, 0.028), 0.008, 0.008)
              for s in (-1, 1)]  # fmt: skip
    return Blueprint(
        parts=(
            Part(solid=band),
            Part(solid=joined(plate, *toe, *heel), slot=2, fill=0.5),
            Part(solid=joined(*brakes).without_hulls(), slot=3, fill=0.4),
        ),
        slots=(MAIN, WHITE, BLACK, STEEL),
    )


def _marked(board: Solid, bands: tuple[tuple[float, float], ...], *, above: float) -> Solid:
    """Return a board with bands in the next slot on what lies above a height [m]."""

    def inside(c: Array) -> Array:
        at = c[:, 0]
        within = [(at > low) & (at < high) for low, high in bands]
        return np.asarray(np.any(within, axis=0) & (c[:, 2] > above))

    return board.painted(1, inside)


def snowboard() -> Blueprint:
    """Return a snowboard along X, both ends turned up, with two strap bindings."""
    board = board_along(
        0.775,
        lambda t: (0.122 + 0.026 * np.abs(t) ** 2)
        * np.sqrt(np.clip(1 - (np.clip(np.abs(t) - 0.76, 0, 1) / 0.242) ** 2.2, 0.0003, 1)),
        lambda t: 0.085 * np.clip((np.abs(t) - 0.7) / 0.3, 0, 1) ** 2.1,
        lambda t: 0.012 + 0 * t,
    )  # fmt: skip
    marked = _marked(board, ((-0.07, 0.07), (0.46, 0.55), (-0.55, -0.46)), above=0.006)
    bases, straps = [], []
    for side in (-1, 1):
        foot, strap = _strap_binding()
        turn = 90 - side * 12
        bases.append(foot.turned("z", turn).moved(side * 0.27, 0, 0.011))
        straps.append(strap.turned("z", turn).moved(side * 0.27, 0, 0.011))
    return Blueprint(
        parts=(
            Part(solid=marked),
            Part(solid=joined(*bases), slot=2, fill=0.4),
            Part(solid=joined(*straps).without_hulls(), slot=3, fill=0.3),
        ),
        slots=(MAIN, WHITE, BLACK, Slot(substance="plastic", color="#55585c")),
    )


def _strap_binding() -> tuple[Solid, Solid]:
    """Return a binding whose boot points along +X: foot plate and high back, and straps [m]."""
    plate = box(0.26, 0.11, 0.018, bevel=0.005)
    walls = [box(0.24, 0.01, 0.05, bevel=0.003).moved(-0.005, s * 0.055) for s in (-1, 1)]
    angle = np.linspace(-1.25, 1.25, 11)
    rows = np.linspace(0, 1, 6)[:, None]
    x = -0.125 - 0.01 * rows + 0.055 * (1 - np.cos(angle)) * (1 - 0.3 * rows)
    y = 0.058 * np.sin(angle) * (1 - 0.22 * rows)
    z = 0.01 + 0.2 * rows + 0 * angle
    grid = np.stack([x, y, z], axis=2)
    back = sheet(grid, grid + np.array([0.012, 0, 0])).with_hull(32)
    straps = [
        tube(arc((px, 0, 0.03), (0, 0.062, 0), (0, 0, high), (0, 180), 14), 0.018, sides=8,
             squash=0.25)
        for px, high in ((-0.06, 0.095), (0.075, 0.062))
    ]  # fmt: skip
    return joined(plate, *walls, back), joined(*straps)


def _surf_width(t: Float[Array, " n"]) -> Float[Array, " n"]:
    nose = np.clip(1 - np.clip((t + 0.08) / 1.083, 0, 1) ** 2.1, 0, 1) ** 0.72
    tail = np.clip(1 - np.clip((-t - 0.08) / 0.945, 0, 1) ** 3.2, 0, 1) ** 0.6
    return np.asarray(0.275 * nose * tail + 0.004)


def _surf_rise(t: Float[Array, " n"]) -> Float[Array, " n"]:
    return np.asarray(0.11 * np.clip(t, 0, 1) ** 2.6 + 0.062 * np.clip(-t, 0, 1) ** 1.7)


def _surf_thick(t: Float[Array, " n"]) -> Float[Array, " n"]:
    return np.asarray(0.066 * np.clip(1 - np.abs(t) ** 2.6 * 0.72, 0, 1))


def surfboard() -> Blueprint:
    """Return a surfboard along X, its nose towards +X, with a stringer, a stripe and fins."""
    board = board_along(1.1, _surf_width, _surf_rise, _surf_thick, columns=15)

    def striped(c: Array) -> Array:
        share = np.abs(c[:, 1]) / _surf_width(c[:, 0] / 1.1)
        # The edges of the stripes are those of the third row of faces from the middle.
        side = (share > 0.434) & (share < 0.62)  # noqa: PLR2004
        upper = c[:, 2] > _surf_rise(c[:, 0] / 1.1) + 0.5 * _surf_thick(c[:, 0] / 1.1)
        return np.asarray((side | (c[:, 0] > 0.86)) & upper)  # noqa: PLR2004

    x = np.linspace(-1.04, 1.06, 30)
    share = x / 1.1
    high = _surf_rise(share) + _surf_thick(share)
    stringer = tube(np.column_stack([x, 0 * x, high - 0.0025]), 0.005, sides=6)
    blade = np.array([(0, 0), (0.1, 0), (0.07, -0.03), (0.02, -0.055), (-0.025, -0.062)])[::-1]
    fin = prism(blade, 0.008).turned("x", 90).moved(y=0.004)
    fins = [fin.moved(-0.93, 0, 0.066), fin.moved(-0.8, 0.13, 0.062), fin.moved(-0.8, -0.13, 0.062)]
    flat = 0.066
    return Blueprint(
        parts=(
            Part(solid=board.painted(1, striped)),
            Part(solid=stringer.without_hulls(), slot=2, fill=0.5),
            Part(solid=joined(*fins).without_hulls(), slot=3),
        ),
        slots=(MAIN, Slot(substance="plastic", color="#1f7fa8"), Slot(substance="walnut"), BLACK),
        supports=(top(flat, 0.5, 0.3),),
    )


def frisbee() -> Blueprint:
    """Return a flying disc: a shallow dome with a rolled rim, grip rings and a ring of colour."""
    profile = rounded([
        (0.0, 0.0275), (0.095, 0.0255, 0.02), (0.126, 0.0165, 0.012), (0.135, 0.006, 0.006),
        (0.134, 0.0, 0.002), (0.129, 0.0, 0.002), (0.1275, 0.008, 0.004), (0.12, 0.0155, 0.008),
        (0.094, 0.0232, 0.02), (0.0, 0.0252),
    ])  # fmt: skip
    skin = lathe(profile[::-1], segments=60)
    solid = turned([(0.135, 0), (0.135, 0.006), (0.122, 0.018), (0.095, 0.0258), (0, 0.0275)])

    body = Solid(vertices=skin.vertices, triangles=skin.triangles, hulls=solid.hulls)
    rings = [
        torus(r, 0.0009, segments=48, sides=5).moved(z=z)
        for r, z in ((0.104, 0.0233), (0.11, 0.0216), (0.116, 0.0198))
    ]
    label = turned([(0.062, 0), (0.0615, 0.0008)], segments=64).moved(z=0.0261)
    dot = turned([(0.05, 0), (0.0495, 0.0006)], segments=64).moved(z=0.0269)
    return Blueprint(
        parts=(
            Part(solid=body),
            Part(solid=joined(*rings).without_hulls()),
            Part(solid=label.without_hulls(), slot=1),
            Part(solid=dot.without_hulls()),
        ),
        slots=(MAIN, WHITE),
        supports=(round_top(0.0275, 0.08),),
        rolls="x",
        tags=("on_side",),
    )
