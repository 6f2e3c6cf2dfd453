"""Coats: the colour that an animal's hair has when it is called by a brighter one."""

from typing import Any

from scene_builder.knowledge.nouns import resolve_noun

Document = dict[str, Any]

_COATS = {"gold": "burlywood"}


def coated(document: Document) -> None:
    """Give animals, in place, hair of a colour that hair has: a golden retriever is not gilded."""
    for entity in document["entities"]:
        coat = _COATS.get(entity.get("color") or "")
        match = resolve_noun(entity["noun"]) if coat else None
        if match is not None and match.noun.substance == "flesh" and not entity.get("material"):
            entity["color"] = coat
