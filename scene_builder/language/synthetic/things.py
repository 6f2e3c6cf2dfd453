"""Things with attributes, drawn at random, and the noun phrases that name them."""

from dataclasses import dataclass

import numpy as np

from scene_builder.knowledge.words import nouns as n
from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    COLOR_WORDS,
    MATERIAL_WORDS,
    PLAIN_ADJECTIVES,
    SIZE_WORD_OF,
)
from scene_builder.knowledge.words.quantities import NUMBER_WORDS
from scene_builder.knowledge.words.scenery import ROOM_ADJECTIVES
from scene_builder.model.words import RESERVED_IDS

FREQUENT = frozenset(
    [
        "ball",
        "marble",
        "cup",
        "table",
        "book",
        "box",
        "bottle",
        "chair",
        "block",
        "domino",
        "bowl",
        "plate",
        "ramp",
        "car",
        "cube",
        "pin",
        "shelf",
        "desk",
        "apple",
        "vase",
        "crate",
        "can",
        "jar",
        "glass",
        "cone",
        "barrel",
        "bucket",
        "basket",
    ]
)
RARE = n.words(
    "samovar gnome accordion abacus anvil urn birdhouse beehive bobblehead boomerang buoy "
    "candelabra carafe chandelier clog cuckoo_clock decanter dumbbell easel flagstone gargoyle "
    "gavel goblin gramophone gravestone harmonica horseshoe inkwell jack-o-lantern kettlebell "
    "lute manger metronome nutcracker oar ocarina paperweight parcel pestle piggy_bank pinata "
    "quill rocking_horse sled sombrero spittoon stethoscope tambourine teepee thimble totem "
    "trilobite turnip typewriter ukulele unicycle vat weathervane wigwam xylophone yurt zither"
)
KINDS: dict[str, tuple[str, ...]] = {
    "roller": n.words(n.ROLLERS), "support": n.words(n.SUPPORTS), "slope": n.words(n.SLOPES),
    "container": n.words(n.CONTAINERS), "small": n.words(n.SMALL),
    "target": n.words(n.TOPPLERS) * 2 + n.words(n.SMALL) + n.words(n.BIG),
    "broad": n.words(n.SUPPORTS) + n.words(n.BIG), "big": n.words(n.BIG),
    "any": n.words(n.SMALL) + n.words(n.BIG) + RARE, "hanger": n.words(n.HANGERS),
    "agent": n.words(n.AGENTS), "domino": n.words(n.TOPPLERS),
    "block": n.words("block brick book box plate crate cube tire coin plank tin can suitcase"),
    "bead": n.words("bead marble coin pebble ball pearl die nut button cherry grape"),
    "door": n.words("door gate drawer lid chest window book box cabinet trunk umbrella"),
    "rowed": n.words(n.TOPPLERS), "piled": n.words("block brick book box can cup crate cube plate"),
    "pair": n.words(n.SMALL) + n.words(n.BIG),
}  # fmt: skip
PAIR = 2


@dataclass(slots=True)
class Thing:
    """A drawn entity and the words that name it."""

    id: str
    noun: str
    count: int
    group: str = ""
    size: str = ""
    color: str = ""
    material: str = ""
    phrase: str = ""
    adjective: str = ""
    head_plural: bool = False
    one_of_two: bool = False

    @property
    def line(self) -> str:
        """The entity's line of notation."""
        count = str(self.count) if self.count > 1 else ""
        words = [self.id, count, self.size, self.color, self.material]
        return " ".join(word.replace(" ", "_") for word in words if word)


def thing_rand(rng: np.random.Generator, kind: str, taken: set[str]) -> Thing:
    """Draw a thing of a slot's kind (`target`, `small1`, `domino+`) that is not yet taken."""
    name = kind.rstrip("+1")
    noun = _noun_rand(rng, name, taken)
    taken.add(noun)
    thing = Thing(id=noun.replace(" ", "_").replace("-", "_"), noun=noun, count=1)
    if "-" in noun:
        thing.noun, thing.id = noun.replace("-", " "), noun.replace("-", "_")
    several = kind.endswith("+") or name in {"pair", "rowed", "piled"}
    chance = {"hanger": 0.0, "support": 0.06, "slope": 0.06, "container": 0.15}.get(name, 0.28)
    if several or (not kind.endswith("1") and rng.random() < chance):
        thing.count = int(rng.choice([2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10, 12]))
    if name == "pair":
        thing.count = PAIR
    if name in {"rowed", "piled"}:
        thing.group = {"rowed": "in_row", "piled": "stacked"}[name]
    elif name == "target" and thing.count > 1 and rng.random() < 0.3:  # noqa: PLR2004
        thing.group = str(rng.choice(["in_row", "in_row", "stacked"]))
    _describe_rand(rng, thing)
    return thing


def mention_rand(rng: np.random.Generator, thing: Thing, how: str) -> str:
    """Return words for a later mention: a pronoun, or "the red cup"."""
    several = thing.head_plural
    if how == "them" or (how == "it" and rng.random() < 0.75):  # noqa: PLR2004
        return "them" if several and not thing.group else "it"
    if how == "all":
        return str(rng.choice(["them all", "all of them", "them", "every one of them"]))
    if how == "noun":
        return n.plural(thing.noun)
    if thing.one_of_two:
        return f"the {thing.adjective} {thing.noun}"
    if thing.group and rng.random() < 0.5:  # noqa: PLR2004
        return "the row" if thing.group == "in_row" else "the stack"
    head = n.plural(thing.noun) if thing.count > 1 else thing.noun
    return f"the {thing.adjective + ' ' if rng.random() < 0.3 else ''}{head}"  # noqa: PLR2004


def make_twins_rand(rng: np.random.Generator, one: Thing, other: Thing) -> None:
    """Make two things that share a noun and differ in colour, such as a red and a blue cube."""
    colors = list(COLOR_WORDS)[:13]
    first, second = rng.choice(len(colors), size=2, replace=False)
    other.noun, other.id = one.noun, f"{one.id}_2"
    for thing, color in ((one, colors[first]), (other, colors[second])):
        thing.count, thing.group, thing.head_plural = 1, "", False
        thing.size = thing.material = ""
        thing.adjective = thing.color = color
        thing.one_of_two = True
        thing.phrase = f"{'an' if color[0] in 'aeiou' else 'a'} {color} {thing.noun}"


def _noun_rand(rng: np.random.Generator, name: str, taken: set[str]) -> str:
    words = [word for word in KINDS[name] if word not in RESERVED_IDS]
    frequent = [word for word in words if word in FREQUENT and word not in taken]
    if frequent and rng.random() < 0.3:  # noqa: PLR2004
        return str(rng.choice(frequent))
    while True:
        noun = str(rng.choice(words))
        if noun not in taken:
            return noun


def _describe_rand(rng: np.random.Generator, thing: Thing) -> None:
    parts = thing.noun.split(" ")
    size, color, material, plain, after = "", "", "", "", ""
    if rng.random() < 0.2:  # noqa: PLR2004
        size = str(rng.choice(list(SIZE_WORD_OF)))
        thing.size = size
    if rng.random() < 0.45:  # noqa: PLR2004
        color = thing.color = _color_rand(rng)
    if rng.random() < 0.3:  # noqa: PLR2004
        material = str(rng.choice(list(MATERIAL_WORDS)))
        thing.material = material
        if material in COLOR_WORDS:
            material = thing.material = ""
    if rng.random() < 0.15:  # noqa: PLR2004
        plain = str(rng.choice(PLAIN_ADJECTIVES))
        plain = "" if plain in SIZE_WORD_OF or plain == thing.group else plain
    if color in parts or material in parts:
        color = material = thing.color = thing.material = ""
    if material and MATERIAL_WORDS[material] == material and rng.random() < 0.15:  # noqa: PLR2004
        after, material = f" made of {material}", ""
    elif color and rng.random() < 0.05:  # noqa: PLR2004
        after, color = f" painted {color}", ""
    adjectives = [word for word in (size, plain, color, material) if word]
    if len(adjectives) > 1 and rng.random() < 0.1:  # noqa: PLR2004
        adjectives = [str(word) for word in rng.permutation(adjectives)]
    thing.adjective = color or material
    head = " ".join([*adjectives, _compound_rand(rng, thing)])
    thing.phrase = _determined_rand(rng, thing, head) + after


def _compound_rand(rng: np.random.Generator, thing: Thing) -> str:
    head = n.plural(thing.noun) if thing.count > 1 else thing.noun
    furniture = thing.noun in n.FURNITURE and " " not in thing.noun
    if furniture and not thing.material and rng.random() < 0.12:  # noqa: PLR2004
        return f"{rng.choice(ROOM_ADJECTIVES)} {head}"
    return head


def _color_rand(rng: np.random.Generator) -> str:
    if rng.random() < 0.2:  # noqa: PLR2004
        return str(rng.choice(list(COLOR_PHRASES)))
    return str(rng.choice(list(COLOR_WORDS)[:12] * 4 + list(COLOR_WORDS)))


def _determined_rand(rng: np.random.Generator, thing: Thing, head: str) -> str:
    thing.head_plural = thing.count > 1
    if thing.count == 1:
        word = str(rng.choice(["a", "a", "a", "a", "a", "the", "one", "a single", ""]))
        if word == "" and rng.random() < 0.6:  # noqa: PLR2004
            word = "a"
        article = "an" if word == "a" and head[:1] in "aeiou" else word
        return f"{article} {head}".strip()
    if thing.group and rng.random() < 0.75:  # noqa: PLR2004
        thing.head_plural = False
        names = ["row", "row", "line"] if thing.group == "in_row" else ["stack", "tower", "pile"]
        group = f"{rng.choice(['a', 'a', 'the'])} {rng.choice(names)}"
        return f"{group} of {_number_rand(rng, thing)}{head}"
    text = f"{_number_rand(rng, thing)}{head}"
    if thing.group == "in_row":
        return text + str(rng.choice([" in a row", " in a line", " lined up in a row",
                                      " standing in a row"]))  # fmt: skip
    return text + str(rng.choice([" stacked on top of each other", " in a stack", " in a pile"])
                      if thing.group else "")  # fmt: skip


def _number_rand(rng: np.random.Generator, thing: Thing) -> str:
    draw = rng.random()
    if thing.count == PAIR and draw < 0.2:  # noqa: PLR2004
        return str(rng.choice(["a pair of ", "a couple of ", "the two ", "twin "]))
    if thing.count == 12 and draw < 0.6:  # noqa: PLR2004
        return "a dozen "
    if thing.count == 3 and draw < 0.25:  # noqa: PLR2004
        return str(rng.choice(["some ", "a few ", "", ""]))
    if thing.count == 4 and draw < 0.15:  # noqa: PLR2004
        return "several "
    word = {v: k for k, v in reversed(NUMBER_WORDS.items())}.get(thing.count, str(thing.count))
    word = {1: "one", 2: "two", 12: "twelve"}.get(thing.count, word)
    return (str(thing.count) if draw > 0.85 else word) + " "  # noqa: PLR2004
