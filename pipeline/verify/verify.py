"""All claims about a film, judged from the records alone."""

from collections.abc import Iterator

from physics.simulator import Simulator
from physics.trajectory import Trajectory
from pipeline.verify.claims.actions import judge_actions
from pipeline.verify.claims.camera import judge_camera
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
) -> Report:
    """Judge what the words promise, what the laws of motion demand, and what can be seen.

    Args:
        reading: What the words say.
        stage: The stage as filmed.
        trajectory: How it moved.
        track: The camera; None if there is none yet.
        visibility: What could be seen; None if no frames have been rendered.
        simulator: Moves the stage again with half the step; None leaves that out.
    """
    graph = reading.graph
    outcomes = list(judge_outcomes(graph, stage, trajectory, track))
    sight = _sight(stage, trajectory, track, visibility)
    claims: list[Claim] = [
        *outcomes,
        *judge_actions(graph, stage, trajectory),
        *_relations(graph, stage, sight),
        *judge_nouns(graph, stage, sight),
        *judge_counts(graph, stage, sight),
        *judge_colors(stage),
        *judge_variety(graph, stage),
        *judge_nature(graph, stage),
        *judge_setting(graph, stage),
    ]
    physics, figures, certificate = judge_physics(stage, trajectory, simulator, graph)
    claims += physics
    if track is not None:
        claims += judge_camera(graph, stage, trajectory, track)
        times = [claim.time_secs for claim in outcomes if claim.time_secs is not None]
        until = max(times) if times and len(times) == len(outcomes) else None
        claims += judge_framing(stage, trajectory, track, visibility, until)
    return Report(claims=tuple(claims), figures=figures, certificate=certificate)


def _relations(graph: SceneGraph, stage: Stage, sight: Sight | None) -> Iterator[Claim]:
    for k, relation in enumerate(graph.relations):
        verdict = judge_relation(relation, graph, stage, sight)
        yield Claim(
            kind="relation",
            source=f"relations.{k}",
            text=verdict.text,
            status=status_of(verdict.holds),
            evidence=verdict.evidence,
            time_secs=0.0,
        )


def _sight(
    stage: Stage, trajectory: Trajectory, track: CameraTrack | None, visibility: Visibility | None
) -> Sight | None:
    if track is None or visibility is None:
        return None
    return Sight(stage, trajectory, track, visibility)
