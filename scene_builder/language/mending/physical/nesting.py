"""Where a thing stands that lies in another, and what a still life stands on."""

import re
from typing import Any

from scene_builder.knowledge.words.people import FLUIDS
from scene_builder.language.phrases.wordings import Facts

Document = dict[str, Any]

_STILL_LIFE = re.compile(r"\b(?:(?P<place>kitchen|studio|garden) )?still[ -]lifes?\b")
_SUPPORTS = frozenset(
    {"table", "desk", "shelf", "windowsill", "counter", "bench", "stool", "chair"}
)
_OF_FRUIT = re.compile(r"\bstill[ -]lifes? (?:of|with) (?:some |fresh )?fruits?\b(?P<held> in )?")
_FRUIT = (("apple", 2), ("pear", 1), ("orange", 2), ("lemon", 1))
"""What fruit is where nobody says which."""

_NO_FRUIT = frozenset({"fruit", "fruits", "life", "still life"})
"""What readers take a still life of fruit for."""

_VESSELS = frozenset({"bowl", "basket", "dish", "box", "crate"})
_HELD = frozenset({"on", "inside", "above", "under", "hanging_from", "attached_to"})


def nested(document: Document) -> list[str]:
    """Put, in place, what holds a thing where the words put the thing after that.

    "Flowers in a vase on a windowsill": the vase is on the windowsill. Where the words put the
    thing on something first ("a ball on a book in a box"), nothing changes.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.

    Returns:
        One sentence for each such choice.
    """
    notes = []
    holders: dict[str, str] = {}
    for said in document["relations"]:
        subject, over = said["subject"], said["object"]
        if said["predicate"] == "inside" and len(over) == 1:
            holders[subject] = over[0]
        holder = holders.get(subject)
        free = holder is not None and not any(
            r["subject"] == holder and r["predicate"] in _HELD for r in document["relations"]
        )
        if said["predicate"] == "on" and free and holder not in over:
            said["subject"] = holder
            notes.append(f"the {subject} is in the {holder}, so that is what is on the {over[0]}")
    return notes


def without_contents(document: Document, words: str) -> None:
    """Take away, in place, what is in a vessel by its name: a cup of coffee is one thing.

    Only a fluid goes of which nothing else is said: what is poured, or floated on, stays.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        words: The prompt in small letters.
    """
    used = str([document.get(kind) for kind in ("relations", "actions", "outcomes")])
    nouns = "|".join(re.escape(entity["noun"]) for entity in document["entities"])
    document["entities"] = [
        entity for entity in document["entities"]
        if entity["noun"] not in FLUIDS
        or f"'{entity['id']}'" in used
        or not re.search(rf"\b(?:{nouns})s? of (?:[a-z]+ )?{re.escape(entity['noun'])}\b", words)
    ]  # fmt: skip


def fruited(document: Document, facts: Facts) -> list[str]:
    """Put, in place, several kinds of fruit into a still life of "fruit", which is no one thing.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        facts: What the closed wordings say.

    Returns:
        A sentence for the choice, if it was made.
    """
    found = _OF_FRUIT.search(facts.rest)
    entities, relations = document["entities"], document["relations"]
    ids = {entity["id"] for entity in entities}
    if found is None or ids & dict(_FRUIT).keys():
        return []
    plain = {entity["id"] for entity in entities if entity["noun"] in _NO_FRUIT}
    vessel = next((e["id"] for e in entities if e["noun"].split()[-1] in _VESSELS), None)
    said = [r for r in relations if r["subject"] in plain][:1]
    if not said and vessel is not None and found["held"]:
        said = [{"predicate": "inside", "object": [vessel]}]
    document["relations"] = [r for r in relations if not plain & {r["subject"], *r["object"]}]
    document["entities"] = [e for e in entities if e["id"] not in plain]
    for name, count in _FRUIT:
        document["entities"].append({"id": name, "noun": name, "count": count})
        document["relations"] += [r | {"subject": name} for r in said]
    kinds = ", ".join(f"{count} {name}{'s' * (count > 1)}" for name, count in _FRUIT)
    return [f"fruit is taken as {kinds}"]


def laid_out(document: Document, facts: Facts) -> list[str]:
    """Give, in place, the things of a still life a table to stand on, where no words do.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        facts: What the closed wordings say; a kitchen still life is in a kitchen.

    Returns:
        A sentence for the choice, if it was made.
    """
    found = _STILL_LIFE.search(facts.rest)
    if found is None:
        return []
    if found["place"] and "place" not in facts.setting:
        facts.setting["place"] = found["place"]
        facts.spans.append(("setting.place", *found.span("place")))
    nouns = {entity["noun"].rsplit(" ", maxsplit=1)[-1] for entity in document["entities"]}
    if nouns & _SUPPORTS or any(entity["id"] == "table" for entity in document["entities"]):
        return []
    held = {r["subject"] for r in document["relations"] if r["predicate"] in _HELD}
    document["entities"].append({"id": "table", "noun": "table", "count": 1})
    document["relations"] += [
        {"subject": entity["id"], "predicate": "on", "object": ["table"]}
        for entity in document["entities"][:-1]
        if entity["id"] not in held
    ]
    return ["a still life stands on a table"]
