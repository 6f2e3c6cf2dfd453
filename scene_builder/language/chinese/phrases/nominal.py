"""What a noun phrase says."""

from dataclasses import dataclass, field
from typing import Any, Literal

from scene_builder.model.words import Compare

Fixed = Literal["", "ground", "wall", "ceiling", "place", "sky", "nobody", "frame", "camera"]

Quality = tuple[str, int, int]
"""A value of the graph, and where the words stand that say it."""


@dataclass(slots=True, kw_only=True)
class Chunk:
    """What a noun phrase says of the thing itself.

    Attributes:
        noun: The head in English, in the singular.
        start: First character.
        end: One past the last character.
        count: How many, or None where no number says.
        counted: Where the number stands.
        definite: Whether it may speak of something known: no number stands before it.
        several: Whether there are several.
        group: `in_row`, `stacked` or nothing.
        grouped: Where the word for that stands.
        color: The colour; likewise `material` and `size`.
        all_of: Whether `所有` belongs to it.
    """

    noun: str = ""
    start: int = 0
    end: int = 0
    count: int | None = None
    counted: tuple[int, int] | None = None
    definite: bool = True
    several: bool = False
    group: str = ""
    grouped: tuple[int, int] | None = None
    color: Quality | None = None
    material: Quality | None = None
    size: Quality | None = None
    all_of: bool = False


@dataclass(slots=True)
class Nominal:
    """A noun phrase.

    Attributes:
        chunk: Number, colour, material, size and head, as English phrases have them.
        head: The head as it stands in the text, in simplified characters.
        span: Where the head stands.
        fixed: What it is if it is no thing: the ground, a wall, a place, nobody in particular.
        value: What a place or the ground says of the setting.
        pronoun: `it`, `they` or `self`.
        part: Which of several things it speaks of: `some`, `top`, `first`, `last`, `rest`,
            `other`, `ordinal`, `front`; empty for all.
        compare: How `count` is meant in an outcome; None where no word says.
        quantities: (field, value, start, end) of sizes [m] and masses [kg].
        held: What it is full of, where it measures that (`一篮苹果`).
        fluid: What it is full of, where that is poured.
        unknown: A word that should be a noun, and is none that is known.
        places: Places that it is said to be at, before its head.
        clauses: Relative clauses before its head.
        others: Noun phrases joined by `和`.
        measured: Whether a number or a measure word stands before it.
    """

    chunk: Chunk
    head: str = ""
    span: tuple[int, int] = (0, 0)
    fixed: Fixed = ""
    value: str = ""
    pronoun: str = ""
    part: str = ""
    compare: Compare | None = None
    quantities: list[tuple[str, float, int, int]] = field(default_factory=list)
    held: "Nominal | None" = None
    fluid: str = ""
    unknown: list[str] = field(default_factory=list)
    places: list[Any] = field(default_factory=list)
    clauses: list[Any] = field(default_factory=list)
    others: "list[Nominal]" = field(default_factory=list)
    measured: bool = False

    @property
    def empty(self) -> bool:
        """Whether it has no head."""
        return not (self.head or self.fixed or self.pronoun)
