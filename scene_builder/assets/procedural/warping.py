"""A blueprint in other proportions: taller, bellied, square or fluted, and still what it is."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import (
    Blueprint,
    Builder,
    Moving,
    Part,
    scaled_collider,
)
from scene_builder.assets.shapes.solid import Solid
from scene_builder.assets.source import Cavity, Incline, Support
from scene_builder.model.arrays import Array

Warp = Callable[[Float[Array, "n 3"]], Float[Array, "n 3"]]
"""Maps points of a thing [m], continuously and without folding."""

Range = tuple[float, float]

AROUND = np.linspace(0, 2 * np.pi, 16, endpoint=False)
"""Directions in which a warped hollow is measured."""

LEVELS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What may differ between two things of one noun; each is drawn by itself.

    Attributes:
        width: Factors of the extent along X, least and most.
        depth: Factors of the extent along Y.
        height: Factors of the extent along Z.
        knot: Share of the height below which `lower` holds as well: a table's legs.
        lower: Factors of what is below the knot.
        taper: How much wider its top may become than its foot, and the other way round.
        belly: How much its waist may swell; negative factors draw it in.
        square: Largest exponent of its outline from above: 2 is round (Lamé 1818).
        flutes: Numbers of flutes round it, of which one is drawn; 0 for none.
        sway: How far its upper part may be off to a side, in heights.
        swell: Waves in its girth along its length, as a share: a head larger, a middle thinner.
        lengthwise: Along which axis it tapers and swells.
    """

    width: Range = (1.0, 1.0)
    depth: Range = (1.0, 1.0)
    height: Range = (1.0, 1.0)
    knot: float = 0.0
    lower: Range = (1.0, 1.0)
    taper: float = 0.0
    belly: Range = (0.0, 0.0)
    square: float = 2.0
    flutes: tuple[int, ...] = (0,)
    sway: float = 0.0
    swell: float = 0.0
    lengthwise: str = "z"


FLUTE_DEPTH = 0.022
"""Of a flute, as a share of the radius."""


def varied(build: Builder, form: Form) -> Builder:
    """Return a builder whose things differ in form.

    It draws from a stream of its own, so that colours and wear stay as they were.

    Args:
        build: The ordinary thing.
        form: What may differ.
    """

    def make(rng: np.random.Generator) -> Blueprint:
        own = rng.spawn(1)[0]
        return reformed_rand(own, build(rng), form)

    return make


def reformed_rand(rng: np.random.Generator, blueprint: Blueprint, form: Form) -> Blueprint:
    """Return a blueprint in proportions that are drawn from `form`.

    Args:
        rng: Draws the proportions.
        blueprint: The thing; what turns on wheels keeps its form.
        form: What may differ.
    """
    if any(part.wheel is not None or part.drawn_deg for part in blueprint.moving):
        return blueprint
    points = np.concatenate([part.solid.vertices for part in blueprint.parts])
    low, high = points.min(axis=0), points.max(axis=0)
    factors = np.array([rng.uniform(*one) for one in (form.width, form.depth, form.height)])
    bend = _bend_rand(rng, form, low, high)

    def warp(at: Float[Array, "n 3"]) -> Float[Array, "n 3"]:
        moved = np.asarray(at, np.float64)
        return np.asarray(factors * (moved if bend is None else bend(moved)))

    return _warped(blueprint, warp, factors if bend is None else None)


def _bend_rand(
    rng: np.random.Generator, form: Form, low: Float[Array, "3"], high: Float[Array, "3"]
) -> Warp | None:
    """Return what differs besides plain proportions, or None where nothing does."""
    taper, belly = rng.uniform(-form.taper, form.taper), rng.uniform(*form.belly)
    lower, phase = rng.uniform(*form.lower), rng.uniform(0, 2 * np.pi)
    swell, power = rng.uniform(0, form.swell), rng.uniform(2, form.square)
    power = power if rng.random() < 0.5 else 2.0  # noqa: PLR2004 - half of them stay round
    flutes, sway = int(rng.choice(form.flutes)), rng.uniform(-form.sway, form.sway, 2)
    if form == Form(width=form.width, depth=form.depth, height=form.height):
        return None
    axis = "xyz".index(form.lengthwise)
    others = [k for k in range(3) if k != axis]
    span, foot = float(high[axis] - low[axis]), float(low[axis])
    height = float(high[2])

    def bend(at: Float[Array, "n 3"]) -> Float[Array, "n 3"]:
        moved = at.copy()
        t = np.clip((at[:, axis] - foot) / span, 0, 1)
        girth = 1 + taper * (t - 0.5) + belly * np.sin(np.pi * t)
        girth += swell * np.sin(2 * np.pi * t + phase)
        if power > 2 or flutes:  # noqa: PLR2004
            angle = np.arctan2(at[:, 1], at[:, 0])
            lame = (np.abs(np.cos(angle)) ** power + np.abs(np.sin(angle)) ** power) ** (-1 / power)
            girth *= lame * (1 + FLUTE_DEPTH * np.cos(flutes * angle) * bool(flutes))
        for k in others:
            moved[:, k] *= girth if k != 2 else np.sqrt(girth)  # noqa: PLR2004 - it lies on z = 0
        moved[:, :2] += sway * height * (np.clip(at[:, 2:] / height, 0, 1) ** 1.5)
        knot = form.knot * height
        moved[:, 2] += (lower - 1) * np.minimum(moved[:, 2], knot)
        return moved

    return bend


def _warped(blueprint: Blueprint, warp: Warp, factors: Float[Array, "3"] | None) -> Blueprint:
    """Return a blueprint with everything in it where a warp takes it.

    Args:
        blueprint: The thing.
        warp: Where its points go.
        factors: The warp along x, y, z, where it is nothing more than that.
    """
    collider = blueprint.collider
    if collider is not None:
        collider = None if factors is None else scaled_collider(collider, factors)
    return replace(
        blueprint,
        parts=tuple(_part(part, warp) for part in blueprint.parts),
        supports=tuple(_support(one, warp) for one in blueprint.supports),
        cavity=None if blueprint.cavity is None else _cavity(blueprint.cavity, warp),
        incline=None if blueprint.incline is None else _incline(blueprint.incline, warp),
        collider=collider,
        moving=tuple(_moving(one, warp) for one in blueprint.moving),
    )


def _part(part: Part, warp: Warp) -> Part:
    solid = part.solid
    bent = Solid(
        vertices=warp(solid.vertices),
        triangles=solid.triangles,
        hulls=tuple(warp(hull) for hull in solid.hulls),
        slots=solid.slots,
    )
    return replace(part, solid=bent)


def _moving(one: Moving, warp: Warp) -> Moving:
    x, y, z = (float(c) for c in warp(np.array([one.point], np.float64))[0])
    return replace(one, point=(x, y, z))


def _support(support: Support, warp: Warp) -> Support:
    x, y = support.half_extents
    arms = warp(support.center + np.array([[x, 0, 0], [-x, 0, 0], [0, y, 0], [0, -y, 0]]))
    half = np.array([arms[0, 0] - arms[1, 0], arms[2, 1] - arms[3, 1]]) / 2
    return replace(
        support,
        center=warp(support.center[None])[0],
        half_extents=np.full(2, half.min()) if support.round else half,
    )


def _cavity(cavity: Cavity, warp: Warp) -> Cavity:
    """Return a hollow as the largest upright cylinder that is still free in it."""
    levels = cavity.floor + np.linspace(0, 1, LEVELS)[:, None] * [0, 0, cavity.depth]
    rim = cavity.radius * np.stack([np.cos(AROUND), np.sin(AROUND), 0 * AROUND], axis=1)
    middles = warp(levels)
    floor = middles[0]
    reach = [np.hypot(*(warp(level + rim) - floor)[:, :2].T).min() for level in levels]
    return Cavity(floor=floor, radius=float(min(reach)), depth=float(middles[-1, 2] - floor[2]))


def _incline(incline: Incline, warp: Warp) -> Incline:
    across = warp(incline.top + np.array([[0, 1, 0], [0, -1, 0]]) * incline.width / 2)
    return Incline(
        top=warp(incline.top[None])[0],
        bottom=warp(incline.bottom[None])[0],
        width=float(across[0, 1] - across[1, 1]),
    )
