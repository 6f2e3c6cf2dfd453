"""Noun phrases: which words of a prompt name one thing, and what they say of it."""

from scene_builder.knowledge.colors import COLORFUL
from scene_builder.knowledge.words.nouns import NOUNS, SYNONYMS, is_plural, singular
from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    COLOR_WORDS,
    MATERIAL_WORDS,
    PLAIN_ADJECTIVES,
    SIZE_WORD_OF,
)
from scene_builder.knowledge.words.quantities import PLURAL_COUNT, number_from_word
from scene_builder.knowledge.words.relations import (
    BODY_PARTS,
    EDGE_WORDS,
    HOLDERS,
    ROW_WORDS,
    STACK_WORDS,
)
from scene_builder.knowledge.words.scenery import NO_THINGS, ROOM_ADJECTIVES
from scene_builder.knowledge.words.softs import VESSELS
from scene_builder.language.phrases.attributes import ORDERS, attributes_of
from scene_builder.language.phrases.counting import Chunk, read_group, read_number
from scene_builder.language.phrases.words.context import Word
from scene_builder.language.phrases.words.lexicon import is_name
from scene_builder.language.phrases.words.tagging import tagged

_LONGEST = 4
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "his", "her", "their",
                       "my", "your", "our", "both"})  # fmt: skip
_OWNERS = frozenset({"its", "his", "her", "their"})
_INTENSE = frozenset({"very", "really", "quite", "rather", "extremely", "slightly", "brightly",
                      "almost", "round", "freshly", "half", "too", "next"})  # fmt: skip
_SCRAPS = frozenset({"piece", "bit", "scrap", "lump", "slice", "chunk"})
"""Nouns that only count what has no plural: "a piece of paper" is paper."""
_MADE_OF = frozenset({"paper", "rubber", "glass", "plastic", "metal", "steel", "cardboard", "wood",
                      "clay", "silk", "iron", "brass"})  # fmt: skip
"""Materials that stay materials inside a compound ("paper plane"); a tin soldier may be lead."""
_PLAIN = frozenset(PLAIN_ADJECTIVES)

_PARTS_OF_NOUNS = frozenset(part for noun in NOUNS for part in noun.split(" "))
"""Words that are part of the name of some thing; others before a noun only describe it."""


def chunks_of(text: str) -> list[Chunk]:
    """Return all noun phrases of lower-case text, in order."""
    words, found, k = tagged(text), [], 0
    while k < len(words):
        result = chunk_at(words, k)
        if result is None:
            k += 1
            continue
        chunk, k = result
        found.append(chunk)
        if chunk.content:
            found.append(chunk.content[0])
    return found


def chunk_at(words: list[Word], at: int) -> tuple[Chunk, int] | None:
    """Return the noun phrase that begins at word `at` and the word after it, or None."""
    chunk, k = Chunk(start=words[at].start), at
    k = _opening(words, k, chunk)
    body = _body(words, k)
    if body == k:
        return None
    head = _head(words, k, body)
    if head is None:
        return _shared(words, k, body, chunk)
    if head[1] < body and words[body - 1].tag == "adj":
        body = head[1]
    chunk.noun, chunk.known = _noun(words, *head)
    _finish(words, chunk, head)
    first = words[head[0]]
    if head[1] - head[0] > 1 and first.text in _MADE_OF:
        chunk.material = (first.text, first.start, first.end)
    attributes_of(words, k, head[0], chunk)
    if chunk.material and chunk.material[0] == "jelly" and (
        chunk.noun.rsplit(" ", maxsplit=1)[-1] in VESSELS):  # fmt: skip
        chunk.material = None  # a jelly jar holds it
    return _afterwords(words, head[1], chunk)


def _shared(words: list[Word], start: int, end: int, chunk: Chunk) -> tuple[Chunk, int] | None:
    """Read "a red" of "a red and a blue ball": the noun stands behind the second one only."""
    joined = end + 1 < len(words) and words[end].text == "and" and (
        words[end + 1].text in {"a", "an", "one"} or words[end + 1].tag == "num")  # fmt: skip
    if (
        not joined
        or chunk.definite
        or chunk.bare
        or not all(
            word.text in COLOR_WORDS or word.text in SIZE_WORD_OF for word in words[start:end]
        )
    ):
        return None
    found = chunk_at(words, end + 1)
    if found is None or not (found[0].color or found[0].size):
        return None
    chunk.noun, chunk.known, chunk.end = found[0].noun, found[0].known, words[end - 1].end
    chunk.head = (chunk.end, chunk.end)
    chunk.several = (chunk.count or 1) > 1
    attributes_of(words, start, end, chunk)
    return chunk, end


def _opening(words: list[Word], k: int, chunk: Chunk) -> int:
    """Read determiners, numbers and "a row of"."""
    while k < len(words):
        word, tag = words[k].text, words[k].tag
        number = 0 if tag in {"verb", "mark", "prep"} else read_number(words, k, chunk)
        if number and _body(words, k + number) > k + number:
            k, chunk.bare = k + number, False
            continue
        group = _group(words, k, chunk)
        if group:
            k, chunk.bare = k + group, False
            continue
        owner = word.endswith("'s") and tag == "noun" and _body(words, k + 1) > k + 1 and (
            not is_name(word, words[k + 1].text))  # fmt: skip
        if tag != "det" and not owner:
            break
        _determined(chunk, words[k], owner=owner)
        k += 1
    return k


def _group(words: list[Word], k: int, chunk: Chunk) -> int:
    """Read "row of", "long row of"; nothing where no noun phrase follows "of"."""
    for skip in (0, 1):
        if skip and (k >= len(words) or words[k].tag != "adj"):
            return 0
        length = read_group(words, k + skip, chunk) if k + skip < len(words) else 0
        if length:
            follows = k + skip + length < len(words) and words[k + skip + length].tag in {
                "det", "num", "adj", "noun"}  # fmt: skip
            return skip + length if follows else 0
    return 0


def _determined(chunk: Chunk, word: Word, *, owner: bool) -> None:
    chunk.bare = False
    chunk.definite |= word.text in _DEFINITE or owner
    chunk.all_of |= word.text in {"all", "every", "each", "both"}
    if owner:
        chunk.owner = word.text.removesuffix("'s")
    if word.text in _OWNERS:
        chunk.owner = word.text
    if word.text in {"a", "an", "another"}:
        chunk.count = 1
        chunk.order = "another" if word.text == "another" else chunk.order
    if word.text == "both":
        chunk.count, chunk.counted = 2, (word.start, word.end)


def _body(words: list[Word], k: int) -> int:
    """Return where the run of adjectives and nouns from `k` ends."""
    start = k
    while k < len(words) and _goes_on(words, start, k):
        k += 1
    return k


def _goes_on(words: list[Word], start: int, k: int) -> bool:
    tag, word = words[k].tag, words[k].text
    if word == ",":  # "a pink, crumpled branch"
        opened = k > start and words[k - 1].tag == "adj" and words[start - 1].tag in {"det", "num"}
        return opened and _noun_ahead(words, k + 1)
    if tag in {"adj", "noun"}:
        return True
    follows = k + 1 < len(words) and words[k + 1].tag in {"adj", "noun"}
    return follows and tag == "adverb" and word in _INTENSE


def _noun_ahead(words: list[Word], k: int) -> bool:
    """Whether adjectives from `k` on end in a noun."""
    first = k
    while k < len(words) and words[k].tag == "adj":
        k += 1
    return first < k < len(words) and words[k].tag == "noun"


def _head(words: list[Word], start: int, end: int) -> tuple[int, int] | None:
    """Return first and one past the last word of the head noun."""
    last = end
    while last > start and words[last - 1].tag != "noun":
        last -= 1
    if last == start:
        return (end - 1, end) if _usable(words[end - 1].text) else None
    for length in range(min(_LONGEST, last - start), 1, -1):
        phrase = singular(" ".join(w.text for w in words[last - length : last]))
        if phrase in NOUNS or phrase in SYNONYMS:
            return last - length, last
    first = last - 1
    while first > start and _joins(words, first - 1, first):
        first -= 1
    own = singular(words[last - 1].text)
    if own in NOUNS and any(w.text not in _PARTS_OF_NOUNS for w in words[first : last - 1]):
        first = last - 1
    return first, last


def _joins(words: list[Word], k: int, head: int) -> bool:
    """Whether the word at `k` makes one noun with what follows: "croquet ball"."""
    word, noun = words[k].text, singular(words[head].text)
    if words[k].tag != "noun" or word.endswith("'s") or noun in (*EDGE_WORDS, *BODY_PARTS):
        return False
    qualities = (COLOR_WORDS, MATERIAL_WORDS, SIZE_WORD_OF)
    if any(word in table for table in qualities) or word in ORDERS or word in _PLAIN:
        return False
    return word not in ROOM_ADJECTIVES and number_from_word(word) is None and word[0].isalpha()


def _usable(word: str) -> bool:
    """Whether an adjective can be the name of a thing: "a glass", "some wool"."""
    return word in MATERIAL_WORDS or singular(word) in NOUNS


def _noun(words: list[Word], first: int, last: int) -> tuple[str, bool]:
    phrase = " ".join(w.text for w in words[first:last]).replace("-", " ")
    noun = singular(phrase)
    known = noun in NOUNS or SYNONYMS.get(noun, "") in NOUNS
    return SYNONYMS.get(noun, noun), known or singular(words[last - 1].text) in NOUNS


def _finish(words: list[Word], chunk: Chunk, head: tuple[int, int]) -> None:
    phrase = " ".join(w.text for w in words[head[0] : head[1]])
    chunk.head = (words[head[0]].start, words[head[1] - 1].end)
    chunk.end = chunk.head[1]
    chunk.several = is_plural(phrase) or (chunk.count or 1) > 1
    if chunk.count is None and is_plural(phrase) and not chunk.definite:
        chunk.count = PLURAL_COUNT
    if chunk.group and chunk.count in (None, 1) and is_plural(phrase):
        chunk.count, chunk.several = (chunk.count or PLURAL_COUNT), True


def _afterwords(words: list[Word], k: int, chunk: Chunk) -> tuple[Chunk, int]:
    """Read "painted red", "made of wood", "of glass", "of soup" after the head noun."""
    texts = [word.text for word in words[k : k + 4]]
    if texts[:1] in (["painted"], ["colored"], ["coloured"], ["in"], ["of"]):
        for length in (2, 1):
            color = COLOR_PHRASES.get(" ".join(texts[1 : 1 + length]))
            ends = k + 1 + length >= len(words) or words[k + 1 + length].tag not in {"noun", "adj"}
            told = texts[0] != "of" or color == COLORFUL  # "of brass" is a material
            if color is not None and len(texts) > length and ends and told:
                chunk.color = (color, words[k + 1].start, words[k + length].end)
                return chunk, k + 1 + length
    made = 2 if texts[:2] in (["made", "of"], ["made", "from"], ["full", "of"]) else 0
    made = 3 if texts[:3] == ["made", "out", "of"] else made
    made = made or (1 if texts[:1] == ["of"] else 0)
    if not made or k + made >= len(words):
        return chunk, k
    return _of(words, k, made, chunk, full=texts[0] == "full")


def _of(words: list[Word], k: int, made: int, chunk: Chunk, *, full: bool) -> tuple[Chunk, int]:
    """Read what stands behind "of": the whole, a material, or the content."""
    found = chunk_at(words, k + made)
    if found is None or words[k + made].tag == "verb":
        return chunk, k
    inner, after = found
    if chunk.noun in _SCRAPS and inner.bare and not full:
        inner.count, inner.counted, inner.definite = chunk.count, chunk.counted, chunk.definite
        inner.bare, inner.start = False, chunk.start
        return inner, after
    material = MATERIAL_WORDS.get(inner.noun)
    if material is not None and inner.bare and (made > 1 or not chunk.group):
        chunk.material = (material, *inner.head)
        chunk.color = chunk.color or inner.color
        return chunk, after
    if _made(words, k):
        return chunk, k
    if _is_part(chunk.noun) and not full:
        inner.part, inner.start = chunk.noun, chunk.start
        inner.order = inner.order or chunk.order
        return inner, after
    if full or _holds(chunk.noun):
        chunk.content = (inner, words[k].start, words[k + made - 1].end)
        return chunk, after
    if inner.noun in NO_THINGS:
        chunk.noun = inner.noun
        return chunk, after
    if inner.bare and (inner.count is None or not inner.known):
        return chunk, after  # "a bead of mercury", "a loaf of bread"
    return chunk, k


def _made(words: list[Word], k: int) -> bool:
    """Whether "made of" stands at `k`."""
    return words[k].text == "made"


def _is_part(noun: str) -> bool:
    grouped = (*ROW_WORDS, *STACK_WORDS)
    return (noun in EDGE_WORDS or noun in BODY_PARTS) and noun not in grouped


def _holds(noun: str) -> bool:
    return noun.rsplit(" ", maxsplit=1)[-1] in HOLDERS
