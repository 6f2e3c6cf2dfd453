"""Who may break, and what breaks it: a blow, or by itself."""

from collections.abc import Mapping, Sequence

from scene_builder.build.staging.deeds import Deed
from scene_builder.model.graph import SceneGraph

FALLING = frozenset({"drop", "fall", "throw", "launch"})
"""What these verbs move may meet something hard."""

HITTING = frozenset({"throw", "kick", "drop", "fall", "launch"})
"""What these verbs send at something may break it."""

WHOLE = frozenset({"bounces", "stays_on", "lands_in"})
"""Who does this, or to whom this is done, has to be whole afterwards."""

LEAST_PIECES = 3


def exploding(deeds: Sequence[Deed]) -> frozenset[str]:
    """Return the bodies that the words break."""
    return frozenset(deed.actor for deed in deeds if deed.verb == "explode")


def shattering(deeds: Sequence[Deed]) -> frozenset[str]:
    """Return those of them that a blow breaks: they fall, or something is sent at them."""
    fallen = {deed.actor for deed in deeds if _falls(deed)}
    hit = {one for deed in deeds if deed.verb != "explode" for one in deed.targets}
    hit |= {deed.landing for deed in deeds if deed.verb in HITTING and deed.landing is not None}
    hit |= {one for deed in deeds if deed.verb == "explode" for one in deed.targets}
    met = {deed.actor for deed in deeds if deed.verb != "explode" and deed.targets}
    return exploding(deeds) & (fallen | hit | met)


def endangered(deeds: Sequence[Deed], graph: SceneGraph) -> frozenset[str]:
    """Return the bodies that may be struck hard, and that no word wants whole."""
    found: set[str] = set()
    for deed in deeds:
        if _falls(deed):
            found.add(deed.actor)
        if deed.verb in HITTING:
            found |= {*deed.targets, *([deed.landing] if deed.landing else [])}
    return frozenset(found - _whole(graph))


def _falls(deed: Deed) -> bool:
    return deed.verb in FALLING or deed.leaves is not None


def _whole(graph: SceneGraph) -> set[str]:
    """Return who bounces, stays on, knocks over or is knocked over, holds or lies in something."""
    found: set[str] = set()
    for outcome in graph.outcomes:
        if outcome.predicate in WHOLE or outcome.predicate == "knocks_over":
            found |= set(graph.body_ids(outcome.subject))
            found |= set(graph.body_ids(outcome.object)) if outcome.object else set()
    return found


def share_of(counts: Mapping[str, int], most: int) -> Mapping[str, int]:
    """Return how many pieces each body gets so that all together there are at most `most`."""
    total = sum(counts.values())
    if total <= most:
        return counts
    return {name: max(LEAST_PIECES, count * most // total) for name, count in counts.items()}
