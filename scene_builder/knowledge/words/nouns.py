"""Everyday nouns by what they are good for, with their plurals.

The lists say what a word can do in a sentence (roll, hold things, carry things), not what
worldreel can build: that is the business of the asset sources. They are read off the table of
things (`knowledge/catalogue.py`), the only place where an ability is written down.
"""

from collections.abc import Callable, Iterator

from scene_builder.knowledge.catalogue import Noun, hypernyms_of, nouns
from scene_builder.knowledge.words.qualities import (
    COLOR_WORDS,
    MATERIAL_WORDS,
    PLAIN_ADJECTIVES,
    SIZE_WORD_OF,
)
from scene_builder.knowledge.words.verbs import FORMS


def words(block: str) -> tuple[str, ...]:
    """Return the nouns of a list below, with spaces for underscores, each one once."""
    return tuple(dict.fromkeys(word.replace("_", " ") for word in block.split()))


TABLETOP_M = 0.75
"""Largest thing that one expects on a table [m]."""
FOR_ONE_M = 0.42
"""Furniture of this width carries one thing [m]."""

READ_ANYWAY = frozenset(
    words("""
brick carton crystal glass marble orange plum stone tin tomato walnut rose toy cork
tin_can rubber_duck toy_car toy_truck toy_train toy_boat glass_ball paper_plane paper_boat
paper_crane paper_clip paper_airplane ice_cube ice_cream ice_cream_cone crystal_ball snow_globe
toy_robot toy_soldier toy_plane toy_chest toy_bus toy_tractor toy_rocket toy_dinosaur toy_castle
toy_drum toy_piano toy_brick toy_top high_heel high_chair wooden_horse stack_of_hay ice_skate
bowling_ball bowling_pin bowling_lane rocking_horse rocking_chair rolling_pin cutting_board
punching_bag sleeping_bag spinning_top playing_card washing_machine boxing_glove balance_beam
hanging_lamp pine_tree standing_stone folding_chair racing_car skipping_rope flying_saucer
""")
)  # fmt: skip
"""Nouns though they are, or begin with, a word for a colour, a material, a size or a deed."""

NEVER_READ = frozenset(
    words("""
square seat shot bob bearing display lift note building mountain cave lane rooftop auto
money bill fly ram match cook sheet target cycle crystal_shard light_switch looking_glass
top frame screen invitation step floorboard
""")
)  # fmt: skip
"""Words of the table that mean something else, or a place, more often than the thing."""

_OFF_STAGE = frozenset({"water_body", "sky_thing", "water_piece"})
_NOT_ON_TABLES = frozenset({"animals", "people", "vehicles"})


def _listed(fits: Callable[[Noun], bool]) -> str:
    """Return the words for the things that fit, as a block: underscores for spaces."""
    things = (noun for noun in nouns().values() if fits(noun))
    found = dict.fromkeys(word for noun in things for word in _readable(noun))
    return " ".join(word.replace(" ", "_") for word in found)


def _readable(noun: Noun) -> Iterator[str]:
    """Yield the words for a thing that are its name wherever they stand in a prompt."""
    own = noun.name.replace("_", " ")
    if own not in NEVER_READ and (" " not in own or not _described(own)):
        yield own
    for word in noun.synonyms:
        deed = word.partition(" ")[0] in FORMS and word not in READ_ANYWAY
        if not (deed or _described(word) or word in NEVER_READ):
            yield word


def _described(phrase: str) -> bool:
    """Whether a phrase is, or begins with, a word that rather describes: a wooden spoon."""
    first = phrase.partition(" ")[0]
    describes = any(
        first in known for known in (COLOR_WORDS, MATERIAL_WORDS, SIZE_WORD_OF, PLAIN_ADJECTIVES)
    )
    wordy = " of " in phrase or (" " in phrase and first in _ROOMS)
    return (describes or wordy) and phrase not in READ_ANYWAY


def _for_tables(noun: Noun) -> bool:
    small = noun.size_m <= TABLETOP_M and not noun.furniture
    return small and noun.category not in _NOT_ON_TABLES and "act" not in noun.can


def _carries_others(noun: Noun) -> bool:
    kinds = {noun.name, *hypernyms_of(noun.name)}
    heavy = noun.furniture or bool(kinds & {"furniture", "appliance", "rock", "board"})
    return "carry" in noun.can and (heavy or noun.name in {"plank", "log", "stump", "trolley"})


_ROOMS = frozenset({"kitchen", "office", "garden", "park", "school", "garage", "street", "studio"})

ROLLERS = _listed(lambda noun: "roll" in noun.can)
SMALL = _listed(_for_tables)
CONTAINERS = _listed(lambda noun: "contain" in noun.can)
SUPPORTS = _listed(lambda noun: "carry" in noun.can)
SLOPES = _listed(lambda noun: "slope" in noun.can)
BIG = _listed(lambda noun: noun.size_m > TABLETOP_M / 2 and noun.hypernym not in _OFF_STAGE)
AGENTS = _listed(lambda noun: "act" in noun.can)
HANGERS = _listed(lambda noun: "hold" in noun.can)
TOPPLERS = _listed(lambda noun: "topple" in noun.can)

IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "mouse": "mice",
    "goose": "geese", "die": "dice", "leaf": "leaves", "loaf": "loaves", "knife": "knives",
    "shelf": "shelves", "bookshelf": "bookshelves", "scarf": "scarves", "wolf": "wolves",
    "fish": "fish", "sheep": "sheep", "deer": "deer", "shrimp": "shrimp", "stairs": "stairs",
    "scissors": "scissors", "headphones": "headphones", "cactus": "cacti", "foot": "feet",
    "tooth": "teeth", "thief": "thieves", "calf": "calves", "half": "halves", "potato": "potatoes",
    "tomato": "tomatoes", "hero": "heroes",
    "domino": "dominoes", "staircase": "staircases", "octopus": "octopuses",
    "bus": "buses", "binoculars": "binoculars", "trousers": "trousers",
    "sushi": "sushi", "bread": "bread", "soap": "soap", "wax": "wax",
    "spacecraft": "spacecraft", "aircraft": "aircraft", "dwarf": "dwarves", "elf": "elves",
}  # fmt: skip
"""Singular → plural, where the rules of spelling do not give it."""

EXTRA_PLURALS = {
    "cactuses": "cactus", "scarfs": "scarf", "fishes": "fish", "persons": "person",
    "pence": "penny", "dices": "die", "panes": "pane", "stair": "stairs",
}  # fmt: skip
"""Further forms → singular."""

SYNONYMS = {
    "dice": "die", "kid": "child", "bike": "bicycle", "photo": "photograph", "tyre": "tire",
    "plane": "airplane", "aeroplane": "airplane", "tv": "television", "fridge": "refrigerator",
}  # fmt: skip
"""Spellings of the same noun → the one that graphs use."""


NOUNS: frozenset[str] = frozenset(words(_listed(lambda noun: True)))
"""Every noun that a reader knows, in the singular."""

TABLETOP: frozenset[str] = frozenset(words(SMALL)) - {"plant", "drum"}
"""Things that one finds on a table."""

FURNITURE: frozenset[str] = frozenset(words(_listed(_carries_others)))
"""Things that stand where they are and carry others."""

FOR_ONE: frozenset[str] = frozenset(
    words(_listed(lambda noun: _carries_others(noun) and max(noun.box_m[:2]) <= FOR_ONE_M))
)
"""Those of them that are too small for more than one thing: pedestals, stools."""


def plural(noun: str) -> str:
    """Return the plural of a singular noun; of a compound, the last word's."""
    *head, last = noun.split(" ")
    return " ".join([*head, _plural_word(last)])


def singular(noun: str) -> str:
    """Return the singular of a noun in either number; of a compound, the last word's."""
    *head, last = noun.split(" ")
    return " ".join([*head, _singular_word(last)])


def is_plural(noun: str) -> bool:
    """Whether a noun stands in the plural (words with one form count as singular)."""
    return singular(noun) != noun


def _plural_word(word: str) -> str:
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


_SINGULARS = {many: one for one, many in IRREGULAR_PLURALS.items()} | EXTRA_PLURALS
_PARTS = frozenset(part for noun in NOUNS for part in noun.split(" "))
_WORDS = frozenset(part for part in _PARTS if not (part[-1] == "s" and part[:-1] in _PARTS))


def _singular_word(word: str) -> str:
    if word in _SINGULARS:
        return _SINGULARS[word]
    if word.endswith("s") and word[:-1] in _WORDS and word not in _WORDS:
        return word[:-1]
    if word in _WORDS or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004 - ties, pies keep their e
        return word[:-3] + "y"
    if word.endswith("es") and word[:-2] in _WORDS and word[:-1] not in _WORDS:
        return word[:-2]
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")) and word[:-1] not in _WORDS:
        return word[:-2]
    return word[:-1]
