"""Which thing a noun phrase names, and what is known about it."""

import difflib
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from scene_builder.knowledge.catalogue import ROOM_M, Noun, hypernyms_of, nouns

__all__ = [
    "MODELS", "MODIFIED_SCORE", "Match", "Noun", "built_nouns", "known_nouns", "model_of",
    "noun_named", "resolve_noun", "suggestions",
]  # fmt: skip

MODIFIED_SCORE = 0.9
"""How well a thing fits that is known by its head noun only (`kitchen stool` is a stool)."""

MODELS = {"watercraft": "toy_boat", "aircraft": "toy_plane", "building": "house", "vehicle": None}
"""Kinds of large things that a room is too small for, and what is shown of them instead; None
for the shape alone."""

_ARTICLES = ("a ", "an ", "the ", "some ")
_IRREGULAR = {
    "dice": "die", "shelves": "shelf", "knives": "knife", "loaves": "loaf", "leaves": "leaf",
    "boxes": "box", "glasses": "glass", "benches": "bench", "torches": "torch",
    "dominoes": "domino", "dominos": "domino", "tomatoes": "tomato", "dishes": "dish",
    "bushes": "bush", "houses": "house", "vases": "vase", "oranges": "orange", "discuses": "disc",
    "men": "man", "women": "woman", "children": "child", "people": "person", "mice": "mouse",
    "geese": "goose", "wolves": "wolf", "scarves": "scarf", "feet": "foot", "cacti": "cactus",
    "firemen": "fireman", "policemen": "policeman", "snowmen": "snowman", "oxen": "ox",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a noun of the words was taken for.

    Attributes:
        noun: The kind of thing.
        score: 1 for its own name or a synonym, less where a modifier was left aside.
        exact: Whether nothing was left aside.
    """

    noun: Noun
    score: float
    exact: bool


def known_nouns() -> tuple[str, ...]:
    """Return the names of all kinds of things, without their synonyms."""
    return tuple(nouns())


def built_nouns() -> tuple[str, ...]:
    """Return the names of the things that have a builder of their own."""
    return tuple(name for name, noun in nouns().items() if noun.built)


def noun_named(name: str) -> Noun:
    """Return the kind of thing of that very name.

    Raises:
        KeyError: If there is none.
    """
    return nouns()[name]


def resolve_noun(text: str, *, outdoors: bool = False) -> Match | None:
    """Return the kind of thing that a noun phrase names, or None.

    Its head counts: `old kitchen stool` is a stool, a `cup of tea` a cup.

    Args:
        text: The noun phrase.
        outdoors: Whether there is room for things of any size; otherwise a car is a toy car, a
            ship a toy ship (`model_of`).
    """
    words = _normalised(text).partition(" of ")
    whole = _normalised(text)
    if (name := _lookup(whole)) is not None:
        return Match(noun=_fitting(name, outdoors), score=1.0, exact=True)
    parts = words[0].split()
    for k in range(1 if not words[1] else 0, len(parts)):
        if (name := _lookup(" ".join(parts[k:]))) is not None:
            return Match(noun=_fitting(name, outdoors), score=MODIFIED_SCORE, exact=False)
    return None


def model_of(noun: Noun) -> Noun | None:
    """Return the toy or model that stands for a thing too large for a room, or None."""
    if noun.size_m <= ROOM_M:
        return None
    kinds = [kind for kind in hypernyms_of(noun.name) if kind in MODELS]
    own = noun.shape if kinds and noun.likeness else None
    for name in (f"toy_{noun.name}", own, *(MODELS[kind] for kind in kinds)):
        model = nouns().get(name) if name else None
        if model is not None and model.size_m < ROOM_M:
            return model
    return None


def suggestions(text: str, count: int = 5) -> tuple[str, ...]:
    """Return known things whose names look like `text`, the most similar first."""
    near = difflib.get_close_matches(_normalised(text), _words(), n=count * 2, cutoff=0.55)
    names = dict.fromkeys(word.replace("_", " ") for word in near)
    return tuple(names)[:count]


def _fitting(name: str, outdoors: bool) -> Noun:
    noun = nouns()[name]
    return noun if outdoors else model_of(noun) or noun


def _lookup(words: str) -> str | None:
    for form in _singulars(words):
        if form in _words():
            return _words()[form]
    return None


def _singulars(words: str) -> list[str]:
    head, _, last = words.rpartition(" ")
    forms = [last, _IRREGULAR.get(last, last)]
    if last.endswith("ies"):
        forms.append(last[:-3] + "y")
    if last.endswith("es"):
        forms.append(last[:-2])
    if last.endswith("s") and not last.endswith("ss"):
        forms.append(last[:-1])
    return [f"{head} {form}".strip() for form in dict.fromkeys(forms)]


def _normalised(text: str) -> str:
    words = re.sub(r"[_\-\s]+", " ", text.strip().lower())
    for article in _ARTICLES:
        words = words.removeprefix(article)
    return words.partition("#")[0].strip()


@functools.cache
def _words() -> Mapping[str, str]:
    words: dict[str, str] = {}
    for noun in nouns().values():
        for synonym in noun.synonyms:
            words.setdefault(re.sub(r"[_\-\s]+", " ", synonym.lower()), noun.name)
    for name in nouns():
        words[re.sub(r"[_\-\s]+", " ", name)] = name
    return words
