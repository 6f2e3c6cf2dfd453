"""Claims are judged by what is there, and say why."""

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from physics.still import StillSimulator
from physics.trajectory import Trajectory
from pipeline.verify.diagram import diagram_svg
from pipeline.verify.framing import share_inside
from pipeline.verify.report import FAILED, HELD, NOT_JUDGED, Claim, Report
from pipeline.verify.verify import verify
from render.camera_track import CameraTrack
from render.visibility import Visibility
from scene_builder.model.graph import SceneGraph
from scene_builder.model.lens import Lens
from scene_builder.model.pose import wxyz_from_rotation
from scene_builder.model.reading import Reading
from scene_builder.model.stage import Stage


def looking_from(distance: float, *, frames: int = 12, x: float = 0.0) -> CameraTrack:
    """A camera at −Y that looks along +Y."""
    turn = wxyz_from_rotation(np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]]))
    return CameraTrack(
        positions=np.tile([x, -distance, 0.3], (frames, 1)),
        wxyz=np.tile(turn, (frames, 1)),
        lens=Lens(focal_length_mm=36.0, sensor_width_mm=36.0, size_px=(512, 288)),
    )


def seen(stage: Stage, pixels: int = 900) -> Visibility:
    frames, bodies = stage.timeline.frame_count, len(stage.bodies)
    return Visibility(
        body_ids=stage.body_ids, pixels=np.full((frames, bodies), pixels),
        box=np.zeros((frames, bodies, 4), np.int32), centroid=np.zeros((frames, bodies, 2)),
    )  # fmt: skip


def claims(report: Report, kind: str) -> list[Claim]:
    return [claim for claim in report.claims if claim.kind == kind]


@pytest.fixture
def judged(make_graph: Callable[..., SceneGraph]) -> Callable[..., Report]:
    def judge(
        stage: Stage, motion: Trajectory, track: CameraTrack | None = None,
        visibility: Visibility | None = None, **graph: Any,
    ) -> Report:  # fmt: skip
        return verify(Reading(graph=make_graph(**graph)), stage, motion, track, visibility)

    return judge


Judge = Callable[..., Report]


def test_what_is_true_is_held(judged: Judge, stage: Stage, motion: Trajectory) -> None:
    report = judged(stage, motion, looking_from(2.0), seen(stage))
    told = {claim.text: claim.status for claim in report.claims if claim.kind != "physics"}
    assert told == {
        "ball falls": HELD, "ball left of block": HELD, "1 × ball": HELD, "2 × block": HELD,
        "ball is red": HELD, "block is blue": HELD, "the camera shows ball#1": HELD,
    }  # fmt: skip
    assert all(claim.evidence for claim in report.claims)
    assert report.summary.startswith(f"{report.count(HELD)} of {len(report.claims)} claims held")


def test_what_does_not_happen_is_failed(judged: Judge, stage: Stage) -> None:
    report = judged(stage, StillSimulator().simulate(stage))
    assert claims(report, "outcome")[0].status == FAILED


def test_a_relation_that_does_not_hold_is_failed_with_names(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    wrong = [{"subject": "block", "predicate": "left_of", "object": "ball"}]
    report = judged(stage, motion, relations=wrong)
    (claim,) = claims(report, "relation")
    assert (claim.status, claim.source) == (FAILED, "relations.0")
    assert "block#1" in claim.evidence
    assert "block#2" in claim.evidence


def test_a_thing_that_is_not_there_is_not_judged(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    report = judged(
        stage, motion, relations=[{"subject": "ball", "predicate": "near", "object": "wall"}]
    )
    (claim,) = claims(report, "relation")
    assert claim.status == NOT_JUDGED
    assert "wall" in claim.evidence


def test_too_few_or_unseen_things_are_failed(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    few = [{"id": "ball", "noun": "ball"}, {"id": "block", "noun": "block", "count": 3}]
    assert claims(judged(stage, motion, entities=few), "count")[1].status == FAILED
    hidden = judged(stage, motion, looking_from(2.0), seen(stage, pixels=0))
    assert [claim.status for claim in claims(hidden, "count")] == [FAILED, FAILED]
    unknown = judged(stage, motion)
    assert [claim.status for claim in claims(unknown, "count")] == [NOT_JUDGED, NOT_JUDGED]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("red", HELD),
        ("crimson", HELD),
        ("blue", FAILED),
        ("white", FAILED),
        ("nocolor", NOT_JUDGED),
    ],
)
def test_colours_are_compared_by_hue(
    judged: Judge, stage: Stage, motion: Trajectory, asked: str, status: str
) -> None:
    ball = dataclasses.replace(stage.bodies[0], color_asked=asked)
    painted = dataclasses.replace(stage, bodies=(ball, *stage.bodies[1:]))
    assert claims(judged(painted, motion), "color")[0].status == status


def test_framing_wants_subjects_inside_large_and_seen(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    for track, pixels, status in (
        (looking_from(2.0), 900, HELD),
        (looking_from(2.0), 0, FAILED),
        (looking_from(60.0), 900, FAILED),
        (looking_from(2.0, x=2.5), 900, FAILED),
    ):
        (claim,) = claims(judged(stage, motion, track, seen(stage, pixels)), "framing")
        assert claim.status == status


def test_the_share_inside_is_that_of_the_projection(stage: Stage, motion: Trajectory) -> None:
    block = stage.body("block#1")
    low, high = 0.0, 3.0
    for _ in range(40):  # where does the picture's edge cut the block in half?
        x = (low + high) / 2
        inside = share_inside(block, 0, motion, looking_from(2.0, x=x)) > 0.5
        low, high = (x, high) if inside else (low, x)
    pixel = looking_from(2.0, x=low).pixels(0, block.pose.position + np.array([0, 0, 0.1]))
    assert abs(pixel[0]) < 25
    assert share_inside(block, 0, motion, looking_from(-2.0)) == 0.0  # it is behind the camera


@pytest.mark.parametrize(("negated", "status"), [(False, HELD), (True, FAILED)])
def test_leaving_the_picture_is_judged_by_the_camera(
    judged: Judge, stage: Stage, motion: Trajectory, negated: bool, status: str
) -> None:
    outcome = {"predicate": "leaves_frame", "subject": "ball", "negated": negated}
    away = looking_from(2.0)
    turned = CameraTrack(
        positions=away.positions + np.array([[0.6 * max(0, k - 4), 0, 0] for k in range(12)]),
        wxyz=away.wxyz, lens=away.lens,
    )  # fmt: skip
    (claim,) = claims(judged(stage, motion, turned, outcomes=[outcome]), "outcome")
    assert claim.status == status
    assert claim.time_secs is not None
    (claim,) = claims(judged(stage, motion, outcomes=[outcome]), "outcome")
    assert claim.status == NOT_JUDGED


def test_the_laws_of_motion_are_claims_with_figures(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    report = judged(stage, motion)
    assert {"physics.energy", "physics.overlap"} <= {c.source for c in claims(report, "physics")}
    assert all(figure.value is not None for figure in report.figures)


def test_a_report_comes_back_from_json(judged: Judge, stage: Stage, motion: Trajectory) -> None:
    report = judged(stage, motion, looking_from(2.0), seen(stage))
    assert Report.model_validate_json(report.model_dump_json(by_alias=True)) == report


def test_the_diagram_shows_every_thing_and_escapes_words(
    graph: SceneGraph, make_graph: Callable[..., SceneGraph]
) -> None:
    svg = diagram_svg(graph)
    assert "2 × block" in svg
    assert "left of" in svg
    entities = [{"id": "ball", "noun": "<script>"}, {"id": "block", "noun": "b"}]
    hostile = make_graph(entities=entities)
    assert "<script>" not in diagram_svg(hostile)
