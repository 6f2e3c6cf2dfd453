"""Whether what the words let things do is done."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from physics.observe.hinging import tips
from physics.observe.touching import bounces
from physics.observe.view import View
from physics.trajectory import Trajectory
from pipeline.verify.claims.hinges import closing, opening
from pipeline.verify.claims.ways import bumps, way_of
from pipeline.verify.report import Claim, status_of
from scene_builder.model.arrays import Array
from scene_builder.model.graph import Action, SceneGraph
from scene_builder.model.solids.grains import MANY
from scene_builder.model.stage import Stage

LEAST_WAY_M = 0.02
"""What goes less far [m] has not gone anywhere."""

LEAST_DROP_SHARE = 0.1
"""Nor has come down what does by less than this share of its size."""

LEAST_SPEED = 0.1
"""What is slower than this [m/s] was not thrown, pushed or kicked."""

LEAST_SPIN = 1.0
"""What turns slower than this [rad/s] does not spin."""

ROLL_SHARE = 0.3
"""A thing rolls if its surface turns by at least this share of its way, and slides if by less."""

SPEED_TOLERANCE = 0.15
"""Largest error of a stated speed: friction begins to brake before the first frame shows it."""

MOST_OF_MANY = 0.9
"""Share of very many that have to do what all do: a few grains always stay behind."""

HEIGHT_TOLERANCE = 0.1
"""Largest error of a stated height, as a share of it."""


@dataclass(frozen=True, slots=True, eq=False)
class Deed:
    """One individual that does one action.

    Attributes:
        view: The motion.
        body: Who.
        start: First frame of the action.
        away: Displacement since then (f 3) [m].
    """

    view: View
    body: str
    start: int
    away: Float[Array, "f 3"]

    @property
    def way(self) -> float:
        """Furthest from where it began [m]."""
        return float(np.linalg.norm(self.away, axis=1).max())

    @property
    def speed(self) -> float:
        """Largest speed [m/s]."""
        velocity = self.view.velocity(self.body)[self.start :]
        return float(np.linalg.norm(velocity, axis=1).max())

    @property
    def spin(self) -> float:
        """Largest angular velocity [rad/s]."""
        return float(np.linalg.norm(self.view.spin(self.body)[self.start :], axis=1).max())

    @property
    def drop(self) -> float:
        """How far it comes down [m]."""
        return -float((self.away @ self.view.up).min())

    @property
    def turn(self) -> float:
        """How far its surface turns [m], or that of its wheels: its angle times its radius."""
        found = [self._turn_of(self.body, self.view.half_width(self.body))]
        parts = [part.id for part in self.view.stage.bodies if part.part_of == self.body]
        found += [self._turn_of(part, self.view.size(part) / 2) for part in parts]
        return max(found)

    def _turn_of(self, body: str, radius: float) -> float:
        spin = np.linalg.norm(self.view.spin(body)[self.start :], axis=1)
        return float(spin.sum()) * self.view.frame_secs * radius

    @property
    def path(self) -> float:
        """Length of its way [m]."""
        return float(np.linalg.norm(np.diff(self.away, axis=0), axis=1).sum())


Told = tuple[bool, str]
"""Whether it is done, and the measure that says so."""


def _down(deed: Deed) -> Told:
    tipped = tips(deed.view, deed.body, float(deed.view.times[deed.start]))
    if tipped is not None:
        return tipped.holds, tipped.evidence
    least = min(LEAST_WAY_M, LEAST_DROP_SHARE * deed.view.size(deed.body))  # a domino that topples
    return deed.drop > least, f"comes down by {deed.drop:.2f} m"


def _far(deed: Deed) -> Told:
    return deed.way > LEAST_WAY_M, f"goes {deed.way:.2f} m"


def _fast(deed: Deed) -> Told:
    return deed.speed > LEAST_SPEED, f"reaches {deed.speed:.2f} m/s"


def _rolls(deed: Deed) -> Told:
    rolls = deed.way > LEAST_WAY_M and deed.turn > ROLL_SHARE * min(deed.path, deed.way)
    return rolls, f"goes {deed.way:.2f} m and turns by {deed.turn:.2f} m of its surface"


def _slides(deed: Deed) -> Told:
    return deed.way > LEAST_WAY_M, f"slides {deed.way:.2f} m"


def _spins(deed: Deed) -> Told:
    return deed.spin > LEAST_SPIN, f"turns with {deed.spin:.1f} rad/s"


def _turns(deed: Deed) -> Told:
    return deed.spin > LEAST_SPIN / 10, f"turns with {deed.spin:.1f} rad/s"


def _opens(deed: Deed) -> Told:
    return opening(deed.view, deed.body, deed.start)


def _closes(deed: Deed) -> Told:
    return closing(deed.view, deed.body, deed.start)


def _bounces(deed: Deed) -> Told:
    found = bounces(deed.view, deed.body, None, 0.0)
    return found.holds, found.evidence


def _stays(deed: Deed) -> Told:
    return deed.way <= LEAST_WAY_M, f"moves by {deed.way * 100:.1f} cm"


def _breaks(deed: Deed) -> Told:
    motion = deed.view.trajectory
    gone = np.flatnonzero(~motion.present[:, motion.index(deed.body)])
    if len(gone) == 0:
        return False, "stays whole"
    pieces = sum(body.piece_of == deed.body for body in deed.view.stage.bodies)
    return True, f"breaks into {pieces} pieces at {motion.times[gone[0]]:.2f} s"


_TESTS: dict[str, Callable[[Deed], Told]] = {
    "drop": _down, "fall": _down, "pour": _down, "roll": _rolls, "slide": _slides,
    "throw": _fast, "kick": _fast, "launch": _fast, "push": _far, "pull": _far, "spin": _spins,
    "swing": _far, "bounce": _bounces, "float": _far, "fly": _far, "walk": _far, "run": _far,
    "turn": _turns, "open": _opens, "close": _closes, "stay": _stays, "stack": _stays,
    "explode": _breaks,
}  # fmt: skip
_ON_TARGET = ("push", "pull", "kick", "throw")
"""What these verbs name as a target may be what is moved."""


def judge_actions(graph: SceneGraph, stage: Stage, trajectory: Trajectory) -> Iterator[Claim]:
    """Yield one claim for each action of the graph."""
    view = View(stage, trajectory)
    for k, action in enumerate(graph.actions):
        names = (action.actor, action.verb, action.direction, action.target)
        text = " ".join(name.replace("_", " ") for name in names if name)
        holds, evidence, time = _judged(action, graph, view)
        yield Claim(
            kind="action", source=f"actions.{k}", text=text, status=status_of(holds),
            evidence=evidence, time_secs=time,
        )  # fmt: skip
        yield from _stated(k, action, graph, view)


def _judged(
    action: Action, graph: SceneGraph, view: View
) -> tuple[bool | None, str, float | None]:  # fmt: skip
    test = _TESTS.get(action.verb)
    if test is None:
        return None, f"{action.verb!r} is not served", None
    bodies = [body for body in graph.body_ids(action.actor) if view.has(body)]
    if not bodies:
        return None, f"{action.actor} is not on the stage as a body", None
    moved = [_deed(body, action, view) for body in bodies]
    told = [test(deed) for deed in moved]
    if action.verb in _ON_TARGET and action.target and not all(done for done, _ in told):
        pushed = [b for b in graph.body_ids(action.target) if view.has(b)]
        if pushed:
            moved = [_deed(body, action, view) for body in pushed]
            told = [test(deed) for deed in moved]
    told = [_headed(deed, action, one) for deed, one in zip(moved, told, strict=True)]
    told = [_unhindered(deed, action, graph, one) for deed, one in zip(moved, told, strict=True)]
    evidence = "; ".join(f"{d.body} {said}" for d, (_, said) in zip(moved, told, strict=True))
    start = float(view.times[moved[0].start])
    if len(told) >= MANY:
        count = sum(done for done, _ in told)
        evidence = f"{count} of {len(told)} do; {moved[0].body} {told[0][1]}"
        return count >= MOST_OF_MANY * len(told), f"{evidence} from {start:.2f} s on", start
    return all(done for done, _ in told), f"{evidence} from {start:.2f} s on", start


def _deed(body: str, action: Action, view: View) -> Deed:
    starts = [a.start_secs for a in view.stage.actions if a.body == body and a.verb == action.verb]
    begin = min(starts, default=action.start_secs)
    start = view.stage.timeline.frame_at(begin)
    center = view.center(body)
    return Deed(view, body, start, center[start:] - center[start])


def _headed(deed: Deed, action: Action, told: Told) -> Told:
    """Also hold the way against the direction, in the camera's first view."""
    azimuth = np.deg2rad(deed.view.stage.shot.azimuth_deg)
    right = np.array([np.cos(azimuth), np.sin(azimuth), 0.0])
    away = np.array([-np.sin(azimuth), np.cos(azimuth), 0.0])
    ways = {
        "left": -right, "right": right, "away": away, "forward": None, "backward": None,
        "toward_camera": -away, "up": deed.view.up, "down": -deed.view.up,
    }  # fmt: skip
    way = ways.get(action.direction or "")
    if way is None or not told[0] or action.verb in ("spin", "turn"):
        return told
    along = deed.away @ way
    reach = float(along[int(np.abs(along).argmax())])
    words = str(action.direction).replace("_", " ")
    return reach > LEAST_WAY_M / 2, f"{told[1]}, {reach:.2f} m of it {words}"


def _unhindered(deed: Deed, action: Action, graph: SceneGraph, told: Told) -> Told:
    """Also hold what the body touches on its way against what it is said to meet."""
    way = way_of(deed.view, deed.body, action.verb)
    touched = [] if way is None else sorted(bumps(deed.view, graph, way), key=lambda one: one[1])
    if not touched:
        return told
    text = ", ".join(f"{other} at {secs:.2f} s" for other, secs in touched)
    return False, f"{told[1]}, but touches {text} on its way"


def _stated(k: int, action: Action, graph: SceneGraph, view: View) -> Iterator[Claim]:
    """Numbers that the words give: a speed, a height."""
    bodies = [body for body in graph.body_ids(action.actor) if view.has(body)]
    if isinstance(action.speed, int | float) and bodies:
        speeds = {body: _first_speed(_deed(body, action, view)) for body in bodies}
        off = max(abs(v - action.speed) for v in speeds.values()) / max(action.speed, 1e-9)
        told = ", ".join(f"{body} begins with {v:.2f} m/s" for body, v in speeds.items())
        yield Claim(
            kind="action", source=f"actions.{k}.speed", text=f"{action.actor} {action.verb}s with "
            f"{action.speed:g} m/s", status=status_of(off <= SPEED_TOLERANCE), evidence=told,
            margin=SPEED_TOLERANCE - off,
        )  # fmt: skip
    if action.height_m is not None and action.verb in ("drop", "fall") and bodies:
        drops = {body: _deed(body, action, view).drop for body in bodies}
        off = max(abs(v - action.height_m) for v in drops.values()) / action.height_m
        told = ", ".join(f"{body} comes down by {v:.2f} m" for body, v in drops.items())
        yield Claim(
            kind="action", source=f"actions.{k}.height_m", text=f"{action.actor} {action.verb}s "
            f"from {action.height_m:g} m", status=status_of(off <= HEIGHT_TOLERANCE),
            evidence=told, margin=HEIGHT_TOLERANCE - off,
        )  # fmt: skip


def _first_speed(deed: Deed) -> float:
    """Speed just after the action's beginning, without what gravity has done since [m/s].

    What sets off softly has its speed in the middle of its way.
    """
    if any(a.path is not None and a.body == deed.body for a in deed.view.stage.actions):
        return deed.speed
    frame = min(deed.start + 1, len(deed.view.times) - 1)
    speeds = np.linalg.norm(deed.view.velocity(deed.body)[deed.start : frame + 1], axis=1)
    return float(speeds.max())
