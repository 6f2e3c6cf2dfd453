"""Where what goes along the level begins: on the ground, on a table, on a slope or on stairs."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from scene_builder.build.members import Member
from scene_builder.build.staging.deeds import Deed, supports_said
from scene_builder.build.staging.speeds import THROW_WAY_M, speed_at_size
from scene_builder.build.staging.ways.headings import across_along
from scene_builder.build.staging.ways.stairs import is_flight
from scene_builder.layout.cues import Cue
from scene_builder.model.graph import SceneGraph

RUN_SECS = 0.6
"""From its start to its target an actor takes about this long [s]."""

RUN_SIZES = 4.5
"""What rolls starts at most this many of its sizes away: farther, all would be small."""

GLIDE_SIZES = 2.2
"""What slides or is pushed stops soon: it starts at most this many of its sizes away."""

TOP_SHARE = 0.6
"""What rolls off a table crosses this share of its top."""

OVER_SHARE = 0.35
"""What flies over something starts above its middle by so much of its height."""

LIFTED_M = 1.0
"""Where things fly that nobody gives a height [m]."""

FOOT_SIZES = 1.2
"""What has to be met at the foot of a slope or a flight of stairs stands so many of the actor's
sizes away from it."""

PASSING_SIZES, PASSING_M = 0.5, (0.05, 0.8)
"""What passes something leaves so many of its sizes free beside it, within these bounds [m]."""


def level_cue(graph: SceneGraph, deed: Deed, members: Mapping[str, Member], gravity: float) -> Cue:
    """Return where the actor of a deed along the level starts, and where its targets stand.

    Args:
        graph: What the words say.
        deed: It rolls, slides, is pushed, walks, runs or flies, or falls off what carries it.
        members: All individuals.
        gravity: Downward acceleration [m/s²].
    """
    actor = members[deed.actor]
    size = float(actor.item.extents.max())
    speed = speed_at_size(deed.pace, size)
    farthest = RUN_SIZES if actor.asset.rolls else GLIDE_SIZES
    way = float(np.clip(speed * RUN_SECS, min(2.0, farthest) * size, farthest * size))
    support = supports_said(graph).get(deed.actor)
    carrier = members.get(support or "")
    targets = tuple(name for name in deed.targets if name in members)
    landing = deed.landing or ""
    if deed.leaves is not None and not targets and landing in members:
        # What it falls into stands where it comes down.
        targets = (landing,)
    cue = Cue(
        kind="run",
        actor=deed.actor,
        targets=targets,
        heading_deg=deed.heading_deg,
        distance=way,
        gate=not deed.eager and not deed.passes,
        clearance=float(np.clip(PASSING_SIZES * size, *PASSING_M)) if deed.passes else 0.0,
    )
    downhill = carrier is not None and carrier.item.slope is not None
    if carrier is not None and (downhill or (deed.leaves == carrier.id and is_flight(carrier))):
        return replace(
            cue, kind="slope", support=carrier.id, reach=FOOT_SIZES * size, distance=0.0,
            clearance=0.0,
        )  # fmt: skip
    table = members.get(deed.leaves or "")
    if table is not None:
        return _off_edge(cue, deed, actor, table, members, gravity)
    if deed.verb == "fly" and not targets:
        return replace(cue, kind="lift", height=LIFTED_M)
    if deed.verb == "fly" and support is None:
        tallest = max((members[name].item.height for name in targets), default=0.0)
        height = 0.0 if deed.meets else OVER_SHARE * tallest
        return replace(cue, kind="air", distance=max(THROW_WAY_M, way), height=height)
    return cue


def _off_edge(
    cue: Cue, deed: Deed, actor: Member, table: Member, members: Mapping[str, Member],
    gravity: float,
) -> Cue:  # fmt: skip
    size = float(actor.item.extents.max())
    height = table.item.areas[0].center[2] if table.item.areas else table.item.height
    # It meets what stands below just before it lands: a bounce would carry it over.
    tops = [members[name].item.height for name in cue.targets]
    drop = max(0.3 * height, height - 0.5 * max(tops, default=0.0))
    flight = float(np.sqrt(2 * drop / gravity)) if gravity > 0 else 1.0
    reach = speed_at_size(deed.pace, size) * flight + float(actor.item.extents[:2].min()) / 2
    across = across_along(table.item.extents[:2], deed.heading_deg)
    return replace(
        cue,
        kind="edge",
        support=table.id,
        distance=TOP_SHARE * across if actor.asset.rolls else min(cue.distance, TOP_SHARE * across),
        reach=reach,
    )
