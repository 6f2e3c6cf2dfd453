"""Cloth that is draped over something lies on it."""

from typing import Any

from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.words.cloths import CLOTHS

_TOGETHER = {"above", "against"}
"""What readers make of `draped over`: both at once, which nothing rigid could be."""


def draped(document: dict[str, Any], repairs: list[str]) -> None:
    """Say `on` for cloth that is said to be above and against the same thing (in place)."""
    nouns = {entity["id"]: entity["noun"] for entity in document["entities"]}
    said: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for relation in document["relations"]:
        key = (relation["subject"], tuple(relation["object"]))
        said.setdefault(key, set()).add(relation["predicate"])
    for key, predicates in said.items():
        subject, objects = key
        match = resolve_noun(nouns.get(subject.partition("#")[0], ""))
        if match is None or match.noun.name not in CLOTHS or not predicates >= _TOGETHER:
            continue
        document["relations"] = [
            relation
            for relation in document["relations"]
            if (relation["subject"], tuple(relation["object"])) != key
            or relation["predicate"] not in _TOGETHER
        ]
        if "on" not in predicates:
            document["relations"].append(
                {"subject": subject, "predicate": "on", "object": list(objects)}
            )
        repairs.append(f"{subject} is draped over {' and '.join(objects)}: it lies on it")
