"""Whom phrases name: entities by noun, pronouns by what was named, parts by their whole."""

from dataclasses import replace

from scene_builder.knowledge.words.nouns import NOUNS
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.knowledge.words.relations import BODY_PARTS, EDGE_WORDS, SURFACES
from scene_builder.knowledge.words.scenery import ABSTRACT, NO_THINGS, PLACE_NOUNS, PLACE_OR_THING
from scene_builder.language.phrases.clauses.tree import Phrase
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.draft import Draft, Mention

_ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")
_PLURAL = frozenset({"they", "them", "themselves"})
_PEOPLE = frozenset({"he", "she", "him", "her", "himself", "herself"})
_OWNED = frozenset({"its", "his", "her", "their"})


def _is_place(noun: str) -> bool:
    """Whether a noun says where everything happens rather than what is there."""
    last = noun.rsplit(" ", maxsplit=1)[-1]
    place = noun in PLACE_NOUNS or last in PLACE_NOUNS
    return place and last not in PLACE_OR_THING and noun not in NOUNS


class Named:
    """What was named so far, and whom a new phrase means."""

    def __init__(self, draft: Draft) -> None:
        """Begin with a draft that is still empty."""
        self.draft = draft
        self.mentions: list[Mention] = []
        self.subjects: set[str] = set()
        self.fronted = ""

    def of(
        self, phrase: Phrase, *, acting: tuple[str, ...] = (), place: bool = False
    ) -> Mention | None:
        """Return whom a phrase means, or None for nobody.

        Args:
            phrase: The phrase.
            acting: Refs that cannot be meant: who acts, where the phrase is an object.
            place: Whether a preposition stands before it: people and animals are no places.
        """
        mention = self._found(phrase, acting, place=place)
        if mention is not None and mention.ref:
            mention.at = (phrase.start, phrase.end)
            if phrase.kind == "thing" or phrase.kind == "part":
                self.mentions.append(mention)
            return mention
        return None

    def _found(self, phrase: Phrase, acting: tuple[str, ...], *, place: bool) -> Mention | None:
        if phrase.kind in {"nobody", "nothing"}:
            return None
        if phrase.kind == "pronoun":
            return self._pronoun(phrase, acting, place=place)
        if phrase.kind == "part":
            return self._part(phrase)
        chunk = phrase.chunk
        assert chunk is not None
        owner = self._owner(chunk, acting)
        if owner is not None:
            return owner
        part = chunk.noun in EDGE_WORDS and chunk.noun not in NOUNS and chunk.definite
        if chunk.noun == "camera":
            return Mention("camera", chunk=chunk)
        last = chunk.noun.rsplit(" ", maxsplit=1)[-1]
        abstract = chunk.noun not in NOUNS and (last in ABSTRACT or last in NO_THINGS)
        if chunk.noun in NO_THINGS or abstract or part or _is_place(chunk.noun):
            return None
        return self._thing(chunk)

    def _owner(self, chunk: Chunk, acting: tuple[str, ...]) -> Mention | None:
        """Of "its back", "the knight's feet": the one whose part it is."""
        if chunk.noun not in BODY_PARTS or not chunk.owner:
            return None
        if chunk.owner in _OWNED:
            pronoun = {"its": "it", "his": "he", "her": "she", "their": "they"}[chunk.owner]
            start = chunk.start
            return self._pronoun(
                Phrase(kind="pronoun", text=pronoun, start=start, end=start), acting
            )
        return self._thing(replace(chunk, noun=chunk.owner, definite=True, count=1, head=(0, 0)))

    def _thing(self, chunk: Chunk) -> Mention:
        mention = self.draft.mention(chunk)
        if chunk.content is not None:
            inner, start, end = chunk.content
            content = self.draft.mention(inner)
            last = chunk.noun.rsplit(" ", maxsplit=1)[-1]
            predicate = "on" if last in SURFACES else "inside"
            self.draft.relate(content, predicate, mention, at=(start, end))
            self.mentions.append(content)
        return mention

    def _pronoun(
        self, phrase: Phrase, acting: tuple[str, ...], *, place: bool = False
    ) -> Mention | None:
        several = phrase.text in _PLURAL
        options = self._before(phrase, acting)
        if phrase.text in _PEOPLE:
            people = [m for m in options if self.draft.acts_alone(m)]
            options = people or options
        if phrase.text == "it" and self.fronted in {m.ref for m in options}:
            return Mention(self.fronted)  # "above it ..., behind it ..."
        if phrase.text in {"it", "itself"}:
            options = [m for m in options if not self.draft.is_person(m)] or options
        if place:
            options = [m for m in options if not self.draft.acts_alone(m)] or options
        options.sort(key=lambda m: m.ref not in self.subjects)
        fitting = [m for m in options if m.several == several] or options
        if not fitting:
            return None
        first = fitting[0]
        return Mention(first.ref, first.several, all_of=phrase.all_of, chunk=first.chunk)

    def _before(self, phrase: Phrase, acting: tuple[str, ...]) -> list[Mention]:
        """The mentions before a phrase, the nearest first."""
        named = [m for m in self.mentions if m.solid and m.ref not in acting]
        earlier = [m for m in named if m.at is not None and m.at[0] < phrase.start] or named
        return sorted(earlier, key=lambda m: -(m.at or (0, 0))[0])

    def _part(self, phrase: Phrase) -> Mention | None:
        """Of "two of them", "the last one", "one ... the other": part of a group."""
        described = phrase.chunk is not None and not phrase.chunk.noun and (
            phrase.chunk.color or phrase.chunk.material or phrase.chunk.size)  # fmt: skip
        whole = self._whole(phrase)
        if whole is None:
            return None
        beyond = phrase.order in _ORDER[2:] and self._beyond(phrase, whole)
        if described or phrase.order == "another" or beyond:
            return self._kin(phrase, whole)
        count = phrase.count
        vague = whole.chunk is not None and whole.chunk.several and whole.chunk.counted is None
        if count is not None and count > self.draft.count_of(whole) and vague:
            self.draft.recount(whole, count)  # "Skittles! Nine of them ..."
            return Mention(whole.ref, True, chunk=whole.chunk)
        if phrase.share is not None:
            total = number_from_word(phrase.order) or self.draft.count_of(whole)
            if phrase.order and total:
                self.draft.recount(whole, total)
            count = round(phrase.share * (total or 1))
        several = (count or 0) > 1 or phrase.all_of or count is None
        return Mention(whole.ref, several, count, phrase.compare, phrase.all_of, whole.chunk)

    def _whole(self, phrase: Phrase) -> Mention | None:
        if phrase.chunk is not None and phrase.chunk.noun:
            return self._thing(phrase.chunk)
        ranked = self._before(phrase, ())
        ranked.sort(key=lambda m: m.ref not in self.subjects)
        groups = [m for m in ranked if self.draft.count_of(m) > 1]
        if phrase.all_of and not groups and len(self.mentions) > 1:
            return self.mentions[-1]
        things = groups or self._before(phrase, ())
        return things[0] if things else None

    def _beyond(self, phrase: Phrase, whole: Mention) -> bool:
        return _ORDER.index(phrase.order) >= self.draft.count_of(whole)

    def _kin(self, phrase: Phrase, whole: Mention) -> Mention:
        """Another thing of the same noun, with the qualities that are said of it."""
        noun = self.draft.noun_of(whole)
        said = phrase.chunk or Chunk()
        place = phrase.start, phrase.end
        chunk = replace(
            said, noun=noun, count=phrase.count or 1, definite=phrase.order == "the", bare=False,
            start=place[0], end=place[1], head=place,
        )  # fmt: skip
        if phrase.text == "ones":
            chunk.count = None
        return self.draft.mention(chunk)
