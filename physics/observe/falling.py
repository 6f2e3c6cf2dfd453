"""Findings about falling: topples, falls, falls off, knocks over, stays on."""

import numpy as np
from jaxtyping import Bool, Float

from physics.observe.finding import Finding, above_zero, below_zero, bounded
from physics.observe.hinging import tips
from physics.observe.sticking import sticks
from physics.observe.touching import set_going, touches
from physics.observe.view import View
from scene_builder.model.arrays import Array

TOPPLED_DEG = 45.0
"""What leans further than this has toppled."""

LASTING_SECS = 0.12
"""How long it has to lean so (or until the end)."""

FALL_SHARE = 0.5
"""What comes down by this share of its size has fallen."""

LEAST_FALL_M = 0.03
"""And by this much at least [m]."""

NEVER_ON = 0.3
"""Margin that is lost as long as nothing was ever where it should stay."""

WITHOUT_TOUCH = 0.5
"""Margin that is lost as long as nothing has touched what should be knocked over."""


def topples(view: View, subject: str, since: float) -> Finding:
    """Whether subject tips over and stays so."""
    if view.body(subject).collider.shape == "sphere":
        return Finding(
            margin=-1.0, time_secs=None, evidence=f"{subject} is round: it cannot topple"
        )
    tilt = np.rad2deg(view.tilt(subject))
    lasting = _lasting_least(tilt, round(LASTING_SECS / view.frame_secs))
    lasting[view.times < since] = 0.0
    most = float(lasting.max())
    if most > TOPPLED_DEG:
        time = float(view.times[int(np.argmax(lasting > TOPPLED_DEG))])
        return Finding(
            margin=above_zero((most - TOPPLED_DEG) / TOPPLED_DEG * 1.5),
            time_secs=time,
            evidence=f"{subject} topples at {time:.2f} s, to {most:.0f}°",
        )
    return Finding(
        margin=below_zero((most - TOPPLED_DEG) / TOPPLED_DEG),
        time_secs=None,
        evidence=f"{subject} stays upright: it leans {most:.0f}° at most",
    )


def falls(view: View, subject: str, target: str | None, since: float) -> Finding:
    """Whether subject topples, or comes down; of what stands firm, whether its part tips."""
    if target is not None:
        return falls_off(view, subject, target, since)
    tipped = tips(view, subject, since)
    if tipped is not None:
        return tipped
    toppled = topples(view, subject, since)
    height = view.height(subject)
    highest = np.maximum.accumulate(height)
    drop = np.where(view.times >= since, highest - height, 0.0)
    needed = max(FALL_SHARE * view.size(subject), LEAST_FALL_M)
    most = float(drop.max())
    if most <= needed:
        fallen = Finding(
            margin=below_zero((most - needed) / needed),
            time_secs=None,
            evidence=f"{subject} does not fall: it comes down by {most * 100:.1f} cm at most",
        )
    else:
        time = float(view.times[int(np.argmax(drop > needed))])
        fallen = Finding(
            margin=above_zero((most - needed) / needed),
            time_secs=time,
            evidence=f"{subject} comes down by {most * 100:.0f} cm from {time:.2f} s on",
        )
    return max(toppled, fallen, key=lambda finding: finding.margin)


def falls_off(view: View, subject: str, target: str | None, since: float) -> Finding:
    """Whether subject leaves its support over the edge and comes down beside it."""
    support = target or view.support_at_start(subject)
    if support is None:
        return Finding(
            margin=-1.0, time_secs=None, evidence=f"{subject} stands on nothing to fall off from"
        )
    height, top = view.height(subject), view.top(support)
    inside = view.margin_inside(subject, support)
    needed = max(view.half_width(subject), LEAST_FALL_M / 2)
    below = top - height
    was_on = np.logical_or.accumulate(view.carried(subject, support))
    fell = was_on & (below > 0) & (inside < 0) & (view.times >= since)
    if fell.any():
        frame = int(np.argmax(fell))
        time = float(view.times[frame])
        return Finding(
            margin=above_zero(float(below[fell].max()) / needed),
            time_secs=time,
            evidence=f"{subject} is over the edge of {support} and below its top at {time:.2f} s",
        )
    if not was_on.any():
        return Finding(
            margin=-1.0, time_secs=None, evidence=f"{subject} is never carried by {support}"
        )
    left = float(inside[np.argmax(was_on) :].min())
    return Finding(
        margin=below_zero(-max(left, 0.0) / view.size(support) * 2 - needed / view.size(support)),
        time_secs=None,
        evidence=f"{subject} does not fall off {support}: its centre stays "
        f"{max(left, 0.0) * 100:.1f} cm inside of the edge",
    )


def knocks_over(view: View, subject: str, target: str, since: float) -> Finding:
    """Whether target topples after subject, or what subject set going, touched it."""
    toppled = topples(view, target, since)
    if view.body(target).collider.shape == "sphere":
        toppled = falls(view, target, None, since)
    going = set_going(view, subject)
    cause = going.get(target)
    if toppled.holds and cause is not None and toppled.time_secs is not None:
        time, giver = cause
        if time <= toppled.time_secs + view.frame_secs:
            through = f"{subject}" if giver == subject else f"{giver}, which {subject} set going,"
            return Finding(
                margin=toppled.margin,
                time_secs=toppled.time_secs,
                evidence=f"{toppled.evidence}, after {through} touches it at {time:.2f} s",
            )
    if toppled.holds:
        return Finding(
            margin=-WITHOUT_TOUCH, time_secs=None,
            evidence=f"{toppled.evidence}, but {subject} has no part in it",
        )  # fmt: skip
    if cause is not None:
        return Finding(
            margin=min(toppled.margin * WITHOUT_TOUCH, -0.02), time_secs=None,
            evidence=f"{toppled.evidence}, touched at {cause[0]:.2f} s",
        )  # fmt: skip
    nearest = min(
        (touches(view, giver, target, since) for giver in going if giver != target),
        key=lambda finding: abs(finding.margin),
    )
    return Finding(
        margin=-WITHOUT_TOUCH + WITHOUT_TOUCH * min(nearest.margin, 0.0),
        time_secs=None,
        evidence=nearest.evidence if not nearest.holds else toppled.evidence,
    )


def stays_on(view: View, subject: str, target: str, since: float) -> Finding:
    """Whether target carries subject from the start (or from when it gets there) to the end.

    What is to stick to it does so: it keeps its place on it from the first touch on.
    """
    stuck = sticks(view, subject, target)
    if stuck is not None:
        return stuck
    carried = view.carried(subject, target) | (view.times < since)
    above = view.height(subject) > view.top(target) - view.half_width(subject) / 2
    if not (carried & (view.times >= since)).any():
        gap = float(view.gap(subject, target).min())
        return Finding(
            margin=-NEVER_ON + (1 - NEVER_ON) * bounded(-gap / view.size(target)), time_secs=None,
            evidence=f"{target} never carries {subject}",
        )  # fmt: skip
    first = int(np.argmax(carried & (view.times >= since)))
    inside = view.margin_inside(subject, target)[first:]
    width = max(view.half_width(subject), 1e-3)
    if carried[-1] and not _ever_leaves(carried[first:], above[first:]):
        return Finding(
            margin=above_zero(float(np.minimum(inside, 10 * width).min()) / width),
            time_secs=float(view.times[-1]),
            evidence=f"{target} carries {subject} to the end",
        )
    frame = first + int(np.argmin(carried[first:]))
    return Finding(
        margin=below_zero(float(min(inside.min(), 0.0)) / width - 0.1),
        time_secs=None,
        evidence=f"{subject} leaves {target} at {view.times[frame]:.2f} s",
    )


def _ever_leaves(carried: Bool[Array, " f"], above: Bool[Array, " f"]) -> bool:
    """Off it and below its top at any frame; a hop above it is no leaving."""
    return bool((~carried & ~above).any())


def _lasting_least(values: Float[Array, " f"], frames: int) -> Float[Array, " f"]:
    """Least value from each frame on over so many frames, or until the end."""
    padded = np.concatenate([values, np.full(max(frames, 0), np.inf)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, max(frames, 0) + 1)
    return np.asarray(windows.min(axis=1))
