"""Bullet's collision groups: which bodies may meet."""

from physics.bullet.bodies.colliders import is_boxes
from physics.stepping.records import Mover

MOVING, PLANE, SLAB, STANDING = 1, 2, 4, 8
"""Collision groups: what can move, planes, their doubles for boxes, and what never moves."""


def is_floor(mover: Mover) -> bool:
    """Whether a body is a plane that never moves."""
    return mover.body.collider.shape == "plane" and mover.mass == 0


def groups_of(mover: Mover) -> tuple[int, int]:
    """Return a body's collision group and mask: boxes meet slabs, all else meets planes."""
    if mover.mass == 0:
        return PLANE if is_floor(mover) else STANDING, MOVING
    meets = SLAB if is_boxes(mover.body.collider) else PLANE
    return MOVING, MOVING | STANDING | meets
