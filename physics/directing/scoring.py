"""What a take is worth, and how much of the film shows it."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from physics.outcomes import Verdict
from physics.trajectory import Trajectory
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage
from scene_builder.model.timeline import Timeline

PREVIEW_SECS = 2.5
"""Takes are searched on so much of the film after the last action begins [s]."""

PREVIEW_HZ = 240.0
"""And at so many physics steps a second, at least."""

ENDINGS = ("comes_to_rest",)
"""Outcomes that come about late."""

FOR_GOOD = ("touches", "knocks_over", "falls", "falls_off", "moves")
"""Outcomes that cannot be undone once they have come true."""

LASTS_SECS = 0.25
"""What has been true for so long is true for good [s]."""

LEAD_FRAMES = 2
"""So many frames of what is at rest are left of it: weights have to come to bear."""

IDLE_M = 5e-4
"""What moves by less is at rest [m]."""

SPREAD_SHARE = 0.01
"""A little of the mean tells apart takes that fail in the same place."""


def score_of(verdicts: Sequence[Verdict], graph: SceneGraph) -> float:
    """Return what a take is worth, −1…1: above 0 if and only if every outcome holds.

    A robust score as in signal temporal logic (Donzé & Maler 2010): of what holds the least
    margin counts, so that the safest take is the best; of what fails every shortfall counts, so
    that mending one of two misses is progress. What could not even begin, because what it comes
    after did not happen, is missed by all there is.

    Args:
        verdicts: What became of each outcome.
        graph: Whose outcomes they are.
    """
    margins = [
        -1.0 if outcome.after is not None and not verdicts[outcome.after].holds else verdict.margin
        for outcome, verdict in zip(graph.outcomes, verdicts, strict=True)
        if verdict.holds is not None
    ]
    if not margins:
        return 1.0
    if all(verdict.holds is not False for verdict in verdicts):
        return max(min(margins), 1e-6)
    short = sum(min(margin, 0.0) for margin in margins) / len(margins)
    return min(short + SPREAD_SHARE * (float(np.mean(margins)) - 1), -1e-6)


def preview_of(stage: Stage, graph: SceneGraph) -> Timeline:
    """Return the cheap stand-in that takes are searched on: short, and in coarser steps.

    What holds there has to be proved by the whole film, in its own steps.
    """
    needs_the_end = any(outcome.predicate in ENDINGS for outcome in graph.outcomes)
    timeline = stage.timeline if needs_the_end else _cut(stage)
    least = math.ceil(PREVIEW_HZ / float(timeline.fps))
    return replace(timeline, substeps=min(timeline.substeps, least))


def settled_secs(verdicts: Sequence[Verdict], graph: SceneGraph) -> float | None:
    """Return when every outcome had come true for good [s]; None if one may still be undone.

    Args:
        verdicts: What became of each outcome.
        graph: Whose outcomes they are.
    """
    latest = 0.0
    for outcome, verdict in zip(graph.outcomes, verdicts, strict=True):
        if verdict.holds is None:
            continue
        sides = max(len(graph.body_ids(outcome.subject)), len(graph.body_ids(outcome.object or "")))
        all_of_them = outcome.count is None or outcome.count >= sides
        final = outcome.predicate in FOR_GOOD and not outcome.negated
        final = final and (all_of_them or outcome.compare == "at_least")
        if not final or not verdict.holds or verdict.time_secs is None:
            return None
        latest = max(latest, verdict.time_secs)
    return latest + LASTS_SECS


def cut_at(until_secs: float, timeline: Timeline) -> Timeline:
    """Return the beginning of a film, its steps unchanged, until a time [s]."""
    frames = math.ceil(until_secs * timeline.fps) + 1
    return replace(timeline, frame_count=min(frames, timeline.frame_count))


def _cut(stage: Stage) -> Timeline:
    timeline = stage.timeline
    begins = max((action.start_secs for action in stage.actions), default=0.0)
    frames = math.ceil((begins + PREVIEW_SECS) * timeline.fps)
    return replace(timeline, frame_count=min(frames, timeline.frame_count))


def hastened(stage: Stage, secs: float) -> Stage:
    """Return a stage whose actions all begin earlier by so much [s]."""
    if secs <= 0:
        return stage
    actions = (replace(one, start_secs=one.start_secs - secs) for one in stage.actions)
    return replace(stage, actions=tuple(actions))


def idle_frames(stage: Stage, trajectory: Trajectory) -> int:
    """Return how many frames at the beginning need not be seen to know what happens.

    Nothing moves in them: everything stands where it stood, and waits for the first action.

    Args:
        stage: A stage.
        trajectory: Its motion.
    """
    begins = min((action.start_secs for action in stage.actions), default=0.0)
    frames = int(begins * stage.timeline.fps) - LEAD_FRAMES
    early = trajectory.positions[: max(frames, 0) + LEAD_FRAMES]
    if frames <= 0 or np.abs(early - early[0]).max() > IDLE_M:
        return 0
    return frames
