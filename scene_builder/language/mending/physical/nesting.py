"""Where a thing stands that lies in another, and what a still life stands on."""

import re
from typing import Any

from scene_builder.language.phrases.wordings import Facts

Document = dict[str, Any]

_STILL_LIFE = re.compile(r"\b(?:(?P<place>kitchen|studio|garden) )?still[ -]lifes?\b")
_SUPPORTS = frozenset(
    {"table", "desk", "shelf", "windowsill", "counter", "bench", "stool", "chair"}
)
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
