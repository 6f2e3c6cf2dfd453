"""Findings about touches: touches, avoids, bounces, and what set what going."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from physics.observe.finding import Finding, above_zero, below_zero
from physics.observe.springing import recoils, springs_on
from physics.observe.view import View
from scene_builder.model.arrays import Array

FIRM_SPEED = 0.1
"""A touch is firm if it changes the lighter body's velocity by this much [m/s]."""

EPISODE_SECS = 0.05
"""Touches that follow each other within this time are one."""

REBOUND_SPEED = 0.15
"""What leaves a surface slower than this [m/s] has not visibly bounced."""

STIRRED_SPEED = 0.03
"""A body that a touch left slower than this [m/s, or rad/s] was not set going by it."""

STIRRED_SECS = 0.25
"""How soon after a touch what it set going must be seen to move [s]."""


PAUSE_SECS = 0.08
"""What was apart for at least this long, and touches again, meets anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two bodies that come together.

    Attributes:
        time_secs: When [s].
        speed: How fast they came together, along the touch's normal, 0 or above [m/s].
        impulse: How hard, over the first moment of it [N·s].
    """

    time_secs: float
    speed: float
    impulse: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A body that comes off a surface.

    Attributes:
        other: Of what.
        time_secs: When [s].
        speed: How fast it leaves [m/s].
    """

    other: str
    time_secs: float
    speed: float


def meetings(view: View, a: str, b: str) -> list[Meeting]:
    """Return every time at which two bodies come together, having been apart."""
    touching = view.touching(a, b)
    starts = np.flatnonzero(np.diff(touching.time, prepend=-np.inf) > PAUSE_SECS)
    found = []
    for start in starts:
        first = float(touching.time[start])
        episode = (touching.time >= first) & (touching.time <= first + EPISODE_SECS)
        before = max(int(np.searchsorted(view.times, first, side="left")) - 1, 0)
        approach = -float(_relative(view, a, b, before, first) @ touching.normal[start])
        found.append(
            Meeting(
                time_secs=first,
                speed=max(approach, 0.0),
                impulse=float(touching.impulse[episode].sum()),
            )
        )
    return found


def every_bounce(view: View, subject: str, since: float = 0.0) -> list[Bounce]:
    """Return all bounces of a body that one can see, in time order."""
    found = [
        Bounce(other=other, time_secs=time, speed=speed)
        for other in sprung_off(view, subject)
        for time, speed in rebounds(view, subject, other, since)
        if speed > REBOUND_SPEED
    ]
    return sorted(found, key=lambda bounce: (bounce.time_secs, bounce.other))


def touches(view: View, subject: str, target: str, since: float) -> Finding:
    """Whether subject and target touch with force."""
    touching = view.touching(subject, target).since(since)
    if len(touching.time) == 0:
        gap = view.gap(subject, target)
        nearest = int(np.argmin(gap))
        return Finding(
            margin=below_zero(-float(gap[nearest]) / view.size(target)),
            time_secs=None,
            evidence=f"{subject} never touches {target}: about {gap[nearest] * 100:.1f} cm "
            f"are left at {view.times[nearest]:.2f} s",
        )
    first = float(touching.time[0])
    episode = touching.time <= first + EPISODE_SECS
    impulse = float(touching.impulse[episode].sum())
    lighter = min(view.body(b).mass_kg for b in (subject, target))
    return Finding(
        margin=above_zero(impulse / lighter / FIRM_SPEED / 2),
        time_secs=first,
        evidence=f"{subject} touches {target} at {first:.2f} s ({impulse:.2g} N·s)",
    )


def avoids(view: View, subject: str, target: str, since: float) -> Finding:
    """Whether subject keeps clear of target."""
    touched = touches(view, subject, target, since)
    if touched.holds:
        return touched.opposite()
    gap = view.gap(subject, target)[view.times >= since]
    return Finding(
        margin=above_zero(float(gap.min(initial=np.inf)) / view.size(target)),
        time_secs=float(view.times[-1]),
        evidence=f"{subject} keeps clear of {target}",
    )


def bounces(view: View, subject: str, target: str | None, since: float) -> Finding:
    """Whether subject comes off a surface at a speed one can see."""
    best: tuple[float, float, str] = (0.0, 0.0, "")
    for other in (target,) if target else sprung_off(view, subject):
        for time, speed in rebounds(view, subject, other, since):
            if speed > best[0]:
                best = (speed, time, other)
    speed, time, other = best
    if speed > REBOUND_SPEED:
        return Finding(
            margin=above_zero((speed - REBOUND_SPEED) / 0.5),
            time_secs=time,
            evidence=f"{subject} bounces off {other} at {time:.2f} s with {speed:.2f} m/s",
        )
    where = f" off {target}" if target else ""
    return Finding(
        margin=below_zero((speed - REBOUND_SPEED) / REBOUND_SPEED),
        time_secs=None,
        evidence=f"{subject} does not bounce{where}: it comes back with {speed:.2f} m/s at most",
    )


def sprung_off(view: View, subject: str) -> tuple[str, ...]:
    """Return all that a body may bounce off: what it touches, and springs that it hangs on."""
    return (*view.partners(subject), *springs_on(view, subject))


def rebounds(view: View, a: str, b: str, since: float) -> list[tuple[float, float]]:
    """Times [s] and separating speeds [m/s] of every touch that reversed an approach.

    Frames are far apart, so velocities are carried to the touch with gravity.
    """
    touching = view.touching(a, b).since(since)
    if len(touching.time) == 0:
        return recoils(view, a, b, since)
    starts = np.flatnonzero(np.diff(touching.time, prepend=-np.inf) > EPISODE_SECS)
    ends = np.append(starts[1:] - 1, len(touching.time) - 1)
    found = []
    for start, end in zip(starts, ends, strict=True):
        first, last = float(touching.time[start]), float(touching.time[end])
        before = int(np.searchsorted(view.times, first, side="left")) - 1
        after = int(np.searchsorted(view.times, last, side="right"))
        if before < 0 or after >= len(view.times):
            continue
        normal = touching.normal[start]
        approach = -float(_relative(view, a, b, before, first) @ normal)
        leaving = float(_relative(view, a, b, after, last) @ normal)
        if approach > REBOUND_SPEED and leaving > 0:
            found.append((first, leaving))
    return found


def _relative(view: View, a: str, b: str, frame: int, time: float) -> Float[Array, "3"]:
    """Velocity of a against b at a time near a frame, if both flew from one to the other."""
    total = np.zeros(3)
    for body_id, sign in ((a, 1.0), (b, -1.0)):
        velocity = view.velocity(body_id)[frame]
        if view.body(body_id).mobility == "dynamic":
            velocity = velocity + view.stage.gravity * (time - view.times[frame])
        total += sign * velocity
    return total


def set_going(view: View, starter: str) -> dict[str, tuple[float, str]]:
    """Follow what a body sets going, from touch to touch, as dominoes do.

    Returns:
        For each body that moved because of `starter`: when it was touched [s], and by whom.
    """
    contacts = view.trajectory.contacts
    ids = view.trajectory.body_ids
    movable = {b.id for b in view.stage.bodies if b.mobility == "dynamic"}
    going: dict[str, tuple[float, str]] = {starter: (0.0, starter)}
    for row in np.argsort(contacts.time, kind="stable"):
        pair = ids[contacts.a[row]], ids[contacts.b[row]]
        for giver, taker in (pair, pair[::-1]):
            if giver in going and taker not in going and taker in movable:
                time = float(contacts.time[row])
                if _stirs(view, giver, time) and _stirs(view, taker, time):
                    going[taker] = (time, giver)
    return going


def _stirs(view: View, body_id: str, time: float) -> bool:
    window = (view.times >= time - view.frame_secs) & (view.times <= time + STIRRED_SECS)
    speed = np.linalg.norm(view.velocity(body_id)[window], axis=1)
    spin = np.linalg.norm(view.spin(body_id)[window], axis=1)
    return bool((speed > STIRRED_SPEED).any() or (spin > STIRRED_SPEED).any())
