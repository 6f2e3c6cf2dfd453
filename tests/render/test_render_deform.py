"""Bodies that are not rigid: every pass sees the form that they have at a frame."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from physics.still import StillSimulator
from pipeline.run_folder.motion_files import read_trajectory, write_trajectory
from render.camera_track import CameraTrack
from render.flat import FlatRenderer
from scene_builder.build.cloths.cutting import sheet_mesh
from scene_builder.model.digest import digest
from scene_builder.model.lens import Lens
from scene_builder.model.light import Environment
from scene_builder.model.material import Material
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Body, Collider, Stage
from scene_builder.model.timeline import Timeline

LENS = Lens(focal_length_mm=36.0, sensor_width_mm=36.0, size_px=(48, 32))
HEIGHT = 2.0


@pytest.fixture(scope="module")
def shot():
    """A sheet seen from straight above: it is stretched along X and lifted between two frames."""
    mesh = sheet_mesh(1.0, 0.6)
    sheet = Body(
        id="cloth#1", noun="cloth", mesh=mesh, mass_kg=0.1, center_of_mass=np.zeros(3),
        collider=Collider(shape="box", size=(1.0, 0.6, 0.01)), inertia=np.eye(3),
        materials=(Material(name="fabric", base_color=np.array([0.6, 0.1, 0.1])),),
        pose=Pose.identity(), mobility="dynamic",
        asset=AssetCredit(name="cloth", source="test"),
    )  # fmt: skip
    stage = Stage(
        bodies=(sheet,),
        timeline=Timeline(frame_count=2, fps=Fraction(24), substeps=1),
        environment=Environment(
            place="studio", indoor=True, time_of_day="day", weather="clear",
            sky_color=np.ones(3), sky_strength=1.0,
        ),
    )  # fmt: skip
    still = StillSimulator().simulate(stage)
    forms = np.stack([mesh.vertices, mesh.vertices * [1.2, 1, 1] + [0, 0, 0.1]])
    forms = forms.astype(np.float32)
    motion = replace(still, deform={"cloth#1": forms})
    track = CameraTrack(
        positions=np.tile([0.0, 0.0, HEIGHT], (2, 1)),
        wxyz=np.tile([1.0, 0.0, 0.0, 0.0], (2, 1)), lens=LENS,
    )  # fmt: skip
    return stage, motion, track


def test_depth_flow_and_points_follow_the_form(shot):
    first, second = FlatRenderer().render(*shot)
    row, column = 16, 30
    assert first.depth[row, column] == pytest.approx(HEIGHT, abs=1e-6)
    assert second.depth[row, column] == pytest.approx(HEIGHT - 0.1, abs=1e-6)
    x = first.body_point[row, column, 0]
    across = column - (LENS.size_px[0] - 1) / 2
    assert x == pytest.approx(across / LENS.focal_px * HEIGHT, abs=1e-6)
    there = x * 1.2 / (HEIGHT - 0.1) * LENS.focal_px
    assert first.flow_forward[row, column, 0] == pytest.approx(there - across, abs=1e-3)
    # The same thread keeps its point, and is found again where it was.
    back = second.body_point[row, column, 0] / HEIGHT * LENS.focal_px
    assert second.flow_backward[row, column, 0] == pytest.approx(back - across, abs=1e-3)
    assert second.visible_before[row, column]


def test_normals_are_those_of_the_bent_form(shot):
    stage, motion, track = shot
    slope = np.array(motion.deform["cloth#1"])
    slope[1, :, 2] = 0.5 * slope[1, :, 0]
    _, second = FlatRenderer().render(stage, replace(motion, deform={"cloth#1": slope}), track)
    wanted = np.array([-0.5, 0.0, 1.0]) / np.sqrt(1.25)
    assert second.normal[16, 24] == pytest.approx(wanted, abs=1e-4)


def test_vertices_are_written_beside_the_trajectory_and_read_back(shot, tmp_path):
    _, motion, _ = shot
    files = write_trajectory(tmp_path / "trajectory.npz", motion)
    assert [file.name for file in files] == ["cloth#1.npz", "trajectory.npz"]
    with np.load(tmp_path / "deform" / "cloth#1.npz") as file:
        assert file["vertices"].shape == (2, len(motion.deform["cloth#1"][0]), 3)
    assert digest(read_trajectory(tmp_path / "trajectory.npz")) == digest(motion)


def test_a_trajectory_without_deforming_bodies_reads_as_before(shot, tmp_path):
    _, motion, _ = shot
    rigid = replace(motion, deform={})
    assert write_trajectory(tmp_path / "trajectory.npz", rigid) == (tmp_path / "trajectory.npz",)
    assert not (tmp_path / "deform").exists()
    assert digest(read_trajectory(tmp_path / "trajectory.npz")) == digest(rigid)
