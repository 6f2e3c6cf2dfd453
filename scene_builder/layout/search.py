"""Filling supports one after the other, from the ground up."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from scene_builder.layout.cues import Cue
from scene_builder.layout.forest import Parent
from scene_builder.layout.leaning.against import lean_rand
from scene_builder.layout.leaning.below import hung_below
from scene_builder.layout.leaning.fastened import fasten
from scene_builder.layout.leaning.in_vessel import stands_inside, stood_in
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.choosing import place_rand
from scene_builder.layout.solving.grouping import units_of
from scene_builder.layout.solving.holding import in_hollow, on_slope
from scene_builder.layout.solving.lanes import open_lanes
from scene_builder.layout.solving.refusals import NoPlaceError
from scene_builder.layout.solving.staging import airborne
from scene_builder.layout.solving.surfaces import (
    Surface,
    refuse_what_cannot_balance,
    refuse_what_cannot_stand,
    surfaces_of,
)
from scene_builder.layout.solving.suspension import (
    hang_on_fixture,
    hang_on_wall_rand,
    suspended_unit,
)
from scene_builder.layout.solving.units import Unit, single
from scene_builder.model.errors import LayoutError
from scene_builder.model.stage import GROUND_ID

ALOFT_STEP = 1.2
"""From one falling thing to the next above it, in heights of the upper one."""


def arrange_rand(
    rng: np.random.Generator,
    state: Arrangement,
    parents: Mapping[str, Parent],
    cues: Sequence[Cue],
    *,
    looseness: float,
) -> tuple[tuple[str, ...], ...]:
    """Place everything in `state`, and return which ids were placed as one.

    Raises:
        NoPlaceError: If something finds no place in this arrangement.
        LayoutError: If something can have no place in any.
    """
    units: list[tuple[str, ...]] = []
    # What hangs on the wall needs no place of its own.
    swings = [cue for cue in cues if cue.kind == "swing" and parents[cue.actor].kind != "wall"]
    aloft = {cue.actor for cue in cues if cue.kind in ("air", "above") and cue.targets}
    later = aloft | {name for cue in swings for name in (cue.actor, *cue.carriers)}
    # What acts by itself stands there, and is fixed to nothing.
    busy = {cue.actor for cue in cues}
    carrying = {parent.id for parent in parents.values()}
    pending, done = [GROUND_ID], set()
    while pending:
        carrier = pending.pop(0)
        done.add(carrier)
        children = [
            name
            for name, parent in parents.items()
            if parent.id == carrier and name not in later and name not in state.poses
        ]
        _hold_rand(rng, state, carrier, children, parents, cues)
        fixed = [n for n in children if parents[n].kind == "fixed" and n not in busy]
        standing = [name for name in children if parents[name].kind == "on"]
        standing += [n for n in children if parents[n].kind == "fixed" and n in busy]
        found = units_of(standing, state.items, state.ties, cues)
        if carrier in state.items:
            refuse_what_cannot_stand(found, surfaces_of(carrier, state))
            for unit in found:
                refuse_what_cannot_balance(unit, state.items[carrier])
        for unit in _in_order(found, state, cues):
            place_rand(rng, unit, surfaces_of(carrier, state), state, cues, looseness)
            units.append(unit.ids)
        for name in fixed:
            fasten(state, name, carrier)
        pending += sorted((carrying & state.poses.keys()) - done - set(pending))
    for name, parent in parents.items():
        if parent.kind == "leaning":
            lean_rand(rng, state, name, parent)
    _hang_rand(rng, state, parents, swings, looseness)
    _lift(state, cues, aloft)
    missing = [name for name in state.items if name not in state.poses]
    if missing:
        raise LayoutError(
            f"{missing[0]} is carried by {parents[missing[0]].id}, which has no place"
        )
    return tuple(units)


def _in_order(units: Sequence[Unit], state: Arrangement, cues: Sequence[Cue]) -> Iterator[Unit]:
    """Yield units: what events need first, then what relates to what stands, then large ones.

    Where there was an earlier arrangement, what stood in it comes before what is new.
    """
    waiting = list(units)
    while waiting:
        best = min(waiting, key=lambda unit: _rank(unit, state, cues))
        waiting.remove(best)
        yield best


def _rank(
    unit: Unit, state: Arrangement, cues: Sequence[Cue]
) -> tuple[bool, int, int, bool, int, float, str]:
    part, new = 3, any(name not in state.kept for name in unit.poses)
    for cue in cues:
        if cue.support in unit.poses and cue.kind in ("edge", "slope"):
            part = min(part, 0)
        elif cue.kind != "lift" and any(name in unit.poses for name in cue.targets):
            part = min(part, 1)
        elif cue.kind in ("run", "edge", "swing") and cue.actor in unit.poses:
            part = min(part, 2)
    related = any(
        (tie.subject in unit.poses and any(one in state.poses for one in tie.objects))
        or (tie.subject in state.poses and any(one in unit.poses for one in tie.objects))
        for tie in state.ties
    )
    urgency = max(state.urgency.get(name, 0) for name in unit.poses)
    waits = any(
        tie.predicate == "facing"
        and tie.subject in unit.poses
        and any(one not in state.placed and one not in unit.poses for one in tie.objects)
        for tie in state.ties
    )
    order = 0 if related else 1
    return new, part, -urgency, waits, order, -float(np.prod(unit.size)), unit.ids[0]


def _hold_rand(
    rng: np.random.Generator,
    state: Arrangement,
    carrier: str,
    children: Sequence[str],
    parents: Mapping[str, Parent],
    cues: Sequence[Cue],
) -> None:
    """Place what lies in a hollow, stands on a slope or hangs on the wall."""
    inside = [name for name in children if parents[name].kind == "inside"]
    hollow = state.items[carrier].hollow if inside else None
    if hollow is not None:
        vessel, pose = state.items[carrier], state.poses[carrier]
        things = [state.items[name] for name in inside]
        long = [one for one in things if stands_inside(one, hollow)]
        state.put(in_hollow([one for one in things if one not in long], vessel, pose))
        if long:
            state.put(stood_in(long, vessel, pose))
    elif inside:
        _shelve_rand(rng, state, carrier, inside)
    sloped = [name for name in children if parents[name].kind == "slope"]
    for k, name in enumerate(sloped):
        ramp = state.items[carrier]
        width = ramp.slope.width if ramp.slope else 0.0
        aside = width * ((k + 0.5) / len(sloped) - 0.5)
        state.put({name: on_slope(state.items[name], ramp, state.poses[carrier], aside=aside)})
        open_lanes(state, [cue for cue in cues if cue.actor == name])


def _shelve_rand(
    rng: np.random.Generator, state: Arrangement, carrier: str, inside: Sequence[str]
) -> None:
    areas = [area for area in state.items[carrier].areas if np.isfinite(area.headroom)]
    if not areas:
        raise LayoutError(
            f"{inside[0]} cannot be inside {carrier}: {state.items[carrier].entity} has no hollow; "
            "try 'on', or a box, bowl, cup, jar or shelf"
        )
    surfaces = [Surface(carrier=carrier, pose=state.poses[carrier], area=area) for area in areas]
    for name in inside:
        place_rand(rng, single(state.items[name]), surfaces, state, (), 0.0)


def _hang_rand(
    rng: np.random.Generator,
    state: Arrangement,
    parents: Mapping[str, Parent],
    swings: Sequence[Cue],
    looseness: float,
) -> None:
    for cue in swings:
        unit = suspended_unit(cue, state.items)
        above = hung_below(cue, parents[cue.actor].id, state)
        if above is not None:
            state.put(above)
            continue
        place_rand(rng, unit, surfaces_of(GROUND_ID, state), state, [cue], looseness)
    for name, parent in parents.items():
        if parent.kind == "wall":
            hang_on_wall_rand(rng, state, name)
    for name, parent in parents.items():
        if parent.kind == "hanging" and name not in state.poses and parent.id in state.poses:
            hang_on_fixture(state, name, parent.id)


def _lift(state: Arrangement, cues: Sequence[Cue], aloft: set[str]) -> None:
    for cue in cues:
        if cue.actor not in aloft:
            continue
        pose = airborne(cue, state)
        if pose is None:
            raise LayoutError(f"{cue.actor} has nothing to be over: name its target")
        fellows = [one for one in cues if one.kind == cue.kind and one.targets == cue.targets]
        step = ALOFT_STEP * state.items[cue.actor].height * np.array([0.0, 0.0, 1.0])
        # Several that come down on one thing start one above the other.
        for k in range(len(fellows) if cue.kind == "above" else 1):
            poses = {cue.actor: replace(pose, position=pose.position + k * step)}
            blocker = state.clash(poses)
            if blocker is None:
                break
        else:
            raise NoPlaceError(f"{cue.actor} cannot start in the air: {blocker} is in the way")
        state.put(poses)
