"""What happens in a motion, told in time order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from physics.observe.falling import TOPPLED_DEG, falls, falls_off, topples
from physics.observe.finding import Finding
from physics.observe.landing import REST_SECS, comes_to_rest, lands_in, lands_on, moves
from physics.observe.touching import Meeting, bounces, every_bounce, meetings
from physics.observe.view import View
from physics.trajectory import Trajectory
from scene_builder.model.stage import Stage

EventKind = Literal[
    "moves", "touch", "touches_again", "bounces", "bounces_again", "topples", "knocked_over",
    "falls", "falls_off", "lands_on", "lands_in", "comes_to_rest",
]  # fmt: skip

TOUCHING_FROM_START_SECS = 0.1
"""What touches within this time stood together before."""

STILL_SPEED, STILL_SPIN = 0.02, 0.3
"""What moves slower than this [m/s] and turns slower than this [rad/s] lies still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened.

    Attributes:
        kind: What. `touch` is the first touch of a pair, `touches_again` every later one;
            `topples` is the moment past the threshold, `knocked_over` the one at which it lies.
        subject: The body it happened to.
        object: The other body that it happened with, or None.
        time_secs: When [s].
        text: A sentence that says so, with measures.
        speed: Speed at which both came together, for touches [m/s]; else None.
        impulse: How hard, for touches [N·s]; else None.
    """

    kind: EventKind
    subject: str
    object: str | None
    time_secs: float
    text: str
    speed: float | None = None
    impulse: float | None = None


def find_events(stage: Stage, trajectory: Trajectory) -> tuple[Event, ...]:
    """Return all events of a motion in time order.

    Touches of what stood together from the start are none. What leaves the picture is not told
    here: that needs the camera.
    """
    view = View(stage, trajectory)
    movable = [body.id for body in stage.bodies if body.mobility != "static"]
    events = [event for body_id in movable for event in _of_body(view, body_id)]
    events += [event for pair in _pairs(view, movable) for event in _of_pair(view, *pair)]
    return tuple(sorted(events, key=lambda e: (e.time_secs, e.kind, e.subject, e.object or "")))


def _of_body(view: View, body_id: str) -> Iterator[Event]:
    if not (moved := moves(view, body_id, None, 0.0)).holds:
        return
    yield from _event("moves", body_id, None, moved)
    toppled = topples(view, body_id, 0.0)
    yield from _event("topples", body_id, None, toppled)
    if toppled.holds:
        yield from _knocked_over(view, body_id)
    else:
        yield from _event("falls", body_id, None, falls(view, body_id, None, 0.0))
    support = view.support_at_start(body_id)
    if support is not None:
        yield from _event("falls_off", body_id, support, falls_off(view, body_id, support, 0.0))
    yield from _bounces(view, body_id)
    yield from _event("comes_to_rest", body_id, None, comes_to_rest(view, body_id, None, 0.0))


def _knocked_over(view: View, body_id: str) -> Iterator[Event]:
    """It leans past the threshold and lies still, to the end or for a while."""
    lies = np.rad2deg(view.tilt(body_id)) > TOPPLED_DEG
    lies &= np.linalg.norm(view.velocity(body_id), axis=1) < STILL_SPEED
    lies &= np.linalg.norm(view.spin(body_id), axis=1) < STILL_SPIN
    needed, run = max(1, round(REST_SECS / view.frame_secs)), 0
    for k, value in enumerate(lies):
        run = run + 1 if value else 0
        if run == needed:
            time = float(view.times[k - needed + 1])
            text = f"{body_id} lies knocked over from {time:.2f} s on"
            yield Event(
                kind="knocked_over", subject=body_id, object=None, time_secs=time, text=text
            )
            return


def _bounces(view: View, body_id: str) -> Iterator[Event]:
    """The hardest bounce, as outcomes tell it, and every other."""
    told = list(_event("bounces", body_id, None, bounces(view, body_id, None, 0.0)))
    yield from told
    if not told:
        return
    others = [b for b in every_bounce(view, body_id) if b.time_secs != told[0].time_secs]
    for number, bounce in enumerate(others):
        yield Event(
            kind="bounces_again", subject=body_id, object=bounce.other,
            time_secs=bounce.time_secs, speed=bounce.speed,
            text=f"{body_id} bounces off {bounce.other} at {bounce.time_secs:.2f} s with "
            f"{bounce.speed:.2f} m/s ({number + 2} of {len(others) + 1})",
        )  # fmt: skip


def _pairs(view: View, movable: list[str]) -> Iterator[tuple[str, str]]:
    """Every pair that touches, once; what moves first comes first."""
    for body_id in movable:
        for other in view.partners(body_id):
            if other in movable and movable.index(other) < movable.index(body_id):
                continue
            speeds = [
                float(np.linalg.norm(view.velocity(k), axis=1).max()) for k in (body_id, other)
            ]
            yield (body_id, other) if speeds[0] >= speeds[1] else (other, body_id)


def _of_pair(view: View, a: str, b: str) -> Iterator[Event]:
    met = meetings(view, a, b)
    begin = max(view.held_until(a), view.held_until(b))
    stood = begin <= met[0].time_secs <= begin + TOUCHING_FROM_START_SECS
    for k, meeting in enumerate(met):
        if k or not stood:
            yield _touch(a, b, meeting, again=k > 0)
    for one, other in ((a, b), (b, a)):
        if view.body(one).mobility == "dynamic":
            yield from _event("lands_on", one, other, lands_on(view, one, other, 0.0))
            if view.size(one) < view.size(other) and view.body(other).collider.shape == "hulls":
                yield from _event("lands_in", one, other, lands_in(view, one, other, 0.0))


def _touch(a: str, b: str, meeting: Meeting, *, again: bool) -> Event:
    text = f"{a} touches {b}{' again' if again else ''} at {meeting.time_secs:.2f} s"
    return Event(
        kind="touches_again" if again else "touch", subject=a, object=b,
        time_secs=meeting.time_secs, speed=meeting.speed, impulse=meeting.impulse,
        text=f"{text}, with {meeting.speed:.2f} m/s ({meeting.impulse:.2g} N·s)",
    )  # fmt: skip


def _event(kind: EventKind, subject: str, other: str | None, finding: Finding) -> Iterator[Event]:
    if finding.holds and finding.time_secs is not None:
        yield Event(
            kind=kind,
            subject=subject,
            object=other,
            time_secs=finding.time_secs,
            text=finding.evidence,
        )
