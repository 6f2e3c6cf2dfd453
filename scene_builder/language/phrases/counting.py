"""What counts: number words, and rows and stacks."""

from dataclasses import dataclass

from scene_builder.knowledge.words.nouns import singular
from scene_builder.knowledge.words.quantities import (
    NUMBER_PHRASES,
    VAGUE_COUNTS,
    number_from_word,
)
from scene_builder.knowledge.words.relations import GROUP_WORDS, ROW_WORDS, STACK_WORDS
from scene_builder.language.phrases.tokens import STOPS, Token


@dataclass(slots=True, kw_only=True)
class Chunk:
    """A noun phrase.

    Attributes:
        noun: The head noun, in the singular.
        start: First character.
        end: One past the last character.
        count: How many, or None where neither number nor plural says.
        counted: Where the number word stands; None for a bare plural.
        definite: Whether it begins with "the" or the like.
        several: Whether the head stands in the plural.
        group: `in_row`, `stacked` or nothing.
        color: Graph word and its place; likewise `material` and `size`.
        all_of: Whether "all" or "every" belongs to it.
        verb_as_adjective: Base of a participle before the head ("a rolling ball").
    """

    noun: str = ""
    start: int = 0
    end: int = 0
    count: int | None = None
    counted: tuple[int, int] | None = None
    definite: bool = False
    several: bool = False
    group: str = ""
    color: tuple[str, int, int] | None = None
    material: tuple[str, int, int] | None = None
    size: tuple[str, int, int] | None = None
    all_of: bool = False
    verb_as_adjective: str = ""
    known: bool = True


def read_number(tokens: list[Token], k: int, chunk: Chunk) -> int:
    """Read a number at token `k` into `chunk`; return how many tokens it takes."""
    for length in (4, 3, 2):
        phrase = " ".join(token.text for token in tokens[k : k + length])
        if phrase in NUMBER_PHRASES:
            chunk.count = NUMBER_PHRASES[phrase]
            chunk.counted = (tokens[k].start, tokens[k + length - 1].end)
            return length
        if length == 2 and phrase in VAGUE_COUNTS:  # noqa: PLR2004
            chunk.count, chunk.counted = VAGUE_COUNTS[phrase], (tokens[k].start, tokens[k + 1].end)
            return 2
    word = tokens[k].text
    number = number_from_word(word)
    if number is None:
        number = VAGUE_COUNTS.get(word)
    if number is None or _unit_follows(tokens, k):
        return 0
    if word == "one" and k + 1 < len(tokens) and tokens[k + 1].text in STOPS:
        return 0
    chunk.count, chunk.counted = number, (tokens[k].start, tokens[k].end)
    return 2 if k + 1 < len(tokens) and tokens[k + 1].text == "of" and word == "dozen" else 1


def read_group(tokens: list[Token], k: int, chunk: Chunk) -> int:
    """Read "row of", "stack of" and the like; return how many tokens they take."""
    word = singular(tokens[k].text)
    of = k + 1 < len(tokens) and tokens[k + 1].text == "of"
    if of and word in (*ROW_WORDS, *STACK_WORDS, *GROUP_WORDS, "wall"):
        chunk.group = (
            "in_row" if word in ROW_WORDS else "stacked" if word in (*STACK_WORDS, "wall") else ""
        )
        chunk.count = None
        return 2
    return 0


def _unit_follows(tokens: list[Token], k: int) -> bool:
    after = tokens[k + 1].text if k + 1 < len(tokens) else ""
    return after in {"of", "metre", "metres", "meter", "meters", "cm", "kg", "m", "seconds", "g"}
