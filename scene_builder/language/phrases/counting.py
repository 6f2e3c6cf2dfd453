"""Noun phrases as records, and what counts in them: numbers, rows and stacks."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from scene_builder.knowledge.words.nouns import is_plural, singular
from scene_builder.knowledge.words.quantities import (
    NUMBER_PHRASES,
    VAGUE_COUNTS,
    number_from_word,
)
from scene_builder.knowledge.words.relations import GROUP_WORDS, ROW_WORDS, STACK_WORDS
from scene_builder.language.phrases.tokens import Token

_PAIRS = frozenset({"pair", "couple"})
_DOZEN = 12


@dataclass(slots=True, kw_only=True)
class Chunk:
    """A noun phrase.

    Attributes:
        noun: The head noun, in the singular.
        start: First character.
        end: One past the last character.
        head: Where the noun itself stands.
        count: How many, or None where neither number nor plural says.
        counted: Where the number word stands; None for a bare plural.
        definite: Whether it begins with "the" or the like.
        several: Whether the head stands in the plural.
        group: `in_row`, `stacked` or nothing; `grouped`, where that is said.
        color: Graph word and its place; likewise `material` and `size`.
        all_of: Whether "all" or "every" belongs to it.
        verb_as_adjective: Base of a participle before the head ("a rolling ball").
        content: What it is full of ("a bowl of soup"), and where "of" stands.
        owner: "its", "his" or the noun with 's before it.
        part: Whether a part is named and the whole meant ("the edge of a table").
        order: "last", "top" and the like before the head.
        bare: Whether neither determiner nor number stands before it.
        known: Whether the noun is in a list.
    """

    noun: str = ""
    start: int = 0
    end: int = 0
    head: tuple[int, int] = (0, 0)
    count: int | None = None
    counted: tuple[int, int] | None = None
    definite: bool = False
    several: bool = False
    group: str = ""
    grouped: tuple[int, int] | None = None
    color: tuple[str, int, int] | None = None
    material: tuple[str, int, int] | None = None
    size: tuple[str, int, int] | None = None
    all_of: bool = False
    verb_as_adjective: str = ""
    content: "tuple[Chunk, int, int] | None" = None
    owner: str = ""
    part: str = ""
    order: str = ""
    bare: bool = True
    known: bool = True
    modifiers: list[str] = field(default_factory=list)


def read_number(tokens: Sequence[Token], k: int, chunk: Chunk) -> int:
    """Read a number at token `k` into `chunk`; return how many tokens it takes."""
    for length in (4, 3, 2):
        phrase = " ".join(token.text for token in tokens[k : k + length])
        number = NUMBER_PHRASES.get(phrase)
        if number is None and length == 2:  # noqa: PLR2004
            number = VAGUE_COUNTS.get(phrase)
        if number is not None:
            chunk.count = number
            chunk.counted = (tokens[k].start, tokens[k + length - 1].end)
            return length
    word = tokens[k].text
    number = number_from_word(word)
    if number is None:
        number = VAGUE_COUNTS.get(word)
    if number is None:
        return 0
    following = [token.text for token in tokens[k + 1 : k + 3]]
    taken = 1
    if following[1:] == ["of"] and singular(following[0]) in _PAIRS:
        number, taken = 2 * number, 3
    elif following[:1] == ["dozen"]:
        number, taken = _DOZEN * number, 2
    elif following[:1] == ["of"] and word in {"dozen", "dozens"}:
        taken = 2
    chunk.count, chunk.counted = number, (tokens[k].start, tokens[k + taken - 1].end)
    return taken


def read_group(tokens: Sequence[Token], k: int, chunk: Chunk) -> int:
    """Read "row of", "stack of" and the like; return how many tokens they take."""
    word = singular(tokens[k].text)
    of = k + 1 < len(tokens) and tokens[k + 1].text == "of"
    if of and word in (*ROW_WORDS, *STACK_WORDS, *GROUP_WORDS, "wall", "pyramid"):
        if word == "wall" and not any(is_plural(token.text) for token in tokens[k + 2 : k + 5]):
            return 0  # "a wall of stone"
        stacked = word in (*STACK_WORDS, "wall", "pyramid")
        chunk.group = "in_row" if word in ROW_WORDS else "stacked" if stacked else ""
        chunk.grouped = (tokens[k].start, tokens[k].end) if chunk.group else None
        chunk.count = chunk.counted = None
        return 2
    return 0
