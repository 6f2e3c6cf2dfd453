"""Which class each word of a sentence belongs to, where English leaves it open: noun or verb.

"Rolls" is a verb in "a ball rolls" and a noun in "two rolls"; what stands before and after
decides. The rules are those of English word order; the word lists only say what can be.
"""

from dataclasses import replace

from scene_builder.knowledge.words.nouns import is_plural
from scene_builder.knowledge.words.qualities import BASE_MATERIALS, MATERIAL_WORDS
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.knowledge.words.verbs import FORMS, SENSES_OF
from scene_builder.language.phrases.tokens import DETERMINERS, Token, tokens_of
from scene_builder.language.phrases.words.context import (
    Word,
    adjectival,
    can_be_noun,
    caused,
    class_before,
    compound,
    coordinated,
    counted_before,
    finite,
    phrase_goes_on,
    text_at,
    verb_before,
)
from scene_builder.language.phrases.words.lexicon import (
    CLASSES,
    class_of,
    describes,
    is_noun,
    same_participle,
)
from scene_builder.language.phrases.words.special import SPECIAL, names_tin
from scene_builder.language.phrases.words.spelling import mended

_PHRASE = frozenset({"det", "num", "adj"})
_FLOATING = frozenset({"all", "both", "each"})

_ALSO_NOUNS = frozenset({"can", "cans", "back", "will", "might", "right", "left", "like", "round",
                         "well", "down"})  # fmt: skip
"""Closed words that are nouns behind a determiner."""
_LOOSE = frozenset({"fast", "hard", "straight", "right", "first", "next", "slow", "high", "low",
                    "loose", "short", "deep", "flat", "free", "wide", "so", "close",
                    "clean"})  # fmt: skip
"""Adjectives that are adverbs where no noun follows."""
_PARTICLES = frozenset({"off", "down", "up", "out", "over", "in", "away", "back", "along"})
_MOSTLY_NOUNS = frozenset({"steps", "lights", "nails", "pins", "brushes", "boxes"})


def tagged(text: str) -> list[Word]:
    """Return the tokens of lower-case text with their classes."""
    return classed(tokens_of(text))


def classed(tokens: list[Token]) -> list[Word]:
    """Return `tokens` with their classes."""
    words = [Word(mended(t.text), t.start, t.end) for t in tokens]
    for k in range(len(words)):
        words[k] = replace(words[k], tag=_tag(words, k))
    return words


def _tag(words: list[Word], k: int) -> str:
    word = words[k].text
    closed = _closed(words, k)
    if closed:
        return closed
    if word in FORMS and _is_verb(words, k):
        return "verb"
    name = is_noun(word) or word in BASE_MATERIALS
    if word in MATERIAL_WORDS and text_at(words, k - 1) in {"of", "from"} and (
        text_at(words, k - 2) in {"made", "built", "out", "carved"}):  # fmt: skip
        return "noun"
    if describes(word) and not (name and not phrase_goes_on(words, k)):
        return "adj"
    if word.endswith("ly") and not is_noun(word):
        return "adverb"
    return "verb" if _strange_verb(words, k) else "noun"


def _closed(words: list[Word], k: int) -> str:
    """The class of a word that holds the sentence together, or nothing."""
    word, before = words[k].text, class_before(words, k)
    if not word[0].isalnum():
        return "be" if word == "'s" else "mark"
    if word in {"can", "cans"} and names_tin(words, k):
        return "noun"
    if word in {"left", "right"} and before in _PHRASE and text_at(words, k + 1) in {"one", "ones"}:
        return "adj"
    if word in _ALSO_NOUNS and (before in _PHRASE or compound(words, k)):
        return "modal" if word == "will" and before == "num" else "noun"
    if word in _LOOSE and before not in _PHRASE:
        return "adj" if before != "verb" and _described_ahead(words, k + 1) else "adverb"
    special = SPECIAL.get(word)
    tag = special(words, k) if special is not None else ""
    return tag or _grouped(words, k)


def _grouped(words: list[Word], k: int) -> str:
    word = words[k].text
    for tag, group in CLASSES:
        if word in group and not (tag == "prep" and _only_adverb(words, k)):
            return tag
    return "num" if number_from_word(word) is not None else ""


def _described_ahead(words: list[Word], k: int) -> bool:
    """Whether a noun phrase without determiner goes on at `k`."""
    return can_be_noun(words, k) and text_at(words, k) not in DETERMINERS | _LOOSE


def _only_adverb(words: list[Word], k: int) -> bool:
    """Whether "like", "about", "round" and the like do not stand before a noun phrase."""
    return words[k].text in {"like", "about", "round"} and class_before(words, k) in _PHRASE


def _is_verb(words: list[Word], k: int) -> bool:
    word = words[k].text
    form = FORMS[word][1]
    before, noun = class_before(words, k), is_noun(word)
    if before in {"modal", "not"} or text_at(words, k - 1) == "to":
        return not (noun and text_at(words, k - 1) == "to" and form not in {"base", "past"})
    if before == "adj" and _predicative(words, k - 1):
        return form != "base"  # "a coin that is golden spins"
    if before in _PHRASE:
        return _verb_in_phrase(words, k, form)
    if before == "prep":
        gerund = form == "gerund" and not (noun or adjectival(words, k))
        return gerund or (form in {"third", "past", "base"} and _fronted(words, k, form))
    if before == "noun":
        return _verb_after_noun(words, k, form)
    if before in {"pronoun", "nobody", "relative", "there", "have"}:
        return not (adjectival(words, k) and before == "have")
    if before == "be":
        return form in {"gerund", "participle", "past"} or same_participle(word)
    if before == "verb" and form == "third" and _in_relative(words, k):
        return True  # "a shelf on which a vase stands falls"
    if before == "verb":
        return form in {"gerund", "participle", "past"} and not adjectival(words, k)
    return _verb_at_start(words, k, form)


def _fronted(words: list[Word], k: int, form: str) -> bool:
    """Whether a particle opens the clause, and the verb at `k` follows: "off slips the lid"."""
    opens = k < 2 or words[k - 2].tag in {"mark", "join", "clause"}  # noqa: PLR2004
    if not opens or words[k - 1].text not in _PARTICLES:
        return False
    follows = text_at(words, k + 1)
    subject = follows in DETERMINERS or number_from_word(follows) is not None
    return subject or (form == "third" and not is_noun(words[k].text))


def _predicative(words: list[Word], k: int) -> bool:
    """Whether the adjectives up to `k` stand behind a form of "be"."""
    while k >= 0 and words[k].tag == "adj":
        k -= 1
    return k >= 0 and words[k].tag == "be"


def _verb_in_phrase(words: list[Word], k: int, form: str) -> bool:
    """After a determiner, number or adjective: "three remain", "both turning", "a rolling ball"."""
    previous = words[k - 1].text
    ends = not can_be_noun(words, k + 1)
    if previous in _FLOATING:
        return not can_be_noun(words, k + 1) or form == "gerund"
    if previous in _ONES and form in {"third", "past"} and text_at(words, k + 1) in DETERMINERS:
        return True
    if previous in _ONES and form == "third":
        return ends
    if words[k - 1].tag == "num":
        return ends and form != "gerund" and not is_plural(words[k].text)
    if words[k - 1].tag == "adj":  # "a red one rolls", "the smallest swings"
        return ends and form in {"third", "past"} and (
            previous in _ONES or previous.endswith("est"))  # fmt: skip
    return False


def _in_relative(words: list[Word], k: int) -> bool:
    """Whether a relative clause opened before `k`, in the same part of the sentence."""
    for word in reversed(words[:k]):
        if word.tag in {"mark", "join", "clause"}:
            return False
        if word.tag == "relative":
            return True
    return False


def _relative_waits(words: list[Word], k: int) -> bool:
    """Whether a relative clause before `k` has no verb yet: "on which a vase stands"."""
    for word in reversed(words[:k]):
        if word.tag in {"verb", "be", "mark"}:
            return False
        if word.tag == "relative":
            return True
    return False


def _strange_verb(words: list[Word], k: int) -> bool:
    """Whether a word of no list must be a verb: "a player lunges", "it swells".

    After "a" and a noun nothing in the plural can follow.
    """
    word = words[k].text
    if is_noun(word) or not word.endswith("s") or word.endswith(("ss", "us", "is", "'s")):
        return False
    before, after = class_before(words, k), text_at(words, k + 1)
    if before in {"pronoun", "relative"}:
        return True
    if before != "noun" or is_plural(words[k - 1].text) or counted_before(words, k):
        return False
    start = k - 1
    while start > 0 and words[start].tag in {"noun", "adj"}:
        start -= 1
    single = words[start].text in {"a", "an", "one", "this", "that", "each", "every", "another"}
    behind = class_of(after) in {"prep", "adverb", "det"} if after else False
    known = is_noun(words[k - 1].text) and words[start].tag in {"det", "noun", "adj"}
    return single or after in DETERMINERS or (known and behind)


_ONES = frozenset({"one", "ones", "other", "others", "another", "last", "first", "rest", "second",
                   "third", "former", "latter", "uppermost", "topmost", "hindmost", "foremost",
                   "smaller", "larger", "bigger", "taller", "shorter", "lower", "upper", "heavier",
                   "lighter", "left-hand", "right-hand", "fourth", "fifth", "sixth"})  # fmt: skip


def _verb_after_noun(words: list[Word], k: int, form: str) -> bool:
    word, noun = words[k].text, is_noun(words[k].text)
    if compound(words, k):
        return False
    if word in _MOSTLY_NOUNS and text_at(words, k + 1) not in {"into", "onto", "off", "over"}:
        return False
    if form == "gerund":
        return True
    if form in {"participle", "past"} and word not in SENSES_OF:
        return True
    many = is_plural(words[k - 1].text) or coordinated(words, k)
    counted = counted_before(words, k)
    if form == "third" and _relative_waits(words, k):
        return True
    if form == "third":
        return not (noun and (counted or finite(words, k + 1)))
    if noun and (text_at(words, k + 1) == "of" or finite(words, k + 1)):
        return False
    if many:
        return not (can_be_noun(words, k + 1) and text_at(words, k + 1) not in DETERMINERS and noun)
    inverted = text_at(words, k + 1) in DETERMINERS or number_from_word(text_at(words, k + 1))
    return not noun or caused(words, k) or (inverted is not None and inverted is not False)


def _verb_at_start(words: list[Word], k: int, form: str) -> bool:
    """At the start of a sentence or after "and", a comma, an adverb."""
    noun, follows = is_noun(words[k].text), text_at(words, k + 1)
    if form in {"gerund", "participle", "past"} and words[k].text not in SENSES_OF:
        return not adjectival(words, k)
    if form == "third":
        return not (noun and finite(words, k + 1))
    if not noun:
        return True
    waits = k > 0 and not any(w.tag in {"verb", "be"} for w in words[:k])
    if form == "base" and waits and words[k - 1].text == "," and (
            class_of(follows or ".") in {"prep", "adverb"} or follows.endswith("ing")):  # fmt: skip
        return True  # "two canoes, one green, one orange, float on a lake"
    return follows in DETERMINERS or number_from_word(follows) is not None or (
        class_before(words, k) == "join" and not finite(words, k + 1)
        and not finite(words, k + 2) and verb_before(words, k))  # fmt: skip
