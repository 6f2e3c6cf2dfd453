"""Boxes, sheets and columns of several substances, put together as one body that never moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float, Int

from scene_builder.build.setting.scenery.site import Site
from scene_builder.knowledge.colors import linear_color
from scene_builder.knowledge.materials import is_substance, material_for
from scene_builder.model.arrays import Array
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Body, Collider

STATIC_DENSITY = 1000.0

SUNK_M = -3.0
"""So deep below the ground lies the solid of what nothing shall touch [m]."""

Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """A surface of scenery.

    Attributes:
        made_of: A substance, or the name of a shader's pattern.
        color: CSS colour, or None for the substance's own.
        parameters: Shader parameters that are set besides.
    """

    made_of: str
    color: str | None = None
    parameters: Mapping[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Block:
    """A piece of a mesh in one paint, in world coordinates."""

    vertices: Float[Array, "v 3"]
    triangles: Int[Array, "t 3"]
    paint: Paint


_BOX = np.array(
    [[0, 2, 1], [0, 3, 2], [4, 5, 6], [4, 6, 7], [0, 1, 5], [0, 5, 4],
     [1, 2, 6], [1, 6, 5], [2, 3, 7], [2, 7, 6], [3, 0, 4], [3, 4, 7]]
)  # fmt: skip


def box(low: Point, high: Point, paint: Paint) -> Block:
    """Return a box from its lowest to its highest corner [m]."""
    a, b = np.array(low, np.float64), np.array(high, np.float64)
    ring = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], np.float64)
    corners = np.vstack([ring, ring + np.array([0, 0, 1])]) * (b - a) + a
    return Block(vertices=corners, triangles=_BOX, paint=paint)


def sheet(corners: Sequence[Point], paint: Paint) -> Block:
    """Return a flat piece through four corners, counter-clockwise from its face [m]."""
    triangles = np.array([[0, 1, 2], [0, 2, 3]])
    return Block(vertices=np.array(corners, np.float64), triangles=triangles, paint=paint)


def column(
    base: Point, radius_m: float, height_m: float, paint: Paint, *, top: float = 1.0, sides: int = 9
) -> Block:
    """Return an upright column on `base`; `top` is its upper radius as a share of the lower."""
    turn = np.arange(sides) * 2 * np.pi / sides
    ring = np.column_stack([np.cos(turn), np.sin(turn), np.zeros(sides)])
    low = ring * radius_m + base
    high = ring * radius_m * top + base + np.array([0, 0, height_m])
    middle = np.array([base, (base[0], base[1], base[2] + height_m)], np.float64)
    k, n = np.arange(sides), (np.arange(sides) + 1) % sides
    around = [np.column_stack([k, n, n + sides]), np.column_stack([k, n + sides, k + sides])]
    caps = [
        np.column_stack([n, k, np.full(sides, 2 * sides)]),
        np.column_stack([k + sides, n + sides, np.full(sides, 2 * sides + 1)]),
    ]
    return Block(
        vertices=np.vstack([low, high, middle]), triangles=np.vstack(around + caps), paint=paint
    )


def tube(line: Float[Array, "n 3"], radius_m: float, paint: Paint, *, sides: int = 7) -> Block:
    """Return a round bar along a line that runs about left to right (n 3) [m]."""
    turn = np.arange(sides) * 2 * np.pi / sides
    ring = np.column_stack([np.zeros(sides), np.cos(turn), np.sin(turn)]) * radius_m
    points = (line[:, None, :] + ring[None, :, :]).reshape(-1, 3)
    i, j = np.meshgrid(np.arange(len(line) - 1), np.arange(sides), indexing="ij")
    a, b = i * sides + j, i * sides + (j + 1) % sides
    faces = [np.stack([a, b, b + sides], -1), np.stack([a, b + sides, a + sides], -1)]
    triangles = np.concatenate([face.reshape(-1, 3) for face in faces])
    return Block(vertices=points, triangles=triangles, paint=paint)


def glow(color: str, strength: float) -> Paint:
    """Return a surface that shines by itself with radiance `strength`."""
    return Paint(made_of="light", color=color, parameters={"emission": strength})


def body_of_blocks(
    site: Site,
    name: str,
    noun: str,
    blocks: Sequence[Block],
    *,
    solid: bool = True,
    sharp_angle_deg: float = 35.0,
) -> Body:
    """Return blocks as one static body.

    Args:
        site: The place.
        name: What the body's id ends in.
        noun: What it is.
        blocks: Its pieces.
        solid: Whether its box can be touched; what lies far out or flat on the ground cannot.
        sharp_angle_deg: Edges that bend by more are creases.
    """
    paints = list(dict.fromkeys(block.paint for block in blocks))
    mesh, origin = _joined(blocks, paints, sharp_angle_deg)
    collider = _collider(mesh.extents if solid else None)
    return Body(
        id=f"scenery_{name}",
        noun=noun,
        mesh=mesh,
        collider=collider,
        materials=tuple(_material(site, paint, name) for paint in paints),
        mass_kg=STATIC_DENSITY,
        center_of_mass=np.asarray(collider.center),
        inertia=np.eye(3) * STATIC_DENSITY,
        pose=Pose.at(*(float(c) for c in origin)),
        mobility="static",
        asset=AssetCredit(name=noun, source="build"),
    )


def _joined(
    blocks: Sequence[Block], paints: Sequence[Paint], sharp_angle_deg: float
) -> tuple[Mesh, Float[Array, "3"]]:
    """Return blocks as one mesh around the middle of its base, and where that is (3) [m]."""
    ordered = sorted(blocks, key=lambda block: paints.index(block.paint))
    offsets = np.cumsum([0, *(len(block.vertices) for block in ordered)])
    vertices = np.vstack([block.vertices for block in ordered])
    low, high = vertices.min(axis=0), vertices.max(axis=0)
    origin = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
    mesh = Mesh(
        vertices=vertices - origin,
        triangles=np.vstack([b.triangles + o for b, o in zip(ordered, offsets, strict=False)]),
        material_index=np.concatenate(
            [np.full(len(b.triangles), paints.index(b.paint), np.int32) for b in ordered]
        ),
        sharp_angle_deg=sharp_angle_deg,
    )
    return mesh, origin


def _collider(size: Float[Array, "3"] | None) -> Collider:
    if size is None:
        return Collider(shape="box", size=(0.01, 0.01, 0.01), center=np.array([0, 0, SUNK_M]))
    edges = np.maximum(size, 1e-3)
    x, y, z = (float(edge) for edge in edges)
    return Collider(shape="box", size=(x, y, z), center=np.array([0.0, 0.0, z / 2]))


def _material(site: Site, paint: Paint, name: str) -> Material:
    rng = site.rng(f"{name}.{paint.made_of}")
    if is_substance(paint.made_of):
        made = material_for(paint.made_of, paint.color, rng)
        parameters = {**made.parameters, **paint.parameters}
        made = Material(name=made.name, base_color=made.base_color, parameters=parameters)
    else:
        base = linear_color(paint.color or "#808080")
        made = Material(name=paint.made_of, base_color=base, parameters=dict(paint.parameters))
    return site.air.over(made)
