"""What comes of it: touching, toppling, landing, stopping, and what does not come of it."""

import numpy as np

from scene_builder.language.synthetic.drawing.things import thing_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.event import Event
from scene_builder.language.synthetic.script.world import Items, Np, Said, Tag, Thing, Word, World
from scene_builder.language.synthetic.tables import results as table
from scene_builder.language.synthetic.tables.numbers import subset_rand
from scene_builder.model.words import OutcomePredicate

_HIGH = frozenset({"off", "off_onto", "floor", "alone", "up", "sky", "height", "wall", "over",
                   "toward", "down", "from"})  # fmt: skip
_MOST_GROUP = 12
_ENDS: tuple[OutcomePredicate, ...] = (
    "comes_to_rest", "comes_to_rest", "falls", "bounces", "leaves_frame",
)  # fmt: skip


def result_rand(rng: np.random.Generator, world: World, event: Event) -> Event:
    """Draw what the actor of `event` does next."""
    options = ["contact"] * 4 + ["topple"] * 4 + ["end"]
    if event.way in _HIGH:
        options += ["land_on", "land_in"]
    if event.source is not None and event.way == "across":
        options += ["off"] * 3
    choice = pick_rand(rng, options)
    if choice == "land_on":
        return landing_rand(rng, world, event.actor, inside=False)
    if choice == "land_in":
        return landing_rand(rng, world, event.actor, inside=True)
    if choice == "end":
        return ending_rand(rng, world, event.actor)
    if choice == "off" and event.source is not None:
        return leaving_rand(rng, world, event.actor, event.source)
    known = event.goal if event.goal is not None and chance_rand(rng, 0.7) else None
    return contact_rand(rng, world, event.actor, known, topple=choice == "topple")


def denied_rand(rng: np.random.Generator, world: World, event: Event) -> Event:
    """Draw what the actor of `event` does not do: the words deny it."""
    actor = event.actor
    if event.source is not None and event.way in {"across", "alone", "on"}:
        made = leaving_rand(rng, world, actor, event.source)
    elif event.goal is not None and event.way in {"into", "floor_into", "down_into"}:
        made = contact_rand(rng, world, actor, event.goal, topple=True)
    elif chance_rand(rng, 0.6):
        made = contact_rand(rng, world, actor, event.goal, topple=chance_rand(rng, 0.35))
    else:
        made = ending_rand(rng, world, actor)
    assert made.said is not None
    made.said.negated = True
    made.said.part = ""
    made.part = []
    return made


def contact_rand(
    rng: np.random.Generator, world: World, actor: Thing, patient: Thing | None = None, *,
    topple: bool, whole: bool = False,
) -> Event:  # fmt: skip
    """Draw that a thing hits another, or (`topple`) knocks it over; `whole` allows no part."""
    if patient is None:
        patient = thing_rand(rng, world, "toppler" if topple else "target")
    base = pick_rand(rng, table.TOPPLING if topple else table.TOUCHING)
    said = world.say("outcome", actor, "knocks_over" if topple else "touches", patient)
    event = Event("contact", actor, base, (Tag("outcome", said, "predicate", said.word),),
                  object=patient, said=said)  # fmt: skip
    if (
        1 < patient.count <= _MOST_GROUP
        and not whole
        and chance_rand(rng, 0.22 if topple else 0.05)
    ):
        event.part = part_rand(rng, said, patient)
        event.part += [Word("of"), Np(patient, how="them")]
    elif patient.count > 1 and chance_rand(rng, 0.12):
        event.part = [Word("all"), Word("of"), Np(patient, how="them")]
    return event


def part_rand(rng: np.random.Generator, said: Said, thing: Thing) -> Items:
    """Draw how many individuals of a thing are meant, and return the words for it."""
    draw = rng.random()
    if draw < 0.06 and thing.count > 2:  # noqa: PLR2004
        said.part = str(thing.count - 1)
        return [Word("all but one", (Tag("part", said, "count", said.part),))]
    if draw < 0.12 and thing.count % 2 == 0:  # noqa: PLR2004
        said.part = str(thing.count // 2)
        return [Word("half", (Tag("part", said, "count", said.part),))]
    number = 1 + int(rng.random() * (thing.count - 1))
    words, sign = pick_rand(rng, table.SUBSETS)
    said.part = f"{sign}{number}"
    return [Word(words + subset_rand(rng, number), (Tag("part", said, "count", said.part),))]


def landing_rand(
    rng: np.random.Generator, world: World, actor: Thing, *, inside: bool, on: Thing | None = None
) -> Event:  # fmt: skip
    """Draw that a thing lands in a container or on something."""
    place = on or thing_rand(rng, world, "container" if inside else "broad")
    said = world.say("outcome", actor, "lands_in" if inside else "lands_on", place)
    base = pick_rand(rng, table.LANDING_IN if inside else table.LANDING_ON)
    return _placed(actor, base, said, place)


def leaving_rand(rng: np.random.Generator, world: World, actor: Thing, source: Thing) -> Event:
    """Draw that a thing falls off what it stands on."""
    said = world.say("outcome", actor, "falls_off", source)
    return _placed(actor, pick_rand(rng, table.FALLING_OFF), said, source)


def staying_rand(rng: np.random.Generator, world: World, actor: Thing, source: Thing) -> Event:
    """Draw that a thing stays on what it stands on."""
    said = world.say("outcome", actor, "stays_on", source)
    base = pick_rand(rng, table.STAYING_ON)
    if actor.count > 1:
        base = base.replace("its place", "their place")
    return _placed(actor, base, said, source)


def missing_rand(rng: np.random.Generator, world: World, actor: Thing, goal: Thing) -> Event:
    """Draw that a thing does not hit what it comes near."""
    said = world.say("outcome", actor, "avoids", goal)
    tags = (Tag("outcome", said, "predicate", said.word),)
    return Event("contact", actor, pick_rand(rng, table.MISSING), tags, object=goal, said=said)


def ending_rand(
    rng: np.random.Generator, world: World, actor: Thing, predicate: OutcomePredicate | None = None
) -> Event:  # fmt: skip
    """Draw how a thing ends: it stops, bounces, falls over, leaves the picture."""
    word: OutcomePredicate = predicate if predicate is not None else pick_rand(rng, _ENDS)
    said = world.say("outcome", actor, word)
    tags = (Tag("outcome", said, "predicate", word),)
    return Event("end", actor, pick_rand(rng, table.ENDS[word]), tags, said=said)


def some_fall_rand(rng: np.random.Generator, world: World, things: Thing) -> Event:
    """Draw that some of several things fall over, or none of them."""
    event = ending_rand(rng, world, things, "falls")
    assert event.said is not None
    draw = rng.random()
    event.plural = True
    if draw < 0.1:  # noqa: PLR2004
        event.said.negated = True
        event.subject = [Word("none", (Tag("negation", event.said, "negated", "not"),))]
        event.plural = False
    elif draw < 0.25:  # noqa: PLR2004
        event.subject = [Word("all")]
    else:
        event.subject = part_rand(rng, event.said, things)
        event.plural = event.said.part.lstrip("<>=") != "1"
    event.subject += [Word("of"), Np(things, "object", "them")]
    return event


def _placed(actor: Thing, base: str, said: Said, place: Thing) -> Event:
    tags = (Tag("outcome", said, "predicate", said.word),)
    head, _, rest = base.partition(" ")
    tail: Items = [Word(rest, tags), Np(place)] if rest else [Np(place)]
    return Event("end", actor, head, tags, tail=tail, said=said, goal=place)
