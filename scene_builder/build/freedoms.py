"""What the words leave open: all that a director may change."""

from collections.abc import Mapping, Sequence

import numpy as np
from jaxtyping import Float

from scene_builder.build.staging.beats import HELD, has_open_start
from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.going.acting import keeps_way
from scene_builder.build.staging.speeds import is_stated, speed_interval
from scene_builder.layout.cues import Cue
from scene_builder.layout.lay_out import Layout
from scene_builder.layout.slack import carried_by, slack_of, spread_of, turn_of
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body, Freedom

HEADING_DEG = 20.0
"""An action's direction may be turned this much either way [deg]: left stays left."""

FRICTION_SHARE = 0.2
"""Surfaces of one substance differ by about this share in their friction (as tables do)."""

RESTITUTION_SHARE = 0.15
"""Balls of one substance differ by about this share in how much of their speed a bounce keeps."""

BOUNCING = frozenset({"drop", "fall", "bounce"})
"""Verbs whose bounces one watches."""

RAISE_SHARE = (0.5, 1.0)
"""What nobody gives a height may start by this share of its height above what it falls on lower,
and by so much higher."""

LOWER_SHARE = 0.8
"""What drops to the bare ground, to bounce there, may start by this share lower."""

ROOM_BELOW_M = 0.02
"""But it stays so far above that [m]."""

STEP_SHARE = 0.6
"""Things may be displaced by about this share of their breadth."""

AIM_SHARE = 0.3
"""What falls may be displaced by this share of the breadth of what it falls on or in."""

DELAY_SHARE = 0.15
"""What the words give no time may begin later by this share of the film."""

STEPWISE = 1.1
"""What goes down stairs is at most so much faster than planned: it would fly over the steps."""

ALIKE = (1.0, 1.0)
"""The spread of what keeps its distances."""

AS_IT_IS = (0.0, 0.0)
"""The turn of what keeps its place among others."""

Box = tuple[Float[Array, "2"], str, tuple[float, float], tuple[float, float]]

LOFTED = frozenset({"throw", "launch"})
LOFTS = (0.0, 1.7)
"""What is thrown may be thrown flat or higher, by these factors on its speed upwards: fast and far
up would be over the head of what it has to hit."""

IDLE = frozenset({"stay", "stack"})

STRAIGHT = frozenset({
    "drop", "fall", "bounce", "spin", "swing", "turn", "float", "open", "close", "stay", "stack",
})  # fmt: skip
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
    met = {n for d in deeds for n in d.targets if bodies[n].collider.shape != "sphere"}
    raises = _raises(cues, acting, layout)
    freedoms = []
    for name, body in bodies.items():
        deed = acting.get(name)
        half, group, spread, turn = boxes.get(name, (np.zeros(2), "", ALIKE, AS_IT_IS))
        acts = deed is not None and deed.verb not in IDLE
        if not acts and not half.any() and spread == ALIKE:
            continue
        waits = all(
            has_open_start(one) and one.verb not in HELD for one in deeds if one.actor == name
        )
        lower, higher = raises.get(name, (0.0, 0.0))
        freedoms.append(
            Freedom(
                body=name,
                offset_low=np.append(-half, -lower),
                offset_high=np.append(half, higher),
                speed_scale=_speeds(deed),
                heading_deg=_headings(deed),
                friction=_frictions(body) if acts or name in met else None,
                restitution=_restitutions(body, deed),
                delay_secs=(0.0, DELAY_SHARE * duration_secs if waits else 0.0),
                group=group,
                spread=spread,
                turn_deg=turn,
                loft_scale=_lofts(deed),
            )
        )
    return tuple(freedoms)


def _speeds(deed: Deed | None) -> tuple[float, float]:
    if deed is None or deed.verb in ("open", "close"):  # how far it opens is no speed
        return 1.0, 1.0
    low, high = speed_interval(deed.speed, planned=deed.pace)
    return (low, min(high, STEPWISE)) if deed.downstairs else (low, high)


def _lofts(deed: Deed | None) -> tuple[float, float]:
    """A throw may be flatter or higher, unless the words give its speed."""
    free = deed is not None and deed.verb in LOFTED and not is_stated(deed.speed)
    return LOFTS if free else (1.0, 1.0)


def _headings(deed: Deed | None) -> tuple[float, float]:
    turns = deed is not None and deed.verb not in STRAIGHT and not keeps_way(deed)
    return (-HEADING_DEG, HEADING_DEG) if turns else (0.0, 0.0)


def _frictions(body: Body) -> tuple[float, float] | None:
    """Return what else the friction of that substance could be; None where nothing rubs."""
    if body.mobility != "dynamic" or body.friction <= 0:
        return None
    return body.friction * (1 - FRICTION_SHARE), body.friction * (1 + FRICTION_SHARE)


def _restitutions(body: Body, deed: Deed | None) -> tuple[float, float] | None:
    """Return what else of its speed a thing could keep in a bounce; None if none is watched."""
    if deed is None or deed.verb not in BOUNCING or body.mobility != "dynamic":
        return None
    low, high = (body.restitution * (1 + sign * RESTITUTION_SHARE) for sign in (-1, 1))
    return (low, min(high, 1.0)) if low > 0 else None


def _raises(
    cues: Sequence[Cue], acting: Mapping[str, Deed], layout: Layout
) -> dict[str, tuple[float, float]]:
    """Return how much lower and higher [m] each thing in the air may start."""
    found = {}
    for cue in cues:
        deed = acting.get(cue.actor)
        if deed is None or deed.height_m is not None:
            continue
        if cue.kind not in ("air", "above") and not (cue.kind == "lift" and deed.verb in BOUNCING):
            continue
        free = max(cue.height, layout.state.items[cue.actor].breadth)
        share = LOWER_SHARE if cue.kind == "lift" else RAISE_SHARE[0]
        lower = float(np.clip(free * share, 0.0, max(cue.height - ROOM_BELOW_M, 0.0)))
        found[cue.actor] = lower, free * RAISE_SHARE[1]
    return found


def _boxes(deeds: Sequence[Deed], cues: Sequence[Cue], layout: Layout) -> dict[str, Box]:
    """Return, for each body, half its box of displacements (2) [m], its group, spread and turn."""
    found: dict[str, Box] = {}
    involved = {
        name for deed in deeds if not keeps_way(deed)
        for name in (deed.actor, *deed.targets, deed.landing) if name
    }  # fmt: skip
    hung = {name for cue in cues if cue.kind == "swing" for name in (cue.actor, *cue.carriers)}
    for ids in layout.units:
        if not involved & set(ids) or hung & set(ids):
            continue
        names = carried_by(ids, layout)
        half = slack_of(names, layout, np.full(2, STEP_SHARE * _breadth(ids, layout)))
        group = f"with_{ids[0]}" if len(names) > 1 else ""
        spread, turn = ALIKE, AS_IT_IS
        if len(names) == len(ids):
            spread = spread_of(ids, layout, half)
            spread, turn = turn_of(ids, layout, half, spread)
        found.update(dict.fromkeys(names, (half, group, spread, turn)))
    for cue in cues:
        if cue.kind == "above" and cue.targets[0] in layout.state.items:
            below = layout.state.items[cue.targets[0]]
            widest = below.hollow.radii[-1] if below.hollow else below.breadth / 2
            found[cue.actor] = (
                np.full(2, AIM_SHARE * float(widest) / np.sqrt(2)),
                "",
                ALIKE,
                AS_IT_IS,
            )
        elif cue.kind == "air":
            breadth = layout.state.items[cue.actor].breadth
            found[cue.actor] = (np.full(2, STEP_SHARE * breadth), "", ALIKE, AS_IT_IS)
    return found


def _breadth(ids: Sequence[str], layout: Layout) -> float:
    """Return the breadth of things that stand together [m]."""
    places = np.array([layout.state.poses[name].position[:2] for name in ids])
    apart = float(np.linalg.norm(np.ptp(places, axis=0)))
    return max(layout.state.items[name].breadth for name in ids) + apart
