"""A tiny scene made of records alone: a red ball falls beside two blue blocks."""

import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from physics.bullet.simulator import BulletSimulator
from physics.trajectory import Trajectory
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import scene_text
from pipeline.run_folder.motion_files import write_track
from pipeline.run_folder.stage_file import write_stage
from render.camera_track import CameraTrack
from scene_builder.model.graph import SceneGraph
from scene_builder.model.lens import Lens
from scene_builder.model.light import Environment, Light
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import (
    AssetCredit,
    Body,
    Collider,
    Freedom,
    Stage,
    StageAction,
    View,
)
from scene_builder.model.timeline import Timeline

PROMPT = "A red ball falls beside two blue blocks"
BALL_RADIUS = 0.1
BLOCK_EDGE = 0.2


def box_mesh(x: float, y: float, z: float, *, uv: bool = False) -> Mesh:
    low, high = np.array([-x / 2, -y / 2, 0.0]), np.array([x / 2, y / 2, z])
    corners = np.array([[(low, high)[k >> axis & 1][axis] for axis in range(3)] for k in range(8)])
    quads = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
    triangles = [t for a, b, c, d in quads for t in ((a, b, c), (a, c, d))]
    return Mesh(
        vertices=corners,
        triangles=np.array(triangles),
        material_index=np.repeat([0, 1], 6) if uv else np.zeros(12, int),
        uv=np.random.default_rng(0).random((8, 2)) if uv else None,
        sharp_angle_deg=30.0,
    )


def ball_mesh(radius: float, rings: int = 8, sides: int = 12) -> Mesh:
    polar = np.linspace(0, np.pi, rings + 1)[1:-1]
    around = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    rows = [
        [(np.sin(p) * np.cos(a), np.sin(p) * np.sin(a), np.cos(p)) for a in around] for p in polar
    ]
    points = np.array([(0, 0, 1), *(point for row in rows for point in row), (0, 0, -1)])
    last = len(points) - 1
    triangles: list[tuple[int, int, int]] = []
    for k in range(sides):
        n = (k + 1) % sides
        triangles.append((0, 1 + k, 1 + n))
        triangles.append((last, last - sides + n, last - sides + k))
        for r in range(rings - 2):
            a, b = 1 + r * sides + k, 1 + r * sides + n
            triangles += [(a, a + sides, b), (b, a + sides, b + sides)]
    return Mesh(
        vertices=radius * points + np.array([0, 0, radius]),
        triangles=np.array(triangles),
        material_index=np.zeros(len(triangles), int),
        sharp_angle_deg=180.0,
    )


def material(name: str, color: tuple[float, float, float]) -> Material:
    return Material(name=name, base_color=np.array(color), parameters={"roughness": 0.5, "coat": 0})


def credit(name: str) -> AssetCredit:
    return AssetCredit(name=name, source="tests", author="A <b>& Co", changes="scaled")


def block(name: str, x: float) -> Body:
    edge, mass = BLOCK_EDGE, 2.0
    return Body(
        id=name, noun="block", entity="block", mesh=box_mesh(edge, edge, edge),
        collider=Collider(
            shape="box", size=(edge, edge, edge), center=np.array([0, 0, edge / 2])
        ),
        materials=(material("plastic", (0.02, 0.05, 0.6)),), mass_kg=mass,
        center_of_mass=np.array([0, 0, edge / 2]), inertia=np.eye(3) * mass * edge**2 / 6,
        pose=Pose.at(x, 0.3, 0.0, yaw_deg=20), mobility="dynamic", asset=credit("block"),
        color_asked="blue", friction=0.7,
    )  # fmt: skip


def ball() -> Body:
    r, mass = BALL_RADIUS, 0.5
    return Body(
        id="ball#1", noun="ball", entity="ball", mesh=ball_mesh(r),
        collider=Collider(shape="sphere", size=(r,), center=np.array([0, 0, r])),
        materials=(material("rubber", (0.6, 0.01, 0.01)),), mass_kg=mass,
        center_of_mass=np.array([0, 0, r]), inertia=np.eye(3) * 0.4 * mass * r * r,
        pose=Pose.at(-0.35, 0.0, 0.6), mobility="dynamic", asset=credit("ball"),
        color_asked="red", restitution=0.6,
    )  # fmt: skip


def ground() -> Body:
    return Body(
        id="ground", noun="floor", mesh=box_mesh(8.0, 8.0, 1e-3, uv=True),
        collider=Collider(shape="plane"), mass_kg=0.0, center_of_mass=np.zeros(3),
        materials=(material("wood", (0.4, 0.3, 0.2)), material("wood", (0.35, 0.3, 0.2))),
        inertia=np.zeros((3, 3)), pose=Pose.at(0, 0, -1e-3), mobility="static",
        asset=credit("floor"), friction=0.8,
    )  # fmt: skip


def tiny_stage(frame_count: int = 12, fps: Fraction = Fraction(12)) -> Stage:
    return Stage(
        bodies=(ball(), block("block#1", 0.0), block("block#2", 0.4), ground()),
        environment=Environment(
            place="studio", indoor=False, time_of_day="day", weather="clear",
            sky_color=np.array([0.5, 0.6, 0.8]), sky_strength=0.5,
        ),
        timeline=Timeline(frame_count=frame_count, fps=fps, substeps=20),
        shot=View(subjects=("ball#1",)),
        actions=(StageAction(kind="release", body="ball#1", verb="fall"),),
        freedoms=(
            Freedom(body="ball#1", offset_low=-np.ones(3) * 0.02, offset_high=np.ones(3) * 0.02),
        ),
        lights=(
            Light(
                id="key", kind="area", pose=Pose.at(1, -1, 3), color=np.ones(3), power=200.0,
                size=1.0,
            ),
        ),
    )  # fmt: skip


def tiny_graph(**changes: object) -> SceneGraph:
    document = {
        "schema": "worldreel.scene/1",
        "prompt": PROMPT,
        "entities": [
            {"id": "ball", "noun": "ball", "color": "red"},
            {"id": "block", "noun": "block", "count": 2, "color": "blue"},
        ],
        "relations": [{"subject": "ball", "predicate": "left_of", "object": "block"}],
        "actions": [{"actor": "ball", "verb": "fall"}],
        "outcomes": [{"predicate": "falls", "subject": "ball"}],
    }
    return SceneGraph.model_validate(document | changes)


@pytest.fixture
def stage() -> Stage:
    return tiny_stage()


@pytest.fixture
def graph() -> SceneGraph:
    return tiny_graph()


def tiny_track(frames: int = 12) -> CameraTrack:
    """A camera at −Y that looks along +Y."""
    turn = wxyz_from_rotation(np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]]))
    return CameraTrack(
        positions=np.tile([0.0, -2.0, 0.35], (frames, 1)),
        wxyz=np.tile(turn, (frames, 1)),
        lens=Lens(focal_length_mm=36.0, sensor_width_mm=36.0, size_px=(64, 36)),
    )


@pytest.fixture
def stage_folder(tmp_path: Path) -> Path:
    """A run folder that somebody made by hand: a stage, a camera, and what it is about."""
    return _by_hand(tmp_path / "by_hand")


@pytest.fixture(scope="session")
def _finished_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from pipeline.command_line.main import main

    folder = _by_hand(tmp_path_factory.mktemp("finished") / "by_hand")
    assert main(["make", str(folder), "--renderer", "flat", "--size", "64x36"]) == 0
    return folder


@pytest.fixture
def finished_folder(tmp_path: Path, _finished_once: Path) -> Path:
    """A run folder that has gone the whole way."""
    shutil.copytree(_finished_once, tmp_path / "by_hand")
    return tmp_path / "by_hand"


def _by_hand(folder: Path) -> Path:
    write_stage(folder / "stage.json", tiny_stage())
    write_text(folder / "scene.json", scene_text(tiny_graph()))
    write_track(folder / "track.npz", tiny_track())
    return folder


@pytest.fixture(scope="session")
def motion() -> Trajectory:
    """How the tiny scene moves."""
    return BulletSimulator().simulate(tiny_stage())


@pytest.fixture(scope="session")
def make_graph() -> Callable[..., SceneGraph]:
    """Returns the tiny scene's graph, with other fields."""
    return tiny_graph


@pytest.fixture(scope="session")
def make_stage() -> Callable[..., Stage]:
    """Returns the tiny scene, of another length."""
    return tiny_stage
