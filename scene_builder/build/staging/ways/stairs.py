"""Down the stairs: what moves on a flight of stairs starts at its top and leaves it at its foot."""

from scene_builder.build.members import Member
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.graph import Action, SceneGraph

FLIGHTS = frozenset({"staircase"})
"""Kinds of things that are flights of stairs."""

TUMBLING = frozenset({
    "roll", "slide", "push", "kick", "throw", "drop", "fall", "bounce", "launch",
})  # fmt: skip
"""Verbs with which a thing that is on stairs goes down them, unless the words say up."""


def descends(graph: SceneGraph, actor: str, support: str | None, action: Action | None) -> bool:
    """Return whether an action takes a body down the flight of stairs on which it is.

    Args:
        graph: What the words say.
        actor: Body id.
        support: What the words put it on.
        action: What it does.
    """
    entity = graph.entity(support or "")
    match = None if entity is None else resolve_noun(entity.noun)
    if action is None or match is None or match.noun.name not in FLIGHTS:
        return False
    stays = any(
        one.predicate == "stays_on" and not one.negated and actor in graph.body_ids(one.subject)
        for one in graph.outcomes
    )
    return action.verb in TUMBLING and action.direction != "up" and not stays


def is_flight(member: Member) -> bool:
    """Return whether a thing is a flight of stairs: several treads, each lower than the last."""
    entity = member.entity
    match = None if entity is None else resolve_noun(entity.noun)
    return match is not None and match.noun.name in FLIGHTS and len(member.item.areas) > 1
