"""Claims that are judged in the frames, and the moments at which every claim can be looked at."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from physics.trajectory import Trajectory
from pipeline.verify.claims.hues import LEAST_OWN, MOST_FRAMES, has_color, lab_of, shown_color
from pipeline.verify.claims.sight import Sight
from pipeline.verify.report import FAILED, HELD, NOT_JUDGED, Report
from pipeline.verify.things import judge_colors
from pipeline.verify.verify import verify
from render.camera_track import CameraTrack
from render.flat import FlatRenderer
from render.frames import FrameBuffers
from render.visibility import Visibility, VisibilityMeter
from scene_builder.knowledge.colors import linear_color
from scene_builder.model.graph import SceneGraph
from scene_builder.model.lens import Lens
from scene_builder.model.pose import wxyz_from_rotation
from scene_builder.model.reading import Reading
from scene_builder.model.stage import Stage

Film = tuple[list[FrameBuffers], CameraTrack, Visibility]


@pytest.fixture
def film(stage: Stage, motion: Trajectory) -> Film:
    """The tiny scene, rendered."""
    count = motion.frame_count
    turn = wxyz_from_rotation(np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]]))
    track = CameraTrack(
        positions=np.tile([0.0, -2.0, 0.3], (count, 1)), wxyz=np.tile(turn, (count, 1)),
        lens=Lens(focal_length_mm=36.0, sensor_width_mm=36.0, size_px=(96, 54)),
    )  # fmt: skip
    frames = list(FlatRenderer().render(stage, motion, track))
    meter = VisibilityMeter(stage.body_ids, count)
    for frame in frames:
        meter.add(frame)
    return frames, track, meter.result()


@pytest.fixture
def report_of(make_graph: Callable[..., SceneGraph]) -> Callable[..., Report]:
    def judge(stage: Stage, motion: Trajectory, film: Film, **graph: Any) -> Report:
        frames, track, visibility = film
        reading = Reading(graph=make_graph(**graph))
        return verify(
            reading, stage, motion, track, visibility, read_frame=lambda frame: frames[frame]
        )

    return judge


def painted(frame: FrameBuffers, index: int, color: str, share: float) -> FrameBuffers:
    """A frame in which some of a body's pixels, from the left, have another base colour."""
    albedo = frame.albedo.copy()
    rows, columns = np.nonzero(frame.body_index == index)
    order = np.argsort(columns, kind="stable")[: round(share * len(rows))]
    albedo[rows[order], columns[order]] = linear_color(color)
    return dataclasses.replace(frame, albedo=albedo)


@pytest.mark.parametrize(
    ("share", "frames", "status"),
    [(0.0, 12, HELD), (0.95 - LEAST_OWN, 12, HELD), (1.05 - LEAST_OWN, 12, FAILED),
     (1.0, 1, HELD), (1.0, 2, FAILED)],
)  # fmt: skip
def test_a_colour_has_to_be_seen_in_the_frames(
    stage: Stage, motion: Trajectory, film: Film, share: float, frames: int, status: str
) -> None:
    """The material is right all the time; what the renderer shows is not."""
    index = stage.body_ids.index("ball#1") + 1
    shown, track, visibility = film
    wrong = [painted(frame, index, "lime", share) for frame in shown[:frames]] + shown[frames:]
    sight = Sight(stage, motion, track, visibility)
    told = {claim.text: claim for claim in judge_colors(stage, sight, lambda k: wrong[k])}
    assert told["ball is red"].status == status, told["ball is red"].evidence
    assert told["block is blue"].status == HELD
    assert "frames that show it" in told["ball is red"].evidence


def test_one_of_several_with_another_colour_fails_them_all(
    stage: Stage, motion: Trajectory, film: Film
) -> None:
    shown, track, visibility = film
    index = stage.body_ids.index("block#2") + 1
    wrong = [painted(frame, index, "white", 1.0) for frame in shown]
    sight = Sight(stage, motion, track, visibility)
    blocks = [body for body in stage.bodies if body.entity == "block"]
    seen = shown_color(blocks, "blue", stage, sight, lambda k: wrong[k])
    assert (seen.holds, seen.whose, seen.least) == (False, "block#2", 0.0)


def test_a_thing_that_is_hardly_seen_is_judged_by_its_material_alone(
    stage: Stage, motion: Trajectory, film: Film
) -> None:
    _, track, visibility = film
    hidden = dataclasses.replace(visibility, pixels=np.full_like(visibility.pixels, 3))
    sight = Sight(stage, motion, track, hidden)

    def read_frame(frame: int) -> FrameBuffers:
        raise AssertionError(f"frame {frame} shows too little to be looked at")

    for claim in judge_colors(stage, sight, read_frame):
        assert claim.status == HELD
        assert "no frame shows it" in claim.evidence


def test_long_films_are_judged_by_so_many_frames(
    stage: Stage, motion: Trajectory, film: Film
) -> None:
    shown, track, visibility = film
    long = Visibility(
        body_ids=visibility.body_ids, pixels=np.tile(visibility.pixels[:1], (200, 1)),
        box=np.tile(visibility.box[:1], (200, 1, 1)),
        centroid=np.tile(visibility.centroid[:1], (200, 1, 1)),
    )  # fmt: skip
    read: list[int] = []

    def read_frame(frame: int) -> FrameBuffers:
        read.append(frame)
        return shown[0]

    sight = Sight(stage, motion, track, long)
    ball = [body for body in stage.bodies if body.entity == "ball"]
    assert shown_color(ball, "red", stage, sight, read_frame).holds
    assert (len(read), read[0], read[-1]) == (MOST_FRAMES, 0, 199)


@pytest.mark.parametrize(
    ("word", "linear", "holds"),
    [("red", (0.3, 0.02, 0.02), True), ("red", (0.02, 0.3, 0.02), False),
     ("black", (0.02, 0.02, 0.02), True), ("black", (0.6, 0.6, 0.6), False),
     ("white", (0.7, 0.7, 0.68), True), ("white", (0.6, 0.05, 0.05), False)],
)  # fmt: skip
def test_colours_are_compared_pixel_by_pixel(
    word: str, linear: tuple[float, float, float], holds: bool
) -> None:
    assert has_color(np.tile(linear, (2, 3, 1)), word).tolist() == [[holds] * 3] * 2


def test_lightness_and_hue_are_those_of_the_standard() -> None:
    """White is (100, 0, 0); sRGB's red is (53.24, 80.09, 67.20) (CIE 015:2018, IEC 61966-2-1)."""
    np.testing.assert_allclose(lab_of(np.ones(3)), [100, 0, 0], atol=1e-6)
    np.testing.assert_allclose(lab_of(np.array([1.0, 0, 0])), [53.24, 80.09, 67.20], atol=0.02)


def test_every_claim_about_what_is_seen_has_a_moment(
    report_of: Callable[..., Report], stage: Stage, motion: Trajectory, film: Film
) -> None:
    report = report_of(
        stage, motion, film, duration_secs=1, setting={"place": "studio", "gravity": "moon"},
        camera=[{"angle": "eye_level", "move": "static", "shot": "wide"}],
        entities=[{"id": "ball", "noun": "ball", "mass_kg": 0.5, "material": "rubber"},
                  {"id": "block", "noun": "block", "count": 2, "size": 0.9}],
    )  # fmt: skip
    kinds = {"color", "setting", "nature", "camera", "framing"}
    due = [claim for claim in report.claims if claim.kind in kinds]
    assert {claim.kind for claim in due} == kinds
    assert [claim.source for claim in due if claim.time_secs is None] == []
    assert np.isin(np.round([claim.time_secs for claim in due], 6), np.round(motion.times, 6)).all()


def test_the_moment_of_a_claim_is_the_one_that_shows_it(
    report_of: Callable[..., Report], stage: Stage, motion: Trajectory, film: Film
) -> None:
    frames, track, visibility = film
    pixels = visibility.pixels.copy()
    pixels[7, stage.body_ids.index("ball#1")] = 4000
    pixels[4] = 0
    staged = dataclasses.replace(visibility, pixels=pixels)
    report = report_of(
        stage, motion, (frames, track, staged), camera=[{"angle": "eye_level", "move": "static"}]
    )
    when = {claim.source: claim.time_secs for claim in report.claims}
    assert when["ball.color"] == motion.times[7]
    assert when["setting.gravity"] == motion.times[4]
    assert when["camera.0.angle"] == motion.times[motion.frame_count // 2]
    assert when["camera.0.move"] == motion.times[-1]


def test_an_unknown_colour_is_not_judged_in_frames_either(
    stage: Stage, motion: Trajectory, film: Film
) -> None:
    frames, track, visibility = film
    ball = dataclasses.replace(stage.bodies[0], color_asked="nocolor")
    odd = dataclasses.replace(stage, bodies=(ball, *stage.bodies[1:]))
    sight = Sight(odd, motion, track, visibility)
    first = next(judge_colors(odd, sight, lambda k: frames[k]))
    assert (first.status, "nocolor" in first.evidence) == (NOT_JUDGED, True)
