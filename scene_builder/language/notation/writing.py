"""The line notation: a scene graph in a few dozen tokens, for small language models.

One line says one thing. The demo sentence reads::

    ball red rubber
    table wood
    cup 3 blue
    ball on table
    ball roll off
    ball falls_off table
    ball knocks_over cup 3

Closed words stand bare, free ones follow a key (`material=unobtainium`; with other characters
than letters, digits, `_`, `.` and `-`, as a JSON string). `cup_2` is the second entity called
cup, `den:"teddy bear"` an entity whose id does not follow from its noun. Every scene graph
survives `graph_from_notation(notation_from_graph(graph))` unchanged, except for its prompt,
which the notation leaves out.
"""

import json
import re

from scene_builder.knowledge.words.qualities import BASE_MATERIALS, CSS_OF_WORDS
from scene_builder.model.graph import Action, CameraCue, Entity, Outcome, Relation, SceneGraph
from scene_builder.model.words import DIRECTIONS, SIZE_WORDS, SPEED_WORDS

COLORS: tuple[str, ...] = tuple(sorted(CSS_OF_WORDS))
"""Colours that stand bare."""
MATERIALS: tuple[str, ...] = tuple(word for word in BASE_MATERIALS if word not in CSS_OF_WORDS)
"""Materials that stand bare; gold and silver are colours there, and materials behind a key."""
SETTING_KEYS = ("place", "ground", "time_of_day", "weather", "gravity")
COMPARE_SIGNS = {"exactly": "", "at_least": ">=", "at_most": "<="}

_BARE = re.compile(r"[A-Za-z0-9_.-]+")
_BARE_ID = re.compile(r"([a-z][a-z0-9]*(?:_[a-z0-9]+)*?)(?:_([1-9][0-9]*))?")


def notation_from_graph(graph: SceneGraph) -> str:
    """Return the line notation of `graph`, one line for each thing it says."""
    lines = [
        *map(_entity_line, graph.entities),
        *map(_relation_line, graph.relations),
        *map(_action_line, graph.actions),
        *map(_outcome_line, graph.outcomes),
        *map(_camera_line, graph.camera),
        *_setting_lines(graph),
    ]
    return "".join(line + "\n" for line in lines)


def noun_of_id(entity_id: str) -> str:
    """Return the noun that a bare id stands for: `teddy_bear_2` is a teddy bear."""
    match = _BARE_ID.fullmatch(entity_id)
    return (match[1] if match else entity_id).replace("_", " ")


def _entity_line(entity: Entity) -> str:
    bare = noun_of_id(entity.id) == entity.noun
    tokens = [entity.id if bare else f"{entity.id}:{quoted(entity.noun)}"]
    if entity.count != 1:
        tokens.append(str(entity.count))
    if isinstance(entity.size, float):
        tokens.append(number(entity.size) + "m")
    elif entity.size is not None:
        tokens.append(_closed("size", entity.size, SIZE_WORDS))
    if entity.color is not None:
        tokens.append(_closed("color", entity.color, COLORS))
    if entity.material is not None:
        tokens.append(_closed("material", entity.material, MATERIALS))
    if entity.mass_kg is not None:
        tokens.append(number(entity.mass_kg) + "kg")
    if entity.mobility is not None:
        tokens.append(entity.mobility)
    if entity.text:
        tokens.append(f"text={quoted(entity.text)}")
    return " ".join(tokens)


def _relation_line(relation: Relation) -> str:
    return " ".join([relation.subject, relation.predicate, *relation.object])


def _action_line(action: Action) -> str:
    tokens = [action.actor, action.verb]
    if action.direction is not None:
        tokens.append(_closed("direction", action.direction, DIRECTIONS))
    if isinstance(action.speed, float):
        tokens.append(number(action.speed) + "m/s")
    elif action.speed is not None:
        tokens.append(_closed("speed", action.speed, SPEED_WORDS))
    if action.target is not None:
        tokens.append(">" + action.target)
    if action.height_m is not None:
        tokens.append(f"h={number(action.height_m)}")
    if action.start_secs:
        tokens.append(f"t={number(action.start_secs)}")
    if action.after is not None:
        tokens.append(f"after={action.after}")
    return " ".join(tokens)


def _outcome_line(outcome: Outcome) -> str:
    tokens = [outcome.subject, *(["not"] if outcome.negated else []), outcome.predicate]
    if outcome.object is not None:
        tokens.append(outcome.object)
    if outcome.count is not None:
        tokens.append(f"{COMPARE_SIGNS[outcome.compare]}{outcome.count}")
    elif outcome.compare != "exactly":
        tokens.append(f"compare={outcome.compare}")
    if outcome.after is not None:
        tokens.append(f"after={outcome.after}")
    return " ".join(tokens)


def _camera_line(cue: CameraCue) -> str:
    tokens = ["camera", *(word for word in (cue.shot, cue.angle, cue.move) if word is not None)]
    if cue.target is not None:
        tokens.append(">" + cue.target)
    if cue.start_secs:
        tokens.append(f"t={number(cue.start_secs)}")
    return " ".join(tokens)


def _setting_lines(graph: SceneGraph) -> list[str]:
    lines = []
    for key in SETTING_KEYS:
        value = getattr(graph.setting, key)
        if isinstance(value, float):
            lines.append(f"{key}={number(value)}")
        elif value is not None and (key, value) != ("gravity", "earth"):
            lines.append(f"{key}={quoted(value)}")
    texts = {"style": graph.look.style, "mood": graph.look.mood, "title": graph.title}
    lines += [f"{key}={quoted(value)}" for key, value in texts.items() if value]
    if graph.duration_secs is not None:
        lines.append(f"duration={number(graph.duration_secs)}")
    return lines


def _closed(key: str, value: str, bare: tuple[str, ...]) -> str:
    return value if value in bare else f"{key}={quoted(value)}"


def quoted(text: str) -> str:
    """Return `text` bare where it is one plain word, else as a JSON string."""
    return text if _BARE.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def number(value: float) -> str:
    """Return the shortest digits that read back as exactly `value`."""
    return repr(float(value)).removesuffix(".0")
