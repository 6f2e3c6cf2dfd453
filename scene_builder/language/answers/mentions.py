"""Which noun phrases of a prompt speak of which entity of a graph that somebody else wrote."""

import re
from dataclasses import dataclass, field
from typing import Any

from scene_builder.knowledge.words.nouns import NOUNS, SYNONYMS, plural, singular
from scene_builder.knowledge.words.qualities import COLOR_WORDS, MATERIAL_WORDS
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.tokens import DETERMINERS, STOPS, tokens_of

Place = tuple[int, int]
"""First character, and one past the last."""

_ENGLISH_SHARE = 0.35
_AGREES, _DIFFERS = 2, -3


@dataclass(slots=True)
class Mentions:
    """Where an entity is named.

    Attributes:
        nouns: Places of its noun, in order.
        chunks: The noun phrases around them, as far as they are known.
    """

    nouns: list[Place] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)


def is_english(text: str) -> bool:
    """Whether lower-case text is English: more than a third of its words are known to be."""
    words = re.findall(r"[^\W\d_]+", text)
    known = sum(
        word in STOPS
        or word in DETERMINERS
        or word in FORMS
        or word in COLOR_WORDS
        or word in MATERIAL_WORDS
        or singular(word) in NOUNS
        for word in words
    )
    return known > _ENGLISH_SHARE * len(words)


def mentions_of(entities: list[dict[str, Any]], text: str, chunks: list[Chunk]) -> list[Mentions]:
    """Return where each entity is named in lower-case `text`.

    A noun phrase goes to the entity whose noun, colour, material, size and number fit best; of
    entities that fit equally well, to the one that has been named less often.
    """
    found = [Mentions() for _ in entities]
    for chunk in chunks:
        fits = [
            (_fit(entity, chunk), -len(found[k].nouns), -k)
            for k, entity in enumerate(entities)
            if same_noun(entity["noun"], chunk.noun)
        ]
        if fits:
            k = -max(fits)[2]
            found[k].chunks.append(chunk)
            found[k].nouns.append(_noun_place(entities[k]["noun"], text, chunk))
    for entity, mentions in zip(entities, found, strict=True):
        if not mentions.nouns:
            mentions.nouns = _bare_places(entity["noun"], text)
    return found


def same_noun(noun: str, other: str) -> bool:
    """Whether two nouns may name one thing: the same word, a synonym, or the same head."""
    one, two = _canonical(noun), _canonical(other)
    if one == two:
        return True
    shorter, longer = sorted((one.split(" "), two.split(" ")), key=len)
    return len(shorter) < len(longer) and longer[-len(shorter) :] == shorter


def places_of(wording: str, text: str) -> list[Place]:
    """Return where a wording stands in lower-case text as whole words, hyphens or not."""
    pattern = rf"(?<![\w-]){letters_of(wording)}(?!\w)"
    return [match.span() for match in re.finditer(pattern, text)]


def letters_of(wording: str) -> str:
    """Return the pattern of a wording whose words may be joined by hyphens."""
    return "[ -]".join(re.escape(word) for word in re.split("[ -]", wording))


def _canonical(noun: str) -> str:
    one = singular(noun.replace("_", " ").replace("-", " "))
    return SYNONYMS.get(one, one)


def _fit(entity: dict[str, Any], chunk: Chunk) -> int:
    score = _AGREES if _canonical(entity["noun"]) == _canonical(chunk.noun) else 0
    for key, said in (("color", chunk.color), ("material", chunk.material), ("size", chunk.size)):
        if said is not None:
            score += _AGREES if entity.get(key) == said[0] else _DIFFERS
    if chunk.count is not None and (chunk.counted is not None or not chunk.definite):
        score += 1 if entity.get("count", 1) == chunk.count else -1
    return score


def _noun_place(noun: str, text: str, chunk: Chunk) -> Place:
    """The head of a noun phrase: its last words."""
    inside = text[chunk.start : chunk.end]
    for form in (plural(noun), noun, plural(chunk.noun), chunk.noun):
        match = re.search(rf"\b{letters_of(form)}$", inside)
        if match:
            return chunk.start + match.start(), chunk.end
    last = tokens_of(inside)[-1]
    return chunk.start + last.start, chunk.end


def _bare_places(noun: str, text: str) -> list[Place]:
    """Places of a noun that stands in no noun phrase that the rules find."""
    words = [noun, *(word for word, meant in SYNONYMS.items() if meant == noun)]
    for form in [form for word in words for form in (word, plural(word))]:
        found = places_of(form, text)
        if found:
            return found
    head = singular(noun.rsplit(" ", maxsplit=1)[-1])
    return [(t.start, t.end) for t in tokens_of(text) if singular(t.text) == head]
