"""All claims about a film, judged from the records alone."""

from physics.trajectory import Trajectory
from pipeline.verify.framing import judge_framing
from pipeline.verify.outcomes import judge_outcomes
from pipeline.verify.physics import judge_physics
from pipeline.verify.relations import judge_relation
from pipeline.verify.report import Claim, Report, status_of
from pipeline.verify.things import judge_colors, judge_counts
from render.camera_track import CameraTrack
from render.visibility import Visibility
from scene_builder.model.reading import Reading
from scene_builder.model.stage import Stage


def verify(
    reading: Reading,
    stage: Stage,
    trajectory: Trajectory,
    track: CameraTrack | None = None,
    visibility: Visibility | None = None,
) -> Report:
    """Judge what the words promise, what the laws of motion demand, and what can be seen.

    Args:
        reading: What the words say.
        stage: The stage as filmed.
        trajectory: How it moved.
        track: The camera; None if there is none yet.
        visibility: What could be seen; None if no frames have been rendered.
    """
    graph = reading.graph
    outcomes = list(judge_outcomes(graph, stage, trajectory, track))
    claims: list[Claim] = list(outcomes)
    for k, relation in enumerate(graph.relations):
        verdict = judge_relation(relation, graph, stage)
        claims.append(
            Claim(
                kind="relation",
                source=f"relations.{k}",
                text=verdict.text,
                status=status_of(verdict.holds),
                evidence=verdict.evidence,
                time_secs=0.0,
            )
        )
    claims += judge_counts(graph, stage, visibility)
    claims += judge_colors(stage)
    physics, figures = judge_physics(stage, trajectory)
    claims += physics
    if track is not None:
        times = [claim.time_secs for claim in outcomes if claim.time_secs is not None]
        until = max(times) if times and len(times) == len(outcomes) else None
        claims += judge_framing(stage, trajectory, track, visibility, until)
    return Report(claims=tuple(claims), figures=figures)
