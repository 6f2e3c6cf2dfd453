"""A shot as USDZ: read back by a reader that is not the writer's."""

import io
import zipfile
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("pxr")

from pxr import Usd, UsdGeom, UsdPhysics, UsdShade

from physics.trajectory import Trajectory
from pipeline.export.selection import MOST_TRIANGLES, select
from pipeline.export.turning import continuous, turned, turned_wxyz
from pipeline.export.usd.checking.checker import compared
from pipeline.export.usd.exporter import UsdzExporter
from pipeline.export.usd.scene import Setting, prim_names
from render.shot import Shot
from scene_builder.model.errors import EncodeError, SettingsError
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.stage import Stage
from tests.pipeline.conftest import box_mesh, tiny_stage, tiny_track
from tests.pipeline.usd_scenes import content


@pytest.fixture(scope="module")
def shot(motion: Trajectory) -> Shot:
    return Shot(stage=tiny_stage(), trajectory=motion, track=tiny_track())


@pytest.fixture(scope="module")
def film(shot: Shot, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("usd") / "film.usdz"
    path.write_bytes(content(shot))
    return path


def test_it_keeps_its_own_contract(film, shot):
    assert compared(film, shot.trajectory) == ()


def test_the_same_shot_is_the_same_bytes(film, shot):
    assert content(shot) == film.read_bytes()


def test_the_package_is_stored_and_aligned(film):
    raw = film.read_bytes()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        entries = archive.infolist()
        assert entries[0].filename == "scene.usdc"
        assert len(entries) == 1 + 2 * 3
        for entry in entries:
            lengths = np.frombuffer(raw, "<u2", 2, entry.header_offset + 26)
            assert (entry.header_offset + 30 + int(lengths.sum())) % 64 == 0
            assert entry.compress_type == zipfile.ZIP_STORED


def test_an_independent_reader_finds_every_pose(film, shot):
    lightusd = pytest.importorskip("lightusd")
    scene, motion = lightusd.load(str(film)), shot.trajectory
    assert (scene.up_axis, scene.meters_per_unit, scene.end_time) == ("Y", 1.0, 11)
    for body_id, name in prim_names(motion.body_ids).items():
        prim, k = scene.prim_at(f"/Scene/{name}"), motion.index(body_id)
        wanted = np.eye(4)[None].repeat(motion.frame_count, 0)
        change = np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]])
        wanted[:, :3, :3] = change @ rotation_from_wxyz(motion.wxyz[:, k]) @ change.T
        wanted[:, :3, 3] = motion.positions[:, k] @ change.T
        for frame in range(motion.frame_count):
            found = np.array(prim.world_transform(frame), np.float64).reshape(4, 4)
            np.testing.assert_allclose(found.T, wanted[frame], atol=1e-4)


def test_equal_bodies_share_a_shape_and_its_material(film):
    stage = Usd.Stage.Open(str(film))
    first, second = (stage.GetPrimAtPath(f"/Scene/block_{k}/shape/surface_0") for k in (1, 2))
    assert first.GetPrimStack()[-1].path == second.GetPrimStack()[-1].path
    wears = [UsdShade.MaterialBindingAPI(p).ComputeBoundMaterial()[0] for p in (first, second)]
    assert wears[0].GetPath() == wears[1].GetPath()
    assert UsdGeom.Mesh(first).GetPointsAttr().Get() is not None


def test_bodies_are_kinematic_and_weigh_what_they_weigh(film, shot):
    stage = Usd.Stage.Open(str(film))
    ball = stage.GetPrimAtPath("/Scene/ball_1")
    assert UsdPhysics.RigidBodyAPI(ball).GetKinematicEnabledAttr().Get() is True
    assert UsdPhysics.MassAPI(ball).GetMassAttr().Get() == pytest.approx(0.5)
    center = UsdPhysics.MassAPI(ball).GetCenterOfMassAttr().Get()
    np.testing.assert_allclose(center, (0, 0.1, 0), atol=1e-6)
    assert not stage.GetPrimAtPath("/Scene/ground").HasAPI(UsdPhysics.RigidBodyAPI)
    touch = UsdShade.MaterialBindingAPI(ball).ComputeBoundMaterial("physics")[0]
    assert UsdPhysics.MaterialAPI(touch).GetRestitutionAttr().Get() == pytest.approx(0.6)


def test_a_live_scene_is_left_to_the_engine(shot, tmp_path):
    pushed = replace(
        shot.stage,
        bodies=tuple(
            replace(b, linear_velocity=np.array([0, 0, 1.0])) if b.id == "ball#1" else b
            for b in shot.stage.bodies
        ),
    )
    path = tmp_path / "live.usdz"
    path.write_bytes(content(replace(shot, stage=pushed), Setting(live=True, scale=0.5)))
    assert compared(path, shot.trajectory) == ()
    stage = Usd.Stage.Open(str(path))
    ball = UsdPhysics.RigidBodyAPI(stage.GetPrimAtPath("/Scene/ball_1"))
    assert ball.GetKinematicEnabledAttr().Get() is False
    np.testing.assert_allclose(ball.GetVelocityAttr().Get(), (0, 0.5, 0))
    assert not [a for p in stage.Traverse() for a in p.GetAttributes() if a.GetTimeSamples()]
    gravity = UsdPhysics.Scene(stage.GetPrimAtPath("/Scene/Physics"))
    assert gravity.GetGravityMagnitudeAttr().Get() == pytest.approx(9.81 / 2)


def test_a_fitted_scene_stands_in_the_middle_and_keeps_its_motion(shot, tmp_path):
    selection = select(shot, surroundings=False, live=False)
    exporter = UsdzExporter(fit_m=0.5)
    setting = exporter._setting(selection, "words")
    assert setting.scale * 2 * selection.radius_m == pytest.approx(0.5)
    path = tmp_path / "fit.usdz"
    path.write_bytes(content(shot, setting))
    assert compared(path, shot.trajectory) == ()


def test_pieces_are_hardly_there_before_it_breaks(shot, tmp_path):
    motion = shot.trajectory
    present = np.array(motion.present)
    present[:5, motion.index("block#2")] = False
    path = tmp_path / "pieces.usdz"
    broken = replace(motion, present=present)
    path.write_bytes(content(replace(shot, trajectory=broken)))
    assert compared(path, broken) == ()
    stage = Usd.Stage.Open(str(path))
    size = UsdGeom.Xformable(stage.GetPrimAtPath("/Scene/block_2"))
    op = size.GetOrderedXformOps()[2]
    assert [op.Get(k)[0] > 0.5 for k in (0, 4, 5, 11)] == [False, False, True, True]


def test_turning_a_pose_is_turning_its_matrix():
    rng = np.random.default_rng(0)
    wxyz = rng.normal(size=(9, 4))
    wxyz /= np.linalg.norm(wxyz, axis=1, keepdims=True)
    change = turned(np.eye(3)).T
    wanted = change @ rotation_from_wxyz(wxyz) @ change.T
    np.testing.assert_allclose(rotation_from_wxyz(turned_wxyz(wxyz)), wanted, atol=1e-12)
    steady = continuous(wxyz)
    assert ((steady[1:] * steady[:-1]).sum(axis=1) >= 0).all()
    np.testing.assert_allclose(rotation_from_wxyz(steady), rotation_from_wxyz(wxyz), atol=1e-12)


def test_a_table_top_gets_the_bodies_and_their_floor(shot):
    chosen = select(shot, surroundings=False, live=False)
    assert set(chosen.bodies) == {"ball#1", "block#1", "block#2", "ground"}
    x, y = chosen.middle_m
    for body in shot.stage.bodies[:3]:
        assert np.hypot(*(body.pose.position[:2] - (x, y))) < chosen.radius_m
    assert chosen.orders["ground"].within_m is not None
    assert chosen.orders["ball#1"].within_m is None


def test_a_rug_on_the_disc_goes_along_and_a_far_wall_does_not(shot):
    rug = replace(
        shot.stage.bodies[1], id="scenery_rug", entity=None, mobility="static",
        mesh=box_mesh(0.2, 0.2, 0.01),
    )  # fmt: skip
    far = replace(rug, id="scenery_mat", pose=Pose.at(9, 0, 0))
    tall = replace(rug, id="scenery_post", mesh=box_mesh(0.1, 0.1, 1.0))
    bodies = (*shot.stage.bodies, rug, far, tall)
    here = replace(shot, stage=replace(shot.stage, bodies=bodies))
    assert set(select(here, surroundings=False, live=False).bodies) == {
        *shot.stage.body_ids, "scenery_rug",
    }  # fmt: skip
    assert set(select(here, surroundings=True, live=False).bodies) == {b.id for b in bodies}


def test_too_many_triangles_are_thinned_where_they_are_most(shot):
    fine = shot.stage.bodies[0]
    heavy = replace(
        fine.mesh,
        triangles=np.tile(np.asarray(fine.mesh.triangles), (2000, 1)),
        material_index=np.zeros(2000 * len(fine.mesh.triangles), int),
    )
    bodies = (replace(fine, mesh=heavy), *shot.stage.bodies[1:])
    chosen = select(
        replace(shot, stage=replace(shot.stage, bodies=bodies)), surroundings=False, live=False
    )
    kept = {b.id: chosen.orders[b.id].keep * len(b.mesh.triangles) for b in bodies}
    assert sum(kept.values()) <= MOST_TRIANGLES
    assert kept["ball#1"] > 0.98 * MOST_TRIANGLES
    assert chosen.orders["block#1"].keep == 1.0


def test_what_has_no_named_body_is_refused(shot):
    bodies = tuple(replace(b, entity=None) for b in shot.stage.bodies)
    bare: Stage = replace(shot.stage, bodies=bodies)
    with pytest.raises(EncodeError, match="nothing to export"):
        select(replace(shot, stage=bare), surroundings=False, live=False)


def test_a_size_that_no_table_has_is_refused():
    with pytest.raises(SettingsError, match="allowed are"):
        UsdzExporter(fit_m=0.001)
