"""All claims about a film, judged from the records alone."""

from collections.abc import Iterator

from physics.simulator import Simulator
from physics.trajectory import Trajectory
from pipeline.verify.claims.actions import judge_actions
from pipeline.verify.claims.camera import judge_camera
from pipeline.verify.claims.hues import ReadFrame
from pipeline.verify.claims.setting import judge_nature, judge_setting
from pipeline.verify.claims.sight import Sight
from pipeline.verify.framing import judge_framing
from pipeline.verify.outcomes import judge_outcomes
from pipeline.verify.physics import judge_physics
from pipeline.verify.relations import judge_relation
from pipeline.verify.report import Claim, Report, status_of
from pipeline.verify.things import judge_colors, judge_counts, judge_nouns, judge_variety
from render.camera_track import CameraTrack
from render.visibility import Visibility
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading
from scene_builder.model.stage import Stage


def verify(
    reading: Reading,
    stage: Stage,
    trajectory: Trajectory,
    track: CameraTrack | None = None,
    visibility: Visibility | None = None,
    simulator: Simulator | None = None,
    read_frame: ReadFrame | None = None,
    certified: Report | None = None,
) -> Report:
    """Judge what the words promise, what the laws of motion demand, and what can be seen.

    Args:
        reading: What the words say.
        stage: The stage as filmed.
        trajectory: How it moved.
        track: The camera; None if there is none yet.
        visibility: What could be seen; None if no frames have been rendered.
        simulator: Moves the stage again with half the step; None leaves that out.
        read_frame: Gives a rendered frame with its truth; None leaves out what frames show.
        certified: What `certify` said of this motion; None if it is to be certified now.

    Raises:
        DamagedError: If a frame cannot be read.
    """
    graph = reading.graph
    outcomes = list(judge_outcomes(graph, stage, trajectory, track))
    sight = _sight(stage, trajectory, track, visibility)
    claims: list[Claim] = [
        *outcomes,
        *judge_actions(graph, stage, trajectory),
        *_relations(graph, stage, trajectory, sight),
        *judge_nouns(graph, stage, sight),
        *judge_counts(graph, stage, sight),
        *judge_colors(stage, sight, read_frame),
        *judge_variety(graph, stage, sight),
        *judge_nature(graph, stage, sight),
        *judge_setting(graph, stage, sight),
    ]
    laws = certified or certify(graph, stage, trajectory, simulator)
    claims += laws.claims
    if track is not None:
        claims += judge_camera(graph, stage, trajectory, track)
        times = [claim.time_secs for claim in outcomes if claim.time_secs is not None]
        until = max(times) if times and len(times) == len(outcomes) else None
        claims += judge_framing(stage, trajectory, track, visibility, until)
    return Report(claims=tuple(claims), figures=laws.figures, certificate=laws.certificate)


def certify(
    graph: SceneGraph, stage: Stage, trajectory: Trajectory, simulator: Simulator | None = None
) -> Report:
    """Judge what the laws of motion demand: a report of that alone.

    Args:
        graph: What the words say.
        stage: The stage as filmed.
        trajectory: How it moved.
        simulator: Moves the stage again with half the step; None leaves that out.
    """
    claims, figures, certificate = judge_physics(stage, trajectory, simulator, graph)
    return Report(claims=tuple(claims), figures=figures, certificate=certificate)


def _relations(
    graph: SceneGraph, stage: Stage, trajectory: Trajectory, sight: Sight | None
) -> Iterator[Claim]:
    for k, relation in enumerate(graph.relations):
        verdict = judge_relation(relation, graph, stage, sight, trajectory)
        yield Claim(
            kind="relation",
            source=f"relations.{k}",
            text=verdict.text,
            status=status_of(verdict.holds),
            evidence=verdict.evidence,
            time_secs=verdict.time_secs,
        )


def _sight(
    stage: Stage, trajectory: Trajectory, track: CameraTrack | None, visibility: Visibility | None
) -> Sight | None:
    if track is None or visibility is None:
        return None
    return Sight(stage, trajectory, track, visibility)
