"""Phrases: noun phrases, pronouns, and parts of groups, without what stands around them."""

from scene_builder.knowledge.words.quantities import VAGUE_COUNTS, number_from_word
from scene_builder.knowledge.words.relations import EDGE_WORDS
from scene_builder.language.phrases.attributes import qualities_of
from scene_builder.language.phrases.chunks import chunk_at
from scene_builder.language.phrases.clauses.tree import Phrase
from scene_builder.language.phrases.clauses.wordings import compared_at
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.words.context import Word
from scene_builder.model.words import Compare

_ALL = frozenset({"all", "each", "every", "both"})
_ONES = frozenset({"one", "ones"})
_ORDERS = frozenset({"last", "first", "top", "bottom", "middle", "other", "others", "second",
                     "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
                     "rest", "remaining", "another", "former", "latter", "uppermost",
                     "topmost", "lowest", "hindmost", "foremost", "outer"})  # fmt: skip
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
    if word.text in {"either", "any"} and (k + 1 >= len(words) or words[k + 1].tag in {
            "mark", "join", "prep", "clause", "adverb"}) and following != "of":  # fmt: skip
        return _made("pronoun", "them", words, k, 1), k + 1
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
    if word in {"no", "neither"}:
        found = chunk_at(words, k + 1) if k + 1 < len(words) else None
        if found is None or not found[0].known or found[0].definite:
            return None if word == "no" else _none(words, start, k)
        phrase = _made("part", word, words, start, k + 1 - start)
        found[0].definite, phrase.chunk, phrase.count = True, found[0], 0
        return phrase, found[1]
    everyone, half = word in _ALL or words[start].text in _ALL, word == "half"
    if number is None and not everyone and not half:
        return None
    but = _all_but(words, k)
    after = _range_end(words, k, k + length) if but is None else but[1]
    if after < len(words) and words[after].text in _ONES and everyone:
        after += 1
    elif everyone and after < len(words) and words[after].tag == "num":  # "all three of them"
        after += chunk_at(words, after) is None
    phrase = _made("part", word, words, start, after - start)
    phrase.count = None if everyone or half else number
    phrase.but = but[0] if but is not None else 0
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


def _none(words: list[Word], start: int, k: int) -> tuple[Phrase, int] | None:
    """Read "neither" before "of them"."""
    phrase = _made("part", words[k].text, words, start, k + 1 - start)
    phrase.count = 0
    whole = _whole(words, k + 1, phrase)
    return None if whole is None else (phrase, whole)


def _all_but(words: list[Word], k: int) -> tuple[int, int] | None:
    """Read "all but one", "all except two": how many are not meant, and the word after it."""
    if words[k].text not in {"all", "every"} or k + 2 >= len(words) or (
        words[k + 1].text not in {"but", "except", "save"}):  # fmt: skip
        return None
    at = k + 2 + (words[k + 2].text == "for")
    number = number_from_word(words[at].text) if at < len(words) else None
    return None if number is None else (number, at + 1)


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
    if found is not None and (words[k + 1].tag == "det" or _counted(found[0])):
        phrase.chunk, after = found
        phrase.chunk.definite |= words[k + 1].tag == "det"
        phrase.end = phrase.chunk.end
        return after
    if words[k + 1].text == "the" and k + 2 < len(words):
        number = number_from_word(words[k + 2].text)
        if number is not None:  # "half of the eight"
            phrase.order = str(number)
            phrase.end = words[k + 2].end
            return k + 3
    return None


def _counted(chunk: Chunk) -> bool:
    """Whether a number stands before a noun: "one of three eggs"."""
    return chunk.counted is not None and chunk.several


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
    number = number_from_word(words[at].text) if at < len(words) else None
    follows = words[at + 1].tag if at + 1 < len(words) else ""
    if at > k and number is not None and last in _ORDERS and follows not in {"noun", "adj"}:
        found = _elliptic(words, start, k, at, at + 1, order)
        if found is not None:  # "the first two", "the other three of them"
            found[0].count = number
        return found
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
    phrase = _made("part", words[after - 1].text, words, start, after - start)
    said = [w.text for w in words[k:at] if w.text in _ORDERS]
    phrase.order = order or (said[0].removesuffix("s") if said else "the")
    phrase.count = None if words[after - 1].text in {"ones", "others", "rest"} else 1
    phrase.chunk = qualities_of(words, k, at)
    group = Phrase(kind="part", text="", start=0, end=0)
    whole = _whole(words, after, group)
    if group.chunk is not None:  # "the last of fifteen dominoes"
        phrase.chunk = group.chunk
    return phrase, whole if whole is not None else after


def _thing(words: list[Word], k: int) -> tuple[Phrase, int] | None:
    if words[k].tag not in {"det", "num", "adj", "noun"} or (len(words[k].text) == 1 and (
        words[k].text != "a")):  # fmt: skip
        return None
    found = chunk_at(words, k)
    if found is None:
        return None
    chunk, after = found
    of = [word.text for word in words[after : after + 2]]
    if chunk.noun in EDGE_WORDS and of[:1] == ["of"] and of[1:] in (["it"], ["them"]):
        return _made("pronoun", of[1], words, k, after + 2 - k), after + 2  # "the end of it"
    phrase = Phrase(
        kind="thing", text=chunk.noun, start=chunk.start, end=chunk.end, chunk=chunk,
        all_of=chunk.all_of,
    )  # fmt: skip
    return phrase, after


def _made(kind: str, text: str, words: list[Word], k: int, length: int) -> Phrase:
    return Phrase(kind=kind, text=text, start=words[k].start, end=words[k + length - 1].end)  # type: ignore[arg-type]
