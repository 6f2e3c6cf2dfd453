"""Deeds along a way: walking, running, flying, turning on the spot, and being lifted."""

from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

import numpy as np
from jaxtyping import Float

from scene_builder.build.staging.deeds import Deed
from scene_builder.build.staging.going.goals import carrier_of, goal_of
from scene_builder.build.staging.going.lines import Walker
from scene_builder.build.staging.going.pacing import Pace
from scene_builder.build.staging.going.scene import Scene
from scene_builder.build.staging.going.solids import Prism, overlapping, prisms_of, whole_of
from scene_builder.build.staging.going.walking import KNOTS_HZ, PACES, path_of
from scene_builder.build.staging.speeds import froude_of, is_stated, speed_at_size
from scene_builder.model.actions.action import StageAction, led
from scene_builder.model.actions.path import TimedPath
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, multiply_wxyz

GOING = frozenset({"walk", "run", "fly"})
"""Verbs of what moves by itself."""

LIFTING = frozenset({"pull", "push"})
"""Verbs that lift what they do upwards."""

LEAST_SECS = 0.5
"""A way is planned for at least so long a rest of the film [s]."""

CARRIED_SHARE = 0.05
"""What is this near above something, as a share of its own height, is carried by it."""

QUARTER = np.pi / 2
"""Who turns, turns by a right angle [rad]."""

TURN_SECS = 1.2
"""That takes so long, if nobody says how fast [s]."""

TURNS = (1.0, 0.75, 0.5, 0.33)
"""Where there is no room to turn so far, it is this share."""

LIFT_SIZES, LIFT_M = 2.0, (0.25, 1.2)
"""What is lifted rises by so many of its sizes, within these bounds [m]."""

LIFT_PACE = 0.35
"""It rises at this share of the speed at which it would be pushed."""

LIFT_SHARE, MOST_HURRY = 0.75, 2.5
"""It arrives within so much of the rest of the film, if it need not be so much faster for it."""

ROOM_M = 0.02
"""What is lifted keeps so far from what is above it, and from what it is carried over [m]."""

SET_DOWN_M = 1e-3
"""What is put down is let go so far above where it will stand [m]."""


def go(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    """Return the way of what walks, runs or flies; nothing where it has no room."""
    body, placed = scene.bodies[deed.actor], scene.placed[deed.actor]
    carrier = carrier_of(placed, list(scene.placed.values()), CARRIED_SHARE * float(placed.size[2]))
    walker = _walker(deed, scene)
    floor = None
    if carrier is not None and deed.verb != "fly":
        inner = np.minimum(walker.width / 2, carrier.size[:2] / 2)
        floor = np.array([carrier.low[:2] + inner, carrier.high[:2] - inner])
    secs = max(scene.duration_secs - start, LEAST_SECS)
    speed = speed_at_size(deed.pace, float(placed.size.max()))
    share = 1.0 if is_stated(deed.speed) else PACES.get(deed.verb, 0.5)
    # An open way lasts as long as the film does.
    free = max(speed * share * (0.9 * secs - LEAST_SECS), float(placed.size.max()))
    goal = goal_of(
        deed, body.pose.position, walker.length, free, placed=scene.placed, bodies=scene.bodies,
        floor=floor,
    )  # fmt: skip
    own = {deed.actor, carrier.id if carrier is not None and floor is not None else deed.actor}
    prisms = list(_standing(scene, own | (scene.moving - goal.touches)))
    path = path_of(deed, walker, goal, prisms, secs, _ceiling(scene))
    if path is None:
        return []
    way = led(deed.actor, start, path, deed.verb)
    if deed.leaves is None or body.mobility != "dynamic":
        return [way]
    return [way, _freed(way)]


def turn(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    """Return a turn on the spot, softly begun and ended, as far as there is room."""
    body = scene.bodies[deed.actor]
    outline = whole_of(body).outline - body.pose.position[:2]
    others = [p for p in _standing(scene, {deed.actor}) if _beside(p, scene, deed.actor)]
    here = body.pose.position[None, :2]
    others = [p for p in others if not overlapping(outline, here, np.zeros(1), p)[0]]
    for share in TURNS:
        angle = share * QUARTER * deed.turn
        turns = np.linspace(0.0, angle, 24)
        places = np.repeat(here, len(turns), axis=0)
        if not any(overlapping(outline, places, turns, other).any() for other in others):
            break
    else:
        return []
    secs = TURN_SECS * share if is_stated(deed.speed) else TURN_SECS * share / froude_of(deed.pace)
    pace = Pace.over(abs(angle), 1.3 * abs(angle) / secs)
    times = _knots(pace.secs)
    wxyz = [_turned(body.pose, np.sign(angle) * one) for one in pace.at(times)]
    places = np.repeat(body.pose.position[None], len(times), axis=0)
    path = TimedPath(times=times, positions=places, wxyz=np.array(wxyz))
    way = led(deed.actor, start, path, deed.verb)
    return [way, _freed(way)] if body.mobility == "dynamic" else [way]


def keeps_way(deed: Deed) -> bool:
    """Whether a deed's way is planned around what stands, so that neither may be displaced."""
    return (deed.verb in GOING and not deed.meets) or (
        deed.verb in LIFTING and deed.vertical == "up"
    )


def lifts(deed: Deed, scene: Scene) -> bool:
    """Whether a deed lifts its actor, which is no cloth."""
    return deed.verb in LIFTING and deed.vertical == "up" and deed.actor not in scene.bending


def lift(deed: Deed, scene: Scene, start: float) -> list[StageAction]:
    """Return the way of what is lifted: up, and over to where it is put down, if anywhere."""
    body, placed = scene.bodies[deed.actor], scene.placed[deed.actor]
    size = float(placed.size.max())
    height = float(np.clip(LIFT_SIZES * size, *LIFT_M)) if deed.height_m is None else deed.height_m
    low = placed.low
    places = [body.pose.position]
    landing = scene.placed.get(deed.landing or "")
    if landing is None:
        places.append(places[0] + [0.0, 0.0, min(height, _headroom(scene, deed.actor))])
    else:
        top = float(landing.high[2]) - float(low[2])
        over = np.append(landing.center[:2] - placed.center[:2], max(top + ROOM_M, 0.0) + size / 4)
        down = over * [1.0, 1.0, 0.0] + [0.0, 0.0, top + SET_DOWN_M]
        places += [places[0] + over * [0.0, 0.0, 1.0], places[0] + over, places[0] + down]
    speed = LIFT_PACE * speed_at_size(deed.pace, size)
    speed = float(deed.speed or speed) if is_stated(deed.speed) else speed
    path = legs(body.pose, places, speed)
    if path is None:
        return []
    rest = LIFT_SHARE * max(scene.duration_secs - start, LEAST_SECS)
    if not is_stated(deed.speed):
        path = path.hurried(float(np.clip(path.secs / rest, 1.0, MOST_HURRY)))
    way = led(deed.actor, start, path, deed.verb)
    return [way] if landing is None else [way, _freed(way)]


def ended(actions: Sequence[StageAction], scene: Scene) -> Scene:
    """Return the scene after what is led has come to the end of its way."""
    for action in actions:
        if action.path is not None:
            scene = scene.after(action.body, action.path.at(action.path.secs))
    return scene


def _walker(deed: Deed, scene: Scene) -> Walker:
    body, front = scene.bodies[deed.actor], scene.placed[deed.actor].front[:2]
    prism = whole_of(body)
    outline = prism.outline - body.pose.position[:2]
    ahead = front / max(float(np.linalg.norm(front)), 1e-9)
    aside = np.array([-ahead[1], ahead[0]])
    base = float(body.pose.position[2])
    return Walker(
        pose=body.pose, outline=outline, low=prism.low - base, high=prism.high - base,
        front=float(np.arctan2(ahead[1], ahead[0])), length=float(np.ptp(outline @ ahead)),
        width=float(np.ptp(outline @ aside)),
    )  # fmt: skip


def _standing(scene: Scene, without: Set[str]) -> Iterator[Prism]:
    for body in (*scene.bodies.values(), *scene.around):
        if body.id not in without:
            yield from prisms_of(body)


def _beside(prism: Prism, scene: Scene, name: str) -> bool:
    """Whether it is at the height of a thing, and does not just carry it."""
    box = scene.placed[name]
    slack = CARRIED_SHARE * float(box.size[2])
    return prism.level_with(float(box.low[2]) + slack, float(box.high[2]))


def _headroom(scene: Scene, name: str) -> float:
    """Return how far a thing can rise before it meets what is above it [m]."""
    whole = whole_of(scene.bodies[name])
    here, turns = np.zeros((1, 2)), np.zeros(1)
    free = _ceiling(scene) - whole.high
    for prism in _standing(scene, {name}):
        if prism.low >= whole.high and overlapping(whole.outline, here, turns, prism)[0]:
            free = min(free, prism.low - whole.high)
    return max(free - ROOM_M, 0.0)


def _ceiling(scene: Scene) -> float:
    heights = [float(b.pose.position[2]) for b in scene.around if b.id.startswith("ceiling")]
    return min(heights, default=float("inf"))


def _freed(way: StageAction) -> StageAction:
    end = way.start_secs + way.duration_secs
    return StageAction(kind="release", body=way.body, start_secs=end, verb=way.verb)


def legs(pose: Pose, places: Sequence[Float[Array, "3"]], speed: float) -> TimedPath | None:
    """Return a way of straight legs, each begun and ended softly."""
    times, points = [np.zeros(1)], [np.asarray(places[0])[None]]
    for here, there in pairwise(places):
        length = float(np.linalg.norm(there - here))
        if length < SET_DOWN_M / 2:
            continue
        pace = Pace.over(length, speed)
        knots = _knots(pace.secs)[1:]
        points.append(here + pace.at(knots)[:, None] / length * (there - here))
        times.append(times[-1][-1] + knots)
    if len(times) == 1:
        return None
    line = np.vstack(points)
    wxyz = np.repeat(pose.wxyz[None], len(line), axis=0)
    return TimedPath(times=np.concatenate(times), positions=line, wxyz=wxyz)


def _knots(secs: float) -> Float[Array, " k"]:
    return np.asarray(np.linspace(0.0, secs, max(2, int(np.ceil(secs * KNOTS_HZ)) + 1)))


def _turned(pose: Pose, angle: float) -> Float[Array, "4"]:
    half = angle / 2
    return multiply_wxyz(np.array([np.cos(half), 0.0, 0.0, np.sin(half)]), pose.wxyz)
