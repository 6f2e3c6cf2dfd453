"""Pieces of a sentence, and how a noun phrase becomes a place."""

from dataclasses import dataclass, field
from typing import Literal

from scene_builder.knowledge.words.chinese.verbs import Root
from scene_builder.language.chinese.phrases.nominal import Nominal
from scene_builder.language.chinese.phrases.noun_phrase import nominal_at
from scene_builder.language.chinese.segmentation.tokens import Token
from scene_builder.model.words import Predicate

Kind = Literal["np", "quant", "place", "verb", "prep", "not", "nearly", "direction", "speed",
               "height", "start", "then", "all", "shot", "angle", "move", "camera", "mutual",
               "join", "mark", "unknown", "absent"]  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Item:
    """One piece of a sentence, where it stands, and what it is.

    Attributes:
        kind: `np` a noun phrase; `quant` one that has no head yet; `place` a noun phrase with a
            word for where (`桌子上`), or that word alone (`旁边`).
        text: The words.
        start: First character of the words that say it; of a place, of its localizer.
        end: One past the last one.
        np: The noun phrase.
        predicate: Relation of a place.
        root: What a verb says.
        turns: What the verb's complements say, in order.
        value: Value of an adverb, a number, a camera word.
    """

    kind: Kind
    text: str
    start: int
    end: int
    np: Nominal | None = None
    predicate: Predicate | None = None
    root: Root | None = None
    turns: list[str] = field(default_factory=list)
    value: str | float = ""


def joined(tokens: list[Token], k: int, items: list[Item]) -> int:
    """Join what `和` joins to the last noun phrase, and make a place of it where one follows.

    Args:
        tokens: All tokens.
        k: The token after the noun phrase.
        items: The items so far; the last one is the noun phrase.

    Returns:
        The next token to read.
    """
    item = items[-1]
    assert item.np is not None
    while k + 1 < len(tokens) and tokens[k].has("join"):
        other = nominal_at(tokens, k + 1)
        if other is None or other[0].empty:
            break
        item.np.others.append(other[0])
        k = other[1]
    return placed(tokens, k, items)


def placed(tokens: list[Token], k: int, items: list[Item]) -> int:
    """Make a place of the last noun phrase where a localizer stands at token `k`."""
    first = k
    if k + 1 < len(tokens) and tokens[k].has("of", "unknown") and tokens[k + 1].has("loc"):
        k += 1  # `桌子的上面`, and a part that no list knows: `梯子横档上`
    last = k
    while last < len(tokens) and tokens[last].has("loc") and not tokens[last].has("direction"):
        last += 1
    if last == k:
        return first
    token, np = tokens[last - 1], items[-1].np
    predicate: Predicate = token.senses["loc"]
    if np is not None and predicate == "between" and len(np.others) == 0 and not np.chunk.several:
        predicate = "on"  # `桌子中间` is the middle of the table
    items[-1] = Item(
        kind="place", text=token.text, start=tokens[k].start, end=token.end, np=np,
        predicate=predicate,
    )  # fmt: skip
    return last
