"""The grammar that the embedded model writes under: the evidence filter inside of the decoder.

A grammar is made for each prompt. It offers only nouns, numbers, colours, materials, sizes,
verbs and the like that the prompt has a word for, so that the model chooses how things relate
and cannot invent what is there. Where the prompt gives nothing of a kind, that kind is free
(nouns) or left out (attributes).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from scene_builder.knowledge.words.nouns import (
    IRREGULAR_PLURALS,
    NOUNS,
    SYNONYMS,
    is_plural,
    singular,
)
from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    MATERIAL_WORDS,
    PLAIN_ADJECTIVES,
    SIZE_WORD_OF,
    SPEED_WORD_OF,
)
from scene_builder.knowledge.words.quantities import (
    NUMBER_PHRASES,
    PLURAL_COUNT,
    VAGUE_COUNTS,
    number_from_word,
)
from scene_builder.knowledge.words.scenery import GROUND_NOUNS
from scene_builder.knowledge.words.verbs import FORMS, SENSES_OF, Sense
from scene_builder.language.notation.hints import ENDS, HINTS, NEGATIONS, NEIGHBOURS, ORDERS, TURNS
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.tokens import STOPS, tokens_of
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
    lines: int = 60


def free_vocabulary() -> Vocabulary:
    """Return the vocabulary that offers everything."""
    numbers = tuple(range(1, 201))
    return Vocabulary(
        counts=numbers, parts=(0, *numbers), sizes=_written(tuple(SIZE_WORD_OF)),
        colors=_written(tuple(COLOR_PHRASES)), materials=_written(tuple(MATERIAL_WORDS)),
    )  # fmt: skip


def vocabulary_of(text: str) -> Vocabulary:
    """Return the words that a lower-case prompt, its stated facts taken out, has evidence for."""
    words = tuple(token.text for token in tokens_of(text))
    nouns, numbers = _nouns(text, words), _numbers(text, words)
    verbs: set[str] = {s.verb for w in words if w in FORMS for s in _senses(FORMS[w][0]) if s.verb}
    verbs |= {"fall"} if _has(text, "down") else set()
    verbs |= {near for verb in tuple(verbs) for near in NEIGHBOURS.get(verb, ())}
    return Vocabulary(
        nouns=nouns,
        counts=tuple(n for n in numbers if n > 1),
        sizes=_found(text, tuple(SIZE_WORD_OF)),
        colors=_found(text, tuple(COLOR_PHRASES)),
        materials=_found(text, tuple(MATERIAL_WORDS)),
        relations=tuple(p for p in PREDICATES if p not in HINTS or _has(text, HINTS[p])),
        verbs=tuple(verb for verb in VERBS if verb in verbs) or VERBS,
        outcomes=tuple(o for o in OUTCOME_PREDICATES if o not in ENDS or _has(text, ENDS[o])),
        directions=tuple(d for d in DIRECTIONS if _has(text, TURNS[d])),
        speeds=tuple(s for s in SPEED_WORDS if _speaks_of(text, s)),
        parts=numbers,
        negation=_has(text, NEGATIONS),
        order=_has(text, ORDERS),
        lines=4 + sum(chunk.noun not in GROUND_NOUNS for chunk in chunks_of(text)),
    )


def _senses(base: str) -> Iterator[Sense]:
    """Every sense of a verb, with any particle: `crash` may be "crash down"."""
    for phrase, senses in SENSES_OF.items():
        if phrase == base or phrase.startswith(base + " "):
            yield from senses


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
        "relation": f'NOUN " " ({_relations(vocabulary)}) "\\n"',
        "action": f'NOUN " " VERB{turns}{speeds} (" " ">" ref)? "\\n"',
        "outcome": f'NOUN{negation} " " ({_outcomes(vocabulary)}){parts}{order} "\\n"',
        "ref": f"NOUN | {reserved}",
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


def _nouns(text: str, words: tuple[str, ...]) -> tuple[str, ...]:
    found = [chunk.noun for chunk in chunks_of(text)]
    after, known = 0, set[int]()
    for k in range(len(words)):
        for length in (3, 2, 1) if k >= after else ():
            one = singular(" ".join(words[k : k + length]).replace("-", " "))
            usual = SYNONYMS.get(one, one)
            if k + length <= len(words) and (usual in NOUNS or one in IRREGULAR_PLURALS):
                found += [usual, one]
                after = k + length
                known.update(range(k, after))
                break
    found += [
        f"{words[k - 1]} {singular(words[k])}"
        for k in sorted(known - {0})
        if k - 1 in known or _may_be_noun(words[k - 1])
    ]
    for k, word in enumerate(words):
        if k not in known and _may_be_noun(word):
            found.append(singular(word))
            if k and k - 1 not in known and _may_be_noun(words[k - 1]):
                found.append(f"{words[k - 1]} {singular(word)}")
    ids = [re.sub(r"[^a-z0-9]+", "_", noun).strip("_") for noun in dict.fromkeys(found)]
    ids = [ref for ref in ids if re.fullmatch(r"[a-z][a-z0-9_]*", ref) and ref not in RESERVED_IDS
           and ref not in GROUND_NOUNS]  # fmt: skip
    told_apart = _has(text, "one|first|former|other|another|second|latter")
    twice = [
        f"{ref}_2" for ref in ids
        if told_apart or len(re.findall(rf"\b{ref.replace('_', ' ')}s?\b", text)) > 1
    ]  # fmt: skip
    return tuple(dict.fromkeys([*ids, *twice]))


def _may_be_noun(word: str) -> bool:
    plain = word.isalpha() and len(word) > 2 and word not in STOPS  # noqa: PLR2004
    other = (
        word in FORMS or word in PLAIN_ADJECTIVES or word in SIZE_WORD_OF or word in SPEED_WORD_OF
        or number_from_word(word) is not None or word in COLOR_PHRASES or word in VAGUE_COUNTS
        or (word in MATERIAL_WORDS and word not in NOUNS) or word.endswith("ly")
    )  # fmt: skip
    return plain and not other


def _numbers(text: str, words: tuple[str, ...]) -> tuple[int, ...]:
    found = {number for word in words if (number := number_from_word(word)) is not None}
    phrases = NUMBER_PHRASES | VAGUE_COUNTS
    found |= {n for phrase, n in phrases.items() if re.search(rf"\b{phrase}\b", text)}
    if any(is_plural(word) and word not in FORMS for word in words):
        found.add(PLURAL_COUNT)
    if _has(text, "none|no"):
        found.add(0)
    return tuple(sorted(n for n in found if n <= 200))  # noqa: PLR2004


def _found(text: str, phrases: tuple[str, ...]) -> tuple[str, ...]:
    spaced = text.replace("-", " ")
    have = [p for p in phrases if re.search(rf"\b{re.escape(p.replace('-', ' '))}\b", spaced)]
    return _written(tuple(have))


def _written(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(phrase.replace(" ", "_") for phrase in phrases)


def _speaks_of(text: str, speed: str) -> bool:
    return any(s == speed and re.search(rf"\b{word}\b", text) for word, s in SPEED_WORD_OF.items())


def _has(text: str, words: str) -> bool:
    return re.search(rf"(?<![\w'])(?:{words})(?![\w'])", text) is not None


def _either(words: tuple[str | int, ...]) -> str:
    return " | ".join(json.dumps(str(word)) for word in words)
