"""Refusing what is not there: an edit that speaks of a dragon, in a scene that has none."""

import re
from collections.abc import Sequence

from scene_builder.knowledge.words.nouns import NOUNS, plural, singular
from scene_builder.knowledge.words.qualities import (
    COLOR_WORDS,
    MATERIAL_WORDS,
    PLAIN_ADJECTIVES,
    SIZE_WORD_OF,
)
from scene_builder.knowledge.words.quantities import NUMBER_WORDS
from scene_builder.knowledge.words.relations import EDGE_WORDS
from scene_builder.knowledge.words.scenery import GROUND_NOUNS
from scene_builder.language.editing.sheet import Sheet
from scene_builder.language.editing.words.references import described, entities_called
from scene_builder.language.phrases.tokens import Token
from scene_builder.model.errors import PromptError
from scene_builder.model.words import RESERVED_IDS

_QUALITIES = frozenset({*COLOR_WORDS, *MATERIAL_WORDS, *SIZE_WORD_OF, *PLAIN_ADJECTIVES})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_NUMBERS = "|".join(NUMBER_WORDS)


def refuse_unknown(sheet: Sheet, tokens: Sequence[Token]) -> None:
    """Raise if the words speak of a thing, as known, that the scene does not have.

    It is the first word after "the" that is no quality.

    Raises:
        PromptError: If there is one; it says what the scene has.
    """
    for k, token in enumerate(tokens[:-1]):
        if token.text not in _DEFINITE:
            continue
        names = [t.text for t in tokens[k + 1 :] if t.text not in _QUALITIES]
        if tokens[k + 1].text in {*EDGE_WORDS, *GROUND_NOUNS, *RESERVED_IDS}:
            continue
        if names and names[0].isalpha() and not entities_called(names[0], sheet):
            noun = singular(names[0])
            have = ", ".join(described(entity) for entity in sheet.entities)
            raise PromptError(
                f"the edit speaks of a {noun}, and the scene has none, only {have}; name one of "
                f"these, or add one: 'add a {noun}'"
            )


def is_brought_in(noun: str, text: str) -> bool:
    """Whether a noun that was found is a thing: a known one, or one with an article."""
    form = rf"{re.escape(noun)}|{re.escape(plural(noun))}"
    article = rf"\b(?:an?|another|some|\d+|{_NUMBERS})\s+(?:[\w-]+\s+){{0,4}}?(?:{form})\b"
    return noun in NOUNS or re.search(article, text) is not None
