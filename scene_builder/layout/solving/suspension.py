"""Things that hang: a chain of carriers above, and what it may touch at its lowest point."""

from collections.abc import Mapping

import numpy as np

from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item
from scene_builder.layout.solving.arrangement import Arrangement
from scene_builder.layout.solving.staging import bounding
from scene_builder.layout.solving.units import Unit, stack

FREE_M = 0.02
"""Least height of a hanging thing over what is below [m]."""

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
        return cue.height
    box = bounding(known)
    actor = state.items[cue.actor]
    wanted = float(box.low[2]) + HIT_SHARE * float(box.size[2]) - actor.height / 2
    return float(np.maximum(wanted, float(box.low[2]) + FREE_M))
