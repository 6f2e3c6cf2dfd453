"""The checker of USDZ files finds every defect that is planted."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("pxr")

from PIL import Image
from pxr import Gf, Sdf, Usd, UsdGeom, UsdLux, UsdPhysics, UsdShade

from physics.trajectory import Trajectory
from pipeline.export.usd.archive import package
from pipeline.export.usd.checking.checker import compared, findings_in
from pipeline.run_folder.motion_files import write_trajectory
from render.shot import Shot
from scene_builder.model.errors import RunFolderError
from tests.pipeline.conftest import tiny_stage, tiny_track
from tests.pipeline.usd_scenes import content, repacked, unpacked

BALL, MESH = "/Scene/ball_1", "/Scene/ball_1/shape/surface_0"
GROUND = "/Scene/ground/shape/surface_0"


@pytest.fixture(scope="module")
def whole(motion: Trajectory) -> bytes:
    return content(Shot(stage=tiny_stage(), trajectory=motion, track=tiny_track()))


def samples(stage, op: str, frame: int, value, prim: str = BALL):
    stage.GetPrimAtPath(prim).GetAttribute(f"xformOp:{op}").Set(value, frame)


def attribute(stage, name: str, prim: str = MESH):
    return stage.GetPrimAtPath(prim).GetAttribute(name)


def texture(stage, channel: str):
    """The picture node that feeds a channel of a block's material."""
    for prim in stage.Traverse():
        if prim.GetName() == channel:
            return UsdShade.Shader(prim)
    raise AssertionError(channel)


def surface(stage):
    return UsdShade.Shader(next(p for p in stage.Traverse() if p.GetName() == "PreviewSurface"))


def up_axis(stage):
    UsdGeom.SetStageUpAxis(stage, "Z")


def centimetres(stage):
    UsdGeom.SetStageMetersPerUnit(stage, 0.01)


def units_not_said(stage):
    stage.GetRootLayer().pseudoRoot.ClearInfo("metersPerUnit")


def turned_root(stage):
    UsdGeom.Xformable(stage.GetDefaultPrim()).AddRotateXOp().Set(-90.0)


def second_root(stage):
    UsdGeom.Xform.Define(stage, "/Other")


def no_default_prim(stage):
    stage.ClearDefaultPrim()


def other_rate(stage):
    stage.SetFramesPerSecond(30)


def starts_late(stage):
    stage.SetStartTimeCode(1)


def between_frames(stage):
    samples(stage, "translate", 3.5, Gf.Vec3f(0))


def lost_frame(stage):
    attribute(stage, "xformOp:translate", BALL).ClearAtTime(4)


def lost_animation(stage):
    for prim in stage.Traverse():
        for name in ("xformOp:translate", "xformOp:orient"):
            found = prim.GetAttribute(name)
            if found and found.GetTimeSamples():
                first = found.Get()
                found.Clear()
                found.Set(first)


def one_body_frozen(stage):
    for name in ("xformOp:translate", "xformOp:orient"):
        found = attribute(stage, name, BALL)
        first = found.Get()
        found.Clear()
        found.Set(first)


def no_pose_at_rest(stage):
    attribute(stage, "xformOp:translate", BALL).ClearDefault()


def another_pose_at_rest(stage):
    attribute(stage, "xformOp:translate", BALL).Set(Gf.Vec3f(0, 9, 0))


def flipped_quaternion(stage):
    found = attribute(stage, "xformOp:orient", "/Scene/block_1")
    value = found.Get(5) or found.Get()
    for frame in range(12):
        found.Set(value if frame != 5 else -value, frame)
    found.Set(value)


def long_quaternion(stage):
    attribute(stage, "xformOp:orient", "/Scene/ground").Set(Gf.Quatf(2, Gf.Vec3f(0)))


def lost_in_space(stage):
    samples(stage, "translate", 6, Gf.Vec3f(float("nan"), 0, 0))


def a_millimetre_off(stage):
    found = attribute(stage, "xformOp:translate", BALL)
    found.Set(found.Get(6) + Gf.Vec3f(0, 1e-3, 0), 6)


def euler_angles(stage):
    op = UsdGeom.Xformable(stage.GetPrimAtPath(BALL)).AddRotateXYZOp()
    for frame in range(12):
        op.Set(Gf.Vec3f(frame), frame)


def no_size(stage):
    attribute(stage, "xformOp:scale", BALL).Set(Gf.Vec3f(0))


def point_not_finite(stage):
    points = np.array(attribute(stage, "points").Get())
    points[3, 1] = np.inf
    attribute(stage, "points").Set(points)


def corner_out_of_range(stage):
    corners = np.array(attribute(stage, "faceVertexIndices").Get())
    corners[0] = 1_000_000
    attribute(stage, "faceVertexIndices").Set(corners)


def flat_triangle(stage):
    corners = np.array(attribute(stage, "faceVertexIndices").Get())
    corners[1] = corners[0]
    attribute(stage, "faceVertexIndices").Set(corners)


def inside_out(stage):
    corners = np.array(attribute(stage, "faceVertexIndices").Get()).reshape(-1, 3)
    attribute(stage, "faceVertexIndices").Set(corners[:, ::-1].ravel())


def left_handed(stage):
    attribute(stage, "orientation").Set("leftHanded")


def smoothed(stage):
    attribute(stage, "subdivisionScheme").Set("catmullClark")


def wrong_extent(stage):
    attribute(stage, "extent").Set([(0, 0, 0), (9, 9, 9)])


def too_few_normals(stage):
    attribute(stage, "normals").Set(np.array(attribute(stage, "normals").Get())[:-1])


def long_normals(stage):
    attribute(stage, "normals").Set(2 * np.array(attribute(stage, "normals").Get()))


def naked(stage):
    UsdShade.MaterialBindingAPI(stage.GetPrimAtPath(MESH)).UnbindDirectBinding()


def no_coordinates(stage):
    stage.GetPrimAtPath(GROUND).RemoveProperty("primvars:st")


def other_shader(stage):
    surface(stage).GetIdAttr().Set("arnold:standard_surface")


def unseen(stage):
    surface(stage).GetInput("opacity").Set(0.0)


def rough_beyond_one(stage):
    surface(stage).GetInput("roughness").Set(7.0)


def absolute_path(stage):
    texture(stage, "ColorMap").GetInput("file").Set(Sdf.AssetPath("/home/somebody/wood.png"))


def missing_picture(stage):
    texture(stage, "ColorMap").GetInput("file").Set(Sdf.AssetPath("textures/lost.png"))


def normals_as_colours(stage):
    texture(stage, "NormalMap").GetInput("sourceColorSpace").Set("sRGB")


def normals_not_unfolded(stage):
    texture(stage, "NormalMap").GetInput("scale").Set(Gf.Vec4f(1, 1, 1, 1))


def picture_without_place(stage):
    texture(stage, "SurfaceMap").GetInput("st").ClearSources()


def lamp(stage):
    UsdLux.SphereLight.Define(stage, "/Scene/Lamp")


def scattered_points(stage):
    UsdGeom.PointInstancer.Define(stage, "/Scene/Crumbs")


def dynamic_and_sampled(stage):
    UsdPhysics.RigidBodyAPI(stage.GetPrimAtPath(BALL)).GetKinematicEnabledAttr().Set(False)


def no_collider(stage):
    stage.GetPrimAtPath(MESH).RemoveAPI(UsdPhysics.CollisionAPI)


def nested_bodies(stage):
    UsdPhysics.RigidBodyAPI.Apply(stage.GetPrimAtPath(f"{BALL}/shape"))


def weightless(stage):
    UsdPhysics.MassAPI(stage.GetPrimAtPath(BALL)).GetMassAttr().Set(-1.0)


def no_gravity(stage):
    stage.RemovePrim("/Scene/Physics")


def body_taken_away(stage):
    stage.RemovePrim("/Scene/block_2")


IN_THE_SCENE: dict[Callable[[Usd.Stage], None], str] = {
    up_axis: "up axis", centimetres: "one unit is", units_not_said: "one unit is",
    turned_root: "root must stand straight", second_root: "prims at its root",
    no_default_prim: "no default prim", other_rate: "they differ", starts_late: "time runs from",
    between_frames: "between frames", lost_frame: "needs one for each",
    lost_animation: "motion is lost", one_body_frozen: "away from the run's motion",
    no_pose_at_rest: "no default value", another_pose_at_rest: "not its first sample",
    flipped_quaternion: "quaternions' sign", long_quaternion: "length 1",
    lost_in_space: "not finite", a_millimetre_off: "away from the run's motion, frame 6",
    euler_angles: "is animated", no_size: "not above 0", point_not_finite: "not finite",
    corner_out_of_range: "not there", flat_triangle: "without an area", inside_out: "inside out",
    left_handed: "left-handed", smoothed: "subdivisionScheme", wrong_extent: "wrong extent",
    too_few_normals: "normals", long_normals: "not of length 1", naked: "wears no material",
    no_coordinates: "no texture coordinates", other_shader: "headsets draw none",
    unseen: "opacity is", rough_beyond_one: "roughness is", absolute_path: "must be relative",
    missing_picture: "not in the package", normals_as_colours: "must be raw",
    normals_not_unfolded: "lean", picture_without_place: "where on the surface",
    lamp: "SphereLight", scattered_points: "PointInstancer", dynamic_and_sampled: "kinematic",
    no_collider: "without a collider", nested_bodies: "inside of another", weightless: "weighs",
    no_gravity: "physics scenes", body_taken_away: "is missing",
}  # fmt: skip


@pytest.mark.parametrize("plant", IN_THE_SCENE, ids=lambda plant: plant.__name__)
def test_a_defect_in_the_scene_is_found(plant, whole, motion, tmp_path):
    pictures = unpacked(whole, tmp_path)
    stage = Usd.Stage.Open(str(tmp_path / "scene.usdc"))
    plant(stage)
    stage.GetRootLayer().Save()
    path = tmp_path / "film.usdz"
    path.write_bytes(repacked(tmp_path, pictures))
    failed = [finding.text for finding in compared(path, motion) if finding.failed]
    assert any(IN_THE_SCENE[plant] in text for text in failed), failed


def compressed(root, pictures):
    return zipped({"scene.usdc": root, **pictures}, zipfile.ZIP_DEFLATED)


def misaligned(root, pictures):
    return zipped({"scene.usdc": root, **pictures}, zipfile.ZIP_STORED)


def layer_last(root, pictures):
    name = min(pictures)
    rest = {key: value for key, value in pictures.items() if key != name}
    return package(pictures[name], rest | {"scene.usdc": root}, root_name=name)


def odd_suffix(root, pictures):
    return package(root, pictures | {"textures/sky.exr": b"exr"})


def outside(root, pictures):
    return package(root, pictures | {"../escape.png": min(pictures.values())})


def cut_off(root, pictures):
    return package(root, pictures)[:-400]


def broken_picture(root, pictures):
    return package(root, {name: data[:60] for name, data in pictures.items()})


def huge_picture(root, pictures):
    buffer = io.BytesIO()
    Image.new("L", (5000, 8)).save(buffer, "PNG")
    return package(root, pictures | {"textures/huge.png": buffer.getvalue()})


def deep_picture(root, pictures):
    buffer = io.BytesIO()
    Image.new("I;16", (8, 8)).save(buffer, "PNG")
    return package(root, pictures | {"textures/deep.png": buffer.getvalue()})


def no_scene(root, pictures):
    return package(b"no layer", pictures)


def flipped_bit(root, pictures):
    whole = bytearray(package(root, pictures))
    at = whole.index(min(pictures.values())[:32]) + 40
    whole[at] ^= 1
    return bytes(whole)


def zipped(files, kind):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


IN_THE_PACKAGE = {
    compressed: "compressed", misaligned: "multiple of 64", layer_last: "comes first",
    odd_suffix: ".exr is not allowed", outside: "no plain path", cut_off: "no zip file",
    broken_picture: "cannot be read", huge_picture: "4096", deep_picture: "mode",
    no_scene: "cannot open", flipped_bit: "cannot be read",
}  # fmt: skip


@pytest.mark.parametrize("plant", IN_THE_PACKAGE, ids=lambda plant: plant.__name__)
def test_a_defect_in_the_package_is_found(plant, whole, motion, tmp_path):
    pictures = unpacked(whole, tmp_path)
    path = tmp_path / "film.usdz"
    path.write_bytes(plant((tmp_path / "scene.usdc").read_bytes(), pictures))
    failed = [finding.text for finding in compared(path, motion) if finding.failed]
    assert any(IN_THE_PACKAGE[plant] in text for text in failed), failed


def test_a_film_in_which_nothing_moves_has_lost_nothing(motion, tmp_path):
    still = {name: np.repeat(getattr(motion, name)[:1], motion.frame_count, axis=0)
             for name in ("positions", "wxyz")}  # fmt: skip
    resting = replace(motion, **still)
    path = tmp_path / "film.usdz"
    path.write_bytes(content(Shot(stage=tiny_stage(), trajectory=resting, track=tiny_track())))
    assert compared(path, resting) == ()
    assert any("away from the run's motion" in finding.text for finding in compared(path, motion))


def test_a_file_beside_its_run_is_held_against_the_run(whole, motion, tmp_path):
    write_trajectory(tmp_path / "trajectory.npz", motion)
    path: Path = tmp_path / "export" / "film.usdz"
    path.parent.mkdir()
    path.write_bytes(whole)
    assert findings_in(path) == ()
    positions = np.array(motion.positions)
    positions[7, 0] += 0.01
    moved = {name: getattr(motion, name) for name in motion.__slots__} | {"positions": positions}
    write_trajectory(tmp_path / "trajectory.npz", Trajectory(**moved))
    assert ["frame 7" in finding.text for finding in findings_in(path)] == [True]


def test_a_file_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(RunFolderError, match="cannot be read"):
        findings_in(tmp_path / "none.usdz")
