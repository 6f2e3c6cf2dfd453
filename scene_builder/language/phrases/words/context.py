"""What stands around a word of a sentence: what its neighbours make of it."""

from dataclasses import dataclass

from scene_builder.knowledge.words.closed import BE, HAVE, MODALS
from scene_builder.knowledge.words.nouns import NOUNS, SYNONYMS, is_plural, singular
from scene_builder.knowledge.words.verbs import FORMS, form_of
from scene_builder.language.phrases.tokens import Token
from scene_builder.language.phrases.words.lexicon import class_of, is_noun

LOOSE = frozenset({"fast", "hard", "straight", "right", "left", "slow", "high", "low", "loose",
                   "short", "deep", "flat", "free", "wide", "close", "upright"})  # fmt: skip
"""Adjectives that are adverbs where no noun follows."""
_CAUSING = frozenset({"make", "let", "watch", "see", "have", "help"})


@dataclass(frozen=True, slots=True)
class Word(Token):
    """A token and its class.

    Classes: `det num adj noun verb prep join clause relative pronoun nobody be have modal not
    there adverb mark`.
    """

    tag: str = ""


def verb_before(words: list[Word], k: int) -> bool:
    """Whether one of the eight words before is a verb."""
    return any(w.tag == "verb" for w in words[max(0, k - 8) : k])


def adjectival(words: list[Word], k: int) -> bool:
    """Whether a participle stands before its noun: "falling dominoes"."""
    after = words[k + 1].text if k + 1 < len(words) else ""
    if not after or not after[0].isalnum() or (after in FORMS and not is_noun(after)):
        return False
    if after in LOOSE and not (k + 2 < len(words) and is_noun(words[k + 2].text)):
        return False
    return class_of(after) in {"noun", "adj"} and not after.endswith("ly")


def phrase_goes_on(words: list[Word], k: int) -> bool:
    """Whether a noun follows, so that the word at `k` only describes it."""
    after = text_at(words, k + 1)
    if not after or not after[0].isalnum() or class_of(after) not in {"noun", "adj"}:
        return False
    if after in FORMS and not (is_noun(after) and text_at(words, k + 2) and finite(words, k + 2)):
        return is_noun(after) and FORMS[after][1] == "base"
    return True


def compound(words: list[Word], k: int) -> bool:
    """Whether this word and the one before are one noun of the lists."""
    for length in (2, 3):
        if k + 1 >= length:
            phrase = " ".join(w.text for w in words[k + 1 - length : k + 1])
            if singular(phrase) in NOUNS or singular(phrase) in SYNONYMS:
                return True
    return False


def coordinated(words: list[Word], k: int) -> bool:
    """Whether "and" joins several nouns before `k`: "a cup and a ball roll"."""
    for word in reversed(words[:k]):
        if word.tag in {"mark", "verb", "be", "clause"}:
            return False
        if word.text == "and":
            return True
    return False


def counted_before(words: list[Word], k: int) -> bool:
    """Whether the phrase before `k` began with a number above one: "two music stands"."""
    for word in reversed(words[:k]):
        if word.tag == "num":
            return word.text not in {"one", "1", "single"}
        if word.tag not in {"noun", "adj"}:
            return word.text in {"several", "some", "these", "those", "many", "few"}
        if is_plural(word.text):
            return False
    return False


def caused(words: list[Word], k: int) -> bool:
    """Whether somebody makes, lets or watches it happen: "make the ball roll"."""
    return any(w.tag == "verb" and form_of(w.text)[0] in _CAUSING for w in words[max(0, k - 6) : k])


def finite(words: list[Word], k: int) -> bool:
    """Whether a finite verb stands at `k`."""
    word = text_at(words, k)
    if word in BE or word in MODALS or word in HAVE:
        return True
    return word in FORMS and FORMS[word][1] in {"third", "past"} and not (
        is_noun(word) and text_at(words, k + 1) in {"of", ""})  # fmt: skip


def class_before(words: list[Word], k: int) -> str:
    """Return the class of the word before, adverbs passed over."""
    for word in reversed(words[:k]):
        if word.tag != "adverb":
            return word.tag
    return "mark"


def text_at(words: list[Word], k: int) -> str:
    """Return the text of the word at `k`, or nothing beyond the ends."""
    return words[k].text if 0 <= k < len(words) else ""


def can_be_noun(words: list[Word], k: int) -> bool:
    """Whether the word at `k` may be part of a noun phrase."""
    word = text_at(words, k)
    if not word or not word[0].isalnum():
        return False
    if word in FORMS and not is_noun(word):
        return False
    return class_of(word) in {"noun", "adj", "det", "num"}
