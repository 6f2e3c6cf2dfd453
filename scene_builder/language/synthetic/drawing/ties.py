"""How things stand: relations with the words for them."""

from dataclasses import dataclass

import numpy as np

from scene_builder.language.synthetic.drawing.things import thing_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.world import Items, Np, Said, Tag, Thing, Word, World
from scene_builder.language.synthetic.tables.results import PLACED
from scene_builder.language.synthetic.tables.ties import KINDS_OF, SIDE, SIMPLE, TURNED, WORDINGS
from scene_builder.model.words import Predicate

_SPECIAL: tuple[Predicate, ...] = (
    "between", "between", "against", "facing", "around", "attached_to", "hanging_from",
)  # fmt: skip
_POSED = frozenset({"against", "hanging_from", "attached_to", "facing", "around"})
"""Predicates whose wordings are postures already."""
PAIR = 2
_MOST_TRIES = 20


@dataclass(slots=True, eq=False)
class Tie:
    """A relation that was drawn."""

    said: Said
    subject: Thing
    objects: list[Thing]
    predicate: Predicate

    @property
    def tag(self) -> Tag:
        """The mark of the words that say it."""
        return Tag("relation", self.said, "predicate", self.said.word)


def tie_rand(
    rng: np.random.Generator, world: World, *, subject: Thing | None = None,
    predicate: Predicate | None = None, object_: Thing | None = None,
) -> Tie:  # fmt: skip
    """Draw a relation; its subject, predicate and object are drawn where they are None."""
    predicate = predicate or _predicate_rand(rng, sideways=object_ is not None)
    kinds = KINDS_OF[predicate]
    if subject is None:
        many = False if predicate == "hanging_from" else None
        subject = thing_rand(rng, world, kinds[0], many=many)
    if object_ is not None:
        objects = [object_]
    elif predicate == "between":
        if chance_rand(rng, 0.5):
            objects = [thing_rand(rng, world, kinds[1], many=False) for _ in range(2)]
        else:
            objects = [pair_rand(rng, world)]
    else:
        objects = [thing_rand(rng, world, kinds[1])]
    said = world.say("relation", subject, predicate, *objects)
    return Tie(said, subject, objects, predicate)


def _predicate_rand(rng: np.random.Generator, *, sideways: bool) -> Predicate:
    if sideways:
        return pick_rand(rng, SIDE)
    return pick_rand(rng, SIMPLE if chance_rand(rng, 0.72) else _SPECIAL)


def pair_rand(rng: np.random.Generator, world: World) -> Thing:
    """Draw two of a kind."""
    kept = world.kept()
    for _ in range(_MOST_TRIES):
        thing = thing_rand(rng, world, "any", many=True, plain=True)
        if thing.count == PAIR:
            return thing
        world.restore(kept)
    return thing_rand(rng, world, "any", many=False)


def place_rand(rng: np.random.Generator, tie: Tie, *, posed: bool = False) -> Items:
    """Return the words after the subject: "next to the cup"; `posed` may add "standing"."""
    wording = pick_rand(rng, WORDINGS[tie.predicate])
    items: Items = [Word(wording, (tie.tag,)), Np(tie.objects[0])]
    if len(tie.objects) > 1:
        items += [Word("and"), Np(tie.objects[1])]
    if posed and tie.predicate not in _POSED and chance_rand(rng, 0.5):
        items.insert(0, Word(pick_rand(rng, PLACED)))
    return items


def decorate_rand(rng: np.random.Generator, world: World, thing: Thing) -> None:
    """Give a thing words of its place, where it is first named: "a cup beside a vase"."""
    if thing.trail:
        return
    predicate = pick_rand(rng, (*SIMPLE, "between", "against", "attached_to"))
    stands = {s.word for s in world.said if s.kind == "relation" and s.subject is thing}
    if predicate in {"on", "inside", "under", "against"} and stands:
        predicate = pick_rand(rng, SIDE)
    tie = tie_rand(rng, world, subject=thing, predicate=predicate)
    place = place_rand(rng, tie)
    if predicate in _POSED:
        thing.trail = place
    elif chance_rand(rng, 0.3):
        pronoun = pick_rand(rng, ("that", "which"))
        be = "are" if thing.plural else "is"
        verb = pick_rand(rng, (be, "stand" if thing.plural else "stands",
                               "sit" if thing.plural else "sits"))  # fmt: skip
        thing.trail = [Word(f"{pronoun} {verb}"), *place]
    elif chance_rand(rng, 0.55):
        thing.trail = [Word(pick_rand(rng, PLACED)), *place]
    else:
        thing.trail = place


def turned_rand(rng: np.random.Generator, tie: Tie) -> Items | None:
    """Return the relation as words that follow its object ("with a cup on it"), if it has such."""
    wordings = TURNED.get(tie.predicate)
    if wordings is None or len(tie.objects) > 1:
        return None
    wording = pick_rand(rng, wordings)
    if tie.predicate == "between" and tie.objects[0].count != PAIR:
        return None
    if "full of" in wording and tie.subject.count == 1:
        wording = "with S in it"
    if tie.objects[0].plural:
        wording = wording.replace(" it", " them").replace("its ", "their ")
        wording = wording.replace("that has", "that have").replace("contains", "contain")
        wording = wording.replace("that holds", "that hold")
    if tie.subject.plural:
        wording = wording.replace("hangs", "hang").replace("dangles", "dangle")
    return _turned(tie, wording)


def _turned(tie: Tie, wording: str) -> Items:
    before, _, after = wording.partition("S")
    items: Items = []
    marked = False
    for part in (before.strip(), "S", after.strip()):
        if part == "S":
            items.append(Np(tie.subject))
        elif part == "with" or not part:
            items += [Word(part)] if part else []
        else:
            verb, _, agreement = part.partition("/")
            if agreement:
                verb = verb.removesuffix("s") if tie.subject.plural else verb
            items.append(Word(verb, () if marked else (tie.tag,)))
            marked = True
    return items
