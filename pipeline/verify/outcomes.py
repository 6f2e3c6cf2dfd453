"""Whether what the words promise happens."""

from collections.abc import Iterator

from physics.outcomes import judge_all
from physics.trajectory import Trajectory
from pipeline.verify.framing import share_inside
from pipeline.verify.report import Claim, status_of
from render.camera_track import CameraTrack
from scene_builder.model.graph import Outcome, SceneGraph
from scene_builder.model.stage import Stage

_GONE_SHARE = 0.02
"""A body has left the picture when no more than this share of it is inside."""
_SEEN_SHARE = 0.5
_COUNT_WORDS = {"exactly": "", "at_least": "at least ", "at_most": "at most "}


def judge_outcomes(
    graph: SceneGraph, stage: Stage, trajectory: Trajectory, track: CameraTrack | None
) -> Iterator[Claim]:
    """Yield one claim for each outcome of the graph."""
    verdicts = judge_all(graph, stage, trajectory)
    for k, (outcome, verdict) in enumerate(zip(graph.outcomes, verdicts, strict=True)):
        if outcome.predicate == "leaves_frame":
            yield _leaves_frame(k, outcome, graph, stage, trajectory, track)
            continue
        yield Claim(
            kind="outcome",
            source=f"outcomes.{k}",
            text=outcome_text(outcome),
            status=status_of(verdict.holds),
            evidence=verdict.evidence,
            time_secs=verdict.time_secs,
            margin=verdict.margin,
        )


def outcome_text(outcome: Outcome) -> str:
    """Return an outcome in words."""
    count = "" if outcome.count is None else f"{_COUNT_WORDS[outcome.compare]}{outcome.count} "
    words = outcome.predicate.replace("_", " ")
    words = f"does not: {words}" if outcome.negated else words
    if outcome.object is None:
        return f"{count}{outcome.subject} {words}"
    return f"{outcome.subject} {words} {count}{outcome.object}"


def _leaves_frame(
    k: int,
    outcome: Outcome,
    graph: SceneGraph,
    stage: Stage,
    trajectory: Trajectory,
    track: CameraTrack | None,
) -> Claim:
    bodies = [body for body in graph.body_ids(outcome.subject) if body in stage.body_ids]
    holds: bool | None = None
    evidence = "the camera is not placed yet"
    times: list[float] = []
    if track is not None:
        left = {body: _left_at(stage, body, trajectory, track) for body in bodies}
        times = [time for time in left.values() if time is not None]
        wanted = len(bodies) if outcome.count is None else outcome.count
        compare = outcome.compare if outcome.count is not None else "exactly"
        holds = {
            "exactly": len(times) == wanted,
            "at_least": len(times) >= wanted,
            "at_most": len(times) <= wanted,
        }[compare] != outcome.negated
        told = [
            f"{body} at {time:.2f} s" if time is not None else f"{body} stays in the picture"
            for body, time in left.items()
        ]
        evidence = f"out of the picture for good: {', '.join(told)}"
    return Claim(
        kind="outcome", source=f"outcomes.{k}", text=outcome_text(outcome),
        status=status_of(holds), evidence=evidence, time_secs=max(times, default=None),
    )  # fmt: skip


def _left_at(
    stage: Stage, body_id: str, trajectory: Trajectory, track: CameraTrack
) -> float | None:
    """Return when a body that was seen has left the picture for good [s], or None."""
    body = stage.body(body_id)
    shares = [share_inside(body, k, trajectory, track) for k in range(trajectory.frame_count)]
    seen = [k for k, share in enumerate(shares) if share >= _SEEN_SHARE]
    inside = [k for k, share in enumerate(shares) if share > _GONE_SHARE]
    if not seen or inside[-1] == len(shares) - 1:
        return None
    return float(trajectory.times[inside[-1] + 1])
