"""What the words leave open: all that a director may change."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float

from scene_builder.build.staging.beats import HELD, has_open_start
from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.speeds import speed_interval
from scene_builder.layout.cues import Cue
from scene_builder.layout.lay_out import Layout
from scene_builder.layout.slack import carried_by, slack_of
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body, Freedom

HEADING_DEG = 12.0
"""An action's direction may be turned this much either way [deg]."""

STEP_SHARE = 0.6
"""Things may be displaced by about this share of their breadth."""

AIM_SHARE = 0.3
"""What falls may be displaced by this share of the breadth of what it falls on or in."""

DELAY_SHARE = 0.15
"""What the words give no time may begin later by this share of the film."""

IDLE = frozenset({"stay", "stack"})

STRAIGHT = frozenset({"drop", "fall", "bounce", "spin", "swing", "turn", "float", "stay", "stack"})
"""Verbs without a heading."""


def freedoms_of(
    deeds: Sequence[Deed],
    cues: Sequence[Cue],
    layout: Layout,
    bodies: Mapping[str, Body],
    duration_secs: float,
) -> tuple[Freedom, ...]:
    """Return what may be changed about each body that acts or is acted upon.

    Args:
        deeds: All deeds.
        cues: What they needed of the arrangement.
        layout: Where everything stands.
        bodies: By id.
        duration_secs: Length of the film [s].
    """
    boxes = _boxes(deeds, cues, layout)
    acting = {deed.actor: deed for deed in reversed(deeds)}
    freedoms = []
    for name in bodies:
        deed = acting.get(name)
        half, group = boxes.get(name, (np.zeros(2), ""))
        if (deed is None or deed.verb in IDLE) and not half.any():
            continue
        waits = all(
            has_open_start(one) and one.verb not in HELD for one in deeds if one.actor == name
        )
        turns = deed is not None and deed.verb not in STRAIGHT
        freedoms.append(
            Freedom(
                body=name,
                offset_low=np.append(-half, 0.0),
                offset_high=np.append(half, 0.0),
                speed_scale=speed_interval(deed.speed) if deed is not None else (1.0, 1.0),
                heading_deg=(-HEADING_DEG, HEADING_DEG) if turns else (0.0, 0.0),
                delay_secs=(0.0, DELAY_SHARE * duration_secs if waits else 0.0),
                group=group,
            )
        )
    return tuple(freedoms)


def _boxes(
    deeds: Sequence[Deed], cues: Sequence[Cue], layout: Layout
) -> dict[str, tuple[Float[Array, "2"], str]]:
    """Return, for each body, half its box of displacements (2) [m] and its group."""
    found: dict[str, tuple[Float[Array, 2], str]] = {}
    involved = {name for deed in deeds for name in (deed.actor, *deed.targets)}
    hung = {name for cue in cues if cue.kind == "swing" for name in (cue.actor, *cue.carriers)}
    for ids in layout.units:
        if not involved & set(ids) or hung & set(ids):
            continue
        names = carried_by(ids, layout)
        breadth = max(layout.state.items[name].breadth for name in ids)
        half = slack_of(names, layout, np.full(2, STEP_SHARE * breadth))
        group = f"with_{ids[0]}" if len(names) > 1 else ""
        found.update(dict.fromkeys(names, (half, group)))
    for cue in cues:
        if cue.kind == "above" and cue.targets[0] in layout.state.items:
            below = layout.state.items[cue.targets[0]]
            widest = below.hollow.radii[-1] if below.hollow else below.breadth / 2
            found[cue.actor] = (np.full(2, AIM_SHARE * float(widest) / np.sqrt(2)), "")
        elif cue.kind == "air":
            breadth = layout.state.items[cue.actor].breadth
            found[cue.actor] = (np.full(2, STEP_SHARE * breadth), "")
    return found
