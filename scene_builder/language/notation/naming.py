"""What the words of a prompt may name: read generously, for a grammar to offer.

A reader decides what is there; these lists only keep it from naming what no word names. So they
know more than noun phrases do: verbs that stand as nouns ("the cook", "a stack"), owners ("a
waiter's tray"), closed compounds ("tabletop" is a table's) and words misspelt.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from scene_builder.knowledge.words.nouns import (
    IRREGULAR_PLURALS,
    NOUNS,
    SYNONYMS,
    is_plural,
    plural,
    singular,
)
from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    MATERIAL_WORDS,
    PLAIN_ADJECTIVES,
    SIZE_WORD_OF,
    SPEED_WORD_OF,
)
from scene_builder.knowledge.words.quantities import VAGUE_COUNTS, number_from_word
from scene_builder.knowledge.words.scenery import NO_THINGS
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.tokens import DETERMINERS, STOPS, tokens_of
from scene_builder.language.phrases.words.spelling import mended
from scene_builder.model.words import RESERVED_IDS

_UNDERFOOT = frozenset({"floor", "ground", "floorboard", "surface", "earth", "air", "sky"})
_SEEN = frozenset({"hand", "wind", "dust", "picture", "sun", "rain", "storm", "wave", "hole",
                   "image", "spot", "gust", "light", "reflection"})  # fmt: skip
"""No things, but something that a graph may name."""
_PLACES_ON = ("top", "side", "skin", "tip", "edge", "bottom", "rim", "front", "back")
_QUALITIES = frozenset({*COLOR_PHRASES, *MATERIAL_WORDS, *SIZE_WORD_OF, *PLAIN_ADJECTIVES})
_SAY_MORE = frozenset({"wooden", "golden", "standing", "hanging", "flying"})
"""What begins a noun of the table, yet may as well describe: standing stones, a wooden horse."""
_LIST_MARKS = frozenset({"", ",", ":", ";", ".", "and", "or"})
_LONGEST = 3
_SHORTEST = 3
_MOST_KINDS = 4


def nouns_named(text: str) -> tuple[str, ...]:
    """Return the nouns, in the singular, that lower-case `text` may name."""
    words = [mended(token.text) for token in tokens_of(text)]
    bare = [word.removesuffix("'s").removesuffix("s'") or word for word in words]
    found = [chunk.noun for chunk in chunks_of(text)]
    known = set[int]()
    found += _known_phrases(bare, known)
    found += [
        f"{bare[k - 1]} {singular(bare[k])}"
        for k in sorted(known - {0})
        if k - 1 in known or _may_be_noun(bare[k - 1])
    ]
    for k, word in enumerate(bare):
        if k not in known and (_may_be_noun(word) or _stands_as_noun(words, k)):
            found += _singulars(word)
            if k and _joins(words, bare, k, known):
                found += [f"{bare[k - 1]} {one}" for one in _singulars(word)]
    found += [other for word in bare for other in near_names(word)]
    if re.search(r"\bwalls?\b", text):  # a wall alone is the room's
        found += [f"{word} wall" for word in bare if word in MATERIAL_WORDS]
    return tuple(noun for noun in dict.fromkeys(found) if noun and _is_thing(noun))


def ids_named(text: str, most: int) -> tuple[str, ...]:
    """Return bare ids for the nouns of `text`, and those of further kinds of the same noun.

    Args:
        text: A lower-case prompt.
        most: The largest number that it says: of two things there are at most two kinds.
    """
    ids = [re.sub(r"[^a-z0-9]+", "_", noun).strip("_") for noun in nouns_named(text)]
    ids = [ref for ref in dict.fromkeys(ids)
           if re.fullmatch(r"[a-z][a-z0-9_]*", ref) and ref not in RESERVED_IDS]  # fmt: skip
    apart = re.search(r"\b(?:ones?|first|former|other|another|second|latter)\b", text) is not None
    colors = len({word for word in COLOR_PHRASES if re.search(rf"\b{word}\b", text)})
    listed = colors if apart and colors > 2 else 1 + apart  # noqa: PLR2004 - one red, one white
    found = list(ids)
    for ref in ids:
        noun = ref.replace("_", " ")
        one, many = (len(re.findall(rf"\b{'[ -]'.join(form.split())}\b", text))
                     for form in (noun, plural(noun)))  # fmt: skip
        kinds = max(one + many, most if many else 0, listed)
        found += [f"{ref}_{k}" for k in range(2, min(kinds, _MOST_KINDS) + 1)]
    return tuple(dict.fromkeys(found))


def near_names(word: str) -> tuple[str, ...]:
    """Return what a word names by its parts: "tabletop" a table, "cuttingboard" as two words."""
    one = singular(word)
    if one in NOUNS:
        return ()
    parts = [one.removesuffix(end) for end in _PLACES_ON if one.endswith(end)]
    joined = _joined().get(one, ())
    return (*(part for part in parts if part in NOUNS), *joined)


def _known_phrases(words: Sequence[str], known: set[int]) -> Iterator[str]:
    """Yield the nouns of the table, longest first; note in `known` where they stand."""
    after = 0
    for k in range(len(words)):
        for length in range(_LONGEST, 0, -1) if k >= after else ():
            one = singular(" ".join(words[k : k + length]).replace("-", " "))
            usual = SYNONYMS.get(one, one)
            if k + length <= len(words) and (usual in NOUNS or one in IRREGULAR_PLURALS):
                after = k + length
                yield from (usual, one, *_singulars(words[after - 1])[1:])
                known.update(range(k, after))
                if words[k] in _SAY_MORE and length > 1:
                    yield singular(words[after - 1])
                break


def _may_be_noun(word: str) -> bool:
    """Whether a word may be one out of context; "milk-white" is none."""
    plain = word.isalpha() and len(word) >= _SHORTEST and word not in STOPS | DETERMINERS
    other = (
        word in FORMS or word in PLAIN_ADJECTIVES or word in SIZE_WORD_OF or word in SPEED_WORD_OF
        or number_from_word(word) is not None or word in COLOR_PHRASES or word in VAGUE_COUNTS
        or (word in MATERIAL_WORDS and word not in NOUNS) or word.endswith("ly")
    )  # fmt: skip
    return plain and not other


def _stands_as_noun(words: Sequence[str], k: int) -> bool:
    """Whether a verb or a material at `k` stands where a noun does: "the press", "a tall pine"."""
    word = words[k]
    before, after = (words[k - 1] if k else ""), (words[k + 1] if k + 1 < len(words) else "")
    if word.endswith("'s"):
        return word.removesuffix("'s") not in STOPS
    if not word.isalpha() or len(word) < _SHORTEST or word in STOPS | DETERMINERS:
        return False
    number = VAGUE_COUNTS.get(before, number_from_word(before) or 0)
    if number > 1 or before == "of":
        return is_plural(word) if word in FORMS else word in MATERIAL_WORDS
    described = before in DETERMINERS or before in _QUALITIES or before.endswith("'s") or number
    headless = not (_may_be_noun(after) or after in _QUALITIES or singular(after) in NOUNS)
    if word not in FORMS:
        return bool(word in MATERIAL_WORDS and described and headless)
    if FORMS[word][0] not in (word, singular(word)):
        return bool(described and headless)  # "a steel bearing", not "a bouncing ball"
    listed = before in _LIST_MARKS and after in _LIST_MARKS
    counted = k > 1 and (words[k - 2] == "of" or words[k - 2] in VAGUE_COUNTS)
    whole = counted or (FORMS[word][0] == word and not is_plural(before))
    makes_one = whole and _may_be_noun(before)  # "some insulation rolls", "a hydraulic press"
    return bool(described or listed or makes_one)


def _joins(words: Sequence[str], bare: Sequence[str], k: int, known: set[int]) -> bool:
    """Whether the word before `k` makes one noun with it: "marble run", not "marble runs"."""
    before = words[k - 1]
    if before.endswith("'s"):
        return False
    if words[k] not in FORMS:
        return k - 1 not in known and _may_be_noun(bare[k - 1])
    noun = k - 1 in known or _may_be_noun(before) or before in MATERIAL_WORDS
    counted = k > 1 and (words[k - 2] == "of" or words[k - 2] in VAGUE_COUNTS)
    return noun and (counted or (FORMS[words[k]][0] == words[k] and not is_plural(before)))


def _singulars(word: str) -> tuple[str, ...]:
    """Return what a word may be the plural of: "panes" of a pan, by the lists, or of a pane."""
    one = singular(word)
    both = word.endswith("es") and one == word[:-2] and word[-3] not in "sxzho"
    return (one, word[:-1]) if both else (one,)


def _is_thing(noun: str) -> bool:
    return noun not in _UNDERFOOT and (noun not in NO_THINGS or noun in _SEEN)


@cache
def _joined() -> dict[str, tuple[str, ...]]:
    """Nouns of several words, written as one → themselves."""
    return {noun.replace(" ", ""): (noun,) for noun in sorted(NOUNS) if " " in noun}
