"""From tags of word pieces to spans of words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scene_builder.language.tagger.scheme import TAGS
from scene_builder.language.tagger.scores import TokenScores


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedSpan:
    """Words with a tag.

    Attributes:
        kind: One of `SPAN_KINDS`.
        start: First character.
        end: One past the last character.
        first: First word piece.
        head: First piece of its last word, from which arcs to it are scored.
        probability: Mean probability of its words' tags.
    """

    kind: str
    start: int
    end: int
    first: int
    head: int
    probability: float


def words_of(text: str, scores: TokenScores) -> list[tuple[int, int]]:
    """Return the first and one past the last piece of each word."""
    words: list[tuple[int, int]] = []
    for k, (start, end) in enumerate(scores.offsets):
        if end <= start:
            continue
        if words and words[-1][1] == k and scores.offsets[k - 1][1] == start:
            joined = text[start - 1 : start + 1]
            if joined.isalnum():
                words[-1] = (words[-1][0], k + 1)
                continue
        words.append((k, k + 1))
    return words


def spans_of(text: str, scores: TokenScores, words: Sequence[tuple[int, int]]) -> list[TaggedSpan]:
    """Return the tagged spans; of a word that falls into several pieces the first decides."""
    spans: list[TaggedSpan] = []
    open_: list[tuple[int, int]] = []
    kind = "out"

    def close() -> None:
        if open_ and kind != "out":
            first, last = open_[0], open_[-1]
            sure = np.mean([_kind_odds(scores, word[0], kind) for word in open_])
            spans.append(TaggedSpan(
                kind=kind, start=int(scores.offsets[first[0]][0]),
                end=int(scores.offsets[last[1] - 1][1]), first=first[0], head=last[0],
                probability=float(sure),
            ))  # fmt: skip

    for word in words:
        tag = TAGS[int(np.argmax(scores.tags[word[0]]))]
        said = tag.removesuffix("+")
        if not (tag.endswith("+") and said == kind and open_ and _near(text, scores, open_, word)):
            close()
            open_, kind = [], said
        open_.append(word)
    close()
    return spans


def _kind_odds(scores: TokenScores, piece: int, kind: str) -> float:
    return float(scores.tags[piece][TAGS.index(kind)] + scores.tags[piece][TAGS.index(f"{kind}+")])


def _near(
    text: str, scores: TokenScores, open_: list[tuple[int, int]], word: tuple[int, int]
) -> bool:
    """Whether nothing that was blanked out stands between a span and the next word."""
    before, here = int(scores.offsets[open_[-1][1] - 1][1]), int(scores.offsets[word[0]][0])
    return text[before:here] in {"", " ", "  "}
