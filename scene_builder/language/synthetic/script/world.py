"""Things and statements of a world that is being drawn, and the notation that says them."""

from dataclasses import dataclass, field
from typing import Literal

from scene_builder.language.notation.writing import quoted

Kind = Literal["relation", "action", "outcome"]
Tense = Literal["present", "past", "progressive", "future"]
GROUP_FIELD = {"in_row": "in_row", "stacked": "stacked"}


@dataclass(slots=True, eq=False)
class Thing:
    """One kind of thing, `count` times.

    Attributes:
        id: Its id in the graph.
        noun: Singular noun as people write it.
        count: How many.
        plural: Whether the phrase that first names it takes a plural verb ("a row of" does not).
        group: `in_row`, `stacked` or nothing.
        looks: Attribute → word of the notation (`size`, `color`, `material`, `mass`, `length`).
        animate: Whether it is a person or an animal.
        phrase: Words that name it at first, made when it was drawn.
        trail: Words that follow it where it is first named ("beside a vase").
        later: Attribute words that a later mention may repeat.
        twin: Whether another thing has the same noun, so that it needs its colour to be known.
        group_noun: The row or stack as a word, if the phrase has one.
    """

    id: str
    noun: str
    count: int = 1
    plural: bool = False
    group: str = ""
    looks: dict[str, str] = field(default_factory=dict)
    animate: bool = False
    phrase: "list[Item]" = field(default_factory=list)
    trail: "list[Item]" = field(default_factory=list)
    later: "list[Word]" = field(default_factory=list)
    twin: bool = False
    group_noun: str = ""

    def line(self, *, whole: bool) -> str:
        """Return the entity's line; `whole` adds stated quantities."""
        keys = ("size", "color", "material")
        looks = dict(self.looks)
        if whole and "length" in looks:
            looks["size"] = looks["length"]
        words = [self.id, str(self.count) if self.count > 1 else ""]
        words += [looks.get(key, "").replace(" ", "_") for key in keys]
        words.append(looks.get("mass", "") if whole else "")
        return " ".join(word for word in words if word)


@dataclass(slots=True, eq=False)
class Said:
    """A relation, an action or an outcome.

    Attributes:
        kind: Which list of the graph it belongs to.
        subject: Who; for an action, what moves.
        word: Predicate or verb.
        objects: What else it is about; for an action its target.
        direction: Direction of an action.
        speed: Speed word, or metres per second with their unit.
        height: Height that something falls from [m], as written in notation.
        negated: Whether an outcome must not happen.
        part: Count of an outcome, such as `>=2`.
        after: The outcome that comes before it.
    """

    kind: Kind
    subject: "Thing | str"
    word: str
    objects: "list[Thing | str]" = field(default_factory=list)
    direction: str = ""
    speed: str = ""
    height: str = ""
    negated: bool = False
    part: str = ""
    after: "Said | None" = None

    def line(self, order: "dict[int, int]", *, whole: bool) -> str:
        """Return its line of notation; `order` is the place of each outcome in its list."""
        names = [name_of(ref) for ref in self.objects]
        if self.kind == "relation":
            return " ".join([name_of(self.subject), self.word, *names])
        if self.kind == "action":
            speed = self.speed if whole or not self.speed.endswith("m/s") else ""
            words = [name_of(self.subject), self.word, self.direction, speed]
            words += [f">{name}" for name in names[:1]]
            words.append(f"h={self.height}" if whole and self.height else "")
            return " ".join(word for word in words if word)
        words = [name_of(self.subject), "not" if self.negated else "", self.word, *names[:1]]
        words.append(self.part)
        before = order.get(id(self.after))
        if before is not None and before < order[id(self)]:
            words.append(f"after={before}")
        return " ".join(word for word in words if word)


@dataclass(slots=True, eq=False)
class Tag:
    """What a word says: a kind, and the part of the graph.

    Attributes:
        kind: Kind of mark.
        owner: The thing or statement, or a path of the graph as text.
        field: Field of the owner, or nothing.
        value: What the graph holds there.
    """

    kind: str
    owner: "Thing | Said | str"
    field: str = ""
    value: str = ""


@dataclass(slots=True, eq=False)
class Word:
    """One or a few words as they are written, and what they say."""

    text: str
    tags: tuple[Tag, ...] = ()


@dataclass(slots=True, eq=False)
class Np:
    """A place where a thing is named: in full at first, briefly later.

    `how` is "" for whatever fits, or `full`, `the`, `it`, `all` ("all of them"), `noun`.
    """

    thing: Thing
    role: Literal["subject", "object"] = "object"
    how: str = ""


@dataclass(slots=True, eq=False)
class Verb:
    """A verb that agrees with its subject.

    Attributes:
        base: Base form, with its particle.
        form: `finite`, `gerund`, `base`, `participle`, `passive` (the auxiliary of a passive) or
            `is` (a copula, in no progressive tense).
        subject: What it agrees with.
        plural: Agreement where the subject is no thing's own phrase.
        tags: What it says.
        denial: How it is negated: `not`, `n't`, `never`, `fail`, or nothing.
        denied: The statement that a denial denies.
        early: An adverb before it.
    """

    base: str
    form: str = "finite"
    subject: Thing | None = None
    plural: bool = False
    tags: tuple[Tag, ...] = ()
    denial: str = ""
    denied: Said | None = None
    early: Word | None = None


Item = Word | Np | Verb
Items = list[Item]


@dataclass(slots=True, eq=False)
class World:
    """Everything that one prompt says.

    Attributes:
        things: Things in the order in which they were drawn.
        said: Statements in the order of time.
        taken: Nouns in use.
        tense: Tense of its sentences.
        cue: Words of the camera: `shot`, `angle`, `move`.
        aim: What the camera looks at.
        setting: Setting, style and length → value.
    """

    things: list[Thing] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    tense: Tense = "present"
    cue: dict[str, str] = field(default_factory=dict)
    aim: Thing | None = None
    setting: dict[str, str] = field(default_factory=dict)

    def say(self, kind: Kind, subject: Thing | str, word: str, *objects: Thing | str) -> Said:
        """Add a statement, or return the one that says the same already."""
        for other in self.said:
            same = (other.kind, other.subject, other.word) == (kind, subject, word)
            if same and other.objects == list(objects):
                return other
        made = Said(kind, subject, word, list(objects))
        self.said.append(made)
        return made

    def kept(self) -> "World":
        """Return what `restore` needs to undo later draws."""
        return World(list(self.things), list(self.said), set(self.taken), self.tense,
                     dict(self.cue), self.aim, dict(self.setting))  # fmt: skip

    def restore(self, kept: "World") -> None:
        """Undo everything that was drawn since `kept`."""
        self.things, self.said = list(kept.things), list(kept.said)
        self.taken, self.setting = set(kept.taken), dict(kept.setting)

    def lines(self, named: list[Thing], *, whole: bool) -> str:
        """Return the notation; `named` are the things in the order of the words."""
        place = {id(thing): k for k, thing in enumerate(named)}
        relations, actions, outcomes = self.parts(place)
        order = {id(said): k for k, said in enumerate(outcomes)}
        lines = [thing.line(whole=whole) for thing in named]
        lines += [said.line(order, whole=whole) for said in (*relations, *actions, *outcomes)]
        if whole:
            lines += self._surroundings()
        return "".join(line + "\n" for line in lines)

    def parts(self, place: dict[int, int]) -> tuple[list[Said], list[Said], list[Said]]:
        """Return relations, actions and outcomes, each in the order of the notation."""

        def last(said: Said) -> int:
            refs = (said.subject, *said.objects)
            return max(place.get(id(ref), -1) for ref in refs)

        relations = [said for said in self.said if said.kind == "relation"]
        relations.sort(key=last)
        return (
            relations,
            [said for said in self.said if said.kind == "action"],
            [said for said in self.said if said.kind == "outcome"],
        )

    def _surroundings(self) -> list[str]:
        words = [self.cue[key] for key in ("shot", "angle", "move") if key in self.cue]
        words += [f">{self.aim.id}"] if self.aim else []
        lines = [" ".join(["camera", *words])] if words else []
        return lines + [f"{key}={quoted(value)}" for key, value in self.setting.items()]


def name_of(ref: Thing | str) -> str:
    """Return the id of a thing, or the reserved name itself."""
    return ref if isinstance(ref, str) else ref.id


def words(text: str, *tags: Tag) -> Word:
    """Return words that carry `tags`."""
    return Word(text, tags)
