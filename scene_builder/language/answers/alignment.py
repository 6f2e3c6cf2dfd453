"""Spans for a graph whose words another reader has found: the same statement, the same words.

Where the words are not English, the rules of their own language say which words say what; what
a chat model wrote is pointed to the words of the same statement.
"""

from collections.abc import Iterator
from typing import Any

from scene_builder.language.answers.mentions import same_noun
from scene_builder.model.graph import Entity
from scene_builder.model.reading import Reading

Document = dict[str, Any]
Evidence = tuple[str, int, int]

_PARTS = {"relations": ("subject", "predicate", "object"), "actions": ("actor", "verb"),
          "outcomes": ("subject", "predicate", "object")}  # fmt: skip
"""What makes two statements the same one."""


def spans_like(document: Document, other: Reading) -> list[Evidence]:
    """Return (path, start, end) of what `document` says and `other` has words for.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        other: What another reader read in the same words.
    """
    theirs = other.graph.model_dump(mode="json")
    ids = dict(_same_things(document["entities"], other.graph.entities))
    places = {f"entities.{k}": f"entities.{ids[e['id']]}"
              for k, e in enumerate(document["entities"]) if e["id"] in ids}  # fmt: skip
    names = {e["id"]: other.graph.entities[ids[e["id"]]].id
             for e in document["entities"] if e["id"] in ids}  # fmt: skip
    for part, keys in _PARTS.items():
        said = [[_named(item.get(key), {}) for key in keys] for item in theirs[part]]
        for k, item in enumerate(document[part]):
            mine = [_named(item.get(key), names) for key in keys]
            if mine in said:
                places[f"{part}.{k}"] = f"{part}.{said.index(mine)}"
    spans: list[Evidence] = []
    for place, their_place in places.items():
        for span in other.spans:
            field = span.path.removeprefix(f"{their_place}.")
            if field == span.path:
                continue
            if field == "noun" or _at(document, f"{place}.{field}") == _at(theirs, span.path):
                spans.append((f"{place}.{field}", span.start, span.end))
    return spans


def _same_things(entities: list[Document], others: tuple[Entity, ...]) -> Iterator[tuple[str, int]]:
    """Each entity's id and the index of the other reader's, by noun, then by what else fits."""
    free = set(range(len(others)))
    for entity in entities:
        fits = [
            (sum(entity.get(key) == getattr(others[k], key) for key in ("color", "material")), -k)
            for k in free
            if same_noun(entity["noun"], others[k].noun)
        ]
        if fits:
            index = -max(fits)[1]
            free.remove(index)
            yield entity["id"], index


def _named(value: object, names: dict[str, str]) -> object:
    if isinstance(value, list):
        return [_named(item, names) for item in value]
    if isinstance(value, str):
        return names.get(value.partition("#")[0], value)
    return value


def _at(document: Any, path: str) -> object:  # noqa: ANN401 - JSON
    for part in path.split("."):
        if isinstance(document, list):
            document = document[int(part)] if int(part) < len(document) else None
        elif isinstance(document, dict):
            document = document.get(part)
    return document
