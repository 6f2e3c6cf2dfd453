"""Patterns of words: choices drawn, marks put on, things to be named left open."""

import re
from functools import lru_cache

import numpy as np

from scene_builder.knowledge.words import scenery
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.world import (
    Items,
    Np,
    Said,
    Tag,
    Thing,
    Word,
    World,
)
from scene_builder.language.synthetic.tables.numbers import HEIGHTS
from scene_builder.language.synthetic.tables.prose import GROUNDS, WALLS
from scene_builder.language.synthetic.tables.ties import WORDINGS

_CHOICE = re.compile(r"\[([^\[\]]*)\]((?:/\S+)?)")
_CODE = re.compile(r"([a-z]2?)(?:=(\w+))?")
_KIND_OF = {"d": "direction", "t": "target", "r": "relation", "e": "outcome"}
_FIELD_OF = {"d": "direction", "t": "target", "r": "predicate", "e": "predicate"}


def pattern_rand(
    rng: np.random.Generator, world: World, pattern: str, things: list[Thing], said: list[Said]
) -> Items:  # fmt: skip
    """Return the items of a pattern.

    Args:
        rng: Generator.
        world: The world that is being drawn (a named ground becomes its ground).
        pattern: See `tables.motions`.
        things: What `<0>`, `<1>`, … name.
        said: What the pattern says, in the order of its way.
    """
    text = _chosen_rand(rng, pattern)
    items: Items = []
    for word, codes in _tokens(text):
        if word[0] == "<":
            items.append(Np(things[int(word[1])]))
        elif word.isupper() and len(word) > 1:
            items += _special_rand(rng, world, word, said)
        else:
            items.append(Word(word, tuple(_tag(code, said) for code in codes)))
    return items


def _chosen_rand(rng: np.random.Generator, pattern: str) -> str:
    if "[" not in pattern:
        return pattern
    return _CHOICE.sub(lambda m: pick_rand(rng, m[1].split("|")) + m[2], pattern)


@lru_cache(maxsize=20_000)
def _tokens(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    tokens = []
    for token in text.split():
        word, _, codes = token.partition("/")
        tokens.append((word.replace("_", " "), tuple(codes.split("+")) if codes else ()))
    return tuple(tokens)


def _tag(code: str, said: list[Said]) -> Tag:
    match = _CODE.fullmatch(code)
    assert match is not None, code
    letter, second = match[1][0], match[1].endswith("2")
    kind = {"r": "relation", "e": "outcome"}.get(letter, "action")
    owner = [statement for statement in said if statement.kind == kind][second]
    if match[2]:
        owner.direction = match[2]
    value = {"d": owner.direction, "t": ""}.get(letter, owner.word)
    return Tag(_KIND_OF[letter], owner, _FIELD_OF[letter], value)


def _special_rand(rng: np.random.Generator, world: World, word: str, said: list[Said]) -> Items:
    if word == "GROUND":
        if "ground" not in world.setting and chance_rand(rng, 0.3):
            ground = pick_rand(rng, tuple(scenery.GROUNDS))
            world.setting["ground"] = ground
            tag = Tag("ground", "setting.ground", "", ground)
            return [Word(pick_rand(rng, scenery.GROUNDS[ground]), (tag,))]
        return [Word(pick_rand(rng, GROUNDS))]
    if word == "WALL":
        return [Word(pick_rand(rng, WALLS), (_reserved(said, "wall"),))]
    if word == "CEILING":
        return [Word("ceiling", (_reserved(said, "ceiling"),))]
    if word == "HEIGHT":
        text, value = pick_rand(rng, HEIGHTS)
        action = next(statement for statement in said if statement.kind == "action")
        action.height = value
        return [Word(text, (Tag("height", action, "height_m", value),))]
    tie = next(statement for statement in said if statement.kind == "relation")
    wording = pick_rand(rng, WORDINGS[tie.word])  # type: ignore[index]
    return [Word(wording, (Tag("relation", tie, "predicate", tie.word),))]


def _reserved(said: list[Said], name: str) -> Tag:
    owner = next(statement for statement in said if name in statement.objects)
    return Tag("surroundings", owner, "object" if owner.kind != "action" else "target", name)
