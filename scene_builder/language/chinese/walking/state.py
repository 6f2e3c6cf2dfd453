"""Where the walk over a Chinese sentence stands."""

from dataclasses import dataclass, field
from typing import Any

from scene_builder.knowledge.words.chinese.verbs import Root
from scene_builder.language.chinese.phrases.item import Item
from scene_builder.language.chinese.walking.draft import Mention
from scene_builder.language.chinese.walking.scribe import Scribe, Where
from scene_builder.language.phrases.wordings import Facts
from scene_builder.model.words import OutcomePredicate, Predicate


@dataclass(slots=True)
class Spot:
    """A place that something is at, comes from, or goes to.

    Attributes:
        things: What the place is seen from; empty in the air or out of the picture.
        predicate: Where, seen from there; None where only the thing is named.
        where: The words that say it.
        named: Whether a noun phrase names it; `左边` alone does not.
        edge: Whether it is the edge of what carries things.
    """

    things: list[Mention]
    predicate: Predicate | None
    where: Where
    named: bool = True
    edge: bool = False


@dataclass(slots=True)
class Clause:
    """One clause.

    Attributes:
        subject: Whom it is about, if it says so.
        moved: What `把` puts before the verb.
        agents: Who does it, in the passive; None while it is active.
        tools: What `用` puts before the verb.
        spots: (`source`, `at`, `along`, `toward`, place) said before the verb.
        fronted: A place named first (`桌上放着…`).
        preposition: One that still waits for its noun phrase.
        verb: The last verb.
        themes: Whom it moves.
        acts: The actions that it says.
        want: What a noun phrase after the verb would be.
        negated: Whether `没有` stands before what comes.
        nearly: Whether `差一点` does.
        adverbs: Speed, direction and height that wait for a verb, with their words.
        all_of: Whether `都` stands before the verb.
        joined: Whether `和` stands before what comes.
    """

    subject: list[Mention] = field(default_factory=list)
    moved: list[Mention] = field(default_factory=list)
    agents: list[Mention] | None = None
    tools: list[Mention] = field(default_factory=list)
    spots: list[tuple[str, Spot]] = field(default_factory=list)
    fronted: Spot | None = None
    preposition: str = ""
    verb: Item | None = None
    themes: list[Mention] = field(default_factory=list)
    acts: list[dict[str, Any]] = field(default_factory=list)
    want: str = ""
    negated: bool = False
    nearly: bool = False
    adverbs: dict[str, tuple[Any, Where]] = field(default_factory=dict)
    all_of: bool = False
    joined: bool = False
    camera: bool = False

    @property
    def root(self) -> Root | None:
        """What its last verb says."""
        return self.verb.root if self.verb else None


@dataclass(slots=True)
class Walk:
    """The whole walk.

    Attributes:
        scribe: What was found so far.
        facts: Facts with closed wordings; camera cues are added to them.
        clause: The clause at hand.
        topic: Whom a clause without a subject is about.
        named: All mentions so far, in order.
        order: Index of the outcome that the next one comes after.
        cue: What waits for the next camera cue.
        grounds: From what the last place was seen that came first in its clause, and how.
        acted: Refs of all that clauses were about.
    """

    scribe: Scribe
    facts: Facts
    clause: Clause = field(default_factory=Clause)
    topic: list[Mention] = field(default_factory=list)
    named: list[Mention] = field(default_factory=list)
    order: int | None = None
    cue: dict[str, Any] = field(default_factory=dict)
    grounds: tuple[list[Mention], str] = field(default_factory=lambda: ([], ""))
    acted: set[str] = field(default_factory=set)

    @property
    def subjects(self) -> list[Mention]:
        """Whom the clause is about, said or carried over."""
        return self.clause.subject or self.topic


def end(
    walk: Walk, subject: Mention, predicate: OutcomePredicate, target: Mention | None, where: Where
) -> None:
    """Note an outcome, negated and ordered as the words before it say."""
    fields: dict[str, Any] = {}
    if walk.clause.negated:
        fields["negated"] = True
    if walk.order is not None and walk.order < len(walk.scribe.draft.outcomes):
        fields["after"] = walk.order
    walk.order = None
    if walk.clause.nearly:
        fields["negated"] = predicate != "touches"
        predicate = "avoids" if predicate == "touches" else predicate
    if subject.solid:
        walk.scribe.end(subject, predicate, target, where, **fields)


def act(walk: Walk, themes: list[Mention], verb: Item) -> list[dict[str, Any]]:
    """Note the action that a verb says of `themes`, with the adverbs that wait for it."""
    clause, root = walk.clause, verb.root
    if root is None or root.verb is None or clause.negated or clause.nearly:
        return []
    where = (verb.start, verb.end)
    acts = [
        walk.scribe.act(Mention(theme.ref), root.verb, where)
        for theme in themes if theme.solid and theme.count is None
    ]  # fmt: skip
    for action in acts:
        for name, (value, words) in clause.adverbs.items():
            walk.scribe.note(action, name, value, words)
    clause.adverbs.clear()
    return acts
