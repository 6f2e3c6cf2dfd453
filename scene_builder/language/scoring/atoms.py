"""Which labels a graph holds, and what it says beyond them."""

from collections.abc import Sequence
from typing import Any

from scene_builder.language.notation.writing import noun_of_id
from scene_builder.language.scoring.agreement import Agreement, detail
from scene_builder.language.scoring.equality import Value, equal, own_ref, plain_noun
from scene_builder.language.scoring.labels import Label
from scene_builder.language.scoring.statements import (
    compare_actions,
    compare_outcomes,
    compare_relations,
)
from scene_builder.model.graph import Entity, SceneGraph

_ATTRIBUTES = ("color", "material", "size", "mass_kg")


def agreement(labels: Sequence[Label], graph: SceneGraph | None) -> Agreement:
    """Return how `graph` agrees with `labels`; without a graph everything is missed.

    Entities are paired by noun, then by what else is said of them. A relation agrees with its
    inverse (left of, right of) and, where it is symmetric, with itself turned round.
    """
    result = Agreement()
    pairs = _paired_entities(labels, graph, result)
    names = {entity.id: key for key, entity in pairs.items()}
    compare_relations(labels, graph, names, result)
    compare_actions(labels, graph, names, result)
    compare_outcomes(labels, graph, names, result)
    _camera(labels, graph, names, result)
    _setting(labels, graph, result)
    return result


def _paired_entities(
    labels: Sequence[Label], graph: SceneGraph | None, result: Agreement
) -> dict[str, Entity]:
    wanted = [label for label in labels if label.kind == "entities"]
    free = list(graph.entities) if graph else []
    pairs: dict[str, Entity] = {}
    options = sorted(
        ((_likeness(label, entity), -k, -n) for k, label in enumerate(wanted)
         for n, entity in enumerate(free) if _likeness(label, entity) > 0), reverse=True,
    )  # fmt: skip
    taken: set[int] = set()
    for _, k, n in options:
        key = wanted[-k].head[0][0]
        if key not in pairs and -n not in taken:
            pairs[key] = free[-n]
            taken.add(-n)
    for label in wanted:
        key = label.head[0][0]
        if key in pairs:
            result.hold("entity", key, required=label.required)
            _attributes(label, pairs[key], result)
        elif label.required:
            result.missed.append(("entity", key))
            result.missed += [
                ("count" if name == "count" else "attribute", f"{key} {name}={(*values, '')[0]}")
                for name, (needed, values) in label.details.items() if needed and name != "mobility"
            ]  # fmt: skip
    for n, entity in enumerate(free):
        if n not in taken:
            result.invented.append(("entity", entity.id))
    return pairs


def _likeness(label: Label, entity: Entity) -> float:
    if not any(plain_noun(noun_of_id(name)) == plain_noun(entity.noun) for name in label.head[0]):
        return 0.0
    agreeing = sum(
        getattr(entity, name) is not None and equal(getattr(entity, name), values, name)
        for name, (_, values) in label.details.items()
        if name in {"count", *_ATTRIBUTES}
    )
    differing = sum(
        getattr(entity, name) is not None and name not in label.details for name in _ATTRIBUTES
    )
    return 10.0 + agreeing - 0.5 * differing


def _attributes(label: Label, entity: Entity, result: Agreement) -> None:
    key = label.head[0][0]
    for name in ("count", *_ATTRIBUTES):
        kind = "count" if name == "count" else "attribute"
        value = getattr(entity, name)
        value = None if name == "count" and value == 1 else value
        detail(result, kind, f"{key} {name}", value, label.details.get(name), name)
    for either in (name for name in label.details if "|" in name):
        values = [(name, getattr(entity, name)) for name in either.split("|")]
        held = any(v is not None and equal(v, label.details[name][1], name) for name, v in values)
        (result.found if held else result.missed).append(("attribute", f"{key} {either}"))


def _camera(
    labels: Sequence[Label], graph: SceneGraph | None, names: dict[str, str], result: Agreement
) -> None:
    said: dict[str, list[Any]] = {name: [] for name in ("shot", "angle", "move", "target")}
    for cue in graph.camera if graph else ():
        for name, values in said.items():
            value = getattr(cue, name)
            if value is not None:
                values.append(own_ref(value, names) if name == "target" else value)
    for label in (label for label in labels if label.kind == "camera"):
        for name, (needed, wanted) in label.details.items():
            hit = next((v for v in said[name] if v in wanted), None)
            if hit is not None:
                said[name].remove(hit)
                result.hold("camera", f"{name}={hit}", required=needed and label.required)
            elif needed and label.required:
                result.missed.append(("camera", f"{name}={wanted[0]}"))
    for name, values in said.items():
        result.invented += [("camera", f"{name}={value}") for value in values]


def _setting(labels: Sequence[Label], graph: SceneGraph | None, result: Agreement) -> None:
    said: dict[str, Value | None] = {}
    if graph:
        said = {
            key: value for key, value in graph.setting.model_dump().items() if value is not None
        }
        if said.get("gravity") == "earth":
            del said["gravity"]
        said |= {"style": graph.look.style, "duration": graph.duration_secs}
    for label in (label for label in labels if label.kind == "setting"):
        key, wanted = label.head[0][0], label.head[1]
        value = said.pop(key, None)
        if key == "mood":
            continue
        detail(result, "setting", key, value, (label.required, wanted), key)
    result.invented += [
        ("setting", f"{key}={value}") for key, value in said.items() if value is not None
    ]
