"""Constructions that say how things stand, and nothing else."""

import numpy as np

from scene_builder.knowledge.words.nouns import plural
from scene_builder.language.synthetic.drawing.things import (
    grouped_rand,
    thing_rand,
    twins_rand,
)
from scene_builder.language.synthetic.drawing.ties import Tie, place_rand, tie_rand, turned_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.world import (
    Items,
    Np,
    Tag,
    Thing,
    Verb,
    Word,
    World,
)
from scene_builder.language.synthetic.tables.results import PLACED, POSTURES
from scene_builder.model.words import Predicate

_STANDING: tuple[Predicate, ...] = ("on", "on", "beside", "near", "in_front_of", "behind")
_FURTHER: tuple[Predicate, ...] = (
    "on", "on", "beside", "near", "left_of", "right_of", "behind", "in_front_of",
)  # fmt: skip


def at_rest_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a cup stands beside a vase"."""
    tie = tie_rand(rng, world)
    return stated_rand(rng, world, tie)


def there_is_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "there is a cup beside a vase"."""
    tie = tie_rand(rng, world)
    be = Verb("be", "is", subject=tie.subject)
    items: Items = [Word("there"), be, Np(tie.subject), *place_rand(rng, tie, posed=True)]
    if chance_rand(rng, 0.15):
        other = thing_rand(rng, world, "small")
        items += [Word(pick_rand(rng, ("and", ", and", "as well as"))), Np(other)]
    return items


def place_first_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "on a table stands a cup"."""
    tie = tie_rand(rng, world)
    return placed_first_rand(rng, world, tie)


def fragment_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a cup next to a vase", or only name things."""
    draw = rng.random()
    if draw < 0.1:  # noqa: PLR2004
        return [Np(thing_rand(rng, world, "any"))]
    if draw < 0.2:  # noqa: PLR2004
        return [Np(thing_rand(rng, world, "any")), Word("and"), Np(thing_rand(rng, world, "any"))]
    tie = tie_rand(rng, world)
    return [Np(tie.subject), *place_rand(rng, tie, posed=True)]


def turned_around_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a table with a cup on it", "a vase surrounded by chairs"."""
    tie = tie_rand(rng, world)
    words = turned_rand(rng, tie)
    if words is None:
        return stated_rand(rng, world, tie)
    there: Items = []
    if chance_rand(rng, 0.25):
        there = [Word("there"), Verb("be", "is", subject=tie.objects[0])]
    return [*there, Np(tie.objects[0], "subject"), *words]


def listed_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a cup, a vase and two books on a table"."""
    count = 2 + int(rng.random() * 2.5)
    things = [thing_rand(rng, world, "small", plain=True) for _ in range(count)]
    inside = chance_rand(rng, 0.25)
    place = thing_rand(rng, world, "container" if inside else "support", many=False)
    ties = [world.say("relation", thing, "inside" if inside else "on", place) for thing in things]
    tags = tuple(Tag("relation", tie, "predicate", tie.word) for tie in ties)
    named: Items = []
    for k, thing in enumerate(things):
        if k:
            named.append(Word(pick_rand(rng, ("and", ", and")) if k == count - 1 else ","))
        named.append(Np(thing))
    wording = pick_rand(rng, ("in", "inside") if inside else ("on", "on top of", "on"))
    where: Items = [Word(wording, tags), Np(place)]
    draw = rng.random()
    if draw < 0.35:  # noqa: PLR2004
        return [*named, Word(pick_rand(rng, PLACED)), *where]
    if draw < 0.65:  # noqa: PLR2004
        return [*named, Verb(pick_rand(rng, ("stand", "sit", "lie")), plural=True,
                             tags=_stays(world, things)), *where]  # fmt: skip
    if draw < 0.8:  # noqa: PLR2004
        return [*where, Word("there are"), *named]
    return [*named, *where]


def grouped_scene_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "six dominoes stand in a row on a table"."""
    group = pick_rand(rng, ("in_row", "stacked"))
    thing = grouped_rand(rng, world, "toppler" if group == "in_row" else "block", group)
    draw = rng.random()
    if draw < 0.12:  # noqa: PLR2004
        return [Np(thing)]
    predicate = pick_rand(rng, _STANDING)
    tie = tie_rand(rng, world, subject=thing, predicate=predicate)
    if draw < 0.35:  # noqa: PLR2004
        return [Np(thing), *place_rand(rng, tie, posed=True)]
    return stated_rand(rng, world, tie)


def chained_places_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a coin is under a cup, which stands on a table; behind it is a lamp"."""
    first = tie_rand(rng, world)
    items = stated_rand(rng, world, first, bare=True)
    other = first.objects[-1]
    if chance_rand(rng, 0.5):
        second = tie_rand(rng, world, subject=other, predicate=pick_rand(rng, _FURTHER))
        verb = pick_rand(rng, ("is", "stand", "sit"))
        word = Verb("be", "is", subject=other) if verb == "is" else Verb(verb, subject=other)
        if verb != "is":
            word.tags = _stays(world, [other])
        items += [Word(pick_rand(rng, (", which", ", which", ", and it"))), word]
        if isinstance(items[-2], Word) and items[-2].text == ", and it":
            items[-2] = Word(", and")
            items.insert(-1, Np(other, "subject"))
        return [*items, *place_rand(rng, second)]
    second = tie_rand(rng, world, object_=other)
    return [*items, Word(pick_rand(rng, (".", ".", ";", ", and"))),
            *placed_first_rand(rng, world, second)]  # fmt: skip


def one_and_other_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "two cubes, one red and the other blue, stand on a table"."""
    first, second = twins_rand(rng, world, pick_rand(rng, ("small", "toppler", "any", "block")))
    items = both_named_rand(rng, first, second)
    predicate = pick_rand(rng, (*_STANDING, "inside"))
    tie = tie_rand(rng, world, subject=first, predicate=predicate)
    other = world.say("relation", second, predicate, *tie.objects)
    place = place_rand(rng, tie)
    if isinstance(place[0], Word):
        place[0].tags = (*place[0].tags, Tag("relation", other, "predicate", predicate))
    draw = rng.random()
    if draw < 0.5:  # noqa: PLR2004
        verb = pick_rand(rng, ("stand", "sit", "lie", "rest"))
        return [*items, Verb(verb, plural=True, tags=_stays(world, [first, second])), *place]
    if draw < 0.8:  # noqa: PLR2004
        return [*items, *place]
    return [Word("there are"), *items, *place]


def both_named_rand(rng: np.random.Generator, first: Thing, second: Thing) -> Items:
    """Name two things of one noun together: "two cubes, one red and the other blue,"."""
    nouns = tuple(Tag("noun", thing, "noun", thing.id) for thing in (first, second))
    number = pick_rand(rng, ("two", "two", "two", "2", "a pair of"))
    start: Items = [Word(number), Word(plural(first.noun), nouns)]
    one = Word(pick_rand(rng, ("one", "one", "the first")), (Tag("pronoun", first, "", first.id),))
    text = "the second" if one.text == "the first" else pick_rand(rng, ("the other", "one"))
    other = Word(text, (Tag("pronoun", second, "", second.id),))
    pair: Items = [one, *first.later, Word("and"), other, *second.later]
    return [*start, Word(","), *pair, Word(",")]


def stated_rand(rng: np.random.Generator, world: World, tie: Tie, *, bare: bool = False) -> Items:
    """Say a relation in a clause: with "is", or with a posture, which says that a thing stays."""
    place = place_rand(rng, tie)
    subject: Items = [Np(tie.subject, "subject")]
    if bare and chance_rand(rng, 0.2):
        return [*subject, *place]
    if tie.predicate == "against" and chance_rand(rng, 0.6):
        verb = Verb("lean", subject=tie.subject, tags=(tie.tag,))
        return [*subject, verb, Word("against", (tie.tag,)), *place[1:]]
    if tie.predicate == "hanging_from" and chance_rand(rng, 0.7):
        verb = Verb(
            pick_rand(rng, ("hang", "hang", "dangle")), subject=tie.subject, tags=(tie.tag,)
        )
        return [*subject, verb, Word(pick_rand(rng, ("from", "from", "on"))), *place[1:]]
    if tie.predicate == "facing" and chance_rand(rng, 0.6):
        return [*subject, Verb("face", subject=tie.subject, tags=(tie.tag,)), *place[1:]]
    if tie.predicate in {"attached_to", "hanging_from"} or chance_rand(rng, 0.4):
        be: Items = [Verb("be", "is", subject=tie.subject)]
        if tie.predicate not in {"attached_to", "hanging_from", "against"} and chance_rand(
            rng, 0.4
        ):
            be.append(Word(pick_rand(rng, PLACED)))
        return [*subject, *be, *place]
    verb = Verb(pick_rand(rng, POSTURES), subject=tie.subject, tags=_stays(world, [tie.subject]))
    return [*subject, verb, *place]


def placed_first_rand(rng: np.random.Generator, world: World, tie: Tie) -> Items:
    """Say a relation with its place first: "behind the vase is a cup"."""
    place = place_rand(rng, tie)
    draw = rng.random()
    if draw < 0.4:  # noqa: PLR2004
        verb = Verb(pick_rand(rng, ("stand", "sit", "lie", "rest")), subject=tie.subject,
                    tags=_stays(world, [tie.subject]))  # fmt: skip
        return [*place, verb, Np(tie.subject)]
    be = Verb("be", "is", subject=tie.subject)
    there: Items = [Word(pick_rand(rng, (", there", "there")))] if draw < 0.75 else []  # noqa: PLR2004
    return [*place, *there, be, Np(tie.subject)]


def _stays(world: World, things: list[Thing]) -> tuple[Tag, ...]:
    said = [world.say("action", thing, "stay") for thing in things]
    return tuple(Tag("verb", action, "verb", "stay") for action in said)
