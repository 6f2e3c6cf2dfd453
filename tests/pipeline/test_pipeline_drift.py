"""What a look has done to a film is measured, and what it must not do is found."""

from dataclasses import replace

import numpy as np
import pytest

from pipeline.run_folder.folder import RunFolder
from pipeline.steps.drift import DRIFT
from pipeline.verify.drift import BOUNDS, Drift, drift_figures, judged_as
from pipeline.verify.drift_measures import edge_recall, outline_offset, outlines
from render.flat import FlatRenderer
from render.shot import Shot
from render.stylize.diffusion.stylizer import DiffusionStylizer
from render.stylize.plain import PlainStylizer
from render.stylize.toon import ToonStylizer
from scene_builder.model.graph import Look
from tests.render.stages import (
    ball_mesh,
    body,
    box_mesh,
    ground,
    make_motion,
    make_stage,
    make_track,
)

FRAMES = 9
SIZE_PX = (160, 96)


@pytest.fixture(scope="module")
def shot():
    red = replace(body("ball#1", ball_mesh(0.15), (0.6, 0.02, 0.02), (-0.3, -0.5, 0.74)),
                  color_asked="red")  # fmt: skip
    top = box_mesh(1.2, 0.7, 0.74)
    table = body("table#1", top, (0.3, 0.3, 0.25), (0, 0, 0), mobility="static")
    stage = make_stage([ground(), table, red], frames=FRAMES, subjects=("ball#1",))
    motion = make_motion(stage, {"ball#1": ((0.6, 0.0, 0.0), 4.0)})
    track = make_track(FRAMES, drift=0.01)
    track = replace(track, lens=replace(track.lens, size_px=SIZE_PX))
    return Shot(stage=stage, trajectory=motion, track=track)


@pytest.fixture(scope="module")
def frames(shot):
    return list(FlatRenderer().render(shot.stage, shot.trajectory, shot.track))


@pytest.fixture(scope="module")
def plain(shot, frames):
    rng = np.random.default_rng(0)
    return list(PlainStylizer().stylize(shot, frames, Look(), rng))


def measured(shot, frames, pictures, **options):
    figures = drift_figures(shot, frames, pictures, "soft", **options)
    return {figure.name: figure for figure in figures}


def test_the_plain_picture_has_not_drifted(shot, frames, plain):
    figures = measured(shot, frames, plain)
    assert {"style_warp_error_1", "style_warp_error_8", "style_color"} <= set(figures)
    assert all(figure.ok for figure in figures.values()), figures
    assert figures["style_offset"].value == 0
    assert figures["style_outlines_lost"].value == 0


def test_flicker_is_found(shot, frames, plain):
    rng = np.random.default_rng(1)
    flicker = [np.clip(p + rng.normal(0, 25, p.shape), 0, 255).astype(np.uint8) for p in plain]
    figures = measured(shot, frames, flicker)
    assert not figures["style_warp_error_1"].ok
    assert figures["style_warp_error_1"].value > 5 * BOUNDS["soft"].warp


def test_what_has_moved_is_found(shot, frames, plain):
    moved = [np.roll(p, (0, 3), axis=(0, 1)) for p in plain]
    figures = measured(shot, frames, moved)
    assert not figures["style_offset"].ok
    assert figures["style_offset"].value == pytest.approx(3, abs=0.3)


def test_a_red_ball_that_has_turned_blue_is_found(shot, frames, plain):
    turned = [p[..., ::-1] for p in plain]
    figure = measured(shot, frames, turned)["style_color"]
    assert not figure.ok
    assert "ball#1" in figure.text
    assert "style_color" not in measured(shot, frames, turned, keeps_colors=False)


def test_what_is_blurred_away_is_found(shot, frames, plain):
    flat = [np.full_like(p, 128) + (np.indices(p.shape[:2]).sum(0) % 5)[..., None].astype(np.uint8)
            for p in plain]  # fmt: skip
    figures = measured(shot, frames, flat)
    assert not figures["style_outlines_lost"].ok
    assert not figures["style_shapes_lost"].ok


def test_offsets_are_measured_in_both_directions(frames, plain):
    index = 3
    here = outline_offset(plain[2], frames[2], index)
    moved = outline_offset(np.roll(plain[2], (2, -1), axis=(0, 1)), frames[2], index)
    np.testing.assert_allclose(moved - here, [-1, 2], atol=0.2)


def test_recall_of_no_edges_is_unknown(frames, plain):
    assert np.isnan(edge_recall(plain[0], np.zeros(plain[0].shape[:2], bool)))
    assert edge_recall(plain[0], outlines(frames[0])) > 0.6


def test_each_look_is_held_to_the_bounds_of_its_kind():
    assert judged_as(PlainStylizer(), Look()) is None
    assert judged_as(ToonStylizer(), Look()).kind == "flat"
    oil = judged_as(DiffusionStylizer(), Look(style="oil"))
    assert (oil.name, oil.kind, oil.keeps_colors) == ("oil", "stroke", True)
    assert not judged_as(DiffusionStylizer(style="pencil"), Look(style="oil")).keeps_colors


def test_drift_is_kept_and_what_breaks_a_bound_is_told(shot, frames, plain, tmp_path):
    moved = [np.roll(p, (0, 3), axis=(0, 1)) for p in plain]
    toon = judged_as(ToonStylizer(), Look())
    done = DRIFT.work(shot, frames, moved, toon)
    assert any("px off" in text for text in done.repairs)
    folder = RunFolder(tmp_path)
    (path,) = DRIFT.save(folder, done.record)
    assert path.name == "drift.json"
    assert DRIFT.load(folder) == done.record
    assert isinstance(done.record, Drift)
