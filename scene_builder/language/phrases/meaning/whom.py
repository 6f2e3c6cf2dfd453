"""Whom the phrases of a text mean, one after the other."""

from dataclasses import replace

from scene_builder.knowledge.words.verbs import SENSES_OF
from scene_builder.language.phrases.clauses.tree import Clause, Phrase, Place
from scene_builder.language.phrases.draft import Draft, Mention
from scene_builder.language.phrases.meaning.deed import Deed
from scene_builder.language.phrases.meaning.naming import Named
from scene_builder.language.phrases.meaning.places import tell_place

_BOTH = frozenset({"both", "they", "them"})
_PAIR = 2


class Whom:
    """Finds out whom phrases mean; what stands with a phrase ("on a table") is told at once."""

    def __init__(self, draft: Draft) -> None:
        """Begin with a draft that is still empty."""
        self.draft = draft
        self.named = Named(draft)
        self._known: dict[int, list[Mention]] = {}
        self._pair: list[str] = []

    def all(
        self, phrases: list[Phrase], acting: tuple[str, ...] = (), *, place: bool = False
    ) -> list[Mention]:  # fmt: skip
        """Return everybody whom `phrases` mean.

        Args:
            phrases: The phrases.
            acting: Refs that a pronoun cannot mean, since they act here.
            place: Whether a preposition stands before them.
        """
        return [m for phrase in phrases for m in self._of(phrase, acting, place=place)]

    def subjects(self, mentions: list[Mention], *, verb: bool) -> None:
        """Note whom a clause is about: "both" and "it" will mean them first."""
        self.named.subjects |= {mention.ref for mention in mentions}
        refs = list(dict.fromkeys(mention.ref for mention in mentions))
        if len(refs) > 1:
            self._pair = refs
        elif refs and refs[0] not in self._pair and (verb or not self._pair):
            self._pair = [*self._pair[-1:], refs[0]]

    def _of(self, phrase: Phrase, acting: tuple[str, ...], *, place: bool) -> list[Mention]:
        if id(phrase) not in self._known:
            self._known[id(phrase)] = self._found(phrase, acting, place=place)
            self._moving_adjective(phrase)
            for own in phrase.places:
                self._standing(phrase, own)
        return self._known[id(phrase)]

    def _found(self, phrase: Phrase, acting: tuple[str, ...], *, place: bool) -> list[Mention]:
        if phrase.split and phrase.chunk is not None:
            return self._parts(phrase)
        mention = self.named.of(phrase, acting=acting, place=place)
        if mention is None:
            return []
        if phrase.text in _BOTH and self.draft.count_of(mention) < _PAIR:
            named = [m.ref for m in self.named.mentions if m.solid]
            refs = list(dict.fromkeys(self._pair if len(self._pair) > 1 else named))
            return [Mention(ref) for ref in refs[-_PAIR:]]
        return [mention]

    def _parts(self, phrase: Phrase) -> list[Mention]:
        """Of "two watches, one gold, the other black": two things."""
        assert phrase.chunk is not None
        found = []
        for part in phrase.split:
            chunk = replace(
                phrase.chunk, count=part.count, several=(part.count or 1) > 1, definite=False,
                bare=False, counted=None, color=part.color or phrase.chunk.color,
                material=part.material or phrase.chunk.material,
                size=part.size or phrase.chunk.size,
            )  # fmt: skip
            mention = self.named.of(replace(phrase, chunk=chunk, split=[]))
            found += [mention] if mention is not None else []
        return found

    def _standing(self, phrase: Phrase, place: Place) -> None:
        mentions = self._known[id(phrase)]
        others = self.all(place.phrases, tuple(m.ref for m in mentions), place=True)
        if place.preposition == "with":
            for mention in mentions:
                self._with_on_top(mention, place)
        if not mentions or place.preposition in {"of", "without"}:
            return
        clause = Clause(subject=[phrase], start=place.start, end=place.end)
        deed = Deed(draft=self.draft, clause=clause, subject=mentions)
        tell_place(deed, place.preposition, others, at=(place.start, place.end))

    def _with_on_top(self, holder: Mention, place: Place) -> None:
        """Like "A van with 24 bottles on the back": where no thing is named, the van is meant."""
        for phrase in place.phrases:
            loads = self.all([phrase])
            for inner in phrase.places:
                if loads and inner.preposition in {"on", "in"} and not self.all(inner.phrases):
                    self.draft.relate(loads[0], "on", holder, at=(inner.start, inner.end))

    def _moving_adjective(self, phrase: Phrase) -> None:
        chunk = phrase.chunk
        for mention in self._known[id(phrase)] if chunk is not None else []:
            sense = SENSES_OF.get(chunk.verb_as_adjective, (None,))[-1] if chunk else None
            if chunk is not None and sense is not None and sense.verb and mention.solid:
                self.draft.act(mention, sense.verb, at=(chunk.start, chunk.head[0]))
