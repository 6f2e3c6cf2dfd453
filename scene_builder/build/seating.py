"""Letting what stands on a slope, or on a solid of its own mind, touch it exactly."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from scene_builder.layout.forest import Parent
from scene_builder.layout.leaning.touching import cloud_of, slide
from scene_builder.layout.solids import overlap_depth, pieces_of
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body

PASSES = 3

SEATED_M = 2e-5
"""A body that is this near to its slope stands on it [m]."""

SUNK_M = 5e-4
"""What stands deeper than this in what carries it is lifted onto it [m]."""

DROP_M = 3.0
"""It is let down from so high above its place [m]."""


def seated(bodies: Mapping[str, Body], parents: Mapping[str, Parent]) -> dict[str, Body]:
    """Return bodies moved so that each touches what carries it, and does not sink into it.

    A slope that is drawn with a soft top and foot differs from the plane through both by a few
    tenths of a millimetre: what is on it moves along the slope's normal. The solid of a seat may
    lie above the level that was found on its mesh: what is on it is lifted, with all that it
    carries.
    """
    found = dict(bodies)
    for name in _from_the_ground(parents):
        parent = parents[name]
        if name not in found or parent.id not in found:
            continue
        if parent.kind == "slope":
            found[name] = _on_slope(found[name], found[parent.id])
        elif parent.kind == "on":
            lift = _sunk(found[name], found[parent.id])
            for one in _carried(name, parents) if lift > 0 else ():
                found[one] = _moved(found[one], np.array([0.0, 0.0, lift]))
    return found


def _from_the_ground(parents: Mapping[str, Parent]) -> list[str]:
    """Return all ids, what carries before what is carried."""

    def depth(name: str) -> int:
        count = 0
        while name in parents and count < len(parents):
            name, count = parents[name].id, count + 1
        return count

    return sorted(parents, key=depth)


def _carried(name: str, parents: Mapping[str, Parent]) -> list[str]:
    """Return a thing and all that stands on it, or in it."""
    found = [name]
    for one in _from_the_ground(parents):
        if parents[one].id in found and parents[one].kind in ("on", "inside", "slope"):
            found.append(one)
    return found


def _on_slope(body: Body, ramp: Body) -> Body:
    slope = pieces_of(ramp)
    for _ in range(PASSES):
        depth = overlap_depth(pieces_of(body), slope)
        if abs(depth) < SEATED_M:
            break
        body = _moved(body, depth * body.pose.rotation[:, 2])
    return body


def _sunk(body: Body, carrier: Body) -> float:
    """Return how far a body has to be lifted to stand on its carrier's solid [m]; mostly 0."""
    mine, below = pieces_of(body), pieces_of(carrier)
    if not mine or not below or overlap_depth(mine, below) < SUNK_M:
        return 0.0
    high = np.array([0.0, 0.0, DROP_M])
    touch = slide(
        [cloud_of(piece) + high for piece in mine],
        [cloud_of(piece) for piece in below],
        np.array([0.0, 0.0, -1.0]),
    )
    return 0.0 if touch is None else max(DROP_M - touch.way, 0.0)


def _moved(body: Body, step: Float[Array, "3"]) -> Body:
    pose = Pose(position=body.pose.position + step, wxyz=body.pose.wxyz)
    return replace(body, pose=pose)
