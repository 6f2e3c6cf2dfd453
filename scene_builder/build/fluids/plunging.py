"""What falls into the water of a place: the words let it land in the ground."""

from collections.abc import Sequence

from scene_builder.build.staging.deeds import Deed
from scene_builder.model.graph import SceneGraph, canonical_id
from scene_builder.model.stage import GROUND_ID

PLUNGING = frozenset({"drop", "fall", "throw", "launch", "bounce", "kick"})
"""What these verbs move comes down from the air."""


def plunging_of(graph: SceneGraph, deeds: Sequence[Deed]) -> set[str]:
    """Return what the words let fall into the water of the place: it lands in the ground."""
    said = {
        name
        for outcome in graph.outcomes
        if outcome.predicate == "lands_in" and not outcome.negated
        and outcome.object is not None and canonical_id(outcome.object) == GROUND_ID
        for name in graph.body_ids(outcome.subject)
    }  # fmt: skip
    return said & {deed.actor for deed in deeds if deed.verb in PLUNGING and deed.leaves is None}
