"""How finely a stage is stepped: small fast things need shorter steps than the timeline has."""

import math

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.solids.grains import grains_of
from scene_builder.model.stage import Body, Stage

WIDTHS_A_STEP = 0.1
"""The fastest thing may go so many widths of the thinnest one in a step."""

LEAST_WIDTH_M = 1e-6
"""A sheet without thickness counts as one of so much [m]."""

MOST_REFINED = 4
"""Most steps that are made of one of the timeline's."""

GRAIN_STEP_M = 2e-3
"""A grain goes no further in a step [m]: engines find two balls' contact when they overlap."""

SLENDER = 2.5
"""How many times taller than wide a body is that topples like a rod."""


def refinement(stage: Stage) -> int:
    """Return how many steps are made of each step of the timeline, at least 1."""
    free = [b for b in stage.bodies if b.mobility == "dynamic" and b.id not in stage.deforming]
    moving = [b for b in free if b.part_of is None]
    # What breaks off is as thin as a shard; what it meets is thicker.
    bodies = [b for b in moving if b.piece_of is None]
    if not bodies:
        return 1
    if len(bodies) < len(moving):
        return MOST_REFINED
    thinnest = min(width(body) for body in bodies)
    # A soft body that is thrown hits as hard as a rigid one.
    softs = [stage.body(one.body) for one in stage.softs]
    fastest = max(speed_told(body, stage) for body in (*bodies, *softs))
    steps = fastest * stage.timeline.step_secs / (WIDTHS_A_STEP * thinnest)
    steps = max(steps, _pouring_speed(stage) * stage.timeline.step_secs / GRAIN_STEP_M)
    return min(max(math.ceil(steps - 1e-9), 1), MOST_REFINED)


def speed_told(body: Body, stage: Stage) -> float:
    """The speed that actions give a body, or a fall, or its own toppling [m/s]."""
    gravity = float(np.linalg.norm(stage.gravity))
    speeds = [
        float(np.linalg.norm(body.linear_velocity)),
        _rim_speed(body, body.angular_velocity),
        _tip_speed(body, gravity),
    ]
    for action in stage.actions:
        if action.body != body.id:
            continue
        if action.kind == "set_velocity":
            rim = _rim_speed(body, action.angular)
            speeds.append(max(float(np.linalg.norm(action.linear)), rim))
        elif action.kind == "release":
            speeds.append(math.sqrt(2 * gravity * max(float(body.pose.position[2]), 0.0)))
        elif action.kind == "apply_force":
            push = float(np.linalg.norm(action.linear)) * action.duration_secs
            speeds.append(push / body.mass_kg)
    return max(speeds)


def _pouring_speed(stage: Stage) -> float:
    """The speed of a grain that falls through the whole height of its heap [m/s]."""
    grains = grains_of(stage.bodies)
    heights = [float(b.pose.position[2]) for b in stage.bodies if b.id in grains]
    gravity = float(np.linalg.norm(stage.gravity))
    return math.sqrt(2 * gravity * (max(heights) - min(heights))) if heights else 0.0


def _rim_speed(body: Body, angular: Float[Array, "3"]) -> float:
    """How fast the farthest matter goes round at an angular velocity [m/s]."""
    return float(np.linalg.norm(angular)) * float(body.mesh.extents.max()) / 2


def _tip_speed(body: Body, gravity: float) -> float:
    """How fast the tip of a slender upright body strikes when it topples [m/s].

    A thin rod that falls about its foot: v² = 3·g·h (from ½·⅓·m·h²·ω² = ½·m·g·h).
    """
    height = float(body.mesh.extents[2])
    return math.sqrt(3 * gravity * height) if is_slender(body) else 0.0


def width(body: Body) -> float:
    """Return how thin a body is where it is thinnest [m], above 0."""
    return max(float(body.mesh.extents.min()), LEAST_WIDTH_M)


def is_slender(body: Body) -> bool:
    """Whether a body topples like a rod."""
    x, y, height = (float(edge) for edge in body.mesh.extents)
    return height > SLENDER * min(x, y)
