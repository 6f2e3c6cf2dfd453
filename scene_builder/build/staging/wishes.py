"""What an event wants of things whose size the words leave open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scene_builder.assets.source import Variant
from scene_builder.build.holding.cords import ROPES, longest_of
from scene_builder.build.holding.heights import lower_form
from scene_builder.build.holding.landscape import landscape_sizes
from scene_builder.build.holding.mounting import wall_forms
from scene_builder.build.holding.sizes import LEANT, girth_of, heap_of, noun_of, usual_size
from scene_builder.build.holding.variants import variants_of
from scene_builder.build.staging.deeds import Deed, supports_said
from scene_builder.model.graph import Entity, SceneGraph

CEILING_M = 2.6
"""Height of a room [m]."""

HOLDING_SLACK = 1.45
"""A vessel is this much wider than the ring of what lies in it."""

HITTERS = {"ball": 0.22, "marble": 0.035}
"""Things that come in many sizes, and the largest one that still looks like one [m]."""

HIT_SHARE = 1.0
"""A ball of this share of its target's height tips it rather than pushing its foot away."""

TINY_M = 0.04
"""Usual size of what is tiny [m]."""

EDGE_SCALE = 1.3
"""What spins on its edge is seen from its narrow side: a coin is a large one."""

COMPANY_SIZES = 5.0
"""What is seen with something tiny is at most so many times its size, if it can be."""

TOPPLE_SIZES = 1.5
"""A street thing that something rolls into and knocks over is at most so many times its size: a
cone for ball games, not one for motorways."""

COMPARING = frozenset(
    {"left_of", "right_of", "in_front_of", "behind", "beside", "near", "between", "around"}
)

CHEST = "nightstand"
"""What a drawer is shown in, where nobody says."""

LEAST_ROPE_M = 0.3
"""What is as high as a room hangs by this much rope, lower or from higher up."""

TOY_RAMP_SIZES = 3.6
"""Length of a ramp for a toy, in sizes of the toy: not so steep a run that it flies away."""

MODEL_M = 1.0
"""A building that is smaller is a model."""

TOY_SCALE = 0.6
"""A street thing that a toy runs into is a toy too: this many times the toy's size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What suits an entity; only what the words leave open follows it.

    Attributes:
        noun: A more special noun to try first.
        size: Largest dimension [m].
        form: The form in which it is needed: a noun to try first, at the size that is said.
        partner_size_m: Breadth of what it has to carry or hold [m].
        reason: Half a sentence for the notes.
        variant: Another form than the usual one.
        relative: Whether the size stands in for size words, too.
    """

    noun: str | None = None
    form: str | None = None
    size: float | None = None
    partner_size_m: float | None = None
    variant: Variant | None = None
    reason: str = ""
    relative: bool = False


def wishes_of(graph: SceneGraph, deeds: Sequence[Deed]) -> Mapping[str, Wish]:
    """Return a wish for each entity that an event or a relation makes demands on."""
    wishes: dict[str, Wish] = {}
    _low_forms(graph, deeds, wishes)
    _vessels(graph, wishes)
    _toy_world(graph, deeds, wishes)
    _ropes(graph, deeds, wishes)
    _hitters(graph, deeds, wishes)
    _toppled(graph, deeds, wishes)
    _tiny_world(graph, deeds, wishes)
    _drawers(graph, deeds, wishes)
    _leant(graph, deeds, wishes)
    for name, size in landscape_sizes(graph).items():
        wishes[name] = Wish(size=size, relative=True, reason="it stands in a landscape")
    for name, form in wall_forms(graph).items():
        reason = "it hangs on the wall"
        wishes[name] = replace(wishes.get(name, Wish()), form=form, reason=reason)
    for name, variant in variants_of(graph).items():
        wishes[name] = replace(wishes.get(name, Wish()), variant=variant)
    return wishes


def _low_forms(graph: SceneGraph, deeds: Sequence[Deed], wishes: dict[str, Wish]) -> None:
    for deed in deeds:
        entity = graph.entity(deed.leaves or "")
        lower = lower_form(graph, deed.actor, deed.leaves, onto=bool(deed.targets))
        if entity is None or lower is None:
            continue
        reason = "what falls off it and where it lands fit into one picture"
        wishes[entity.id] = Wish(noun=lower[0], size=lower[1], reason=reason)


def _vessels(graph: SceneGraph, wishes: dict[str, Wish]) -> None:
    held, heaps = dict[str, list[float]](), dict[str, list[float]]()
    inside = {r.subject for r in graph.relations if r.predicate == "inside"}
    lands = [o for o in graph.outcomes if o.predicate == "lands_in" and o.object]
    said = graph.model_copy(
        update={"relations": tuple(r for r in graph.relations if r.predicate == "inside")}
    )
    for subject, carrier in supports_said(said).items():
        if subject in inside or subject.partition("#")[0] in inside:
            held.setdefault(carrier, []).append(girth_of(graph, subject, carrier))
            count = len(graph.body_ids(subject.partition("#")[0]))
            heaps.setdefault(carrier, []).append(heap_of(graph, subject, count))
    for outcome in lands:
        for one in graph.body_ids(outcome.object or ""):
            sizes = [usual_size(graph.entity(b)) for b in graph.body_ids(outcome.subject)]
            held.setdefault(one, []).extend(sizes)
    for name, sizes in held.items():
        entity = graph.entity(name)
        if entity is None:
            continue
        widest, count = max(sizes), len(sizes)
        needed = widest * (1 + 1 / np.sin(np.pi / count)) if count > 1 else widest
        needed = min(needed, *heaps.get(name, [np.inf]), np.inf)
        wish = Wish(partner_size_m=float(needed))
        noun = noun_of(entity)
        largest = noun.high_m if noun else np.inf
        if HOLDING_SLACK * needed > usual_size(entity):
            wish = replace(
                wish,
                size=float(min(HOLDING_SLACK * needed, max(largest, usual_size(entity)))),
                reason=f"it holds {count} of {widest:.2g} m",
            )
        wishes[entity.id] = wish


def _toy_world(graph: SceneGraph, deeds: Sequence[Deed], wishes: dict[str, Wish]) -> None:
    for deed in deeds:
        actor = noun_of(graph.entity(deed.actor))
        if actor is None or actor.category != "toy":
            continue
        ramp = graph.entity(supports_said(graph).get(deed.actor, ""))
        slope = noun_of(ramp)
        if ramp is not None and slope is not None and slope.name == "ramp":
            size = max(slope.low_m, TOY_RAMP_SIZES * usual_size(graph.entity(deed.actor)))
            if size < slope.size_m:
                wishes[ramp.id] = Wish(size=size, reason=f"it suits the size of the {deed.actor}")
        for name in () if deed.passes else deed.targets:
            entity = graph.entity(name)
            noun = noun_of(entity)
            if entity is None or noun is None or noun.category != "building":
                continue
            size = TOY_SCALE * usual_size(graph.entity(deed.actor))
            if size < usual_size(entity):
                wishes[entity.id] = Wish(size=size, reason=f"it suits the size of the {deed.actor}")


def _hitters(graph: SceneGraph, deeds: Sequence[Deed], wishes: dict[str, Wish]) -> None:
    """A ball that knocks things over meets them at a good part of their height."""
    for deed in deeds:
        entity = graph.entity(deed.actor)
        noun = noun_of(entity)
        if entity is None or noun is None or noun.name not in HITTERS or not deed.eager:
            continue
        if deed.verb == "swing" or entity.size is not None or not deed.targets:
            continue
        several = 1.6 if len(deed.targets) > 1 else 1.1
        tallest = max(usual_size(graph.entity(name)) for name in deed.targets)
        size = min(HITTERS[noun.name], max(noun.size_m, several * HIT_SHARE * tallest))
        if size > noun.size_m:
            wishes[entity.id] = Wish(size=size, reason="it has to knock something over")


def _toppled(graph: SceneGraph, deeds: Sequence[Deed], wishes: dict[str, Wish]) -> None:
    """A street thing that has to be knocked over is small enough for what does it."""
    for deed in deeds:
        own = usual_size(graph.entity(deed.actor))
        for name in deed.targets if deed.eager else ():
            entity = graph.entity(name)
            noun = noun_of(entity)
            if entity is None or noun is None or entity.size is not None:
                continue
            if noun.category == "building" and "topple" in noun.can and entity.id not in wishes:
                size = min(noun.size_m, max(noun.low_m, TOPPLE_SIZES * own))
                wishes[entity.id] = Wish(size=size, reason=f"the {deed.actor} can knock it over")


def _tiny_world(graph: SceneGraph, deeds: Sequence[Deed], wishes: dict[str, Wish]) -> None:
    """What is tiny, and does something, is not made tinier; what it is seen with is not large."""
    for deed in deeds:
        entity = graph.entity(deed.actor)
        noun = noun_of(entity)
        if entity is None or noun is None or noun.size_m > TINY_M:
            continue
        if isinstance(entity.size, int | float):
            continue
        scale = EDGE_SCALE if deed.verb == "spin" else 1.0
        own = max(scale * noun.size_m, usual_size(entity))
        if usual_size(entity) < own:
            reason = "among larger things a smaller one could hardly be seen"
            before = wishes.get(entity.id, Wish()).size or 0.0
            wishes[entity.id] = Wish(size=max(own, before), relative=True, reason=reason)
        for other in _seen_with(graph, deed):
            thing = noun_of(other)
            wish = wishes.get(other.id, Wish())
            if thing is None or thing.furniture or wish.size is not None:
                continue
            size = max(thing.low_m, COMPANY_SIZES * own)
            if other.size is None and size < thing.size_m:
                reason = f"it is seen together with a {entity.noun} of {own:.2g} m"
                wishes[other.id] = replace(wish, size=size, reason=reason)


def _seen_with(graph: SceneGraph, deed: Deed) -> list[Entity]:
    """Return what an actor meets, and what relations compare with it or with that."""
    ids = {name.partition("#")[0] for name in (deed.actor, deed.landing, *deed.targets) if name}
    for relation in graph.relations:
        refs = {ref.partition("#")[0] for ref in (relation.subject, *relation.object)}
        if relation.predicate in COMPARING and refs & ids:
            ids = ids | refs
    ids.discard(deed.actor.partition("#")[0])
    return [entity for entity in graph.entities if entity.id in ids]


def _ropes(graph: SceneGraph, deeds: Sequence[Deed], wishes: dict[str, Wish]) -> None:
    for relation in graph.relations:
        if relation.predicate != "hanging_from" or not relation.object:
            continue
        rope = graph.entity(relation.object[0])
        noun = noun_of(rope)
        if rope is None or noun is None or noun.name not in ROPES:
            continue
        own = usual_size(graph.entity(relation.subject))
        low = 0.9
        for deed in deeds:
            if deed.actor in graph.body_ids(relation.subject) and deed.targets:
                low = 0.6 * usual_size(graph.entity(deed.targets[0])) - own / 2
        length = max(CEILING_M - max(low, 0.02) - own, LEAST_ROPE_M)
        length = min(length, longest_of(rope))
        wishes[rope.id] = Wish(size=float(length), reason="it reaches up to the ceiling")


def _drawers(graph: SceneGraph, deeds: Sequence[Deed], wishes: dict[str, Wish]) -> None:
    """A drawer that opens is one of something in which it slides."""
    for deed in deeds:
        entity = graph.entity(deed.actor)
        noun = noun_of(entity)
        if entity is None or noun is None or noun.name != "drawer":
            continue
        if deed.verb in ("open", "close"):
            reason = "a drawer slides in something"
            wishes[entity.id] = replace(wishes.get(entity.id, Wish()), form=CHEST, reason=reason)


def _leant(graph: SceneGraph, deeds: Sequence[Deed], wishes: dict[str, Wish]) -> None:
    """What leans against something is folded, or is the one that is made for it."""
    acting = {deed.actor.partition("#")[0] for deed in deeds if deed.verb != "stay"}
    for relation in graph.relations:
        entity = graph.entity(relation.subject)
        noun = noun_of(entity)
        if entity is None or noun is None or relation.predicate not in ("against", "inside"):
            continue
        if noun.name in LEANT and entity.id not in acting:
            form = LEANT[noun.name]
            wish = wishes.get(entity.id, Wish())
            wishes[entity.id] = replace(wish, form=form, reason=wish.reason or "so it can lean")
            _model_ladder(graph, entity, relation.object, wishes)


def _model_ladder(
    graph: SceneGraph, entity: Entity, objects: Sequence[str], wishes: dict[str, Wish]
) -> None:
    """What leans against the model of a building is of its scale."""
    for ref in objects:
        noun, height = noun_of(graph.entity(ref)), usual_size(graph.entity(ref))
        if noun is None or noun.category != "building" or isinstance(entity.size, int | float):
            continue
        if height < MODEL_M and usual_size(entity) > 2 * height:
            size = (1.6 if entity.size is not None else 1.2) * height
            reason = f"it suits the size of the {noun.name}"
            wish = wishes[entity.id]
            wishes[entity.id] = replace(wish, size=size, relative=True, reason=reason)
