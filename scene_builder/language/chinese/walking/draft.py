"""A scene in the making, as JSON values, and mentions of what is in it."""

import re
from dataclasses import dataclass, field
from typing import Any

from scene_builder.language.chinese.phrases.nominal import Chunk
from scene_builder.model.words import RESERVED_IDS

UNKNOWN = "unknown "
"""How the ref of a thing begins whose noun no list knows; nothing said of it is kept."""
_LONGEST_ID = 36


@dataclass(slots=True)
class Mention:
    """One mention of an entity, of part of its individuals, or of the ground or a wall."""

    ref: str
    several: bool = False
    count: int | None = None
    compare: str = "exactly"
    all_of: bool = False

    @property
    def solid(self) -> bool:
        """Whether it is an entity, not the ground, a wall or an unknown thing."""
        return self.ref not in RESERVED_IDS and not self.ref.startswith(UNKNOWN)

    @property
    def unknown(self) -> bool:
        """Whether it is a thing whose noun no list knows."""
        return self.ref.startswith(UNKNOWN)


@dataclass(slots=True)
class Draft:
    """The parts of a scene graph while they are being found; each method says a thing once."""

    entities: list[dict[str, Any]] = field(default_factory=list)
    relations: list[dict[str, Any]] = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)

    def entity(self, ref: str) -> dict[str, Any] | None:
        """Return the entity that a ref names, or None for the ground and the like."""
        name = ref.partition("#")[0]
        return next((e for e in self.entities if e["id"] == name), None)

    def add(self, chunk: Chunk) -> Mention:
        """Return the mention of a new entity."""
        stem = re.sub(r"[^a-z0-9]+", "_", chunk.noun).strip("_")[:_LONGEST_ID] or "thing"
        taken = {entity["id"] for entity in self.entities} | set(RESERVED_IDS)
        number, ref = 2, stem
        while ref in taken:
            ref, number = f"{stem}_{number}", number + 1
        count = chunk.count or 1
        entity: dict[str, Any] = {"id": ref, "noun": chunk.noun, "count": count}
        for name in ("color", "material", "size"):
            said = getattr(chunk, name)
            entity[name] = said[0] if said else None
        self.entities.append(entity)
        return Mention(ref, count > 1, all_of=chunk.all_of)

    def relate(
        self, subject: Mention, predicate: str, objects: list[Mention]
    ) -> dict[str, Any] | None:  # fmt: skip
        """Note a relation; return it if it is new."""
        ref = subject.ref.partition("#")[0]
        said = {"subject": ref, "predicate": predicate,
                "object": [m.ref.partition("#")[0] for m in objects]}  # fmt: skip
        unknown = any(m.unknown for m in objects)
        if not subject.solid or unknown or ref in said["object"] or said in self.relations:
            return None
        self.relations.append(said)
        return said

    def act(self, actor: Mention, verb: str) -> tuple[dict[str, Any], bool]:
        """Return the action, and whether it is new; an unknown actor's is not kept."""
        for said in self.actions:
            if (said["actor"], said["verb"]) == (actor.ref, verb):
                return said, False
        action = {"actor": actor.ref, "verb": verb}
        if actor.solid:
            self.actions.append(action)
        return action, actor.solid

    def end(
        self, subject: Mention, predicate: str, target: Mention | None, fields: dict[str, Any]
    ) -> dict[str, Any] | None:
        """Note an outcome, with the subset that a mention speaks of; return it if it is new."""
        said: dict[str, Any] = {"predicate": predicate, "subject": subject.ref, **fields}
        part = subject if target is None else target
        if target is not None:
            said["object"] = target.ref
        if part.count is not None:
            said |= {"count": part.count, "compare": part.compare}
        elif part.all_of and not fields.get("negated"):
            entity = self.entity(part.ref)
            said["count"] = entity["count"] if entity else None
        keys = ("predicate", "subject", "object")
        known = any(all(o.get(k) == said.get(k) for k in keys) for o in self.outcomes)
        lost = not subject.solid or (target is not None and target.unknown)
        if known or lost or said.get("object") == subject.ref:
            return None
        self.outcomes.append(said)
        return said
