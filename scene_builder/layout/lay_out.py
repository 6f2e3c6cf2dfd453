"""Things, relations and cues become poses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from scene_builder.layout.cues import Cue
from scene_builder.layout.forest import Parent, parents_of
from scene_builder.layout.items import Item
from scene_builder.layout.solving.arrangement import Arrangement, Room
from scene_builder.layout.solving.choosing import NoPlaceError
from scene_builder.layout.solving.search import arrange_rand
from scene_builder.layout.ties import Tie
from scene_builder.model.errors import LayoutError
from scene_builder.model.pose import Pose

ATTEMPTS = 30
"""Arrangements begun from nothing before giving up."""

FAITHFUL = 5
"""How many of them try to leave things where they stood before."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Problem:
    """What has to be laid out.

    Attributes:
        items: By body id.
        ties: All relations.
        cues: What the actions need.
        room: What closes the space.
        company: Pairs of ids that belong on one support where the relations leave it open.
        kept: `world_from_item` of what stood in an earlier arrangement, and stays if it can.
    """

    items: Mapping[str, Item]
    ties: Sequence[Tie]
    cues: Sequence[Cue]
    room: Room
    company: Sequence[tuple[str, str]] = ()
    kept: Mapping[str, Pose] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Layout:
    """Where everything stands.

    Attributes:
        poses: `world_from_item` by body id.
        parents: What carries each of them.
        units: Ids that are placed as one.
        state: The arrangement as the search left it.
    """

    poses: Mapping[str, Pose]
    parents: Mapping[str, Parent]
    units: tuple[tuple[str, ...], ...]
    state: Arrangement


def lay_out_rand(rng: np.random.Generator, problem: Problem) -> Layout:
    """Find a collision-free arrangement at rest in which every relation holds.

    Method: constructive rejection sampling. Supports are filled from the ground up; each thing
    tries places that its relations and cues suggest, and the best free one is taken; if one
    finds none, the whole arrangement is begun anew.

    Raises:
        RelationError: If relations contradict each other.
        LayoutError: If something finds no place.
    """
    parents = parents_of(problem.items, problem.ties, problem.company)
    carriers = {name: _carriers(name, parents) for name in problem.items}
    failure: NoPlaceError | None = None
    for attempt in range(ATTEMPTS):
        state = Arrangement(
            items=problem.items, carriers=carriers, ties=problem.ties, room=problem.room,
            kept=problem.kept if attempt < FAITHFUL else {},
        )  # fmt: skip
        try:
            units = arrange_rand(rng, state, parents, problem.cues, looseness=attempt / ATTEMPTS)
        except NoPlaceError as error:
            failure = error
            continue
        return Layout(poses=state.poses, parents=parents, units=units, state=state)
    raise LayoutError(
        f"{failure}: ask for fewer or smaller things, or drop a relation"
    ) from failure


def _carriers(name: str, parents: Mapping[str, Parent]) -> frozenset[str]:
    chain: list[str] = []
    current = name
    while current in parents:
        current = parents[current].id
        chain.append(current)
    return frozenset(chain)
