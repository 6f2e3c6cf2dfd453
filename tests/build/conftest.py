"""A small asset source: boxes, balls, discs, a table, a vessel and a ramp, with exact solids."""

from fractions import Fraction

import numpy as np
import pytest
import trimesh

from scene_builder.assets.source import Asset, Cavity, Description, Incline, Support
from scene_builder.knowledge.materials import material_for, substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.graph import SceneGraph
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
    "bird": (0.11, 0.25, 0.18),
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
            collider = Collider(
                shape="sphere", size=(size / 2,), center=np.array([0, 0, size / 2], float)
            )
            extra["rolls"] = "any"
        elif name == "coin":
            mesh, collider = _cylinder(size / 2, size * 0.08)
        elif name in CYLINDERS:
            radius = size * (0.12 if name in ("bottle", "pin") else 0.3)
            mesh, collider = _cylinder(radius, size)
            extra["supports"] = (_disc(size, radius),) if name == "barrel" else ()
        elif name in VESSELS:
            mesh, collider = _hollow(0.4 * size, 0.7 * size)
            extra["cavity"] = Cavity(
                floor=np.array([0, 0, 0.01], float),
                radius=0.38 * size - 0.006,
                depth=0.7 * size - 0.01,
            )
        elif name in TABLES:
            high = {"stool": 0.46, "bench": 0.45, "coffee_table": 0.42, "chair": 0.45}.get(
                name, 0.74
            )
            long = 0.36 if name == "stool" else (0.45 if name == "chair" else size)
            mesh, collider = _box(long, 0.36 if name in ("stool", "bench") else 0.6 * long, high)
            extra["supports"] = (_top(mesh),)
            extra["furniture"] = True
        elif name == "ramp":
            mesh = trimesh.convex.convex_hull(
                [[x, y, z] for y in (-0.2, 0.2) for x, z in ((-0.5, 0), (0.5, 0), (-0.5, 0.35))]
            )
            collider = Collider(shape="hulls", hulls=(_mesh(mesh),))
            extra["incline"] = Incline(
                top=np.array([-0.5, 0, 0.35], float), bottom=np.array([0.5, 0, 0], float), width=0.4
            )
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
    return mesh, Collider(shape="box", size=(x, y, z), center=np.array([0, 0, z / 2], float))


def _cylinder(radius, height):
    mesh = trimesh.creation.cylinder(radius=radius, height=height, sections=64)
    mesh.apply_translation([0, 0, height / 2])
    return mesh, Collider(
        shape="cylinder", size=(radius, height), center=np.array([0, 0, height / 2], float)
    )


def _hollow(radius, height):
    """A tube of twelve flat walls on a floor."""
    count, wall, floor = 12, 0.006, 0.01
    flat = radius * np.cos(np.pi / count)
    edge = 2 * flat * np.tan(np.pi / count)
    pieces = [trimesh.creation.cylinder(radius=flat - wall, height=floor, sections=count)]
    pieces[0].apply_translation([0, 0, floor / 2])
    for k in range(count):
        piece = trimesh.creation.box([wall, edge, height])
        piece.apply_translation([flat - wall / 2, 0, height / 2])
        piece.apply_transform(
            trimesh.transformations.rotation_matrix(2 * np.pi * k / count, [0, 0, 1])
        )
        pieces.append(piece)
    shell = trimesh.util.concatenate(pieces)
    return shell, Collider(shape="hulls", hulls=tuple(_mesh(piece) for piece in pieces))


def _top(mesh) -> Support:
    x, y, z = mesh.extents
    return Support(center=np.array([0, 0, z], float), half_extents=np.array([x / 2, y / 2], float))


def _disc(z, radius) -> Support:
    return Support(
        center=np.array([0, 0, z], float),
        half_extents=np.array([radius, radius], float),
        round=True,
    )


@pytest.fixture(scope="session")
def source() -> SimpleSource:
    return SimpleSource()


@pytest.fixture(scope="session")
def timeline() -> Timeline:
    return Timeline.lasting(4.0, fps=Fraction(24))


@pytest.fixture(scope="session")
def graph_of():
    """Write a graph in few words."""

    def make(entities, relations=(), actions=(), outcomes=(), **more) -> SceneGraph:
        return SceneGraph.model_validate(
            {
                "schema": "worldreel.scene/1",
                "entities": [{"id": i, "noun": n, **(k[0] if k else {})} for i, n, *k in entities],
                "relations": [
                    {"subject": s, "predicate": p, **({"object": o[0]} if o else {})}
                    for s, p, *o in relations
                ],
                "actions": [{"actor": a, "verb": v, **(k[0] if k else {})} for a, v, *k in actions],
                "outcomes": [
                    {"subject": s, "predicate": p, **(k[0] if k else {})} for s, p, *k in outcomes
                ],
                **more,
            }
        )

    return make


@pytest.fixture(scope="session")
def ten(graph_of) -> dict[str, SceneGraph]:
    """The demo sentence and ten more, as graphs written by hand."""
    return {
        "demo": graph_of(
            [("ball", "ball", {"color": "red", "material": "rubber"}),
             ("table", "table", {"material": "wood"}),
             ("cup", "cup", {"count": 3, "color": "blue"})],
            [("ball", "on", "table")],
            [("ball", "roll", {"direction": "off"})],
            [("ball", "falls_off", {"object": "table"}),
             ("ball", "knocks_over", {"object": "cup", "count": 3, "after": 0})],
        ),
        "dominoes": graph_of(
            [("marble", "marble", {"color": "black"}),
             ("domino", "domino", {"count": 6, "color": "yellow"})],
            [("domino", "in_row")],
            [("marble", "roll", {"target": "domino"})],
            [("marble", "knocks_over", {"object": "domino", "count": 6})],
        ),
        "stack": graph_of(
            [("block", "block", {"count": 4, "material": "wood"}), ("stool", "stool"),
             ("ball", "ball", {"color": "red"})],
            [("block", "stacked"), ("block", "on", "stool"), ("ball", "left_of", "block")],
            [("ball", "throw", {"target": "block"})],
            [("ball", "knocks_over", {"object": "block"})],
        ),
        "apples": graph_of(
            [("apple", "apple", {"count": 2, "color": "green"}),
             ("bowl", "bowl", {"color": "white", "material": "ceramic"}), ("table", "table")],
            [("apple", "inside", "bowl"), ("bowl", "on", "table")],
            [("apple", "stay")],
            setting={"place": "kitchen"},
        ),
        "pendulum": graph_of(
            [("ball", "ball", {"material": "steel"}), ("rope", "rope"), ("bottle", "bottle")],
            [("ball", "hanging_from", "rope")],
            [("ball", "swing", {"target": "bottle"})],
            [("ball", "knocks_over", {"object": "bottle"})],
        ),
        "car": graph_of(
            [("car", "toy car"), ("ramp", "ramp"),
             ("cone", "cone", {"count": 3, "color": "orange"})],
            [("car", "on", "ramp")],
            [("car", "roll", {"target": "cone", "direction": "down"})],
            [("car", "touches", {"object": "cone"})],
        ),
        "jar": graph_of(
            [("marble", "marble", {"color": "blue", "size": "small"}), ("jar", "jar"),
             ("book", "book", {"count": 2})],
            [("jar", "between", "book")],
            [("marble", "drop", {"target": "jar"})],
            [("marble", "lands_in", {"object": "jar"})],
        ),
        "basketball": graph_of(
            [("basketball", "basketball"), ("chair", "chair", {"material": "wood"}),
             ("shelf", "bookshelf")],
            [("basketball", "in_front_of", "chair"), ("chair", "left_of", "shelf")],
            [("basketball", "bounce")],
            [("basketball", "bounces")],
        ),
        "crate": graph_of(
            [("crate", "crate", {"mass_kg": 40.0}), ("barrel", "barrel"), ("bench", "bench")],
            [("barrel", "beside", "bench")],
            [("crate", "slide", {"target": "barrel"})],
            [("crate", "touches", {"object": "barrel"})],
        ),
        "coin": graph_of(
            [("coin", "coin", {"color": "gold"}), ("desk", "desk"), ("candle", "candle")],
            [("coin", "on", "desk"), ("coin", "behind", "candle")],
            [("coin", "spin")],
        ),
        "pins": graph_of(
            [("ball", "bowling ball"), ("pin", "pin", {"count": 5, "color": "white"})],
            [],
            [("ball", "roll", {"target": "pin", "speed": "fast"})],
            [("ball", "knocks_over", {"object": "pin", "count": 3, "compare": "at_least"})],
        ),
    }  # fmt: skip
