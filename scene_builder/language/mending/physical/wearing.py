"""Hats: what the words say that somebody wears sits on that one's head, until it is lost."""

import re
from collections.abc import Iterator
from typing import Any

from scene_builder.knowledge.catalogue import hypernyms_of
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.words.nouns import plural
from scene_builder.language.mending.physical.happening import retained

Document = dict[str, Any]

_HEADWEAR = frozenset({"hat", "crown", "helmet"})
_WEARERS = frozenset({"person", "animal", "figure_thing", "snowman", "scarecrow", "robot", "doll",
                      "teddy_bear", "gnome", "puppet", "toy_figure"})  # fmt: skip
_WHOSE = r"(?:its|his|her|their)"
_LOOKS = r"(?:[\w'-]+ ){0,3}?"
_HAS = r"(?:with|wearing|wears|has|sporting|sports) (?:an?|the|its|his|her|their)"
_LOSES = r"(?:loses|lost|losing|is losing)"
_OFF = r"(?: (?:is|are|gets))?(?: [\w-]+ly)? (?:bl[oe]w|fl[iye]|fall|swept|whip|torn|com)\w*"
_PUT = frozenset({"on", "inside", "under", "attached_to", "hanging_from", "beside", "near",
                  "left_of", "right_of", "in_front_of", "behind", "above", "against"})  # fmt: skip
_LEAVING = frozenset({"fly", "fall", "float", "launch"})


def worn(document: Document, text: str) -> list[str]:
    """Put, in place, a hat on the head of who has it, and let it leave that where it is lost.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        text: The lower-case prompt, its closed wordings blanked out.

    Returns:
        One sentence for each hat that is put on a head.
    """
    notes = []
    for hat in [one for one in document["entities"] if _kinds(one["noun"]) & _HEADWEAR]:
        wearer = _wearer(document, hat, text)
        if wearer is None or _is_put(document, hat["id"], wearer["id"]):
            continue
        acts = _verbs(document, hat) - _verbs(document, wearer) - {"stay"}
        if acts - _LEAVING:
            continue
        lost = _is_lost(wearer["noun"], hat["noun"], text)
        _put_on(document, hat["id"], wearer, lost=lost or bool(acts))
        if lost:
            _let_go(document, hat["id"])
        notes.append(f"the {hat['noun']} sits on the {wearer['noun']}'s head")
    return notes


def _verbs(document: Document, entity: Document) -> set[str]:
    return {a["verb"] for a in document["actions"] if a["actor"] == entity["id"]}


def _kinds(noun: str) -> set[str]:
    match = resolve_noun(noun)
    return set() if match is None else {match.noun.name, match.noun.category, match.noun.shape,
                                        *hypernyms_of(match.noun.name)}  # fmt: skip


def _forms(noun: str) -> str:
    return f"(?:{re.escape(noun)}|{re.escape(plural(noun))})"


def _wearer(document: Document, hat: Document, text: str) -> Document | None:
    """Return who wears a hat by the words; one that is named only as its owner joins the things."""
    head = _forms(hat["noun"])
    heads: list[Document] = [
        one for one in document["entities"] if one is not hat and _kinds(one["noun"]) & _WEARERS
    ]
    for one in heads:
        who = _forms(one["noun"])
        if re.search(rf"\b{who}(?:'s|s'|,? (?:that |who )?{_HAS}) {_LOOKS}{head}\b", text):
            return one
    if len(heads) == 1 and re.search(
        rf"\b{_forms(heads[0]['noun'])}\b.*\b{_WHOSE} {_LOOKS}{head}\b", text
    ):
        return heads[0]
    owner = re.search(rf"\b(?P<who>[a-z]+)'s {_LOOKS}{head}\b", text)
    if owner is None or not _kinds(owner["who"]) & _WEARERS or heads:
        return None
    found: Document = {"id": owner["who"], "noun": owner["who"], "count": 1}
    document["entities"].insert(0, found)
    return found


def _is_put(document: Document, hat: str, wearer: str) -> bool:
    """Whether other words put a hat somewhere; on whom it sits upside down counts as nothing."""
    document["relations"] = [
        one for one in document["relations"]
        if not (one["subject"] == wearer and one["object"] == [hat]
                and one["predicate"] in {"on", "inside", "beside", "near"})
    ]  # fmt: skip
    return any(one["subject"] == hat and one["predicate"] in _PUT for one in document["relations"])


def _is_lost(wearer: str, hat: str, text: str) -> bool:
    who, head = _forms(wearer), _forms(hat)
    loses = rf"\b{who}\b(?: [\w-]+ly)? {_LOSES} (?:{_WHOSE}|the|an?) {_LOOKS}{head}\b"
    leaves = rf"\b{head}{_OFF} (?:off|away)\b"
    return any(re.search(pattern, text) for pattern in (loses, leaves))


def _put_on(document: Document, hat: str, wearer: Document, *, lost: bool) -> None:
    """A hat lies on the head; it keeps to one that goes somewhere, unless it is lost."""
    going = _verbs(document, wearer) - {"stay"}
    predicate = "attached_to" if going and not lost else "on"
    said = {"subject": hat, "predicate": predicate, "object": [wearer["id"]]}
    document["relations"].append(said)
    if not lost:
        retained(document, "actions", lambda action: action["actor"] != hat)


def _let_go(document: Document, hat: str) -> None:
    def keeps(outcome: Document) -> bool:
        return bool(outcome["subject"] != hat or outcome["predicate"] != "falls")

    retained(document, "outcomes", keeps)
    mine: Iterator[Document] = (a for a in document["actions"] if a["actor"] == hat)
    first = next(mine, None)
    if first is None:
        document["actions"].append({"actor": hat, "verb": "fall", "direction": "off"})
    else:
        first["direction"] = "off"
