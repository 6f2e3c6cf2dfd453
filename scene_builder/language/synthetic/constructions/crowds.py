"""Constructions about several things at once: some of them, both of them, each other."""

import numpy as np

from scene_builder.language.synthetic.constructions.arrangements import both_named_rand
from scene_builder.language.synthetic.constructions.happenings import hitting_rand
from scene_builder.language.synthetic.constructions.joining import consequence_rand
from scene_builder.language.synthetic.drawing.events import motion_rand
from scene_builder.language.synthetic.drawing.results import (
    contact_rand,
    ending_rand,
    leaving_rand,
    part_rand,
)
from scene_builder.language.synthetic.drawing.things import head_of, thing_rand, twins_rand
from scene_builder.language.synthetic.drawing.ties import Tie, place_rand, tie_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.event import Event
from scene_builder.language.synthetic.script.world import (
    Item,
    Items,
    Np,
    Said,
    Tag,
    Thing,
    Verb,
    Word,
    World,
)
from scene_builder.language.synthetic.wording.clauses import clause_rand, predicate_rand
from scene_builder.model.words import OutcomePredicate, Predicate

_JOINT = frozenset({"roll", "slide", "fall", "drop", "bounce", "spin", "swing", "float", "fly",
                    "walk", "run"})  # fmt: skip
_PLACED: tuple[Predicate, ...] = ("on", "on", "on", "beside", "attached_to", "inside")
_BY: tuple[Predicate, ...] = ("on", "on", "beside", "near")
_ENDS: tuple[OutcomePredicate, ...] = (
    "falls", "falls", "moves", "comes_to_rest", "bounces", "leaves_frame",
)  # fmt: skip
_MUTUAL = (
    "toward each other",
    "towards each other",
    "toward one another",
    "straight at each other",
)
_MEETING = ("collide", "collide", "crash into each other", "bump into each other", "meet",
            "hit each other", "smash into one another", "touch")  # fmt: skip


def some_of_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "only two of the five cans on the shelf fall off", "none of the pins falls over"."""
    kept = world.kept()
    things = thing_rand(rng, world, "toppler", many=True, plain=True)
    while things.group:
        world.restore(kept)
        things = thing_rand(rng, world, "toppler", many=True, plain=True)
    place: Items = []
    tie: Tie | None = None
    if chance_rand(rng, 0.6):
        tie = tie_rand(rng, world, subject=things, predicate=pick_rand(rng, _PLACED))
        place = place_rand(rng, tie, posed=True)
    event = _ending_rand(rng, world, things, tie)
    assert event.said is not None
    head = _part_rand(rng, event, things)
    if event.said.word == "falls_off" and tie is not None:
        event.tail = event.tail[:1]
    predicate_words = predicate_rand(rng, event)
    if chance_rand(rng, 0.2) and not event.said.negated:
        return [Word("of"), Np(things, how="the"), *place, Word(","), *head, *predicate_words]
    items = [*head, Word("of"), Np(things, how="the"), *place, *predicate_words]
    if chance_rand(rng, 0.35):
        actor = thing_rand(rng, world, "roller", many=False)
        hit = contact_rand(rng, world, actor, things, topple=False, whole=True)
        items += [Word(pick_rand(rng, ("when", "when", "after", "as"))), *clause_rand(rng, hit)]
    return items


def _ending_rand(rng: np.random.Generator, world: World, things: Thing, tie: Tie | None) -> Event:
    if tie is not None and tie.predicate == "on" and chance_rand(rng, 0.5):
        event = leaving_rand(rng, world, things, tie.objects[0])
        first = event.tail[0]
        if isinstance(first, Word) and first.text != "off":  # the place itself is left out
            event.base, first.text = "fall", "off"
        return event
    return ending_rand(rng, world, things, pick_rand(rng, _ENDS))


def _part_rand(rng: np.random.Generator, event: Event, things: Thing) -> Items:
    assert event.said is not None
    event.subject = [Word("")]
    event.plural = True
    draw = rng.random()
    if draw < 0.2:  # noqa: PLR2004
        event.said.negated = True
        event.plural = chance_rand(rng, 0.4)
        return [Word("none", (Tag("negation", event.said, "negated", "not"),))]
    if draw < 0.3:  # noqa: PLR2004
        return [Word("all")]
    head = part_rand(rng, event.said, things)
    event.plural = event.said.part.lstrip("<>=") != "1"
    return head


def one_spared_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "one of the two jars on the table falls over, the other one stays where it is"."""
    things = thing_rand(rng, world, "toppler", many=False, plain=True)
    things.count, things.plural = 2, True
    number = Word(
        pick_rand(rng, ("two", "two", "both", "2")), (Tag("count", things, "count", "2"),)
    )
    looks = [word for word in things.phrase if isinstance(word, Word) and word.tags
                    and word.tags[0].kind in {"color", "material", "size"}][:2]  # fmt: skip
    if number.text == "both":
        number.text = "two"
    things.phrase = [number, *looks, head_of(things)]
    tie = tie_rand(rng, world, subject=things, predicate=pick_rand(rng, _BY))
    event = _ending_rand(rng, world, things, tie)
    assert event.said is not None
    event.said.part = "1"
    event.subject = [Word("")]
    event.plural = False
    if event.said.word == "falls_off":
        event.tail = event.tail[:1]
    part = (Tag("part", event.said, "count", "1"),)
    again = Tag("pronoun", things, "", things.id)
    rest = pick_rand(rng, ("stays where it is", "is spared", "remains standing", "does not",
                           "doesn't", "stays put", "holds", "survives"))  # fmt: skip
    ending: Items = [Word(pick_rand(rng, (",", "and", "while", ", but", ";"))),
                     Word(pick_rand(rng, ("the other", "the other one")), (again,)),
                     Word(rest)]  # fmt: skip
    if chance_rand(rng, 0.5):
        be = Verb("be", "is", subject=things)
        there: Items = [Word("there"), be, Np(things), *place_rand(rng, tie), Word(".")]
        one = Word(pick_rand(rng, ("one", "one of them", "the first", "only one")), part)
        return [*there, one, *predicate_rand(rng, event), *ending]
    return [Word("one", part), Word("of"), Np(things, how="the"), *place_rand(rng, tie),
            *predicate_rand(rng, event), *ending]  # fmt: skip


def joint_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a cup and a plate fall off a table", one motion of two or three things."""
    event = motion_rand(rng, world, verbs=_JOINT, single=True)
    kind = "agent" if event.action is not None and event.action.word in {"walk", "run"} else "small"
    others = [thing_rand(rng, world, kind) for _ in range(2 if chance_rand(rng, 0.15) else 1)]
    said = [s for s in world.said if s.subject is event.actor and not _is_group(s)]
    items = [*event.tail, *event.manner]
    tags = list(event.tags)
    for other in others:
        copies = {id(s): _copied(world, s, other) for s in said}
        items = [_doubled(item, copies) for item in items]
        tags += [_moved(tag, copies) for tag in event.tags if id(tag.owner) in copies]
    verb = Verb(event.base, plural=True, tags=tuple(tags))
    named: Items = [Np(event.actor, "subject")]
    for k, other in enumerate(others):
        named += [Word("and" if k == len(others) - 1 else ","), Np(other, "subject")]
    both: Items = []
    if len(others) == 1 and chance_rand(rng, 0.3):
        both = [Word(pick_rand(rng, ("both", "both", "together")))]
    return [*named, *both, verb, *items]


def _is_group(said: Said) -> bool:
    return said.kind == "relation" and not said.objects


def _copied(world: World, said: Said, subject: Thing) -> Said:
    made = Said(said.kind, subject, said.word, list(said.objects), said.direction, said.speed,
                said.height)  # fmt: skip
    world.said.append(made)
    return made


def _doubled(item: Item, copies: dict[int, Said]) -> Item:
    if not isinstance(item, Word):
        return item
    extra = tuple(_moved(tag, copies) for tag in item.tags if id(tag.owner) in copies)
    return Word(item.text, (*item.tags, *extra))


def _moved(tag: Tag, copies: dict[int, Said]) -> Tag:
    return Tag(tag.kind, copies[id(tag.owner)], tag.field, tag.value)


def mutual_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball and a cart roll toward each other and collide"."""
    if chance_rand(rng, 0.4):
        one, other = twins_rand(rng, world, "roller")
    else:
        one = thing_rand(rng, world, "roller", many=False)
        other = thing_rand(rng, world, "roller", many=False)
    base, verb = pick_rand(rng, (("roll", "roll"), ("slide", "slide"), ("race", "roll"),
                                 ("fly", "fly"), ("swing", "swing")))  # fmt: skip
    tags, aims = [], []
    for actor, goal in ((one, other), (other, one)):
        action = world.say("action", actor, verb, goal)
        tags.append(Tag("verb", action, "verb", verb))
        aims.append(Tag("target", action, "target", ""))
    items: Items = [Np(one, "subject"), Word("and"), Np(other, "subject"),
                    Verb(base, plural=True, tags=tuple(tags)),
                    Word(pick_rand(rng, _MUTUAL), tuple(aims))]  # fmt: skip
    if chance_rand(rng, 0.65):
        hit = world.say("outcome", one, "touches", other)
        tag = Tag("outcome", hit, "predicate", "touches")
        join = pick_rand(rng, ("and", "and", ". They", ", then", "until they", ", and"))
        head, _, rest = join.partition(" ")
        start: Items = [Word(head), Word(rest)] if rest and head == "." else [Word(join)]
        items += [*start, Verb(pick_rand(rng, _MEETING), plural=True, tags=(tag,))]
        if chance_rand(rng, 0.2):
            items += consequence_rand(rng, world, other)
    return items


def twin_course_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "two cubes, one red and one blue, are there; the red one slides into the other"."""
    first, second = twins_rand(rng, world, pick_rand(rng, ("toppler", "block", "roller", "small")))
    event = hitting_rand(rng, world, second, actor=first)
    draw = rng.random()
    if draw < 0.4:  # noqa: PLR2004
        start: Items = [Word(pick_rand(rng, ("there are", "there are", "we see", "here are", ""))),
                        *both_named_rand(rng, first, second)]  # fmt: skip
        start = [item for item in start if not (isinstance(item, Word) and not item.text)]
        return [*start[:-1], Word("."), *_one_rand(rng, event)]
    items = clause_rand(rng, event)
    if draw < 0.6:  # noqa: PLR2004
        support = thing_rand(rng, world, "support", many=False)
        said = [world.say("relation", thing, "on", support) for thing in (first, second)]
        tags = tuple(Tag("relation", tie, "predicate", "on") for tie in said)
        named: Items = [Np(first), Word("and"), Np(second), Verb("stand", plural=True),
                        Word("on", tags), Np(support), Word(".")]  # fmt: skip
        stays = [world.say("action", thing, "stay") for thing in (first, second)]
        stand = named[3]
        assert isinstance(stand, Verb)
        stand.tags = tuple(Tag("verb", action, "verb", "stay") for action in stays)
        return named + _one_rand(rng, event)
    return items


def _one_rand(rng: np.random.Generator, event: Event) -> Items:
    """The event with "the red one … the blue one", "the former … the latter"."""
    how = pick_rand(rng, ("one", "one", "former", "np"))
    goal = {"one": pick_rand(rng, ("one", "other")), "former": "latter"}.get(how, "np")
    items: Items = [Np(event.actor, "subject", how), *predicate_rand(rng, event)]
    for item in items[1:]:
        if isinstance(item, Np) and item.thing is event.goal:
            item.how = goal
    return items
