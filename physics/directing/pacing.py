"""Pacing: what is at rest is seen first, then what happens, then how it came to rest."""

import math
from collections.abc import Sequence
from dataclasses import replace

from physics.outcomes import Verdict
from physics.trajectory import Trajectory
from scene_builder.model.stage import Stage

LEAD_SHARE = 0.3
"""Share of the film's quiet time that comes before the event."""

LONGEST_LEAD_SECS = 1.0
"""Nobody wants to wait for longer than this [s]."""

LONGEST_HOVER_SECS = 0.2
"""What starts in mid-air hangs there for no longer than it takes to be seen [s]."""

WORTH_SECS = 0.08
"""A smaller change of the beginning is not worth another take [s]."""

AFTERMATH_SECS = 0.4
"""What an outcome sets going belongs to the event for so long [s]."""


_SETTLES_SECS = 0.05
"""Until then what stands on something has touched it [s]."""


def begins_at(stage: Stage) -> float:
    """Return when the first action begins [s]; 0 if there is none."""
    return min((action.start_secs for action in stage.actions), default=0.0)


def paced(stage: Stage, trajectory: Trajectory, verdicts: Sequence[Verdict]) -> Stage:
    """Return the stage with its actions delayed, so that the rests around the event suit.

    All actions whose start is open begin later by the same time, so that what they do to each
    other stays as it was; where the words state any start, nothing is delayed.

    Args:
        stage: The stage of a take.
        trajectory: Its motion over the whole film.
        verdicts: What became of the outcomes.

    Returns:
        The same object where no delay is wanted.
    """
    begin, end = begins_at(stage), _event_end(trajectory, verdicts)
    room = _room(stage)
    if end is None or end <= begin or room <= 0:
        return stage
    quiet = stage.timeline.duration_secs - (end - begin)
    longest = LONGEST_HOVER_SECS if _starts_aloft(stage, trajectory) else LONGEST_LEAD_SECS
    delay = min(LEAD_SHARE * quiet, longest) - begin
    # Whole frames: the delayed take then shows the same moments of the event.
    frames = math.floor(min(delay, room) / stage.timeline.frame_secs)
    delay = frames * stage.timeline.frame_secs
    if delay < WORTH_SECS:
        return stage
    later = (replace(action, start_secs=action.start_secs + delay) for action in stage.actions)
    return replace(stage, actions=tuple(later))


def _starts_aloft(stage: Stage, trajectory: Trajectory) -> bool:
    """Return whether a body that acts is neither carried nor hung when the film begins."""
    contacts, tied = (
        trajectory.contacts,
        {b for joint in stage.joints for b in (joint.parent, joint.child)},
    )
    early = contacts.time <= begins_at(stage) + _SETTLES_SECS
    carried = {*contacts.a[early].tolist(), *contacts.b[early].tolist()}
    return any(
        action.body not in tied and trajectory.index(action.body) not in carried
        for action in stage.actions
    )


def _room(stage: Stage) -> float:
    """Return the longest delay that every acting body allows [s]."""
    allowed = {freedom.body: freedom.delay_secs[1] for freedom in stage.freedoms}
    return min((allowed.get(action.body, 0.0) for action in stage.actions), default=0.0)


def _event_end(trajectory: Trajectory, verdicts: Sequence[Verdict]) -> float | None:
    """Return when the last outcome has come true and been seen [s], or None.

    Outcomes that are only true at the film's end (what stays, what avoids) have no moment.
    """
    last = float(trajectory.times[-1])
    moments = [v.time_secs for v in verdicts if v.time_secs is not None and v.time_secs < last]
    return min(max(moments) + AFTERMATH_SECS, last) if moments else None
