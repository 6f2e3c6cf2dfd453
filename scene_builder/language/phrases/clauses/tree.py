"""Records of a parsed sentence."""

from dataclasses import dataclass, field
from typing import Literal

from scene_builder.knowledge.words.verbs import Form, Sense
from scene_builder.language.phrases.counting import Chunk
from scene_builder.model.words import Compare

PhraseKind = Literal["thing", "pronoun", "part", "nobody", "nothing"]


@dataclass(slots=True, kw_only=True)
class Phrase:
    """Something that is named, with all that is said of it on the spot.

    Attributes:
        kind: `thing`: a noun phrase; `pronoun`; `part`: some of a group named before ("two of
            them", "the last one"); `nobody`: people off stage; `nothing`: "nothing", "none".
        text: The word that heads it.
        start: First character; `end`: one past the last.
        chunk: The noun phrase; of a part, the noun phrase of the whole if it is said.
        count: How many of the whole a part is; `compare` says whether exactly.
        but: How many of all are not meant ("all but one").
        share: What fraction of the whole a part is, if that is what is said ("half").
        order: "last", "top", "other" and the like, before "one".
        all_of: Whether all are meant.
        led: The preposition before it.
        split: Of "one red, the other blue": what is said of each part, without noun.
        places: Where it is: "on a table".
        clauses: What it does: "rolling down", "which stands there".
    """

    kind: PhraseKind
    text: str
    start: int
    end: int
    led: str = ""
    chunk: Chunk | None = None
    count: int | None = None
    compare: Compare = "exactly"
    but: int = 0
    share: float | None = None
    order: str = ""
    all_of: bool = False
    split: list[Chunk] = field(default_factory=list)
    places: list["Place"] = field(default_factory=list)
    clauses: list["Clause"] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Place:
    """A preposition and what it governs; `start` and `end` are the preposition's."""

    preposition: str
    phrases: list[Phrase]
    start: int
    end: int


@dataclass(slots=True, kw_only=True)
class Clause:
    """A verb and what belongs to it.

    Attributes:
        subject: Whom it is about; empty for an imperative.
        sense: What the verb says; None where there is none but "be".
        form: Form of the verb.
        start: Where the verb stands; `end` likewise.
        passive: Whether the subject is what it is done to.
        ongoing: Whether it is being done ("are being stacked").
        negated: Whether it is said not to happen.
        then: Whether "then", "finally" or the like stands before it.
        objects: What it is done to.
        places: Where it happens or leads, in order.
        fronted: Places that stand before the subject.
        speed: The word of the speed and its place; `direction` likewise.
        times: How often ("twice").
        grouped: "in a row", "on top of each other", and where that stands.
        particle: A preposition without a noun behind it ("rolls off").
        opener: The word that opens the clause ("while", "if").
    """

    subject: list[Phrase] = field(default_factory=list)
    sense: Sense | None = None
    form: Form = "base"
    start: int = 0
    end: int = 0
    passive: bool = False
    ongoing: bool = False
    negated: bool = False
    then: bool = False
    objects: list[Phrase] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    fronted: list[Place] = field(default_factory=list)
    speed: tuple[str, int, int] | None = None
    direction: tuple[str, int, int] | None = None
    times: int | None = None
    grouped: tuple[str, int, int] | None = None
    particle: tuple[str, int, int] | None = None
    opener: str = ""
