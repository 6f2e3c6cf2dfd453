"""New clauses about known things, read as the ordinary reader reads them.

The walk over a sentence resolves "the ball" among what was named before. So the things of the
scene are named first, in sentences of their own; what the walk finds beyond them is new.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from scene_builder.knowledge.words.nouns import plural
from scene_builder.knowledge.words.quantities import NUMBER_WORDS
from scene_builder.language.editing.patching.applying import Item
from scene_builder.language.editing.sheet import Sheet, Words
from scene_builder.language.editing.words.plain import color_word, plain_clause
from scene_builder.language.editing.words.script import Script
from scene_builder.language.editing.words.unknown import is_brought_in, refuse_unknown
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.quantities import Quantity, attach, stated_quantities
from scene_builder.language.phrases.tokens import tokens_of
from scene_builder.language.phrases.walk import draft_of

_NEGATION = re.compile(r"\bnot\b|n't\b|\bnever\b|\bwithout\b|\bneither\b|\bcannot\b")

_NUMBERS = {number: word for word, number in reversed(NUMBER_WORDS.items())}


@dataclass(slots=True)
class Told:
    """What a clause says beyond what was known.

    Attributes:
        entities: New things, without their ids of the scene.
        relations: New statements, their references being ids on the sheet, or of new things;
            likewise `actions` and `outcomes`.
        negated: Whether the clause says that something is not so.
        quantities: Stated quantities that belong to no new motion and no new thing.
        where: Words behind an item, by its identity; those of the clause where it has none.
    """

    entities: list[Item] = field(default_factory=list)
    relations: list[Item] = field(default_factory=list)
    actions: list[Item] = field(default_factory=list)
    outcomes: list[Item] = field(default_factory=list)
    negated: bool = False
    quantities: list[Quantity] = field(default_factory=list)
    where: dict[int, Words] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return bool(self.entities or self.relations or self.actions or self.outcomes)


def told(sheet: Sheet, script: Script, *, lead: str = "") -> Told:
    """Return what a clause says of the things on the sheet, and which new things it names.

    Args:
        sheet: The scene so far; it is not changed, but for what "it" means next.
        script: The clause, an order's first word taken off.
        lead: Words to put before it.

    Raises:
        PromptError: If the clause leaves open which of several things it means.
    """
    clause = plain_clause(sheet, script)
    listing, known = _listing(sheet)
    quantities, rest = stated_quantities(f"{listing}{lead}{clause.text}")
    base, whole = draft_of(listing), draft_of(rest)
    ids = _ids(sheet, known, [e["id"] for e in base.entities], whole.entities)
    fresh = whole.entities[len(base.entities) :]
    _not_there(sheet, fresh, clause)
    if not all(is_brought_in(entity["noun"], clause.text) for entity in fresh):
        return Told()
    said = Told(
        entities=[{**entity, "id": ids[entity["id"]]} for entity in fresh],
        relations=_fresh(base.relations, whole.relations, ids),
        actions=_fresh(base.actions, whole.actions, ids),
        outcomes=_fresh(base.outcomes, whole.outcomes, ids),
        negated=bool(_NEGATION.search(clause.text)),
    )
    _attach(said, quantities, rest)
    _locate(said, clause, len(listing) + len(lead))
    return said


def _locate(said: Told, clause: Script, before: int) -> None:
    """Note where in the edit the words behind each item stand, if the walk says so."""
    for item in (*said.entities, *said.relations, *said.actions, *said.outcomes):
        spans = item.pop("spans", {})
        found = [
            clause.words(start - before, end - before)
            for start, end in spans.values()
            if start >= before
        ]
        known = [words for words in found if words != (0, 0)]
        if known:
            said.where[id(item)] = (min(s for s, _ in known), max(e for _, e in known))


def _not_there(sheet: Sheet, fresh: list[Item], clause: Script) -> None:
    """Refuse "the dragon" where no dragon is: only "a dragon" brings one in."""
    nouns = {entity["noun"] for entity in fresh}
    if any(chunk.definite and chunk.noun in nouns for chunk in chunks_of(clause.text)):
        refuse_unknown(sheet, tokens_of(clause.text))


def _listing(sheet: Sheet) -> tuple[str, list[str]]:
    """Return sentences that name every entity, and the ids in the order of naming."""
    sentences, known = "", []
    for entity in sheet.entities:
        color = color_word(entity["color"])
        many = entity["count"] > 1
        noun = plural(entity["noun"]) if many else entity["noun"]
        start = f"{_NUMBERS.get(entity['count'], entity['count'])} " if many else "a "
        for phrase in (f"{start}{color} {noun}. ", f"{start}{noun}. "):
            if _names_one(phrase, entity["noun"]):
                sentences += re.sub(r" +", " ", phrase)
                known.append(entity["id"])
                break
    return sentences, known


@cache
def _names_one(phrase: str, noun: str) -> bool:
    draft = draft_of(phrase)
    return [entity["noun"] for entity in draft.entities] == [noun]


def _ids(
    sheet: Sheet, known: Sequence[str], listed: Sequence[str], entities: Sequence[Item]
) -> dict[str, str]:
    """Return which id on the sheet each id of the walk means; new things get free ones."""
    ids = dict(zip(listed, known, strict=False))
    taken = {entity["id"] for entity in sheet.entities}
    for entity in entities[len(listed) :]:
        ref = sheet.free_id(entity["noun"])
        stem, number = ref, 2
        while ref in taken:
            ref, number = f"{stem}_{number}", number + 1
        taken.add(ref)
        ids[entity["id"]] = ref
    return ids


def _fresh(base: list[Item], whole: list[Item], ids: dict[str, str]) -> list[Item]:
    found = []
    for said in whole:
        if said in base:
            continue
        item: dict[str, Any] = {key: value for key, value in said.items() if key != "after"}
        for key in ("subject", "actor", "object", "target"):
            value = item.get(key)
            if isinstance(value, list):
                item[key] = [ids.get(ref, ref) for ref in value]
            elif value is not None:
                item[key] = ids.get(value, value)
        found.append(item)
    return found


def _attach(said: Told, quantities: list[Quantity], rest: str) -> None:
    """Give stated quantities to the new things and motions; keep the others."""
    for quantity in quantities:
        motion = quantity.kind in {"height_m", "speed", "start_secs"}
        if (motion and said.actions) or (not motion and said.entities):
            attach({"entities": said.entities, "actions": said.actions}, [quantity], rest,
                   chunks_of(rest))  # fmt: skip
        else:
            said.quantities.append(quantity)
