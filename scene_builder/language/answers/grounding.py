"""Which words of a prompt say which part of a graph that a chat model wrote.

What no word says gets no span: it was filled in.
"""

from collections.abc import Iterable
from typing import Any

from scene_builder.knowledge.words.qualities import (
    COLOR_PHRASES,
    MATERIAL_WORDS,
    SIZE_WORD_OF,
    SPEED_WORD_OF,
)
from scene_builder.knowledge.words.relations import (
    DIRECTION_WORDINGS,
    RELATION_WORDINGS,
    ROW_WORDS,
    STACK_WORDS,
)
from scene_builder.knowledge.words.verbs import FORMS, SENSES_OF, Sense
from scene_builder.language.answers.mentions import Mentions, Place, places_of
from scene_builder.language.phrases.tokens import Token, tokens_of

Document = dict[str, Any]
Evidence = tuple[str, int, int]

_TABLES = {"color": COLOR_PHRASES, "material": MATERIAL_WORDS, "size": SIZE_WORD_OF}
_FARTHEST = 40
"""How many letters the words of a relation may stand outside of the things that it relates."""
_BEFORE = 30
"""What a verb in front of its subject costs, in letters."""
_GROUPS = {"in_row": ROW_WORDS, "stacked": STACK_WORDS}


def spans_in(document: Document, text: str, mentions: list[Mentions]) -> list[Evidence]:
    """Return (path, start, end) of the words of lower-case `text` behind each statement.

    Args:
        document: Lists of entities, relations, actions and outcomes, as JSON values.
        text: The lower-case prompt, letter for letter.
        mentions: Where each entity is named.
    """
    where = {
        entity["id"]: said.nouns
        for entity, said in zip(document["entities"], mentions, strict=True)
    }
    spans: list[Evidence] = []
    for k, (entity, said) in enumerate(zip(document["entities"], mentions, strict=True)):
        spans += [(f"entities.{k}.{field}", *place) for field, place in _about(entity, said, text)]
    for k, relation in enumerate(document["relations"]):
        spans += _span(f"relations.{k}.predicate", _relation_place(relation, text, where))
    verbs = _verbs(tokens_of(text))
    spans += _deeds("actions", "actor", "target", document["actions"], verbs, where)
    spans += _deeds("outcomes", "subject", "object", document["outcomes"], verbs, where)
    return spans + _manners(document["actions"], spans, text)


def _about(entity: Document, said: Mentions, text: str) -> Iterable[tuple[str, Place]]:
    if said.nouns:
        yield "noun", said.nouns[0]
    for field, table in _TABLES.items():
        if isinstance(entity.get(field), str):
            place = _quality_place(field, entity[field], table, text, said)
            if place is not None:
                yield field, place
    for chunk in said.chunks:
        if chunk.counted is not None and chunk.count == entity.get("count", 1):
            yield "count", chunk.counted
            return


def _quality_place(
    field: str, value: str, table: dict[str, str], text: str, said: Mentions
) -> Place | None:
    for chunk in said.chunks:
        own = getattr(chunk, field)
        if own is not None and own[0] == value:
            return own[1], own[2]
    words = [word for word, meant in table.items() if meant == value] + [value]
    found = [place for word in words for place in places_of(word, text)]
    near = [place for chunk in said.chunks for place in found
            if chunk.start <= place[0] and place[1] <= chunk.end]  # fmt: skip
    return _nearest(near or found, said.nouns)


def _relation_place(relation: Document, text: str, where: dict[str, list[Place]]) -> Place | None:
    predicate = relation["predicate"]
    wordings = [*RELATION_WORDINGS.get(predicate, ()), *_GROUPS.get(predicate, ())]
    if predicate == "on":
        wordings += ["onto", "off", "from"]  # what leaves a thing was on it
    ends = [_named(ref, where) for ref in (relation["subject"], *relation["object"])]
    ends = [places for places in ends if places]
    if not ends:
        return None
    best: tuple[int, int, Place] | None = None
    for order, wording in enumerate(wordings):
        for place in places_of(wording, text):
            cost = max(min(_gap(place, end) for end in places) for places in ends)
            if cost <= _FARTHEST and (best is None or (cost, order) < best[:2]):
                best = (cost, order, place)
    return best[2] if best else None


def _deeds(
    part: str, who: str, whom: str, said: list[Document], verbs: list[tuple[Sense, Place]],
    where: dict[str, list[Place]],
) -> list[Evidence]:  # fmt: skip
    """Places of what is done and of what comes of it: the verb nearest to who does it."""
    key = "verb" if part == "actions" else "outcome"
    field = "verb" if part == "actions" else "predicate"
    spans: list[Evidence] = []
    taken: set[tuple[str, Place]] = set()
    for k, deed in enumerate(said):
        doers, done_to = _named(deed[who], where), _named(deed.get(whom) or "", where)
        costs = [
            (_verb_cost(place, doers, done_to) - len(sense.base), place)
            for sense, place in verbs
            if getattr(sense, key) == deed[field] and (str(deed[who]), place) not in taken
        ]
        if costs:
            place = min(costs)[1]
            taken.add((str(deed[who]), place))
            spans.append((f"{part}.{k}.{field}", *place))
    return spans


def _verbs(tokens: list[Token]) -> list[tuple[Sense, Place]]:
    """Every sense of every verb, with the particle right behind it."""
    found = []
    for k, token in enumerate(tokens):
        if token.text not in FORMS:
            continue
        for sense in SENSES_OF[FORMS[token.text][0]]:
            particle = sense.base.split(" ")[1:]
            after = tokens[k + 1 : k + 1 + len(particle)]
            if [t.text for t in after] == particle:
                end = after[-1].end if after else token.end
                found.append((sense, (token.start, end)))
    return found


def _manners(actions: list[Document], spans: list[Evidence], text: str) -> list[Evidence]:
    """Places of directions and speeds, near the verb that they belong to."""
    verbs = {path: (start, end) for path, start, end in spans}
    found: list[Evidence] = []
    for k, action in enumerate(actions):
        verb = verbs.get(f"actions.{k}.verb")
        if verb is None:
            continue
        ways = DIRECTION_WORDINGS[action["direction"]] if action.get("direction") else ()
        speeds = [word for word, meant in SPEED_WORD_OF.items() if meant == action.get("speed")]
        for field, words in (("direction", ways), ("speed", speeds)):
            places = [place for word in words for place in places_of(word, text)]
            found += _span(f"actions.{k}.{field}", _nearest(places, [verb]))
    return found


def _verb_cost(place: Place, doers: list[Place], done_to: list[Place]) -> int:
    to_doer = min((_gap(place, d) + (_BEFORE if place < d else 0) for d in doers), default=0)
    return to_doer + min((_gap(place, d) for d in done_to), default=0)


def _named(ref: str, where: dict[str, list[Place]]) -> list[Place]:
    return where.get(ref.partition("#")[0], [])


def _nearest(places: list[Place], anchors: list[Place]) -> Place | None:
    if not places:
        return None
    return min(places, key=lambda p: (min((_gap(p, a) for a in anchors), default=0), p[0] - p[1]))


def _gap(one: Place, other: Place) -> int:
    return max(one[0] - other[1], other[0] - one[1], 0)


def _span(path: str, place: Place | None) -> list[Evidence]:
    return [] if place is None else [(path, *place)]
