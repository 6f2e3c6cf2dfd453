"""From clauses to a draft: who does what, where, to whom, and how it ends."""

from collections.abc import Callable

from scene_builder.knowledge.words.qualities import MATERIAL_WORDS
from scene_builder.knowledge.words.scenery import FRAME
from scene_builder.language.phrases.clauses.tree import Clause, Phrase, Place
from scene_builder.language.phrases.clauses.wordings import ARRANGED
from scene_builder.language.phrases.draft import Draft, Mention
from scene_builder.language.phrases.meaning import motions, standing
from scene_builder.language.phrases.meaning.deed import Deed
from scene_builder.language.phrases.meaning.ends import tell_contact, tell_result, tell_topple
from scene_builder.language.phrases.meaning.particles import HAPPENING, tell_particle
from scene_builder.language.phrases.meaning.places import tell_place
from scene_builder.language.phrases.meaning.whom import Whom

_SHOWING = frozenset({"show", "see", "watch", "want", "need", "imagine", "find", "picture", "keep",
                      "have", "get", "display", "depict", "feature", "reveal", "capture", "think",
                      "like", "create", "begin", "start"})  # fmt: skip
"""Verbs of seeing and showing, whose objects are on the stage."""
_BEFALLING = frozenset({"fall", "drop", "swing", "spin", "open", "explode", "launch"})
"""Actions that rather befall what was struck than what struck it."""
_MAKING = frozenset({"make", "build", "carve", "construct", "cut", "form"})
_TELLING: dict[str, Callable[[Deed], None]] = {
    "motion": motions.tell_motion, "go": motions.tell_gone, "handle": motions.tell_handled,
    "posture": motions.tell_posture, "send": motions.tell_sent, "pass": motions.tell_passed,
    "contact": tell_contact, "topple": tell_topple, "result": tell_result,
    "relate": standing.tell_related, "put": standing.tell_put, "carry": standing.tell_carried,
    "receive": standing.tell_received,
}  # fmt: skip


def told(clauses: list[Clause]) -> Draft:
    """Return what `clauses` say."""
    draft = Draft()
    teller = _Teller(draft)
    for clause in clauses:
        teller.tell(clause)
    return draft


class _Teller:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.whom = Whom(draft)
        self.told: set[int] = set()
        self.before: list[Mention] = []

    def tell(self, clause: Clause) -> None:
        """Tell one clause, and what hangs on its phrases."""
        if id(clause) in self.told:
            return
        self.told.add(id(clause))
        fronted = [(place, self._fronted(place)) for place in clause.fronted]
        deed = self._deed(clause)
        sense = clause.sense
        if sense is not None and sense.kind == "scenery" and not deed.subject and (
            sense.base not in _SHOWING):  # fmt: skip
            return  # "I inherited this house from an aunt"
        for phrase in clause.subject:
            self._hanging(phrase, before=clause.start)
        self._happens(deed, fronted)
        if deed.subject and sense is not None:
            self.before = deed.subject
        places = [*clause.fronted, *clause.places]
        for phrase in [*clause.subject, *clause.objects, *(p for x in places for p in x.phrases)]:
            self._hanging(phrase)

    def _fronted(self, place: Place) -> list[Mention]:
        mentions = self.whom.all(place.phrases, place=True)
        if mentions and any(phrase.text == "it" for phrase in place.phrases):
            self.whom.named.fronted = mentions[0].ref
        return mentions

    def _deed(self, clause: Clause) -> Deed:
        """Return the clause with its subject found."""
        sense = clause.sense
        self.whom.named.befalls = sense is not None and not clause.passive and (
            sense.verb in _BEFALLING or sense.outcome in {"falls", "moves"})  # fmt: skip
        subject = self.whom.all(clause.subject)
        self.whom.named.befalls = False
        self.whom.subjects(subject, verb=clause.sense is not None)
        nothing = any(p.kind == "nothing" or p.count == 0 for p in clause.subject)
        refs = {mention.ref for mention in subject}
        return Deed(
            draft=self.draft, clause=clause, subject=subject, theme=subject, sense=clause.sense,
            negated=clause.negated or nothing, nothing=nothing,
            nobody=any(p.kind == "nobody" for p in clause.subject),
            after=len(self.draft.outcomes) - 1 if clause.then and self.draft.outcomes else None,
            before=[m for m in self.before if m.ref not in refs],
            earlier=list(self.whom.named.mentions),
        )  # fmt: skip

    def _happens(self, deed: Deed, fronted: list[tuple[Place, list[Mention]]]) -> None:
        clause = deed.clause
        acting = tuple(mention.ref for mention in deed.subject)
        if _made_of(deed):
            return
        if any(phrase.text in {"neither", "none"} for phrase in clause.objects):
            deed.negated = True  # "touches neither"
            for phrase in clause.objects:
                phrase.kind = "pronoun" if phrase.kind == "nothing" else phrase.kind
                phrase.text = "them" if phrase.kind == "pronoun" else phrase.text
        deed.objects = self.whom.all(clause.objects, acting)
        said = [*clause.objects, *(p for place in clause.places for p in place.phrases)]
        deed.each_other = any(phrase.text == "each other" for phrase in said)
        others = (*acting, *(mention.ref for mention in deed.objects))
        places = [(place, self.whom.all(place.phrases, others, place=True))
                  for place in clause.places]  # fmt: skip
        if deed.nothing and not deed.subject:
            deed.subject = deed.theme = self._whoever(places)
        _arranged(deed)
        if clause.sense is not None:
            _TELLING.get(clause.sense.kind, _shown)(deed)
        for place, mentions in [*fronted, *places]:
            self._place(deed, place, mentions)
        tell_particle(deed)

    def _whoever(self, places: list[tuple[Place, list[Mention]]]) -> list[Mention]:
        """Of "nothing falls off it": those that are on it."""
        refs = {mention.ref for _, mentions in places for mention in mentions}
        return [
            Mention(said["subject"]) for said in self.draft.relations
            if said["predicate"] in {"on", "inside"} and said["object"][0] in refs
        ]  # fmt: skip

    def _place(self, deed: Deed, place: Place, mentions: list[Mention]) -> None:
        """Tell a place; of a hole or a gap, where that is ("from a hole in the bag")."""
        at = (place.start, place.end)
        if _leaves_picture(deed, place):
            deed.end(deed.theme or deed.subject, "leaves_frame", at=at)
            return
        tell_place(deed, place.preposition, mentions, at=at)
        for phrase in place.phrases if not mentions else []:
            for inner in phrase.places if phrase.kind == "thing" else []:
                through = place.preposition in {"from", "out of", "into", "through"}
                word = place.preposition if through and inner.preposition == "in" else None
                tell_place(
                    deed, word or inner.preposition, self.whom.all(inner.phrases),
                    at=(inner.start, inner.end),
                )  # fmt: skip

    def _hanging(self, phrase: Phrase, *, before: int | None = None) -> None:
        """Tell what hangs on a phrase; with `before`, only what stands before that letter."""
        for clause in phrase.clauses:
            if before is None or clause.start < before:
                self.tell(clause)
        for place in phrase.places:
            for inner in place.phrases:
                self._hanging(inner, before=before)


def _made_of(deed: Deed) -> bool:
    """Tell "made of wood" of its subject; whether that is what the clause says."""
    making = deed.sense is None or deed.sense.base in _MAKING
    for place in deed.clause.places if making and not deed.objects else []:
        chunk = place.phrases[0].chunk
        material = MATERIAL_WORDS.get(chunk.noun) if chunk is not None and chunk.bare else None
        if place.preposition in {"of", "from", "out of"} and material is not None and chunk:
            chunk.material = (material, *chunk.head)
            for mention in deed.subject:
                deed.draft.describe(mention, chunk)
            return True
    return False


def _arranged(deed: Deed) -> None:
    """Tell "in a row", "on top of each other", "side by side"."""
    if deed.clause.grouped is None:
        return
    wording, start, end = deed.clause.grouped
    several = [m for m in [*deed.objects, *deed.subject] if m.several] or deed.subject
    predicate = ARRANGED[wording]
    for mention in several[:1]:
        if predicate not in {"beside", "facing"}:
            deed.draft.relate(mention, predicate, at=(start, end))
        elif deed.draft.count_of(mention) > 1:
            one, two = (Mention(f"{mention.ref}#{k}") for k in (1, 2))
            deed.draft.relate(one, predicate, two, at=(start, end))
        elif len(deed.subject) > 1:
            deed.draft.relate(mention, predicate, deed.subject[1], at=(start, end))


def _leaves_picture(deed: Deed, place: Place) -> bool:
    moves = deed.sense is not None and deed.sense.kind in HAPPENING | {"carry", "go"}
    out = place.preposition in {"off", "from"} or "out" in place.preposition.split(" ")
    return moves and out and any(phrase.text in FRAME for phrase in place.phrases)


def _shown(deed: Deed) -> None:
    """A verb that says nothing a stage could show."""
