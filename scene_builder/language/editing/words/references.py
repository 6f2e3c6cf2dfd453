"""Which things of the scene the words of an edit mean: "the red one", "it", "both cups"."""

from collections.abc import Sequence
from dataclasses import dataclass

from scene_builder.knowledge.words.nouns import SYNONYMS, is_plural, singular
from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    MATERIAL_WORDS,
    PLAIN_ADJECTIVES,
    SIZE_WORD_OF,
)
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.language.editing.patching.applying import Item
from scene_builder.language.editing.sheet import Sheet, Words
from scene_builder.language.phrases.tokens import Token
from scene_builder.model.errors import PromptError

_LONGEST = 4
_DETERMINERS = frozenset({"the", "this", "that", "these", "those", "my", "its", "their"})
_ALL = frozenset({"all", "both", "each", "every"})
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_SIDES = {"left": "left_of", "right": "right_of", "front": "in_front_of", "back": "behind",
          "top": "above", "bottom": "under"}  # fmt: skip
_SINGULAR = frozenset({"it", "itself", "its"})
_PLURAL = frozenset({"they", "them", "themselves", "all", "both"})


@dataclass(slots=True, kw_only=True)
class Reference:
    """Things that the words name.

    Attributes:
        refs: Ids of the entities.
        words: Where the words stand.
        after: The token after them.
        part: How many of them, where the words say so ("one of the cups").
        plural: Whether the words stand in the plural.
    """

    refs: list[str]
    words: Words
    after: int
    part: int | None = None
    plural: bool = False


@dataclass(slots=True)
class _Wanted:
    """What the words before the noun say."""

    color: str | None = None
    material: str | None = None
    size: str | None = None
    ordinal: int | None = None
    side: str | None = None
    other: bool = False
    every: bool = False
    number: int | None = None
    definite: bool = False


def reference_at(
    tokens: Sequence[Token], k: int, sheet: Sheet, *, besides: Sequence[str] = ()
) -> Reference | None:
    """Return what the words from token `k` on name, or None where they name nothing known.

    Args:
        tokens: Words and marks.
        k: Where the mention begins.
        sheet: The scene so far.
        besides: Whom a pronoun does not mean, because the clause is about them.

    Raises:
        PromptError: If they leave open which of several things they mean, or if none is as they
            say.
    """
    if k >= len(tokens):
        return None
    part, at = _part_of(tokens, k)
    pronoun = _pronoun(tokens, at, sheet, besides)
    if pronoun:
        after = at + 1
        words = (tokens[k].start, tokens[at].end)
        many = tokens[at].text not in _SINGULAR
        return Reference(refs=pronoun, words=words, after=after, part=part, plural=many)
    wanted = _Wanted(definite=part is not None)
    start = at
    while at < len(tokens):
        found = _noun(tokens, at, sheet)
        if found and (wanted.definite or wanted.every or is_plural(_text(tokens, at, found[1]))):
            return _chosen(tokens, (k, at, at + found[1]), found[0], wanted, part, sheet)
        if tokens[at].text in {"one", "ones"} and at > start and wanted.definite:
            return _chosen(tokens, (k, at, at + 1), list(sheet.entities), wanted, part, sheet)
        step = _modifier(tokens, at, wanted)
        if not step:
            return None
        at += step
    return None


def entities_called(noun: str, sheet: Sheet) -> list[Item]:
    """Return the entities that a noun names, by all of it or by its last part (football)."""
    one = SYNONYMS.get(singular(noun), singular(noun))
    exact = [e for e in sheet.entities if one in (e["noun"], singular(e["noun"]))]
    last = [e for e in sheet.entities if e["noun"].endswith(f" {one}")]
    closed = [e for e in sheet.entities if len(one) > 2 and e["noun"].endswith(one)]  # noqa: PLR2004
    return exact or last or closed


def described(entity: Item) -> str:
    """Return how a message speaks of an entity."""
    count = f"{entity['count']} " if entity["count"] > 1 else ""
    color = f"{entity['color']} " if entity["color"] else ""
    return f"{count}{color}{entity['noun']}"


def _text(tokens: Sequence[Token], k: int, length: int) -> str:
    return " ".join(token.text for token in tokens[k : k + length])


def _part_of(tokens: Sequence[Token], k: int) -> tuple[int | None, int]:
    """Read "two of" and "all of"; the words after it have to be definite."""
    if k + 2 < len(tokens) and tokens[k + 1].text == "of":
        number = number_from_word(tokens[k].text)
        definite = tokens[k + 2].text in _DETERMINERS | _PLURAL
        if definite and (number is not None or tokens[k].text in _ALL):
            return (None if tokens[k].text in _ALL else number), k + 2
    return None, k


def _pronoun(tokens: Sequence[Token], k: int, sheet: Sheet, besides: Sequence[str]) -> list[str]:
    word = tokens[k].text
    following = tokens[k + 1].text if k + 1 < len(tokens) else ""
    if word in {"all", "both"} and (following in _DETERMINERS or _noun_ahead(tokens, k, sheet)):
        return []
    if word == "everything":
        return [entity["id"] for entity in sheet.entities]
    counts = {entity["id"]: entity["count"] for entity in sheet.entities}
    named = [ref for ref in reversed(sheet.focus) if ref in counts and ref not in besides]
    recent = named or [ref for ref in sheet.heroes if ref not in besides]
    if word in _SINGULAR and word != "its":
        return [ref for ref in recent if counts[ref] == 1][:1] or recent[:1]
    if word in _PLURAL:
        several = [ref for ref in recent if counts[ref] > 1][:1]
        several = several or [ref for ref, count in counts.items() if count > 1][-1:]
        return several or recent[:2]
    return []


def _noun_ahead(tokens: Sequence[Token], k: int, sheet: Sheet) -> bool:
    return any(_noun(tokens, at, sheet) for at in range(k + 1, min(k + 4, len(tokens))))


def _noun(tokens: Sequence[Token], k: int, sheet: Sheet) -> tuple[list[Item], int] | None:
    for length in range(min(_LONGEST, len(tokens) - k), 0, -1):
        phrase = _text(tokens, k, length)
        found = entities_called(phrase, sheet)
        if found:
            return found, length
    return None


def _modifier(tokens: Sequence[Token], k: int, wanted: _Wanted) -> int:
    """Read one word before the noun; return how many tokens it takes, 0 if it is none."""
    word, pair = tokens[k].text, _text(tokens, k, 2)
    if word in _DETERMINERS:
        wanted.definite = True
    elif word in _ALL:
        wanted.every = wanted.definite = True
    elif pair in COLOR_PHRASES and " " in pair:
        wanted.color = COLOR_PHRASES[pair]
        return 2
    elif word in COLOR_PHRASES:
        wanted.color = COLOR_PHRASES[word]
    elif word in MATERIAL_WORDS:
        wanted.material = MATERIAL_WORDS[word]
    elif word in SIZE_WORD_OF:
        wanted.size = SIZE_WORD_OF[word]
    else:
        return _order_word(word, wanted)
    return 1


def _order_word(word: str, wanted: _Wanted) -> int:
    if word in _ORDINALS:
        wanted.ordinal = _ORDINALS[word]
    elif word in _SIDES and wanted.definite:
        wanted.side = _SIDES[word]
    elif word == "other" and wanted.definite:
        wanted.other = True
    elif wanted.definite and number_from_word(word) is not None and word != "one":
        wanted.number = number_from_word(word)
    elif not (wanted.definite and word in PLAIN_ADJECTIVES):
        return 0
    return 1


def _chosen(
    tokens: Sequence[Token], at: tuple[int, int, int], found: list[Item], wanted: _Wanted,
    part: int | None, sheet: Sheet,
) -> Reference:  # fmt: skip
    first, noun, after = at
    words = (tokens[first].start, tokens[after - 1].end)
    text = _text(tokens, first, after - first)
    many = tokens[noun].text == "ones" or (
        tokens[noun].text != "one" and is_plural(_text(tokens, noun, after - noun))
    )
    fitting = _fitting(found, wanted, sheet)
    if not fitting:
        have = ", ".join(described(entity) for entity in sheet.entities)
        raise PromptError(f"the edit speaks of {text!r}; the scene has {have}: name one of these")
    if len(fitting) > 1 and not (many or wanted.every):
        fitting = _one_of(fitting, text, sheet)
    _no_individual(fitting, wanted, text)
    refs = [entity["id"] for entity in fitting]
    return Reference(
        refs=refs, words=words, after=after, part=part, plural=many or wanted.every or len(refs) > 1
    )


def _fitting(found: list[Item], wanted: _Wanted, sheet: Sheet) -> list[Item]:
    for field in ("color", "material", "size"):
        value = getattr(wanted, field)
        if value is not None:
            exact = [entity for entity in found if entity[field] == value]
            found = exact or [entity for entity in found if entity[field] is None]
    if wanted.other and len(found) > 1:
        found = [entity for entity in found if entity["id"] != (sheet.focus or [""])[-1]]
    if wanted.side is not None and len(found) > 1:
        found = [entity for entity in found if _stands(entity["id"], wanted.side, found, sheet)]
    if wanted.ordinal is not None and len(found) > 1:
        found = found[wanted.ordinal :][:1]
    if wanted.number is not None and len(found) > 1:
        found = [entity for entity in found if entity["count"] == wanted.number] or found
    return found


def _stands(ref: str, side: str, among: list[Item], sheet: Sheet) -> bool:
    opposite = {"left_of": "right_of", "right_of": "left_of", "in_front_of": "behind",
                "behind": "in_front_of", "above": "under", "under": "above"}  # fmt: skip
    others = {entity["id"] for entity in among} - {ref}
    return any(
        (said["subject"] == ref and said["predicate"] == side and others & set(said["object"]))
        or (said["subject"] in others and said["predicate"] == opposite[side]
            and ref in said["object"])
        for said in sheet.document["relations"]
    )  # fmt: skip


def _one_of(fitting: list[Item], text: str, sheet: Sheet) -> list[Item]:
    recent = [ref for ref in reversed(sheet.focus) if ref in {e["id"] for e in fitting}]
    if sheet.focus and recent[:1] == sheet.focus[-1:]:
        return [entity for entity in fitting if entity["id"] == recent[0]]
    names = ", ".join(described(entity) for entity in fitting)
    raise PromptError(f"{text!r} may mean one of several things ({names}): say which")


def _no_individual(fitting: list[Item], wanted: _Wanted, text: str) -> None:
    single = wanted.side is not None or wanted.ordinal is not None
    if single and len(fitting) == 1 and fitting[0]["count"] > 1:
        raise PromptError(
            f"{text!r} is one of a group of {described(fitting[0])}, which share their looks and "
            "their part; change all of them, or take one away and add another thing"
        )
