"""What a change changes: events and outcomes, as filmed and now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from physics.events import Event, find_events
from physics.trajectory import Trajectory
from pipeline.verify.outcomes import judge_outcomes
from pipeline.verify.report import Claim, Status
from render.camera_track import CameraTrack
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage

MOVED_M = 0.005
"""What ends nearer than this to where it did ends at the same place [m]."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Happening(_Part):
    """When something happens, and how."""

    time_secs: float
    text: str


class ComparedEvent(_Part):
    """One event in every version; None where it does not happen.

    Attributes:
        kind: What happens.
        subject: The body it happens to.
        object: The other body, or None.
        as_filmed: The event as filmed.
        now: The event in each variant.
        changed: Whether it comes, goes, or moves by more than a frame in any variant.
    """

    kind: str
    subject: str
    object: str | None
    as_filmed: Happening | None
    now: tuple[Happening | None, ...]
    changed: bool

    @property
    def text(self) -> str:
        """The event in a few words: `ball#1 lands on ground`."""
        words = {"touch": "touches"}.get(self.kind, self.kind.replace("_", " "))
        return " ".join(word for word in (self.subject, words, self.object) if word)


class Judged(_Part):
    """What became of an outcome."""

    status: Status
    time_secs: float | None
    evidence: str


class ComparedOutcome(_Part):
    """One outcome of the words, in every version."""

    text: str
    as_filmed: Judged
    now: tuple[Judged, ...]
    changed: bool


class Ending(_Part):
    """Where a body is at the film's end.

    Attributes:
        body: Which one.
        apart_m: How far from where it ended as filmed, in each variant [m].
    """

    body: str
    apart_m: tuple[float, ...]


class Version(_Part):
    """One film of the comparison.

    Attributes:
        label: What stands above its picture.
        folder: Its run folder, relative to the comparison's.
        changes: What was typed.
        notes: What followed from the changes that was not typed.
    """

    label: str
    folder: str
    changes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Comparison(_Part):
    """whatif.json: the versions, and what differs between them.

    Attributes:
        as_filmed: The run that the question was asked of.
        variants: The run with something otherwise.
        tolerance_secs: Events that move by no more than this are as before [s].
        events: Every event of any version, in time order.
        outcomes: Every outcome of the words.
        endings: Where what moves ends, against where it ended as filmed.
        notes: What should be known about the comparison itself.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )

    schema_name: Literal["worldreel.whatif/1"] = Field("worldreel.whatif/1", alias="schema")
    as_filmed: Version
    variants: tuple[Version, ...]
    tolerance_secs: float
    events: tuple[ComparedEvent, ...]
    outcomes: tuple[ComparedOutcome, ...]
    endings: tuple[Ending, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Motion:
    """A stage and how it moves; the camera, for what leaves the picture."""

    stage: Stage
    trajectory: Trajectory
    track: CameraTrack | None


def compared_events(before: Motion, after: Sequence[Motion]) -> tuple[ComparedEvent, ...]:
    """Return every event of any version, in the order in which they first happen."""
    tolerance = before.stage.timeline.frame_secs
    found = [_by_name(motion) for motion in (before, *after)]
    names = dict.fromkeys(name for events in found for name in events)
    rows = [_row(name, found, tolerance) for name in names]
    return tuple(sorted(rows, key=lambda row: (_first(row), row.kind, row.subject)))


def compared_outcomes(
    graph: SceneGraph, before: Motion, after: Sequence[Motion]
) -> tuple[ComparedOutcome, ...]:
    """Return every outcome of the words, and what became of it in each version."""
    versions = [
        list(judge_outcomes(graph, motion.stage, motion.trajectory, motion.track))
        for motion in (before, *after)
    ]
    return tuple(_outcome(claims) for claims in zip(*versions, strict=True))


def compared_endings(before: Motion, after: Sequence[Motion]) -> tuple[Ending, ...]:
    """Return where what moves ends, for bodies that end elsewhere in any version."""
    movable = [body.id for body in before.stage.bodies if body.mobility != "static"]
    endings = []
    for body in movable:
        last = before.trajectory.positions[-1, before.trajectory.index(body)]
        apart = tuple(
            round(float(np.linalg.norm(motion.trajectory.positions[-1, column] - last)), 4)
            for motion in after
            for column in [motion.trajectory.index(body)]
        )
        if max(apart) >= MOVED_M:
            endings.append(Ending(body=body, apart_m=apart))
    return tuple(endings)


_Name = tuple[str, str, str | None]


def _by_name(motion: Motion) -> dict[_Name, Event]:
    """Return events by what they are; a touch is the same whoever of the two was faster."""
    events: dict[_Name, Event] = {}
    for event in find_events(motion.stage, motion.trajectory):
        pair = (event.subject, event.object)
        if event.kind == "touch" and event.object is not None:
            pair = (min(event.subject, event.object), max(event.subject, event.object))
        events.setdefault((event.kind, *pair), event)
    return events


def _row(name: _Name, found: Sequence[dict[_Name, Event]], tolerance: float) -> ComparedEvent:
    first, *others = (events.get(name) for events in found)
    shown = next(event for event in (first, *others) if event is not None)
    return ComparedEvent(
        kind=shown.kind, subject=shown.subject, object=shown.object,
        as_filmed=_happening(first), now=tuple(_happening(event) for event in others),
        changed=any(_differ(first, event, tolerance) for event in others),
    )  # fmt: skip


def _differ(one: Event | None, other: Event | None, tolerance: float) -> bool:
    if one is None or other is None:
        return one is not other
    return abs(one.time_secs - other.time_secs) > tolerance


def _happening(event: Event | None) -> Happening | None:
    if event is None:
        return None
    return Happening(time_secs=round(event.time_secs, 4), text=event.text)


def _first(row: ComparedEvent) -> float:
    times = [event.time_secs for event in (row.as_filmed, *row.now) if event is not None]
    return row.as_filmed.time_secs if row.as_filmed else min(times)


def _outcome(claims: Sequence[Claim]) -> ComparedOutcome:
    first, *others = (
        Judged(status=claim.status, time_secs=claim.time_secs, evidence=claim.evidence)
        for claim in claims
    )
    return ComparedOutcome(
        text=claims[0].text, as_filmed=first, now=tuple(others),
        changed=any(other.status != first.status for other in others),
    )  # fmt: skip
