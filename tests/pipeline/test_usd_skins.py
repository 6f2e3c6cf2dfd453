"""Bodies that bend go into a USDZ as skins that follow the motion."""

import numpy as np
import pytest

pytest.importorskip("pxr")

from pxr import Gf, Usd, UsdSkel, Vt

from physics.trajectory import Trajectory
from pipeline.export.usd import skinning
from pipeline.export.usd.checking.checker import compared
from pipeline.export.usd.scene import Setting
from pipeline.export.usd.skinning import fit_skin, skinned
from render.shot import Shot
from scene_builder.model.errors import EncodeError
from tests.pipeline.conftest import tiny_stage, tiny_track
from tests.pipeline.usd_scenes import content, repacked, unpacked

BALL = "/Scene/ball_1"
BENDING = f"{BALL}/skeleton/bending"


def strip(count=24):
    """A strip of paper in the plane z = 0, 1 m long (v 3)."""
    x, y = np.meshgrid(np.linspace(-0.5, 0.5, count), np.linspace(-0.1, 0.1, 6), indexing="ij")
    return np.stack([x, y, 0 * x], axis=-1).reshape(-1, 3)


def folded(rest, frames=10):
    """The strip as it is folded about its middle, softly (f v 3)."""
    share = np.clip((rest[:, 0] + 0.1) / 0.2, 0, 1)
    moved = []
    for angle in np.linspace(0, 1.2, frames):
        turn = np.array([[np.cos(angle), 0, -np.sin(angle)], [0, 1, 0],
                         [np.sin(angle), 0, np.cos(angle)]])  # fmt: skip
        moved.append((1 - share)[:, None] * rest + share[:, None] * (rest @ turn.T) + angle)
    return np.array(moved)


def bent(motion, amount=0.3):
    """The motion, in which the ball is squashed and swings back."""
    rest = motion.pose(0, "ball#1") @ np.asarray(tiny_stage().body("ball#1").mesh.vertices, float)
    middle = rest.mean(axis=0)
    away = motion.positions[:, motion.index("ball#1")] - motion.positions[0, 0]
    swing = amount * np.sin(np.linspace(0, 6, motion.frame_count))
    squash = np.stack([1 + swing / 2, 1 + swing / 2, 1 - swing], axis=-1)
    frames = (rest - middle) * squash[:, None] + middle + away[:, None]
    fields = {name: getattr(motion, name) for name in motion.__slots__}
    return Trajectory(**fields | {"deform": {"ball#1": frames.astype(np.float32)}})


@pytest.fixture(scope="module")
def soft(motion):
    return bent(motion)


@pytest.fixture(scope="module")
def usdz(soft):
    return content(Shot(stage=tiny_stage(), trajectory=soft, track=tiny_track()))


def test_what_moves_as_one_needs_one_bone():
    rest = strip()
    skin = fit_skin(rest, np.stack([rest[:, [1, 2, 0]] + k for k in range(4)]), joints=1)
    assert skin.worst_m < 1e-9
    np.testing.assert_allclose(np.linalg.det(skin.rotations), 1)


def test_a_fold_is_found_again():
    rest = strip()
    frames = folded(rest)
    skin = fit_skin(rest, frames, joints=8)
    assert skin.worst_m < 0.0005
    assert (skin.weight >= 0).all()
    np.testing.assert_allclose(skin.weight.sum(axis=1), 1)
    assert skin.joint.shape[1] <= 4
    shifts = skin.places - np.einsum("fjab,jb->fja", skin.rotations, skin.centers)
    again = skinned(rest, skin.rotations, shifts, skin.joint, skin.weight)
    assert np.linalg.norm(again - frames, axis=-1).max() == pytest.approx(skin.worst_m, abs=1e-6)
    assert skin.worst_m < 0.05 * fit_skin(rest, frames, joints=1).worst_m


def test_the_vertex_that_is_farthest_off_counts_most(monkeypatch):
    """A sheet with a dent that hardly moves a mean: the dent is what one would see."""
    x, y = (axis.ravel() for axis in np.meshgrid(np.linspace(0, 1, 24), np.linspace(0, 1, 24)))
    rest = np.stack([x, y, np.zeros_like(x)], 1)
    dent = np.exp(-((x - 0.3) ** 2 + (y - 0.6) ** 2) / 0.01)
    waves = 0.05 * np.sin(9 * x + np.arange(6)[:, None])
    frames = np.tile(rest, (6, 1, 1))
    frames[..., 2] = waves + 0.03 * np.arange(6)[:, None] * dent
    careful = fit_skin(rest, frames, joints=16).worst_m
    monkeypatch.setattr(skinning, "_URGE", 0.0)
    monkeypatch.setattr(skinning, "_SPREAD_SHARE", 1.0)
    assert careful < 0.8 * fit_skin(rest, frames, joints=16).worst_m


@pytest.mark.parametrize("fit", [1.0, 0.4])
def test_a_skin_keeps_the_contract_and_the_motion(soft, tmp_path, fit):
    shot = Shot(stage=tiny_stage(), trajectory=soft, track=tiny_track())
    setting = Setting(scale=fit, offset_m=(0.1, -0.2, 0.0))
    path = tmp_path / "film.usdz"
    path.write_bytes(content(shot, setting))
    assert compared(path, soft) == ()
    stage = Usd.Stage.Open(str(path))
    said = stage.GetRootLayer().customLayerData["worldreel"]
    assert said["skins"] == {"ball_1": "ball#1"}
    assert 0 < said["skin_off_m"]["ball_1"] < 0.005


def test_the_same_skin_is_the_same_bytes(soft, usdz):
    assert content(Shot(stage=tiny_stage(), trajectory=soft, track=tiny_track())) == usdz


def doubled_weights(stage):
    weights = stage.GetPrimAtPath(f"{BALL}/shape/surface_0").GetAttribute(
        "primvars:skel:jointWeights"
    )
    weights.Set(Vt.FloatArray([2 * w for w in weights.Get()]))


def lost_bending(stage):
    for name in ("rotations", "translations"):
        attribute = stage.GetPrimAtPath(BENDING).GetAttribute(name)
        for time in attribute.GetTimeSamples():
            attribute.ClearAtTime(time)


def flipped_bone(stage):
    attribute = stage.GetPrimAtPath(BENDING).GetAttribute("rotations")
    turns = list(attribute.Get(5))
    turns[0] = -turns[0]
    attribute.Set(Vt.QuatfArray(turns), 5)


def bone_astray(stage):
    attribute = stage.GetPrimAtPath(BENDING).GetAttribute("translations")
    places = list(attribute.Get(5))
    places[0] += Gf.Vec3f(0.1, 0, 0)
    attribute.Set(Vt.Vec3fArray(places), 5)


def skin_taken_away(stage):
    stage.RemovePrim(BALL)


def too_many_bones(stage):
    UsdSkel.Skeleton.Get(stage, f"{BALL}/skeleton").GetJointsAttr().Set(
        Vt.TokenArray([f"bone_{k}" for k in range(70)])
    )


DEFECTS = {
    doubled_weights: "do not sum to 1", lost_bending: "no samples", flipped_bone: "sign",
    bone_astray: "off the run's motion", skin_taken_away: "is missing", too_many_bones: "70 bones",
}  # fmt: skip


@pytest.mark.parametrize("plant", DEFECTS, ids=lambda plant: plant.__name__)
def test_a_defect_of_a_skin_is_found(plant, usdz, soft, tmp_path):
    pictures = unpacked(usdz, tmp_path)
    stage = Usd.Stage.Open(str(tmp_path / "scene.usdc"))
    plant(stage)
    stage.GetRootLayer().Save()
    path = tmp_path / "film.usdz"
    path.write_bytes(repacked(tmp_path, pictures))
    failed = [finding.text for finding in compared(path, soft) if finding.failed]
    assert any(DEFECTS[plant] in text for text in failed), failed


def test_a_motion_that_no_skin_follows_is_refused(soft):
    rng = np.random.default_rng(1)
    frames = np.array(soft.deform["ball#1"])
    frames += rng.normal(0, 0.05, frames.shape).astype(np.float32)
    fields = {name: getattr(soft, name) for name in soft.__slots__}
    wild = Trajectory(**fields | {"deform": {"ball#1": frames}})
    with pytest.raises(EncodeError, match="bends more than a skin can follow"):
        content(Shot(stage=tiny_stage(), trajectory=wild, track=tiny_track()))
