"""The guard at the door: which prompts are read at all."""

import re
import unicodedata

from scene_builder.knowledge.words.quantities import (
    LENGTH_UNITS_M,
    MASS_UNITS_KG,
    SPEED_UNITS_M_S,
    TIME_UNITS_SECS,
)
from scene_builder.model.errors import PromptError
from scene_builder.model.graph import MAX_BODIES, MAX_GRAINS

MAX_WORDS = 2000
MAX_CHARACTERS = 20_000
_MULTITUDES = r"thousands?|millions?|billions?|trillions?|hundreds of|countless"
_COUNTED = re.compile(rf"\b(zero|{_MULTITUDES}|\d[\d,]*)[\s-]+(?:of\s+)?([a-z]+)", re.IGNORECASE)
_NOT_COUNTED = frozenset(
    {
        *LENGTH_UNITS_M, *MASS_UNITS_KG, *SPEED_UNITS_M_S, *TIME_UNITS_SECS,
        "gravity", "g", "fps", "frames", "px", "pixels", "degrees", "percent", "years", "year",
        "pieces", "bits", "shards", "fragments", "splinters", "smithereens",
    }
)  # fmt: skip
_POURING = re.compile(r"\bpour", re.IGNORECASE)
_EXAMPLE = "for example: A red ball rolls off a table"


def checked_prompt(text: str) -> str:
    """Return `text` with its white space made plain, if it is something to read.

    Raises:
        PromptError: If it is empty, longer than 2,000 words, holds control characters or
            undecodable bytes, has no letters, or counts things that cannot be filmed: none, or
            more than a scene may hold.
    """
    plain = plain_text(text)
    _check_counts(plain)
    return plain


def plain_text(text: str) -> str:
    """Return `text` with its white space made plain, if it is words, whatever they count.

    Raises:
        PromptError: If it is empty, longer than 2,000 words, holds control characters or
            undecodable bytes, or has no letters.
    """
    if not text.strip():
        raise PromptError(f"the prompt is empty; write a sentence, {_EXAMPLE}")
    bad = next((c for c in text if _is_binary(c)), None)
    if bad is not None:
        raise PromptError(
            f"the prompt holds the character U+{ord(bad):04X}, so it is no plain text; "
            f"write a sentence in letters, {_EXAMPLE}"
        )
    count = len(text.split())
    if count > MAX_WORDS or len(text) > MAX_CHARACTERS:
        raise PromptError(
            f"the prompt has {count:,} words and {len(text):,} characters; allowed are "
            f"{MAX_WORDS:,} words and {MAX_CHARACTERS:,} characters: shorten it"
        )
    if not any(c.isalpha() for c in text):
        raise PromptError(
            "the prompt has no letters, only signs, digits or emoji; "
            f"write a sentence in words, {_EXAMPLE}"
        )
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def _check_counts(text: str) -> None:
    for match in _COUNTED.finditer(text):
        number, thing = match[1].replace(",", ""), match[2].lower()
        if thing in _NOT_COUNTED:
            continue
        most = MAX_GRAINS if _POURING.search(text) else MAX_BODIES
        if not number.isdigit() or not 1 <= int(number) <= most:
            raise PromptError(
                f"the prompt counts {match[0]!r}; a scene holds 1 to {most} things: "
                "give a number in between"
            )


def _is_binary(character: str) -> bool:
    if character in "\t\n\r\f\v":
        return False
    return unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} or character == "\ufffd"
