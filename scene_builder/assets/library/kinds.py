"""What a noun asks a library for: which models it names, and how large they should be.

`synonyms.csv` says by hand what the models of a catalogue are called in a sentence:

- `noun`, `others`: what it is asked for as;
- `models`: titles of the catalogue, or `=name` for a model's file without its suffix, with its
  archive before it where two share a name (`=Scopia/scooter`). Nothing: no library has one, and
  what merely sounds like it is not taken either (a glass is no glass table);
- `first`: `built` where our own builder is the better one, in looks or in what physics does with
  it: what rolls, topples, is filled or broken is built; `either` where both are good, so that the
  seed decides.

`unfit.csv` lists models that are not used at all, by archive and file: names and marks of makers
are painted on them.
"""

import csv
import functools
import importlib.resources
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scene_builder.assets.library.entry import Entry
from scene_builder.assets.source import Description
from scene_builder.knowledge.nouns import Noun, resolve_noun

OUTDOOR_PLACES: Final = frozenset({
    "alley", "avenue", "backyard", "bay", "beach", "boardwalk", "bridge", "campground", "camp",
    "canyon", "car_park", "city", "cliff", "coast", "countryside", "court", "courtyard",
    "crossroads", "desert", "driveway", "farm", "field", "football_field", "forest", "garden",
    "glacier", "grassland", "harbor", "harbour", "highway", "hill", "hillside", "intersection",
    "island", "jungle", "lake", "lawn", "market", "marketplace", "marsh", "meadow", "mountain",
    "mountains", "orchard", "outdoors", "parking_lot", "park", "patio", "path", "pasture",
    "pier", "playground", "plaza", "pond", "port", "promenade", "quarry", "racetrack",
    "railway", "rainforest", "riverbank", "river", "road", "roadside", "roof", "rooftop",
    "savanna", "savannah", "sea", "seaside", "shore", "sidewalk", "snowfield", "snow_field",
    "soccer_field", "square", "stadium", "street", "swamp", "terrace", "town", "tundra",
    "valley", "village", "vineyard", "waterfall", "wilderness", "woods", "yard", "zoo",
})  # fmt: skip
"""Places with room for things of any size."""

ROOM_OF_PLACE: Final[Mapping[str, str]] = {
    "kitchen": "Kitchen", "cafe": "Kitchen", "restaurant": "Kitchen", "bathroom": "Bathroom",
    "bedroom": "Bedroom", "living room": "Living room", "lounge": "Living room",
    "room": "Living room", "office": "Office", "classroom": "Office", "library": "Office",
    "garden": "Exterior", "park": "Exterior", "patio": "Exterior", "terrace": "Exterior",
    "street": "Exterior", "beach": "Exterior", "yard": "Exterior", "backyard": "Exterior",
}  # fmt: skip
"""A library's category of what stands in a place."""

MADE_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "wood": ("wooden", "wood", "oak", "teak", "teck", "alder", "pear"),
    "oak": ("oak", "wooden"), "pine": ("pine", "wooden"), "walnut": ("walnut", "wooden"),
    "metal": ("metal", "iron", "steel", "tubular"), "iron": ("iron", "metal"),
    "steel": ("steel", "metal"), "stone": ("stone", "rock"), "fabric": ("fabric", "burlap"),
    "bamboo": ("bamboo", "rattan", "wicker"), "paper": ("paper", "cardboard"),
    "cardboard": ("cardboard", "paper"), "clay": ("clay", "pottery"),
}  # fmt: skip
"""Words of titles that say what a thing is made of; other substances say it by their own name."""

SUBSTANCES_SAID: Final[Mapping[str, str]] = {"wooden": "wood", "metallic": "metal"}
"""Adjectives of substances."""

NEEDING_ALL: Final = frozenset({"figurine", "figure", "sculpture", "statue", "toy", "model"})
"""Heads that say too little without the words before them: a cat figurine is no other figurine."""

UNREAL: Final = frozenset({
    "balloon", "cardboard", "cartoon", "chocolate", "gingerbread", "gummy", "inflatable",
    "miniature", "model", "origami", "paper", "plush", "robot", "robotic", "snow",
    "stuffed", "tin", "toy",
})  # fmt: skip
"""Words before a head that make another thing of it: a balloon dog is no dog."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the table says about a noun.

    Attributes:
        noun: The row's own noun.
        models: Titles in small letters, and `=name` for files.
        first: `built`, `either`, or "" where the library comes first.
    """

    noun: str
    models: frozenset[str]
    first: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A noun phrase, taken apart.

    Attributes:
        phrase: All of it.
        phrases: What it may be called, the most specific first, each with how many of the words
            before its head it leaves aside.
        kind: What is known about the thing, or None.
        exact: Whether `kind` is the whole phrase, not its head only.
        model: Whether a toy or model of a thing too large for the place is asked for.
        wanted: For each adjective, the words by which a title says it.
        room: The library's category that suits the place, or None.
    """

    phrase: str
    phrases: tuple[tuple[str, int], ...]
    kind: Noun | None
    exact: bool
    model: bool
    wanted: tuple[frozenset[str], ...]
    room: str | None


def asked_for(noun: str, description: Description) -> Asked:
    """Return what a noun and its description ask for."""
    phrase = spaced(noun)
    place = spaced(description.place or "")
    outdoors = is_outdoors(place)
    match = resolve_noun(phrase, outdoors=outdoors)
    real = resolve_noun(phrase, outdoors=True)
    model = match is not None and real is not None and match.noun is not real.noun
    words = [w for w in (description.material, place) if w]
    phrases = [(f"{said} {phrase}", 0) for word in words for said in _adjectives(word)]
    if match is not None and real is not None and match.noun.name == f"toy_{real.noun.name}":
        phrases.append((spaced(match.noun.name), 0))
    phrases += _shortened(phrase)
    said = [*phrase.partition(" of ")[0].split()[:-1], description.material, description.color]
    return Asked(
        phrase=phrase,
        phrases=tuple(phrases),
        kind=match.noun if match else None,
        exact=bool(match and match.exact),
        model=model,
        wanted=tuple(frozenset({w, *_adjectives(w)}) for w in map(str.lower, filter(None, said))),
        room=ROOM_OF_PLACE.get(place),
    )


def is_outdoors(place: str | None) -> bool:
    """Whether a place has room for things of any size, as far as its name tells."""
    words = spaced(place or "").split()
    return any("_".join(words[k:]) in OUTDOOR_PLACES for k in range(len(words)))


def row_of(phrase: str) -> Row | None:
    """Return what the table says about a noun phrase, in the singular or plural, or None."""
    return next((rows()[form] for form in singulars(phrase) if form in rows()), None)


def who_is_first(noun: str, description: Description) -> str:
    """Return who makes the better thing of a noun: `built`, `either`, or "" for the library."""
    found = (row_of(phrase) for phrase, _ in asked_for(noun, description).phrases)
    row = next((row for row in found if row is not None), None)
    return row.first if row else ""


def names_entry(row: Row, entry: Entry) -> bool:
    """Whether a row of the table names a model."""
    file = _file(entry)
    names = (spaced(entry.title), f"={file}", f"={file.partition('/')[2]}")
    return any(name in row.models for name in names)


def is_unfit(entry: Entry) -> bool:
    """Whether a model is on the list of those that are not used."""
    return _file(entry) in unfit()


def spaced(text: str) -> str:
    """Return a name in small letters with single spaces between its words, without an article."""
    words = re.sub(r"[_\s]+", " ", text.strip().casefold())
    return re.sub(r"^(?:an?|the|some) ", "", words)


def singulars(phrase: str) -> tuple[str, ...]:
    """Return a phrase and what it may be the plural of."""
    forms = [phrase]
    endings = (("ies", "y"), ("ves", "f"), ("ves", "fe"), ("es", ""), ("s", ""))
    forms += [phrase.removesuffix(end) + one for end, one in endings if phrase.endswith(end)]
    return tuple(dict.fromkeys(forms))


@functools.cache
def rows() -> Mapping[str, Row]:
    """Return the table by every noun of it."""
    found: dict[str, Row] = {}
    for said in _table("synonyms.csv"):
        models = frozenset(name.casefold() for name in said["models"].split("|") if name)
        row = Row(noun=said["noun"], models=models, first=said["first"])
        for name in (said["noun"], *said["others"].split("|")):
            if name:
                found.setdefault(name, row)
    return found


@functools.cache
def unfit() -> Mapping[str, str]:
    """Return why models are not used, by archive and file in small letters (`scopia/van`)."""
    return {row["model"].casefold(): row["reason"] for row in _table("unfit.csv")}


def _table(name: str) -> list[dict[str, str]]:
    file = importlib.resources.files("scene_builder.assets.library").joinpath(name)
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _file(entry: Entry) -> str:
    stem = entry.member.rpartition("/")[2].rpartition(".")[0]
    return f"{entry.archive.stem}/{stem}".casefold()


def _shortened(phrase: str) -> list[tuple[str, int]]:
    """Return a phrase with fewer and fewer of the words before its head, and how many fewer.

    Of as many words, those that the table tells apart from the bare head come first: a round
    wooden table is a round table before it is a wooden one.
    """
    whole, of, _ = phrase.partition(" of ")
    words = whole.split()
    bare = row_of(words[-1])
    shorter = {" ".join(words[k:]): k for k in range(len(words))}
    if len(words) > 1 and (words[-1] in NEEDING_ALL or UNREAL & set(words[:-1])):
        shorter = {whole: 0}
    else:
        shorter |= {f"{word} {words[-1]}": len(words) - 2 for word in words[:-1]}
    ordered = sorted(shorter.items(), key=lambda one: (one[1], row_of(one[0]) is bare))
    return [(phrase, 0), *((said, aside + 1) for said, aside in ordered)] if of else ordered


def _adjectives(word: str) -> tuple[str, ...]:
    return MADE_OF.get(SUBSTANCES_SAID.get(word, word), (word,) if word else ())
