"""The checker of .blend files finds every defect that is planted."""

from dataclasses import replace

import numpy as np
import pytest

from physics.trajectory import Trajectory
from pipeline.export.blend_checking import compared
from render.blender.blend_reading import BlendFilm, read_blend
from render.shot import Shot
from scene_builder.model.errors import RunFolderError
from scene_builder.model.pose import rotation_from_wxyz
from tests.pipeline.conftest import tiny_stage, tiny_track

SHEET = np.random.default_rng(1).normal(size=(12, 5, 3)).astype(np.float32)


@pytest.fixture(scope="module")
def shot(motion: Trajectory) -> Shot:
    present = np.array(motion.present)
    present[:5, motion.index("block#2")] = False
    bent = replace(motion, present=present, deform={"block#1": SHEET})
    return Shot(stage=tiny_stage(), trajectory=bent, track=tiny_track())


@pytest.fixture
def film(shot: Shot) -> BlendFilm:
    """What Blender would tell of a whole file."""
    motion, track = shot.trajectory, shot.track
    bodies = np.tile(np.eye(4), (motion.frame_count, len(motion.body_ids), 1, 1))
    bodies[..., :3, :3] = rotation_from_wxyz(motion.wxyz)
    bodies[..., :3, 3] = motion.positions
    camera = np.tile(np.eye(4), (motion.frame_count, 1, 1))
    camera[:, :3, :3], camera[:, :3, 3] = rotation_from_wxyz(track.wxyz), track.positions
    frames = np.array([0, 6, 11])
    return BlendFilm(
        fps=12.0, frames=(0, 11), body_ids=motion.body_ids, world_from_body=bodies,
        shown=motion.present, world_from_camera=camera, bent_frames=frames,
        bent={"block#1": SHEET[frames]}, loose_pictures=(), falling=np.zeros(12, int),
    )  # fmt: skip


def moved(poses, *place, by=0.001):
    changed = np.array(poses)
    changed[place] += by
    return changed


def _bodies(film: BlendFilm, *place, by=0.001):
    return {"world_from_body": moved(film.world_from_body, *place, by=by)}


def _camera(film: BlendFilm, *place):
    return {"world_from_camera": moved(film.world_from_camera, *place)}


def _cloth(forms):
    return {"bent": {"block#1": forms}}


def _without_first(film: BlendFilm):
    rest = {"world_from_body": film.world_from_body[:, 1:], "shown": film.shown[:, 1:]}
    return rest | {"body_ids": film.body_ids[1:]}


DEFECTS = {
    "a picture outside": (lambda f: {"loose_pictures": ("wood.png",)}, "'wood.png'"),
    "not a number": (lambda f: _bodies(f, 3, 0, 0, 3, by=np.nan), "not finite"),
    "frames from 1": (lambda f: {"frames": (1, 12)}, "frames 1 to 12"),
    "another rate": (lambda f: {"fps": 24.0}, "frames a second"),
    "a body less": (_without_first, "is missing"),
    "a body elsewhere": (lambda f: _bodies(f, 7, 0, 0, 3), "at frame 7"),
    "a body turned": (lambda f: _bodies(f, 4, 0, 0, 1), "turned otherwise"),
    "a piece before its time": (lambda f: {"shown": np.ones_like(f.shown)}, "at frame 0"),
    "a camera elsewhere": (lambda f: _camera(f, 9, 2, 3), "the camera is"),
    "a camera turned": (lambda f: _camera(f, 9, 2, 1), "the camera is turned"),
    "stiff cloth": (lambda f: {"bent": {}}, "has no forms"),
    "cloth of fewer vertices": (lambda f: _cloth(f.bent["block#1"][:, 1:]), "4 vertices"),
    "cloth elsewhere": (lambda f: _cloth(moved(f.bent["block#1"], 1, 2, 0)), "a vertex is"),
}


def test_a_whole_file_has_no_findings(film: BlendFilm, shot: Shot) -> None:
    assert compared(film, shot) == ()
    assert [finding.failed for finding in compared(film, None)] == [False]


@pytest.mark.parametrize("name", DEFECTS)
def test_every_planted_defect_is_found(name: str, film: BlendFilm, shot: Shot) -> None:
    plant, said = DEFECTS[name]
    failed = [f.text for f in compared(replace(film, **plant(film)), shot) if f.failed]
    assert any(said in text for text in failed), failed


def test_a_wet_film_that_is_dry_is_found(film: BlendFilm, shot: Shot) -> None:
    place = replace(shot.stage.environment, weather="rain", indoor=False)
    wet = replace(shot, stage=replace(shot.stage, environment=place))
    assert ["rain" in finding.text for finding in compared(film, wet)] == [True]
    assert compared(replace(film, falling=np.arange(12)), wet) == ()


@pytest.mark.bpy
@pytest.mark.slow
def test_what_blender_cannot_open_is_one_line(tmp_path) -> None:
    path = tmp_path / "film.blend"
    path.write_bytes(b"BLENDER? no")
    with pytest.raises(RunFolderError, match="cannot be opened as a film"):
        read_blend(path)
