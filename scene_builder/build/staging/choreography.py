"""Where actors start, so that the shot's event comes soon and large into the picture."""

from collections.abc import Mapping, Sequence

import numpy as np

from scene_builder.build.holding.cords import ROPES
from scene_builder.build.holding.mounting import mounted_of
from scene_builder.build.holding.sizes import noun_of
from scene_builder.build.members import Member
from scene_builder.build.staging.deeds import Deed, supports_said
from scene_builder.build.staging.going.starting import LIFTED_M, level_cue
from scene_builder.build.staging.speeds import THROW_WAY_M, drop_height, throw_speed
from scene_builder.build.staging.wishes import CEILING_M
from scene_builder.layout.cues import Cue
from scene_builder.layout.items import Item
from scene_builder.model.graph import SceneGraph
from scene_builder.model.words import GRAVITY_WORDS

LEVEL_VERBS = frozenset({"roll", "slide", "push", "pull", "kick", "walk", "run", "launch", "fly"})
FALL_VERBS = frozenset({"drop", "fall", "bounce"})

SWING_GAP_SHARE = 0.06
"""At its lowest point a pendulum stops this share of its breadth short of its target."""

HELD = frozenset({"attached_to", "hanging_from", "stacked", "under", "against"})
"""What is said so of a thing carries or holds it."""

ABOVE_SIZES, ABOVE_M = 0.8, (0.25, 0.6)
"""What hangs above something leaves so many of its heights free, within these bounds [m]."""

HOVER_SIZES, HOVER_M = 2.5, (0.25, 1.2)
"""What floats does so at a height of so many of its sizes, within these bounds [m]."""


def cues_of(
    graph: SceneGraph, deeds: Sequence[Deed], members: Mapping[str, Member]
) -> tuple[Cue, ...]:
    """Return what each deed needs of the arrangement; one cue for each actor.

    Args:
        graph: What the words say.
        deeds: All deeds.
        members: All individuals.
    """
    cues: dict[str, Cue] = {}
    for deed in deeds:
        if deed.actor in cues or deed.actor not in members:
            continue
        cue = _cue(graph, deed, members)
        if cue is not None:
            cues[deed.actor] = cue
    for cue in (*_hangings(graph, members), *_hoverings(graph, members)):
        cues.setdefault(cue.actor, cue)
    return tuple(cues.values())


def _cue(graph: SceneGraph, deed: Deed, members: Mapping[str, Member]) -> Cue | None:
    if deed.verb == "swing" or deed.actor in _hung(graph):
        return _swing(graph, deed, members)
    if deed.verb == "throw":
        return _throw(deed, members)
    if deed.tips:
        return None
    if deed.verb in FALL_VERBS and deed.leaves is None:
        return _fall(graph, deed, members)
    if deed.verb in LEVEL_VERBS or deed.leaves is not None:
        return level_cue(graph, deed, members, gravity_of(graph))
    if deed.verb == "float":
        size = float(members[deed.actor].item.extents.max())
        height = float(np.clip(HOVER_SIZES * size, *HOVER_M))
        height = height if deed.height_m is None else deed.height_m
        return Cue(kind="lift", actor=deed.actor, height=height)
    return None


def gravity_of(graph: SceneGraph) -> float:
    """Return the downward acceleration [m/s²]."""
    said = graph.setting.gravity
    return GRAVITY_WORDS[said] if isinstance(said, str) else float(said)


def _throw(deed: Deed, members: Mapping[str, Member]) -> Cue:
    size = float(members[deed.actor].item.extents.max())
    targets = tuple(name for name in deed.targets if name in members)
    if not targets and deed.landing is not None and deed.landing in members:
        targets = (deed.landing,)
    height = 0.1 if deed.height_m is None else deed.height_m
    if not targets:
        height = LIFTED_M if deed.height_m is None else deed.height_m
        return Cue(kind="lift", actor=deed.actor, heading_deg=deed.heading_deg, height=height)
    way = max(THROW_WAY_M * min(throw_speed(deed.pace) / throw_speed(None), 1.4), 6 * size)
    return Cue(
        kind="air",
        actor=deed.actor,
        targets=targets,
        heading_deg=deed.heading_deg,
        distance=way,
        height=height,
    )


def _fall(graph: SceneGraph, deed: Deed, members: Mapping[str, Member]) -> Cue:
    size = float(members[deed.actor].item.extents.max())
    height = drop_height(size) if deed.height_m is None else deed.height_m
    below = deed.landing if deed.landing in members else None
    if below is None:
        below = _under(graph, deed, members)
    if below is None:
        return Cue(kind="lift", actor=deed.actor, height=height)
    return Cue(kind="above", actor=deed.actor, targets=(below,), height=height)


def _under(graph: SceneGraph, deed: Deed, members: Mapping[str, Member]) -> str | None:
    for relation in graph.relations:
        if relation.predicate == "above" and deed.actor in graph.body_ids(relation.subject):
            for ref in relation.object:
                for name in graph.body_ids(ref):
                    if name in members:
                        return name
    hit = [name for name in deed.targets if name in members]
    return hit[0] if hit else None


def _hung(graph: SceneGraph) -> dict[str, str]:
    """Return what each individual that can swing hangs from: not what is flat on the wall."""
    found: dict[str, str] = {}
    mounted = mounted_of(graph)
    for relation in graph.relations:
        if relation.predicate == "hanging_from" and relation.object:
            objects = [one for ref in relation.object for one in graph.body_ids(ref)]
            for k, subject in enumerate(graph.body_ids(relation.subject)):
                if subject not in mounted:
                    found[subject] = objects[min(k, len(objects) - 1)]
    return found


def is_rope(member: Member | None) -> bool:
    """Return whether a thing is there to hang others from."""
    noun = noun_of(member.entity) if member is not None else None
    return noun is not None and noun.name in ROPES


def _carriers(graph: SceneGraph, actor: str, members: Mapping[str, Member]) -> tuple[str, ...]:
    hung = _hung(graph)
    chain: list[str] = []
    current = hung.get(actor, "")
    while current in members and is_rope(members[current]) and current not in chain:
        chain.insert(0, current)
        current = hung.get(current, "")
    return tuple(chain)


def _swing(graph: SceneGraph, deed: Deed, members: Mapping[str, Member]) -> Cue:
    item = members[deed.actor].item
    carriers = _carriers(graph, deed.actor, members)
    return Cue(
        kind="swing",
        actor=deed.actor,
        targets=tuple(name for name in deed.targets if name in members),
        heading_deg=deed.heading_deg,
        distance=SWING_GAP_SHARE * item.breadth,
        height=deed.height_m
        if deed.height_m is not None
        else max(_high(item, carriers, members), 0.5 * item.height),
        carriers=carriers,
    )


def _hangings(graph: SceneGraph, members: Mapping[str, Member]) -> list[Cue]:
    """Return a cue for what hangs without a deed of its own."""
    hung = _hung(graph)
    used = {name for actor in hung for name in _carriers(graph, actor, members)}
    free = {n: _carriers(graph, n, members) for n in hung if n in members and n not in used}
    return [
        Cue(kind="swing", actor=n, height=_high(members[n].item, ropes, members), carriers=ropes)
        for n, ropes in free.items()
    ]


def _high(item: Item, carriers: Sequence[str], members: Mapping[str, Member]) -> float:
    """Return how high a thing hangs [m]: on what is short, under the ceiling."""
    long = sum(members[name].item.height for name in carriers)
    return max(0.9, CEILING_M - long - item.height) if carriers else 0.9


def _hoverings(graph: SceneGraph, members: Mapping[str, Member]) -> list[Cue]:
    """Return a cue for what is above something and carried by nothing: it hangs there."""
    carried = set(supports_said(graph))
    for relation in graph.relations:
        if relation.predicate in HELD:
            carried.update(graph.body_ids(relation.subject))
    found = []
    for relation in graph.relations:
        if relation.predicate != "above":
            continue
        for name in graph.body_ids(relation.subject):
            member = members.get(name)
            if member is None or name in carried:
                continue
            below = [members[one] for ref in relation.object for one in graph.body_ids(ref)
                     if one in members]  # fmt: skip
            gap = float(np.clip(ABOVE_SIZES * member.item.height, *ABOVE_M))
            tallest = max((one.item.height for one in below), default=LIFTED_M)
            found.append(Cue(kind="swing", actor=name, height=tallest + gap))
    return found


def company_of(
    graph: SceneGraph, deeds: Sequence[Deed], members: Mapping[str, Member]
) -> tuple[tuple[str, str], ...]:
    """Return pairs of ids that an event puts on one support."""
    pairs = []
    for deed in deeds:
        if deed.leaves is not None or deed.verb in ("swing", "throw"):
            continue
        others = [*deed.targets, deed.landing]
        pairs += [(deed.actor, name) for name in others if name in members]
    for names in (graph.body_ids(entity.id) for entity in graph.entities):
        pairs += [(names[0], other) for other in names[1:]]
    return tuple((a, b) for a, b in pairs if b is not None)
