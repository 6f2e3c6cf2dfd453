"""Segmentation: the cheapest way to cover the text with known words."""

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scene_builder.knowledge.words.nouns import NOUNS, SYNONYMS, singular
from scene_builder.knowledge.words.qualities import COLOR_WORDS, MATERIAL_WORDS
from scene_builder.language.chinese.segmentation.lexicon import lexicon
from scene_builder.language.chinese.segmentation.numbers import NUMBER, number_of, quantities_of

_UNKNOWN_COST, _SINGLE_COST, _SINGLE_NOUN_COST = 3.0, 1.05, 1.15
_RUN = re.compile(r"(?P<han>[\u3400-\u4dbf\u4e00-\u9fff〇0-9.]+)|(?P<latin>[a-zà-ɏ][a-zà-ɏ'-]*)|"
                  r"(?P<mark>\S)")  # fmt: skip
_NUMERIC = re.compile(r"\d+(?:\.\d+)?")


@dataclass(slots=True)
class Token:
    """A word, where it stands, and what it may be."""

    text: str
    start: int
    end: int
    senses: Mapping[str, Any] = field(default_factory=dict)

    def has(self, *kinds: str) -> bool:
        """Whether it may be of one of `kinds`."""
        return any(kind in self.senses for kind in kinds)


def tokens_of(text: str) -> list[Token]:
    """Return the words and marks of simplified text."""
    found: list[Token] = []
    at = 0
    for quantity in quantities_of(text):
        found += _plain_tokens(text, at, quantity.start)
        said = {"quantity": (quantity.kind, quantity.value)}
        found.append(Token(text[quantity.start : quantity.end], quantity.start, quantity.end, said))
        at = quantity.end
    return found + _plain_tokens(text, at, len(text))


def _plain_tokens(text: str, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    for match in _RUN.finditer(text, start, end):
        if match["han"]:
            found += _segmented(match[0], match.start())
        elif match["latin"]:
            found.append(Token(match[0], match.start(), match.end(), _latin(match[0])))
        else:
            join = {"join": match[0]} if match[0] in "、&+" else {"mark": match[0]}
            found.append(Token(match[0], match.start(), match.end(), join))
    return found


def _latin(word: str) -> dict[str, Any]:
    one = singular(word)
    if one in NOUNS or one in SYNONYMS:
        return {"noun": (SYNONYMS.get(one, one), None)}
    if word in COLOR_WORDS:
        return {"color": COLOR_WORDS[word]}
    if word in MATERIAL_WORDS:
        return {"material": MATERIAL_WORDS[word]}
    if word == "t":
        return {"plain": word}
    return {"unknown": word}


def _segmented(run: str, offset: int) -> list[Token]:
    """Cover `run` with the cheapest words, the first as long as can be (dynamic programming)."""
    size = len(run)
    costs, ends = [0.0] * (size + 1), [size] * (size + 1)
    senses: list[Mapping[str, Any]] = [{}] * (size + 1)
    table, longest = lexicon(), _longest_word()
    for begin in range(size - 1, -1, -1):
        costs[begin], ends[begin] = costs[begin + 1] + _UNKNOWN_COST, begin + 1
        senses[begin] = {"unknown": run[begin]}
        for end in range(begin + 1, min(size, begin + longest) + 1):
            word = run[begin:end]
            found = _senses(word, table)
            cost = costs[end] + _cost(word, found)
            if found and cost <= costs[begin]:
                costs[begin], ends[begin], senses[begin] = cost, end, found
    return _joined(_traced(run, offset, ends, senses))


def _senses(word: str, table: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    known = table.get(word, {})
    number = number_of(word) if NUMBER.fullmatch(word) else None
    if number is None or "number" in known:
        return known
    return {**known, "number": number}


def _cost(word: str, senses: Mapping[str, Any]) -> float:
    if len(word) > 1 or "number" in senses:
        return 1.0
    return _SINGLE_NOUN_COST if "noun" in senses else _SINGLE_COST


def _traced(run: str, offset: int, ends: list[int], senses: list[Mapping[str, Any]]) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(run):
        end = ends[at]
        found.append(Token(run[at:end], offset + at, offset + end, senses[at]))
        at = end
    return found


def _joined(tokens: list[Token]) -> list[Token]:
    """Join neighbouring unknown characters to unknown words, and to the noun before them.

    The head of a compound stands last, so a noun before unknown characters only describes them.
    """
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        if before is not None and token.has("unknown") and _compound(before, token, tokens):
            text = before.text + token.text
            found[-1] = Token(text, before.start, token.end, {"unknown": text})
        else:
            found.append(token)
    return found


def _compound(before: Token, token: Token, tokens: list[Token]) -> bool:
    """Whether an unknown character goes with what stands before it.

    After a noun it does if it stands alone (`鸟屋`): two or more are a word of their own.
    """
    if before.has("unknown"):
        return True
    next_one = next((t for t in tokens if t.start == token.end), None)
    return before.has("noun") and (next_one is None or not next_one.has("unknown"))


@functools.cache
def _longest_word() -> int:
    return max(map(len, lexicon()))
