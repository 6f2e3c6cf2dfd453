"""Phrases with what hangs on them: places, participles, relative clauses, appositions."""

from scene_builder.knowledge.words.qualities import MATERIAL_WORDS
from scene_builder.knowledge.words.verbs import form_of, senses_of
from scene_builder.language.phrases.attributes import qualities_of
from scene_builder.language.phrases.clauses.cursor import ENDS
from scene_builder.language.phrases.clauses.lookahead import LookaheadReader
from scene_builder.language.phrases.clauses.naming import phrase_at
from scene_builder.language.phrases.clauses.splitting import split_at
from scene_builder.language.phrases.clauses.tree import Clause, Phrase, Place
from scene_builder.language.phrases.clauses.wordings import (
    arranged_at,
    compared_at,
    direction_at,
    preposition_at,
)
from scene_builder.language.phrases.counting import Chunk

_JOINS = frozenset({",", "and", "or", "plus", "&", "also"})
_PARTICIPLES = frozenset({"participle", "past"})


class PhraseReader(LookaheadReader):
    """Reads phrases."""

    def group(self, *, object_of: Clause | None = None) -> list[Phrase]:
        """Read phrases joined by "and" and commas, with what hangs on each of them."""
        found: list[Phrase] = []
        while (phrase := self._phrase(subject=object_of is None)) is not None:
            found.append(phrase)
            after = self._joined(subject=object_of is None)
            if after is None:
                break
            self.k = after
        return found

    def place(
        self, found: tuple[str, int], *, deep: bool, fronted: bool = False
    ) -> Place | None:  # fmt: skip
        """Read a preposition and what it governs.

        Args:
            found: The preposition and the word after it.
            deep: Whether several phrases may follow ("on a table and a chair").
            fronted: Whether it stands before its subject, so that participles are its own.
        """
        start = self.k
        self.k = found[1]
        first = self._phrase(subject=fronted)
        if first is None:
            self.k = start
            return None
        phrases = [first]
        several = deep or found[0] in {"between", "in between"}
        while several and (after := self._joined(subject=False)) is not None:
            comma = any(w.text == "," for w in self.words[self.k : after])
            before, self.k = self.k, after
            following = None if comma else self._phrase(subject=False)
            if following is None:
                self.k = before
                break
            phrases.append(following)
        for phrase in phrases:
            phrase.led = found[0]
        if found[0] in {"with", "without"}:
            self.carried(phrases[-1], without=found[0] == "without")
        return Place(
            preposition=found[0], phrases=phrases, start=self.words[start].start,
            end=self.words[found[1] - 1].end,
        )  # fmt: skip

    def _phrase(self, *, subject: bool) -> Phrase | None:
        compared = compared_at(self.words, self.k) is not None
        if self.verb_here() or (
            self.tag() in {"mark", "prep", "adverb", "join"} and not compared
        ):  # fmt: skip
            return None
        found = phrase_at(self.words, self.k)
        if found is None:
            return None
        phrase, self.k = found
        while self.k < len(self.words):
            start = self.k
            if not self._modified(phrase, subject=subject) or self.k == start:
                break
        return phrase

    def _joined(self, *, subject: bool) -> int | None:
        """The word after "and" or a comma, if another phrase of the group follows."""
        k = self.k
        while self.word(k) in _JOINS:
            k += 1
        found = phrase_at(self.words, k) if k > self.k else None
        if found is None or found[0].kind not in {"thing", "part", "pronoun"}:
            return None
        joined = any(w.tag == "join" for w in self.words[self.k : k])
        if not joined and not self._list_goes_on(found[1]):
            return None
        own = subject and self._before_verb(k)
        return k if own or not self._finite_after(found[1]) else None

    def _modified(self, phrase: Phrase, *, subject: bool) -> bool:
        """Read one thing that hangs on a phrase; whether there was one."""
        return (
            self._arranged(phrase)
            or self._part_of(phrase)
            or self._governed(phrase)
            or self._relative(phrase)
            or (subject and (self._participle_of(phrase) or self._place_of(phrase)))
            or (subject and self._set_off(phrase))
            or (self.text() == "," and phrase.chunk is not None and self._apposition(phrase))
        )

    def _arranged(self, phrase: Phrase) -> bool:
        k = self.k + (self.text() == ",")
        found = arranged_at(self.words, k)
        apart = k > self.k and found is not None and self.word(found[1])[:1].isalnum()
        if found is None or apart:
            return False
        grouped = (found[0], self.words[k].start, self.words[found[1] - 1].end)
        phrase.clauses.append(Clause(subject=[phrase], grouped=grouped))
        self.k = found[1]
        return True

    def _participle_of(self, phrase: Phrase) -> bool:
        """Read "a ball rolling off a table", "a cup knocked over by a cat"."""
        if not self.verb_here():
            return False
        form = self.form()
        if form != "gerund" and not (form in _PARTICIPLES and self._done_to()):
            return False
        inner = Clause(subject=[phrase])
        self.verb(inner, reduced=True)
        self.complements(inner)
        phrase.clauses.append(inner)
        return True

    def _set_off(self, phrase: Phrase) -> bool:
        """Read ", pulled by two dogs," between a subject and its verb."""
        if self.text() != "," or self.tag(1) != "verb" or self.form(1) not in _PARTICIPLES:
            return False
        ahead = range(self.k + 2, len(self.words))
        closing = next((k for k in ahead if self.word(k) in ENDS | {","}), len(self.words))
        if self.word(closing) != "," or preposition_at(self.words, self.k + 2) is None:
            return False
        start, self.k = self.k, self.k + 1
        if not self._participle_of(phrase):
            self.k = start
            return False
        self.k += self.text() == ","
        return True

    def _done_to(self) -> bool:
        """Whether a past form is a participle ("a cup knocked over by ...") and not finite."""
        kinds = {sense.kind for sense in senses_of(form_of(self.text())[0])}
        done = kinds & {"handle", "put", "relate", "contact", "topple", "motion", "carry"}
        finite = self.form() == "past" and kinds <= {"motion", "posture"}
        return bool(done) and not finite and phrase_at(self.words, self.k + 1) is None

    def _place_of(self, phrase: Phrase) -> bool:
        """Read "a ball on a table" before the verb."""
        found = preposition_at(self.words, self.k)
        if found is None or found[0] == "than":
            return False
        if direction_at(self.words, self.k) and not self.is_place(found):
            return False
        place = self.place(found, deep=False)
        if place is None:
            return False
        phrase.places.append(place)
        return True

    def _part_of(self, phrase: Phrase) -> bool:
        """Read ", the last of which falls" and ", several of them,"."""
        some = phrase_at(self.words, self.k + 1) if self.text() == "," else None
        if some is None or some[0].kind != "part":
            return False
        last = self.word(some[1] - 1)
        if last in {"which", "whom"}:
            self.k = some[1]
            inner = Clause(subject=[some[0]])
            self.verbs(inner)
            self.complements(inner)
            phrase.clauses.append(inner)
            return True
        if last == "them" and self.word(some[1]) == ",":
            self.k = some[1] + 1
            return True
        return False

    def _governed(self, phrase: Phrase) -> bool:
        """Read "on which a cup stands", "from which it drops"."""
        k = self.k + (self.text() == ",")
        found = preposition_at(self.words, k)
        if found is None or self.word(found[1]) not in {"which", "whom"}:
            return False
        self.k = found[1] + 1
        inner = Clause()
        if self.verb_here() or self.tag() == "be":  # "on which stand three glasses"
            self.verbs(inner)
        inner.subject = self.group()
        start, end = self.words[k].start, self.words[found[1] - 1].end
        inner.places.append(
            Place(preposition=found[0], phrases=[phrase], start=start, end=end)
        )  # fmt: skip
        if inner.sense is not None:
            self.complements(inner)
            phrase.clauses.append(inner)
            return True
        phrase.clauses += self.predicate(inner)
        return True

    def _relative(self, phrase: Phrase) -> bool:
        """Read "which stands on a shelf", "that a boy throws", "whose lid opens"."""
        k = self.k + (self.text() == ",")
        if k >= len(self.words) or self.words[k].tag != "relative":
            return False
        self.k = k + 1
        if self.words[k].text == "whose":
            inner = Clause(subject=self.group())
            for owned in inner.subject:
                if owned.chunk is not None:
                    owned.chunk.owner = phrase.text
            phrase.clauses += self.predicate(inner)
            return True
        made = self.word(self.k + 1 + (self.text(1) == "of")) in MATERIAL_WORDS
        if self.tag() == "be" and (self.tag(1) == "adj" or made) and phrase.chunk is not None:
            self.k += 1 + (self.text(1) == "of")
            if made:
                self._describe(phrase.chunk, self.k, self.k + 1)
                self.k += 1
                return True
            start = self.k
            while self.tag() == "adj":
                self.k += 1
            self._describe(phrase.chunk, start, self.k)
            return True
        self._relative_clause(phrase)
        return True

    def _relative_clause(self, phrase: Phrase) -> None:
        own = self.tag() in {"verb", "be", "modal", "have", "adverb", "not"}
        subject = [] if own else self.group()
        inner = Clause(subject=subject or [phrase])
        self.verbs(inner)
        if subject and inner.sense is not None:
            inner.objects = [phrase]
        self.complements(inner)
        phrase.clauses.append(inner)

    def _apposition(self, phrase: Phrase) -> bool:
        """Read ", tiny and violet,", ", a red one," and ", one gold, the other black,"."""
        chunk, k = phrase.chunk, self.k + 1
        split = split_at(self.words, k)
        several = chunk is not None and (chunk.several or (chunk.count or 1) > 1)
        if chunk is None or (split is not None and several):
            if split is not None:
                phrase.split, self.k = split[0], split[1] + (self.word(split[1]) == ",")
            return split is not None
        k += self.word(k) in {"a", "an"}
        end = k
        while self._quality(end, first=k):
            end += 1
        one = end > k and self.word(end) in {"one", "ones"}
        closes = end >= len(self.words) or self.words[end].tag in {"mark", "be", "verb", "prep"}
        if end == k or not (one or closes):
            return False
        self._describe(chunk, k, end)
        end += one
        self.k = end + (self.word(end) == ",")
        return True

    def _quality(self, k: int, *, first: int) -> bool:
        """Whether the word at `k` goes on a row of adjectives."""
        if k >= len(self.words):
            return False
        if self.word(k) in {"and", ","} and k > first:
            return k + 1 < len(self.words) and self.words[k + 1].tag == "adj"
        return self.words[k].tag == "adj" or self.word(k) in MATERIAL_WORDS

    def _describe(self, chunk: Chunk, start: int, end: int) -> None:
        """Add the qualities that the words from `start` to `end` say."""
        said = qualities_of(self.words, start, end)
        chunk.color = chunk.color or said.color
        chunk.material = chunk.material or said.material
        chunk.size = chunk.size or said.size
