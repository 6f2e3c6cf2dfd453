"""A prompt as a row of items: noun phrases, verbs, prepositions, and what joins them."""

import re
from dataclasses import dataclass
from typing import Literal

from scene_builder.knowledge.words.qualities import SPEED_WORD_OF
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.knowledge.words.relations import (
    DIRECTION_OF,
    EDGE_WORDS,
    RELATION_OF,
    ROW_WORDS,
    STACK_WORDS,
)
from scene_builder.knowledge.words.scenery import NO_THINGS
from scene_builder.knowledge.words.verbs import FORMS, SENSES_OF, Form, Sense
from scene_builder.language.phrases.chunks import chunk_at
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.tokens import Token, tokens_of
from scene_builder.model.words import Compare

Kind = Literal[
    "chunk", "scene", "verb", "prep", "pronoun", "subset", "be", "not", "without", "relative",
    "join",
    "then", "mark", "speed", "direction", "there", "nobody", "by", "arranged",
]  # fmt: skip

MOTION_PREPOSITIONS = ("off of", "off", "onto", "into", "from", "down", "up", "across", "along",
                       "towards", "toward", "at", "past", "through", "out of", "to")  # fmt: skip
_PREPOSITIONS = sorted({*RELATION_OF, *MOTION_PREPOSITIONS}, key=lambda w: -len(w.split()))
_DIRECTIONS = sorted(
    (w for w in DIRECTION_OF if w not in {"off", "up", "down", "left", "right"}),
    key=lambda w: -len(w.split()),
)  # fmt: skip
_SPEEDS = sorted(SPEED_WORD_OF, key=lambda w: -len(w.split()))
_SUBSET = re.compile(
    r"(at least|at most|exactly|only|just|no more than|no fewer than|not more than|not less than|)"
    r"\s*\b(every one|each one|[a-z]+|\d+) of (them|the|these|those)\b"
)
_COMPARES: dict[str, Compare] = {
    "at least": "at_least", "no fewer than": "at_least", "not less than": "at_least",
    "at most": "at_most", "no more than": "at_most", "not more than": "at_most",
}  # fmt: skip
_ALL = frozenset({"all", "each", "every", "both"})
_SPLIT_PARTICLES = ("over", "down", "out")
_NOBODY = frozenset("someone somebody something wind i you we he she".split())  # noqa: SIM905
_PRONOUNS = frozenset({"it", "them", "they", "itself", "themselves", "its"})
_BE = frozenset({"is", "are", "was", "were", "be", "being", "been", "'s", "get", "gets", "got"})
_ARRANGED = {"lined up": "in_row", "in a row": "in_row", "in a line": "in_row",
             "in a circle": "", "on top of each other": "stacked", "in a stack": "stacked",
             "in a pile": "stacked", "on top of one another": "stacked"}  # fmt: skip
_THEN = ("then", "after that", "afterwards", "finally", "and then", "next")


@dataclass(slots=True, kw_only=True)
class Item:
    """One piece of a sentence, where it stands, and what it is."""

    kind: Kind
    text: str
    start: int
    end: int
    chunk: Chunk | None = None
    sense: Sense | None = None
    form: Form = "base"
    count: int | None = None
    compare: Compare = "exactly"
    all_of: bool = False


def items_of(text: str) -> list[Item]:
    """Return the items of lower-case text, in order."""
    tokens, items, k = tokens_of(text), [], 0
    dropped: set[int] = set()
    while k < len(tokens):
        if k in dropped:
            k += 1
            continue
        item, after = _item_at(text, tokens, k, dropped)
        if item is not None:
            items.append(item)
        k = after
    return _in_order(items)


def _in_order(items: list[Item]) -> list[Item]:
    """Put "Rolling off a table, a ball" into the order "a ball rolling off a table"."""
    starts = [0, *(k + 1 for k, item in enumerate(items) if item.text in {".", ";"})]
    for start in starts:
        first = items[start] if start < len(items) else None
        if first is None or first.kind != "verb" or first.form in {"base", "third"}:
            continue
        commas = (k for k in range(start, len(items) - 1) if items[k].text == ",")
        comma = next(commas, None)
        if comma is None or items[comma + 1].kind != "chunk":
            continue
        moved = items[start:comma]
        items[start : comma + 2] = [items[comma + 1], *moved]
    return items


def _item_at(
    text: str, tokens: list[Token], k: int, dropped: set[int]
) -> tuple[Item | None, int]:  # fmt: skip
    for find in (_subset, _phrase, _verb, _noun, _word):
        found = find(text, tokens, k, dropped)
        if found is not None:
            return found
    return None, k + 1


def _subset(
    text: str, tokens: list[Token], k: int, dropped: set[int]
) -> tuple[Item | None, int] | None:  # fmt: skip
    match = _SUBSET.match(text, tokens[k].start)
    if match is None:
        return None
    word, everyone = match[2], match[2].split(" ")[0] in _ALL
    number = 0 if word == "none" else number_from_word(word)
    if number is None and not everyone:
        return None
    item = Item(
        kind="subset", text=match[0], start=match.start(), end=match.end(),
        count=None if everyone else number, compare=_COMPARES.get(match[1], "exactly"),
        all_of=everyone,
    )  # fmt: skip
    after = next((i for i in range(k, len(tokens)) if tokens[i].start >= match.end()), len(tokens))
    if match[3] != "them":
        found = chunk_at(tokens, after) if after < len(tokens) else None
        if found is None:
            return None
        item.chunk, after = found
        item.chunk.definite, item.chunk.count = True, None
    return item, after


def _phrase(
    text: str, tokens: list[Token], k: int, dropped: set[int]
) -> tuple[Item | None, int] | None:  # fmt: skip
    tables: tuple[tuple[Kind, list[str]], ...] = (
        ("arranged", list(_ARRANGED)), ("speed", _SPEEDS), ("direction", _DIRECTIONS),
        ("then", list(_THEN)),
    )  # fmt: skip
    for kind, words in tables:
        for word in words:
            length = _matches(tokens, k, word)
            if not length or _goes_on(kind, tokens, k + length):
                continue
            return _simple(kind, tokens, k, length, word), k + length
    for word in _PREPOSITIONS:
        length = _matches(tokens, k, word)
        if length:
            if word == "by":
                return _simple("by", tokens, k, length, word), k + length
            return _simple("prep", tokens, k, length, word), k + length
    return None


def _goes_on(kind: str, tokens: list[Token], k: int) -> bool:
    """Whether a wording is only the beginning of another: "to the left of", "next to"."""
    after = tokens[k].text if k < len(tokens) else ""
    return (kind == "direction" and after in {"of", "side"}) or (kind == "then" and after == "to")


def _verb(
    text: str, tokens: list[Token], k: int, dropped: set[int]
) -> tuple[Item | None, int] | None:  # fmt: skip
    word = tokens[k].text
    if word not in FORMS or word in _BE:
        return None
    base, form = FORMS[word]
    for sense in SENSES_OF[base]:
        particle = sense.base.partition(" ")[2]
        length = _particle(tokens, k, particle, sense, dropped)
        if length is not None:
            item = _simple("verb", tokens, k, 1 + length, sense.base)
            item.sense, item.form = sense, form
            return item, k + 1 + length
    return None


def _particle(
    tokens: list[Token], k: int, particle: str, sense: Sense, dropped: set[int]
) -> int | None:  # fmt: skip
    """How many tokens directly after the verb belong to it; None if this sense does not fit."""
    if not particle:
        return 0
    length = _matches(tokens, k + 1, particle)
    if length:
        down_something = sense.kind == "result" and particle in {"over", "down"}
        after = k + 1 + length
        if down_something and after < len(tokens) and chunk_at(tokens, after):
            return None
        return length
    if sense.kind != "topple" or particle not in _SPLIT_PARTICLES:
        return None
    for j in range(k + 2, min(k + 9, len(tokens))):
        if tokens[j].text == particle:
            if j + 1 < len(tokens) and chunk_at(tokens, j + 1):
                return None
            dropped.add(j)
            return 0
        if not tokens[j].text[0].isalnum() or tokens[j].text in {"and", "then", "off", "into"}:
            return None
    return None


def _noun(
    text: str, tokens: list[Token], k: int, dropped: set[int]
) -> tuple[Item | None, int] | None:  # fmt: skip
    if tokens[k].text in {"that", "one"}:
        return None
    found = chunk_at(tokens, k)
    if found is None:
        return None
    chunk, after = found
    of = after < len(tokens) and tokens[after].text == "of"
    if of and chunk.noun in EDGE_WORDS:
        return None, after + 1
    if chunk.noun in NO_THINGS:
        kind: Kind = "nobody" if chunk.noun in {"hand", "wind", "breeze"} else "scene"
        return Item(kind=kind, text=chunk.noun, start=chunk.start, end=chunk.end), after
    item = Item(kind="chunk", text=chunk.noun, start=chunk.start, end=chunk.end, chunk=chunk)
    if chunk.noun in EDGE_WORDS and chunk.noun not in (*ROW_WORDS, *STACK_WORDS):
        return None, after
    return item, after


def _word(
    text: str, tokens: list[Token], k: int, dropped: set[int]
) -> tuple[Item | None, int] | None:  # fmt: skip
    word = tokens[k].text
    kinds: dict[str, Kind] = {
        "and": "join", "or": "join", "but": "join", "while": "mark", "as": "mark", "when": "mark",
        "until": "mark", "which": "relative", "that": "relative", "who": "relative", "not": "not",
        "never": "not", "without": "without", "there": "there", "by": "by", "all": "pronoun",
    }  # fmt: skip
    kind = kinds.get(word)
    if word in _PRONOUNS:
        kind = "pronoun"
    elif word in _BE:
        kind = "be"
    elif word in _NOBODY:
        kind = "nobody"
    elif word.endswith("n't"):
        kind = "not"
    elif not word[0].isalnum():
        kind = "mark"
    if kind is None:
        return None
    item = _simple(kind, tokens, k, 1, word)
    if kind == "pronoun" and k + 1 < len(tokens) and tokens[k + 1].text == "all":
        item.all_of = True
        return item, k + 2
    return (None, k + 1) if word == "all" else (item, k + 1)


def _matches(tokens: list[Token], k: int, words: str) -> int:
    wanted = words.split(" ")
    have = [token.text for token in tokens[k : k + len(wanted)]]
    return len(wanted) if have == wanted else 0


def _simple(kind: Kind, tokens: list[Token], k: int, length: int, text: str) -> Item:
    last = tokens[min(k + length, len(tokens)) - 1]
    return Item(kind=kind, text=text, start=tokens[k].start, end=last.end)


def arrangement(words: str) -> str:
    """Return the predicate of "in a row" and the like, or nothing."""
    return _ARRANGED[words]
