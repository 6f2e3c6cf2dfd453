"""Where the walk over a sentence stands, and the two things that every step may say."""

from dataclasses import dataclass, field
from typing import Any

from scene_builder.knowledge.words.verbs import Sense
from scene_builder.language.phrases.draft import Draft, Mention
from scene_builder.language.phrases.items import Item


@dataclass(slots=True)
class Walk:
    """Where the walk stands.

    Attributes:
        draft: What was found so far.
        subject: Whom the clause is about.
        theme: Whom the verb moves.
        verb: The verb of the clause.
        object_of: A verb that still waits for its object.
        preposition: One that still waits for its noun phrase.
        last: The last mention.
        filled: Whether the verb has an object or a place already.
        passive: Whether the verb is in the passive.
        acts: The actions that adverbs speak of.
        fronted: A place named before anybody who is there.
        saved: The subject outside of a relative clause.
        negated: Whether "not" or "without" stands before what comes.
        order: Index of the outcome that the next one comes after.
        before_this: The item before.
        was: Whether a form of "be" stands before.
        joined: Whether "and" or a comma stands before.
        named: All mentions so far.
        speed: An adverb that waits for its verb; likewise `direction`.
        subjects: Refs of all subjects so far.
    """

    draft: Draft = field(default_factory=Draft)
    subject: list[Mention] = field(default_factory=list)
    theme: list[Mention] = field(default_factory=list)
    verb: Sense | None = None
    object_of: Sense | None = None
    preposition: str = ""
    last: list[Mention] = field(default_factory=list)
    filled: bool = False
    passive: bool = False
    acts: list[dict[str, Any]] = field(default_factory=list)
    fronted: tuple[str, Mention] | None = None
    saved: list[Mention] | None = None
    negated: bool = False
    order: int | None = None
    before_this: Item | None = None
    was: bool = False
    joined: bool = False
    named: list[Mention] = field(default_factory=list)
    speed: str = ""
    direction: str = ""
    subjects: set[str] = field(default_factory=set)


def act(walk: Walk, sense: Sense) -> None:
    """Note the action that a verb says of whom it moves."""
    if walk.negated or sense.verb is None:
        return
    fields = {}
    if sense.direction or walk.direction:
        fields["direction"] = sense.direction or walk.direction
    if walk.speed:
        fields["speed"] = walk.speed
    walk.speed = walk.direction = ""
    walk.acts = [walk.draft.act(mention, sense.verb, **fields) for mention in walk.theme]
    if sense.outcome:
        for mention in walk.theme:
            end(walk, mention, sense.outcome)


def end(walk: Walk, subject: Mention, predicate: str, target: Mention | None = None) -> None:
    """Note an outcome, negated and ordered as the words before it say."""
    fields: dict[str, Any] = {}
    if walk.negated:
        fields["negated"] = True
    if walk.order is not None and walk.order < len(walk.draft.outcomes):
        fields["after"] = walk.order
    walk.order = None
    if subject.ref != "ground":
        walk.draft.end(subject, predicate, target, **fields)
