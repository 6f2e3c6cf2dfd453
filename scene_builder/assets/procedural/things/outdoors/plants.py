"""Plants, from a tuft of grass to a tree."""

import numpy as np

from scene_builder.assets.procedural.blueprint import MAIN, Blueprint, Part, Slot, parts_of
from scene_builder.assets.procedural.things.kitchen.fruit import leaf_blade
from scene_builder.assets.procedural.things.kitchen.vessels import clay_pot
from scene_builder.assets.shapes.lathe import turned
from scene_builder.assets.shapes.rounds import ball_of, curve, torus, tube
from scene_builder.assets.shapes.solid import Solid, joined

LEAF = Slot(substance="leaf")
BARK = Slot(substance="bark")
EARTH = Slot(substance="soil")


def potted_plant_rand(rng: np.random.Generator) -> Blueprint:
    """Return a house plant with long arching leaves in a clay pot."""
    pot = clay_pot(0.24)
    earth = turned([(0.118, 0.0), (0.118, 0.012, 0.004), (0, 0.018)], segments=48).moved(z=0.2)
    leaves = []
    for k in range(26):
        long = float(rng.uniform(0.5, 0.72)) * (1 - 0.2 * k / 26)
        lift = 86 - 34 * (1 - k / 26) + float(rng.uniform(-5, 5))
        leaves.append(
            _arching(long, 0.06 + 0.03 * float(rng.random()), lift, drop=0.75).turned(
                "z", 137.5 * k + float(rng.uniform(-14, 14))
            )
        )
    crown = joined(*leaves).moved(z=0.21).without_hulls()
    return Blueprint(
        parts=(Part(solid=pot), Part(solid=earth, slot=1), Part(solid=crown, slot=2)),
        slots=(MAIN, EARTH, LEAF),
        tags=("plant",),
    )


def flower_rand(rng: np.random.Generator) -> Blueprint:
    """Return a flower in a small pot: a stalk, two leaves, and a ring of petals."""
    pot = clay_pot(0.1)
    earth = turned([(0.046, 0), (0.046, 0.008, 0.003), (0, 0.01)], segments=32).moved(z=0.083)
    lean = float(rng.uniform(-0.02, 0.02))
    stalk = tube(
        curve(np.array([(0, 0, 0.08), (lean, 0, 0.2), (lean, -0.012, 0.34)]), 10), 0.0035, sides=8
    )
    leaves = [
        _arching(0.13, 0.034, 50, drop=0.6).turned("z", a).moved(lean * 0.5, 0, z)
        for a, z in ((10, 0.13), (190, 0.17))
    ]
    petals = [
        leaf_blade(0.052, 0.027, bend=0.2).moved(0.009).turned("z", 30 * k) for k in range(12)
    ]
    heart = ball_of(0.0165, 0.0165, 0.008, detail=3).moved(z=0.003)
    face = lambda s: s.turned("x", 40).moved(lean, -0.014, 0.345)  # noqa: E731
    return Blueprint(
        parts=(
            Part(solid=face(joined(*petals)).without_hulls()),
            Part(solid=pot, slot=1),
            Part(solid=earth, slot=2),
            Part(solid=joined(stalk, *leaves).without_hulls(), slot=3),
            Part(solid=face(heart).without_hulls(), slot=4),
        ),
        slots=(MAIN, Slot(substance="clay"), EARTH, LEAF, Slot(substance="felt", color="#c98a1a")),
        contact="clay",
    )


def cactus_rand(rng: np.random.Generator) -> Blueprint:
    """Return a ribbed cactus with two arms in a pot."""
    pot = clay_pot(0.12)
    earth = turned([(0.056, 0), (0.056, 0.008, 0.003), (0, 0.01)], segments=32).moved(z=0.1)

    def column(radius: float, height: float) -> Solid:
        body = turned(
            [
                (radius * 0.8, 0),
                (radius, 0.3 * height, 0.3 * height),
                (radius, height - radius),
                (0.7 * radius, height - 0.25 * radius, 0.4 * radius),
                (0, height),
            ],
            segments=60,
        )
        points = body.vertices.copy()
        turn = np.arctan2(points[:, 1], points[:, 0])
        points[:, :2] *= (1 + 0.09 * np.cos(10 * turn))[:, None]
        return Solid(vertices=points, triangles=body.triangles, hulls=body.hulls)

    arms = []
    for s, z, up in ((-1, 0.19, 0.07), (1, 0.215, 0.055)):
        reach = 0.064 + float(rng.uniform(0, 0.008))
        path = curve(
            np.array(
                [
                    (s * 0.025, 0, z),
                    (s * reach * 0.8, 0, z + 0.004),
                    (s * reach, 0, z + 0.024),
                    (s * reach, 0, z + up),
                ]
            ),
            16,
        )
        radius = np.full(16, 0.0155)
        radius[-3:] = [0.014, 0.011, 0.004]
        arms.append(tube(path, radius, sides=16, pieces=3))
    bloom = [leaf_blade(0.018, 0.009, bend=0.9).turned("z", 60 * k) for k in range(6)]
    return Blueprint(
        parts=(
            Part(solid=column(0.036, 0.225).moved(z=0.1)),
            *parts_of(*arms),
            Part(solid=pot, slot=1),
            Part(solid=earth, slot=2),
            Part(solid=joined(*bloom).without_hulls().moved(z=0.322), slot=3),
        ),
        slots=(MAIN, Slot(substance="clay"), EARTH, Slot(substance="leaf", color="#d8437a")),
    )


def tree_rand(rng: np.random.Generator) -> Blueprint:
    """Return a broad-leaved tree: a trunk, boughs, and a crown of leaf clumps."""
    trunk_line = np.array([(0, 0, 0), (0.03, 0.02, 0.7), (-0.02, 0, 1.5), (0.02, 0.03, 2.4)])
    trunk = tube(
        curve(trunk_line, 14),
        np.interp(np.arange(14), [0, 1, 5, 13], [0.24, 0.19, 0.14, 0.08]),
        sides=12,
        pieces=5,
    )
    boughs, clumps = [], []
    for k in range(9):
        turn = 137.5 * k + float(rng.uniform(-15, 15))
        start, reach, lift = (
            1.3 + 0.12 * k,
            float(rng.uniform(0.7, 1.0)),
            float(rng.uniform(0.5, 0.9)),
        )
        path = curve(
            np.array(
                [(0, 0, start), (0.4 * reach, 0, start + 0.5 * lift), (reach, 0, start + lift)]
            ),
            8,
        )
        boughs.append(tube(path, np.linspace(0.06, 0.018, 8), sides=8, pieces=2).turned("z", turn))
        far = reach * 0.95
        clumps.append(
            (
                far * np.cos(np.deg2rad(turn)),
                far * np.sin(np.deg2rad(turn)),
                start + lift,
                float(rng.uniform(0.55, 0.72)),
            )
        )
    clumps += [
        (0, 0, 3.2, 0.9),
        (0.35, -0.3, 3.5, 0.65),
        (-0.4, 0.2, 3.45, 0.68),
        (0.0, 0.1, 3.75, 0.55),
    ]
    crown = [_clump_rand(rng, size).moved(float(x), float(y), float(z)) for x, y, z, size in clumps]
    return Blueprint(
        parts=(
            *(Part(solid=c, fill=0.02) for c in crown),
            Part(solid=trunk, slot=1),
            Part(solid=joined(*boughs).without_hulls(), slot=1),
        ),
        slots=(MAIN, BARK),
        tags=("plant",),
    )


def pine_tree_rand(rng: np.random.Generator) -> Blueprint:
    """Return a conifer of overlapping tiers."""
    trunk = turned([(0.16, 0), (0.11, 0.6), (0.02, 4.3)], segments=16, tolerance=0.02)
    tiers = []
    count = 8
    for k in range(count):
        low, share = 0.55 + 0.48 * k, 1 - k / count
        radius, high = 0.18 + 1.05 * share, 0.62 + 0.4 * share
        tiers.append(
            _tier(radius, high, int(rng.integers(13, 17)), float(rng.uniform(0, 360))).moved(z=low)
        )
    return Blueprint(
        parts=(*(Part(solid=t, fill=0.05) for t in tiers), Part(solid=trunk, slot=1)),
        slots=(MAIN, BARK),
        tags=("plant",),
    )


def bush_rand(rng: np.random.Generator) -> Blueprint:
    """Return a rounded shrub."""
    places = [(0, 0, 0.42, 0.42), *[
        (0.34 * np.cos(a), 0.34 * np.sin(a), float(rng.uniform(0.26, 0.36)), float(rng.uniform(0.26, 0.33)))
        for a in np.linspace(0, 2 * np.pi, 7)[:-1] + float(rng.uniform(0, 1))
    ]]  # fmt: skip
    clumps = [_clump_rand(rng, r).moved(float(x), float(y), float(z)) for x, y, z, r in places]
    lifted = [_above_ground(c) for c in clumps]
    return Blueprint(parts=tuple(Part(solid=c, fill=0.02) for c in lifted), tags=("plant",))


def grass_tuft_rand(rng: np.random.Generator) -> Blueprint:
    """Return a tuft of grass blades."""
    blades = []
    for k in range(46):
        at = rng.normal(0, 0.03, 2)
        blade = _arching(float(rng.uniform(0.14, 0.3)), 0.007, float(rng.uniform(55, 88)), drop=0.9)
        blades.append(blade.turned("z", 137.5 * k).moved(float(at[0]), float(at[1]), 0))
    tuft = joined(*blades)
    low = float(tuft.vertices[:, 2].min())
    # Things brush through the blades and stop only at their foot.
    foot = turned([(0.05, 0), (0.03, 0.06)], segments=12).hulls
    tuft = Solid(vertices=tuft.vertices - [0, 0, low], triangles=tuft.triangles, hulls=foot)
    return Blueprint(parts=(Part(solid=tuft),), tags=("plant",))


def log() -> Blueprint:
    """Return a felled log along X, its cut ends pale with year rings."""
    r, long = 0.13, 0.7
    t = np.linspace(0, 2 * np.pi, 49)[:-1]
    bark = r * (1 + 0.025 * np.sin(9 * t) + 0.015 * np.sin(23 * t + 1))
    outline = np.stack([bark * np.cos(t), bark * np.sin(t)], 1)
    ring = np.column_stack([outline, np.zeros(48)])
    core = 0.9 * ring
    vertices = np.concatenate(
        [ring, ring + [0, 0, long], core, core + [0, 0, long], [[0, 0, 0], [0, 0, long]]]
    )
    k = np.arange(48)
    n = (k + 1) % 48
    quads = [np.stack([k, n, n + 48], 1), np.stack([k, n + 48, k + 48], 1)]
    ends = [np.stack([k, k + 96, n + 96], 1), np.stack([k, n + 96, n], 1), np.stack([k + 48, n + 144, k + 144], 1),
            np.stack([k + 48, n + 48, n + 144], 1)]  # fmt: skip
    faces = [
        np.stack([k + 96, np.full(48, 192), n + 96], 1),
        np.stack([k + 144, n + 144, np.full(48, 193)], 1),
    ]
    triangles = np.concatenate([*quads, *ends, *faces]).astype(np.int32)
    slots = np.concatenate([np.zeros(48 * 6, np.int32), np.ones(96, np.int32)])
    rim = np.concatenate([ring[::2], ring[::2] + [0, 0, long]])
    body = Solid(vertices=vertices, triangles=triangles, slots=slots, hulls=(rim,))
    lines = []
    for end in (-0.0002, long - 0.0006):
        lines += [
            torus(r * s, 0.0008, segments=32, sides=4).moved(z=end + 0.0004)
            for s in (0.25, 0.45, 0.65)
        ]
    whole = body.turned("y", 90).moved(x=-long / 2)
    lift = -float(whole.vertices[:, 2].min())
    marks = joined(*lines).without_hulls().turned("y", 90).moved(x=-long / 2, z=lift)
    return Blueprint(
        parts=(Part(solid=whole.moved(z=lift)), Part(solid=marks, slot=2, fill=0.01)),
        slots=(
            MAIN,
            Slot(substance="pine", color="#cfa873"),
            Slot(substance="pine", color="#8f6a42"),
        ),
    )


def _arching(length: float, width: float, lift_deg: float, *, drop: float = 1.0) -> Solid:
    """Return a long leaf from the origin that rises by an angle along +X and hangs over [m]."""
    rows = 9
    t = np.linspace(0, 1, rows)
    slope = np.deg2rad(lift_deg) * (1 - t) - np.deg2rad(38) * drop * t
    step = length / (rows - 1)
    x = np.concatenate([[0], np.cumsum(step * np.cos(slope[:-1]))])
    z = np.concatenate([[0], np.cumsum(step * np.sin(slope[:-1]))])
    half = width / 2 * np.clip(np.minimum(0.25 + 3 * t, 1.6 * (1 - t) ** 0.7), 0.04, 1)
    up = np.stack([-np.sin(slope), 0 * t, np.cos(slope)], 1)
    middle = np.stack([x, 0 * t, z], 1)
    side = np.stack([0 * t, half, 0 * t], 1)
    fold = 0.3 * half[:, None] * up
    thick = max(0.01 * width, 0.0006) * up
    upper = np.stack([middle - side + fold, middle, middle + side + fold], axis=1).reshape(-1, 3)
    lower = upper - np.repeat(thick, 3, axis=0)
    count = 3 * rows
    index = np.arange(count).reshape(rows, 3)
    a, b, c, d = index[:-1, :-1], index[1:, :-1], index[1:, 1:], index[:-1, 1:]
    face = np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    )
    rim = np.concatenate([index[:, 0], index[-1, 1:], index[:-1, 2][::-1], index[0, 1:2]])
    after = np.roll(rim, -1)
    wall = np.concatenate(
        [np.stack([rim, rim + count, after + count], -1), np.stack([rim, after + count, after], -1)]
    )
    triangles = np.concatenate([face, face[:, ::-1] + count, wall]).astype(np.int32)
    vertices = np.concatenate([upper, lower])
    return outward(Solid(vertices=vertices, triangles=triangles))


def outward(solid: Solid) -> Solid:
    """Return a closed surface with its triangles turned to face outwards."""
    corners = solid.vertices[solid.triangles]
    volume = np.einsum("ti,ti->", corners[:, 0], np.cross(corners[:, 1], corners[:, 2]))
    if volume > 0:
        return solid
    return Solid(vertices=solid.vertices, triangles=solid.triangles[:, ::-1], hulls=solid.hulls)


def _clump_rand(rng: np.random.Generator, size: float) -> Solid:
    """Return a lump of foliage: a sphere with bumps of several sizes [m]."""
    phase = rng.uniform(0, 6.28, 6)

    def shape(u: np.ndarray) -> np.ndarray:
        x, y, z = u.T
        coarse = np.sin(4 * x + phase[0]) * np.sin(4 * y + phase[1]) + np.sin(5 * z + phase[2])
        fine = np.sin(15 * x + phase[3]) * np.sin(16 * y + phase[4]) * np.sin(14 * z + phase[5])
        return 1 + 0.07 * coarse + 0.13 * fine

    return ball_of(size, size, 0.85 * size, detail=3, shape=shape)


def _above_ground(solid: Solid) -> Solid:
    points = solid.vertices.copy()
    points[:, 2] = np.maximum(points[:, 2], 0)
    return Solid(vertices=points, triangles=solid.triangles).with_hull(40)


def _tier(radius: float, height: float, points: int, turn_deg: float) -> Solid:
    """Return a skirt of drooping branches: a cone with a jagged hem [m]."""
    count = points * 4
    a = np.linspace(0, 2 * np.pi, count, endpoint=False)
    jag = np.abs(np.cos(points / 2 * a))
    rows = []
    for share, depth in ((0.12, 0.0), (0.45, 0.1), (0.75, 0.2), (1.0, 0.3)):
        r = radius * share * (1 - depth * (1 - jag))
        z = height * (1 - share) - 0.1 * height * jag * share
        rows.append(np.column_stack([r * np.cos(a), r * np.sin(a), z]))
    vertices = np.concatenate([*rows, [[0, 0, height], [0, 0, 0.12 * height]]])
    k = np.arange(count)
    n = (k + 1) % count
    triangles = [np.stack([k, n, np.full(count, 4 * count)], 1)]
    for row in range(3):
        p, q = row * count, (row + 1) * count
        triangles += [np.stack([p + k, q + k, q + n], 1), np.stack([p + k, q + n, p + n], 1)]
    triangles.append(np.stack([3 * count + n, 3 * count + k, np.full(count, 4 * count + 1)], 1))
    body = Solid(vertices=vertices, triangles=np.concatenate(triangles).astype(np.int32)).turned(
        "z", turn_deg
    )
    return outward(body.with_hull(24))
