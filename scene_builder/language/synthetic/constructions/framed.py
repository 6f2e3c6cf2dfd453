"""Constructions that begin with the camera: "close-up of a coin that spins", "zoom out as …"."""

import numpy as np

from scene_builder.language.synthetic.constructions.joining import joined_rand
from scene_builder.language.synthetic.drawing.events import handled_rand, motion_rand
from scene_builder.language.synthetic.drawing.results import result_rand
from scene_builder.language.synthetic.drawing.ties import place_rand, tie_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.event import Event
from scene_builder.language.synthetic.script.world import Items, Np, Tag, Word, World
from scene_builder.language.synthetic.tables.framing import AS_CLAUSES, LABELS, ON_THINGS, Cue
from scene_builder.language.synthetic.wording.clauses import clause_rand, predicate_rand


def framed_thing_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "the camera follows a ball rolling off a table", "close-up of a cup beside a vase"."""
    text, cues, bare = pick_rand(rng, ON_THINGS)
    start: Items = [_cued(world, text, cues)]
    if bare and chance_rand(rng, 0.2):
        start.insert(0, Word("a"))
    if chance_rand(rng, 0.3):
        tie = tie_rand(rng, world)
        world.aim = tie.subject
        return [*start, Np(tie.subject), *place_rand(rng, tie, posed=True)]
    event = motion_rand(rng, world)
    world.aim = event.actor
    relative = chance_rand(rng, 0.3)
    said = predicate_rand(rng, event, "finite" if relative else "gerund")
    link: Items = [Word(pick_rand(rng, ("that", "which", "as it")))] if relative else []
    if relative and isinstance(link[0], Word) and link[0].text == "as it" and event.actor.plural:
        link = [Word("as they")]
    items = [*start, Np(event.actor), *link, *said]
    if chance_rand(rng, 0.4):
        second = result_rand(rng, world, event)
        form = "finite" if relative else "gerund"
        items += joined_rand(rng, event, second, form)
    return items


def framed_clause_rand(rng: np.random.Generator, world: World) -> Items:
    """Say "zoom out as a ball rolls off a table", "low angle: a ball rolls off a table"."""
    event = _event_rand(rng, world)
    clause = clause_rand(rng, event, passive=event.kind == "handled")
    if chance_rand(rng, 0.35):
        second = result_rand(rng, world, event)
        clause += joined_rand(rng, event, second)
    if chance_rand(rng, 0.55):
        text, cues = pick_rand(rng, AS_CLAUSES)
        join = pick_rand(rng, ("as", "as", "while", "when"))
        return [_cued(world, text, cues), Word(join), *clause]
    text, cues = pick_rand(rng, LABELS)
    return [_cued(world, text, cues), Word(pick_rand(rng, (":", ".", ",", ":"))), *clause]


def _event_rand(rng: np.random.Generator, world: World) -> Event:
    return handled_rand(rng, world) if chance_rand(rng, 0.2) else motion_rand(rng, world)


def _cued(world: World, text: str, cues: tuple[Cue, ...]) -> Word:
    tags = []
    for key, value in cues:
        world.cue[key] = value
        tags.append(Tag(key, f"camera.0.{key}", "", value))
    return Word(text, tuple(tags))
