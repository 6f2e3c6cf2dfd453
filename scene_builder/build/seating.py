"""Letting what stands on a slope touch it exactly."""

from collections.abc import Mapping
from dataclasses import replace

from scene_builder.layout.forest import Parent
from scene_builder.layout.solids import overlap_depth, pieces_of
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body

PASSES = 3

SEATED_M = 2e-5
"""A body that is this near to its slope stands on it [m]."""


def seated(bodies: Mapping[str, Body], parents: Mapping[str, Parent]) -> dict[str, Body]:
    """Return bodies with those on slopes moved along the slope's normal until they touch it.

    A slope that is drawn with a soft top and foot differs from the plane through both by a few
    tenths of a millimetre.
    """
    found = dict(bodies)
    for name, parent in parents.items():
        if parent.kind != "slope" or name not in found:
            continue
        slope = pieces_of(found[parent.id])
        for _ in range(PASSES):
            body = found[name]
            depth = overlap_depth(pieces_of(body), slope)
            if abs(depth) < SEATED_M:
                break
            normal = body.pose.rotation[:, 2]
            pose = Pose(position=body.pose.position + depth * normal, wxyz=body.pose.wxyz)
            found[name] = replace(body, pose=pose)
    return found
