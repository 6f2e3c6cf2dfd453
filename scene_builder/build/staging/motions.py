"""Each verb's forces and velocities, in SI."""

from collections.abc import Callable, Sequence

import numpy as np
from jaxtyping import Float

from scene_builder.build.staging.beats import start_of
from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.going.acting import ended, go, lift, lifts, turn
from scene_builder.build.staging.going.goals import way_past
from scene_builder.build.staging.going.picking import gripper_of, pick_up
from scene_builder.build.staging.going.scene import Scene
from scene_builder.build.staging.going.walls import WALL_ID, off_wall, wall_ahead
from scene_builder.build.staging.speeds import speed_at_size, throw_speed
from scene_builder.build.staging.tipping import tipped
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body, StageAction

PUSH_SECS = 0.35
"""A push lasts this long [s]."""

COIN_TURNS = 6.0
"""A spin of medium speed, in turns per second."""

MOST_EFFORT = 2.0
"""Nothing is sent off faster than this many times for the sake of what it hits."""

WOBBLE = 0.08
"""Share of a spin that is about a level axis, for what spins on its edge: nobody spins a coin
so well that it stays upright."""

LYING = 0.2
"""A body lies on its side if its own vertical is less upright than this."""

AT_WALL_SECS = 0.55
"""What is thrown at a wall arrives there so soon if nobody says how fast [s]: in no high arc."""

ROLLING_MARGIN = 1.05
"""Rolling and sliding things start this much faster than the way to the target costs."""


def actions_of(deeds: Sequence[Deed], scene: Scene) -> tuple[StageAction, ...]:
    """Return the stage's actions, in time order.

    An action `after` another begins when that one has probably had its effect.
    """
    ends: dict[int, float] = {}
    busy: dict[str, float] = {}
    actions: list[StageAction] = []
    for k, deed in enumerate(deeds):
        if deed.actor not in scene.bodies:
            continue
        start = start_of(deed, scene.lead_secs)
        if deed.after is not None:
            start = max(start, ends.get(deed.after, 0.0))
        start = max(start, busy.get(deed.actor, 0.0))
        later = sum(other.actor == deed.actor for other in deeds[k:])
        made = _motion(deed, scene.until(start, later), start)
        actions += made
        ends[deed.index] = max(ends.get(deed.index, 0.0), start + _lasts(deed, scene, made))
        if any(action.path is not None for action in made):
            busy[deed.actor] = ends[deed.index]
            scene = ended(made, scene)
    return tuple(sorted(actions, key=lambda action: action.start_secs))


def _motion(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    gripper = gripper_of(deed, scene)
    if gripper is not None:
        return pick_up(deed, gripper, scene, start)
    if lifts(deed, scene):
        return lift(deed, scene, start)
    return _MOTIONS[deed.verb](deed, scene, start) if deed.verb in _MOTIONS else []


def _lasts(deed: Deed, scene: Scene, made: Sequence[StageAction]) -> float:
    led_secs = [action.duration_secs for action in made if action.path is not None]
    if led_secs:
        return max(led_secs)
    if deed.verb in ("drop", "fall", "bounce", "throw"):
        return 0.9
    size = float(scene.placed[deed.actor].size.max())
    return float(np.clip(8 * size / max(speed_at_size(deed.pace, size), 1e-3), 0.4, 2.0))


def _way(deed: Deed, scene: Scene) -> tuple[Float[Array, "2"], float]:
    """Return the direction (2) to the targets, or of the heading, and the free way [m]."""
    actor = scene.placed[deed.actor]
    known = [scene.placed[name] for name in deed.targets if name in scene.placed]
    turn = np.deg2rad(deed.heading_deg)
    straight = np.array([np.cos(turn), np.sin(turn)])
    if not known or deed.leaves is not None:
        return straight, 0.0
    if deed.passes:
        return straight, way_past(actor, known, straight)
    low = np.min([one.low for one in known], axis=0)[:2]
    high = np.max([one.high for one in known], axis=0)[:2]
    gap = (low + high) / 2 - actor.center[:2]
    length = float(np.linalg.norm(gap))
    if length < 1e-6:  # noqa: PLR2004
        return straight, 0.0
    way = gap / length
    return way, max(0.0, length - float(np.abs(way) @ (high - low + actor.size[:2])) / 2)


def _roll(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    body, actor = scene.bodies[deed.actor], scene.placed[deed.actor]
    way, distance = _way(deed, scene)
    if deed.actor in scene.sloped:
        return [_release(body, start, deed)] if start > 0 else []
    rolls = scene.rolls.get(deed.actor)
    speed = speed_at_size(deed.pace, float(actor.size.max())) * _effort(deed, scene)
    radius = float(actor.size[2]) / 2
    if rolls is None or not _lies_round(body, rolls):
        return _glide(deed, scene, start, speed, way, distance)
    if not isinstance(deed.speed, int | float):
        resistance = body.rolling_friction * scene.ground_friction
        drag = scene.gravity * resistance / radius * 5 / 7
        speed = float(np.sqrt(speed**2 + 2 * drag * distance))
    linear = np.array([*(speed * way), 0.0])
    # Rolling without slipping: ω = n × v / r.
    angular = np.cross([0.0, 0.0, 1.0], linear) / radius
    return [_set(body, start, linear, angular, deed)]


def _effort(deed: Deed, scene: Scene) -> float:
    """Return how much faster [1] what has to knock over something heavier goes."""
    if not deed.eager or deed.speed is not None or deed.leaves is not None:
        return 1.0
    heaviest = max(
        (scene.bodies[name].mass_kg for name in deed.targets if name in scene.bodies), default=0.0
    )
    ratio = heaviest / max(scene.bodies[deed.actor].mass_kg, 1e-6)
    return float(np.clip(np.sqrt(ratio), 1.0, MOST_EFFORT))


def _lies_round(body: Body, rolls: str) -> bool:
    """Whether it turns as it goes: a ball, or a can on its side; a car only glides."""
    return rolls == "any" or abs(float(body.pose.rotation[2, 2])) < LYING


def _slide(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    if deed.actor in scene.sloped:
        return [_release(scene.bodies[deed.actor], start, deed)] if start > 0 else []
    speed = speed_at_size(deed.pace, float(scene.placed[deed.actor].size.max()))
    way, distance = _way(deed, scene)
    return _glide(deed, scene, start, speed, way, distance)


def _glide(
    deed: Deed, scene: Scene, start: float, speed: float, way: Float[Array, "2"], distance: float
) -> list[StageAction]:
    """Slide against friction: v₀² = v² + 2·μ·g·d, unless the speed is stated."""
    body = scene.bodies[deed.actor]
    if not isinstance(deed.speed, int | float):
        drag = body.friction * scene.ground_friction * scene.gravity
        distance = distance or 2.5 * float(scene.placed[deed.actor].size.max())
        wanted = 0.7 * speed if deed.targets else 0.0
        speed = float(np.sqrt(wanted**2 + 2 * drag * distance)) * ROLLING_MARGIN
    return [_set(body, start, np.array([*(speed * way), 0.0]), np.zeros(3), deed)]


def _push(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    """A steady force, which gives the same speed as a slide would start with."""
    body = scene.bodies[deed.actor]
    if scene.rolls.get(deed.actor) == "any":
        return _roll(deed, scene, start)
    launch = _slide(deed, scene, start)
    if not launch or body.mobility != "dynamic":
        return launch
    gain = launch[0].linear * body.mass_kg / PUSH_SECS
    speed = float(np.linalg.norm(launch[0].linear))
    drag = body.friction * scene.ground_friction * scene.gravity * body.mass_kg
    force = gain + drag * launch[0].linear / max(speed, 1e-9)
    return [
        StageAction(
            kind="apply_force", body=body.id, start_secs=start, duration_secs=PUSH_SECS,
            linear=force, verb=deed.verb,
        )
    ]  # fmt: skip


def _throw(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    """Ballistic aim: the flight time fixes the level speed, and that the vertical one."""
    body, actor = scene.bodies[deed.actor], scene.placed[deed.actor]
    known = [scene.placed[name] for name in deed.targets if name in scene.placed]
    if not known and deed.landing is not None and deed.landing in scene.placed:
        known = [scene.placed[deed.landing]]
    turn = np.deg2rad(deed.heading_deg)
    speed = throw_speed(deed.pace)
    wall = wall_ahead(actor, scene) if deed.landing == WALL_ID else None
    if wall is not None:
        aim = wall
    elif known:
        aim = np.mean([one.center for one in known], axis=0) - actor.center
    else:
        aim = np.array([np.cos(turn), np.sin(turn), 0.3]) * speed * 0.5
    level = max(float(np.linalg.norm(aim[:2])), 1e-3)
    secs = level / speed
    if wall is not None and not isinstance(deed.speed, int | float):
        secs = min(secs, AT_WALL_SECS)
    lift = aim[2] / secs + scene.gravity * secs / 2
    linear = np.array([*(aim[:2] / secs), lift])
    held = [_release(body, start, deed)] if start > 0 else []
    return [*held, _set(body, start, linear, np.zeros(3), deed)]


def _drop(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    body = scene.bodies[deed.actor]
    if deed.leaves == WALL_ID:
        return off_wall(body, start, deed.verb)
    if deed.leaves is not None:
        return _push(deed, scene, start)
    if deed.tips:
        way, _ = _way(deed, scene)
        turn = tipped(body, scene.placed[deed.actor].size, way, scene.gravity)
        return [_set(body, start, *turn, deed)]
    release = _release(body, start, deed)
    if deed.vertical == "up":
        speed = speed_at_size(deed.pace, float(scene.placed[deed.actor].size.max()))
        linear = np.array([0.0, 0.0, max(speed, 2.0)])
        return [release, _set(body, release.start_secs, linear, np.zeros(3), deed)]
    return [release]


def _spin(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    froude = speed_at_size(deed.pace, 1.0) / speed_at_size(None, 1.0)
    if isinstance(deed.speed, int | float):
        radius = float(scene.placed[deed.actor].size[:2].max()) / 2
        rate = float(deed.speed) / radius
    else:
        rate = 2 * np.pi * COIN_TURNS * froude
    on_edge = abs(float(scene.bodies[deed.actor].pose.rotation[2, 2])) < LYING
    angular = np.array([WOBBLE * rate if on_edge else 0.0, 0.0, deed.turn * rate])
    return [_set(scene.bodies[deed.actor], start, np.zeros(3), angular, deed)]


ROCKETS = ("rocket", "firework", "missile", "spaceship", "space_shuttle")
ROCKET_GAIN, BURN_SECS = 2.5, 10.0
"""What engines carry speeds up so much [m/s²], as large ones do at first, while they burn [s]."""


def _launch(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    """Up, or along the heading at 45 degrees; rockets by their thrust."""
    body = scene.bodies[deed.actor]
    speed = max(3.0, speed_at_size(deed.pace, float(scene.placed[deed.actor].size.max())))
    if isinstance(deed.speed, int | float):
        speed = float(deed.speed)
    elif deed.height_m is not None:
        speed = float(np.sqrt(2 * scene.gravity * deed.height_m))
    way, _ = _way(deed, scene)
    level = 0.0 if deed.vertical == "up" or not deed.targets else np.sqrt(0.5)
    stated = deed.height_m is not None or isinstance(deed.speed, int | float)
    if level == 0.0 and not stated and body.noun.endswith(ROCKETS):
        thrust = body.mass_kg * np.array([0.0, 0.0, scene.gravity + ROCKET_GAIN])
        return [
            StageAction(
                kind="apply_force",
                body=body.id,
                start_secs=start,
                duration_secs=BURN_SECS,
                linear=thrust,
                verb=deed.verb,
            )
        ]
    linear = speed * np.array([*(level * way), np.sqrt(1 - level**2)])
    return [_set(body, start, linear, np.zeros(3), deed)]


def _float(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    body = scene.bodies[deed.actor]
    turn = np.array([0.1, 0.05, 0.25])
    return [_set(body, start, np.array([0.03, 0.0, 0.04]), turn, deed)]


def _swing(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    return [_release(scene.bodies[deed.actor], start, deed)] if start > 0 else []


def _set(
    body: Body, start: float, linear: Float[Array, "3"], angular: Float[Array, "3"], deed: Deed
) -> StageAction:
    return StageAction(
        kind="set_velocity", body=body.id, start_secs=start, linear=linear, angular=angular,
        verb=deed.verb,
    )  # fmt: skip


def _release(body: Body, start: float, deed: Deed) -> StageAction:
    return StageAction(kind="release", body=body.id, start_secs=start, verb=deed.verb)


Motion = Callable[[Deed, Scene, float], list[StageAction]]

_MOTIONS: dict[str, Motion] = {
    "roll": _roll, "slide": _slide, "push": _push, "pull": _push, "kick": _roll, "throw": _throw,
    "drop": _drop, "fall": _drop, "bounce": _drop, "spin": _spin, "turn": turn,
    "launch": _launch, "fly": go, "walk": go, "run": go, "float": _float, "swing": _swing,
}  # fmt: skip
