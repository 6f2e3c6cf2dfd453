"""The grammar that the embedded model writes under: the evidence filter inside of the decoder.

A grammar is made for each prompt. It offers only nouns, numbers, colours, materials and sizes
that the prompt has a word for, so that the model chooses how things relate and cannot invent
what is there. Where the prompt gives nothing of a kind, that kind is free
(nouns) or left out (attributes).
"""

import json
import re
from dataclasses import dataclass

from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    MATERIAL_WORDS,
    SIZE_WORD_OF,
)
from scene_builder.knowledge.words.scenery import GROUND_NOUNS
from scene_builder.language.notation.counting import numbers_said, parts_said
from scene_builder.language.notation.hints import (
    INDIVIDUALS,
    ORDERS,
)
from scene_builder.language.notation.naming import ids_named
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.tokens import tokens_of
from scene_builder.language.phrases.words.spelling import mended
from scene_builder.model.words import (
    DIRECTIONS,
    OUTCOME_PREDICATES,
    PREDICATES,
    RESERVED_IDS,
    SPEED_WORDS,
    VERBS,
)

_SURROUNDINGS = tuple(ref for ref in RESERVED_IDS if ref != "floor")
_ENDS_ALONE = frozenset({"falls", "bounces", "comes_to_rest", "leaves_frame", "moves"})
_ALONE = ("in_row", "stacked")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words that a grammar offers; an empty tuple leaves that part of a line out.

    Attributes:
        nouns: Bare ids, such as `toy_car`; empty: any lower-case word.
        counts: Numbers of individuals.
        sizes: Size words as they stand in the prompt; likewise `colors` and `materials`.
        relations: Predicates of relations.
        verbs: Verbs of actions.
        directions: Directions of actions.
        speeds: Speed words of actions.
        outcomes: Predicates of outcomes.
        parts: Numbers that an outcome may count.
        negation: Whether an outcome may be negated.
        order: Whether an outcome may come after another.
        individuals: Whether one of several like things may be named: `cup#2`.
        lines: Most lines of each kind, so that a loop of the model ends.
    """

    nouns: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    sizes: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    relations: tuple[str, ...] = PREDICATES
    verbs: tuple[str, ...] = VERBS
    directions: tuple[str, ...] = DIRECTIONS
    speeds: tuple[str, ...] = SPEED_WORDS
    outcomes: tuple[str, ...] = OUTCOME_PREDICATES
    parts: tuple[int, ...] = ()
    negation: bool = True
    order: bool = True
    individuals: bool = True
    lines: int = 60


def free_vocabulary() -> Vocabulary:
    """Return the vocabulary that offers everything."""
    numbers = tuple(range(1, 201))
    return Vocabulary(
        counts=numbers, parts=(0, *numbers), sizes=_written(tuple(SIZE_WORD_OF)),
        colors=_written(tuple(COLOR_PHRASES)), materials=_written(tuple(MATERIAL_WORDS)),
    )  # fmt: skip


def vocabulary_of(text: str) -> Vocabulary:
    """Return the words that a lower-case prompt, its stated facts taken out, has evidence for.

    What things do, how they stand and what comes of it is said in too many ways to be listed:
    those words are always offered, and the other readers vote on what the model makes of them.
    """
    numbers = numbers_said(text)
    nouns = ids_named(text, max(numbers, default=1))
    return Vocabulary(
        nouns=nouns,
        counts=tuple(n for n in numbers if n > 1),
        sizes=_found(text, tuple(SIZE_WORD_OF)),
        colors=_found(text, tuple(COLOR_PHRASES)),
        materials=_found(text, tuple(MATERIAL_WORDS)),
        parts=parts_said(text),
        order=_has(text, ORDERS),
        individuals=_has(text, INDIVIDUALS),
        lines=4 + sum(chunk.noun not in GROUND_NOUNS for chunk in chunks_of(text)),
    )


def lark_grammar(vocabulary: Vocabulary) -> str:
    """Return the grammar of the notation's core lines in Lark's form, as llguidance reads it."""
    nouns = (
        _either(vocabulary.nouns)
        if vocabulary.nouns
        else r"/[a-z]{2,20}(_[a-z]{2,20}){0,3}(_[2-9])?/"
    )
    reserved = _either(_SURROUNDINGS)
    attributes = "".join(
        f' (" " {name})?'
        for name, words in (
            ("COUNT", vocabulary.counts), ("SIZE", vocabulary.sizes),
            ("COLOR", vocabulary.colors), ("MATERIAL", vocabulary.materials),
        )
        if words
    )  # fmt: skip
    turns = ' (" " DIRECTION)?' if vocabulary.directions else ""
    speeds = ' (" " SPEED)?' if vocabulary.speeds else ""
    negation = ' (" " "not")?' if vocabulary.negation else ""
    parts = ' (" " (">=" | "<=")? PART)?' if vocabulary.parts else ""
    order = ' (" " "after=" /[0-9]/)?' if vocabulary.order else ""
    most = vocabulary.lines
    rules = {
        "start": f"entity{{1,{most}}} relation{{0,{most}}} action{{0,{most}}} outcome{{0,{most}}}",
        "entity": f'NOUN{attributes} "\\n"',
        "relation": f'who " " ({_relations(vocabulary)}) "\\n"',
        "action": f'who " " VERB{turns}{speeds} (" " ">" ref)? "\\n"',
        "outcome": f'who{negation} " " ({_outcomes(vocabulary)}){parts}{order} "\\n"',
        "ref": f"who | {reserved}",
        "who": "NOUN" + (' ("#" /[1-9]/)?' if vocabulary.individuals else ""),
        "NOUN": nouns,
        "VERB": _either(vocabulary.verbs),
    }
    terminals: tuple[tuple[str, tuple[str | int, ...]], ...] = (
        ("COUNT", vocabulary.counts), ("SIZE", vocabulary.sizes), ("COLOR", vocabulary.colors),
        ("MATERIAL", vocabulary.materials), ("DIRECTION", vocabulary.directions),
        ("SPEED", vocabulary.speeds), ("PART", vocabulary.parts),
    )  # fmt: skip
    rules |= {name: _either(words) for name, words in terminals if words}
    return "".join(f"{name}: {body}\n" for name, body in rules.items())


def _relations(vocabulary: Vocabulary) -> str:
    """What may follow the subject of a relation: how many objects depends on the predicate."""
    alone = [f'"{word}"' for word in vocabulary.relations if word in _ALONE]
    several = [f'"{word}" " " ref (" " ref)?' for word in vocabulary.relations if word == "between"]
    rest = [w for w in vocabulary.relations if w not in _ALONE and w != "between"]
    return " | ".join([*alone, *several, *(f'"{word}" " " ref' for word in rest)])


def _outcomes(vocabulary: Vocabulary) -> str:
    alone = [f'"{word}"' for word in vocabulary.outcomes if word in _ENDS_ALONE]
    rest = [f'"{word}" " " ref' for word in vocabulary.outcomes if word not in _ENDS_ALONE]
    return " | ".join([*alone, *rest])


def _found(text: str, phrases: tuple[str, ...]) -> tuple[str, ...]:
    words = (mended(token.text).removesuffix("'s") for token in tokens_of(text))
    spaced = f" {' '.join(words)} ".replace("-", " ")
    several = (f" of {p}s " in spaced for p in phrases)  # "a chimney of bricks"
    have = (f" {p.replace('-', ' ')} " in spaced or more
            for p, more in zip(phrases, several, strict=True))  # fmt: skip
    return _written(tuple(p for p, is_said in zip(phrases, have, strict=True) if is_said))


def _written(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase.replace(" ", "_") for phrase in phrases)


def _has(text: str, words: str) -> bool:
    return re.search(rf"(?<![\w'])(?:{words})(?![\w'])", text) is not None


def _either(words: tuple[str | int, ...]) -> str:
    return " | ".join(json.dumps(str(word)) for word in words)
