"""From words to a prompt with marks: spacing, articles, capitals, and slips of typing."""

import re

import numpy as np

from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.world import Tag, Word

Spans = list[tuple[Tag, int, int]]
_NO_VOWEL = re.compile(r"(one\b|once|uni|us[ei]|eu|u-)")
_VOWEL = re.compile(r"[aeiou]|8|11\b|18\b|hour|heir|honest")
_ARTICLE = re.compile(r"(^|.* )(a)$", re.IGNORECASE)
_STOPS = (".", "!", "?")
_SIGNS = frozenset(",.;:!?")
_KEYS_NEAR = {"a": "s", "s": "d", "d": "f", "f": "g", "g": "h", "o": "p", "i": "o", "e": "r",
              "r": "t", "t": "y", "u": "i", "n": "m", "b": "v", "c": "v", "l": "k"}  # fmt: skip
_SHORTEST_SLIP = 4


def finished_rand(
    rng: np.random.Generator, words: list[Word], *, capitals: bool = True, slips: int = 0
) -> tuple[str, Spans]:  # fmt: skip
    """Return the prompt that `words` make, and where its marks stand.

    Args:
        rng: Generator of the slips.
        words: Words and punctuation; commas that meet another sign are dropped.
        capitals: Whether sentences begin with a capital.
        slips: How many words are mistyped.
    """
    kept = _punctuated(words)
    texts = [word.text for word in kept]
    for k, text in enumerate(texts[:-1]):
        match = _ARTICLE.match(text)
        if match and _wants_an(texts[k + 1]):
            texts[k] = f"{match[1]}{match[2]}n"
    for _ in range(slips):
        at = int(rng.random() * len(texts))
        texts[at] = mistyped_rand(rng, texts[at])
    out, spans, start_of_sentence = "", Spans(), capitals
    for word, text in zip(kept, texts, strict=True):
        sign = text[0] in ",.;:!?"
        if out and not sign:
            out += " "
        begin = len(out)
        if start_of_sentence and not sign:
            out += text[:1].upper() + text[1:]
            start_of_sentence = False
        else:
            out += text
        if text[-1:] in _STOPS:
            start_of_sentence = capitals
        spans += [(tag, begin, len(out)) for tag in word.tags]
    return out, spans


def mistyped_rand(rng: np.random.Generator, text: str) -> str:
    """Return a word with one slip: letters swapped, dropped, doubled, or a key beside hit."""
    if len(text) < _SHORTEST_SLIP or not text.isalpha():
        return text
    at = 1 + int(rng.random() * (len(text) - 2))
    kind = pick_rand(rng, ("swap", "swap", "drop", "double", "near"))
    if kind == "swap":
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == "drop":
        return text[:at] + text[at + 1 :]
    if kind == "double":
        return text[: at + 1] + text[at:]
    return text[:at] + _KEYS_NEAR.get(text[at], text[at]) + text[at + 1 :]


def slips_rand(rng: np.random.Generator) -> int:
    """Draw how many words of a prompt are mistyped."""
    if not chance_rand(rng, 0.05):
        return 0
    return 1 if chance_rand(rng, 0.75) else 2


def _wants_an(text: str) -> bool:
    lower = text.lower()
    return _VOWEL.match(lower) is not None and _NO_VOWEL.match(lower) is None


def _punctuated(words: list[Word]) -> list[Word]:
    """Split signs from words, and keep the stronger one where two meet."""
    kept: list[Word] = []
    for word in words:
        text = word.text.strip()
        if not text:
            continue
        if text[0] in ",.;:" and len(text) > 1:
            pieces = [Word(text[0]), Word(text[1:].strip(), word.tags)]
        else:
            pieces = [Word(text, word.tags)]
        for piece in pieces:
            sign = piece.text in _SIGNS
            if sign and not kept:
                continue
            if sign and kept[-1].text in _SIGNS:
                if kept[-1].text == ",":
                    kept[-1] = piece
                continue
            if sign and kept[-1].text.endswith((".", ",", "!", "?")):
                continue
            kept.append(piece)
    return kept
