"""Things that hang: on chains of carriers, and on the back wall."""

from collections.abc import Iterator, Mapping

import numpy as np

from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.proposals import spots_by_relation_rand
from scene_builder.layout.solving.refusals import NoPlaceError
from scene_builder.layout.solving.staging import bounding
from scene_builder.layout.solving.units import Unit, single, stack
from scene_builder.model.pose import Pose

TRIES = 48
"""Places tried for one thing."""

EYE_M = 1.45
"""Height of the middle of what hangs on a wall [m]."""

LOWEST_M = 0.3
"""Least height of its lower edge [m]."""

WALL_GAP_M = 0.12
"""It hangs at least so high over what it is said to be above [m]."""

FREE_M = 0.02
"""Least height of a hanging thing over what is below [m]."""

ABOVE_M = 0.15
"""It hangs at least so high over what it is said to be above [m]."""

HIT_SHARE = 0.6
"""A pendulum's middle meets its target at this share of the target's height."""


def suspended_unit(cue: Cue, items: Mapping[str, Item]) -> Unit:
    """Return actor and carriers as one unit, each hanging from the end of the next."""
    bare = [
        Item(id=item.id, entity=item.entity, low=item.low, high=item.high, round=item.round)
        for item in (items[name] for name in (cue.actor, *reversed(cue.carriers)))
    ]
    return stack(bare)


def suspension_height(cue: Cue, unit: Unit, state: Arrangement) -> float:
    """Return the height of the unit's lowest point [m]."""
    known = [state.placed[name] for name in cue.targets if name in state.placed]
    if not known:
        over = [
            float(state.placed[one].high[2]) + ABOVE_M
            for tie in state.ties
            if tie.predicate == "above" and tie.subject == cue.actor
            for one in tie.objects
            if one in state.placed
        ]
        return max([cue.height, *over])
    box = bounding(known)
    actor = state.items[cue.actor]
    wanted = float(box.low[2]) + HIT_SHARE * float(box.size[2]) - actor.height / 2
    return float(np.maximum(wanted, float(box.low[2]) + FREE_M))


def hang_on_wall_rand(rng: np.random.Generator, state: Arrangement, name: str) -> None:
    """Place a thing on the back wall, above what its relations name.

    Raises:
        NoPlaceError: If there is no free place.
    """
    item = state.items[name]
    for x in _along_rand(rng, item, state):
        z = _height(item, state)
        poses = {name: Pose.at(x, state.room.wall_y - float(item.high[1]), z - float(item.low[2]))}
        if state.clash(poses) is None and state.broken(poses) is None:
            state.put(poses)
            return
    blame = state.broken(poses)
    raise NoPlaceError(
        f"{name} finds no place on the wall" + (f" ('{blame}' would not hold)" if blame else ""),
        names=(name,),
    )


def _along_rand(rng: np.random.Generator, item: Item, state: Arrangement) -> Iterator[float]:
    """Yield places along the wall [m]: what relations suggest, then the middle, then anywhere."""
    for x, _ in spots_by_relation_rand(rng, single(item), state, tries=TRIES):
        yield x
    for k in range(TRIES):
        yield float(rng.normal(0.0, 0.5 * (1.0 + 4.0 * k / TRIES)))


def _height(item: Item, state: Arrangement) -> float:
    below = [
        float(state.placed[one].high[2]) + WALL_GAP_M
        for tie in state.ties
        if tie.predicate == "above" and tie.subject == item.id
        for one in tie.objects
        if one in state.placed
    ]
    return float(max([EYE_M - item.height / 2, LOWEST_M, *below]))
