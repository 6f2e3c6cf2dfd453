"""From words to clauses: a recursive descent over English word order."""

from typing import final

from scene_builder.language.phrases.clauses.complements import PARTICLES
from scene_builder.language.phrases.clauses.cursor import ENDS
from scene_builder.language.phrases.clauses.idioms import without_idioms
from scene_builder.language.phrases.clauses.modifiers import PhraseReader
from scene_builder.language.phrases.clauses.naming import phrase_at
from scene_builder.language.phrases.clauses.rewriting import rewritten
from scene_builder.language.phrases.clauses.tree import Clause, Phrase
from scene_builder.language.phrases.clauses.wordings import THEN, preposition_at
from scene_builder.language.phrases.tokens import tokens_of
from scene_builder.language.phrases.words.tagging import classed

_PASSED = frozenset({"join", "adverb", "modal", "have"})
_FINITE = frozenset({"verb", "be", "modal", "have", "not"})
_SHARED = frozenset({"on", "in", "inside", "under", "on top of", "above", "behind", "at"})
_SHORT = frozenset({"it", "they", "he", "she"})
_HELPING = frozenset({"join", "adverb", "modal", "have", "be", "not"})


def clauses_of(text: str) -> list[Clause]:
    """Return the clauses of lower-case text, its stated facts taken out, in order."""
    return _ClauseReader(classed(rewritten(tokens_of(without_idioms(text))))).all()


def _share_place(clause: Clause) -> None:
    """Like "a cup, a plate and a spoon on a table": without a verb, all of them are there."""
    *others, last = clause.subject or [Phrase(kind="nothing", text="", start=0, end=0)]
    if any(phrase.places or phrase.clauses for phrase in others):
        return
    shared = [place for place in last.places if place.preposition in _SHARED]
    for phrase in others:
        phrase.places += shared


@final
class _ClauseReader(PhraseReader):
    def all(self) -> list[Clause]:
        """Read all clauses."""
        found: list[Clause] = []
        while self.k < len(self.words):
            before = self.k
            found += self._clause(found[-1] if found else None)
            self.k = max(self.k, before + 1)
        return found

    def predicate(self, clause: Clause) -> list[Clause]:
        """Read verbs and what belongs to them, then further verbs of the same subject."""
        self.verbs(clause)
        if clause.sense is not None or self.text() not in {",", "and", "but", "then"}:
            self.complements(clause)
        return [clause, *self._continued(clause)]

    def _clause(self, last: Clause | None) -> list[Clause]:
        """Read one clause with those that share its subject."""
        clause = Clause()
        fresh = self._opening(clause)
        if self.k >= len(self.words):
            return []
        self._fronted(clause)
        opened = self._opened() if fresh and self.verb_here() else []
        if self.tag() == "there":
            self.k += 1
            self.verbs(clause)
        elif self.verb_here() and (clause.fronted or clause.opener or clause.particle):
            return [*opened, *self._inverted(clause)]
        elif self.verb_here():
            clause.subject = last.subject if last is not None and not fresh else []
            return [*opened, *self.predicate(clause)]
        clause.subject = clause.subject or self.group()
        for part in opened:
            part.subject = clause.subject
        if not clause.subject and not clause.fronted:
            return opened
        if self.tag() not in _FINITE:
            _share_place(clause)
        return [*opened, *self.predicate(clause)]

    def _opening(self, clause: Clause) -> bool:
        """Pass marks and conjunctions; whether a new sentence begins."""
        fresh = self.k == 0
        while self.k < len(self.words) and self.tag() != "there":
            word = self.words[self.k]
            if word.text in {"neither", "nor"} and self.tag(1) in {"modal", "be", "have"}:
                clause.negated, fresh = True, True
                self.k += 1
            elif word.text in THEN:
                clause.then = True
            elif word.tag == "clause":
                clause.opener, fresh = word.text, True
            elif word.tag == "mark":
                fresh = fresh or word.text in ENDS
            elif word.tag not in _PASSED and word.text != "that":
                break
            self.k += 1
        return fresh

    def _fronted(self, clause: Clause) -> None:
        """Read "On a shelf," before its subject."""
        while (found := preposition_at(self.words, self.k)) is not None:
            start = self.k
            if self._fronted_particle(clause):
                return
            place = self.place(found, deep=True, fronted=True)
            if place is None:
                self.k = start + 1
                continue
            clause.fronted.append(place)
            while self.text() in {",", ":"}:
                self.k += 1

    def _fronted_particle(self, clause: Clause) -> bool:
        """Read the "off" of "off it rolls" and "off slips the lid"; whether it stands here."""
        if self.text() not in PARTICLES:
            return False
        bare = self.tag(1) == "verb" and self.form(1) in {"third", "past", "base"}
        if not bare and not (self.text(1) in _SHORT and self.tag(2) in {"verb", "be", "modal"}):
            return False
        self.note_particle(clause, self.text())
        return True

    def _opened(self) -> list[Clause]:
        """Read "Rolling off a table," and "Thrown by a child," before their subject."""
        comma = self._comma_and_subject()
        if self.form() not in {"gerund", "participle", "past"} or comma is None:
            return []
        first = Clause()
        self.verb(first, reduced=True)
        self.complements(first)
        self.k = max(self.k, comma + 1)
        return [first]

    def _comma_and_subject(self) -> int | None:
        for k in range(self.k, len(self.words)):
            if self.words[k].text in ENDS:
                return None
            if self.words[k].text == "," and phrase_at(self.words, k + 1) is not None:
                return k
        return None

    def _inverted(self, clause: Clause) -> list[Clause]:
        """Read "on a shelf stand two vases", "inside it are two jars"."""
        self.verbs(clause)
        clause.subject = self.group()
        self.complements(clause)
        return [clause, *self._continued(clause)]

    def _continued(self, clause: Clause) -> list[Clause]:
        """Read ", hits a cup and stops": more verbs of the same subject."""
        start = self.k
        following = Clause(subject=clause.subject, opener=clause.opener)
        while self.tag() in _HELPING or self.text() == ",":
            following.then |= self.text() in THEN
            following.negated |= self.tag() == "not" or self.text().endswith("n't")
            if self.tag() == "be":
                break
            self.k += 1
        about = clause.sense is not None or clause.objects or clause.places or clause.subject
        verb = self.tag() == "be" or (self.verb_here() and self._agrees(following, clause))
        if self.k > start and verb and about:
            return self.predicate(following)
        self.k = start
        return []

    def _agrees(self, following: Clause, clause: Clause) -> bool:
        """Whether a verb in the base form can go on about the subject of `clause`."""
        if self.form() != "base" or following.negated or clause.form == "base":
            return True
        several = len(clause.subject) > 1 or any(
            p.text in {"they", "them", "both", "ones"} or p.all_of or (p.count or 1) > 1
            or (p.chunk is not None and p.chunk.several) for p in clause.subject)  # fmt: skip
        return several or self.tag(-1) == "modal"
