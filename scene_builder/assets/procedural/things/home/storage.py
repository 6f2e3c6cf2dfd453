"""Boxes, crates, barrels, baskets: what things are kept in."""

import numpy as np

from scene_builder.assets.procedural.blueprint import (
    MAIN,
    Blueprint,
    Moving,
    Part,
    Slot,
    box_collider,
    hollow,
    parts_of,
    round_top,
    top,
)
from scene_builder.assets.procedural.variety import about
from scene_builder.assets.shapes.boxes import box, open_box, prism
from scene_builder.assets.shapes.lathe import lathe, turned
from scene_builder.assets.shapes.polygons import rounded_loop
from scene_builder.assets.shapes.rounds import arc, torus, tube
from scene_builder.assets.shapes.solid import Solid, carved, convex, joined
from scene_builder.model.arrays import Array


def closed_box() -> Blueprint:
    """Return a closed cardboard box with a strip of tape."""
    return _carton(0.36, 0.27, 0.24)


def carton_rand(rng: np.random.Generator) -> Blueprint:
    """Return a closed cardboard box of other proportions: flat, or a cube."""
    flat = bool(rng.integers(2))
    y, z = (0.28, 0.15) if flat else (0.33, 0.33)
    return _carton(0.36, about(rng, y), about(rng, z))


def _carton(x: float, y: float, z: float) -> Blueprint:
    flap = box(x - 0.002, y / 2 - 0.001, 0.003, bevel=0.0006)
    flaps = [flap.moved(0, s * y / 4, z - 0.003) for s in (-1, 1)]
    tape = joined(
        box(x + 0.0012, 0.05, 0.0008, bevel=0.0002).moved(z=z - 0.0002),
        *(
            box(0.0008, 0.05, 0.06, bevel=0.0002).moved(s * (x / 2 + 0.0002), 0, z - 0.06)
            for s in (-1, 1)
        ),
    )
    return Blueprint(
        parts=(
            Part(solid=box(x, y, z - 0.003, bevel=0.002), wall=0.006),
            *(Part(solid=f) for f in flaps),
            Part(solid=tape.without_hulls(), slot=1, fill=0.2),
        ),
        slots=(MAIN, Slot(substance="plastic", color="#c9a878")),
        supports=(top(z, x - 0.006, y - 0.006),),
        collider=box_collider(x, y, z),
    )


def open_carton() -> Blueprint:
    """Return an open cardboard box, its flaps spread."""
    x, y, z, wall = 0.36, 0.27, 0.22, 0.005
    boards = open_box(x, y, z, wall=wall, floor=wall)
    sides = []
    for s in (-1, 1):
        edge = [(-x / 2, s * (y / 2 - wall), z), (x / 2, s * (y / 2 - wall), z)]
        out = [(px, s * (y / 2 + 0.07), z + 0.03) for px, _, _ in edge]
        sides.append(_sheet(np.array(edge + out), 0.004))
    for s in (-1, 1):
        edge = [(s * (x / 2 - wall), -y / 2 + wall, z), (s * (x / 2 - wall), y / 2 - wall, z)]
        out = [(s * (x / 2 + 0.06), py, z - 0.04) for _, py, _ in edge]
        sides.append(_sheet(np.array(edge + out), 0.004))
    return Blueprint(
        parts=parts_of(*boards, *sides), cavity=hollow(wall, y / 2 - wall - 0.001, z - wall)
    )


def crate() -> Blueprint:
    """Return an open wooden crate of slats on corner posts."""
    x, y, z, thick = 0.5, 0.36, 0.3, 0.014
    floor = [
        box(x - 2 * thick, 0.078, thick, bevel=0.002).moved(0, s, 0)
        for s in (-0.124, -0.0413, 0.0413, 0.124)
    ]
    slats = []
    for level in (0.0, 0.104, 0.208):
        slats += [
            box(x, thick, 0.088, bevel=0.002).moved(0, s * (y - thick) / 2, level) for s in (-1, 1)
        ]
        slats += [
            box(thick, y - 2 * thick, 0.088, bevel=0.002).moved(s * (x - thick) / 2, 0, level)
            for s in (-1, 1)
        ]
    posts = [
        box(0.03, 0.03, z - thick, bevel=0.002).moved(
            sx * (x / 2 - thick - 0.0152), sy * (y / 2 - thick - 0.0152), thick
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    return Blueprint(
        parts=parts_of(*floor, *slats, *posts),
        cavity=hollow(thick, y / 2 - thick - 0.002, z - thick),
        supports=(),
    )


def barrel() -> Blueprint:
    """Return a wooden barrel with four iron hoops."""
    h = np.linspace(0, 0.9, 19)
    bulge = 0.255 + 0.065 * np.sin(np.pi * h / 0.9)
    stave = [(float(r), float(z)) for r, z in zip(bulge, h, strict=True)]
    outline = [(0.225, 0.03), (0.243, 0.012), *[(stave[0][0] - 0.004, 0.0)], *stave[1:-1],
               (stave[-1][0] - 0.004, 0.9), (0.243, 0.888), (0.225, 0.87)]  # fmt: skip
    body = turned(outline, segments=64, tolerance=0.0025)

    def profile(z: float) -> float:
        return float(0.255 + 0.065 * np.sin(np.pi * z / 0.9))

    hoops = []
    for low in (0.05, 0.24, 0.62, 0.81):
        a, b = profile(low), profile(low + 0.045)
        hoops.append(
            lathe(
                np.array(
                    [
                        (a - 0.004, low),
                        (a + 0.004, low),
                        (b + 0.004, low + 0.045),
                        (b - 0.004, low + 0.045),
                    ]
                ),
                segments=64,
            )
        )
    hoops = [hoop.without_hulls() for hoop in hoops]
    bung = turned([(0.025, 0, 0.003), (0.022, 0.02, 0.004)]).turned("x", 90).moved(0, -0.31, 0.45)
    return Blueprint(
        parts=(
            Part(solid=body, wall=0.028),
            Part(solid=joined(*hoops), slot=1, fill=0.7),
            Part(solid=bung.without_hulls(), slot=2),
        ),
        slots=(MAIN, Slot(substance="iron", color="#35363a"), Slot(substance="walnut")),
        supports=(round_top(0.87, 0.2),),
        rolls="x",
        tags=("on_side",),
    )


def chest() -> Blueprint:
    """Return a treasure chest with iron bands, whose rounded lid opens to the back."""
    x, y, z, wall = 0.7, 0.42, 0.28, 0.018
    room = box(x - 2 * wall, y - 2 * wall, z, bevel=0.001).moved(z=wall)
    boards = tuple(hull for b in open_box(x, y, z, wall=wall, floor=wall) for hull in b.hulls)
    body = carved(box(x, y, z, bevel=0.006), room, hulls=boards)
    angle = np.deg2rad(np.linspace(0, 180, 15))
    lid_line = np.stack([y / 2 * np.cos(angle), 0.19 * np.sin(angle) ** 0.9], axis=1)
    lid = _along_x(prism(lid_line, x), x)
    vault = _along_x(prism(lid_line * (1 - wall / np.array([y / 2, 0.19])), x), x)
    vault = vault.scaled(1 - 2 * wall / x, 1, 1).moved(z=-0.0005)
    lid = carved(lid, vault)
    straps, rings = [], []
    for at in (-0.28, 0.0, 0.28):
        strap = box(0.05, y + 0.008, z + 0.003, bevel=0.001).moved(at, 0, 0.001)
        straps.append(carved(strap, room).without_hulls())
        ring = prism(lid_line * (1 + 0.008 / np.array([y / 2, 0.19])), 0.05)
        rings.append(carved(_along_x(ring, 0.05).moved(at, 0, 0), vault).without_hulls())
    lock = box(0.08, 0.02, 0.1, bevel=0.006).moved(0, -y / 2 - 0.01, -0.066).without_hulls()
    hinge = z + 0.006
    return Blueprint(
        parts=(
            Part(solid=body),
            Part(solid=joined(*straps), slot=1, fill=0.3),
            Part(solid=lid.moved(z=hinge)),
            Part(solid=joined(*rings).moved(z=hinge), slot=1, fill=0.3),
            Part(solid=lock.moved(z=hinge), slot=2),
        ),
        slots=(MAIN, Slot(substance="iron", color="#3a3b3e"), Slot(substance="brass")),
        moving=(
            Moving(
                name="lid", parts=(2, 3, 4), point=(0, y / 2, hinge), axis=(-1, 0, 0),
                upper_deg=112.0, damping=0.4,
            ),
        ),
    )  # fmt: skip


def suitcase() -> Blueprint:
    """Return a standing suitcase with its handle on top."""
    shell = _along_y(
        prism(
            rounded_loop(
                [(-0.31, 0, 0.04), (0.31, 0, 0.04), (0.31, 0.42, 0.04), (-0.31, 0.42, 0.04)]
            ),
            0.19,
        ),
        0.19,
    )
    seam = _along_y(
        prism(
            rounded_loop(
                [
                    (-0.313, -0.003, 0.04),
                    (0.313, -0.003, 0.04),
                    (0.313, 0.423, 0.04),
                    (-0.313, 0.423, 0.04),
                ]
            ),
            0.012,
        ),
        0.012,
    )
    corners = [
        box(0.07, 0.196, 0.07, bevel=0.02).moved(sx * 0.281, 0, zz)
        for sx in (-1, 1)
        for zz in (-0.003, 0.353)
    ]
    grip = tube(arc((0, 0, 0.418), (0.075, 0, 0), (0, 0, 0.05), (0, 180), 20), 0.011, pieces=5)
    locks = [box(0.035, 0.012, 0.05, bevel=0.004).moved(s * 0.16, -0.095, 0.34) for s in (-1, 1)]
    return Blueprint(
        parts=(
            Part(solid=shell, wall=0.006),
            Part(solid=joined(seam.without_hulls(), *corners), slot=1, fill=0.04),
            Part(solid=grip, slot=1),
            Part(solid=joined(*locks).without_hulls(), slot=2),
        ),
        slots=(MAIN, Slot(substance="leather", color="#2e2019"), Slot(substance="brass")),
        supports=(),
    )


def gift() -> Blueprint:
    """Return a wrapped present with a ribbon and a bow."""
    x, z = 0.2, 0.14
    body = box(x, x, z - 0.004, bevel=0.002)
    lid = box(x + 0.008, x + 0.008, 0.03, bevel=0.002).moved(z=z - 0.03)
    strip = box(0.028, x + 0.0105, z + 0.0012, bevel=0.0008)
    loops = []
    for turn in (0, 90, 180, 270):
        loop = arc((0.032, 0, 0.022), (0.032, 0, 0), (0, 0, 0.02), (-180, 180), 25)[:-1]
        path = loop @ np.array([[1, 0, 0], [0, 1, 0], [-0.2, 0, 1.0]])
        loops.append(
            tube(path, 0.011, closed=True, sides=8, pieces=4, squash=0.14).turned("z", turn)
        )
    bow = joined(*loops, torus(0.008, 0.006, segments=16, sides=8).moved(z=0.012)).moved(z=z)
    bands = joined(strip, strip.turned("z", 90)).without_hulls()
    return Blueprint(
        parts=(
            Part(solid=body, wall=0.004),
            Part(solid=lid, fill=0.1),
            Part(solid=joined(bands, bow.without_hulls()), slot=1, fill=0.03),
        ),
        slots=(MAIN, Slot(substance="fabric", color="#f0c64a")),
        collider=box_collider(x + 0.008, x + 0.008, z),
        supports=(),
    )


def _along_x(solid: Solid, length: float) -> Solid:
    """Turn a prism of (y, z) outline that was raised along z so that it lies along X."""
    matrix = np.array([[0, 0, 1.0], [1, 0, 0], [0, 1, 0]])
    move = np.array([-length / 2, 0, 0])
    return Solid(
        vertices=solid.vertices @ matrix.T + move,
        triangles=solid.triangles,
        hulls=tuple(h @ matrix.T + move for h in solid.hulls),
        slots=solid.slots,
    )


def _along_y(solid: Solid, length: float) -> Solid:
    """Turn a prism of (x, z) outline so that it stands upright, `length` deep."""
    return solid.turned("x", 90).moved(y=length / 2)


def _sheet(corners: Array, thick: float) -> Solid:
    normal = np.cross(corners[1] - corners[0], corners[2] - corners[0])
    normal /= np.linalg.norm(normal)
    return convex(np.concatenate([corners, corners + thick * normal]))
