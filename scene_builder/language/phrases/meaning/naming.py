"""Whom phrases name: entities by noun, pronouns by what was named, parts by their whole."""

from dataclasses import replace

from scene_builder.knowledge.words.nouns import NOUNS
from scene_builder.knowledge.words.people import PACKED
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.knowledge.words.relations import BODY_PARTS, EDGE_WORDS, SURFACES
from scene_builder.knowledge.words.scenery import ABSTRACT, NO_THINGS, PLACE_NOUNS, PLACE_OR_THING
from scene_builder.language.phrases.clauses.tree import Phrase
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.draft import Draft, Mention
from scene_builder.language.phrases.meaning.support import CORDS
from scene_builder.language.phrases.ordinals import place_of

_ORDER = ("first", "second", "third", "fourth", "fifth", "sixth")
_TURNS = {"former": 0, "latter": 1, "first": 0, "second": 1, "third": 2}
_REST = frozenset({"rest", "other", "others", "remaining"})
_PAIR = 2
_PLURAL = frozenset({"they", "them", "themselves"})
_PEOPLE = frozenset({"he", "she", "him", "her", "himself", "herself"})
_LAND = frozenset({"sea", "river", "stream", "lake", "pond", "hole", "track", "tunnel", "hill",
                   "groove", "puddle", "ditch", "dune", "creek", "ocean"})  # fmt: skip
"""Parts of the land that are things where something leads there."""
_TO_LAND = frozenset({"into", "onto", "off", "off of", "through", "beside", "past", "down", "up",
                      "out of", "over", "across", "from", "in", "toward", "towards", "to",
                      "right into", "straight into", "next to", "near"})  # fmt: skip
_BORDERS = frozenset({"side", "end", "edge", "middle", "centre", "center", "corner", "half",
                      "bottom", "front", "way", "rim", "surface", "heart", "length"})  # fmt: skip
_OWN_PARTS = frozenset({"bed", "roof", "hood", "bonnet", "boot", "windscreen", "windshield", "tip",
                        "belly", "flank", "top", "tabletop", "stem", "bristle", "drum", "rear",
                        "platform", "deck", "surface"})  # fmt: skip
"""Nouns that, behind "its", are parts of the thing."""
_OWNED = frozenset({"its", "his", "her", "their"})


def _is_place(noun: str) -> bool:
    """Whether a noun says where everything happens rather than what is there."""
    last = noun.rsplit(" ", maxsplit=1)[-1]
    place = noun in PLACE_NOUNS or last in PLACE_NOUNS
    return place and last not in PLACE_OR_THING and noun not in NOUNS


def _fluid(chunk: Chunk) -> bool:
    """Whether what a vessel is full of is no thing of its own: "a jar of honey"."""
    return chunk.bare and not chunk.several and chunk.noun.rsplit(" ", maxsplit=1)[-1] in PACKED


class Named:
    """What was named so far, and whom a new phrase means."""

    def __init__(self, draft: Draft) -> None:
        """Begin with a draft that is still empty."""
        self.draft = draft
        self.mentions: list[Mention] = []
        self.subjects: set[str] = set()
        self.fronted = ""
        self.befalls = False

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
        part = chunk.noun in EDGE_WORDS and chunk.noun not in NOUNS and (
            chunk.definite or chunk.noun in _BORDERS)  # fmt: skip
        if chunk.noun == "camera":
            return Mention("camera", chunk=chunk)
        last = chunk.noun.rsplit(" ", maxsplit=1)[-1]
        abstract = chunk.noun not in NOUNS and (last in ABSTRACT or last in NO_THINGS)
        if chunk.noun in _LAND and phrase.led in _TO_LAND and not phrase.places:
            return self._thing(chunk)
        if chunk.noun in NO_THINGS or abstract or part or _is_place(chunk.noun):
            return None
        return self._thing(chunk)

    def _owner(self, chunk: Chunk, acting: tuple[str, ...]) -> Mention | None:
        """Of "its back", "the knight's feet": the one whose part it is."""
        part = (chunk.noun in _OWN_PARTS and chunk.owner in _OWNED) or (
            chunk.noun in EDGE_WORDS and chunk.noun not in NOUNS
        )
        if not (chunk.noun in BODY_PARTS or part) or not chunk.owner:
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
        if chunk.content is not None and not _fluid(chunk.content[0]):
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
        struck = self._struck(phrase, options)
        if struck is not None:
            return struck
        if phrase.text in {"it", "itself"}:
            options = [m for m in options if not self.draft.is_person(m)] or options
        if place:
            options = [m for m in options if not self.draft.acts_alone(m)] or options
        options = [m for m in options if self.draft.noun_of(m) not in CORDS] or options
        if not place:
            moved = [a["actor"] for a in self.draft.actions if a["verb"] != "stay"]
            options.sort(key=lambda m: (m.ref not in moved[-1:], m.ref not in self.subjects))
        else:
            options.sort(key=lambda m: m.ref not in self.subjects)
        fitting = [m for m in options if m.several == several] or options
        if not fitting:
            return None
        first = fitting[0]
        return Mention(first.ref, first.several, all_of=phrase.all_of, chunk=first.chunk)

    def _struck(self, phrase: Phrase, options: list[Mention]) -> Mention | None:
        """Of "hits a cup, and it falls": the cup, where the verb says what befalls it."""
        last = self.draft.outcomes[-1] if self.draft.outcomes else {}
        hit = last.get("predicate") == "touches" and not last.get("negated")
        if phrase.text != "it" or not hit or not self.befalls:
            return None
        found = [m for m in options if m.ref == last["object"] and not self.draft.acts_alone(m)]
        return Mention(found[0].ref, found[0].several, chunk=found[0].chunk) if found else None

    def _before(self, phrase: Phrase, acting: tuple[str, ...]) -> list[Mention]:
        """The mentions before a phrase, the nearest first."""
        named = [m for m in self.mentions if m.solid and m.ref not in acting]
        earlier = [m for m in named if m.at is not None and m.at[0] < phrase.start] or named
        return sorted(earlier, key=lambda m: -(m.at or (0, 0))[0])

    def _part(self, phrase: Phrase) -> Mention | None:
        """Of "two of them", "the last one", "one ... the other": part of a group."""
        turn = self._in_turn(phrase)
        if turn is not None:
            return turn
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
        less = self._less(phrase, whole)
        if less is not None:
            return less
        if phrase.share is not None:
            total = number_from_word(phrase.order) or self.draft.count_of(whole)
            if phrase.order and total:
                self.draft.recount(whole, total)
            count = round(phrase.share * (total or 1))
        if phrase.order in _REST and count is None and phrase.share is None and self._alone(whole):
            left = self.draft.count_of(whole) - 1
            return Mention(whole.ref, True, left, "exactly", chunk=whole.chunk)
        alone = count == 1 and not phrase.but and phrase.share is None
        number = place_of(phrase.order, self.draft.count_of(whole)) if alone else None
        if number is not None and "#" not in whole.ref:
            return Mention(f"{whole.ref}#{number}", chunk=whole.chunk)
        several = (count or 0) > 1 or phrase.all_of or count is None
        return Mention(whole.ref, several, count, phrase.compare, phrase.all_of, whole.chunk)

    def _less(self, phrase: Phrase, whole: Mention) -> Mention | None:
        """Of "all but two of them" and "some of them": fewer than all."""
        count = self.draft.count_of(whole)
        if phrase.but and count > phrase.but:
            return Mention(whole.ref, True, count - phrase.but, phrase.compare, chunk=whole.chunk)
        if phrase.text == "some" and count > 1:
            return Mention(whole.ref, True, 1, "at_least", chunk=whole.chunk, some=True)
        return None

    def _in_turn(self, phrase: Phrase) -> Mention | None:
        """Of two things named, "the former" and "the latter"; without a group, "the first"."""
        k = _TURNS.get(phrase.order)
        refs = list(dict.fromkeys(m.ref for m in self.mentions if m.solid))
        if k is None or (phrase.chunk is not None and phrase.chunk.noun) or (phrase.count or 1) > 1:
            return None
        if phrase.order in {"former", "latter"}:
            told = [ref for ref in refs if ref in self.subjects]
            refs = told if len(told) >= _PAIR else refs
            return Mention(refs[k - _PAIR]) if len(refs) >= _PAIR else None
        if len(refs) <= k or any(self.draft.count_of(Mention(ref)) > 1 for ref in refs):
            return None
        return Mention(refs[k])

    def _whole(self, phrase: Phrase) -> Mention | None:
        if phrase.chunk is not None and phrase.chunk.noun:
            return self._thing(phrase.chunk)
        ranked = self._before(phrase, ())
        ranked.sort(key=lambda m: m.ref not in self.subjects)
        groups = [m for m in ranked if self.draft.count_of(m) > 1]
        for name in ("color", "material", "size") if phrase.chunk is not None else ():
            if getattr(phrase.chunk, name) is not None and not groups:
                told = [m for m in ranked if (self.draft.entity_of(m) or {}).get(name)]
                ranked = told or ranked
                groups = told
        if phrase.all_of and not groups and len(self.mentions) > 1:
            return self.mentions[-1]
        things = groups or self._before(phrase, ())
        if things and "#" in things[0].ref:  # of one of them all is left that was named with it
            name = things[0].ref.partition("#")[0]
            return Mention(name, True, chunk=things[0].chunk)
        return things[0] if things else None

    def _alone(self, whole: Mention) -> bool:
        """Whether one of a group was told apart, so that "the rest" are the others."""
        return any(m.ref.startswith(f"{whole.ref}#") for m in self.mentions)

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
        group = self.draft.whole_of(chunk) if phrase.count and phrase.order != "another" else None
        return self.draft.mention(chunk) if group is None else self.draft.parted(group, chunk)
