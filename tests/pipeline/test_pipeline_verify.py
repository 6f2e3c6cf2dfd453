"""Claims are judged by what is there, and say why."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from physics.bullet.simulator import BulletSimulator
from physics.certifying.halving import halved
from physics.still import StillSimulator
from physics.trajectory import Trajectory
from pipeline.command_line.main import main
from pipeline.manifest import Manifest, StepRecord
from pipeline.run_folder.checksums import file_record
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.motion_files import read_trajectory, write_trajectory
from pipeline.steps.verify import robustness_text
from pipeline.verify.diagram import diagram_svg
from pipeline.verify.framing import share_inside
from pipeline.verify.report import FAILED, HELD, NOT_JUDGED, Claim, NotTrueError, Report
from pipeline.verify.verify import verify
from render.camera_track import CameraTrack
from render.visibility import Visibility
from scene_builder.model.graph import SceneGraph
from scene_builder.model.lens import Lens
from scene_builder.model.pose import Pose, wxyz_from_rotation
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


def seen(stage: Stage, pixels: int = 1900) -> Visibility:
    frames, bodies = stage.timeline.frame_count, len(stage.bodies)
    return Visibility(
        body_ids=stage.body_ids, pixels=np.full((frames, bodies), pixels),
        box=np.zeros((frames, bodies, 4), np.int32),
        centroid=np.tile([[100.0 + 90 * k, 80] for k in range(bodies)], (frames, 1, 1)),
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
        "ball falls": HELD, "ball fall": HELD, "ball left of block": HELD, "ball": HELD,
        "block": HELD, "1 × ball": HELD, "2 × block": HELD, "ball is red": HELD,
        "block is blue": HELD, "gravity is earth": HELD, "the camera shows ball#1": HELD,
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


def statuses(report: Report, kind: str) -> dict[str, str]:
    return {claim.source: claim.status for claim in claims(report, kind)}


def test_a_picture_with_the_wrong_side_fails_the_relation(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    other_way = dataclasses.replace(seen(stage), centroid=seen(stage).centroid[:, ::-1])
    assert claims(judged(stage, motion, looking_from(2.0), seen(stage)), "relation")[0].status == (
        HELD
    )
    (claim,) = claims(judged(stage, motion, looking_from(2.0), other_way), "relation")
    assert claim.status == FAILED
    assert "other side" in claim.evidence


@pytest.mark.parametrize(("frames", "status"), [(1, HELD), (2, FAILED), (6, FAILED)])
def test_one_that_is_missing_in_a_tenth_of_the_frames_fails_the_count(
    judged: Judge, stage: Stage, motion: Trajectory, frames: int, status: str
) -> None:
    pixels = seen(stage).pixels.copy()
    pixels[:frames, stage.body_ids.index("block#2")] = 0
    missing = dataclasses.replace(seen(stage), pixels=pixels)
    told = claims(judged(stage, motion, looking_from(2.0), missing), "count")
    assert [claim.status for claim in told] == [HELD, status]
    assert told[1].time_secs is not None


def test_what_another_thing_hides_need_not_be_seen(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    pixels = seen(stage).pixels.copy()
    pixels[4:, stage.body_ids.index("block#2")] = 0
    hidden = dataclasses.replace(seen(stage), pixels=pixels)
    ahead = dataclasses.replace(
        stage.body("block#1"), id="screen", entity=None, pose=Pose.at(0.2, -0.6, 0.0)
    )
    with_screen = dataclasses.replace(stage, bodies=(*stage.bodies, ahead))
    still = StillSimulator().simulate(with_screen)
    wide = Visibility(
        body_ids=with_screen.body_ids, pixels=np.pad(hidden.pixels, ((0, 0), (0, 1))),
        box=np.pad(hidden.box, ((0, 0), (0, 1), (0, 0))),
        centroid=np.pad(hidden.centroid, ((0, 0), (0, 1), (0, 0))),
    )  # fmt: skip
    low = looking_from(2.0)
    assert claims(judged(with_screen, still, low, wide), "count")[1].status == HELD
    assert claims(judged(stage, motion, low, hidden), "count")[1].status == FAILED


def test_what_acts_has_to_be_large_enough_and_itself(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    tiny = judged(stage, motion, looking_from(2.0), seen(stage, pixels=900))
    assert [claim.status for claim in claims(tiny, "noun")] == [FAILED, HELD]  # the ball acts
    credit = dataclasses.replace(stage.bodies[0].asset, fallback=True)
    stand_in = dataclasses.replace(stage.bodies[0], asset=credit)
    other = dataclasses.replace(stage, bodies=(stand_in, *stage.bodies[1:]))
    assert claims(judged(other, motion), "noun")[0].status == FAILED


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ({"verb": "fall"}, HELD), ({"verb": "drop", "direction": "down"}, HELD),
        ({"verb": "roll"}, FAILED), ({"verb": "stay"}, FAILED), ({"verb": "melt"}, NOT_JUDGED),
        ({"verb": "fall", "direction": "up"}, FAILED), ({"verb": "throw"}, HELD),
        ({"verb": "spin"}, FAILED), ({"verb": "push", "direction": "left"}, FAILED),
    ],
)  # fmt: skip
def test_actions_are_judged_by_the_motion(
    judged: Judge, stage: Stage, motion: Trajectory, action: dict[str, str], status: str
) -> None:
    report = judged(stage, motion, actions=[{"actor": "ball", **action}])
    assert claims(report, "action")[0].status == status


def test_stated_speeds_and_heights_are_measured(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    actions = [
        {"actor": "ball", "verb": "fall", "height_m": 0.6},
        {"actor": "ball", "verb": "fall", "height_m": 1.5},
        {"actor": "ball", "verb": "throw", "speed": 5},
    ]
    told = statuses(judged(stage, motion, actions=actions), "action")
    assert told["actions.0.height_m"] == HELD
    assert told["actions.1.height_m"] == FAILED
    assert told["actions.2.speed"] == FAILED


def test_settings_and_natures_are_held_against_the_stage(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    entities = [
        {"id": "ball", "noun": "ball", "mass_kg": 0.5, "material": "rubber"},
        {"id": "block", "noun": "block", "count": 2, "size": 0.9, "material": "wood"},
    ]
    setting = {"gravity": "moon", "place": "studio", "weather": "rain"}
    report = judged(stage, motion, entities=entities, setting=setting, duration_secs=1)
    assert statuses(report, "setting") == {
        "setting.gravity": FAILED, "setting.place": HELD, "setting.weather": NOT_JUDGED,
        "duration_secs": HELD,
    }  # fmt: skip
    assert statuses(report, "nature") == {
        "entities.0.mass_kg": HELD, "entities.0.material": HELD, "entities.1.size": FAILED,
        "entities.1.material": NOT_JUDGED,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cue", "status"),
    [
        ({"angle": "eye_level"}, HELD), ({"angle": "top"}, FAILED), ({"move": "static"}, HELD),
        ({"move": "dolly_in"}, FAILED), ({"move": "orbit_left"}, FAILED), ({"shot": "wide"}, HELD),
        ({"shot": "extreme_close_up"}, FAILED), ({"move": "pan_left"}, FAILED),
    ],
)  # fmt: skip
def test_camera_words_are_held_against_the_track(
    judged: Judge, stage: Stage, motion: Trajectory, cue: dict[str, str], status: str
) -> None:
    (claim,) = claims(judged(stage, motion, looking_from(2.0), camera=[cue]), "camera")
    assert claim.status == status, claim.evidence


@pytest.mark.parametrize(
    ("move", "offset"),
    [("dolly_in", [0, 0.5, 0]), ("dolly_out", [0, -0.5, 0]), ("crane_up", [0, 0, 0.4]),
     ("crane_down", [0, 0, -0.2])],
)  # fmt: skip
def test_a_camera_that_moves_as_told_is_held(
    judged: Judge, stage: Stage, motion: Trajectory, move: str, offset: list[float]
) -> None:
    still = looking_from(2.0)
    way = np.linspace(0, 1, len(still.positions))[:, None] * np.array(offset)
    track = CameraTrack(positions=still.positions + way, wxyz=still.wxyz, lens=still.lens)
    (claim,) = claims(judged(stage, motion, track, camera=[{"move": move}]), "camera")
    assert claim.status == HELD, claim.evidence


def test_half_the_step_is_measured_where_a_simulator_is_at_hand(
    make_graph: Callable[..., SceneGraph], stage: Stage, motion: Trajectory
) -> None:
    reading = Reading(graph=make_graph())
    report = verify(reading, stage, motion, simulator=BulletSimulator())
    (claim,) = [c for c in report.claims if c.source == "physics.step_halving"]
    assert claim.status == HELD
    assert not [c for c in verify(reading, stage, motion).claims if "halving" in c.source]
    assert halved(stage, motion, BulletSimulator(), budget_secs=0).check.text.startswith(
        "not measured"
    )


def test_a_broken_law_fails_the_certificate_and_the_report(
    judged: Judge, stage: Stage, motion: Trajectory
) -> None:
    assert judged(stage, motion).certificate == HELD
    positions = motion.positions.copy()
    positions[6:, 0, 0] += 0.05
    report = judged(stage, dataclasses.replace(motion, positions=positions))
    assert report.certificate == FAILED
    assert not report.ok
    with pytest.raises(NotTrueError, match="nothing jumps"):
        report.demand()


def tampered(folder: Path) -> None:
    motion = read_trajectory(folder / "trajectory.npz")
    positions = motion.positions.copy()
    positions[6:, 0, 0] += 0.03
    write_trajectory(folder / "trajectory.npz", dataclasses.replace(motion, positions=positions))


def test_verify_judges_the_files_as_they_lie_and_fails_what_is_broken(
    finished_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = ["--renderer", "flat", "--size", "64x36"]
    assert main(["verify", str(finished_folder), *small]) == 0
    before = {p.name: p.stat().st_mtime_ns for p in finished_folder.iterdir() if p.suffix == ".npz"}
    tampered(finished_folder)
    assert main(["verify", str(finished_folder), *small]) == 1
    said = capsys.readouterr()
    assert "failed: nothing jumps" in said.out
    assert "claims failed" in said.err
    assert json.loads((finished_folder / "report.json").read_text())["certificate"] == FAILED
    page = (finished_folder / "report.html").read_text()
    assert "physics certificate" in page
    after = {p.name: p.stat().st_mtime_ns for p in finished_folder.iterdir() if p.suffix == ".npz"}
    assert {name for name in after if after[name] != before[name]} == {"trajectory.npz"}


def test_an_edited_report_is_no_proof(finished_folder: Path) -> None:
    tampered(finished_folder)
    path = finished_folder / "report.json"
    path.write_text(path.read_text().replace('"failed"', '"held"'))
    assert main(["verify", str(finished_folder), "--renderer", "flat", "--size", "64x36"]) == 1


def test_the_page_has_plots_and_thumbnails_and_stays_small(finished_folder: Path) -> None:
    page = (finished_folder / "report.html").read_text()
    assert page.count('<svg class="plot"') == 2
    assert "<title>ball#1 touches ground" in page
    assert 'class="thumb" src="data:image/jpeg' in page
    assert len(page) < 3_000_000


def test_how_robust_a_take_is_says_nothing_of_an_edited_stage(tmp_path: Path) -> None:
    file, folder = tmp_path / "stage.json", RunFolder(tmp_path)
    file.write_text("{}")
    record = StepRecord(
        key="", finished=True, files={"stage.json": file_record(file)},
        figures={"changed": 8.0, "robustness": 0.75},
    )  # fmt: skip
    directed = Manifest(steps={"direct": record})
    assert robustness_text(directed, folder) == "holds in 6 of 8 slightly changed takes"
    cut = Manifest(steps={"direct": record.model_copy(update={"finished": False})})
    assert robustness_text(cut, folder) == robustness_text(Manifest(), folder) == ""
    file.write_text("[]")
    assert robustness_text(directed, folder) == ""
