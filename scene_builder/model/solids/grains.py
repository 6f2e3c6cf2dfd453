"""Which bodies are grains: many small round things of one kind, as marbles and rice are."""

from collections.abc import Iterable

from scene_builder.model.stage import Body

MANY = 30
"""From so many individuals on, things of one kind are grains and not persons of the play."""

ROUND_SHARE = 0.5
"""At least this share of them is round: a wall of a hundred bricks is no heap."""


def grains_of(bodies: Iterable[Body]) -> frozenset[str]:
    """Return the ids of all grains among some bodies.

    Args:
        bodies: All bodies of a stage.
    """
    kinds: dict[str, list[Body]] = {}
    for body in bodies:
        if body.mobility == "dynamic" and body.entity is not None and body.piece_of is None:
            kinds.setdefault(body.entity, []).append(body)
    return frozenset(
        body.id
        for group in kinds.values()
        if len(group) >= MANY and sum(map(_is_round, group)) >= ROUND_SHARE * len(group)
        for body in group
    )


def _is_round(body: Body) -> bool:
    return body.collider.shape in ("sphere", "capsule")
