"""Where a hand-written prompt says what its labels state, found with the network's own help.

Labels of the corpus do not point to words. Nouns, attributes and numbers are found by their
wordings; for a statement (who does what, what comes of it) the network is asked which word it
finds likeliest to say just this about just these things, and is then taught that word (hard
expectation maximisation). Words that might say what a label leaves open are not taught at all.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import Float

from scene_builder.knowledge.words.nouns import plural
from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    MATERIAL_WORDS,
    SIZE_WORD_OF,
    SPEED_WORD_OF,
)
from scene_builder.knowledge.words.quantities import NUMBER_PHRASES, number_from_word
from scene_builder.language.notation.hints import TURNS
from scene_builder.language.notation.reading import document_from_notation
from scene_builder.language.scoring.labels import Label
from scene_builder.language.tagger.scheme import CLASSES, ROLES, ROLES_OF, TAGS
from scene_builder.language.tagger.scores import TokenScores
from scene_builder.language.tagger.things import fixed_pieces
from scene_builder.language.tagger.words import is_pronoun
from scene_builder.language.training.tagger.examples import SECTIONS, Example
from scene_builder.language.training.tagger.scored_text import ScoredText
from scene_builder.model.arrays import Array

UNTAUGHT = -100
_HEADS = {"relations": "relation", "actions": "action", "outcomes": "outcome"}
_PHRASES = {"color": COLOR_PHRASES, "material": MATERIAL_WORDS, "size": SIZE_WORD_OF}
_LIKELY = 1e-6
"""Least joint probability, with all its arcs, of the word that a statement is taught at."""
_OPEN = 1e-3
"""Probability from which on a word may be what an optional label speaks of."""


def found_example(
    text: str, notation: str, labels: Sequence[Label], ids: list[int], scores: TokenScores
) -> Example | None:
    """Return what the network should say of a text, or None where its things are not found.

    Args:
        text: The text as the network reads it, closed wordings blanked out.
        notation: What it says, in its own words.
        labels: The labels, with other names of the things and what may be said besides.
        ids: The text's word pieces.
        scores: What the network says of them now.
    """
    document = document_from_notation(notation)
    finder = _Finder(ScoredText(text, scores.offsets, scores), document, labels, ids)
    if not finder.things():
        return None
    finder.statements()
    return finder.example


@dataclass(slots=True)
class _Finder:
    read: ScoredText
    document: dict[str, Any]
    labels: Sequence[Label]
    ids: list[int]
    example: Example = field(init=False)
    names: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        entities = self.document["entities"]
        self.names = {entity["id"]: k for k, entity in enumerate(entities)}
        self.example = Example(
            ids=self.ids, tags=[0] * len(self.ids), classes={head: {} for head in CLASSES},
            clusters=[[] for _ in entities], things=len(entities), firsts=[-1] * len(entities),
        )  # fmt: skip

    def things(self) -> bool:
        """Tag what names things, and their attributes; False where a thing is not found."""
        groups: dict[str, list[int]] = {}
        for k, entity in enumerate(self.document["entities"]):
            groups.setdefault(re.sub(r"_\d+$", "", entity["id"]), []).append(k)
        for noun, members in groups.items():
            places = list(self.read.found(self._wordings(noun)))
            if len(places) < len(members):
                return False
            for k, (start, end) in enumerate(places):
                self._mention(start, end, members, k)
        self._mentions_left_open()
        for k, entity in enumerate(self.document["entities"]):
            for name in ("color", "material", "size", "count"):
                self._attribute(k, name, entity.get(name))
        self._fixed()
        return min(self.example.firsts, default=-1) >= 0

    def _wordings(self, noun: str) -> set[str]:
        label = next(
            (lb for lb in self.labels if lb.kind == "entities" and noun in map(str, lb.head[0])),
            None,
        )
        every = {noun, *(map(str, label.head[0]) if label else ())}
        spoken = {re.sub(r"_\d+$", "", name).replace("_", " ") for name in every}
        return spoken | {plural(word) for word in spoken}

    def _mention(self, start: int, end: int, members: list[int], number: int) -> None:
        pieces = self.read.pieces(start, end)
        if not pieces or any(self.example.tags[k] for k in pieces):
            return
        head = self._head(pieces)
        if number < len(members):
            self._tag(pieces, "new")
            self.example.firsts[members[number]] = head
            self.example.clusters[members[number]].append(head)
        elif len(members) == 1:
            self._tag(pieces, "again")
            self.example.clusters[members[0]].append(head)
            self.example.belongs.append(("again", head, (members[0],)))
        else:
            self._leave_open(pieces)

    def _mentions_left_open(self) -> None:
        """Pronouns and bare last words of compounds may name a thing again: say nothing."""
        lasts = {noun.split("_")[-1] for noun in self.names if "_" in noun}
        for match in re.finditer(r"[\w']+", self.read.text):
            word = match.group()
            again = is_pronoun(word) or word in lasts or any(word == plural(w) for w in lasts)
            if again:
                self._leave_open(self.read.pieces(*match.span()))

    def _attribute(self, thing: int, name: str, value: object) -> None:
        if value is None or (name == "count" and value == 1):
            return
        if name == "count":
            words = [
                w for w in re.findall(r"[\w-]+", self.read.text) if number_from_word(w) == value
            ]
            words += [phrase for phrase, n in NUMBER_PHRASES.items() if n == value]
        else:
            words = [w for w, css in _PHRASES[name].items() if css == value]
        near = self.example.clusters[thing]
        if not near:
            return
        best = min(
            (place for place in self.read.found(words) if self._free(place)),
            key=lambda place: self._distance(place, near), default=None,
        )  # fmt: skip
        if best is not None:
            pieces = self.read.pieces(*best)
            self._tag(pieces, name)
            self.example.belongs.append(("attribute", pieces[0], (thing,)))

    def _distance(self, place: tuple[int, int], pieces: list[int]) -> int:
        """Letters to the nearest mention; what stands behind its noun is farther away."""
        starts = [int(self.read.offsets[k][0]) for k in pieces]
        return min(at - place[1] if at >= place[1] else 3 * (place[0] - at) for at in starts)

    def _fixed(self) -> None:
        offsets = [(int(start), int(end)) for start, end in self.read.offsets]
        for name, piece in fixed_pieces(self.read.text, offsets):
            if self.example.tags[piece] == 0:
                if name not in self.names:
                    self.names[name] = len(self.example.clusters)
                    self.example.clusters.append([])
                self.example.clusters[self.names[name]].append(piece)

    def statements(self) -> None:
        """Teach each statement at its likeliest word."""
        lost = 0
        for head, section in SECTIONS.items():
            missing = 0
            for said in self.document[section]:
                anchor = self._anchor(head, said)
                if anchor is None:
                    missing += 1
                else:
                    self._teach(head, said, anchor)
            if missing:
                self._silence(head)
            lost += missing
        for label in self.labels:
            if not label.required and label.kind in _HEADS:
                self._leave_statement_open(label)
        self.example.lost = lost

    def _anchor(self, head: str, said: dict[str, Any]) -> int | None:
        word = CLASSES[head].index(said["verb" if head == "action" else "predicate"])
        odds = np.log(np.maximum(self.read.scores.classes[head][:, word], 1e-9))
        for role, refs in self._sides(head, said):
            for ref in refs:
                odds = odds + self._pointed(role, self.example.clusters[self.names[ref]])
        odds[[0, -1]] = -np.inf
        for piece, other in self.example.classes[head].items():
            if other != word:
                odds[piece] = -np.inf
        best = int(np.argmax(odds))
        return best if odds[best] > np.log(_LIKELY) else None

    def _sides(self, head: str, said: dict[str, Any]) -> list[tuple[str, list[str]]]:
        needed, other = ROLES_OF[head]
        first = said["actor" if head == "action" else "subject"]
        rest = said.get("target" if head == "action" else "object") or []
        rest = [rest] if isinstance(rest, str) else list(rest)
        plain = [[ref.partition("#")[0] for ref in refs] for refs in ([first], rest)]
        plain = [["ground" if ref == "floor" else ref for ref in refs] for refs in plain]
        return [
            (role, [ref for ref in refs if ref in self.names and self._named(ref)])
            for role, refs in zip((needed, other), plain, strict=True)
        ]

    def _named(self, ref: str) -> bool:
        return bool(self.example.clusters[self.names[ref]])

    def _pointed(self, role: str, cluster: list[int]) -> Float[Array, " pieces"]:
        """For each piece, the logarithm of how probably it points to a thing."""
        arcs = self.read.scores.arcs[ROLES.index(role)][:, cluster]
        pooled = np.logaddexp.reduce(arcs, axis=1)
        return np.asarray(-np.logaddexp(0, -pooled))

    def _teach(self, head: str, said: dict[str, Any], anchor: int) -> None:
        word = said["verb" if head == "action" else "predicate"]
        self.example.classes[head][anchor] = CLASSES[head].index(word)
        if head == "outcome":
            self.example.classes["negated"][anchor] = int(bool(said.get("negated")))
        for role, refs in self._sides(head, said):
            found = {self.names[ref] for ref in refs}
            old = next((b for b in self.example.belongs if b[:2] == (role, anchor)), None)
            if old is not None:
                self.example.belongs.remove(old)
                found |= set(old[2])
            self.example.belongs.append((role, anchor, tuple(sorted(found))))
        if head == "action":
            self._turned(said, anchor)

    def _turned(self, said: dict[str, Any], anchor: int) -> None:
        for name in ("direction", "speed"):
            value = said.get(name)
            if not isinstance(value, str) or value not in CLASSES[name]:
                continue
            speeds = [re.escape(word) for word, speed in SPEED_WORD_OF.items() if speed == value]
            pattern = TURNS[value] if name == "direction" else "|".join(speeds)
            places = [m.span() for m in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", self.read.text)]
            at = int(self.read.offsets[anchor][0])
            best = min(places, key=lambda place: abs(place[0] - at), default=None)
            pieces = self.read.pieces(*best) if best else []
            if pieces:
                self.example.classes[name][pieces[0]] = CLASSES[name].index(value)
                self.example.turns.append(("turn", pieces[0], anchor))
            else:
                self._silence(name)

    def _silence(self, head: str) -> None:
        """Teach nothing at words that say nothing yet: one of them says what was not found."""
        for k in range(len(self.ids)):
            self.example.classes[head].setdefault(k, UNTAUGHT)

    def _leave_statement_open(self, label: Label) -> None:
        head = _HEADS[label.kind]
        words = label.head[2] if label.head[1] == ("not",) else label.head[1]
        for word in words:
            if word in CLASSES[head]:
                share = self.read.scores.classes[head][:, CLASSES[head].index(str(word))]
                for k in np.flatnonzero(share > _OPEN):
                    self.example.classes[head].setdefault(int(k), UNTAUGHT)

    def _free(self, place: tuple[int, int]) -> bool:
        return all(self.example.tags[k] in (0, UNTAUGHT) for k in self.read.pieces(*place))

    def _tag(self, pieces: list[int], kind: str) -> None:
        for k in pieces:
            self.example.tags[k] = TAGS.index(kind if k == pieces[0] else f"{kind}+")

    def _leave_open(self, pieces: list[int]) -> None:
        for k in pieces:
            if self.example.tags[k] == 0:
                self.example.tags[k] = UNTAUGHT

    def _head(self, pieces: list[int]) -> int:
        """The first piece of the last word."""
        last = pieces[-1]
        while (
            last > pieces[0]
            and self.read.offsets[last][0] == self.read.offsets[last - 1][1]
            and (self.read.text[self.read.offsets[last][0] - 1].isalnum())
        ):
            last -= 1
        return last
