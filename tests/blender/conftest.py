"""Small stages, and a Blender that each test finds empty."""

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import scene_text
from pipeline.run_folder.stage_file import write_stage
from scene_builder.assets.mass import mass_of
from scene_builder.model.graph import SceneGraph
from scene_builder.model.light import Environment, Light
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Body, Collider, Stage
from scene_builder.model.timeline import Timeline


def box_mesh(x=0.2, y=0.1, z=0.1, center=(0.0, 0.0), **fields):
    """A closed box with its base at z = 0."""
    corners = np.array([[i & 1, i >> 1 & 1, i >> 2] for i in range(8)], np.float64)
    vertices = (corners - [0.5, 0.5, 0.0]) * [x, y, z] + [*center, 0.0]
    quads = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    triangles = np.array([t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))])
    return Mesh(
        vertices=vertices, triangles=triangles, material_index=np.zeros(12, np.int32), **fields
    )


def sphere_mesh(radius=0.5, rings=24, segments=32):
    """A closed sphere that stands on z = 0."""
    polar = np.linspace(0, np.pi, rings + 1)[1:-1]
    turn = np.arange(segments) / segments * 2 * np.pi
    ring = np.stack(
        [
            np.outer(np.sin(polar), np.cos(turn)),
            np.outer(np.sin(polar), np.sin(turn)),
            np.outer(np.cos(polar), np.ones(segments)),
        ],
        axis=-1,
    ).reshape(-1, 3)
    vertices = np.concatenate([[[0, 0, 1]], ring, [[0, 0, -1]]]) * radius + [0, 0, radius]
    triangles = []
    for s in range(segments):
        n = (s + 1) % segments
        triangles.append((0, 1 + s, 1 + n))
        for r in range(rings - 2):
            a, b = 1 + r * segments, 1 + (r + 1) * segments
            triangles += [(a + s, b + s, b + n), (a + s, b + n, a + n)]
        last = 1 + (rings - 2) * segments
        triangles.append((last + s, len(vertices) - 1, last + n))
    index = np.zeros(len(triangles), np.int32)
    return Mesh(vertices=vertices, triangles=np.array(triangles), material_index=index)


def body(body_id, mesh, *materials, pose=None):
    """A body of which only the look counts."""
    return Body(
        id=body_id,
        noun=body_id.partition("#")[0],
        mesh=mesh,
        collider=Collider(shape="box", size=(0.1, 0.1, 0.1)),
        materials=materials or (paint(),),
        mass_kg=1.0,
        center_of_mass=np.zeros(3),
        inertia=np.eye(3),
        pose=pose or Pose.identity(),
        mobility="dynamic",
        asset=AssetCredit(name="test", source="test"),
    )


def paint(name="plastic", color=(0.6, 0.1, 0.1), **parameters):
    """A material."""
    return Material(name=name, base_color=np.array(color), parameters=parameters)


def environment(**fields):
    """A plain place."""
    plain = {
        "place": "room",
        "indoor": True,
        "time_of_day": "day",
        "weather": "clear",
        "sky_color": np.ones(3),
        "sky_strength": 1.0,
    }
    return Environment(**(plain | fields))


def stage_of(*bodies, lights=(), **fields):
    """A stage of bodies."""
    return Stage(
        bodies=bodies,
        environment=environment(**fields),
        timeline=Timeline(frame_count=1, fps=Fraction(24), substeps=1),
        lights=tuple(lights),
    )


def solid(body_id, size, pose, mobility="dynamic", density=600.0):
    """A box that physics can move."""
    mesh = box_mesh(*size)
    mass = mass_of(mesh.vertices, mesh.triangles, density)
    return replace(
        body(body_id, mesh, paint("plastic", (0.6, 0.1, 0.1)), pose=pose),
        mass_kg=mass.mass_kg, center_of_mass=mass.center_of_mass, inertia=mass.inertia,
        collider=Collider(shape="box", size=size, center=np.array([0, 0, size[2] / 2])),
        mobility=mobility, entity=body_id.partition("#")[0], restitution=0.1,
    )  # fmt: skip


def level_ground():
    """The ground, as physics has it."""
    return replace(
        body("ground", box_mesh(6, 6, 0.001), pose=Pose.at(0, 0, -0.001)),
        mobility="static", collider=Collider(shape="plane", center=np.zeros(3)),
    )  # fmt: skip


@pytest.fixture
def falling(tmp_path):
    """A run folder of a second: a block above a table."""
    stage = stage_of(
        solid("table#1", (0.8, 0.6, 0.7), Pose.identity(), "static"),
        solid("block#1", (0.1, 0.1, 0.1), Pose.at(0, 0, 0.9)),
        level_ground(),
    )
    stage = replace(stage, timeline=Timeline(frame_count=24, fps=Fraction(24), substeps=20))
    graph = SceneGraph.model_validate(
        {"schema": "worldreel.scene/1", "prompt": "A block falls on a table",
         "entities": [{"id": "table", "noun": "table"}, {"id": "block", "noun": "block"}],
         "outcomes": [{"predicate": "falls", "subject": "block"}]}
    )  # fmt: skip
    write_stage(tmp_path / "run" / "stage.json", stage)
    write_text(tmp_path / "run" / "scene.json", scene_text(graph))
    return tmp_path / "run"


@pytest.fixture
def addon(scene):
    """The add-on in an empty scene."""
    from pipeline.blender_addon.registering import register, unregister

    register()
    yield scene
    unregister()


@pytest.fixture
def three_bodies():
    """A ground and two equal cups, one lamp."""
    cup = box_mesh(0.1, 0.1, 0.12)
    lamp = Light(
        id="key",
        kind="area",
        pose=Pose.at(0, 0, 2),
        color=np.array([1.0, 0.9, 0.8]),
        power=100,
        size=0.5,
    )
    return stage_of(
        body("ground", box_mesh(6, 6, 0.1), paint("wood", (0.4, 0.2, 0.1))),
        body("cup#1", cup, paint("ceramic"), pose=Pose.at(0.3, 0.1, 0.1, yaw_deg=30)),
        body("cup#2", cup, paint("ceramic"), pose=Pose.at(-0.3, 0.2, 0.1)),
        lights=(lamp,),
    )


@pytest.fixture
def scene():
    """Blender's one empty scene."""
    from scene_builder.blender.session import fresh_scene

    return fresh_scene()


@pytest.fixture(scope="session")
def build():
    """The functions above, for tests to build stages with."""
    return SimpleNamespace(
        box_mesh=box_mesh,
        sphere_mesh=sphere_mesh,
        body=body,
        paint=paint,
        environment=environment,
        stage_of=stage_of,
        level_ground=level_ground,
    )
