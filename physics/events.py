"""What happens in a motion, told in time order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from physics.observe.falling import falls, falls_off, topples
from physics.observe.finding import Finding
from physics.observe.landing import comes_to_rest, lands_in, lands_on, moves
from physics.observe.touching import bounces
from physics.observe.view import View
from physics.trajectory import Trajectory
from scene_builder.model.stage import Stage

EventKind = Literal[
    "moves", "touch", "bounces", "topples", "falls", "falls_off", "lands_on", "lands_in",
    "comes_to_rest",
]  # fmt: skip

TOUCHING_FROM_START_SECS = 0.1
"""What touches within this time stood together before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened.

    Attributes:
        kind: What.
        subject: The body it happened to.
        object: The other body that it happened with, or None.
        time_secs: When [s].
        text: A sentence that says so, with measures.
    """

    kind: EventKind
    subject: str
    object: str | None
    time_secs: float
    text: str


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
    if not toppled.holds:
        yield from _event("falls", body_id, None, falls(view, body_id, None, 0.0))
    support = view.support_at_start(body_id)
    if support is not None:
        yield from _event("falls_off", body_id, support, falls_off(view, body_id, support, 0.0))
    yield from _event("bounces", body_id, None, bounces(view, body_id, None, 0.0))
    yield from _event("comes_to_rest", body_id, None, comes_to_rest(view, body_id, None, 0.0))


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
    first = float(view.touching(a, b).time[0])
    begin = max(view.held_until(a), view.held_until(b))
    if not begin <= first <= begin + TOUCHING_FROM_START_SECS:
        text = f"{a} touches {b} at {first:.2f} s"
        yield Event(kind="touch", subject=a, object=b, time_secs=first, text=text)
    for one, other in ((a, b), (b, a)):
        if view.body(one).mobility == "dynamic":
            yield from _event("lands_on", one, other, lands_on(view, one, other, 0.0))
            if view.size(one) < view.size(other) and view.body(other).collider.shape == "hulls":
                yield from _event("lands_in", one, other, lands_in(view, one, other, 0.0))


def _event(kind: EventKind, subject: str, other: str | None, finding: Finding) -> Iterator[Event]:
    if finding.holds and finding.time_secs is not None:
        yield Event(
            kind=kind,
            subject=subject,
            object=other,
            time_secs=finding.time_secs,
            text=finding.evidence,
        )
