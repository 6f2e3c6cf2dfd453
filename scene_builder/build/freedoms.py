"""What the words leave open: all that a director may change."""

from collections.abc import Mapping, Sequence

import numpy as np

from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.speeds import speed_interval
from scene_builder.layout.lay_out import Layout, Problem
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Body, Freedom

HEADING_DEG = 12.0


def freedoms_of(
    graph: SceneGraph,
    deeds: Sequence[Deed],
    problem: Problem,
    layout: Layout,
    bodies: Mapping[str, Body],
) -> tuple[Freedom, ...]:
    """Return one freedom for each body that may be moved or acts."""
    freedoms = []
    for deed in deeds:
        if deed.actor not in bodies:
            continue
        turn = (
            (-HEADING_DEG, HEADING_DEG)
            if deed.verb not in ("drop", "spin", "swing")
            else (0.0, 0.0)
        )
        freedoms.append(
            Freedom(
                body=deed.actor,
                speed_scale=speed_interval(deed.speed),
                heading_deg=turn,
                offset_low=np.zeros(3),
                offset_high=np.zeros(3),
            )
        )
    return tuple({one.body: one for one in freedoms}.values())
