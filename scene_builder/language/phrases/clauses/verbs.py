"""Verbs: auxiliaries, negation, the main verb with its particle, and its voice."""

from scene_builder.knowledge.words.verbs import Sense, form_of, senses_of, verb_form
from scene_builder.language.phrases.clauses.cursor import Cursor
from scene_builder.language.phrases.clauses.manner import read_manner
from scene_builder.language.phrases.clauses.naming import phrase_at
from scene_builder.language.phrases.clauses.tree import Clause

TRANSITIVE = frozenset({"handle", "put", "carry", "send"})
_PASSIVE = TRANSITIVE - {"send"} | {"contact", "topple", "relate", "receive", "pass", "result",
                                    "motion"}  # fmt: skip
_BEFORE_OBJECT = frozenset({"out", "away", "back"})
_BEHIND_OBJECT = frozenset({"flat", "over", "down", "out", "aside", "apart", "up", "off"})
_DONE = frozenset({"participle", "past"})


class VerbReader(Cursor):
    """Reads verbs."""

    def verbs(self, clause: Clause) -> None:
        """Read auxiliaries, negation, and the main verb."""
        was = False
        while self.k < len(self.words):
            tag, text = self.tag(), self.text()
            if tag == "not" or text.endswith("n't"):
                clause.negated = True
            elif tag == "be":
                was = True
                clause.ongoing |= text == "being"
            elif tag == "adverb" and self._verb_ahead():
                read_manner(self.words, self.k, clause)
            elif tag not in {"modal", "have"}:
                break
            self.k += 1
        if self.verb_here():
            self.verb(clause, was=was)

    def verb(self, clause: Clause, *, was: bool = False, reduced: bool = False) -> None:
        """Read the verb here.

        Args:
            clause: Whose verb it is.
            was: Whether a form of "be" stands before it.
            reduced: Whether it stands without subject and "be" ("a cup knocked over by ...").
        """
        word = self.words[self.k]
        base, clause.form = form_of(word.text)
        clause.start, clause.end = word.start, word.end
        self.k += 1
        clause.sense = self._sense(base, clause)
        out = self.text() in _BEFORE_OBJECT and self.tag(1) == "det" and not was
        if clause.sense.kind in TRANSITIVE and out:  # "pushes out a cart"
            self.note_particle(clause, self.text())
        same = verb_form(base, "participle") == word.text
        done = clause.form in _DONE or same
        clause.passive = done and clause.sense.kind in _PASSIVE and (was or reduced)

    def _verb_ahead(self) -> bool:
        for word in self.words[self.k + 1 :]:
            if word.tag not in {"adverb", "not", "be", "modal"}:
                return word.tag == "verb"
        return False

    def _sense(self, base: str, clause: Clause) -> Sense:
        if clause.particle is not None:  # "over goes the bin"
            for sense in senses_of(base):
                if sense.base == f"{base} {clause.particle[0]}":
                    return sense
        for sense in senses_of(base):
            particle = sense.base.split(" ")[1:]
            texts = [w.text for w in self.words[self.k : self.k + len(particle)]]
            if texts == particle and self._fits(sense, len(particle)):
                self.k += len(particle)
                clause.end = self.words[self.k - 1].end
                return sense
            if len(particle) == 1 and sense.kind == "topple" and self._behind(particle[0]):
                return sense
        return senses_of(base)[-1]

    def _fits(self, sense: Sense, length: int) -> bool:
        """Whether the particle is the verb's, not the next phrase's preposition."""
        if not length:
            return True
        follows = phrase_at(self.words, self.k + length) is not None
        if sense.kind == "result" and sense.outcome in {"falls", "moves"}:
            return not follows
        return not (follows and sense.base in {"pop open", "swing open"})

    def _behind(self, particle: str) -> bool:
        """Whether the particle stands behind the object: "knocks a trophy over"."""
        found = phrase_at(self.words, self.k)
        if found is None or particle not in _BEHIND_OBJECT:
            return False
        after = found[1]
        if self.word(after) == particle and phrase_at(self.words, after + 1) is None:
            self.skipped.add(after)
            return True
        return False
