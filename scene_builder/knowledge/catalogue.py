"""The table of everyday things: `nouns.csv`, `things/*.csv` and `kinds.csv` as records.

`nouns.csv` holds the things that have a builder of their own name; `things/` holds all others,
one file for each category; `kinds.csv` holds what they have in common (fruit, hand tool, mammal).

Sizes are largest dimensions of everyday specimens; masses are those of the whole thing as it is
met, empty where it is a vessel. Both are rounded from:

- balls and sports gear: the rules of the sports' federations (FIBA, FIFA, ITF, WBSC, BWF, ITTF,
  World Athletics, USBC), gym equipment by its nominal masses;
- furniture and fittings: DIN 68880 to 68890, EN 1116 (kitchens: 0.6 m deep, 0.9 m high), EN 527
  (desks), EN 1335 (office chairs), makers' catalogues;
- tableware, kitchenware, home, office, toys, tools, electronics: makers' catalogues, ISO 216
  (paper), ISO 7810 (cards), IEC 60086 (batteries), ISO 272 (bolts), EN 771 (bricks);
- food: portion tables of the USDA FoodData Central, egg and fruit classes of the EU and UNECE;
- vehicles: makers' data sheets and ISO 668 (containers); ships and aircraft by common classes;
- animals: Nowak, Walker's Mammals of the World, 1999; Dunning, CRC Handbook of Avian Body Masses,
  2008; length is that of head and body without the tail, height that of the back or head;
- people: DIN 33402-2 and the WHO's growth standards;
- plants and outdoor things: botanical handbooks and street-furniture catalogues;
- instruments: makers' catalogues and Baines, The Oxford Companion to Musical Instruments, 1992.
"""

import csv
import functools
import importlib.resources
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from scene_builder.model.errors import SceneError

ABILITIES = ("roll", "stand", "topple", "contain", "carry", "hang", "hold", "slope", "act")
"""What a thing can do in a scene: `roll` of itself when it is pushed, `stand` upright without help,
`topple` when it is hit, `contain` others, `carry` others on top, `hang` from something, `hold` what
hangs from it, let others run down its `slope`, and `act` by itself."""

STAND_IN = "~"
"""Mark of a shape that only stands in for the thing, in the tables' column `shape`."""

ROOM_M = 2.2
"""What is larger than this [m] and has a model or a toy of it is shown as that model in a room."""

OUTDOORS = frozenset({"animals", "building", "outdoors", "vehicles"})
"""Categories of things that one meets outdoors, if they are large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A kind of thing.

    Attributes:
        name: Its name, in snake case.
        category: What it is kept with.
        hypernym: What it is a kind of: another noun, or a kind.
        shape: The builder of its shape.
        likeness: Whether that shape is the thing's own; otherwise it stands in for it.
        substance: What it is mainly made of, where the words leave it open.
        colors: Colours of its main part, `#rrggbb` or CSS names; empty for the substance's own.
        box_m: Typical extents along x, y, z [m], as it is met, its front towards −Y.
        size_m: Typical largest dimension [m].
        low_m: Smallest sensible largest dimension [m].
        high_m: Largest sensible one [m].
        mass_range_kg: Sensible masses of the typical thing [kg].
        can: What it can do, of `ABILITIES`.
        furniture: Whether it stays where it is unless the words move it.
        synonyms: Other words for it, and for things alike in size and shape.
        chinese: Its names in Chinese, simplified characters, the commonest first.
    """

    name: str
    category: str
    hypernym: str
    shape: str
    likeness: bool
    substance: str
    colors: tuple[str, ...]
    box_m: tuple[float, float, float]
    size_m: float
    low_m: float
    high_m: float
    mass_range_kg: tuple[float, float]
    can: frozenset[str]
    furniture: bool
    synonyms: tuple[str, ...]
    chinese: tuple[str, ...]

    @property
    def built(self) -> bool:
        """Whether it has a builder of its own name."""
        return self.likeness and self.shape == self.name

    @property
    def outdoors(self) -> bool:
        """Whether it is met outdoors rather than in a room."""
        return self.category in OUTDOORS and self.size_m > ROOM_M

    def size_for(self, size: str | float | None) -> float:
        """Return the largest dimension [m] that a size word, a number or None asks for.

        Raises:
            SceneError: For a word that is no size.
        """
        if size is None:
            return self.size_m
        if isinstance(size, int | float):
            return float(size)
        small = math.sqrt(self.low_m * self.size_m)
        large = math.sqrt(self.size_m * self.high_m)
        words = {
            "tiny": self.low_m, "little": small, "small": small, "short": self.size_m,
            "medium": self.size_m, "normal": self.size_m, "large": large, "big": large,
            "tall": self.size_m, "long": self.size_m, "wide": self.size_m,
            "huge": self.high_m, "giant": 1.5 * self.high_m,
        }  # fmt: skip
        if size not in words:
            raise SceneError(
                f"no size {size!r}; allowed are {', '.join(words)}, or a number of metres"
            )
        return words[size]


@functools.cache
def nouns() -> Mapping[str, Noun]:
    """Return every noun by its name: those with builders of their own first."""
    rows = {row["name"]: row for row in _rows("nouns.csv")}
    built = {name: _built(row) for name, row in rows.items()}
    others = {row["name"]: (category, row) for category, row in _things()}
    hypernyms = {name: row["hypernym"] for name, (_, row) in others.items()}
    shapes = {name: row["shape"] for name, (_, row) in others.items()}
    for name, row in kinds().items():
        hypernyms[name], shapes[name] = row["hypernym"], row["shape"]
    shapes |= {name: name for name in rows}
    nouns = built | {
        name: _other(category, row, _shape(name, shapes, hypernyms))
        for name, (category, row) in others.items()
    }
    return MappingProxyType(nouns)


@functools.cache
def kinds() -> Mapping[str, Mapping[str, str]]:
    """Return the rows of `kinds.csv` by their names: `name`, `hypernym` and `shape`."""
    return MappingProxyType({row["name"]: row for row in _rows("kinds.csv")})


def hypernyms_of(name: str) -> tuple[str, ...]:
    """Return what a noun or kind is a kind of: the nearest first, `thing` last."""
    found: list[str] = []
    while name := _above(name):
        found.append(name)
    return tuple(found)


def _above(name: str) -> str:
    noun = nouns().get(name)
    return noun.hypernym if noun else kinds()[name]["hypernym"]


def _shape(name: str, shapes: Mapping[str, str], hypernyms: Mapping[str, str]) -> str:
    while not shapes[name]:
        name = hypernyms[name]
    return shapes[name]


def _things() -> Iterator[tuple[str, Mapping[str, str]]]:
    folder = importlib.resources.files("scene_builder.knowledge").joinpath("things")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".csv"):
            for row in _rows(f"things/{file.name}"):
                yield file.name.removesuffix(".csv"), row


def _rows(name: str) -> list[dict[str, str]]:
    file = importlib.resources.files("scene_builder.knowledge").joinpath(name)
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)


def _box(text: str) -> tuple[float, float, float]:
    x, y, z = map(float, text.split())
    return x, y, z


def _built(row: Mapping[str, str]) -> Noun:
    return Noun(
        name=row["name"],
        category=row["category"],
        hypernym=row["hypernym"],
        shape=row["name"],
        likeness=True,
        substance=row["substance"],
        colors=_parts(row["colors"]),
        box_m=_box(row["box"]),
        size_m=float(row["size_m"]),
        low_m=float(row["low_m"]),
        high_m=float(row["high_m"]),
        mass_range_kg=(float(row["mass_low"]), float(row["mass_high"])),
        can=frozenset(row["can"].split()),
        furniture=row["furniture"] == "yes",
        synonyms=_parts(row["synonyms"]),
        chinese=_parts(row["zh"]),
    )


def _other(category: str, row: Mapping[str, str], shape: str) -> Noun:
    box = _box(row["box"])
    low, _, high = row["mass"].partition("-")
    return Noun(
        name=row["name"],
        category=category,
        hypernym=row["hypernym"],
        shape=shape.removeprefix(STAND_IN),
        likeness=not shape.startswith(STAND_IN),
        substance=row["substance"],
        colors=(),
        box_m=box,
        size_m=max(box),
        low_m=float(row["low"]),
        high_m=float(row["high"]),
        mass_range_kg=(float(low), float(high)),
        can=frozenset(row["can"].split()),
        furniture=row["stays"] == "yes",
        synonyms=_parts(row["synonyms"]),
        chinese=_parts(row["zh"]),
    )
