"""Words whose class depends on their neighbours in a way of its own."""

from collections.abc import Callable

from scene_builder.knowledge.words.closed import BE
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.phrases.words.context import (
    Word,
    can_be_noun,
    class_before,
    text_at,
)
from scene_builder.language.phrases.words.lexicon import class_of, is_noun


def names_tin(words: list[Word], k: int) -> bool:
    """Whether "can" names a tin: "a milk can which rolls", "the can rolls"."""
    if class_before(words, k) != "noun":
        return False
    after = text_at(words, k + 1)
    form = FORMS[after][1] if after in FORMS else ""
    return form in {"third", "past"} or class_of(after or ".") in {
        "prep", "relative", "join", "be", "clause"} or not after[:1].isalnum()  # fmt: skip


def _there(words: list[Word], k: int) -> str:
    return "there" if text_at(words, k + 1) in {*BE, "stands", "lies", "sits", "hangs"} else ""


def _that(words: list[Word], k: int) -> str:
    after = text_at(words, k + 1)
    finite_next = after in FORMS and FORMS[after][1] in {"third", "past"} and not is_noun(after)
    if class_before(words, k) not in {"prep", "verb", "join"} and (
        finite_next or after in BE or text_at(words, k - 1) in {"one", "ones"}):  # fmt: skip
        return ""
    return "det" if class_before(words, k) not in {"noun", "mark"} else ""


def _her(words: list[Word], k: int) -> str:
    return "det" if can_be_noun(words, k + 1) else ""


def _once(words: list[Word], k: int) -> str:
    return "adverb" if text_at(words, k + 1) in {"", ",", ".", "and", "then", ";", "or"} else ""


def _side(words: list[Word], k: int) -> str:
    around = [text_at(words, n) for n in range(k - 2, k + 3)]
    twin = around[1:3] == ["by", words[k].text] or around[3:] == ["by", words[k].text] or (
        around[3:] == ["to", words[k].text] or around[:2] == [words[k].text, "to"])  # fmt: skip
    return "adverb" if twin else ""


SPECIAL: dict[str, Callable[[list[Word], int], str]] = {
    "there": _there, "there's": lambda words, k: "there", "that": _that, "her": _her,
    "no": lambda words, k: "det", "nothing": lambda words, k: "pronoun", "once": _once,
    "side": _side, "face": _side, "end": _side, "back": _side, "not": lambda words, k: "not",
    "never": lambda words, k: "not",
}  # fmt: skip
"""Words whose class depends on their neighbours in a way of its own."""
