"""A patch of a scene graph: what is added, removed and changed, and which words ask for it."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, model_validator

PARTS = ("entities", "relations", "actions", "outcomes", "camera")
"""The lists of a graph, in the order in which a patch speaks of them."""

Kind = Literal["add", "remove", "change"]
CharacterSpan = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Operation(_Part):
    """One difference between two graphs.

    Attributes:
        op: What is done.
        path: Where: `entities.cup.color` (entities by their id), `relations.1.predicate`,
            `setting.place`. Numbers count items of the graph before; of an added item, of the
            graph after. A changed `entities.cup.id` takes every reference along.
        old: The value before; None for what is added.
        new: The value after; None for what is removed.
        at: Place of an added entity among the entities after; None for the end.
        span: Characters of the edit's words that ask for it; None for what follows from others.
    """

    op: Kind
    path: Annotated[str, Field(pattern=r"^[a-z][a-z_]*(\.[a-z0-9_]+)*$", max_length=120)]
    old: JsonValue = None
    new: JsonValue = None
    at: Annotated[int, Field(ge=0)] | None = None
    span: CharacterSpan | None = None

    @model_validator(mode="after")
    def _values_fit(self) -> "Operation":
        if self.op != "change" and self.path.split(".")[0] not in PARTS:
            raise ValueError(
                f"{self.path!r} cannot be added or removed; items of {', '.join(PARTS)} can: "
                "change a field instead"
            )
        if self.op == "remove" and self.new is not None:
            raise ValueError(f"{self.path!r} is removed, so it has no new value")
        if self.op == "add" and not isinstance(self.new, dict):
            raise ValueError(f"{self.path!r} is added, so its new value is a whole item")
        return self


class ScenePatch(_Part):
    """All differences between a graph and the graph that an edit asks for."""

    operations: tuple[Operation, ...] = ()

    def __bool__(self) -> bool:
        """Whether it changes anything."""
        return bool(self.operations)
