"""Orders about how many there are: "five cups", "two more", "one chair less"."""

from collections.abc import Sequence
from dataclasses import dataclass

from scene_builder.knowledge.words.nouns import is_plural
from scene_builder.knowledge.words.qualities import COLOR_PHRASES, MATERIAL_WORDS, SIZE_WORD_OF
from scene_builder.knowledge.words.quantities import VAGUE_COUNTS, number_from_word
from scene_builder.language.editing.patching.applying import Item
from scene_builder.language.editing.sheet import Sheet, Words
from scene_builder.language.editing.words.references import entities_called
from scene_builder.language.phrases.tokens import Token
from scene_builder.model.errors import PromptError
from scene_builder.model.graph import MAX_BODIES

_MORE = frozenset({"more", "additional", "extra", "further", "other"})
_FEWER = frozenset({"fewer", "less"})
_ONE_MORE = frozenset({"another", "second", "third", "fourth", "fifth", "sixth"})
_LONGEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number of things of which the scene has some.

    Attributes:
        entity: Those that are there.
        number: How many.
        change: Whether `number` is added to what is there.
        described: Whether words before the noun say what they look like.
        exact: Whether a number word is said.
        after: The token after the words.
    """

    entity: Item
    number: int
    change: bool
    described: bool
    exact: bool
    after: int


def amount_at(tokens: Sequence[Token], k: int, sheet: Sheet) -> Amount | None:
    """Return what a number and a noun from token `k` on say; None for definite nouns."""
    number, sign, said, plain = None, 0, False, True
    while k < len(tokens):
        found = _thing(tokens, k, sheet)
        if found is not None and number is not None:
            entity, after = found
            if after < len(tokens) and tokens[after].text in _FEWER | _MORE:
                sign, after = (-1 if tokens[after].text in _FEWER else 1), after + 1
            value = sign * number if sign else number
            return Amount(entity=entity, number=value, change=bool(sign), described=not plain,
                          exact=said, after=after)  # fmt: skip
        word = tokens[k].text
        value_said = number_from_word(word) if word != "both" else None
        value_said = VAGUE_COUNTS.get(word) if value_said is None else value_said
        if value_said is not None and number is None:
            number, said = value_said, True
        elif word in {"a", "an", "another"} and number is None:
            number, sign = 1, int(word == "another") or sign
        elif word in _ONE_MORE:
            number, sign = 1, 1
        elif number is not None and word in _MORE | _FEWER:
            sign = -1 if word in _FEWER else 1
        elif word in COLOR_PHRASES or word in MATERIAL_WORDS or word in SIZE_WORD_OF:
            plain = False
        else:
            return None
        k += 1
    return None


def set_amount(sheet: Sheet, entity: Item, count: int, words: Words) -> None:
    """Have `count` individuals of an entity; none at all takes it away.

    Raises:
        PromptError: If a scene cannot hold as many.
    """
    if count > MAX_BODIES:
        raise PromptError(
            f"the edit asks for {count} of {entity['noun']!r}; a scene holds at most {MAX_BODIES}"
        )
    if count < 1:
        sheet.remove_entity(entity, words)
        return
    sheet.set_count(entity, count, words)
    sheet.name(entity["id"])


def _thing(tokens: Sequence[Token], k: int, sheet: Sheet) -> tuple[Item, int] | None:
    for length in range(min(_LONGEST, len(tokens) - k), 0, -1):
        phrase = " ".join(token.text for token in tokens[k : k + length])
        found = entities_called(phrase, sheet)
        if len(found) > 1:
            several = [entity for entity in found if entity["count"] > 1]
            found = several if len(several) == 1 and is_plural(phrase) else found
        if found:
            return found[0], k + length
    return None
