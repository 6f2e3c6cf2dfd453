"""Which entities of two readings of one prompt are the same thing."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.words.nouns import SYNONYMS

Document = dict[str, Any]
_REFS = ("subject", "actor", "target", "object")


def aligned(base: Document, other: Document) -> dict[str, str]:
    """Return id in `other` → id in `base`, for things that both name.

    Two entities are one where their nouns stand on the same letters; where that is not known,
    where their nouns are the same, or one noun ends in the other.
    """
    found: dict[str, str] = {}
    pairs = [
        (_likeness(one, two), one["id"], two["id"])
        for one in base["entities"] for two in other["entities"]
    ]  # fmt: skip
    for likeness, one, two in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness > 0 and one not in found.values() and two not in found:
            found[two] = one
    return found


def renamed(said: Document, names: dict[str, str]) -> Document:
    """Return a statement with its entities called as `names` says."""
    copy = dict(said)
    for key in _REFS:
        value = said.get(key)
        if isinstance(value, list):
            copy[key] = [_ref(ref, names) for ref in value]
        elif value is not None:
            copy[key] = _ref(value, names)
    return copy


def names_in(said: Document) -> list[str]:
    """Return the ids that a statement names, without numbers of individuals."""
    values = [said.get(key) for key in _REFS]
    flat = [ref for value in values for ref in (value if isinstance(value, list) else [value])]
    return [ref.partition("#")[0] for ref in flat if ref]


def larger_by(named: Sequence[str], nouns: Mapping[str, str]) -> float | None:
    """Return how much larger the first thing is than the second [logarithm of the ratio], or None.

    Args:
        named: Ids that a statement names.
        nouns: Id → noun.
    """
    match [resolve_noun(nouns[ref]) for ref in named if ref in nouns]:
        case [one, two] if one is not None and two is not None:
            return math.log(one.noun.size_m / two.noun.size_m)
        case _:
            return None


def overlap(one: Document, two: Document, field: str) -> bool:
    """Whether the same letters say `field` of both."""
    first, second = one.get("spans", {}).get(field), two.get("spans", {}).get(field)
    if first is None or second is None:
        return False
    return bool(first[0] < second[1] and second[0] < first[1])


def _ref(ref: str, names: dict[str, str]) -> str:
    name, mark, number = ref.partition("#")
    return f"{names.get(name, name)}{mark}{number}"


def _likeness(one: Document, two: Document) -> float:
    same_words = overlap(one, two, "noun")
    placed = "noun" in one.get("spans", {}) and "noun" in two.get("spans", {})
    first, second = (str(SYNONYMS.get(e["noun"], e["noun"])) for e in (one, two))
    same = first == second
    akin = same or first.endswith(" " + second) or second.endswith(" " + first)
    agreeing: int = sum(one.get(k) == two.get(k) for k in ("color", "material", "size", "count"))
    if same_words:
        return 10.0 + agreeing
    if not akin:
        return 0.0
    return (5.0 if same else 3.0) + agreeing - (2.0 if placed else 0.0)
