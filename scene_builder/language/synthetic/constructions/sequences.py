"""Constructions that say three or more events, or two that have nothing to do with each other."""

import numpy as np

from scene_builder.language.synthetic.drawing.events import handled_rand, motion_rand
from scene_builder.language.synthetic.drawing.results import (
    contact_rand,
    ending_rand,
    landing_rand,
)
from scene_builder.language.synthetic.drawing.things import thing_rand
from scene_builder.language.synthetic.drawing.ties import place_rand, tie_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.event import Event
from scene_builder.language.synthetic.script.world import Items, Np, Tag, Verb, Word, World
from scene_builder.language.synthetic.wording.clauses import clause_rand, predicate_rand
from scene_builder.model.words import OutcomePredicate

_TRAVELS = frozenset({"roll", "slide", "fall", "drop", "bounce", "fly"})
_LAST: tuple[OutcomePredicate, ...] = ("comes_to_rest", "comes_to_rest", "leaves_frame", "falls")


def long_course_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball rolls off a table, bounces once, hits a cup and lands in a bin"."""
    event = motion_rand(rng, world, verbs=_TRAVELS)
    rest = _further_rand(rng, world, event)
    form = pick_rand(rng, ("finite", "finite", "finite", "gerund"))
    items: Items = [Np(event.actor, "subject"), *predicate_rand(rng, event, form)]
    for k, other in enumerate(rest):
        last = k == len(rest) - 1
        join = pick_rand(rng, ("and", ", and", ", then", "and then", "before")) if last else ","
        if join == "before":
            items += [Word(join), *predicate_rand(rng, other, "gerund")]
            continue
        items += [Word(join), *predicate_rand(rng, other, form)]
    return items


def _further_rand(
    rng: np.random.Generator, world: World, event: Event, *, short: bool = False
) -> list[Event]:
    actor = event.actor
    made: list[Event] = []
    if chance_rand(rng, 0.3):
        made.append(landing_rand(rng, world, actor, inside=False))
    if chance_rand(rng, 0.35):
        made.append(ending_rand(rng, world, actor, "bounces"))
    if not made or chance_rand(rng, 0.5):
        made.append(contact_rand(rng, world, actor, topple=chance_rand(rng, 0.5)))
    if short and made and chance_rand(rng, 0.6):
        return made
    if chance_rand(rng, 0.5):
        made.append(landing_rand(rng, world, actor, inside=True))
    else:
        made.append(ending_rand(rng, world, actor, pick_rand(rng, _LAST)))
    return made


def ordered_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "first a ball rolls off a table, then a cup falls over; finally …", "before … , …"."""
    first = _event_rand(rng, world)
    second = _event_rand(rng, world)
    one = clause_rand(rng, first, passive=first.kind == "handled")
    two = clause_rand(rng, second, passive=second.kind == "handled")
    draw = rng.random()
    if draw < 0.2:  # noqa: PLR2004
        return [Word("before"), *two, Word(","), *one]
    if draw < 0.35:  # noqa: PLR2004
        return [*two, Word(pick_rand(rng, ("after", "right after", "only after"))), *one]
    start: Items = [Word("first"), *([Word(",")] if chance_rand(rng, 0.3) else [])]
    join = pick_rand(rng, (",", ".", ";"))
    items = [*start, *one, Word(join), Word(pick_rand(rng, ("then", "then", "next", "after that"))),
             *two]  # fmt: skip
    if chance_rand(rng, 0.3):
        third = _event_rand(rng, world)
        last = pick_rand(rng, ("finally", "and finally", "in the end", "at last"))
        items += [Word(pick_rand(rng, (",", "."))), Word(last), *clause_rand(rng, third)]
    return items


def _event_rand(rng: np.random.Generator, world: World) -> Event:
    draw = rng.random()
    if draw < 0.2:  # noqa: PLR2004
        return handled_rand(rng, world)
    if draw < 0.4:  # noqa: PLR2004
        thing = thing_rand(rng, world, "toppler")
        return ending_rand(rng, world, thing, pick_rand(rng, ("falls", "falls", "moves")))
    return motion_rand(rng, world)


def meanwhile_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "a ball rolls past while a cup on a shelf does not move"."""
    event = motion_rand(rng, world)
    items = clause_rand(rng, event)
    tie = tie_rand(rng, world)
    place = place_rand(rng, tie) if chance_rand(rng, 0.6) else place_rand(rng, tie, posed=True)
    join = pick_rand(rng, ("while", ", while", ", but", ". Meanwhile,", ", and", ", whereas"))
    head, _, rest = join.partition(" ")
    start: Items = [Word(head), Word(rest)] if head == "." else [Word(join)]
    still: Items = [Np(tie.subject, "subject"), *place]
    if chance_rand(rng, 0.5):
        stay = world.say("action", tie.subject, "stay")
        tags = (Tag("verb", stay, "verb", "stay"),)
        base = pick_rand(rng, ("stay still", "stay put", "remain still", "stand still", "stay",
                               "remain motionless", "sit still", "stay where they are"
                               if tie.subject.plural else "stay where it is"))  # fmt: skip
        return [*items, *start, *still, Verb(base, subject=tie.subject, tags=tags)]
    moved = ending_rand(rng, world, tie.subject, "moves")
    assert moved.said is not None
    moved.said.negated = True
    return [*items, *start, *still, *predicate_rand(rng, moved)]


def terse_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "acorn, oak desk, acorn rolls off, lands in a bin" in the manner of notes."""
    event = motion_rand(rng, world, verbs=_TRAVELS)
    named = list(world.things)
    items: Items = []
    for thing in named:
        first = thing.phrase[0]
        if isinstance(first, Word) and first.text in {"a", "the"}:
            thing.phrase = thing.phrase[1:]
        items += [Np(thing), Word(",")]
    items += [Np(event.actor, "subject", "np"), *predicate_rand(rng, event)]
    for other in _further_rand(rng, world, event, short=True):
        items += [Word(","), *predicate_rand(rng, other)]
    return items
