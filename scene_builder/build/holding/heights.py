"""How low something is from which a thing falls: the fall and the floor share a picture."""

from scene_builder.build.holding.sizes import noun_of
from scene_builder.model.graph import SceneGraph

LOW_TABLES = {"table": "coffee table"}
"""What stands in for a table from which something falls onto others."""

LOW_TABLE_M = 0.75
"""Length of such a table [m]: beside a longer one, what it falls on would be small."""

SHELVES = frozenset({"shelf", "shelves"})
"""Words that say nothing of a shelf's height; a bookcase is as high as a person."""

LOW_SHELF, LOWEST_SHELF = "three-boarded shelf", "two-boarded shelf"
"""What stands in for a shelf from which something falls, and for one within reach of what stands
on the floor and strikes that down."""


STRUCK = frozenset({"touches", "knocks_over"})
"""Outcomes in which one thing strikes another."""


def lower_form(
    graph: SceneGraph, actor: str, leaves: str | None, *, onto: bool
) -> tuple[str, float | None] | None:
    """Return a noun, and a size [m] or None for its usual one, of what a thing falls off.

    Args:
        graph: The scene.
        actor: What falls.
        leaves: What it falls off, or None.
        onto: Whether it has to meet something else.

    Returns:
        None where nothing falls off anything, or that has no lower form.
    """
    entity = graph.entity(leaves) if leaves else None
    noun = noun_of(entity)
    if entity is None or noun is None:
        return None
    if noun.name in LOW_TABLES and onto:
        return LOW_TABLES[noun.name], LOW_TABLE_M
    words = entity.noun.split()
    if words[-1] in SHELVES and len(words) == 1:
        return (LOWEST_SHELF if _is_struck(graph, actor) else LOW_SHELF), None
    return None


def _is_struck(graph: SceneGraph, actor: str) -> bool:
    """Whether something else has to touch a thing, or to knock it over."""
    return any(
        one.predicate in STRUCK
        and not one.negated
        and actor in graph.body_ids(one.object or "")
        and actor not in graph.body_ids(one.subject)
        for one in graph.outcomes
    )
