"""Picking up: a magnet or a hook comes down on a thing, holds it, and rises with it."""

import numpy as np

from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.going.acting import LIFT_M, LIFT_SIZES, legs, lifts
from scene_builder.build.staging.going.scene import Scene
from scene_builder.build.staging.speeds import is_stated, speed_at_size
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.actions.action import StageAction, led
from scene_builder.model.stage import Body

GRIPPERS = frozenset({"magnet", "hook"})
"""Nouns of what holds what it touches."""

GRIP_PACE, MOST_HURRY = 0.3, 1.4
"""It comes and goes at this share of the speed at which a thing of its size would be pushed, and so
many times as fast at most where the film is short: frames still show how it comes to rest."""

CLEAR_M = 0.03
"""It passes so far above what it is going to hold [m]."""

GAP_M = 3e-4
"""And ends so far from it [m]: nearer than can be seen, and not pressed into it."""

REST_SECS = 0.25
"""It stays down for so long before it rises [s]."""

FILM_SHARE = 0.8
"""All of it takes no more than this share of the rest of the film, if it may be hurried so."""


def is_gripper(body: Body | None) -> bool:
    """Return whether a body holds what it touches, by its noun."""
    match = None if body is None else resolve_noun(body.noun)
    return match is not None and match.noun.name in GRIPPERS


def gripper_of(deed: Deed, scene: Scene) -> str | None:
    """Return the magnet or hook by which a deed lifts its actor, or None."""
    found = [name for name in deed.targets if is_gripper(scene.bodies.get(name))]
    return found[0] if found and lifts(deed, scene) else None


def pick_up(deed: Deed, gripper: str, scene: Scene, start: float) -> list[StageAction]:
    """Return how a gripper comes to hold the actor of a deed, and how both rise.

    Args:
        deed: Its actor is picked up.
        gripper: Id of what does it.
        scene: Where both are.
        start: When it begins [s].
    """
    body, tool, thing = scene.bodies[gripper], scene.placed[gripper], scene.placed[deed.actor]
    size = float(max(tool.size.max(), thing.size.max()))
    height = float(np.clip(LIFT_SIZES * size, *LIFT_M)) if deed.height_m is None else deed.height_m
    here = body.pose.position
    top = float(thing.high[2] - tool.low[2])
    over = np.append(thing.center[:2] - tool.center[:2], 0.0)
    up = np.array([0.0, 0.0, max(top, 0.0) + CLEAR_M])
    end = here + over + np.array([0.0, 0.0, top + GAP_M])
    places = [here, here + up, here + over + up, end]
    speed = GRIP_PACE * speed_at_size(deed.pace, size)
    speed = float(deed.speed or speed) if is_stated(deed.speed) else speed
    coming = legs(body.pose, places, speed)
    rising = legs(body.pose, [end, end + np.array([0.0, 0.0, height])], speed)
    if coming is None or rising is None:
        return []
    if not is_stated(deed.speed):
        rest = max(FILM_SHARE * (scene.duration_secs - start) - REST_SECS, REST_SECS)
        hurry = float(np.clip((coming.secs + rising.secs) / rest, 1.0, MOST_HURRY))
        coming, rising = coming.hurried(hurry), rising.hurried(hurry)
    down = start + coming.secs
    return [
        led(gripper, start, coming, deed.verb),
        StageAction(
            kind="attach", body=deed.actor, other=gripper, start_secs=down, verb=deed.verb
        ),
        led(gripper, down + REST_SECS, rising, deed.verb),
    ]  # fmt: skip
