"""Sizes, colours, materials and quantities of a thing, and where its phrase puts them."""

from dataclasses import dataclass, field

import numpy as np

from scene_builder.knowledge.words.nouns import FURNITURE
from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    COLOR_WORDS,
    MATERIAL_WORDS,
    SIZE_WORD_OF,
)
from scene_builder.knowledge.words.scenery import PLACES, ROOM_ADJECTIVES
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.world import Items, Tag, Thing, Word
from scene_builder.language.synthetic.tables.numbers import LENGTHS, MASSES
from scene_builder.language.synthetic.tables.prose import MODIFIERS

_COMMON_COLORS = (
    "red", "red", "red", "blue", "blue", "blue", "green", "green", "yellow", "yellow", "black",
    "white", "white", "orange", "purple", "pink", "brown", "gray", "grey", "golden", "silver",
)  # fmt: skip
_COLORS = tuple(COLOR_WORDS)
_SHADED = tuple(word for word in COLOR_PHRASES if " " in word)
_COMMON_MATERIALS = (
    "wooden", "wooden", "wooden", "metal", "glass", "glass", "plastic", "rubber", "steel",
    "ceramic",
    "paper", "cardboard", "stone", "iron", "leather", "brass", "porcelain", "concrete", "copper",
    "marble", "brick", "clay", "bronze", "wicker",
)  # fmt: skip
_MATERIALS = tuple(word for word in MATERIAL_WORDS if word not in COLOR_WORDS)
_BASES = tuple(
    word for word, base in MATERIAL_WORDS.items() if word == base and word not in COLOR_WORDS
)
_COMMON_SIZES = ("small", "small", "little", "large", "large", "big", "big", "tall", "tiny", "huge",
                 "giant", "long")  # fmt: skip
_SIZES = tuple(SIZE_WORD_OF)
_ROOMS = tuple(place for place in ROOM_ADJECTIVES if place in PLACES)
_LENGTH_ADJECTIVES = ("long", "tall", "wide", "high")


@dataclass(slots=True)
class Looks:
    """Attributes of a thing, each with the word that says it.

    Attributes:
        values: Attribute → word of the notation.
        said: Attribute → word of the prompt.
        modifier: A word that says nothing the graph could hold.
        room: The place where such a thing stands ("kitchen"), if its phrase says it.
        later: Words that a later mention may repeat.
    """

    values: dict[str, str] = field(default_factory=dict)
    said: dict[str, str] = field(default_factory=dict)
    modifier: str = ""
    room: str = ""
    later: list[Word] = field(default_factory=list)

    @classmethod
    def of(cls, thing: Thing) -> "Looks":
        """Return the looks of a thing that was drawn before."""
        return cls(values=thing.looks, said=dict(thing.looks), later=thing.later)

    def word(self, thing: Thing, name: str) -> Word:
        """Return the marked word of an attribute."""
        paths = {"mass": "mass_kg", "length": "size"}
        tag = Tag(name, thing, paths.get(name, name), self.values[name])
        return Word(self.said[name], (tag,))

    def laid_out_rand(
        self, rng: np.random.Generator, thing: Thing, layout: str
    ) -> tuple[Items, Items]:
        """Return the words before and after the head noun."""
        names = [name for name in ("size", "color", "material") if name in self.values]
        adjective: dict[str, Word] = {name: self.word(thing, name) for name in names}
        if "mass" in self.values or "length" in self.values:
            adjective, after = self._quantified_rand(rng, thing, adjective)
        else:
            after = self._after_rand(rng, thing, layout, adjective)
        before: Items = list(adjective.values())
        if self.modifier:
            at = 1 if before and chance_rand(rng, 0.5) else 0
            before.insert(at, Word(self.modifier))
        elif len(before) > 1 and chance_rand(rng, 0.1):
            before.reverse()
        if len(before) > 1 and chance_rand(rng, 0.06):
            before.insert(1, Word(","))
        if self.room:
            place = Tag("place", "setting.place", "", self.room)
            before.append(Word(self.room, (place,)))
        return before, after

    def _after_rand(
        self, rng: np.random.Generator, thing: Thing, layout: str, adjective: dict[str, Word]
    ) -> Items:
        """Take words out of `adjective` that the layout puts behind the noun."""
        if layout in {"after", "apposed"} and adjective and thing.count == 1:
            taken = list(adjective.values())
            adjective.clear()
            if layout == "after":
                return _listed_rand(rng, taken)
            return [Word(","), Word("a"), *taken, Word("one"), Word(",")]
        if layout == "relative" and "color" in adjective:
            be = "are" if thing.count > 1 else "is"
            return [Word(f"{pick_rand(rng, ('that', 'which'))} {be}"), adjective.pop("color")]
        if layout in {"made", "of"} and self.said.get("material") in _BASES:
            made = ("made of", "made from", "made out of")
            after: Items = [Word("of" if layout == "of" else pick_rand(rng, made))]
            if layout == "of" and "color" in adjective and chance_rand(rng, 0.5):
                after.append(adjective.pop("color"))
            return [*after, adjective.pop("material")]
        if layout == "made" and "color" in adjective:
            link = pick_rand(rng, ("painted", "painted", "coloured", "in"))
            return [Word(link), adjective.pop("color")]
        return []

    def _quantified_rand(
        self, rng: np.random.Generator, thing: Thing, adjective: dict[str, Word]
    ) -> tuple[dict[str, Word], Items]:
        name = "mass" if "mass" in self.values else "length"
        word = self.word(thing, name)
        adjective.pop("size", None)
        if "-" in word.text or chance_rand(rng, 0.5):
            return {name: word, **adjective}, []
        if name == "mass":
            link = pick_rand(rng, ("weighing", "that weighs", "of", "with a mass of"))
            if thing.count > 1 and link == "that weighs":
                link = "that weigh"
            return adjective, [Word(link), word]
        return adjective, [word, Word(pick_rand(rng, _LENGTH_ADJECTIVES))]


def looks_rand(rng: np.random.Generator, thing: Thing, *, plain: bool) -> Looks:
    """Draw the attributes of a thing."""
    looks = Looks()
    plain = plain or thing.animate
    if chance_rand(rng, 0.06 if plain else 0.2):
        _set(looks, "size", pick_rand(rng, _COMMON_SIZES if chance_rand(rng, 0.6) else _SIZES))
    if chance_rand(rng, 0.22 if plain else 0.46):
        _set(looks, "color", color_rand(rng))
    if not thing.animate and chance_rand(rng, 0.12 if plain else 0.27):
        word = pick_rand(rng, _COMMON_MATERIALS if chance_rand(rng, 0.6) else _MATERIALS)
        if word in MATERIAL_WORDS:
            _set(looks, "material", word)
    if chance_rand(rng, 0.14):
        looks.modifier = pick_rand(rng, MODIFIERS)
    elif thing.noun in FURNITURE and " " not in thing.noun and chance_rand(rng, 0.08):
        looks.room = pick_rand(rng, _ROOMS)
    if not plain and chance_rand(rng, 0.05):
        name, table = ("mass", MASSES) if chance_rand(rng, 0.55) else ("length", LENGTHS)
        looks.said[name], looks.values[name] = pick_rand(rng, table)
        looks.said.pop("size", None)
        looks.values.pop("size", None)
    _without_repeats(looks, set(thing.noun.split(" ")))
    looks.later = [looks.word(thing, name) for name in ("color", "material") if name in looks.said]
    return looks


def _without_repeats(looks: Looks, parts: set[str]) -> None:
    """Take out colours and materials that the noun says already."""
    for name in ("color", "material"):
        word = looks.said.get(name, "")
        if word and (set(word.split(" ")) & parts or MATERIAL_WORDS.get(word) in parts):
            del looks.said[name], looks.values[name]


def color_rand(rng: np.random.Generator) -> str:
    """Draw a colour as people say it."""
    draw = rng.random()
    table = _COMMON_COLORS if draw < 0.72 else _COLORS if draw < 0.85 else _SHADED  # noqa: PLR2004
    return pick_rand(rng, table)


def _set(looks: Looks, name: str, word: str) -> None:
    looks.values[name] = looks.said[name] = word


def _listed_rand(rng: np.random.Generator, adjectives: list[Word]) -> Items:
    if len(adjectives) == 1:
        return [Word(","), adjectives[0], Word(",")]
    *first, last = adjectives
    listed: Items = [Word(",")]
    for k, word in enumerate(first):
        listed += [Word(","), word] if k else [word]
    return [*listed, Word(pick_rand(rng, ("and", "and", ","))), last, Word(",")]
