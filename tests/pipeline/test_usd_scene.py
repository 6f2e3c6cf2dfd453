"""A shot as USDZ: read back by a reader that is not the writer's."""

import io
import wave
import zipfile
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("pxr")

from pxr import Usd, UsdGeom, UsdMedia, UsdPhysics, UsdShade, UsdUI

from physics.trajectory import Trajectory
from pipeline.export.selection import MOST_TRIANGLES, select
from pipeline.export.turning import continuous, turned, turned_wxyz
from pipeline.export.usd.checking.checker import compared
from pipeline.export.usd.exporter import UsdzExporter
from pipeline.export.usd.scene import Setting, prim_names
from pipeline.export.usd.sound import sound_in
from render.shot import Shot
from scene_builder.model.actions.action import StageAction
from scene_builder.model.errors import EncodeError, SettingsError
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.stage import Joint, Stage
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


def test_a_live_scene_begins_with_what_ends_the_films_moment_at_rest(shot, tmp_path):
    throws = tuple(
        StageAction(kind="set_velocity", body=body, start_secs=secs, linear=np.array([x, 0, 0]))
        for body, secs, x in (("ball#1", 0.5, 2.0), ("block#1", 0.52, 1.0), ("block#2", 1.5, 3.0))
    )
    path = tmp_path / "live.usdz"
    thrown = replace(shot, stage=replace(shot.stage, actions=throws))
    path.write_bytes(content(thrown, Setting(live=True)))
    stage = Usd.Stage.Open(str(path))
    resting = turned(shot.stage.body("block#2").linear_velocity)
    for name, wanted in (("ball_1", (2, 0, 0)), ("block_1", (1, 0, 0)), ("block_2", resting)):
        rigid = UsdPhysics.RigidBodyAPI(stage.GetPrimAtPath(f"/Scene/{name}"))
        np.testing.assert_allclose(rigid.GetVelocityAttr().Get(), wanted, atol=1e-6)


def test_an_engine_gets_turns_masses_joints_and_a_floor(shot, tmp_path):
    """Read by USD's own reader of physics, which resolves what an engine would be given."""
    spin = replace(shot.stage.bodies[0], angular_velocity=np.array([0.0, 0.0, np.pi]))
    held = Joint(
        id="hinge#1", kind="hinge", parent=None, child="block#1", lower=-0.5, upper=1.0,
        parent_from_joint=shot.stage.body("block#1").pose, child_from_joint=Pose.identity(),
    )  # fmt: skip
    stage = replace(shot.stage, bodies=(spin, *shot.stage.bodies[1:]), joints=(held,))
    path = tmp_path / "live.usdz"
    path.write_bytes(content(replace(shot, stage=stage), Setting(live=True)))
    scene = Usd.Stage.Open(str(path))
    load = getattr(UsdPhysics, "UsdPhysicsLoadStageFromPrimRange", None)
    read = (load or UsdPhysics.LoadUsdPhysicsFromRange)(scene, ["/"])
    bodies = dict(zip(*read[UsdPhysics.ObjectType.RigidBody], strict=True))
    found = {str(path).rpartition("/")[2]: body for path, body in bodies.items()}
    assert set(found) == {"ball_1", "block_1", "block_2"}
    for name, body_id in (("ball_1", "ball#1"), ("block_2", "block#2")):
        assert (found[name].kinematicBody, found[name].rigidBodyEnabled) == (False, True)
        wanted = turned(shot.stage.body(body_id).linear_velocity)
        np.testing.assert_allclose(found[name].linearVelocity, wanted, atol=1e-6)
    np.testing.assert_allclose(found["ball_1"].angularVelocity, (0, 180, 0), atol=1e-3)
    _, joints = read[UsdPhysics.ObjectType.RevoluteJoint]
    assert [str(joint.body1).rpartition("/")[2] for joint in joints] == ["block_1"]
    limits = joints[0].limit
    np.testing.assert_allclose((limits.lower, limits.upper), np.rad2deg([-0.5, 1.0]), rtol=1e-5)
    assert scene.GetPrimAtPath("/Scene/UnseenFloor").HasAPI(UsdPhysics.CollisionAPI)
    gravity, _ = read[UsdPhysics.ObjectType.Scene]
    assert [str(path) for path in gravity] == ["/Scene/Physics"]


def test_it_asks_for_a_level_place_and_says_what_it_shows(film):
    stage = Usd.Stage.Open(str(film))
    root = stage.GetDefaultPrim()
    applied = root.GetMetadata("apiSchemas").ApplyOperations([])
    assert "Preliminary_AnchoringAPI" in applied  # Apple's own: USD's registry has none of it
    assert root.GetAttribute("preliminary:anchoring:type").Get() == "plane"
    assert root.GetAttribute("preliminary:planeAnchoring:alignment").Get() == "horizontal"
    told = UsdUI.AccessibilityAPI(root, "default")
    words = "A red ball falls beside two blue blocks"
    assert (told.GetLabelAttr().Get(), told.GetDescriptionAttr().Get()) == (words, words)


def test_the_sound_of_a_run_is_heard_from_its_middle(shot, tmp_path):
    assert sound_in(tmp_path) is None
    with wave.open(str(tmp_path / "sound.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(1600))
    sound = sound_in(tmp_path)
    path = tmp_path / "film.usdz"
    setting = Setting(sound=sound, scale=0.5, offset_m=(0.1, 0.2, 0.0))
    path.write_bytes(content(shot, setting))
    assert compared(path, shot.trajectory) == ()
    with zipfile.ZipFile(path) as archive:
        assert archive.read("sounds/sound.wav") == (tmp_path / "sound.wav").read_bytes()
    scene = Usd.Stage.Open(str(path))
    heard = UsdMedia.SpatialAudio(scene.GetPrimAtPath("/Scene/Sound"))
    assert heard.GetFilePathAttr().Get().path == "sounds/sound.wav"
    assert heard.GetAuralModeAttr().Get() == "spatial"
    x, y = select(shot, surroundings=False, live=False).middle_m
    place = heard.GetPrim().GetAttribute("xformOp:translate").Get()
    np.testing.assert_allclose(place, (x / 2 + 0.1, 0, -(y / 2 + 0.2)), atol=1e-6)
    live = tmp_path / "live.usdz"
    live.write_bytes(content(shot, replace(setting, live=True)))
    assert not Usd.Stage.Open(str(live)).GetPrimAtPath("/Scene/Sound")


def test_a_file_that_holds_no_sound_is_refused(tmp_path):
    (tmp_path / "sound.mp3").write_text("la la la")
    with pytest.raises(EncodeError, match="holds no sound"):
        sound_in(tmp_path)


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
