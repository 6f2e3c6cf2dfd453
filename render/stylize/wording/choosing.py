"""Which built-in style free words mean: a table of words first, then the sentence encoder.

The words are compared with every phrase of `DESCRIPTIONS` by the cosine of their sentence
embeddings (Reimers and Gurevych 2019); a style is as near as its nearest phrase. Below
`LEAST_LIKENESS` no style is chosen: a look that nobody asked for is worse than none.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from render.stylize.painting.styles import STYLES, Style
from render.stylize.wording.descriptions import DESCRIPTIONS, KNOWN_WORDS, OTHER_LANGUAGES
from scene_builder.knowledge.encoder import PhraseEncoder, sentence_encoder
from scene_builder.model.errors import ModelError, SettingsError

Means = Literal["word", "encoder", "none", "no encoder"]

LEAST_LIKENESS = 0.45
"""Cosine from which on words and a description mean the same look."""
_SECOND = 0.15
"""Weight of a style's second nearest phrase: two that are near are worth more than one."""
_FILLER = re.compile(
    r"^(?:(?:(?:make it |make |let it |)looks? )?(?:like|as|as if it were) |in (?:the|a) "
    r"(?:style|manner|look) of |(?:very |really )|(?:an?|the|some) )+"
)
_TAIL = re.compile(r"(?:[ -](?:style|styled|look|looking|like|ish|aesthetic|vibe|film look))+$")
_TAIL_ZH = re.compile(r"(?:的)?(?:风格|風格|画风|風|风|效果)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class StyleChoice:
    """What was chosen for some words.

    Attributes:
        asked: The words.
        style: Name of the style; None if no built-in style comes near.
        likeness: Cosine between the words and the style's nearest phrase; 1 for a known word,
            and for no style that of the nearest one.
        near: The phrase or word that came nearest; "" if there is none.
        means: Who chose.
    """

    asked: str
    style: str | None
    likeness: float
    near: str
    means: Means

    @property
    def text(self) -> str:
        """One line that says what was chosen, and why."""
        if self.means == "word":
            return f"style {self.asked!r}: {self.style}"
        if self.style is not None:
            return (
                f"style {self.asked!r}: {self.style} is nearest (likeness {self.likeness:.2f} to "
                f"{self.near!r})"
            )
        offers = ", ".join(DESCRIPTIONS)
        if self.means == "no encoder":
            return (
                f"style {self.asked!r} is no word that worldreel knows, and the sentence encoder "
                f"is not installed: the film stays plain; there are: {offers}"
            )
        return (
            f"no built-in style comes near {self.asked!r} (likeness {self.likeness:.2f} to "
            f"{self.near!r}, {LEAST_LIKENESS:.2f} needed): the film stays plain; "
            f"there are: {offers}"
        )


def choose_style(words: str, encoder: PhraseEncoder | None = None) -> StyleChoice:
    """Return the built-in style that words mean.

    Args:
        words: As a person wrote them, in English or with a word of `OTHER_LANGUAGES`.
        encoder: Judges meanings; None for worldreel's own, which is fetched once if no table
            knows the words.
    """
    return _chosen_at_hand(words) if encoder is None else _chosen(words, encoder)


@functools.lru_cache(maxsize=64)
def _chosen_at_hand(words: str) -> StyleChoice:
    known = _known(words)
    return known or _chosen(words, _own_encoder())


def _own_encoder() -> PhraseEncoder | None:
    """Return the sentence encoder, fetched if need be; None if it cannot be had."""
    try:
        return sentence_encoder()
    except ModelError:
        return None


def _chosen(words: str, encoder: PhraseEncoder | None) -> StyleChoice:
    known = _known(words)
    if known is not None:
        return known
    if encoder is None:
        return StyleChoice(asked=words, style=None, likeness=0.0, near="", means="no encoder")
    names, phrases = _flat()
    rows = np.asarray(encoder([phrase.casefold() for phrase in phrases]), np.float32)
    likeness = rows @ np.asarray(encoder([plain_words(words)])[0], np.float32)
    best, score = "", -np.inf
    for name in DESCRIPTIONS:
        own = np.sort(likeness[[k for k, other in enumerate(names) if other == name]])[::-1]
        value = float((own[0] + _SECOND * own[1]) / (1 + _SECOND))
        if value > score:
            best, score = name, value
    mine = [k for k, other in enumerate(names) if other == best]
    nearest = max(mine, key=lambda k: float(likeness[k]))
    value = float(min(likeness[nearest], 1.0))
    if value < LEAST_LIKENESS:
        return StyleChoice(
            asked=words, style=None, likeness=value, near=phrases[nearest], means="none"
        )
    return StyleChoice(
        asked=words, style=best, likeness=value, near=phrases[nearest], means="encoder"
    )


def style_asked(words: str, offers: Sequence[str]) -> Style:
    """Return the built-in style that words mean, which must be one of `offers`.

    Raises:
        SettingsError: If no style comes near, or another than is offered.
    """
    choice = choose_style(words)
    found = [style for style in STYLES if style.name == choice.style and style.name in offers]
    if not found:
        meant = f" (it means {choice.style})" if choice.style else ""
        raise SettingsError(f"there is no style {words!r}{meant}; there are: {', '.join(offers)}")
    return found[0]


def plain_words(words: str) -> str:
    """Return words without what says only that a style follows: "like a …", "… style"."""
    text = re.sub(r"[\s_]+", " ", words.strip().casefold())
    text = _TAIL_ZH.sub("", _TAIL.sub("", text))
    return _FILLER.sub("", text).strip() or words.strip()


def _known(words: str) -> StyleChoice | None:
    """Return the style of a word that the tables know; the longest word counts."""
    plain = plain_words(words).replace("-", " ")
    for style, names in KNOWN_WORDS.items():
        if plain in names:
            return StyleChoice(asked=words, style=style, likeness=1.0, near=plain, means="word")
    low = words.casefold()
    found = [
        (len(word), word, style)
        for style, others in OTHER_LANGUAGES.items()
        for word in others
        if word in low
    ]
    if not found:
        return None
    _, word, style = max(found, key=lambda one: one[0])
    return StyleChoice(asked=words, style=style, likeness=1.0, near=word, means="word")


def _flat() -> tuple[list[str], list[str]]:
    pairs = [(name, phrase) for name, phrases in DESCRIPTIONS.items() for phrase in phrases]
    return [name for name, _ in pairs], [phrase for _, phrase in pairs]
