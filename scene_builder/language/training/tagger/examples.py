"""From marked pairs to what the network should say of each word piece."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from scene_builder.language.notation.reading import document_from_notation
from scene_builder.language.synthetic.labels import Mark
from scene_builder.language.tagger.scheme import ATTRIBUTES, CLASSES, ROLES_OF, TAGS
from scene_builder.language.tagger.things import fixed_pieces

SECTIONS = {"action": "actions", "outcome": "outcomes", "relation": "relations"}
_WORD_FIELD = {"action": "verb", "outcome": "predicate", "relation": "predicate"}
_SPOKEN = {"action": ("verb", "target"), "outcome": ("outcome",), "relation": ("relation",)}
"""Kinds of marks on the words that stand for a statement, the better ones first."""
_SPANS = {"noun": "new", "again": "again", "pronoun": "again"} | {
    kind: kind for kind in (*ATTRIBUTES, "part")
}


@dataclass(slots=True)
class Example:
    """One text as word pieces, and what is to be said of them.

    Attributes:
        ids: Vocabulary entries of the pieces.
        tags: For each piece, the index of its tag.
        classes: Statement head → piece → index of its class; other pieces say nothing.
        clusters: For each thing, the pieces that name it; the first `things` are entities.
        things: How many of the clusters are entities.
        firsts: For each entity the piece where it is named first.
        belongs: (role, piece, clusters) of arcs to things.
        turns: (role, piece, piece) of arcs to a statement's word.
        lost: Statements that no word stands for.
    """

    ids: list[int]
    tags: list[int]
    classes: dict[str, dict[int, int]]
    clusters: list[list[int]]
    things: int
    firsts: list[int]
    belongs: list[tuple[str, int, tuple[int, ...]]] = field(default_factory=list)
    turns: list[tuple[str, int, int]] = field(default_factory=list)
    lost: int = 0


def example_of(
    text: str, notation: str, marks: Sequence[Mark], ids: list[int],
    offsets: Sequence[tuple[int, int]],
) -> Example | None:  # fmt: skip
    """Return what the network should say of a text, or None where no thing is named in it.

    Args:
        text: The text as the network reads it, closed wordings blanked out.
        notation: What the text says.
        marks: Which words say which part of it.
        ids: The text's word pieces.
        offsets: First and one past the last character of each.
    """
    return _Builder(text, notation, marks, ids, offsets).built()


class _Builder:
    def __init__(
        self, text: str, notation: str, marks: Sequence[Mark], ids: list[int],
        offsets: Sequence[tuple[int, int]],
    ) -> None:  # fmt: skip
        self.text, self.offsets = text, offsets
        self.document: dict[str, Any] = document_from_notation(notation)
        self.marks = [m for m in marks if text[m.start : m.end].strip()]
        self.names = {e["id"]: k for k, e in enumerate(self.document["entities"])}
        self.made = Example(
            ids=ids, tags=[0] * len(ids), classes={head: {} for head in CLASSES},
            clusters=[[] for _ in self.names], things=len(self.names),
            firsts=[-1] * len(self.names),
        )  # fmt: skip
        self.anchors: dict[tuple[str, int], int] = {}

    def built(self) -> Example | None:
        self._spans()
        if not self.made.firsts or min(self.made.firsts) < 0:
            return None
        self._fixed()
        for head in SECTIONS:
            self._statements(head)
        self._turns()
        return self.made

    def pieces(self, start: int, end: int) -> list[int]:
        """Word pieces that stand between two characters."""
        return [k for k, (a, b) in enumerate(self.offsets) if b > a and a < end and b > start]

    def head(self, pieces: list[int]) -> int:
        """The first piece of the last word of a span."""
        last = pieces[-1]
        while last > pieces[0] and self._goes_on(last):
            last -= 1
        return last

    def _goes_on(self, k: int) -> bool:
        before, here = self.offsets[k - 1], self.offsets[k]
        joined = self.text[before[1] - 1 : here[0] + 1]
        return before[1] == here[0] and joined.isalnum()

    def _spans(self) -> None:
        arcs: dict[tuple[str, int], set[int]] = {}
        twins: dict[int, int] = {}
        for mark in self.marks:
            kind = _SPANS.get(mark.kind)
            pieces = self.pieces(mark.start, mark.end)
            if kind is None or not pieces or (kind == "part") != mark.path.startswith("outcomes"):
                continue
            thing = -1 if kind == "part" else int(mark.path.split(".")[1])
            if kind == "again" and thing in twins:  # "two cups, one red and the other blue"
                kind = "new"
                arcs["again", self.head(pieces)] = {twins.pop(thing)}
            free = all(self.made.tags[k] == 0 for k in pieces)
            for k in pieces if free else ():
                self.made.tags[k] = TAGS.index(kind if k == pieces[0] else f"{kind}+")
            if kind in ATTRIBUTES:
                arcs.setdefault(("attribute", pieces[0]), set()).add(thing)
            elif kind == "new" and not free:
                owner = [k for k, first in enumerate(self.made.firsts) if first in pieces]
                twins |= {thing: owner[0]} if owner else {}
            elif kind != "part":
                self._name(thing, kind, self.head(pieces), arcs)
        self.made.belongs += [(role, k, tuple(sorted(v))) for (role, k), v in arcs.items()]

    def _name(
        self, thing: int, kind: str, head: int, arcs: dict[tuple[str, int], set[int]]
    ) -> None:
        if kind == "new" and self.made.firsts[thing] < 0:
            self.made.firsts[thing] = head
        elif kind == "again":
            arcs.setdefault(("again", head), set()).add(thing)
        if head not in self.made.clusters[thing]:
            self.made.clusters[thing].append(head)

    def _fixed(self) -> None:
        for name, piece in fixed_pieces(self.text, self.offsets):
            if self.made.tags[piece]:
                continue
            if name not in self.names:
                self.names[name] = len(self.made.clusters)
                self.made.clusters.append([])
            self.made.clusters[self.names[name]].append(piece)

    def _statements(self, head: str) -> None:
        section, field_name = SECTIONS[head], _WORD_FIELD[head]
        spoken: dict[int, list[int]] = {}
        for kind in _SPOKEN[head]:
            for mark in self.marks:
                where = mark.path.split(".")
                if where[0] == section and mark.kind == kind:
                    pieces = self.pieces(mark.start, mark.end)
                    spoken.setdefault(int(where[1]), []).extend(pieces)
        for k, said in enumerate(self.document[section]):
            word = CLASSES[head].index(said[field_name])
            options = spoken.get(k) or self._implied(head, said)
            anchor = next(
                (p for p in options if self.made.classes[head].get(p, word) == word), None
            )
            if anchor is None:
                self.made.lost += 1
                continue
            self.made.classes[head][anchor] = word
            self.anchors[section, k] = anchor
            if head == "outcome":
                self.made.classes["negated"][anchor] = int(bool(said.get("negated")))
            self._arguments(head, anchor, said)

    def _implied(self, head: str, said: dict[str, Any]) -> list[int]:
        """Words that say a statement in passing: the other statement about the same things."""
        about = set(_refs(said, head))
        for other in ("action", "outcome", "relation"):
            for k, statement in enumerate(self.document[SECTIONS[other]]):
                anchor = self.anchors.get((SECTIONS[other], k))
                if anchor is not None and about <= set(_refs(statement, other)):
                    return [anchor]
        return []

    def _arguments(self, head: str, anchor: int, said: dict[str, Any]) -> None:
        needed, other = ROLES_OF[head]
        first, *rest = _sides(said, head)
        for role, refs in ((needed, [first]), (other, rest)):
            found = {self.names[n] for n in map(_name, refs) if n in self.names}
            old = next((b for b in self.made.belongs if b[0] == role and b[1] == anchor), None)
            if old is not None:
                self.made.belongs.remove(old)
                found |= set(old[2])
            self.made.belongs.append((role, anchor, tuple(sorted(found))))

    def _turns(self) -> None:
        for mark in self.marks:
            where = mark.path.split(".")
            pieces = self.pieces(mark.start, mark.end)
            anchor = self.anchors.get((where[0], int(where[1]))) if len(where) > 1 and where[
                1].isdigit() else None  # fmt: skip
            if anchor is None or not pieces:
                continue
            if mark.kind in {"direction", "speed"}:
                value = self.document["actions"][int(where[1])].get(mark.kind)
                if value in CLASSES[mark.kind]:
                    self.made.classes[mark.kind][pieces[0]] = CLASSES[mark.kind].index(value)
                    self.made.turns.append(("turn", pieces[0], anchor))
            elif mark.kind == "part":
                self.made.turns.append(("part", pieces[0], anchor))


def _sides(said: dict[str, Any], head: str) -> list[str]:
    first = said["actor" if head == "action" else "subject"]
    other = said.get("target" if head == "action" else "object") or []
    return [first, *([other] if isinstance(other, str) else other)]


def _refs(said: dict[str, Any], head: str) -> list[str]:
    return [_name(ref) for ref in _sides(said, head)]


def _name(ref: str) -> str:
    name = ref.partition("#")[0]
    return "ground" if name == "floor" else name
