"""Idioms that are blanked out before a sentence is parsed."""

import re

from scene_builder.knowledge.words.closed import IDLE_PHRASES

_IDLE = re.compile(
    r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(IDLE_PHRASES, key=len, reverse=True)))
    + r")(?![\w-]| of\b)"
)  # fmt: skip


def without_idioms(text: str) -> str:
    """Return lower-case text with idle wordings blanked, every other letter at its place."""
    return _IDLE.sub(lambda match: " " * len(match[0]), text)
