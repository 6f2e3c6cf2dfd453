"""Things with attributes, drawn at random, with the noun phrases that name them."""

import numpy as np

from scene_builder.knowledge.words.nouns import plural
from scene_builder.knowledge.words.qualities import COLOR_WORDS
from scene_builder.knowledge.words.quantities import PLURAL_COUNT
from scene_builder.language.synthetic.drawing.attributes import Looks, looks_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.world import (
    Items,
    Np,
    Tag,
    Thing,
    Word,
    World,
)
from scene_builder.language.synthetic.tables.nouns import (
    ANIMATE,
    COMMON,
    CONTENTS,
    FLAT_HOLDERS,
    HOLDERS,
    KINDS,
)
from scene_builder.language.synthetic.tables.numbers import NUMBERS, number_rand, number_words

_SELDOM_MANY = {"hanger": 0.0, "support": 0.06, "slope": 0.04, "container": 0.12, "agent": 0.1,
                "door": 0.1}  # fmt: skip
_OFTEN_MANY = 0.27
_LAYOUTS = ("before",) * 16 + ("after", "after", "made", "apposed", "relative", "of", "quantity")
_MOST_TRIES = 30


def thing_rand(
    rng: np.random.Generator, world: World, kind: str, *, many: bool | None = None,
    plain: bool = False,
) -> Thing:  # fmt: skip
    """Draw a thing of a kind and add it to the world.

    Args:
        rng: Generator.
        world: What was drawn before; its nouns are not drawn again.
        kind: Key of `KINDS`; with `+` at its end there are several.
        many: Whether there are several; None leaves it open.
        plain: Whether it gets no group and few attributes.
    """
    name = kind.rstrip("+")
    noun = _noun_rand(rng, name, world.taken)
    world.taken.add(noun)
    thing = Thing(id=noun.replace(" ", "_").replace("-", "_"), noun=noun, animate=noun in ANIMATE)
    if many is None:
        many = kind.endswith("+") or chance_rand(rng, _SELDOM_MANY.get(name, _OFTEN_MANY))
    if many:
        thing.count = pick_rand(rng, NUMBERS)
        if not plain and name in {"toppler", "target", "block"} and chance_rand(rng, 0.3):
            thing.group = pick_rand(rng, ("in_row", "in_row", "stacked"))
    looks = looks_rand(rng, thing, plain=plain)
    if looks.room and world.setting.setdefault("place", looks.room) != looks.room:
        looks.room = ""
    thing.looks = looks.values
    thing.later = looks.later
    _phrase_rand(rng, world, thing, looks)
    world.things.append(thing)
    if noun in HOLDERS and thing.count == 1 and not plain and chance_rand(rng, 0.14):
        _fill_rand(rng, world, thing)
    return thing


def _fill_rand(rng: np.random.Generator, world: World, thing: Thing) -> None:
    """Put several things into a container, where it is first named: "a jar of buttons"."""
    noun = pick_rand(rng, CONTENTS)
    if noun in world.taken:
        return
    world.taken.add(noun)
    content = Thing(id=noun.replace(" ", "_"), noun=noun, count=PLURAL_COUNT, plural=True)
    content.phrase = [head_of(content)]
    flat = thing.noun in FLAT_HOLDERS
    links = ("of", "of", "of", "full of", "filled with", "containing")
    link = pick_rand(rng, ("of", "with", "full of", "loaded with") if flat else links)
    if chance_rand(rng, 0.3):
        color = pick_rand(rng, tuple(COLOR_WORDS)[:13])
        content.looks["color"] = color
        content.later = [Word(color, (Tag("color", content, "color", color),))]
        content.phrase = [*content.later, *content.phrase]
    elif chance_rand(rng, 0.15):
        content.count = pick_rand(rng, NUMBERS)
        tag = Tag("count", content, "count", str(content.count))
        content.phrase = [Word(number_words(content.count), (tag,)), *content.phrase]
        link = pick_rand(rng, ("with", "containing", "holding"))
    world.things.append(content)
    tie = world.say("relation", content, "on" if flat else "inside", thing)
    thing.trail = [Word(link, (Tag("relation", tie, "predicate", tie.word),)), Np(content)]


def grouped_rand(rng: np.random.Generator, world: World, kind: str, group: str) -> Thing:
    """Draw several things of a kind that stand in a row or a stack."""
    thing = thing_rand(rng, world, kind, many=True, plain=True)
    thing.group = group
    _phrase_rand(rng, world, thing, Looks.of(thing))
    return thing


def twins_rand(rng: np.random.Generator, world: World, kind: str) -> tuple[Thing, Thing]:
    """Draw two things that share a noun and differ in colour, such as a red and a blue cube."""
    noun = _noun_rand(rng, kind, world.taken)
    world.taken.add(noun)
    colors = list(COLOR_WORDS)[:13]
    first = pick_rand(rng, colors)
    second = pick_rand(rng, [color for color in colors if color != first])
    made = []
    for color, ending in ((first, ""), (second, "_2")):
        ref = noun.replace(" ", "_").replace("-", "_") + ending
        thing = Thing(id=ref, noun=noun, looks={"color": color}, twin=True, animate=noun in ANIMATE)
        look = Word(color, (Tag("color", thing, "color", color),))
        thing.later = [look]
        thing.phrase = [Word("a"), look, head_of(thing)]
        world.things.append(thing)
        made.append(thing)
    return made[0], made[1]


def head_of(thing: Thing, *, several: bool | None = None) -> Word:
    """Return the head noun that first names a thing."""
    many = thing.count > 1 if several is None else several
    return Word(plural(thing.noun) if many else thing.noun, (Tag("noun", thing, "noun", thing.id),))


def _noun_rand(rng: np.random.Generator, kind: str, taken: set[str]) -> str:
    if chance_rand(rng, 0.5) and COMMON[kind]:
        noun = pick_rand(rng, COMMON[kind])
        if noun not in taken:
            return noun
    noun = pick_rand(rng, KINDS[kind])
    for _ in range(_MOST_TRIES):
        if noun not in taken and not taken & set(noun.split()):
            break
        noun = pick_rand(rng, KINDS[kind])
    return noun


def _phrase_rand(rng: np.random.Generator, world: World, thing: Thing, looks: Looks) -> None:
    layout = pick_rand(rng, _LAYOUTS)
    before, after = looks.laid_out_rand(rng, thing, layout)
    core: Items = [*before, head_of(thing)]
    thing.phrase = [*_determined_rand(rng, world, thing, core), *after]


def _determined_rand(rng: np.random.Generator, world: World, thing: Thing, core: Items) -> Items:
    thing.plural = thing.count > 1
    thing.group_noun = ""
    if thing.count == 1:
        draw = rng.random()
        if draw < 0.82:  # noqa: PLR2004
            return [Word("a"), *core]
        word = "the" if draw < 0.93 else pick_rand(rng, ("one", "a single", ""))  # noqa: PLR2004
        if word in {"one", "a single"}:
            return [Word(word, (Tag("count", thing, "count", "1"),)), *core]
        return [*([Word(word)] if word else []), *core]
    text, said = number_rand(rng, thing.count, grouped=bool(thing.group))
    number: Items = []
    if text:
        number = [Word(text, (Tag("count", thing, "count", str(thing.count)),) if said else ())]
    if not thing.group:
        return [*number, *core]
    tie = world.say("relation", thing, thing.group)
    tag = Tag("relation", tie, "predicate", thing.group)
    if chance_rand(rng, 0.7):
        names = ("row", "row", "row", "line", "neat row", "long line", "single file", "queue")
        piles = ("stack", "stack", "tower", "pile", "tall stack", "column", "heap", "small tower")
        noun = pick_rand(rng, names if thing.group == "in_row" else piles)
        thing.plural = False
        thing.group_noun = noun.split(" ")[-1]
        link = pick_rand(rng, ("of", "of", "of", "of", "made of", "built from"))
        if thing.group == "in_row":
            link = "of"
        det = Word(pick_rand(rng, ("a", "a", "a", "the")))
        return [det, Word(noun, (tag,)), Word(link), *number, *core]
    endings = (
        ("in a row", "in a line", "lined up in a row", "standing in a row", "lined up",
         "in a straight line", "arranged in a row", "one behind the other", "side by side in a row")
        if thing.group == "in_row"
        else ("stacked on top of each other", "in a stack", "in a pile", "stacked up", "piled up",
              "stacked one on top of the other", "piled on top of each other", "in a tower")
    )  # fmt: skip
    return [*number, *core, Word(pick_rand(rng, endings), (tag,))]
