"""The evidence filter: no colour, number, material or size without a word for it."""

import re
from typing import Any

from scene_builder.knowledge.words.nouns import SYNONYMS, plural, singular
from scene_builder.knowledge.words.qualities import COLOR_PHRASES, MATERIAL_WORDS, SIZE_WORD_OF
from scene_builder.knowledge.words.relations import RELATION_WORDINGS
from scene_builder.knowledge.words.verbs import FORMS, SENSES_OF
from scene_builder.language.notation.counting import numbers_said
from scene_builder.language.notation.naming import near_names
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.tokens import tokens_of
from scene_builder.language.phrases.words.spelling import mended

Document = dict[str, Any]
Evidence = tuple[str, int, int]

_TABLES = {"color": COLOR_PHRASES, "material": MATERIAL_WORDS, "size": SIZE_WORD_OF}


def filtered(
    document: Document, text: str, chunks: list[Chunk], *, nouns: bool = True
) -> list[str]:
    """Take out of `document`, in place, what no word of lower-case `text` says.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        text: The lower-case prompt.
        chunks: Its noun phrases.
        nouns: Whether entities go, too, whose noun is not in the text.

    Returns:
        One sentence for each thing that was taken out or set right.
    """
    repairs: list[str] = []
    kept = []
    for entity in document["entities"]:
        if nouns and _noun_span(entity["noun"], text) is None:
            repairs.append(f"the entity {entity['noun']!r} was left out: no word names it")
            continue
        kept.append(entity)
        for field, table in _TABLES.items():
            value = entity.get(field)
            if (
                isinstance(value, str)
                and _word_span(entity["noun"], value, table, text, chunks) is None
            ):
                entity[field] = None
                repairs.append(
                    f"{entity['id']}: the {field} {value!r} was left out: no word says it"
                )
        _check_count(entity, text, chunks, repairs)
    document["entities"] = kept
    return repairs


def spans_of(document: Document, text: str, chunks: list[Chunk]) -> list[Evidence]:
    """Return which words of lower-case `text` say which part of `document`."""
    spans: list[Evidence] = []
    for k, entity in enumerate(document["entities"]):
        noun = _noun_span(entity["noun"], text)
        if noun is not None:
            spans.append((f"entities.{k}.noun", *noun))
        for field, table in _TABLES.items():
            value = entity.get(field)
            span = (
                _word_span(entity["noun"], value, table, text, chunks)
                if isinstance(value, str)
                else None
            )
            if span is not None:
                spans.append((f"entities.{k}.{field}", *span))
        for chunk in _chunks_for(entity["noun"], chunks):
            if chunk.counted is not None and chunk.count == entity["count"]:
                spans.append((f"entities.{k}.count", *chunk.counted))
                break
    spans += _said_spans(document, text)
    return spans


def grounded(document: Document, text: str, chunks: list[Chunk]) -> list[Evidence]:
    """Return which words say which part of `document`, as its reader noted it where it did.

    The notes (`spans` of a statement, by field) are taken out of `document`, in place.
    """
    noted: list[Evidence] = []
    own: set[str] = set()
    for part in ("entities", "relations", "actions", "outcomes"):
        for k, said in enumerate(document[part]):
            places = said.pop("spans", {})
            noted += [(f"{part}.{k}.{name}", *place) for name, place in places.items()]
            own |= {f"{part}.{k}"} if places else set()
    found = [e for e in spans_of(document, text, chunks) if e[0].rpartition(".")[0] not in own]
    if any(not path.startswith("entities") for path in own):  # what has no note was implied
        found = [e for e in found if e[0].startswith("entities")]
    return noted + found


def noun_forms(noun: str) -> tuple[str, ...]:
    """Return how a noun may stand in a text."""
    return (noun, plural(noun))


def _check_count(
    entity: dict[str, Any], text: str, chunks: list[Chunk], repairs: list[str]
) -> None:
    count = entity.get("count", 1)
    said = {chunk.count for chunk in _chunks_for(entity["noun"], chunks)} - {None}
    if count == 1 or count in {*numbers_said(text), *said}:
        return
    entity["count"] = int(max((n for n in said if n is not None), default=1))
    repairs.append(f"{entity['id']}: no word says {count}, so {entity['count']} is taken")


def _chunks_for(noun: str, chunks: list[Chunk]) -> list[Chunk]:
    exact = [chunk for chunk in chunks if chunk.noun == noun]
    return exact or [
        chunk for chunk in chunks if chunk.noun.split(" ")[-1] == noun.rsplit(" ", maxsplit=1)[-1]
    ]


def _noun_span(noun: str, text: str) -> tuple[int, int] | None:
    for form in noun_forms(noun):
        match = re.search(rf"(?<![\w-]){re.escape(form)}(?![\w])", text.replace("-", " "))
        if match:
            return match.start(), match.end()
    last = noun.rsplit(" ", maxsplit=1)[-1]
    for token in tokens_of(text):
        word = mended(token.text).removesuffix("'s")
        if singular(word) in (last, singular(last)) or noun in near_names(word):
            return token.start, token.end
    for chunk in _synonyms(noun, text):
        return chunk
    return None


def _synonyms(noun: str, text: str) -> list[tuple[int, int]]:
    words = [word for word, meant in SYNONYMS.items() if meant == noun]
    forms = [form for word in words for form in noun_forms(word)]
    return [m.span() for form in forms for m in re.finditer(rf"\b{re.escape(form)}\b", text)]


def _word_span(
    noun: str, value: str, table: dict[str, str], text: str, chunks: list[Chunk]
) -> tuple[int, int] | None:
    found = []
    for word, meant in table.items():
        if meant != value:
            continue
        letters = "[ -]".join(re.escape(part) for part in re.split("[ -]", word))
        pattern = rf"(?<![\w-]){letters}(?!\w)|(?<=\bof ){letters}s(?!\w)"
        found += [match.span() for match in re.finditer(pattern, text)]
    if not found:
        slips = (t for t in tokens_of(text) if table.get(mended(t.text)) == value)
        found += [(token.start, token.end) for token in slips]
    if not found:
        return None
    own = [(c.start, c.end) for c in _chunks_for(noun, chunks)]
    inside = [s for s in found if any(a <= s[0] and s[1] <= b for a, b in own)]
    return max(inside or found, key=lambda span: span[1] - span[0])


def _said_spans(document: Document, text: str) -> list[Evidence]:
    spans: list[Evidence] = []
    taken: set[int] = set()
    tokens = tokens_of(text)
    for part, key in (("actions", "verb"), ("outcomes", "predicate")):
        for k, said in enumerate(document[part]):
            for token in tokens:
                senses = SENSES_OF[FORMS[token.text][0]] if token.text in FORMS else ()
                means = {sense.verb for sense in senses} | {sense.outcome for sense in senses}
                if said[key] in means and (part, token.start) not in taken:  # type: ignore[comparison-overlap]
                    taken.add((part, token.start))  # type: ignore[arg-type]
                    spans.append((f"{part}.{k}.{key}", token.start, token.end))
                    break
    for k, said in enumerate(document["relations"]):
        for wording in RELATION_WORDINGS.get(said["predicate"], ()):
            match = re.search(rf"\b{wording}\b", text)
            if match:
                spans.append((f"relations.{k}.predicate", match.start(), match.end()))
                break
    return spans
