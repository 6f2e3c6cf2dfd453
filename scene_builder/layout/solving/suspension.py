"""Things that hang: on chains of carriers, and on the back wall."""

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np
from jaxtyping import Float

from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item, placed_item
from scene_builder.layout.resting.lowering import way_down
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.proposals import spots_by_relation_rand
from scene_builder.layout.solving.refusals import NoPlaceError
from scene_builder.layout.solving.staging import bounding
from scene_builder.layout.solving.units import Unit, single, stack
from scene_builder.model.arrays import Array
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

BACK_M = 0.004
"""So far before the wall hangs what hangs on a hook [m]."""

RISE_SHARE, RISE_M = 0.1, (0.002, 0.02)
"""Its upper end is by this share of its height above the hook's bow, within these bounds [m]."""

PROBE_M, LIFT_M, BOW_SHARES = 0.003, 0.05, (0.08, 0.8)
"""A cube of this size is let down from so far above [m], at these shares of the depth, to find the
bow."""

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


def hang_on_fixture(state: Arrangement, name: str, fixture: str) -> None:
    """Hang a thing flat against the wall on a hook or nail there, its upper end at the bow.

    Raises:
        NoPlaceError: If something is in the way.
    """
    item = state.items[name]
    bow = _bow(state.items[fixture], state.poses[fixture])
    middle = (item.low + item.high) / 2
    rise = float(np.clip(RISE_SHARE * item.height, *RISE_M))
    poses = {
        name: Pose.at(
            float(bow[0] - middle[0]),
            state.room.wall_y - BACK_M - float(item.high[1]),
            float(bow[2]) + rise - float(item.high[2]),
        )
    }
    blocker = state.clash(poses)
    if blocker is not None:
        raise NoPlaceError(
            f"{name} cannot hang on {fixture}: {blocker} is in the way", names=(name, fixture)
        )
    state.put(poses)


def _bow(item: Item, pose: Pose) -> Float[Array, "3"]:
    """Return where things hang on a fixture (3) [m]: the lowest place of its upper side."""
    if item.matter is None:
        return pose @ ((item.low + item.high) / 2)
    solid = [pose @ (item.upright @ cloud) for cloud in item.matter.clouds]
    box = placed_item(item, pose)
    probe = PROBE_M * (np.array(list(product((0, 1), repeat=3))) - [0.5, 0.5, 0.0])
    found = []
    for share in np.linspace(*BOW_SHARES, 12):
        spot = np.array([box.center[0], box.low[1] + share * box.size[1], box.high[2] + LIFT_M])
        way = way_down([probe + spot], solid)
        if np.isfinite(way):
            found.append(spot - [0.0, 0.0, way])
    return min(found, key=lambda spot: float(spot[2])) if found else box.center


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
