"""A scene in the making: entities found by their nouns, and what is said of them."""

import re
from dataclasses import dataclass, field
from typing import Any

from scene_builder.knowledge.catalogue import hypernyms_of, nouns
from scene_builder.knowledge.words.nouns import plural
from scene_builder.knowledge.words.people import ACTING, PEOPLE
from scene_builder.knowledge.words.relations import ROW_WORDS, STACK_WORDS
from scene_builder.knowledge.words.scenery import GROUND_NOUNS
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.ordinals import place_of
from scene_builder.model.words import RESERVED_IDS

Place = tuple[int, int]
"""First character, and one past the last."""

_PAIR = 2
_SIDE_BY_SIDE = frozenset({"beside", "near", "between"})
_SHORTEST_HEAD = 3
"""Letters of the shortest noun that stands for a word it ends: "pan" for "saucepan"."""
_FIXED = {"wall": "wall", "ceiling": "ceiling", "camera": "camera"}


def _kinds_of(noun: str) -> tuple[str, ...]:
    """What a noun of the tables is a kind of."""
    name = noun.replace(" ", "_")
    above = hypernyms_of(name) if name in nouns() else ()
    return (*above, "animal") if noun in ACTING - PEOPLE else above


@dataclass(slots=True)
class Mention:
    """One mention of an entity, or of part of its individuals; `some` are not all of them."""

    ref: str
    several: bool = False
    count: int | None = None
    compare: str = "exactly"
    all_of: bool = False
    chunk: Chunk | None = None
    at: tuple[int, int] | None = None
    some: bool = False

    @property
    def solid(self) -> bool:
        """Whether it is an entity, not the ground or a wall."""
        return self.ref not in RESERVED_IDS


@dataclass(slots=True)
class Draft:
    """The parts of a scene graph while they are being found, as JSON values."""

    entities: list[dict[str, Any]] = field(default_factory=list)
    chunks: dict[str, Chunk] = field(default_factory=dict)
    relations: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)

    def mention(self, chunk: Chunk) -> Mention:
        """Return what a noun phrase names: a known entity, a reserved id, or a new entity."""
        if chunk.noun in GROUND_NOUNS or plural(chunk.noun) in GROUND_NOUNS:
            return Mention("ground", chunk=chunk)
        described = chunk.color or chunk.material or chunk.size or chunk.count not in (None, 1)
        if chunk.noun in _FIXED and not described:
            return Mention(_FIXED[chunk.noun], chunk=chunk)
        pair = self.whole_of(chunk) if chunk.definite else None
        if pair is not None and self.count_of(pair) == _PAIR and chunk.count in (None, 1):
            return self.parted(pair, chunk)
        known = self._known(chunk)
        entity = known or self._added(chunk)
        if known is not None:
            self._more(known, chunk)
        several = entity["count"] > 1 and (known is None or chunk.several)
        some = self._some(entity, chunk) if known is not None else None
        number = place_of(chunk.order, entity["count"]) if some == 1 else None
        if number is not None:
            return Mention(f"{entity['id']}#{number}", chunk=chunk)
        return Mention(entity["id"], several, some, all_of=chunk.all_of, chunk=chunk)

    def relate(
        self, subject: Mention, predicate: str, *objects: Mention, at: Place | None = None
    ) -> None:
        """Note a relation once, with the words that say it."""
        said: dict[str, Any] = {
            "subject": subject.ref, "predicate": predicate, "object": [m.ref for m in objects]
        }  # fmt: skip
        group = said | {"subject": subject.ref.partition("#")[0]}
        known = any(
            all(r[k] == one[k] for k in one) for r in self.relations for one in (said, group)
        )
        if subject.solid and subject.ref not in said["object"] and not known:
            self.relations.append(said)
            self.note(said, predicate="predicate", at=at)

    def act(
        self, actor: Mention, verb: str, at: Place | None = None, **fields: object
    ) -> dict[str, Any]:
        """Note an action with the words that say it, or return the one that says the same."""
        for said in self.actions:
            agrees = all(said.get(key, value) == value for key, value in fields.items())
            if (said["actor"], said["verb"]) == (actor.ref, verb) and agrees:
                said.update(fields)
                return said
        action = {"actor": actor.ref, "verb": verb, **fields}
        if actor.solid:
            self.actions.append(action)
            self.note(action, predicate="verb", at=at)
        return action

    def note(self, said: dict[str, Any], *, predicate: str, at: Place | None) -> None:
        """Remember which words say a field of a statement."""
        if at is not None and at[1] > at[0]:
            said.setdefault("spans", {})[predicate] = at

    def end(
        self, subject: Mention, predicate: str, target: Mention | None = None,
        at: Place | None = None, **fields: object,
    ) -> None:  # fmt: skip
        """Note an outcome once, with the subset that a mention speaks of."""
        said = {"predicate": predicate, "subject": subject.ref, **fields}
        part = subject
        if target is not None:
            said["object"] = target.ref
            part = subject if subject.count is not None else target
        if part.count is not None:
            said |= {"count": part.count, "compare": part.compare}
        elif part.all_of and not fields.get("negated"):
            said["count"] = next((e["count"] for e in self.entities if e["id"] == part.ref), None)
        key = ("predicate", "subject", "object")
        same = [o for o in self.outcomes if all(o.get(k) == said.get(k) for k in key)]
        if not same and subject.solid and said.get("object") != subject.ref:
            self.outcomes.append(said)
            self.note(said, predicate="predicate", at=at)
            if part.count is not None and part.at is not None:
                self.note(said, predicate="count", at=part.at)
            if part.some and not fields.get("negated"):
                most = self.count_of(part) - 1
                self.outcomes.append({**said, "count": most, "compare": "at_most"})

    def support_of(self, mention: Mention) -> Mention | None:
        """Return what a mention stands on, if that has been said."""
        noun = self.noun_of(mention)
        kin = {e["id"] for e in self.entities if e["noun"] == noun}
        next_to = {ref for said in self.relations if said["predicate"] in _SIDE_BY_SIDE
                   for ref in (said["subject"], *said["object"])
                   if mention.ref in (said["subject"], *said["object"])}  # fmt: skip
        for group in ({mention.ref}, next_to, kin):
            for said in self.relations:
                if said["subject"] in group - {""} and said["predicate"] == "on":
                    return Mention(said["object"][0])
        return None

    def placed(self, mention: Mention) -> bool:
        """Whether it has been said where it is."""
        return any(r["subject"] == mention.ref and r["object"] for r in self.relations)

    def entity_of(self, mention: Mention) -> dict[str, Any] | None:
        """Return the entity that a mention names, if it names one."""
        return next((e for e in self.entities if e["id"] == mention.ref.partition("#")[0]), None)

    def noun_of(self, mention: Mention) -> str:
        """Return the noun of what a mention names; of the ground and walls, nothing."""
        entity = self.entity_of(mention)
        return str(entity["noun"]) if entity else ""

    def count_of(self, mention: Mention) -> int:
        """Return how many individuals a mention's entity has."""
        entity = self.entity_of(mention)
        return int(entity["count"]) if entity else 0

    def recount(self, mention: Mention, count: int) -> None:
        """Set how many there are, where only a later word says it ("half of the eight")."""
        entity = self.entity_of(mention)
        if entity is not None:
            entity["count"] = count

    def acts_alone(self, mention: Mention) -> bool:
        """Whether it is a person or an animal."""
        noun = self.noun_of(mention)
        return noun in ACTING or noun.rsplit(" ", maxsplit=1)[-1] in ACTING

    def is_person(self, mention: Mention) -> bool:
        """Whether it is a person: never "it"."""
        noun = self.noun_of(mention)
        return noun in PEOPLE or noun.rsplit(" ", maxsplit=1)[-1] in PEOPLE

    def _known(self, chunk: Chunk) -> dict[str, Any] | None:
        arranged = chunk.noun in (*ROW_WORDS, *STACK_WORDS, "house", "pyramid")
        if arranged and (chunk.definite or chunk.all_of) and any(
            r["predicate"] in {"in_row", "stacked"} for r in self.relations):  # fmt: skip
            kind = "in_row" if chunk.noun in ROW_WORDS else "stacked"
            grouped = [r["subject"] for r in self.relations if r["predicate"] == kind]
            several = [e["id"] for e in self.entities if e["count"] > 1]
            ref = (grouped or several or [""])[-1]
            return next((e for e in self.entities if e["id"] == ref), None)
        repeated = chunk.bare and not chunk.several and not chunk.color and not chunk.size
        if (not chunk.definite and not chunk.all_of and not repeated) or chunk.order == "another":
            return None
        same = [e for e in self.entities if e["noun"] == chunk.noun]
        same = same or self._kindred(chunk)
        if chunk.color:
            same = [e for e in same if e["color"] == chunk.color[0] or (
                e["color"] is None and (chunk.several or e["count"] == 1))]  # fmt: skip
        if chunk.count not in (None, 1):
            exact = [e for e in same if e["count"] == chunk.count]
            some = [e for e in same if e["count"] > (chunk.count or 1) and chunk.definite]
            same = exact or ([] if chunk.color or chunk.size else some)
        return same[-1] if same else None

    def _kindred(self, chunk: Chunk) -> list[dict[str, Any]]:
        """Those that another noun means, too: "the bag" of a schoolbag, "the animal"."""
        if not chunk.definite:
            return []
        own, noun = chunk.noun, [e for e in self.entities if e["count"] == 1 or chunk.several]
        noun = noun or self.entities
        found = [e for e in noun if e["noun"].endswith(" " + own)
                 or e["noun"].startswith(own + " ") or own.endswith(" " + e["noun"])]  # fmt: skip
        found = found or [e for e in noun if len(own) >= _SHORTEST_HEAD and (
            e["noun"].endswith(own) or own.endswith(e["noun"]))]  # fmt: skip
        return found or [e for e in noun if own.replace(" ", "_") in _kinds_of(e["noun"])]

    def _some(self, entity: dict[str, Any], chunk: Chunk) -> int | None:
        """How many of a group a phrase means: "the top box", "the two bottles" of five."""
        if chunk.count not in (None, 1) and chunk.count < entity["count"]:
            return chunk.count
        arranged = chunk.noun in (*ROW_WORDS, *STACK_WORDS)
        one = chunk.definite and not chunk.all_of and not arranged
        return 1 if one and not chunk.several and entity["count"] > 1 else None

    def parted(self, mention: Mention, chunk: Chunk) -> Mention:
        """Take those out of a group that are told apart: "the red one" of two cups."""
        entity, count = self.entity_of(mention), chunk.count or 1
        if entity is None or entity["count"] <= count:
            if entity is not None:
                self._more(entity, chunk)
            return Mention(mention.ref, count > 1, chunk=chunk)
        part = self._added(chunk)
        entity["count"] -= count
        for said in [r for r in self.relations if r["subject"] == mention.ref]:
            self.relations.append({**said, "subject": part["id"]})
        return Mention(part["id"], count > 1, chunk=chunk)

    def describe(self, mention: Mention, chunk: Chunk) -> None:
        """Add the qualities that a phrase says to what a mention names."""
        entity = self.entity_of(mention)
        if entity is not None:
            self._more(entity, chunk)

    def whole_of(self, chunk: Chunk) -> Mention | None:
        """Return the group without such qualities that a phrase tells some apart in."""
        fields = [(name, getattr(chunk, name)) for name in ("color", "material", "size")]
        fields = [(name, said[0]) for name, said in fields if said is not None]
        same = [e for e in self.entities if e["noun"] == chunk.noun]
        if not fields or any(all(e[name] == value for name, value in fields) for e in same):
            return None
        free = [e for e in same if all(e[name] is None for name, _ in fields)]
        return Mention(free[-1]["id"]) if free else None

    def _more(self, entity: dict[str, Any], chunk: Chunk) -> None:
        """Add what a later phrase says of a known entity ("the table is made of oak")."""
        for name in ("color", "material", "size"):
            said = getattr(chunk, name)
            if said is not None and entity[name] is None:
                entity[name] = said[0]
                self.note(entity, predicate=name, at=said[1:])

    def _added(self, chunk: Chunk) -> dict[str, Any]:
        stem = re.sub(r"[^a-z0-9]+", "_", chunk.noun).strip("_")
        if not stem or not stem[0].isalpha():
            stem = f"thing_{stem}".strip("_")
        taken = {entity["id"] for entity in self.entities} | set(RESERVED_IDS)
        number, ref = 2, stem[:36]
        while ref in taken:
            ref, number = f"{stem[:36]}_{number}", number + 1
        entity: dict[str, Any] = {
            "id": ref, "noun": chunk.noun, "count": chunk.count or 1,
            "color": chunk.color[0] if chunk.color else None,
            "material": chunk.material[0] if chunk.material else None,
            "size": chunk.size[0] if chunk.size else None,
        }  # fmt: skip
        self.entities.append(entity)
        self.chunks[ref] = chunk
        self._point(entity, chunk)
        if chunk.group and entity["count"] > 1:
            self.relate(Mention(ref), chunk.group, at=chunk.grouped)
        return entity

    def _point(self, entity: dict[str, Any], chunk: Chunk) -> None:
        """Note which words say the noun, the number and the qualities of an entity."""
        if chunk.head[1] > chunk.head[0]:
            self.note(entity, predicate="noun", at=chunk.head)
        if chunk.counted is not None:
            self.note(entity, predicate="count", at=chunk.counted)
        for name in ("color", "material", "size"):
            said = getattr(chunk, name)
            if said is not None:
                self.note(entity, predicate=name, at=said[1:])
