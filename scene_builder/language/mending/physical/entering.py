"""Into: what rolls into a thing that stands there hits it, and does not come to lie in it."""

import re
from typing import Any

from scene_builder.knowledge.words.nouns import plural

Document = dict[str, Any]

_LEVEL = frozenset({"roll", "slide", "push", "pull", "kick", "run", "walk", "fly"})
_STANDING = frozenset({"can", "trash can", "garbage can", "rubbish bin", "trash bin", "dustbin",
                       "bin", "barrel", "bucket", "pail", "bottle", "jar", "vase", "jug", "pot",
                       "flowerpot", "keg", "drum", "urn", "pitcher", "mug", "teapot", "kettle",
                       "tin", "cup", "glass"})  # fmt: skip
"""Vessels that are open above, if at all."""
_OPEN_TO_SIDE = (
    r"(?:\w+[ ,]+){{0,3}}?{noun}[ ,]+(?:(?:that|which|is|are|lying|lies|lie|laid|placed|resting|"
    r"turned|tipped)[ ,]+)*(?:on (?:its|their|one|the) sides?|sideways|over|open)"
    r"|(?:tipped|overturned|toppled|fallen|sideways|lying|tilted|open)[ -](?:over )?{noun}"
)


def entered(document: Document, text: str) -> list[str]:
    """Say, in place, `touches` of what cannot get into what it is said to roll into.

    Something that moves over the floor does not get into vessels that stand there, and one thing
    does not lie in several; what comes from above, or meets a vessel on its side, does.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        text: The lower-case prompt, its closed wordings blanked out.

    Returns:
        One sentence for each such choice.
    """
    entities = {entity["id"]: entity for entity in document["entities"]}
    level = {a["actor"] for a in document["actions"] if a["verb"] in _LEVEL}
    level -= {a["actor"] for a in document["actions"]
              if a["verb"] not in _LEVEL or a.get("direction") in {"off", "down"}}  # fmt: skip
    level -= {r["subject"] for r in document["relations"] if r["predicate"] in {"on", "inside"}}
    notes = []
    for said in document["outcomes"]:
        target = entities.get(said.get("object") or "")
        if said["subject"] not in level or target is None or (
            said["predicate"] not in {"lands_in", "touches"}):  # fmt: skip
            continue
        sideways = _lies_open(target["noun"], text)
        several = target.get("count", 1) > 1
        if said["predicate"] == "touches" and sideways and not several:
            said["predicate"] = "lands_in"
        elif said["predicate"] == "lands_in" and not said.get("negated") and not sideways and (
            several or target["noun"] in _STANDING):  # fmt: skip
            said["predicate"] = "touches"
            notes.append(f"the {target['noun']} stands upright: rolling into it is hitting it")
    return notes


def _lies_open(noun: str, text: str) -> bool:
    """Whether the words say that a vessel lies on its side."""
    either = f"(?:{re.escape(noun)}|{re.escape(plural(noun))})"
    into = r"\binto (?:an?|the|its|one|two|three) "
    found = re.search(into + "(?:" + _OPEN_TO_SIDE.format(noun=either) + ")", text)
    return found is not None
