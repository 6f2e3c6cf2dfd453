"""A scene in the making: entities found by their nouns, and what is said of them."""

import re
from dataclasses import dataclass, field
from typing import Any

from scene_builder.knowledge.words.relations import ROW_WORDS, STACK_WORDS
from scene_builder.knowledge.words.scenery import GROUND_NOUNS
from scene_builder.language.phrases.counting import Chunk
from scene_builder.model.words import RESERVED_IDS

_FIXED = {"wall": "wall", "ceiling": "ceiling", "camera": "camera"}


@dataclass(slots=True)
class Mention:
    """One mention of an entity, or of part of its individuals."""

    ref: str
    several: bool = False
    count: int | None = None
    compare: str = "exactly"
    all_of: bool = False
    chunk: Chunk | None = None

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
        if chunk.noun in GROUND_NOUNS:
            return Mention("ground", chunk=chunk)
        described = chunk.color or chunk.material or chunk.size or chunk.count not in (None, 1)
        if chunk.noun in _FIXED and not described:
            return Mention(_FIXED[chunk.noun], chunk=chunk)
        known = self._known(chunk)
        entity = known or self._added(chunk)
        several = entity["count"] > 1 and (known is None or chunk.several)
        return Mention(entity["id"], several, all_of=chunk.all_of, chunk=chunk)

    def relate(self, subject: Mention, predicate: str, *objects: Mention) -> None:
        """Note a relation once."""
        said: dict[str, Any] = {
            "subject": subject.ref, "predicate": predicate, "object": [m.ref for m in objects]
        }  # fmt: skip
        if subject.solid and subject.ref not in said["object"] and said not in self.relations:
            self.relations.append(said)

    def act(self, actor: Mention, verb: str, **fields: object) -> dict[str, Any]:
        """Note an action, or return the one that says the same."""
        for said in self.actions:
            if (said["actor"], said["verb"]) == (actor.ref, verb):
                said.update(fields)
                return said
        action = {"actor": actor.ref, "verb": verb, **fields}
        if actor.solid:
            self.actions.append(action)
        return action

    def end(
        self, subject: Mention, predicate: str, target: Mention | None = None, **fields: object
    ) -> None:
        """Note an outcome once, with the subset that a mention speaks of."""
        said = {"predicate": predicate, "subject": subject.ref, **fields}
        part = subject
        if target is not None:
            said["object"] = target.ref
            part = target
        if part.count is not None:
            said |= {"count": part.count, "compare": part.compare}
        elif part.all_of and not fields.get("negated"):
            said["count"] = next((e["count"] for e in self.entities if e["id"] == part.ref), None)
        same = [o for o in self.outcomes if all(o.get(k) == said.get(k) for k in
                                                ("predicate", "subject", "object"))]  # fmt: skip
        if not same and subject.solid and said.get("object") != subject.ref:
            self.outcomes.append(said)

    def support_of(self, mention: Mention) -> Mention | None:
        """Return what a mention stands on, if that has been said."""
        for said in self.relations:
            if said["subject"] == mention.ref and said["predicate"] == "on":
                return Mention(said["object"][0])
        return None

    def _known(self, chunk: Chunk) -> dict[str, Any] | None:
        if chunk.noun in (*ROW_WORDS, *STACK_WORDS):
            kind = "in_row" if chunk.noun in ROW_WORDS else "stacked"
            grouped = [r["subject"] for r in self.relations if r["predicate"] == kind]
            several = [e["id"] for e in self.entities if e["count"] > 1]
            ref = (grouped or several or [""])[-1]
            return next((e for e in self.entities if e["id"] == ref), None)
        if not chunk.definite and not chunk.all_of:
            return None
        same = [e for e in self.entities if e["noun"] == chunk.noun or (
            chunk.known and e["noun"].endswith(" " + chunk.noun))]  # fmt: skip
        if chunk.color:
            same = [e for e in same if e["color"] in (None, chunk.color[0])]
        if chunk.count not in (None, 1):
            same = [e for e in same if e["count"] == chunk.count]
        return same[-1] if same else None

    def _added(self, chunk: Chunk) -> dict[str, Any]:
        stem = re.sub(r"[^a-z0-9]+", "_", chunk.noun).strip("_")
        if not stem or not stem[0].isalpha():
            stem = f"thing_{stem}".strip("_")
        stem = stem[:36]
        taken = {entity["id"] for entity in self.entities} | set(RESERVED_IDS)
        number, ref = 2, stem
        while ref in taken:
            ref, number = f"{stem}_{number}", number + 1
        entity: dict[str, Any] = {
            "id": ref, "noun": chunk.noun, "count": chunk.count or 1,
            "color": chunk.color[0] if chunk.color else None,
            "material": chunk.material[0] if chunk.material else None,
            "size": chunk.size[0] if chunk.size else None,
        }  # fmt: skip
        self.entities.append(entity)
        self.chunks[ref] = chunk
        if chunk.group and entity["count"] > 1:
            self.relations.append({"subject": ref, "predicate": chunk.group, "object": []})
        return entity
