"""Opening and closing: joints driven along an eased way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from scene_builder.assets.source import MovingPart
from scene_builder.build.staging.beats import lead_secs, start_of
from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.speeds import froude_of, is_stated
from scene_builder.model.stage import Joint, StageAction
from scene_builder.model.words import Verb

OPENING: frozenset[Verb] = frozenset({"open", "close"})

OPENING_SECS = 1.3
"""A door is opened in this time, where no word says how fast [s]."""

OPENED_SHARE = 0.92
"""What is opened goes so far of what its hinge allows."""

STROKES = 24
"""Even drives that make one eased one."""

REST_SHARE = 0.15
"""So much of what is left of the film is kept to see it open, or shut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One opening or closing of a whole.

    Attributes:
        verb: `open` or `close`.
        start_secs: When it begins [s].
        secs: How long it takes [s].
    """

    verb: Verb
    start_secs: float
    secs: float

    def begin_at(self, part: MovingPart) -> float:
        """Return where a part stands before [rad or m]."""
        return 0.0 if self.verb == "open" else OPENED_SHARE * float(part.upper or 0.0)

    def end_at(self, part: MovingPart) -> float:
        """Return where a part stands afterwards [rad or m]."""
        return OPENED_SHARE * float(part.upper or 0.0) if self.verb == "open" else 0.0


def courses_of(mine: Sequence[Deed], duration_secs: float) -> list[Course]:
    """Return when one individual opens and closes, in time order.

    Args:
        mine: All that it does.
        duration_secs: Of the film [s].
    """
    found: list[Course] = []
    ready = 0.0
    for deed in mine:
        if deed.verb not in OPENING:
            continue
        start = max(start_of(deed, lead_secs(duration_secs)), ready)
        pace = None if is_stated(deed.speed) else deed.speed
        wanted = OPENING_SECS / froude_of(pace) ** 0.8
        left = max(duration_secs - start, 0.2)
        secs = min(wanted, left * (1 - REST_SHARE))
        found.append(Course(verb=deed.verb, start_secs=start, secs=secs))
        ready = start + secs
    return found


def drives_of(courses: Sequence[Course], part: MovingPart, joint: Joint) -> Iterator[StageAction]:
    """Yield the drives of one joint: it is held wherever nothing moves it."""
    if part.upper is None:
        return
    ready = 0.0
    for course in courses:
        if course.start_secs > ready:
            yield _drive(joint, ready, course.start_secs - ready, 0.0, course.verb)
        way = course.end_at(part) - course.begin_at(part)
        times = np.linspace(0.0, 1.0, STROKES + 1)
        places = times**3 * (10 - 15 * times + 6 * times**2)  # least jerk (Flash and Hogan 1985)
        secs = course.secs / STROKES
        for k, step in enumerate(np.diff(places)):
            start = course.start_secs + k * secs
            yield _drive(joint, start, secs, float(step) * way / secs, course.verb)
        ready = course.start_secs + course.secs
    if courses:
        yield _drive(joint, ready, 0.0, 0.0, courses[-1].verb)


def _drive(joint: Joint, start: float, secs: float, speed: float, verb: Verb) -> StageAction:
    return StageAction(
        kind="drive_joint", body=joint.child, joint=joint.id, start_secs=start,
        duration_secs=secs, linear=np.array([speed, 0.0, 0.0]), verb=verb,
    )  # fmt: skip
