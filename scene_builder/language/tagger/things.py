"""From tagged spans to entities, and which words name which of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import Float

from scene_builder.knowledge.words.scenery import GROUND_NOUNS
from scene_builder.language.phrases.tokens import tokens_of
from scene_builder.language.tagger.scheme import ATTRIBUTES, FIXED, ROLES
from scene_builder.language.tagger.scores import TokenScores
from scene_builder.language.tagger.spans import TaggedSpan
from scene_builder.language.tagger.words import (
    attribute_of,
    count_of,
    id_of,
    is_pronoun,
    noun_of,
    plural_count,
)
from scene_builder.model.arrays import Array

_LIKELY = 0.5
_SURE = 50.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Characters `start`…`end` say `path` of the graph, with this probability."""

    path: str
    start: int
    end: int
    probability: float


@dataclass(slots=True, kw_only=True, eq=False)
class Things:
    """Things of a text and where they are named.

    Attributes:
        entities: Entities, as JSON values.
        names: Ids: those of the entities, then the reserved ones that the text names.
        pieces: Word pieces from which a thing is named.
        shares: For each piece of `pieces` and each name, how probably it names it.
        findings: Which words say which part of the entities.
    """

    entities: list[dict[str, Any]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
    shares: Float[Array, "pieces names"]
    findings: list[Finding] = field(default_factory=list)


def things_of(text: str, scores: TokenScores, spans: Sequence[TaggedSpan]) -> Things:
    """Return the things that `text` names."""
    first, again = _named(text, spans)
    again = again if first else []
    fixed = [] if not first else _fixed(text, scores, spans)
    reserved = list(dict.fromkeys(name for name, _ in fixed))
    shares = np.zeros((len(first) + len(again) + len(fixed), len(first) + len(reserved)))
    shares[: len(first), : len(first)] = np.eye(len(first))
    heads = [span.head for span in first]
    nouns = _nouns(text, scores, first)
    for k, span in enumerate(again):
        odds = scores.arcs[ROLES.index("again")][span.head][heads]
        words = text[span.start : span.end]
        shares[len(first) + k, : len(first)] = _meant(words, odds, [noun for noun, _ in nouns])
    for k, (name, _) in enumerate(fixed):
        shares[len(first) + len(again) + k, len(first) + reserved.index(name)] = 1.0
    things = Things(
        pieces=heads + [span.head for span in again] + [piece for _, piece in fixed], shares=shares
    )
    for k, (noun, number) in enumerate(nouns):
        span, ref = first[k], id_of(noun, things.names)
        things.names.append(ref)
        things.entities.append({
            "id": ref, "noun": noun, "count": number, "color": None, "material": None,
            "size": None,
        })  # fmt: skip
        path = f"entities.{k}.noun"
        things.findings.append(Finding(
            path=path, start=span.start, end=span.end, probability=span.probability
        ))  # fmt: skip
    things.names += reserved
    _describe(text, scores, spans, things)
    return things


def _nouns(text: str, scores: TokenScores, first: Sequence[TaggedSpan]) -> list[tuple[str, int]]:
    """The noun and the number of each thing; "the other" has the noun of what it belongs to."""
    words = [text[span.start : span.end] for span in first]
    nouns = [(noun_of(said), plural_count(said)) for said in words]
    full = [k for k, said in enumerate(words) if not is_pronoun(said)]
    for k, span in enumerate(first):
        if k not in full:
            odds = scores.arcs[ROLES.index("again")][span.head][[first[j].head for j in full]]
            owner = full[int(np.argmax(odds))]
            nouns[owner] = (nouns[owner][0], 1)
            nouns[k] = (nouns[owner][0], 1)
    return nouns


def _named(text: str, spans: Sequence[TaggedSpan]) -> tuple[list[TaggedSpan], list[TaggedSpan]]:
    """Spans that name a thing first, and those that name one again."""
    said = [span for span in spans if span.kind in {"new", "again"}
            and noun_of(text[span.start : span.end])]  # fmt: skip
    first = [s for s in said if s.kind == "new"]
    if all(is_pronoun(text[s.start : s.end]) for s in first):
        first = []
    known = {noun_of(text[s.start : s.end]) for s in first}
    for span in said:
        words = text[span.start : span.end]
        if not first and not is_pronoun(words) and noun_of(words) not in known:
            first.append(span)
            known.add(noun_of(words))
    return first, [span for span in said if span not in first]


def _fixed(text: str, scores: TokenScores, spans: Sequence[TaggedSpan]) -> list[tuple[str, int]]:
    taken = [(span.start, span.end) for span in spans]
    found = []
    for name, piece in fixed_pieces(text, [(int(a), int(b)) for a, b in scores.offsets]):
        start = int(scores.offsets[piece][0])
        if not any(a <= start < b for a, b in taken):
            found.append((name, piece))
    return found


def probability(odds: Float[Array, "*n"]) -> Float[Array, "*n"]:
    """Return the probability that belongs to log odds [nat]."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -_SURE, _SURE))))


def fixed_pieces(text: str, offsets: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
    """Return (reserved id, piece) of words for the ground, walls, the ceiling and the camera."""
    place = {start: k for k, (start, end) in enumerate(offsets) if end > start}
    found = []
    for token in tokens_of(text):
        name = "ground" if token.text in GROUND_NOUNS else FIXED.get(token.text)
        if name is not None and token.start in place:
            found.append((name, place[token.start]))
    return found


def _meant(
    words: str, odds: Float[Array, " things"], nouns: Sequence[str]
) -> Float[Array, " things"]:
    """How probably a later mention means each of the things."""
    meant = probability(odds)
    same = np.array([noun == noun_of(words) for noun in nouns], dtype=bool)
    if same.any() and not is_pronoun(words):
        meant = np.where(same, meant, 0.0)  # the same noun means a thing of that noun
    if meant.max() < _LIKELY:
        meant[int(np.argmax(np.where(same, odds + _SURE, odds)))] = 1.0
    return meant


def _describe(text: str, scores: TokenScores, spans: Sequence[TaggedSpan], things: Things) -> None:
    heads = np.array(things.pieces, dtype=int)
    if not len(heads):
        return
    for span in spans:
        if span.kind not in ATTRIBUTES:
            continue
        words = text[span.start : span.end]
        value = count_of(words) if span.kind == "count" else attribute_of(span.kind, words)
        if value is None:
            continue
        odds = scores.arcs[ROLES.index("attribute")][span.first][heads]
        odds = np.where(heads == span.first, -np.inf, odds)
        share = np.exp(odds - odds.max())
        owns = (share / share.sum()) @ things.shares[:, : len(things.entities)]
        k = int(np.argmax(owns))
        entity = things.entities[k]
        if span.kind == "count" or entity[span.kind] is None:
            entity[span.kind] = value
            things.findings.append(Finding(
                path=f"entities.{k}.{span.kind}", start=span.start, end=span.end,
                probability=span.probability * min(1.0, float(owns[k])),
            ))  # fmt: skip
