"""Phrases: noun phrases, pronouns, and parts of groups, without what stands around them."""

from scene_builder.knowledge.words.qualities import MATERIAL_WORDS
from scene_builder.knowledge.words.quantities import VAGUE_COUNTS, number_from_word
from scene_builder.knowledge.words.relations import EDGE_WORDS
from scene_builder.language.phrases.chunks import chunk_at
from scene_builder.language.phrases.clauses.tree import Phrase
from scene_builder.language.phrases.clauses.wordings import compared_at
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.words.context import Word
from scene_builder.model.words import Compare

_ALL = frozenset({"all", "each", "every", "both"})
_ONES = frozenset({"one", "ones"})
_ORDERS = frozenset({"last", "first", "top", "bottom", "middle", "other", "others", "second",
                     "third", "fourth", "fifth", "sixth", "rest", "remaining",
                     "another"})  # fmt: skip
_GROUPS = frozenset({"them", "these", "those", "which", "whom"})
_HALF = 0.5


def phrase_at(words: list[Word], k: int) -> tuple[Phrase, int] | None:
    """Return the phrase that begins at word `k` and the word after it, or None."""
    if k >= len(words):
        return None
    compare, at = _compare(words, k)
    for read in (_pronoun, _part, _thing):
        found = read(words, at)
        if found is not None:
            found[0].compare = compare
            return found
    return None


def _compare(words: list[Word], k: int) -> tuple[Compare, int]:
    found = compared_at(words, k)
    if found is None:
        return "exactly", k
    return found


def _pronoun(words: list[Word], k: int) -> tuple[Phrase, int] | None:
    word = words[k]
    following = words[k + 1].text if k + 1 < len(words) else ""
    if word.text in {"each", "one"} and following in {"other", "another"}:
        return _made("pronoun", "each other", words, k, 2), k + 2
    if word.text in {"nothing", "none", "neither"} and following != "of":
        return _made("nothing", word.text, words, k, 1), k + 1
    if word.tag == "nobody":
        return _made("nobody", word.text, words, k, 1), k + 1
    if word.tag != "pronoun":
        return None
    phrase = _made("pronoun", word.text, words, k, 1)
    if following in {"both", "all"}:
        phrase.all_of = True
        return phrase, k + 2
    return phrase, k + 1


def _part(words: list[Word], k: int) -> tuple[Phrase, int] | None:
    """Read "two of them", "none of the pins", "the last one", "both", "the other", "three"."""
    start, order = k, ""
    if words[k].text in {"the", "another", "every", "each", "a", "that", "this", "any"} and (
        words[k].text != "a" or _is_ordinal_alone(words, k + 1)):  # fmt: skip
        order = "another" if words[k].text == "another" else order
        k += 1
    if k >= len(words):
        return None
    ones = words[k].text in _ONES and k > start and words[start].text not in {"every", "each"}
    if ones:
        return _ordered(words, start, k, order)
    return _quantifier(words, start, k) or _ordered(words, start, k, order)


def _is_ordinal_alone(words: list[Word], k: int) -> bool:
    """Like "A fifth leaning against it": an ordinal that no noun follows."""
    alone = k + 1 >= len(words) or words[k + 1].tag not in {"noun", "adj"}
    return k < len(words) and words[k].text in _ORDERS and alone


def _quantifier(words: list[Word], start: int, k: int) -> tuple[Phrase, int] | None:
    word = words[k].text
    length = 2 if word == "a" or " ".join(w.text for w in words[k : k + 2]) in VAGUE_COUNTS else 1
    text = " ".join(w.text for w in words[k : k + length])
    number = 0 if word in {"none", "neither"} else number_from_word(word)
    number = VAGUE_COUNTS.get(text) if number is None else number
    everyone, half = word in _ALL or words[start].text in _ALL, word == "half"
    if number is None and not everyone and not half:
        return None
    after = _range_end(words, k, k + length)
    if after < len(words) and words[after].text in _ONES and everyone:
        after += 1
    phrase = _made("part", word, words, start, after - start)
    phrase.count = None if everyone or half else number
    phrase.all_of, phrase.share = everyone and word != "one", _HALF if half else None
    whole = _whole(words, after, phrase)
    if whole is not None:
        return phrase, whole
    alone = after >= len(words) or (
        words[after].tag not in {"noun", "adj", "det", "num"} and words[after].text != "of"
    )
    if alone and (after - start > 1 or words[start].text != "a"):
        return phrase, after
    return None


def _range_end(words: list[Word], k: int, after: int) -> int:
    """Pass "and five" of "between two and five", "or three" of "two or three"."""
    joined = after + 1 < len(words) and words[after].text in {"and", "or", "to"}
    if joined and number_from_word(words[after + 1].text) is not None and (
        words[after].text == "or" or words[k - 1].text in {"between", "from"}):  # fmt: skip
        return after + 2
    return after


def _whole(words: list[Word], k: int, phrase: Phrase) -> int | None:
    """Read "of them" or "of the pins" behind a number; return the word after it."""
    if k + 1 >= len(words) or words[k].text != "of":
        return None
    if words[k + 1].text in _GROUPS and (
        words[k + 1].text in {"them", "which", "whom"} or k + 2 >= len(words)
        or words[k + 2].tag not in {"noun", "adj", "num"}):  # fmt: skip
        phrase.end = words[k + 1].end
        return k + 2
    found = chunk_at(words, k + 1)
    if found is not None and words[k + 1].tag == "det":
        phrase.chunk, after = found
        phrase.chunk.definite, phrase.end = True, phrase.chunk.end
        return after
    if words[k + 1].text == "the" and k + 2 < len(words):
        number = number_from_word(words[k + 2].text)
        if number is not None:  # "half of the eight"
            phrase.order = str(number)
            phrase.end = words[k + 2].end
            return k + 3
    return None


def _ordered(words: list[Word], start: int, k: int, order: str) -> tuple[Phrase, int] | None:
    """Read "the last one", "the red ones", "another one", "the other", "the smallest"."""
    at = k
    while at < len(words) and (words[at].tag == "adj" or words[at].text in _ORDERS):
        at += 1
    chunk = chunk_at(words, k) if at > k else None
    if at < len(words) and words[at].text == "of" and words[at - 1].text in EDGE_WORDS:
        return None  # "the top of a skateboard"
    one = at < len(words) and words[at].text in _ONES
    last = words[at - 1].text if at > k else ""
    if one and (at > k or order or words[start].text in {"the", "that", "this"}):
        return _elliptic(words, start, k, at, at + 1, order)
    if at > k and start < k and (last in _ORDERS or last.endswith("est")) and (
        chunk is None or chunk[1] <= at or words[at].tag not in {"noun", "num"}):  # fmt: skip
        if at < len(words) and words[at].tag in {"noun", "num"}:
            return None
        return _elliptic(words, start, k, at, at, order)
    return None


def _elliptic(
    words: list[Word], start: int, k: int, at: int, after: int, order: str
) -> tuple[Phrase, int] | None:  # fmt: skip
    """A phrase whose noun is left out; its adjectives stand in `chunk`."""
    from scene_builder.language.phrases.chunks import qualities_of

    phrase = _made("part", words[after - 1].text, words, start, after - start)
    said = [w.text for w in words[k:at] if w.text in _ORDERS]
    phrase.order = order or (said[0].removesuffix("s") if said else "the")
    phrase.count = None if words[after - 1].text in {"ones", "others", "rest"} else 1
    phrase.chunk = qualities_of(words, k, at)
    whole = _whole(words, after, Phrase(kind="part", text="", start=0, end=0))
    return phrase, whole if whole is not None else after


def _thing(words: list[Word], k: int) -> tuple[Phrase, int] | None:
    if words[k].tag not in {"det", "num", "adj", "noun"} or (len(words[k].text) == 1 and (
        words[k].text != "a")):  # fmt: skip
        return None
    found = chunk_at(words, k)
    if found is None:
        return None
    chunk, after = found
    phrase = Phrase(
        kind="thing", text=chunk.noun, start=chunk.start, end=chunk.end, chunk=chunk,
        all_of=chunk.all_of,
    )  # fmt: skip
    return phrase, after


def split_at(words: list[Word], k: int) -> tuple[list[Chunk], int] | None:
    """Read "one red, the other blue" or "five red and five clear" at word `k`.

    Returns:
        What is said of each part, with its number, and the word after it; or None.
    """
    parts: list[Chunk] = []
    while k < len(words):
        found = _share(words, k)
        if found is None:
            break
        parts.append(found[0])
        k = found[1]
        ahead = k
        while ahead < len(words) and words[ahead].text in {",", "and"}:
            ahead += 1
        if ahead == k or _share(words, ahead) is None:
            break
        k = ahead
    return (parts, k) if len(parts) > 1 else None


def _share(words: list[Word], k: int) -> tuple[Chunk, int] | None:
    from scene_builder.language.phrases.chunks import qualities_of

    number, at = 1, k
    if (
        words[at].text == "the"
        and at + 1 < len(words)
        and words[at + 1].text in {"other", "others"}
    ):
        at += 2
    elif (count := number_from_word(words[at].text)) is not None:
        number, at = count, at + 1
    else:
        return None
    while at < len(words) and words[at].text in {
        "is",
        "are",
        "made",
        "of",
        "from",
        "in",
        "painted",
    }:
        at += 1
    end = at
    while end < len(words) and (words[end].tag == "adj" or words[end].text in MATERIAL_WORDS):
        end += 1
    if end == at or (end < len(words) and words[end].tag == "noun"):
        return None
    chunk = qualities_of(words, at, end)
    chunk.count = number
    return chunk, end


def _made(kind: str, text: str, words: list[Word], k: int, length: int) -> Phrase:
    return Phrase(kind=kind, text=text, start=words[k].start, end=words[k + length - 1].end)  # type: ignore[arg-type]
