"""A small asset source: boxes, balls, discs, a table, a vessel and a ramp, with exact solids."""

from fractions import Fraction

import numpy as np
import pytest
import trimesh

from scene_builder.assets.source import Asset, Cavity, Description, Incline, Support
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.materials import material_for, substance
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import AssetCredit, Collider
from scene_builder.model.timeline import Timeline

BALLS = {"ball", "basketball", "bowling_ball", "marble", "apple", "orange", "tennis_ball"}
CYLINDERS = {"bottle", "candle", "pin", "barrel", "can", "traffic_cone"}
VESSELS = {"cup", "mug", "bowl", "jar", "bucket"}
TABLES = {"table", "desk", "stool", "bench", "coffee_table", "chair"}
SHAPES = {
    "book": (0.16, 0.24, 0.03), "domino": (0.025, 0.008, 0.05), "block": (0.07, 0.07, 0.07),
    "crate": (0.5, 0.4, 0.4), "bookshelf": (0.9, 0.3, 1.8), "toy_car": (0.22, 0.1, 0.08),
    "box": (0.3, 0.3, 0.25), "brick": (0.21, 0.1, 0.065), "rope": (0.02, 0.02, 0.8),
    "plank": (1.2, 0.2, 0.03), "tree": (1.5, 1.5, 4.0), "potted_plant": (0.4, 0.4, 0.8),
}  # fmt: skip


class SimpleSource:
    """Finds a plain solid for the nouns above."""

    def find(self, noun, description: Description, rng) -> Asset | None:
        match = resolve_noun(noun)
        if match is None:
            return None
        name = match.noun.name
        size = match.noun.size_for(description.size)
        made_of = description.material or match.noun.substance
        extra: dict = {}
        if name in BALLS:
            mesh = trimesh.creation.icosphere(subdivisions=3, radius=size / 2)
            mesh.apply_translation([0, 0, size / 2])
            collider = Collider(shape="sphere", size=(size / 2,), center=[0, 0, size / 2])
            extra["rolls"] = "any"
        elif name == "coin":
            mesh, collider = _cylinder(size / 2, size * 0.08)
        elif name in CYLINDERS:
            radius = size * (0.12 if name in ("bottle", "pin") else 0.3)
            mesh, collider = _cylinder(radius, size)
            extra["supports"] = (_disc(size, radius),) if name == "barrel" else ()
        elif name in VESSELS:
            mesh, collider = _cylinder(0.4 * size, 0.7 * size)
            mesh = _hollow(0.4 * size, 0.7 * size)
            extra["cavity"] = Cavity(floor=[0, 0, 0.01], radius=0.4 * size - 0.006,
                                     depth=0.7 * size - 0.01)
        elif name in TABLES:
            high = {"stool": 0.46, "bench": 0.45, "coffee_table": 0.42, "chair": 0.45}.get(name, 0.74)
            long = 0.36 if name == "stool" else (0.45 if name == "chair" else size)
            mesh, collider = _box(long, 0.36 if name in ("stool", "bench") else 0.6 * long, high)
            extra["supports"] = (_top(mesh),)
            extra["furniture"] = True
        elif name == "ramp":
            mesh = trimesh.convex.convex_hull(
                [[x, y, z] for y in (-0.2, 0.2) for x, z in ((-0.5, 0), (0.5, 0), (-0.5, 0.35))]
            )
            collider = Collider(shape="hulls", hulls=(_mesh(mesh),))
            extra["incline"] = Incline(top=[-0.5, 0, 0.35], bottom=[0.5, 0, 0], width=0.4)
            extra["furniture"] = True
        elif name in SHAPES:
            shape = np.array(SHAPES[name]) * size / match.noun.size_m
            if name == "rope":
                shape = np.array([0.02, 0.02, size])
            mesh, collider = _box(*shape)
            extra["supports"] = (_top(mesh),)
            extra["furniture"] = name in ("bookshelf", "tree", "potted_plant")
            extra["rolls"] = "x" if name == "toy_car" else None
        else:
            return None
        density = substance(made_of).density
        mesh.density = density
        return Asset(
            noun=name, mesh=_mesh(mesh), collider=collider,
            materials=(material_for(made_of, description.color, rng),), substance=made_of,
            mass_kg=description.mass_kg or float(mesh.mass),
            center_of_mass=mesh.center_mass, inertia=mesh.moment_inertia,
            credit=AssetCredit(name=name, source="simple"), **extra,
        )  # fmt: skip


def _mesh(mesh) -> Mesh:
    return Mesh(
        vertices=mesh.vertices, triangles=mesh.faces,
        material_index=np.zeros(len(mesh.faces), np.int32),
    )  # fmt: skip


def _box(x, y, z):
    mesh = trimesh.creation.box([x, y, z])
    mesh.apply_translation([0, 0, z / 2])
    return mesh, Collider(shape="box", size=(x, y, z), center=[0, 0, z / 2])


def _cylinder(radius, height):
    mesh = trimesh.creation.cylinder(radius=radius, height=height, sections=64)
    mesh.apply_translation([0, 0, height / 2])
    return mesh, Collider(shape="cylinder", size=(radius, height), center=[0, 0, height / 2])


def _hollow(radius, height):
    outer, inner = radius, radius - 0.006
    profile = [[0, 0], [outer, 0], [outer, height], [inner, height], [inner, 0.01], [0, 0.01]]
    mesh = trimesh.creation.revolve(np.array(profile), sections=64)
    mesh.merge_vertices()
    mesh.fix_normals()
    return mesh


def _top(mesh) -> Support:
    x, y, z = mesh.extents
    return Support(center=[0, 0, z], half_extents=[x / 2, y / 2])


def _disc(z, radius) -> Support:
    return Support(center=[0, 0, z], half_extents=[radius, radius], round=True)


@pytest.fixture(scope="session")
def source() -> SimpleSource:
    return SimpleSource()


@pytest.fixture(scope="session")
def timeline() -> Timeline:
    return Timeline.lasting(4.0, fps=Fraction(24))
