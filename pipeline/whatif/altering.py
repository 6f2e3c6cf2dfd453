"""A stage with a few things otherwise: nothing is laid out or directed anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.whatif.changes import SETTING, Change, refused
from pipeline.whatif.properties import PROPERTIES, Context, number, parts_of, weighing
from pipeline.whatif.yielding import check_heeded, softened
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import SceneGraph, canonical_id
from scene_builder.model.stage import Body, Stage, StageAction
from scene_builder.model.words import GRAVITY_WORDS

GRAVITY = "gravity"
MOST_GRAVITY = 300.0
"""As much as a scene graph allows [m/s²]."""
_STATED = {"mass_kg", "color", "material"}
"""Properties that a scene graph states of an entity."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Altered:
    """What a what-if plays.

    Attributes:
        stage: The stage, changed.
        graph: What the words would say, where they could: what it is verified against.
        notes: What followed from the changes that was not typed.
    """

    stage: Stage
    graph: SceneGraph
    notes: tuple[str, ...] = ()


def altered(stage: Stage, graph: SceneGraph, changes: Sequence[Change], *, seed: int) -> Altered:
    """Return a stage with changes made to it, one after the other.

    Args:
        stage: The stage as filmed: the take that was chosen, with its launches.
        graph: What the words say.
        changes: What is to be otherwise.
        seed: The run's.

    Raises:
        SettingsError: If a change names something that there is not, or cannot be made.
    """
    notes: dict[str, list[str]] = {}
    for change in changes:
        if change.target == SETTING:
            stage = _in_setting(stage, change)
        else:
            bodies = bodies_of(change, stage, graph)
            for body in bodies:
                stage, note = _on_body(body, change, Context(stage=stage, graph=graph, seed=seed))
                notes.setdefault(note, []).append(body.id)
        graph = _stated(graph, change)
    told = tuple(f"{', '.join(ids)}: {note}" for note, ids in notes.items() if note)
    return Altered(stage=stage, graph=graph, notes=told)


def bodies_of(change: Change, stage: Stage, graph: SceneGraph) -> tuple[Body, ...]:
    """Return the bodies that a change is about.

    Raises:
        SettingsError: If there are none.
    """
    target = change.target
    whole = tuple(body for body in stage.bodies if body.entity == target)
    one = tuple(body for body in stage.bodies if body.id == canonical_id(target))
    one = one or tuple(body for body in stage.bodies if body.id in (target, f"{target}#1"))
    if whole or one:
        return whole or one
    entities = [entity.id for entity in graph.entities]
    others = [body.id for body in stage.bodies if body.entity is None]
    several = [body.id for body in stage.bodies if body.entity is not None]
    raise refused(
        change, f"there is no {target!r} on the stage", [*entities, *several, SETTING, *others],
        wrong=target,
    )  # fmt: skip


def _on_body(body: Body, change: Change, context: Context) -> tuple[Stage, str]:
    """Return the stage with a body changed: its parts and pieces weigh more or less as it does."""
    if change.name not in PROPERTIES:
        why = f"{change.target} has no property {change.name!r} that can be changed"
        raise refused(change, why, PROPERTIES, wrong=change.name)
    stage = context.stage
    check_heeded(body, change, stage)
    changed = PROPERTIES[change.name](body, change, context)
    alike = {one.id for one in stage.bodies if one.piece_of == body.id}
    if change.name == "mass_kg":
        alike |= {one.id for one in parts_of(body, stage)}
    ratio = changed.body.mass_kg / body.mass_kg if body.mass_kg else 1.0
    bodies = (
        weighing(one, one.mass_kg * ratio) if one.id in alike and ratio != 1 else one
        for one in stage.bodies
    )
    stage = replace(
        stage, bodies=tuple(changed.body if one.id == body.id else one for one in bodies)
    )
    if changed.actions is not None:
        stage = replace(stage, actions=_with(stage.actions, body.id, changed.actions))
    if change.name != "material":
        return stage, changed.note
    stage, became = softened(stage, changed.body, change.value)
    return stage, ", ".join(filter(None, (changed.note, became)))


def _with(
    actions: tuple[StageAction, ...], body_id: str, mine: tuple[StageAction, ...]
) -> tuple[StageAction, ...]:
    """Return all actions, those on one body replaced, every one in its place."""
    new = iter(mine)
    return tuple(next(new) if action.body == body_id else action for action in actions)


def _in_setting(stage: Stage, change: Change) -> Stage:
    if change.name != GRAVITY:
        why = f"the setting has no {change.name!r} that can be changed"
        raise refused(change, why, [GRAVITY], wrong=change.name)
    down = np.array([0.0, 0.0, -_gravity(change)])
    return replace(stage, gravity=down)


def _gravity(change: Change) -> float:
    if change.value in GRAVITY_WORDS:
        return GRAVITY_WORDS[change.value]
    try:
        return number(change, 0.0, MOST_GRAVITY, ", ".join(GRAVITY_WORDS))
    except SettingsError as error:
        raise SettingsError(f"{error} (in m/s²)") from None


def _stated(graph: SceneGraph, change: Change) -> SceneGraph:
    """Return what the words would say of it; of one among several they say nothing."""
    if change.target == SETTING:
        gravity = change.value if change.value in GRAVITY_WORDS else float(change.value)
        setting = graph.setting.model_copy(update={GRAVITY: gravity})
        return graph.model_copy(update={"setting": setting})
    if change.name not in _STATED or "#" in change.target:
        return graph
    value = float(change.value) if change.name == "mass_kg" else change.value.lower()
    entities = tuple(
        entity.model_copy(update={change.name: value}) if entity.id == change.target else entity
        for entity in graph.entities
    )
    return graph.model_copy(update={"entities": entities})
