"""From scores of word pieces to the parts of a scene graph, with evidence and confidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from jaxtyping import Float

from scene_builder.language.tagger.scheme import CLASSES, ROLES, ROLES_OF
from scene_builder.language.tagger.scores import TokenScores
from scene_builder.language.tagger.spans import TaggedSpan, spans_of, words_of
from scene_builder.language.tagger.things import Finding, Things, probability, things_of
from scene_builder.language.tagger.words import part_of
from scene_builder.model.arrays import Array
from scene_builder.model.words import RESERVED_IDS

LEAST = 0.4
"""Least probability of a statement that is read; measured on the development prompts."""
_LIKELY = 0.5
_NEVER = -1e4
_ALONE = frozenset({"in_row", "stacked"})
"""Relations that say something of a thing's own individuals."""
_WITH_OBJECT = frozenset({"touches", "knocks_over", "lands_on", "lands_in", "falls_off", "avoids"})
"""Outcomes that are nothing without an object."""
_PASSING = frozenset({"past", "by"})
"""Words of passing: what a thing comes past it does not stand near at the start."""
_SECTION = {"action": "actions", "outcome": "outcomes", "relation": "relations"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tagging:
    """The parts of a scene graph that a text says.

    Attributes:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        findings: Characters, the path of the graph that they say, and how probably they do. A
            statement as a whole has the path of its word, such as `outcomes.0.predicate`; its
            probability is that of the word and of every arc to the things it is about.
    """

    document: dict[str, list[dict[str, Any]]]
    findings: tuple[Finding, ...]

    def probability(self, path: str) -> float:
        """Return how probably the words say `path`; 0 where no words do."""
        return max((f.probability for f in self.findings if f.path == path), default=0.0)


def decoded(text: str, scores: TokenScores, *, least: float = LEAST) -> Tagging:
    """Return what the network reads in lower-case `text`.

    Args:
        text: The text.
        scores: What the network says about its words.
        least: Least probability of a statement that is read.
    """
    words = words_of(text, scores)
    spans = spans_of(text, scores, words)
    things = things_of(text, scores, spans)
    document: dict[str, list[dict[str, Any]]] = {
        "entities": things.entities, "relations": [], "actions": [], "outcomes": [],
    }  # fmt: skip
    findings = list(things.findings)
    if things.entities:
        reader = _Statements(text=text, scores=scores, words=words, things=things, least=least)
        for head in ("relation", "action", "outcome"):
            for said, finding in reader.read(head):
                where = document[_SECTION[head]]
                if said not in where:
                    key = "verb" if head == "action" else "predicate"
                    path = f"{_SECTION[head]}.{len(where)}.{key}"
                    findings.append(Finding(
                        path=path, start=finding.start, end=finding.end,
                        probability=finding.probability,
                    ))  # fmt: skip
                    reader.places.setdefault((head, finding.path), []).append(len(where))
                    where.append(said)
        findings += reader.turns(document)
        findings += reader.parts(document, spans)
    return Tagging(document=document, findings=tuple(findings))


class _Statements:
    """Reads statements at the words that stand for them."""

    def __init__(
        self, *, text: str, scores: TokenScores, words: Sequence[tuple[int, int]], things: Things,
        least: float,
    ) -> None:  # fmt: skip
        self.text, self.scores, self.words, self.things = text, scores, words, things
        self.least = least
        self.places: dict[tuple[str, str], list[int]] = {}
        """(head, piece) → indices of the statements that were read there."""

    def read(self, head: str) -> Iterator[tuple[dict[str, Any], Finding]]:
        """Yield statements of one head; the path of a finding is its word piece."""
        odds = self.scores.classes[head]
        for first, last in self.words:
            if 1.0 - odds[first][0] < self.least:
                continue
            k = 1 + int(np.argmax(odds[first][1:]))
            word, sure = CLASSES[head][k], float(1.0 - odds[first][0])
            span = int(self.scores.offsets[first][0]), int(self.scores.offsets[last - 1][1])
            if word == "near" and self.text[slice(*span)] in _PASSING:
                continue
            for said, share in self._said(head, word, first):
                found = Finding(
                    path=str(first), start=span[0], end=span[1], probability=sure * share
                )
                if found.probability >= self.least:
                    yield said, found

    def turns(self, document: dict[str, list[dict[str, Any]]]) -> Iterator[Finding]:
        """Set directions and speeds of the actions; yield what says them."""
        anchors = self._anchors("action")
        for key in ("direction", "speed") if anchors else ():
            odds = self.scores.classes[key]
            for first, last in self.words:
                if odds[first][0] > _LIKELY:
                    continue
                value = CLASSES[key][1 + int(np.argmax(odds[first][1:]))]
                at, arc = self._statement("turn", first, anchors)
                for index in self.places["action", str(at)]:
                    if document["actions"][index].get(key) is None:
                        document["actions"][index][key] = value
                        yield self._finding(
                            f"actions.{index}.{key}", first, last, arc * (1 - odds[first][0])
                        )

    def parts(
        self, document: dict[str, list[dict[str, Any]]], spans: Sequence[TaggedSpan]
    ) -> Iterator[Finding]:
        """Set counts of the outcomes; yield what says them."""
        anchors = self._anchors("outcome")
        counts = {entity["id"]: entity["count"] for entity in document["entities"]}
        for span in spans if anchors else ():
            if span.kind != "part":
                continue
            at, arc = self._statement("part", span.first, anchors)
            for index in self.places["outcome", str(at)]:
                said = document["outcomes"][index]
                everyone = counts.get(said.get("object") or said["subject"], 1)
                part = part_of(self.text[span.start : span.end], everyone)
                if part is not None and said.get("count") is None:
                    said |= {"count": part[0], "compare": part[1]}
                    yield Finding(
                        path=f"outcomes.{index}.count", start=span.start, end=span.end,
                        probability=arc * span.probability,
                    )  # fmt: skip

    def _said(self, head: str, word: str, piece: int) -> list[tuple[dict[str, Any], float]]:
        needed, other = ROLES_OF[head]
        firsts = self._things(needed, piece, needed=True)
        firsts = [(ref, p) for ref, p in firsts if ref not in RESERVED_IDS]
        must = (head == "relation" and word not in _ALONE) or (
            head == "outcome" and word in _WITH_OBJECT
        )  # fmt: skip
        others = self._things(other, piece, needed=must)
        if head == "relation":
            return _relations(word, firsts, others)
        made: list[tuple[dict[str, Any], float]] = []
        for ref, p in firsts:
            found = [(o, q) for o, q in others if o != ref]
            if head == "action":
                best = max(found, key=lambda both: both[1], default=None)
                said: dict[str, Any] = {"actor": ref, "verb": word}
                made.append((said | ({"target": best[0]} if best else {}), p))
                continue
            negated = bool(self.scores.classes["negated"][piece][1] > _LIKELY)
            said = {"predicate": word, "subject": ref, "negated": negated}
            if not found and must:
                continue
            made += [(said | {"object": o}, p * q) for o, q in found] or [(said, p)]
        return made

    def _things(self, role: str, piece: int, *, needed: bool) -> list[tuple[str, float]]:
        """Things to which an arc of `role` goes from a piece, with their probabilities."""
        odds = self._odds(role, piece)
        sure = probability(odds)
        chosen = np.flatnonzero(sure > _LIKELY)
        if not len(chosen) and needed:
            chosen = np.array([int(np.argmax(odds))])
        return [(self.things.names[k], float(sure[k])) for k in chosen]

    def _odds(self, role: str, piece: int) -> Float[Array, " names"]:
        """Log odds of each thing: those of all words that name it, pooled."""
        arcs = self.scores.arcs[ROLES.index(role)][piece][self.things.pieces]
        arcs = np.where(np.array(self.things.pieces) == piece, -np.inf, arcs)
        shares = np.where(self.things.shares > _LIKELY, self.things.shares, 0.0)
        with np.errstate(divide="ignore"):
            pooled = arcs[:, None] + np.log(shares)
        return np.asarray(np.logaddexp.reduce(np.maximum(pooled, _NEVER), axis=0))

    def _anchors(self, head: str) -> list[int]:
        return sorted({int(piece) for name, piece in self.places if name == head})

    def _statement(self, role: str, piece: int, anchors: list[int]) -> tuple[int, float]:
        """The statement's word that an arc of `role` goes to, with its probability."""
        odds = self.scores.arcs[ROLES.index(role)][piece][anchors]
        share = np.exp(odds - odds.max())
        best = int(np.argmax(share))
        return anchors[best], float(share[best] / share.sum())

    def _finding(self, path: str, first: int, last: int, probability: float) -> Finding:
        start, end = self.scores.offsets[first][0], self.scores.offsets[last - 1][1]
        return Finding(path=path, start=int(start), end=int(end), probability=float(probability))


def _relations(
    word: str, firsts: list[tuple[str, float]], others: list[tuple[str, float]]
) -> list[tuple[dict[str, Any], float]]:
    made: list[tuple[dict[str, Any], float]] = []
    for ref, p in firsts:
        found = [(o, q) for o, q in others if o != ref]
        said: dict[str, Any] = {"subject": ref, "predicate": word}
        sure = p * float(np.prod([q for _, q in found])) if found else p
        if word == "between":
            made += [(said | {"object": [o for o, _ in found][:2]}, sure)] if found else []
        elif found:
            made += [(said | {"object": [o]}, p * q) for o, q in found]
        elif word in _ALONE:
            made.append((said | {"object": []}, p))
    return made
