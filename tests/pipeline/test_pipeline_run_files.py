"""What is written to a run folder comes back exactly, and damage is named."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from physics.still import StillSimulator
from physics.trajectory import Contacts
from pipeline.run_folder.documents import DamagedError, read_reading, read_scene, scene_text
from pipeline.run_folder.mesh_file import read_glb, write_glb
from pipeline.run_folder.motion_files import (
    read_track,
    read_trajectory,
    read_visibility,
    write_track,
    write_trajectory,
    write_visibility,
)
from pipeline.run_folder.stage_file import read_stage, write_stage
from render.camera_track import CameraTrack
from render.visibility import Visibility
from scene_builder.model.digest import digest
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.lens import Lens
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Collider, Joint, Stage


def mesh_of(seed: int) -> Mesh:
    """A mesh of anything: odd numbers, empty slots, with and without texture coordinates."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(3, 12))
    vertices = rng.choice([0.0, -0.0, 1e-30, 3.3e5, 1 / 3, -7.25], (count, 3))
    triangles = rng.integers(0, count, (int(rng.integers(1, 20)), 3))
    return Mesh(
        vertices=vertices,
        triangles=triangles,
        uv=rng.standard_normal((count, 2)) if seed % 2 else None,
        material_index=np.sort(rng.integers(0, 4, len(triangles))),
        sharp_angle_deg=(30, 30.5, 180.0, 0.0)[seed % 4],
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seeds=st.lists(st.integers(0, 10**6), min_size=1, max_size=3))
def test_meshes_come_back_bit_for_bit(tmp_path: Path, seeds: list[int]) -> None:
    parts = [mesh_of(seed) for seed in seeds]
    write_glb(tmp_path / "mesh.glb", parts)
    assert digest(list(read_glb(tmp_path / "mesh.glb"))) == digest(parts)


def test_other_programs_read_the_meshes_y_up(tmp_path: Path, stage: Stage) -> None:
    mesh = stage.body("block#1").mesh
    write_glb(tmp_path / "mesh.glb", [mesh])
    read = trimesh.load(tmp_path / "mesh.glb", force="mesh")
    x, y, z = mesh.vertices.T
    assert np.array_equal(
        np.sort(read.vertices, axis=0), np.sort(np.stack([x, z, -y], axis=1), axis=0)
    )
    assert read.is_watertight


def test_a_stage_comes_back_by_digest(tmp_path: Path, stage: Stage) -> None:
    hulls = stage.body("block#1").mesh, stage.body("ball#1").mesh
    body = stage.bodies[0]
    rich = _replaced(
        stage,
        bodies=(_replaced(body, collider=Collider(shape="hulls", hulls=hulls)), *stage.bodies[1:]),
        joints=(
            Joint(
                id="hinge", kind="hinge", parent=None, child="block#1", lower=-1.5, length_m=0.25,
                parent_from_joint=Pose.at(0.1, 0.2, 0.3, yaw_deg=33.3),
                child_from_joint=Pose.identity(),
            ),
        ),
    )  # fmt: skip
    write_stage(tmp_path / "stage.json", rich)
    assert digest(read_stage(tmp_path / "stage.json")) == digest(rich)


@given(turn=st.tuples(*[st.floats(-1, 1)] * 4).filter(lambda q: np.linalg.norm(q) > 0.01))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_pose_comes_back_exactly(
    tmp_path: Path, stage: Stage, turn: tuple[float, float, float, float]
) -> None:
    pose = Pose(position=np.array([0.1, 1 / 3, -1e-17]), wxyz=np.array(turn))
    small = _replaced(stage, bodies=(_replaced(stage.bodies[0], pose=pose),))
    write_stage(tmp_path / "stage.json", small)
    assert digest(read_stage(tmp_path / "stage.json")) == digest(small)


def test_stage_json_has_the_published_fields(tmp_path: Path, stage: Stage) -> None:
    write_stage(tmp_path / "stage.json", stage)
    document = json.loads((tmp_path / "stage.json").read_text())
    assert {
        "gravity", "timeline", "bodies", "joints", "lights", "environment", "actions", "shot",
        "freedoms",
    } == set(document)  # fmt: skip
    assert {
        "id", "noun", "mesh", "collider", "mass_kg", "friction", "rolling_friction", "restitution",
        "position", "wxyz", "linear_velocity", "angular_velocity", "mobility", "entity",
        "materials", "color_asked", "center_of_mass", "inertia", "linear_damping",
        "angular_damping", "spinning_friction", "break_impulse", "piece_of", "part_of", "asset",
    } == set(document["bodies"][0])  # fmt: skip
    assert document["gravity"] == [0.0, 0.0, -9.81]
    shapes = {body["mesh"] for body in document["bodies"]}
    assert len(shapes) == 3  # two blocks share one shape


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"friction": -1}, r"bodies\.0\.friction.*greater than or equal to 0.*given -1"),
        ({"mobility": "lazy"}, r"bodies\.0\.mobility.*'dynamic', 'static' or 'kinematic'"),
        ({"wxyz": [1, 0, 0]}, r"bodies\.0\.wxyz"),
        ({"colour": "red"}, r"bodies\.0\.colour: there is no such field"),
        ({"mesh": "../../etc/passwd"}, r"outside of the run folder"),
    ],
)
def test_a_wrong_field_of_a_stage_is_named(
    tmp_path: Path, stage: Stage, change: dict[str, Any], told: str
) -> None:
    write_stage(tmp_path / "stage.json", stage)
    document = json.loads((tmp_path / "stage.json").read_text())
    document["bodies"][0] |= change
    (tmp_path / "stage.json").write_text(json.dumps(document))
    with pytest.raises(SceneError, match=told) as caught:
        read_stage(tmp_path / "stage.json")
    assert "\n" not in str(caught.value)


def test_motion_comes_back_exactly(tmp_path: Path, stage: Stage) -> None:
    still = StillSimulator().simulate(stage)
    rng = np.random.default_rng(3)
    frames = still.frame_count
    trajectory = _replaced(
        still,
        positions=rng.standard_normal(still.positions.shape),
        present=rng.random(still.present.shape) > 0.5,
        penetration_m=rng.random(frames),
        contacts=Contacts(
            time=rng.random(5), a=np.arange(5) % 4, b=np.arange(1, 6) % 4,
            point=rng.random((5, 3)), normal=rng.random((5, 3)), impulse=rng.random(5),
        ),
    )  # fmt: skip
    write_trajectory(tmp_path / "trajectory.npz", trajectory)
    assert digest(read_trajectory(tmp_path / "trajectory.npz")) == digest(trajectory)
    first = (tmp_path / "trajectory.npz").read_bytes()
    write_trajectory(tmp_path / "trajectory.npz", trajectory)
    assert (tmp_path / "trajectory.npz").read_bytes() == first
    with np.load(tmp_path / "trajectory.npz", allow_pickle=False) as file:
        assert set(file.files) == {
            "times", "body_ids", "positions", "wxyz", "linear_velocities", "angular_velocities",
            "present", "penetration_m", "contact_time", "contact_a", "contact_b",
            "contact_point", "contact_normal", "contact_impulse",
        }  # fmt: skip


def test_tracks_and_visibility_come_back_exactly(tmp_path: Path) -> None:
    lens = Lens(focal_length_mm=50.0, sensor_width_mm=36, size_px=(64, 36))
    turns = np.tile([1.0, 0, 0, 0], (4, 1))
    track = CameraTrack(positions=np.random.default_rng(0).random((4, 3)), wxyz=turns, lens=lens)
    write_track(tmp_path / "track.npz", track)
    assert digest(read_track(tmp_path / "track.npz")) == digest(track)
    seen = Visibility(
        body_ids=("a#1", "ground"), pixels=np.arange(8).reshape(4, 2),
        box=np.arange(32).reshape(4, 2, 4), centroid=np.full((4, 2, 2), np.nan),
    )  # fmt: skip
    write_visibility(tmp_path / "visibility.npz", seen)
    assert digest(read_visibility(tmp_path / "visibility.npz")) == digest(seen)


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "gone", "text"])
def test_a_damaged_file_is_named(tmp_path: Path, stage: Stage, damage: str) -> None:
    write_stage(tmp_path / "stage.json", stage)
    write_trajectory(tmp_path / "trajectory.npz", StillSimulator().simulate(stage))
    for path in (tmp_path / "trajectory.npz", next((tmp_path / "meshes").glob("*.glb"))):
        content = bytearray(path.read_bytes())
        if damage == "gone":
            path.unlink()
        elif damage == "flip":
            content[len(content) // 3] ^= 0x55
            path.write_bytes(content[: len(content) - (path.suffix == ".glb")])
        else:
            path.write_bytes({"cut": content[:-40], "empty": b"", "text": b"hello"}[damage])
    with pytest.raises(DamagedError, match=r"trajectory\.npz"):
        read_trajectory(tmp_path / "trajectory.npz")
    with pytest.raises(DamagedError, match=r"\.glb"):
        read_stage(tmp_path / "stage.json")


def test_pickles_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "trajectory.npz", times=np.array([{"a": 1}], dtype=object))
    with pytest.raises(DamagedError, match="damaged"):
        read_trajectory(tmp_path / "trajectory.npz")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"entities": [{"id": "cup", "noun": "cup", "count": 0}]}, r"entities\.0\.count.*given 0"),
        (
            {"entities": [{"id": "cup", "noun": "cup", "count": 10**6}]},
            r"entities\.0\.count.*less than or equal to 500.*given 1000000",
        ),
        ({"entities": []}, r"entities"),
        ({"colour": "red"}, r"colour: there is no such field"),
        ({"schema": "worldreel.scene/9"}, r"schema.*'worldreel\.scene/1'"),
        ({"duration_secs": -4}, r"duration_secs.*greater than 0.*given -4"),
        (
            {"relations": [{"subject": "ball", "predicate": "over", "object": "block"}]},
            r"relations\.0\.predicate.*'on'.*'above'.*given \"over\"",
        ),
        (
            {"relations": [{"subject": "ball", "predicate": "on", "object": "shelf"}]},
            r"relations\.0\.object names 'shelf', which is no entity; there are: ball, block",
        ),
    ],
)
def test_a_wrong_field_of_a_scene_is_named(
    tmp_path: Path, graph: SceneGraph, change: dict[str, Any], told: str
) -> None:
    document = json.loads(scene_text(graph)) | change
    (tmp_path / "scene.json").write_text(json.dumps(document))
    with pytest.raises(SceneError, match=told) as caught:
        read_scene(tmp_path / "scene.json")
    assert "\n" not in str(caught.value)
    assert "scene.json" in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": NaN}', "\x00\x01", "[" * 9999])
def test_what_is_no_scene_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "scene.json").write_text(text)
    with pytest.raises(SceneError) as caught:
        read_scene(tmp_path / "scene.json")
    assert "\n" not in str(caught.value)


def test_a_reading_without_its_scene_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "reading.json").write_text("{}")
    with pytest.raises(DamagedError, match=r"scene\.json"):
        read_reading(tmp_path / "reading.json", tmp_path / "scene.json")


def _replaced(record: Any, **changes: Any) -> Any:
    import dataclasses

    return dataclasses.replace(record, **changes)
