"""Feathers, seashells, starfish, and clouds."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot
from scene_builder.assets.shapes.boxes import box
from scene_builder.assets.shapes.rings import skinned
from scene_builder.assets.shapes.rounds import ball_of, tube
from scene_builder.assets.shapes.sheets import fine_prism, sheet
from scene_builder.assets.shapes.solid import (
    Solid,
    carved,
    convex,
    fused,
    joined,
    support_points,
)
from scene_builder.model.arrays import Array


def feather_rand(rng: np.random.Generator) -> Blueprint:
    """Return a curved flight feather along X: a quill, a vane of barbs with a few splits."""
    long, bow = 0.2, float(rng.uniform(0.8, 1.2))

    def bent(points: Float[Array, "n 3"]) -> Float[Array, "n 3"]:
        x, y, z = points.T
        t = x / long
        rise = 0.028 * bow * t**2 + 1.6 * np.abs(y) * (0.5 + 0.5 * np.sin(7 * t)) * 0.25
        return np.asarray(np.stack([x, y + 0.022 * bow * t**2, z + rise], axis=1))

    splits = {1: float(rng.uniform(0.35, 0.5)), -1: float(rng.uniform(0.6, 0.75))}
    rim = [_vane(side, splits[side], long) for side in (-1, 1)]
    outline = np.concatenate([rim[0], rim[1][::-1]])
    vane = fine_prism(outline, 0.0006, 0.012)
    flat = Solid(vertices=bent(vane.vertices), triangles=vane.triangles).with_hull(40)
    quill = tube(bent(np.column_stack([np.linspace(0, 0.97 * long, 24), np.zeros(24),
                                       np.full(24, 0.0008)])),
                 np.linspace(0.0021, 0.0004, 24), sides=8, pieces=3)  # fmt: skip
    barbs = []
    for x in np.linspace(0.07, 0.185, 20):
        for side, width in ((-1, 0.027), (1, 0.018)):
            far = width * _fullness(np.array([(x + 0.008) / long]))[0]
            way = np.linspace((x, 0, 0.0006), (x + 0.75 * far, side * 0.88 * far, 0.0006), 4)
            barbs.append(tube(bent(way), 0.00022, sides=4))
    return Blueprint(
        parts=(
            Part(solid=flat.moved(x=-long / 2), fill=0.5),
            Part(solid=quill.moved(x=-long / 2), slot=1),
            Part(solid=joined(*barbs).without_hulls().moved(x=-long / 2), slot=2, fill=0.1),
        ),
        slots=(MAIN, Slot(substance="bone", color="#efe6d0"),
               Slot(substance="feather", color="#bdb4a4")),
    )  # fmt: skip


def _fullness(t: Float[Array, " n"]) -> Float[Array, " n"]:
    """Return the vane's width at shares of the feather's length, 1 at its widest."""
    s = np.clip((t - 0.24) / 0.76, 0, 1)
    return np.asarray(np.minimum(1, 3.2 * s**0.7) * np.sqrt(np.clip(1 - s**5, 0, 1)))


def _vane(side: int, split: float, long: float) -> Float[Array, "n 2"]:
    """Return one edge of the vane from quill to tip, with a split where barbs have parted."""
    t = np.linspace(0.24, 1.0, 40)
    far = (0.027 if side < 0 else 0.018) * _fullness(t)
    for k, at in enumerate((split, split + 0.17)):
        far *= 1 - (0.75 - 0.25 * k) * np.clip(1 - np.abs(t - at) / 0.02, 0, 1)
    lean = 0.55 * far * (1 - t**6)
    return np.column_stack([long * t + lean - 0.004, side * np.maximum(far, 0.0007)])


def seashell_rand(rng: np.random.Generator) -> Blueprint:
    """Return a scallop's shell that lies on its rim: ribs that fan out from a hinge with ears."""
    ribs, open_deg, radius, dome = 13, 58.0, 0.05, float(rng.uniform(0.015, 0.019))
    a = np.linspace(-1, 1, 6 * ribs + 1)
    r = np.concatenate([np.linspace(0.02, 0.9, 14), [0.95, 1.0]])
    u, v = np.meshgrid(a, r)
    wave = np.cos(np.pi * ribs * u)
    reach = radius * v * (1 - 0.1 * u**6) * (1 + 0.018 * v**4 * wave)
    angle = np.deg2rad(open_deg) * u
    edge = np.sqrt(np.clip(1 - u**6, 0, 1))
    lift = np.sin(np.pi * np.clip(v, 0, 1) ** 1.05) * edge
    high = dome * lift + 0.0011 * v * wave * (0.35 + 0.65 * edge)
    steps = 0.0004 * np.sin(2 * np.pi * 9 * v) * edge
    upper = np.stack([reach * np.sin(angle), -reach * np.cos(angle), high + steps], axis=2)
    lower = upper * [0.985, 0.985, 0.94] - [0, 0.0004, 0.0016]
    shell = sheet(upper, lower).moved(y=radius / 2)

    def banded(c: Array) -> Array:
        side = np.arctan2(c[:, 0], radius / 2 - c[:, 1]) / np.deg2rad(open_deg)
        far = np.hypot(c[:, 0], c[:, 1] - radius / 2) / (radius * (1 - 0.1 * side**6))
        return np.asarray(
            np.any([np.abs(far - r[k]) < 0.98 * (r[1] - r[0]) for k in (5, 9)], axis=0)
        )

    shell = shell.with_hull(60).painted(1, banded)
    ears = [
        convex(np.array([(s * x, y + radius / 2, z) for x, y, z in (
            (0.0, 0.0025, 0.0), (0.0165, 0.0015, 0.0), (0.013, -0.009, 0.0), (0.0, 0.0015, 0.0022),
            (0.0155, 0.001, 0.001), (0.012, -0.009, 0.0022), (0.0, -0.009, 0.003))]))
        for s in (-1, 1)
    ]  # fmt: skip
    return Blueprint(
        parts=(
            Part(solid=shell.seated().turned("z", 180)),
            Part(solid=joined(*ears).turned("z", 180), fill=0.6),
        ),
        slots=(MAIN, Slot(substance="shell", color="#cf9f86")),
    )


ARMS, ARM_M, THICK_M = 5, 0.08, 0.019
"""Of a starfish: its arms, their length from the middle, and its thickness there [m]."""


def starfish_rand(rng: np.random.Generator) -> Blueprint:
    """Return a starfish that lies on its flat side: five tapering arms, each a little bent."""
    bends = rng.uniform(-0.22, 0.22, ARMS)
    angle = np.linspace(0, 2 * np.pi, 40 * ARMS, endpoint=False)
    shares = (0.08, 0.2, 0.32, 0.45, 0.58, 0.7, 0.8, 0.88, 0.94, 0.98, 1.0)
    upper = [_starfish_ring(angle, share, bends, 1.0) for share in shares]
    under = [_starfish_ring(angle, share, bends, -0.12) for share in (0.98, 0.9, 0.5)]
    skin = skinned([*upper, *under], (0.0, 0.0, THICK_M), (0.0, 0.0, -0.12 * THICK_M))
    nearest = np.round(angle * ARMS / (2 * np.pi)) % ARMS
    hulls = [
        support_points(np.concatenate([ring[nearest == k] for ring in (*upper, *under)]), 28)
        for k in range(ARMS)
    ]
    knobs = [
        ball_of(0.0024, 0.0024, 0.0018, detail=1).moved(*_on_arm(k, share, bends))
        for k in range(ARMS)
        for share in np.linspace(0.12, 0.82, 8)
    ]
    body = Solid(vertices=skin.vertices, triangles=skin.triangles, hulls=tuple(hulls))
    lift = -float(body.vertices[:, 2].min())
    return Blueprint(
        parts=(
            Part(solid=body.moved(z=lift)),
            Part(solid=joined(*knobs).without_hulls().moved(z=lift), slot=1, fill=0.1),
        ),
        slots=(
            Slot(color="#c9622e", dyed=True),
            Slot(substance="shell", color="#ecc79a"),
        ),
    )


def _starfish_ring(
    angle: Float[Array, " n"], share: float, bends: Float[Array, " a"], side: float
) -> Float[Array, "n 3"]:
    """Return the skin at a share of the way from its middle to its outline (n 3) [m]."""
    off = np.abs((angle * ARMS / (2 * np.pi) + 0.5) % 1 - 0.5) * 2
    reach = ARM_M * (0.27 + 0.73 * (1 - off) ** 2.4 * (1 + 0.25 * off))
    far = share * reach
    arm = (np.round(angle * ARMS / (2 * np.pi)) % ARMS).astype(int)
    turned = angle + bends[arm] * (far / ARM_M) ** 2 * (1 - off)
    high = side * THICK_M * np.sqrt(max(1 - share**2, 0.0)) * (1 - 0.62 * far / ARM_M)
    return np.column_stack([far * np.cos(turned), far * np.sin(turned), high])


def _on_arm(arm: int, share: float, bends: Float[Array, " a"]) -> tuple[float, float, float]:
    """Return a place on an arm's ridge, at a share of its length [m]."""
    turned = 2 * np.pi * arm / ARMS + float(bends[arm]) * share**2
    far = share * ARM_M
    high = THICK_M * np.sqrt(1 - share**2) * (1 - 0.62 * share)
    return far * float(np.cos(turned)), far * float(np.sin(turned)), float(high)


def cloud_rand(rng: np.random.Generator) -> Blueprint:
    """Return a heap cloud: billows on a flat base, the largest in the middle."""
    billows = []
    for k, place in enumerate(np.linspace(-1.0, 1.0, 7)):
        bulk = (1.0 - 0.55 * place**2) * float(rng.uniform(0.85, 1.1))
        radius = 0.24 * bulk
        y = 0.1 * (-1.0) ** k * float(rng.uniform(0.4, 1.0))
        billow = ball_of(radius * 1.1, radius, radius * 0.9)
        billows.append(billow.moved(0.62 * place, y, radius * 0.55))
        if abs(place) < 0.8:  # noqa: PLR2004
            high = 0.2 * bulk
            billows.append(ball_of(high, high, high).moved(0.5 * place, -0.4 * y, 0.3 * bulk))
    whole = fused(*billows)
    hulls = tuple(np.maximum(hull, [-np.inf, -np.inf, 0.0]) for hull in whole.hulls)
    flat = carved(whole, box(3.0, 3.0, 1.0, bevel=0.0).moved(z=-1.0), hulls=hulls)
    return Blueprint(parts=(Part(solid=flat, fill=0.005),), slots=(MAIN,))
