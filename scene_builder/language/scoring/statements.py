"""Relations, actions and outcomes of a graph, held against labels."""

from collections.abc import Sequence

from scene_builder.language.scoring.agreement import Agreement, detail
from scene_builder.language.scoring.equality import Value, equal, own_ref, own_refs
from scene_builder.language.scoring.labels import Label
from scene_builder.model.graph import Action, Outcome, SceneGraph

_SYMMETRIC = {"near", "beside", "facing", "between", "attached_to"}
_INVERSE = {"left_of": "right_of", "in_front_of": "behind", "above": "under"}
_WITH_OBJECT = 3
_INVERSE |= {value: key for key, value in _INVERSE.items()}


def compare_relations(
    labels: Sequence[Label], graph: SceneGraph | None, names: dict[str, str], result: Agreement
) -> None:
    """Note which relations agree; one agrees with its inverse, too."""
    said = []
    for relation in graph.relations if graph else ():
        subject, objects = own_ref(relation.subject, names), own_refs(relation.object, names)
        said.append((subject, relation.predicate, objects))
    free = list(range(len(said)))
    for label in (label for label in labels if label.kind == "relations"):
        text = " ".join(part[0] for part in label.head)
        hit = next((k for k in free if _same_relation(label, said[k])), None)
        if hit is not None:
            free.remove(hit)
            result.hold("relation", text, required=label.required)
        elif label.required:
            result.missed.append(("relation", text))
    for k in free:
        subject, predicate, objects = said[k]
        if objects == ("ground",) and predicate == "on":  # where everything stands in the end
            continue
        result.invented.append(("relation", " ".join([subject, predicate, *objects])))


def _same_relation(label: Label, said: tuple[str, str, tuple[str, ...]]) -> bool:
    subject, predicate, objects = said
    straight = subject in label.head[0] and _same_objects(label, objects)
    turned = (
        len(objects) == 1
        and objects[0] in label.head[0]
        and len(label.head) == _WITH_OBJECT
        and subject in label.head[2]
    )
    return any(
        (wanted == predicate and (straight or (turned and wanted in _SYMMETRIC)))
        or (turned and _INVERSE.get(wanted) == predicate)
        for wanted in label.head[1]
    )


def _same_objects(label: Label, objects: tuple[str, ...]) -> bool:
    """Whether each wanted object is named, and no other than those that may be."""
    rest = list(objects)
    for part in label.head[2:]:
        named = next((ref for ref in rest if ref in part), None)
        if named is None:
            return False
        rest.remove(named)
    return all(any(ref in part for part in label.loose) for ref in rest)


def compare_actions(
    labels: Sequence[Label], graph: SceneGraph | None, names: dict[str, str], result: Agreement
) -> None:
    """Note which actions agree, by actor and verb, and which of their details."""
    free = list(graph.actions) if graph else []
    for label in (label for label in labels if label.kind == "actions"):
        actor, verbs = label.head[0], label.head[1]
        text = f"{actor[0]} {verbs[0]}"
        same = [a for a in free if own_ref(a.actor, names) in actor and a.verb in verbs]
        if same:
            action = max(same, key=lambda a: _shared_details(label, a, names))
            free.remove(action)
            result.hold("action", text, required=label.required)
            for name in ("target", "direction", "speed", "height_m"):
                value = getattr(action, name)
                value = own_ref(value, names) if name == "target" and value else value
                detail(result, "action detail", f"{text} {name}", value,
                        label.details.get(name), name)  # fmt: skip
        elif label.required:
            result.missed.append(("action", text))
            result.missed += [
                ("action detail", f"{text} {name}={values[0]}")
                for name, (needed, values) in label.details.items() if needed
            ]  # fmt: skip
    for action in free:
        if action.verb != "stay":  # "stays" says no more than that nothing else happens
            text = f"{own_ref(action.actor, names)} {action.verb}"
            result.invented.append(("action", text))


def _shared_details(label: Label, action: Action, names: dict[str, str]) -> int:
    def value(name: str) -> Value | None:
        raw = getattr(action, name)
        return own_ref(raw, names) if name == "target" and raw else raw

    shared = 0
    for name, (_, values) in label.details.items():
        said = value(name)
        shared += said is not None and equal(said, values, name)
    return shared


def compare_outcomes(
    labels: Sequence[Label], graph: SceneGraph | None, names: dict[str, str], result: Agreement
) -> None:
    """Note which outcomes agree."""
    said = [
        (_outcome(own_ref(o.subject, names), o.negated or o.count == 0, o.predicate,
                  own_ref(o.object, names) if o.object else ""), o)
        for o in (graph.outcomes if graph else ())
    ]  # fmt: skip
    held = set()
    for label in (label for label in labels if label.kind == "outcomes"):
        text = " ".join(part[0] for part in label.head)
        hit = next((k for k, (key, _) in enumerate(said) if key in _wanted_outcomes(label)), None)
        if hit is not None:
            key, outcome = said.pop(hit)
            held.add(key)
            result.hold("outcome", text, required=label.required)
            _outcome_count(label, outcome, text, result)
        elif label.required:
            result.missed.append(("outcome", text))
            needed, values = label.details.get("count", (False, ()))
            result.missed += [("outcome", f"{text} {values[0]}")] if needed else []
    for key, _ in said:
        if key in held:  # "none falls" and "zero fall" say one thing
            continue
        subject, negated, predicate, other = key
        words = [subject, *(["not"] if negated else []), predicate, other]
        result.invented.append(("outcome", " ".join(words).strip()))


def _outcome_count(label: Label, outcome: Outcome, text: str, result: Agreement) -> None:
    """A count that no label gives is the reader's understanding of "all"; it is not judged."""
    needed, values = label.details.get("count", (False, ()))
    if not values:
        return
    compare = label.details.get("compare", (False, ("exactly",)))[1]
    right = outcome.count in values and outcome.compare in compare
    if right:
        result.hold("outcome", f"{text} count", required=needed)
    elif needed:
        result.missed.append(("outcome", f"{text} {compare[0]} {values[0]}"))


def _wanted_outcomes(label: Label) -> list[tuple[str, bool, str, str]]:
    negated = label.head[1] == ("not",)
    predicates, others = label.head[1 + negated], label.head[2 + negated :]
    objects = others[0] if others else ("", *(ref for part in label.loose for ref in part))
    return [
        _outcome(subject, negated, predicate, other)
        for subject in label.head[0]
        for predicate in predicates
        for other in objects
    ]


def _outcome(
    subject: str, negated: bool, predicate: str, other: str
) -> tuple[str, bool, str, str]:  # fmt: skip
    """Return an outcome as its simplest equal: to avoid a thing is not to touch it."""
    if predicate == "avoids":
        negated, predicate = not negated, "touches"
    return subject, negated, predicate, other
