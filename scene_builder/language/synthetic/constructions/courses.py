"""Constructions that say a course of two or three events."""

import numpy as np

from scene_builder.language.synthetic.constructions.happenings import hitting_rand
from scene_builder.language.synthetic.constructions.joining import (
    consequence_rand,
    joined_rand,
    parts_joined_rand,
)
from scene_builder.language.synthetic.drawing.events import handled_rand, motion_rand
from scene_builder.language.synthetic.drawing.results import (
    contact_rand,
    denied_rand,
    ending_rand,
    missing_rand,
    result_rand,
    some_fall_rand,
    staying_rand,
)
from scene_builder.language.synthetic.drawing.things import grouped_rand, thing_rand
from scene_builder.language.synthetic.drawing.ties import tie_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.event import Event
from scene_builder.language.synthetic.script.world import (
    Items,
    Np,
    Tag,
    Verb,
    Word,
    World,
)
from scene_builder.language.synthetic.wording.clauses import (
    can_be_passive,
    clause_rand,
    predicate_rand,
    subject_of,
)

_AIMED = frozenset({"toward", "floor_toward", "down_toward", "past"})
_STAYING = frozenset({"across", "on"})
_TRAVELS = frozenset({"roll", "slide", "fall", "drop", "bounce", "fly", "walk", "run", "swing"})


def two_events_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball rolls off a table and hits a cup", joined in any way."""
    event = _first_rand(rng, world)
    items = clause_rand(rng, event, passive=event.kind == "handled")
    second = result_rand(rng, world, event)
    return [*items, *joined_rand(rng, event, second), *_further_rand(rng, world, second)]


def gerund_chain_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball rolling off a table and hitting a cup"."""
    event = motion_rand(rng, world, verbs=_TRAVELS)
    items: Items = [Np(event.actor), *predicate_rand(rng, event, "gerund")]
    second = result_rand(rng, world, event)
    return [*items, *joined_rand(rng, event, second, "gerund")]


def wished_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "make a ball roll off a table and hit a cup"."""
    event = motion_rand(rng, world, verbs=_TRAVELS)
    start = pick_rand(rng, ("make", "let", "watch", "have", "see", "I want to see", "help"))
    second = result_rand(rng, world, event)
    items: Items = [Word(start), Np(event.actor), *predicate_rand(rng, event, "base")]
    return [*items, *joined_rand(rng, event, second, "base")]


def relative_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball that rolls off a table hits a cup"."""
    event = _first_rand(rng, world)
    draw = rng.random()
    who = pick_rand(rng, ("that", "that", "which"))
    if event.kind == "handled":
        mode = "finite" if draw < 0.4 else "participle"  # noqa: PLR2004
        relative = predicate_rand(rng, event, mode, passive=True)
        link: Items = [Word(who)] if mode == "finite" else []
    elif draw < 0.5:  # noqa: PLR2004
        relative, link = predicate_rand(rng, event, "gerund"), []
    else:
        relative, link = predicate_rand(rng, event), [Word(who)]
    commas = who == "which" and bool(link)
    second = result_rand(rng, world, event)
    subject: Items = [Np(event.actor, "subject"), *([Word(",")] if commas else []), *link]
    main = predicate_rand(rng, second)
    items = [*subject, *relative, *([Word(",")] if commas else []), *main]
    return items + _further_rand(rng, world, second)


def passive_by_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a cup is knocked over by a ball that rolls off a table"."""
    event = _first_rand(rng, world)
    kept = world.kept()
    while True:
        second = contact_rand(rng, world, event.actor, event.goal, topple=chance_rand(rng, 0.6))
        if can_be_passive(second):
            break
        world.restore(kept)
    relative = (
        predicate_rand(rng, event, "participle")
        if event.kind == "handled"
        else [Word(pick_rand(rng, ("that", "which"))), *predicate_rand(rng, event)]
        if chance_rand(rng, 0.5)
        else predicate_rand(rng, event, "gerund")
    )
    return [*clause_rand(rng, second, passive=True), *relative]


def standing_relative_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a cup, which stands on a table, is hit by a ball"."""
    tie = tie_rand(rng, world, predicate=pick_rand(rng, ("on", "on", "beside", "near", "behind")))
    thing = tie.subject
    wording = "next to" if tie.predicate == "beside" else tie.predicate
    place: Items = [Word(wording, (tie.tag,)), Np(tie.objects[0])]
    actor = thing_rand(rng, world, "roller")
    event = contact_rand(rng, world, actor, thing, topple=chance_rand(rng, 0.5), whole=True)
    verb = pick_rand(rng, ("stand", "sit", "be"))
    who = pick_rand(rng, ("which", "which", "that"))
    comma: Items = [Word(",")] if who == "which" else []
    stands = Verb(verb, "is" if verb == "be" else "finite", subject=thing)
    if verb != "be":
        stands.tags = (Tag("verb", world.say("action", thing, "stay"), "verb", "stay"),)
    relative: Items = [*comma, Word(who), stands, *place, *comma]
    if can_be_passive(event) and chance_rand(rng, 0.6):
        subject: Items = [Np(thing, "subject"), *relative]
        return [*subject, *predicate_rand(rng, event, passive=True)]
    items = clause_rand(rng, event)
    at = next(
        (k for k, item in enumerate(items) if isinstance(item, Np) and item.thing is thing), 0
    )
    return [*items[: at + 1], *relative, *items[at + 1 :]]


def denied_course_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball rolls past a vase without touching it", "rolls toward it but misses"."""
    draw = rng.random()
    if draw < 0.3:  # noqa: PLR2004
        event = motion_rand(rng, world, verbs=frozenset({"roll", "slide", "fly"}), ways=_AIMED)
        assert event.action is not None
        if event.goal is None:
            named = [item.thing for item in event.tail if isinstance(item, Np)]
            event.goal = named[-1]
        second = missing_rand(rng, world, event.actor, event.goal)
        join = pick_rand(rng, ("but", ", but", "and", "yet", ", but it"))
        if join == ", but it":
            return [*clause_rand(rng, event), Word(", but"), *clause_rand(rng, second)]
        return [*clause_rand(rng, event), Word(join), *predicate_rand(rng, second)]
    if draw < 0.5:  # noqa: PLR2004
        event = motion_rand(rng, world, verbs=frozenset({"roll", "slide", "bounce", "spin"}),
                            ways=_STAYING)  # fmt: skip
        if event.source is not None:
            second = staying_rand(rng, world, event.actor, event.source)
            join = pick_rand(rng, ("but", "and", ", but"))
            return [*clause_rand(rng, event), Word(join), *predicate_rand(rng, second)]
    event = motion_rand(rng, world, verbs=_TRAVELS)
    passive = event.kind == "handled"
    return [*clause_rand(rng, event, passive=passive),
            *joined_rand(rng, event, denied_rand(rng, world, event))]  # fmt: skip


def hit_and_fall_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball rolls into five pins and three of them fall over"."""
    many = (
        grouped_rand(rng, world, "toppler", pick_rand(rng, ("in_row", "stacked")))
        if chance_rand(rng, 0.3)
        else thing_rand(rng, world, "toppler", many=True)
    )
    event = hitting_rand(rng, world, many)
    items = clause_rand(rng, event)
    if chance_rand(rng, 0.7):
        return [*items, *parts_joined_rand(rng, some_fall_rand(rng, world, many))]
    second = contact_rand(rng, world, event.actor, many, topple=True)
    return [*items, *joined_rand(rng, event, second)]


def chain_reaction_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball hits a car, which rolls off the table"."""
    event = _first_rand(rng, world)
    contact = contact_rand(rng, world, event.actor, event.goal, topple=False, whole=True)
    assert contact.object is not None
    start = clause_rand(rng, event, passive=event.kind == "handled")
    items = [*start, *joined_rand(rng, event, contact)]
    if chance_rand(rng, 0.25):
        still = ending_rand(rng, world, contact.object, pick_rand(rng, ("moves", "moves", "falls")))
        assert still.said is not None
        still.said.negated = chance_rand(rng, 0.8)
        join = pick_rand(rng, (", but", "but", ". But", "; yet") if still.said.negated
                         else (", and", "so", ".", "and"))  # fmt: skip
        return [*items, Word(join), *clause_rand(rng, still)]
    return [*items, *consequence_rand(rng, world, contact.object)]


def knocked_off_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball knocks a cup off a table (into a basket)"."""
    actor = thing_rand(rng, world, "roller")
    thing, support = thing_rand(rng, world, "small"), thing_rand(rng, world, "support")
    tie = world.say("relation", thing, "on", support)
    hit = world.say("outcome", actor, "touches", thing)
    fall = world.say("outcome", thing, "falls_off", support)
    verb = pick_rand(rng, ("knock", "knock", "bump", "sweep", "bat", "nudge", "knock"))
    off = (Tag("outcome", fall, "predicate", "falls_off"), Tag("relation", tie, "predicate", "on"))
    tail: Items = [Word(pick_rand(rng, ("off", "off", "off of", "from")), off), Np(support)]
    if chance_rand(rng, 0.2):
        inside = chance_rand(rng, 0.5)
        place = thing_rand(rng, world, "container" if inside else "broad")
        land = world.say("outcome", thing, "lands_in" if inside else "lands_on", place)
        word = "into" if inside else "onto"
        tail += [Word(word, (Tag("outcome", land, "predicate", land.word),)), Np(place)]
    tags = (Tag("outcome", hit, "predicate", "touches"),)
    event = Event("contact", actor, verb, tags, object=thing, tail=tail, said=hit)
    if chance_rand(rng, 0.3):
        return clause_rand_passive(rng, event)
    return clause_rand(rng, event)


def clause_rand_passive(rng: np.random.Generator, event: Event) -> Items:
    """Say a contact in the passive, with what was acted on first."""
    assert event.object is not None
    be = Verb("be", "passive", subject=event.object)
    verb = Verb(event.base, "participle", tags=event.tags)
    by: Items = [Word("by"), Np(event.actor)]
    if chance_rand(rng, 0.5):
        return [Np(event.object, "subject"), be, verb, *event.tail, *by]
    return [Np(event.object, "subject"), be, verb, *by, *event.tail]


def _first_rand(rng: np.random.Generator, world: World) -> Event:
    if chance_rand(rng, 0.18):
        return handled_rand(rng, world)
    return motion_rand(rng, world, verbs=_TRAVELS)


def _further_rand(rng: np.random.Generator, world: World, event: Event) -> Items:
    draw = rng.random()
    if event.kind == "contact" and event.object is not None and draw < 0.1:  # noqa: PLR2004
        return consequence_rand(rng, world, event.object)
    if draw < 0.2 and event.actor is not event.object and event.kind != "end":  # noqa: PLR2004
        second = ending_rand(rng, world, event.actor, pick_rand(rng, ("comes_to_rest", "bounces",
                                                                      "leaves_frame")))  # fmt: skip
        return joined_rand(rng, event, second)
    return []


def when_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "when a ball hits five pins, three of them fall", "as a ball rolls down, it hits …"."""
    event = _first_rand(rng, world)
    word = pick_rand(rng, ("when", "when", "as", "after", "as soon as", "once"))
    items = [Word(word), *clause_rand(rng, event, passive=event.kind == "handled"), Word(",")]
    second = result_rand(rng, world, event)
    return [*items, *clause_rand(rng, second)]


def participle_first_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "rolling off a table, a ball hits a cup", "thrown by a boy, a ball …"."""
    event = _first_rand(rng, world)
    form = "participle" if event.kind == "handled" else "gerund"
    second = result_rand(rng, world, event)
    start = predicate_rand(rng, event, form)
    if second.kind == "contact" and second.object is event.goal and second.object is not None:
        for item in start:
            if isinstance(item, Np):
                item.how = "full"
    return [*start, Word(","), *subject_of(second), *predicate_rand(rng, second)]
