"""Something that happens, with all that its clauses need."""

from dataclasses import dataclass, field
from typing import Literal

from scene_builder.language.synthetic.script.world import Items, Said, Tag, Thing

Kind = Literal["motion", "handled", "contact", "end"]


@dataclass(slots=True, eq=False)
class Event:
    """Something that happens, ready to be put into a clause of any form.

    Attributes:
        kind: What it is; it decides what its clauses look like.
        actor: What moves, ends or stays.
        base: Base form of its verb.
        tags: What the verb says.
        object: Its direct object, words instead of a thing where only a part is meant.
        tail: What follows verb and object.
        manner: An adverb of speed.
        said: The statement that a negation would deny.
        action: Its action.
        agent: Who handles the actor: a thing, or words.
        goal: What the actor moves to.
        source: What the actor stood on.
        subject: Words for its subject, where these are not the actor's own.
        plural: Agreement with `subject`.
        way: Name of the way that was drawn.
    """

    kind: Kind
    actor: Thing
    base: str
    tags: tuple[Tag, ...] = ()
    object: Thing | None = None
    part: Items = field(default_factory=list)
    tail: Items = field(default_factory=list)
    manner: Items = field(default_factory=list)
    said: Said | None = None
    action: Said | None = None
    agent: Thing | str = ""
    goal: Thing | None = None
    source: Thing | None = None
    subject: Items = field(default_factory=list)
    plural: bool = False
    way: str = ""

    @property
    def part_is_one(self) -> bool:
        """Whether only one individual of its object is meant."""
        return self.said is not None and self.said.part.lstrip("<>=") == "1"
