"""Scene graphs for `benchmarks/layout.py`: satisfiable ones by chance, impossible ones by hand.

A satisfiable graph is drawn around a hidden plan: every thing has a cell of a small grid, on the
floor or on a piece of furniture, and only relations that are true of the cells are said. So no
drawn graph contradicts itself, and what carries, holds or hangs can do so.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.graph import SceneGraph
from scene_builder.model.words import PREDICATES

TABLES = ("table", "desk", "coffee table", "cabinet", "bench", "bed")
TALL_TABLES = ("table", "desk", "bench")
SMALL = (
    "cup", "mug", "glass", "vase", "apple", "orange", "candle", "bottle", "teapot", "book", "can",
    "clock", "toy car", "rubber duck", "jar", "bowl", "block", "pear", "teddy bear", "laptop",
)  # fmt: skip
STANDING = (
    "chair", "armchair", "sofa", "stool", "trash can", "suitcase", "crate", "barrel",
    "potted plant", "box", "basketball", "pedestal", "bucket", "traffic cone", "basket",
)  # fmt: skip
VESSELS = {
    "bowl": ("marble", "egg", "golf ball", "lemon"), "basket": ("apple", "orange", "tennis ball"),
    "crate": ("bottle", "apple", "ball", "can"), "bucket": ("tennis ball", "lemon", "egg"),
    "jar": ("marble", "die"), "trash can": ("ball", "can", "apple"), "cup": ("die", "marble"),
}  # fmt: skip
LOW_THINGS = ("ball", "shoe", "book", "box", "toy car", "bucket", "teddy bear")
MOST_LOAD = 0.4
"""Share of a piece of furniture's top that its things take, by their usual sizes."""

STACKABLE = ("book", "block", "box", "brick", "can", "plate", "coin", "cube")
ROWS = ("domino", "bottle", "cup", "candle", "block", "can", "traffic cone", "chair", "book")
WALL_THINGS = ("picture frame", "mirror", "window", "clock", "star")
HANGERS = (
    ("lantern", "ceiling"), ("lamp", "ceiling"), ("bell", "rope"), ("ball", "rope"),
    ("lantern", "chain"), ("star", "tree"), ("bell", "hook"), ("heart", "ceiling"),
)  # fmt: skip
LEANING = ("ladder", "bookshelf", "sofa", "bed", "broom", "bench", "cabinet", "desk")
LOOKERS = ("chair", "armchair", "teddy bear", "rubber duck", "laptop", "toy car", "sofa")
RINGS = (("chair", "table"), ("stool", "coffee table"), ("candle", "cake"), ("apple", "bowl"),
         ("traffic cone", "crate"), ("chair", "desk"), ("cup", "teapot"))  # fmt: skip
ALOFT = (("lamp", "table"), ("picture frame", "sofa"), ("mirror", "cabinet"), ("balloon", "chair"),
         ("lantern", "desk"), ("clock", "bed"), ("kite", "bush"), ("star", "box"))  # fmt: skip
PLACES = (None, "kitchen", "living room", "studio", "garden", "office")

FLOOR_CELLS = [(x, y) for y in (0, 1, -1) for x in (0, -1, 1, -2, 2)]
TABLE_CELLS = [(x, y) for x in (-1, 0, 1) for y in (0, 1)]

Cell = tuple[int, int]
Choice = TypeVar("Choice")


def _area(noun: str) -> float:
    """Return the usual footprint of a thing [m²], in a square that it turns in."""
    match = resolve_noun(noun)
    x, y, _ = match.noun.box_m if match else (0.2, 0.2, 0.2)
    return x * y if noun in TABLES else max(x, y) ** 2


@dataclass
class Draft:
    """A scene graph in the making.

    Attributes:
        rng: Where chance comes from.
        many: Whether counts above 1 are wanted.
        entities: As in the document.
        relations: As in the document.
        cells: The hidden plan: carrier and cell of each entity.
        loads: Area that is taken of each carrier [m²].
    """

    rng: np.random.Generator
    many: bool
    entities: list[dict[str, Any]] = field(default_factory=list)
    relations: list[dict[str, Any]] = field(default_factory=list)
    cells: dict[str, tuple[str, Cell]] = field(default_factory=dict)
    loads: dict[str, float] = field(default_factory=dict)

    def pick(self, choices: tuple[Choice, ...]) -> Choice:
        """Return one of the choices, preferring nouns that the scene does not have yet."""
        used = {entity["noun"] for entity in self.entities}
        fresh = [one for one in choices if one not in used] or list(choices)
        return fresh[int(self.rng.integers(len(fresh)))]

    def count(self, most: int) -> int:
        """Return how many of a thing there are."""
        return int(self.rng.integers(2, most + 1)) if self.many and most > 1 else 1

    def add(
        self, noun: str, zone: str = "floor", *, count: int = 1, cell: Cell | None = None
    ) -> str:
        """Add an entity, and return its id; without a zone it takes no cell."""
        stem = noun.replace(" ", "_")
        same = sum(entity["noun"] == noun for entity in self.entities)
        name = f"{stem}_{same + 1}" if same else stem
        self.entities.append({"id": name, "noun": noun, "count": count})
        if zone:
            self.cells[name] = (zone, cell or self._free(zone))
            self.loads[zone] = self.loads.get(zone, 0.0) + count * _area(noun)
        return name

    def say(self, subject: str, predicate: str, *objects: str) -> None:
        """Add a relation, once."""
        relation = {"subject": subject, "predicate": predicate, "object": list(objects)}
        if relation not in self.relations:
            self.relations.append(relation)

    def table(self, load: float = 0.06) -> str:
        """Return a piece of furniture with room for an area [m²], a new one if there is none."""
        for name, (zone, _) in self.cells.items():
            noun = next(e["noun"] for e in self.entities if e["id"] == name)
            if zone == "floor" and noun in TABLES and self._room(name, noun, load):
                return name
        return self.add(self.pick(TABLES[:4]))

    def small(self, *, count: int = 1) -> str:
        """Add something small on a piece of furniture."""
        noun = self.pick(SMALL)
        table = self.table(count * _area(noun))
        name = self.add(noun, table, count=count)
        self.say(name, "on", table)
        return name

    def _room(self, zone: str, noun: str, load: float) -> bool:
        cells = len(TABLE_CELLS) - sum(where == zone for where, _ in self.cells.values())
        return cells > 2 and self.loads.get(zone, 0.0) + load < MOST_LOAD * _area(noun)  # noqa: PLR2004

    def _free(self, zone: str) -> Cell:
        taken = {cell for where, cell in self.cells.values() if where == zone}
        cells = FLOOR_CELLS if zone == "floor" else TABLE_CELLS
        free = [cell for cell in cells if cell not in taken]
        return free[int(self.rng.integers(min(len(free), 6)))]


def _on(draft: Draft) -> None:
    draft.small(count=draft.count(4))


def _inside(draft: Draft) -> None:
    vessel = draft.pick(tuple(VESSELS))
    if vessel in ("bowl", "jar", "cup"):
        table = draft.table()
        name = draft.add(vessel, table)
        draft.say(name, "on", table)
    else:
        name = draft.add(vessel)
    what = draft.add(draft.pick(VESSELS[vessel]), "", count=draft.count(3))
    draft.say(what, "inside", name)


def _under(draft: Draft) -> None:
    table = draft.add(draft.pick(TALL_TABLES))
    draft.say(draft.add(draft.pick(LOW_THINGS), "", count=draft.count(2)), "under", table)


def _above(draft: Draft) -> None:
    upper, lower = draft.pick(ALOFT)
    draft.say(draft.add(upper, ""), "above", draft.add(lower))


def _between(draft: Draft) -> None:
    if draft.rng.uniform() < 0.5:  # noqa: PLR2004
        table = draft.add(draft.pick(("table", "desk")))
        names = [draft.add(draft.pick(SMALL[:16]), table, cell=(x, 0)) for x in (-1, 0, 1)]
        for name in names:
            draft.say(name, "on", table)
    else:
        names = [draft.add(draft.pick(STANDING), "", cell=(x, 0)) for x in (-1, 0, 1)]
    draft.say(names[1], "between", names[0], names[2])


def _against(draft: Draft) -> None:
    draft.say(draft.add(draft.pick(LEANING), ""), "against", "wall")


def _stacked(draft: Draft) -> None:
    noun = draft.pick(STACKABLE)
    if not draft.many:
        table = draft.table()
        lower, upper = draft.add(noun, table), draft.add(draft.pick(("cup", "apple", "candle")), "")
        draft.say(lower, "on", table)
        draft.say(upper, "stacked", lower)
        return
    name = draft.add(noun, "", count=draft.count(4))
    if draft.rng.uniform() < 0.5:  # noqa: PLR2004
        draft.say(name, "stacked", draft.table())
    else:
        draft.say(name, "stacked")


def _attached_to(draft: Draft) -> None:
    draft.say(draft.add(draft.pick(WALL_THINGS), "", count=draft.count(2)), "attached_to", "wall")


def _hanging_from(draft: Draft) -> None:
    what, carrier = draft.pick(HANGERS)
    name = draft.add(what, "", count=draft.count(2) if carrier == "ceiling" else 1)
    if carrier == "hook":
        draft.say(draft.add("hook", ""), "attached_to", "wall")
    elif carrier != "ceiling":
        draft.add(carrier, "")
    draft.say(name, "hanging_from", carrier)


def _facing(draft: Draft) -> None:
    looker = draft.pick(LOOKERS)
    if looker in SMALL:
        table = draft.table()
        a, b = draft.add(looker, table), draft.add(draft.pick(SMALL), table)
        draft.say(a, "on", table)
        draft.say(b, "on", table)
    else:
        a, b = draft.add(looker, count=draft.count(2)), draft.add(draft.pick(STANDING + TABLES))
    draft.say(a, "facing", b)


def _around(draft: Draft) -> None:
    what, middle = draft.pick(RINGS)
    name = draft.add(middle, "" if middle in ("cake", "bowl", "teapot") else "floor")
    ring = draft.add(what, "", count=draft.count(6))
    draft.say(ring, "around", name)
    if middle in ("cake", "bowl", "teapot"):
        table = draft.add("table")
        draft.say(name, "on", table)
        draft.say(ring, "on", table)


def _in_row(draft: Draft) -> None:
    name = draft.add(draft.pick(ROWS), "", count=int(draft.rng.integers(3, 6)))
    draft.say(name, "in_row")


def _compared(predicate: str) -> Callable[[Draft], None]:
    def recipe(draft: Draft) -> None:
        for _ in range(12):
            found = _pairs(draft, predicate)
            if found:
                a, b = found[int(draft.rng.integers(len(found)))]
                draft.say(a, predicate, b)
                return
            if draft.rng.uniform() < 0.5:  # noqa: PLR2004
                draft.small(count=draft.count(3))
            else:
                draft.add(draft.pick(STANDING), count=draft.count(2))

    return recipe


def _pairs(draft: Draft, predicate: str) -> list[tuple[str, str]]:
    """Return pairs of entities of which a comparison is true in the hidden plan."""
    found = []
    for a, (zone, (ax, ay)) in draft.cells.items():
        for b, (other, (bx, by)) in draft.cells.items():
            dx, dy = ax - bx, ay - by
            true = {
                "left_of": -dx >= max(abs(dy), 1), "right_of": dx >= max(abs(dy), 1),
                "in_front_of": -dy >= max(abs(dx), 1), "behind": dy >= max(abs(dx), 1),
                "beside": abs(dx) == 1 and dy == 0, "near": max(abs(dx), abs(dy)) == 1,
            }[predicate]  # fmt: skip
            said = any({a, b} == {r["subject"], *r["object"]} for r in draft.relations)
            if true and zone == other and a != b and not said:
                found.append((a, b))
    return found


RECIPES: dict[str, Callable[[Draft], None]] = {
    "on": _on, "inside": _inside, "under": _under, "above": _above, "between": _between,
    "against": _against, "stacked": _stacked, "attached_to": _attached_to,
    "hanging_from": _hanging_from, "facing": _facing, "around": _around, "in_row": _in_row,
    **{p: _compared(p) for p in ("left_of", "right_of", "in_front_of", "behind", "beside", "near")},
}  # fmt: skip
FILLERS = ("on", "left_of", "right_of", "in_front_of", "behind", "beside", "near", "inside",
           "between", "facing")  # fmt: skip


def scene_rand(rng: np.random.Generator, k: int) -> SceneGraph:
    """Return the k-th graph: its first relation's predicate goes round all of them."""
    draft = Draft(rng=rng, many=k % 2 == 0)
    wanted = PREDICATES[(k // 2) % len(PREDICATES)]
    RECIPES[wanted](draft)
    while len(draft.entities) < 4 or len(draft.relations) < 3:  # noqa: PLR2004
        RECIPES[draft.pick(FILLERS)](draft)
    if draft.many and all(entity["count"] == 1 for entity in draft.entities):
        draft.entities[-1]["count"] = 2
    place = PLACES[int(rng.integers(len(PLACES)))]
    return SceneGraph.model_validate(
        {
            "schema": "worldreel.scene/1",
            "setting": {"place": place},
            "entities": draft.entities,
            "relations": draft.relations,
        }
    )
