"""Constructions that say one event, in the many orders that English has for it."""

import numpy as np

from scene_builder.language.synthetic.constructions.arrangements import (
    placed_first_rand,
    stated_rand,
)
from scene_builder.language.synthetic.constructions.joining import consequence_rand
from scene_builder.language.synthetic.drawing.events import handled_rand, motion_rand
from scene_builder.language.synthetic.drawing.results import (
    contact_rand,
    ending_rand,
    landing_rand,
    some_fall_rand,
)
from scene_builder.language.synthetic.drawing.things import grouped_rand, thing_rand
from scene_builder.language.synthetic.drawing.ties import place_rand, tie_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.event import Event
from scene_builder.language.synthetic.script.world import (
    Items,
    Np,
    Tag,
    Thing,
    Verb,
    Word,
    World,
)
from scene_builder.language.synthetic.tables.prose import FRAGMENT_JOINS
from scene_builder.language.synthetic.wording.clauses import (
    can_be_passive,
    clause_rand,
    predicate_rand,
    subject_of,
)
from scene_builder.model.words import Predicate

_STANDING: tuple[Predicate, ...] = (
    "on", "on", "on", "beside", "near", "inside", "in_front_of",
)  # fmt: skip
_FRONTED = frozenset({"off", "across", "down", "down_into", "floor", "toward", "into", "past", "up",
                      "above", "from", "out", "sky", "in", "on"})  # fmt: skip


def plain_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball rolls off a table"."""
    return clause_rand(rng, motion_rand(rng, world))


def handled_clause_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a boy throws a ball at a vase"."""
    return clause_rand(rng, handled_rand(rng, world))


def passive_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball is thrown at a vase", "a vase is knocked over by a ball"."""
    if chance_rand(rng, 0.6):
        return clause_rand(rng, handled_rand(rng, world), passive=True)
    actor = thing_rand(rng, world, "roller")
    kept = world.kept()
    while True:
        event = contact_rand(rng, world, actor, topple=chance_rand(rng, 0.6))
        if can_be_passive(event):
            return clause_rand(rng, event, passive=True)
        world.restore(kept)


def imperative_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "push a crate across the floor", "make a ball roll off a table"."""
    draw = rng.random()
    if draw < 0.5:  # noqa: PLR2004
        event = handled_rand(rng, world)
        world.things = [thing for thing in world.things if thing is not event.agent]
        event.agent = ""
        return predicate_rand(rng, event, "base")
    event = motion_rand(rng, world)
    start = pick_rand(rng, ("make", "let", "have", "watch", "see", "show"))
    if start == "show" or draw > 0.9:  # noqa: PLR2004
        start = pick_rand(rng, ("show", "film", "animate", "render", "create", "generate"))
        return [Word(start), Np(event.actor), *predicate_rand(rng, event, "gerund")]
    if draw > 0.8:  # noqa: PLR2004
        start = pick_rand(rng, ("I want", "I'd like", "get", "we need"))
        return [Word(start), Np(event.actor), Word("to"), *predicate_rand(rng, event, "base")]
    return [Word(start), Np(event.actor), *predicate_rand(rng, event, "base")]


def gerund_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball rolling off a table" (also "thrown at a vase")."""
    if chance_rand(rng, 0.22):
        event = handled_rand(rng, world)
        form = "gerund" if isinstance(event.agent, Thing) else "participle"
        if form == "participle":
            being = [Word("being")] if chance_rand(rng, 0.4) else []
            return [Np(event.actor), *being, *predicate_rand(rng, event, form)]
        return [*subject_of(event), *predicate_rand(rng, event, form)]
    event = motion_rand(rng, world)
    there: Items = []
    if chance_rand(rng, 0.25):
        there = [Word("there"), Verb("be", "is", subject=event.actor)]
    return [*there, Np(event.actor), *predicate_rand(rng, event, "gerund")]


def contact_clause_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball hits a vase", "three of five pins fall over"."""
    draw = rng.random()
    if draw < 0.2:  # noqa: PLR2004
        thing = thing_rand(rng, world, "toppler", many=True)
        return clause_rand(rng, some_fall_rand(rng, world, thing))
    actor = thing_rand(rng, world, "roller")
    event = contact_rand(rng, world, actor, topple=chance_rand(rng, 0.5))
    items = clause_rand(rng, event)
    if event.object is not None and draw > 0.7:  # noqa: PLR2004
        items += consequence_rand(rng, world, event.object)
    return items


def ending_clause_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a row of dominoes topples", "a ball lands in a bucket"."""
    draw = rng.random()
    if draw < 0.5:  # noqa: PLR2004
        group = pick_rand(rng, ("in_row", "in_row", "stacked"))
        thing = (
            grouped_rand(rng, world, "toppler" if group == "in_row" else "block", group)
            if chance_rand(rng, 0.5)
            else thing_rand(rng, world, "toppler")
        )
        event = ending_rand(rng, world, thing, "falls")
        action = world.say("action", thing, "fall")
        event.tags = (*event.tags, Tag("verb", action, "verb", "fall"))
        after = pick_rand(rng, ("", "", "one after another", "one by one", "like dominoes",
                                "with a crash"))  # fmt: skip
        return [*clause_rand(rng, event), *([Word(after)] if after else [])]
    thing = thing_rand(rng, world, "roller")
    if draw < 0.75:  # noqa: PLR2004
        return clause_rand(rng, landing_rand(rng, world, thing, inside=chance_rand(rng, 0.6)))
    return clause_rand(rng, ending_rand(rng, world, thing))


def motion_first_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "off the table rolls a ball"."""
    event = motion_rand(rng, world, ways=_FRONTED)
    tail = list(event.tail)
    if not tail:
        return clause_rand(rng, event)
    verb = Verb(event.base, subject=event.actor, tags=event.tags)
    return [*tail, verb, *event.manner, Np(event.actor, "subject")]


def source_in_phrase_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "the ball on the table rolls off", where the support stands in the noun phrase."""
    event = motion_rand(rng, world, verbs=frozenset({"roll", "slide", "fall", "drop"}),
                        ways=frozenset({"off"}))  # fmt: skip
    assert event.source is not None and event.action is not None and event.said is not None  # noqa: PT018
    tie = next(s for s in world.said if s.word == "on" and s.subject is event.actor)
    tags = (Tag("direction", event.action, "direction", "off"),
            Tag("outcome", event.said, "predicate", "falls_off"))  # fmt: skip
    place = pick_rand(rng, ("on", "on", "sitting on", "lying on", "resting on", "standing on",
                            "on top of", "placed on"))  # fmt: skip
    edge = Word(pick_rand(rng, ("the edge", "the side", "the end", "the edge")))
    word = pick_rand(rng, ("off", "off", "over"))
    event.tail = [Word(word, tags), edge]
    if word == "off" and chance_rand(rng, 0.4):
        event.tail = event.tail[:1]
    on: Items = [Word(place, (Tag("relation", tie, "predicate", "on"),)), Np(event.source)]
    return [Np(event.actor, "subject"), *on, *predicate_rand(rng, event)]


def scene_then_event_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a vase stands on a table, and a ball rolls into it"."""
    tie = tie_rand(rng, world, predicate=pick_rand(rng, _STANDING))
    first = placed_first_rand if chance_rand(rng, 0.25) else stated_rand
    if chance_rand(rng, 0.3):
        be = Verb("be", "is", subject=tie.subject)
        items: Items = [Word("there"), be, Np(tie.subject), *place_rand(rng, tie, posed=True)]
    else:
        items = first(rng, world, tie)
    join = pick_rand(rng, (".", ".", ".", ";", ", and", "when", ", when", "while", "until",
                           ". Suddenly", ". Then", ", as"))  # fmt: skip
    head, _, rest = join.partition(" ")
    items += [Word(head), Word(rest)] if head in {".", ";"} and rest else [Word(join)]
    return items + clause_rand(rng, hitting_rand(rng, world, tie.subject))


def hitting_rand(
    rng: np.random.Generator, world: World, patient: Thing, *, actor: Thing | None = None
) -> Event:
    """Draw something that comes to a thing that is there already."""
    if actor is None:
        actor = thing_rand(rng, world, "roller")
    draw = rng.random()
    if draw < 0.35:  # noqa: PLR2004
        return contact_rand(rng, world, actor, patient, topple=chance_rand(rng, 0.6))
    verb, surface, wording, predicate = pick_rand(rng, (
        ("roll", "roll", "into", "touches"), ("slide", "slide", "into", "touches"),
        ("roll", "roll", "toward", ""), ("fall", "fall", "onto", "lands_on"),
        ("fall", "drop", "on", "lands_on"), ("fly", "fly", "into", "touches"),
        ("roll", "roll", "against", "touches"), ("bounce", "bounce", "toward", ""),
        ("slide", "slide", "up to", ""), ("fall", "tumble", "onto", "lands_on"),
    ))  # fmt: skip
    if surface == "drop":
        verb = "drop"
    action = world.say("action", actor, verb, patient)
    tags = [Tag("verb", action, "verb", verb)]
    marks = [Tag("target", action, "target", "")]
    said = None
    if predicate:
        said = world.say("outcome", actor, predicate, patient)
        marks.append(Tag("outcome", said, "predicate", predicate))
    if verb == "bounce":
        tags.append(Tag("outcome", world.say("outcome", actor, "bounces"), "predicate", "bounces"))
    tail: Items = [Word(wording, tuple(marks)), Np(patient)]
    return Event("motion", actor, surface, tuple(tags), tail=tail, said=said, action=action,
                 goal=patient, way="into" if predicate == "touches" else "toward")  # fmt: skip


def telegram_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "red ball, wooden table, ball rolls off the table"."""
    event = motion_rand(rng, world)
    things = list(world.things)
    items: Items = []
    join = pick_rand(rng, FRAGMENT_JOINS)
    for thing in things:
        first = thing.phrase[0]
        if isinstance(first, Word) and first.text in {"a", "the"}:
            thing.phrase = thing.phrase[1:]
        items += [Np(thing), Word(join)]
    return [*items, Np(event.actor, "subject"), *predicate_rand(rng, event)]


def nominal_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "the collision of a ball with a vase", "the fall of a cup off a table"."""
    draw = rng.random()
    if draw < 0.4:  # noqa: PLR2004
        actor, other = thing_rand(rng, world, "roller"), thing_rand(rng, world, "target")
        said = world.say("outcome", actor, "touches", other)
        noun = pick_rand(rng, ("collision", "collision", "crash", "impact", "clash"))
        link, last = pick_rand(rng, (("of", "with"), ("between", "and"), ("of", "and")))
        if noun == "impact":
            link, last = "of", "on"
        word = Word(noun, (Tag("outcome", said, "predicate", "touches"),))
        return [
            Word(pick_rand(rng, ("the", "a"))),
            word,
            Word(link),
            Np(actor),
            Word(last),
            Np(other),
        ]
    verb, nouns = pick_rand(rng, (
        ("fall", ("fall", "fall", "tumble", "plunge")), ("roll", ("roll", "journey", "slow roll")),
        ("spin", ("spin", "rotation")), ("swing", ("swing",)), ("fly", ("flight",)),
        ("explode", ("explosion",)), ("melt", ("melting",)), ("slide", ("slide",)),
    ))  # fmt: skip
    event = motion_rand(rng, world, verbs=frozenset({verb}))
    noun = pick_rand(rng, nouns)
    event.manner = []
    if event.action is not None:
        event.action.speed = "slow" if noun == "slow roll" else ""
    return [Word("the"), Word(noun, event.tags), Word("of"), Np(event.actor), *event.tail]


def cleft_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "it is a ball that rolls off the table", "what rolls off the table is a ball"."""
    event = motion_rand(rng, world)
    if chance_rand(rng, 0.5):
        return [Word("it is"), Np(event.actor, "subject"), Word("that"),
                *predicate_rand(rng, event)]  # fmt: skip
    verb = Verb(event.base, tags=event.tags)
    is_ = Word("are" if event.actor.plural else "is")
    return [Word("what"), verb, *event.manner, *event.tail, is_, Np(event.actor)]
