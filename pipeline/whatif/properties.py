"""The properties that a what-if can change, and what each does to a body of the stage."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from pipeline.whatif.changes import Change
from pipeline.whatif.looks import colored, made_of
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Body, Stage, StageAction

SENDING = frozenset({"set_velocity", "apply_force", "follow_path"})
"""Kinds of actions that set something going."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a change may look at besides the body.

    Attributes:
        stage: The stage, with all earlier changes.
        graph: What the words say.
        seed: The run's seed, for the shade of a new material.
    """

    stage: Stage
    graph: SceneGraph
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Changed:
    """A body as changed, with what acts on it.

    Attributes:
        body: The body.
        actions: The stage's actions on it, in their order; None leaves them as they are.
        note: What followed from the change that was not typed, or nothing.
    """

    body: Body
    actions: tuple[StageAction, ...] | None = None
    note: str = ""


Property = Callable[[Body, Change, Context], Changed]


def _mass(body: Body, change: Change, context: Context) -> Changed:
    if body.mobility != "dynamic":
        raise SettingsError(
            f"{change.given}: {body.id} is {body.mobility} and no force moves it, so its mass "
            "changes nothing; try the mass of something that moves, or its friction"
        )
    whole = body.mass_kg + sum(part.mass_kg for part in parts_of(body, context.stage))
    return Changed(body=weighing(body, number(change, 1e-6, 1e6) * body.mass_kg / whole))


def parts_of(body: Body, stage: Stage) -> tuple[Body, ...]:
    """Return what joints hold to a body as its parts: the wheels of a car."""
    return tuple(one for one in stage.bodies if one.part_of == body.id)


def weighing(body: Body, mass_kg: float) -> Body:
    """Return a body of another mass [kg]: the same shape, of denser or lighter stuff."""
    return replace(body, mass_kg=mass_kg, inertia=body.inertia * (mass_kg / body.mass_kg))


def _field(field: str, least: float, most: float) -> Property:
    def changed(body: Body, change: Change, context: Context) -> Changed:
        del context
        return Changed(body=replace(body, **{field: number(change, least, most)}))  # type: ignore[arg-type]

    return changed


def _speed(body: Body, change: Change, context: Context) -> Changed:
    mine = [action for action in context.stage.actions if action.body == body.id]
    launches = [action for action in mine if action.kind in SENDING]
    first = next((_launch_speed(action, body) for action in launches), 0.0)
    first = first or float(np.linalg.norm(body.linear_velocity))
    factor = _factor(change.value)
    if not launches and not body.linear_velocity.any() and not body.angular_velocity.any():
        raise SettingsError(
            f"{change.given}: nothing sets {body.id} going, so there is no speed to change; "
            "allowed are things that roll, slide, are thrown or pushed; try its mass or friction"
        )
    if factor is None:
        wanted = number(change, 0.0, 1000.0, "x1.5 for one and a half times as fast")
        if first == 0:
            raise SettingsError(
                f"{change.given}: {body.id} turns on the spot; give a factor, for example x2"
            )
        factor = wanted / first
    if factor == 0 and any(action.path is not None for action in launches):
        raise SettingsError(f"{change.given}: {body.id} goes along a way; give more than 0")
    scaled = tuple(_hurried(action, factor) if action in launches else action for action in mine)
    faster = replace(
        body,
        linear_velocity=body.linear_velocity * factor,
        angular_velocity=body.angular_velocity * factor,
    )
    return Changed(body=faster, actions=scaled)


def _hurried(action: StageAction, factor: float) -> StageAction:
    linear, angular = action.linear * factor, action.angular * factor
    if action.path is None:
        return replace(action, linear=linear, angular=angular)
    path = action.path.hurried(factor)
    return replace(action, path=path, duration_secs=path.secs)


def _launch_speed(action: StageAction, body: Body) -> float:
    """The speed of a launch, or the top one of a way [m/s]; of a push what its force would give."""
    if action.path is not None:
        steps = np.linalg.norm(np.diff(action.path.positions, axis=0), axis=1)
        return float((steps / np.diff(action.path.times)).max())
    strength = float(np.linalg.norm(action.linear))
    if action.kind == "apply_force":
        return strength * action.duration_secs / body.mass_kg
    return strength


def _height(body: Body, change: Change, context: Context) -> Changed:
    mine = [action for action in context.stage.actions if action.body == body.id]
    held = any(action.kind == "release" for action in mine)
    bound = any(body.id in (joint.parent, joint.child) for joint in context.stage.joints)
    if not held or bound:
        raise SettingsError(
            f"{change.given}: {body.id} does not hang free in the air before it moves; allowed "
            "for what is dropped or thrown; try its speed, its mass or setting.gravity"
        )
    lowest = float((body.pose @ body.mesh.vertices)[:, 2].min())
    lift = np.array([0.0, 0.0, number(change, 0.0, 1000.0) - lowest])
    pose = replace(body.pose, position=body.pose.position + lift)
    return Changed(body=replace(body, pose=pose))


def _material(body: Body, change: Change, context: Context) -> Changed:
    dressed, ratio, note = made_of(body, change, context.graph, context.seed)
    entity = context.graph.entity(body.entity) if body.entity else None
    stated = entity is not None and entity.mass_kg is not None
    if body.mobility != "dynamic" or ratio is None or stated:
        return Changed(body=dressed, note=note)
    mass = body.mass_kg * ratio
    breaking = dressed.break_impulse
    if breaking is not None:
        dressed = replace(dressed, break_impulse=breaking * ratio)
    return Changed(
        body=weighing(dressed, mass), note=f"{note}, {mass:.3g} kg instead of {body.mass_kg:.3g} kg"
    )


def _color(body: Body, change: Change, context: Context) -> Changed:
    return Changed(body=colored(body, change, context.graph, context.seed))


PROPERTIES: Mapping[str, Property] = {
    "mass_kg": _mass,
    "friction": _field("friction", 0.0, 10.0),
    "rolling_friction": _field("rolling_friction", 0.0, 1.0),
    "spinning_friction": _field("spinning_friction", 0.0, 1.0),
    "restitution": _field("restitution", 0.0, 1.0),
    "linear_damping": _field("linear_damping", 0.0, 1.0),
    "angular_damping": _field("angular_damping", 0.0, 1.0),
    "speed": _speed,
    "height_m": _height,
    "material": _material,
    "color": _color,
}
"""Every property of a body, by the name that it has in a change."""


def number(change: Change, least: float, most: float, other: str = "") -> float:
    """Return the number that a change gives.

    Args:
        change: What was typed.
        least: Least value allowed.
        most: Largest value allowed.
        other: What else could be given.

    Raises:
        SettingsError: If it is no number, or outside of what is allowed.
    """
    try:
        value = float(change.value)
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        more = f", or {other}" if other else ""
        raise SettingsError(
            f"{change.given}: {change.value!r} given; allowed are numbers from {least:g} to "
            f"{most:g}{more}"
        )
    return value


def _factor(text: str) -> float | None:
    """Return the factor that `x1.5` or `1.5x` means; None for anything else."""
    plain = text.strip().lower().replace("×", "x")
    if not (plain.startswith("x") or plain.endswith("x")):
        return None
    try:
        value = float(plain.strip("x"))
    except ValueError:
        return None
    return value if 0 <= value <= 1000 else None  # noqa: PLR2004 - a bound for slips of the pen
