"""What stands behind a verb: objects, places, manner, and verbs that depend on it."""

from collections.abc import Callable

from scene_builder.knowledge.words.closed import listed
from scene_builder.knowledge.words.verbs import form_of, senses_of
from scene_builder.language.phrases.clauses.attachment import STATIC, holder_of, last_phrase
from scene_builder.language.phrases.clauses.manner import read_manner
from scene_builder.language.phrases.clauses.naming import phrase_at
from scene_builder.language.phrases.clauses.splitting import split_at
from scene_builder.language.phrases.clauses.tree import Clause, Phrase, Place
from scene_builder.language.phrases.clauses.verbs import VerbReader
from scene_builder.language.phrases.clauses.wordings import (
    adverb_of_place_at,
    direction_at,
    preposition_at,
)

PARTICLES = listed("over down out up off away back open shut apart together in")
_ALONE = PARTICLES | {"inside", "underneath", "below", "past", "through", "along", "onto", "across"}
_NO_PLACES = frozenset({"left", "right", "camera", "us", "distance", "air", "sky"})
_SETTING = frozenset({"set", "leave", "keep", "get", "have", "stop"})
_CATENATIVE = frozenset({"scenery", "send", "posture"})
_OWN_GERUNDS = frozenset({"carry", "handle", "contact", "topple", "pass", "put", "receive", "send"})


class ComplementReader(VerbReader):
    """Reads what belongs to a verb."""

    def complements(self, clause: Clause) -> None:
        """Read objects, places, manner and dependent clauses behind a verb (or "is")."""
        while (after := read_manner(self.words, self.k, clause)) is not None:
            self.k = after
        sense = clause.sense
        if sense is not None and not clause.objects and not clause.passive:
            clause.objects = [] if sense.kind == "posture" else self.group(object_of=clause)
        readers: tuple[Callable[[Clause], bool], ...] = (
            self._manner, self._more_places, self._parts, self._participle, self._infinitive,
            self._dependent, self._beside, self._preposition, self._idle,
        )  # fmt: skip
        while self.k < len(self.words):
            if self.k in self.skipped:
                self.k += 1
            elif not any(read(clause) for read in readers):
                break

    def attach(self, clause: Clause, found: tuple[str, int]) -> bool:
        """Read a preposition; the place is the verb's or the last phrase's."""
        direction = direction_at(self.words, self.k)
        if direction is not None and not self.is_place(found):
            read_manner(self.words, self.k, clause, force=True)
            self.k = direction[1]
            return True
        if found[1] < len(self.words) and self.words[found[1]].tag == "verb":
            return self._verbal(clause, found)
        place = self.place(found, deep=True)
        if place is not None:
            holder = holder_of(clause, place.preposition)
            (holder.places if holder is not None else clause.places).append(place)
            return True
        if found[0] not in _ALONE:
            return False
        self.note_particle(clause, found[0])
        self.k = found[1]
        return True

    def is_place(self, found: tuple[str, int]) -> bool:
        """Whether a phrase that can be a place follows a preposition."""
        follows = phrase_at(self.words, found[1])
        return follows is not None and follows[0].text not in _NO_PLACES

    def beside_it(self, phrase: Phrase) -> bool:
        """Read "inside", "on top", "nearby", "in front" where no noun follows: of what it is."""
        found = adverb_of_place_at(self.words, self.k)
        longer = preposition_at(self.words, self.k)
        if found is None or (longer is not None and longer[1] > found[1]) or (
            phrase_at(self.words, found[1]) is not None):  # fmt: skip
            return False
        start, end = self.words[self.k].start, self.words[found[1] - 1].end
        it = Phrase(kind="pronoun", text="it", start=start, end=end)
        phrase.places.append(Place(preposition=found[0], phrases=[it], start=start, end=end))
        self.k = found[1]
        return True

    def carried(self, phrase: Phrase, *, without: bool = False) -> None:
        """Read where a thing named after "with" is: "with a flowerpot on it"."""
        if self.beside_it(phrase):
            return
        while (found := preposition_at(self.words, self.k)) is not None:
            place = self.place(found, deep=False) if found[0] in STATIC else None
            if place is None:
                return
            phrase.places.append(place)
        if self.verb_here() and self.form() in {"gerund", "participle", "past"}:
            inner = Clause(subject=[phrase], negated=without)
            self.verb(inner, reduced=True)
            self.complements(inner)
            phrase.clauses.append(inner)

    def _manner(self, clause: Clause) -> bool:
        after = read_manner(self.words, self.k, clause)
        self.k = self.k if after is None else after
        return after is not None

    def _more_places(self, clause: Clause) -> bool:
        """Read "down the chute and into a crate"."""
        if self.text() not in {",", "and"}:
            return False
        found = preposition_at(self.words, self.k + 1)
        if found is None or (not clause.places and self.text() == "and"):
            return False
        if self._subject_ahead(found[1]):
            return False
        self.k += 1
        return self.attach(clause, found)

    def _subject_ahead(self, k: int) -> bool:
        """Whether a place opens the next clause: ", on the table a ball rolls"."""
        found = phrase_at(self.words, k)
        if found is None:
            return False
        after = found[1] + (self.word(found[1]) == ",")
        follows = self.words[after].tag if after < len(self.words) else ""
        finite = follows == "verb" and form_of(self.word(after))[1] in {"third", "base"}
        return phrase_at(self.words, after) is not None or follows in {"there", "be"} or finite

    def _parts(self, clause: Clause) -> bool:
        """Read ", one gold, the other black" behind the verb of several."""
        if self.text() != "," or not clause.subject or clause.subject[0].chunk is None:
            return False
        split = split_at(self.words, self.k + 1)
        if split is None:
            return False
        clause.subject[0].split, self.k = split
        return True

    def _participle(self, clause: Clause) -> bool:
        """Read ", scattering coins" and ", driven by the wind"."""
        k = self.k + 1
        while k < len(self.words) and self.words[k].tag == "adverb":
            k += 1
        if self.text() != "," or k >= len(self.words) or self.words[k].tag != "verb":
            return False
        form = form_of(self.word(k))[1]
        driven = form == "participle" and preposition_at(self.words, k + 1) is not None
        if form != "gerund" and not (driven and k == self.k + 1):
            return False
        self.k += 1
        self.nested(clause.subject or clause.objects)
        return True

    def nested(self, subject: list[Phrase]) -> None:
        """Read a clause without subject of its own, of `subject`, and hang it there."""
        inner = Clause(subject=subject)
        while self.tag() in {"adverb", "not"}:
            read_manner(self.words, self.k, inner)
            inner.negated |= self.tag() == "not"
            self.k += 1
        self.verb(inner, reduced=True)
        self.complements(inner)
        if subject:
            subject[-1].clauses.append(inner)

    def _infinitive(self, clause: Clause) -> bool:
        """Read "starts to roll", "causes it to fall"."""
        if self.text() != "to" or self.tag(1) != "verb":
            return False
        self.k += 1
        subject = clause.objects or clause.subject
        inner = Clause(subject=subject, opener="to")
        self.verb(inner)
        self.complements(inner)
        if subject and clause.sense is not None:
            subject[-1].clauses.append(inner)
        return True

    def _dependent(self, clause: Clause) -> bool:
        """A verb right behind a complement: whose is it?"""
        if not self.verb_here():
            return False
        sense, form, last = clause.sense, self.form(), last_phrase(clause)
        catenative = sense is not None and (sense.kind in _CATENATIVE or sense.base in _SETTING)
        done = form in {"participle", "past"} and (catenative or last is not None)
        if form == "gerund" or done:
            kind = senses_of(form_of(self.text())[0])[-1].kind
            own = kind in _OWN_GERUNDS and form == "gerund"
            near = [last] if last is not None and not own else clause.subject
            self.nested(clause.objects if catenative and clause.objects else near)
            return True
        caused = sense is not None and sense.kind in {"send", "scenery"} and clause.objects
        if form == "base" and caused:
            self.nested(clause.objects)
            return True
        return False

    def _beside(self, clause: Clause) -> bool:
        still = clause.sense is None or clause.sense.kind in {"posture", "relate", "put"}
        return still and bool(clause.subject) and self.beside_it(clause.subject[-1])

    def _preposition(self, clause: Clause) -> bool:
        found = preposition_at(self.words, self.k)
        return found is not None and self.attach(clause, found)

    def _idle(self, clause: Clause) -> bool:
        """Pass particles, adverbs and adjectives ("comes loose")."""
        if preposition_at(self.words, self.k) is not None:
            return False
        if self.text() in PARTICLES and self.tag() == "prep":
            self.note_particle(clause, self.text())
            return True
        if self.tag() in {"adverb", "adj"}:
            self.k += 1
            return True
        return False

    def _verbal(self, clause: Clause, found: tuple[str, int]) -> bool:
        """Read "without touching it", "by rolling", "from falling"."""
        self.k = found[1]
        if self.form() != "gerund":
            return False
        inner = Clause(subject=clause.subject, negated=found[0] in {"without", "from"})
        self.verb(inner)
        self.complements(inner)
        if clause.subject and found[0] in {"without", "by", "before", "after", "while"}:
            clause.subject[-1].clauses.append(inner)
        return True
