"""Aiming: when something was missed, how far, and which dial would make up for it?"""

from collections.abc import Iterator, Sequence

import numpy as np
from jaxtyping import Float

from physics.directing.freedoms import Dial
from physics.observe.view import View
from physics.outcomes import Verdict
from scene_builder.model.arrays import Array
from scene_builder.model.graph import SceneGraph

MEETINGS = ("touches", "knocks_over", "lands_on", "lands_in")
"""Outcomes that need two bodies to meet."""

SCATTER = 0.3
"""Aims scatter by this share of the target's size: a full hit is not always the best one."""

LEAST_WAY_M = 0.05
"""Directions are not read from shorter ways than this [m]."""


def aimed_rand(
    rng: np.random.Generator,
    view: View,
    graph: SceneGraph,
    verdicts: Sequence[Verdict],
    dials: Sequence[Dial],
    values: Float[Array, " d"],
) -> Float[Array, " d"] | None:
    """Return dial values with which a miss of a take would be mended, were nothing else to change.

    Args:
        rng: Picks the miss, the dial and the scatter.
        view: The take.
        graph: What should have happened.
        verdicts: What did.
        dials: What may be turned.
        values: How it was turned in that take.

    Returns:
        None where nothing was missed, or no dial would help.
    """
    missed = list(_misses(graph, verdicts, view))
    rng.shuffle(missed)
    for subject, target in missed:
        turns = list(_mending_rand(rng, view, subject, target, dials, values))
        if turns:
            turned = np.array(values, np.float64)
            for k, value in turns[int(rng.integers(len(turns)))].items():
                turned[k] = float(np.clip(value, dials[k].low, dials[k].high))
            return turned
    return None


def _misses(
    graph: SceneGraph, verdicts: Sequence[Verdict], view: View
) -> Iterator[tuple[str, str]]:
    for outcome, verdict in zip(graph.outcomes, verdicts, strict=True):
        wanted = outcome.predicate in MEETINGS and outcome.object and not outcome.negated
        if not wanted or verdict.holds is not False:
            continue
        for subject in graph.body_ids(outcome.subject):
            for target in graph.body_ids(outcome.object or ""):
                known = view.has(subject) and view.has(target) and subject != target
                if not known:
                    continue
                # What meets the rim has not landed inside yet.
                if outcome.predicate == "lands_in" or not len(view.touching(subject, target).time):
                    yield subject, target


def _until_they_meet(
    path: Float[Array, "f 3"], view: View, subject: str, target: str
) -> Float[Array, "n 3"]:
    """Return a path as far as both have not touched; then, what flies would fly on to the rim."""
    touched = view.touching(subject, target).time
    if len(touched) == 0:
        return path
    last = max(int(np.searchsorted(view.times, touched[0])) - 1, 0)
    place, velocity = path[last], view.velocity(subject)[last]
    gravity, above = float(np.linalg.norm(view.stage.gravity)), place[2] - view.top(target)[0]
    under_root = velocity[2] ** 2 + 2 * gravity * above
    if gravity == 0 or under_root < 0:
        return path[: last + 1]
    secs = (velocity[2] + np.sqrt(under_root)) / gravity
    rim = np.append((place + secs * velocity)[:2], view.top(target)[0])
    return np.vstack([path[: last + 1], rim])


def _mending_rand(
    rng: np.random.Generator,
    view: View,
    subject: str,
    target: str,
    dials: Sequence[Dial],
    values: Float[Array, " d"],
) -> Iterator[dict[int, float]]:
    """Ways to turn dials so that the subject's path and the target meet."""
    path, goal = view.center(subject), view.center(target)[0]
    path = _until_they_meet(path, view, subject, target)
    low_enough = path @ view.up <= view.top(target)[0] + view.half_width(subject)
    off = (path - goal)[:, :2]
    distance = np.where(low_enough, np.linalg.norm(off, axis=1), np.inf)
    nearest = int(np.argmin(distance)) if low_enough.any() else len(off) - 1
    scatter = rng.normal(0.0, SCATTER * view.half_width(target), 2)
    shift = off[nearest] + scatter
    moved: dict[float, dict[int, float]] = {}
    sent: dict[int, float] = {}
    for k, dial in enumerate(dials):
        if dial.kind in ("x", "y") and (target in dial.bodies) != (subject in dial.bodies):
            sign = 1.0 if target in dial.bodies else -1.0
            moved.setdefault(sign, {})[k] = values[k] + sign * shift["xy".index(dial.kind)]
    yield from moved.values()
    way, wanted = path[nearest, :2] - path[0, :2], goal[:2] + scatter - path[0, :2]
    lengths = float(np.linalg.norm(way)), float(np.linalg.norm(wanted))
    if min(lengths) < LEAST_WAY_M:
        return
    turn = np.arctan2(wanted[1], wanted[0]) - np.arctan2(way[1], way[0])
    turn = np.rad2deg((turn + np.pi) % (2 * np.pi) - np.pi)
    for k, dial in enumerate(dials):
        if subject in dial.bodies and dial.kind == "heading":
            sent[k] = values[k] + float(turn)
        if subject in dial.bodies and dial.kind == "speed":
            sent[k] = values[k] * lengths[1] / lengths[0]
    if sent:
        yield sent
