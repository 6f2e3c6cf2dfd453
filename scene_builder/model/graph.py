"""What the words say: the contract with every language model, schema `worldreel.scene/1`.

It is data. Nothing in it is ever executed; nothing in it is geometry.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from scene_builder.model.words import (
    RESERVED_IDS,
    Angle,
    Compare,
    Direction,
    Framing,
    Mobility,
    Move,
    OutcomePredicate,
    Predicate,
    Verb,
)

MAX_BODIES = 200
"""Most individuals that one scene may hold, besides what is poured."""

MAX_GRAINS = 500
"""Most grains that may be poured in one scene."""

ID_PATTERN = r"^[a-z][a-z0-9_]*(#[1-9][0-9]*)?$"


def _tuple_of_one(value: object) -> object:
    return (value,) if isinstance(value, str) else value


EntityRef = Annotated[str, Field(pattern=ID_PATTERN, max_length=60)]
EntityRefs = Annotated[tuple[EntityRef, ...], BeforeValidator(_tuple_of_one)]
FreeWord = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^A-Z\x00-\x1f]+$")]
Metres = Annotated[float, Field(gt=0, le=1000)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Setting(_Part):
    """Where it happens; None is the builder's choice."""

    place: FreeWord | None = None
    ground: FreeWord | None = None
    time_of_day: FreeWord | None = None
    weather: FreeWord | None = None
    gravity: Literal["earth", "moon", "mars", "zero"] | Annotated[float, Field(ge=0, le=300)] = (
        "earth"
    )


class Entity(_Part):
    """One kind of thing, `count` times; `size` is a word, or its largest dimension [m]."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    noun: FreeWord
    count: Annotated[int, Field(ge=1, le=MAX_GRAINS)] = 1
    color: FreeWord | None = None
    material: FreeWord | None = None
    size: FreeWord | Metres | None = None
    mass_kg: Annotated[float, Field(gt=0, le=1e6)] | None = None
    mobility: Mobility | None = None
    text: Annotated[str, Field(max_length=200)] = ""


class Relation(_Part):
    """`subject` stands in `predicate` to `object`; `between` takes two objects.

    `stacked` and `in_row` without an object say it of the subject's own individuals.
    """

    subject: EntityRef
    predicate: Predicate
    object: EntityRefs = ()


class Action(_Part):
    """Something that an entity does, or that is done to it, from `start_secs` [s] on."""

    actor: EntityRef
    verb: Verb
    target: EntityRef | None = None
    direction: Direction | None = None
    speed: FreeWord | Annotated[float, Field(ge=0, le=1000)] | None = None
    height_m: Metres | None = None
    start_secs: Annotated[float, Field(ge=0, le=1000)] = 0.0
    after: Annotated[int, Field(ge=0)] | None = None


class Outcome(_Part):
    """Something that has to happen (or, negated, must not) before the shot ends.

    `count` counts the individuals of the side that has several: of `object` where the
    predicate has one (`knocks_over`, `touches`, …), else of `subject`. None means all.
    Negated, it counts those that do not: `falls` of two, negated, leaves exactly two upright.
    Of `bounces` it says how often, where `subject` is one thing, or fewer things than `count`.
    What falls into the water of a place, a lake or the sea, is said to land in the `ground`.
    """

    predicate: OutcomePredicate
    subject: EntityRef
    object: EntityRef | None = None
    count: Annotated[int, Field(ge=0, le=MAX_GRAINS)] | None = None
    compare: Compare = "exactly"
    negated: bool = False
    after: Annotated[int, Field(ge=0)] | None = None


class CameraCue(_Part):
    """What the camera does from `start_secs` [s] on; None is the camera's choice."""

    start_secs: Annotated[float, Field(ge=0, le=1000)] = 0.0
    shot: Framing | None = None
    angle: Angle | None = None
    move: Move | None = None
    target: EntityRef | None = None


class Look(_Part):
    """How the film should look: a style's name and a mood, both free words."""

    style: FreeWord | None = None
    mood: Annotated[str, Field(max_length=200)] = ""


class SceneGraph(_Part):
    """The whole of what a sentence says."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True,
        serialize_by_alias=True,
    )  # fmt: skip

    schema_name: Literal["worldreel.scene/1"] = Field(alias="schema")
    title: Annotated[str, Field(max_length=200)] = ""
    prompt: str = ""
    duration_secs: Annotated[float, Field(gt=0, le=1000)] | None = None
    setting: Setting = Setting()
    entities: Annotated[tuple[Entity, ...], Field(min_length=1, max_length=60)]
    relations: tuple[Relation, ...] = ()
    actions: tuple[Action, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    camera: tuple[CameraCue, ...] = ()
    look: Look = Look()

    @model_validator(mode="after")
    def _references_exist(self) -> "SceneGraph":
        counts = {entity.id: entity.count for entity in self.entities}
        if len(counts) != len(self.entities):
            raise ValueError("two entities share one id; ids must differ")
        reserved = counts.keys() & set(RESERVED_IDS)
        if reserved:
            raise ValueError(f"the id {min(reserved)!r} is reserved; choose another")
        self._fits_a_scene(counts)
        for where, ref in self.references():
            name, _, number = ref.partition("#")
            if name not in counts and name not in RESERVED_IDS:
                known = ", ".join([*counts, *RESERVED_IDS])
                raise ValueError(f"{where} names {ref!r}, which is no entity; there are: {known}")
            if number and int(number) > counts.get(name, 1):
                raise ValueError(f"{where} names {ref!r}, but there are only {counts.get(name, 1)}")
        self._orders_point_back()
        return self

    def _fits_a_scene(self, counts: Mapping[str, int]) -> None:
        grains = sum(counts[name] for name in self.poured)
        bodies = sum(counts.values()) - grains
        if bodies > MAX_BODIES:
            raise ValueError(f"{bodies} individuals in all; at most {MAX_BODIES} are allowed")
        if grains > MAX_GRAINS:
            raise ValueError(f"{grains} grains are poured; at most {MAX_GRAINS} are allowed")

    @property
    def poured(self) -> frozenset[str]:
        """The entities that are poured: by name, or as what is inside of a vessel that pours."""
        pouring = {a.actor.partition("#")[0] for a in self.actions if a.verb == "pour"}
        inside = {
            relation.subject.partition("#")[0]
            for relation in self.relations
            if relation.predicate == "inside"
            and pouring & {ref.partition("#")[0] for ref in relation.object}
        }
        return frozenset((pouring | inside) & {entity.id for entity in self.entities})

    def _orders_point_back(self) -> None:
        for name in ("actions", "outcomes"):
            for k, item in enumerate(getattr(self, name)):
                if item.after is not None and item.after >= k:
                    raise ValueError(
                        f"{name}.{k}.after is {item.after}; it must name an earlier item of {name}"
                    )

    def references(self) -> Iterator[tuple[str, str]]:
        """Yield every reference to an entity as (where it stands, what it names)."""
        for k, relation in enumerate(self.relations):
            yield f"relations.{k}.subject", relation.subject
            for ref in relation.object:
                yield f"relations.{k}.object", ref
        for k, action in enumerate(self.actions):
            yield f"actions.{k}.actor", action.actor
            if action.target:
                yield f"actions.{k}.target", action.target
        for k, outcome in enumerate(self.outcomes):
            yield f"outcomes.{k}.subject", outcome.subject
            if outcome.object:
                yield f"outcomes.{k}.object", outcome.object
        for k, cue in enumerate(self.camera):
            if cue.target:
                yield f"camera.{k}.target", cue.target

    def entity(self, ref: str) -> Entity | None:
        """Return the entity that `ref` (`cup` or `cup#2`) names, or None for a reserved id."""
        name = ref.partition("#")[0]
        return next((entity for entity in self.entities if entity.id == name), None)

    def body_ids(self, ref: str) -> tuple[str, ...]:
        """Return the individuals that `ref` names: `cup` is all of them, `cup#2` is one."""
        entity = self.entity(ref)
        if entity is None:
            return (canonical_id(ref),)
        if "#" in ref:
            return (ref,)
        return tuple(f"{entity.id}#{k + 1}" for k in range(entity.count))


def canonical_id(ref: str) -> str:
    """Return the id that a reserved name stands for: `floor` is `ground`."""
    name = re.sub(r"#.*$", "", ref)
    return "ground" if name == "floor" else name
