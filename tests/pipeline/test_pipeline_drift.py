"""What a look has done to a film is measured, and what it must not do is found."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.ndimage import binary_dilation, binary_erosion

from pipeline.cache import Site
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.pictures import picture_path, pictures_in
from pipeline.steps.mending import LEAST_STRENGTH, MOST_MENDINGS, said_of, weakened
from pipeline.steps.stylize import STYLIZE, UNFINISHED, Styled
from pipeline.verify.claims.look import judge_look
from pipeline.verify.drift import drift_of, judged_as
from pipeline.verify.drifting.bounds import BOUNDS
from pipeline.verify.drifting.measures import edge_recall, outline_offset, outlines
from render.flat import FlatRenderer
from render.shot import Shot
from render.stylize.diffusion.stylizer import DiffusionStylizer
from render.stylize.painter import PainterStylizer
from render.stylize.painting.styles import style_named
from render.stylize.plain import PlainStylizer
from render.stylize.toon import ToonStylizer
from scene_builder.model.graph import Look, SceneGraph
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
    drift = drift_of(shot, frames, pictures, replace(style_named("watercolor"), **options))
    return {figure.name: figure for figure in drift.figures}


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


@pytest.mark.parametrize("shift", [(0, 0), (2, -1)])
def test_a_drawn_line_is_found_in_its_middle_however_thick(frames, shift):
    index = 3
    mask = frames[2].body_index == index
    line = binary_dilation(mask, iterations=2) & ~binary_erosion(mask, iterations=2)
    drawn = np.full((*mask.shape, 3), 240, np.uint8)
    drawn[np.roll(line, shift, axis=(0, 1))] = 20
    found = outline_offset(drawn, frames[2], index)
    np.testing.assert_allclose(found, shift[::-1], atol=0.3)


def test_recall_of_no_edges_is_unknown(frames, plain):
    assert np.isnan(edge_recall(plain[0], np.zeros(plain[0].shape[:2], bool)))
    assert edge_recall(plain[0], outlines(frames[0])) > 0.6


def test_each_look_is_held_to_the_bounds_of_its_kind():
    assert judged_as(PlainStylizer(), Look()) is None
    assert judged_as(ToonStylizer(), Look()).kind == "flat"
    oil = judged_as(DiffusionStylizer(), Look(style="oil"))
    assert (oil.name, oil.kind, oil.keeps_colors) == ("oil", "stroke", True)
    assert not judged_as(DiffusionStylizer(style="pencil"), Look(style="oil")).keeps_colors


GRAPH = SceneGraph.model_validate(
    {
        "schema": "worldreel.scene/1",
        "entities": [{"id": "ball", "noun": "ball", "color": "red"},
                     {"id": "table", "noun": "table"}],
        "relations": [{"subject": "ball", "predicate": "left_of", "object": "table"}],
    }
)  # fmt: skip


def claims_of(shot, frames, pictures, style="watercolor"):
    stage = shot.stage
    bodies = [replace(b, entity=b.id.split("#")[0]) for b in stage.bodies]
    shot = replace(shot, stage=replace(stage, bodies=tuple(bodies)))
    drift = drift_of(shot, frames, pictures, style_named(style))
    return {claim.source: claim for claim in judge_look(GRAPH, shot.stage, drift)}


def test_picture_claims_hold_for_the_plain_picture(shot, frames, plain):
    claims = claims_of(shot, frames, plain)
    assert {"entities.0.visible", "entities.0.count", "relations.0", "ball#1.color"} <= set(claims)
    assert claims["entities.0.visible"].status == "held"
    assert claims["entities.0.count"].status == "held"
    assert claims["ball#1.color"].status == "held"
    assert not [claim for claim in claims.values() if claim.status == "failed"]


def test_a_ball_that_the_look_has_painted_over_is_missed(shot, frames, plain):
    index = shot.stage.body_ids.index("ball#1") + 1
    gone = []
    for frame, picture in zip(frames, plain, strict=True):
        other = picture.copy()
        rows, columns = np.nonzero(frame.body_index == index)
        box = np.s_[rows.min() - 4 : rows.max() + 5, columns.min() - 4 : columns.max() + 5]
        other[box] = other[rows.min() - 5, columns.min() - 5]
        gone.append(other)
    claims = claims_of(shot, frames, gone)
    assert claims["entities.0.visible"].status == "failed"
    assert claims["entities.0.count"].status == "failed"


def test_a_ball_of_another_color_fails_its_claim(shot, frames, plain):
    turned = [p[..., ::-1] for p in plain]
    assert claims_of(shot, frames, turned)["ball#1.color"].status == "failed"
    assert "ball#1.color" not in claims_of(shot, frames, turned, "pencil")


def test_only_the_body_that_drifts_is_weakened(shot, frames, plain):
    rng, index = np.random.default_rng(1), shot.stage.body_ids.index("table#1") + 1
    flicker = []
    for frame, picture in zip(frames, plain, strict=True):
        noisy = picture + rng.normal(0, 40, picture.shape)
        there = (frame.body_index == index)[..., None]
        flicker.append(np.clip(np.where(there, noisy, picture), 0, 255).astype(np.uint8))
    style = style_named("watercolor")
    drift = drift_of(shot, frames, flicker, style)
    assert not {f.name: f for f in drift.figures}["style_warp_error_1"].ok
    first = [f if f.name == "style_warp_error_1" else f.model_copy(update={"ok": True})
             for f in drift.figures]  # fmt: skip
    strengths = weakened(drift.model_copy(update={"figures": tuple(first)}), shot, {})
    assert set(strengths) == {index}
    assert LEAST_STRENGTH <= strengths[index] < 1
    lowest = dict.fromkeys(range(len(shot.stage.bodies) + 1), LEAST_STRENGTH)
    assert weakened(drift, shot, lowest) == lowest
    told = said_of(strengths, drift, shot)
    assert "table#1" in told[0]
    assert any("frame to frame" in text for text in told[1:])


class Store:
    """Frames as the step takes them."""

    identity = "some frames"

    def __init__(self, frames):
        self.frames = frames

    def __iter__(self):
        return iter(self.frames)


def stylized(folder, shot, frames, stylizer, look):
    site = Site(folder=RunFolder(folder))
    return STYLIZE.work(shot, Store(frames), look, stylizer, 3, site=site)


OIL = Look(style="oil")


def test_a_film_that_breaks_a_bound_is_painted_again_and_told(shot, frames, tmp_path):
    free = PainterStylizer(style="oil", share=0.0)  # without its history it is not steady
    done = stylized(tmp_path, shot, frames, free, OIL)
    drift = done.record.drift
    assert drift.strengths, drift.figures
    assert min(drift.strengths.values()) >= LEAST_STRENGTH
    assert "painted more weakly" in done.repairs[0]
    assert len(done.record.pictures) == FRAMES
    once = drift_of(shot, frames, painted_once(shot, frames, free), style_named("oil"))
    before, after = (
        {f.name: f for f in one.figures}["style_warp_error_1"].value for one in (once, drift)
    )
    assert after < before
    assert MOST_MENDINGS <= 2


def painted_once(shot, frames, stylizer):
    from scene_builder.model.chance import stream

    return list(stylizer.stylize(shot, iter(frames), OIL, stream(3, "stylize")))


def test_a_killed_painting_goes_on_where_it_was_and_gives_the_same_film(shot, frames, tmp_path):
    stylizer = PainterStylizer(style="papercut")
    look = Look(style="papercut")
    whole = stylized(tmp_path / "whole", shot, frames, stylizer, look).record.pictures

    class Killed(Store):
        def __iter__(self):
            yield from self.frames[:7]
            raise KeyboardInterrupt

    site = Site(folder=RunFolder(tmp_path / "killed"))
    with pytest.raises(KeyboardInterrupt):
        STYLIZE.work(shot, Killed(frames), look, stylizer, 3, site=site)
    left = sorted((tmp_path / "killed/styled").glob("frame_*.png"))
    assert 0 < len(left) < FRAMES
    times = [path.stat().st_mtime_ns for path in left]
    again = stylized(tmp_path / "killed", shot, frames, stylizer, look).record.pictures
    assert [path.stat().st_mtime_ns for path in left] == times
    for one, other in zip(whole, again, strict=True):
        assert np.abs(one.astype(int) - other).max() <= 1
    assert not (tmp_path / "killed/styled" / UNFINISHED).exists()


def test_pictures_of_another_film_are_not_taken_for_the_rest(shot, frames, plain, tmp_path):
    from pipeline.run_folder.pictures import write_picture

    write_picture(picture_path(tmp_path / "styled", 0), plain[0])
    (tmp_path / "styled" / UNFINISHED).write_text("another film\n")
    done = stylized(tmp_path, shot, frames, ToonStylizer(), Look())
    assert np.abs(next(iter(done.record.pictures)).astype(int) - plain[0]).max() > 5


def test_drift_is_kept_and_what_breaks_a_bound_is_told(shot, frames, plain, tmp_path):
    done = stylized(tmp_path, shot, frames, ToonStylizer(), Look())
    folder = RunFolder(tmp_path)
    *_, path = STYLIZE.save(folder, done.record)
    assert path.name == "drift.json"
    assert STYLIZE.load(folder).drift == done.record.drift
    assert len(done.repairs) == len(done.record.drift.broken)
    STYLIZE.save(folder, Styled(pictures_in(folder.styled)))
    assert STYLIZE.load(folder).drift is None
