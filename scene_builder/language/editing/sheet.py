"""The graph while it is being edited: what is changed, and which words asked for it."""

import copy
import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from scene_builder.language.editing.patching.applying import Document, Item, renamed
from scene_builder.language.mending.completion import completed
from scene_builder.model.graph import Action, CameraCue, Entity, Outcome, Relation, SceneGraph

Words = tuple[int, int]

_MODELS: dict[str, type[BaseModel]] = {
    "entities": Entity, "relations": Relation, "actions": Action, "outcomes": Outcome,
    "camera": CameraCue,
}  # fmt: skip
_HOLDERS = {"relations": ("subject", "object"), "actions": ("actor",),
            "outcomes": ("subject", "object")}  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """A graph as JSON values, with a memory of what was touched.

    Attributes:
        document: The graph so far.
        marks: Words behind each touched field, by the identity of its item; the field is empty
            for a whole item.
        removals: Items that were taken out, as they were in the graph before, with the words.
        assumptions: Sentences about what the words leave open.
        not_served: Sentences about what no film can follow.
        focus: Entities that the edit has named, the last named last.
    """

    document: Document
    marks: dict[tuple[int, str], Words] = field(default_factory=dict)
    removals: list[tuple[str, Item, Words]] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    not_served: list[str] = field(default_factory=list)
    focus: list[str] = field(default_factory=list)

    @property
    def entities(self) -> list[Item]:
        """All entities so far."""
        entities: list[Item] = self.document["entities"]
        return entities

    @property
    def heroes(self) -> list[str]:
        """Ids of what "it" means before anything was named: what moves first, then the rest."""
        movers = [a["actor"].partition("#")[0] for a in self.document["actions"]
                  if a["verb"] != "stay"]  # fmt: skip
        return list(dict.fromkeys([*movers, *(entity["id"] for entity in self.entities)]))

    def entity(self, ref: str) -> Item:
        """Return the entity of an id."""
        name = ref.partition("#")[0]
        return next(e for e in self.entities if e["id"] == name)

    def name(self, *refs: str) -> None:
        """Remember that the words speak of these entities."""
        known = {entity["id"] for entity in self.entities}
        for ref in refs:
            if ref in known:
                self.focus = [*(r for r in self.focus if r != ref), ref]

    def set(self, item: Item, name: str, value: object, words: Words) -> None:
        """Change one field of an item."""
        if item.get(name) != value:
            item[name] = value
            self.marks[id(item), name] = words

    def add(self, part: str, said: Item, words: Words) -> Item:
        """Add an item at the end of its list, its other fields as the contract has them."""
        item: dict[str, Any] = _MODELS[part].model_validate(said).model_dump(mode="json")
        self.document[part].append(item)
        self.marks[id(item), ""] = words
        return item

    def remove(self, part: str, item: Item, words: Words) -> None:
        """Take an item out; what came after it comes after what it came after."""
        items: list[Item] = self.document[part]
        at = next((k for k, other in enumerate(items) if other is item), None)
        if at is None:
            return
        del items[at]
        self.removals.append((part, item, words))
        if part in ("actions", "outcomes"):
            for other in items:
                after = other.get("after")
                if after is not None and after >= at:
                    other["after"] = item.get("after") if after == at else after - 1

    def take_from(self, relation: Item, words: Words) -> None:
        """Remove what a thing stands on; it can no longer roll off that, or stay on it."""
        self.remove("relations", relation, words)
        ref, support = relation["subject"], relation["object"]
        for action in self.document["actions"]:
            if action["actor"] == ref and action["direction"] == "off":
                self.set(action, "direction", None, words)
        for outcome in list(self.document["outcomes"]):
            mine = outcome["subject"] == ref and [outcome["object"]] == support
            if mine and outcome["predicate"] in ("falls_off", "stays_on"):
                self.remove("outcomes", outcome, words)

    def remove_entity(self, entity: Item, words: Words) -> None:
        """Take an entity out, and every statement that cannot be made without it."""
        ref = entity["id"]
        for part, keys in _HOLDERS.items():
            for said in list(self.document[part]):
                named = [r for key in keys for r in _refs(said.get(key))]
                if ref in named and said.get("predicate") == "on":
                    self.take_from(said, words)
                elif ref in named:
                    self.remove(part, said, words)
        for said in [*self.document["actions"], *self.document["camera"]]:
            if ref in _refs(said.get("target")):
                self.set(said, "target", None, words)
        for cue in list(self.document["camera"]):
            if not any(cue.get(key) for key in ("shot", "angle", "move", "target")):
                self.remove("camera", cue, words)
        self.remove("entities", entity, words)
        self.focus = [r for r in self.focus if r != ref]

    def rename(self, entity: Item, noun: str, words: Words) -> None:
        """Put a thing of another noun in an entity's place; what is said of it holds on."""
        ref = self.free_id(noun, besides=entity["id"])
        self.set(entity, "noun", noun, words)
        if ref != entity["id"]:
            self.focus = [ref if r == entity["id"] else r for r in self.focus]
            renamed(self.document, {entity["id"]: ref})
            self.marks[id(entity), "id"] = words

    def set_count(self, entity: Item, count: int, words: Words) -> None:
        """Change how many there are; outcomes that spoke of all of them still do."""
        before = _implied_counts(self.document, entity["id"])
        self.set(entity, "count", count, words)
        after = _implied_counts(self.document, entity["id"])
        for outcome, old, new in zip(self.document["outcomes"], before, after, strict=True):
            if old is not None and (outcome["count"], outcome["compare"]) == old:
                self.set(outcome, "count", new[0] if new else None, words)
                self.set(outcome, "compare", new[1] if new else "exactly", words)
            elif old is not None and outcome["count"] is not None and outcome["count"] > count:
                self.set(outcome, "count", count, words)
        if count == 1:
            for said in list(self.document["relations"]):
                alone = not said["object"] and said["subject"] == entity["id"]
                if alone and said["predicate"] in ("in_row", "stacked"):
                    self.remove("relations", said, words)

    def free_id(self, noun: str, *, besides: str = "") -> str:
        """Return an id for a new thing."""
        stem = re.sub(r"[^a-z0-9]+", "_", noun).strip("_")[:36]
        stem = stem if stem[:1].isalpha() else f"thing_{stem}".strip("_")
        taken = {e["id"] for e in self.entities if e["id"] != besides}
        ref, number = stem, 2
        while ref in taken or ref in ("ground", "floor", "wall", "ceiling", "camera"):
            ref, number = f"{stem}_{number}", number + 1
        return ref


def sheet_of(graph: SceneGraph) -> Sheet:
    """Return a sheet with a graph on it."""
    return Sheet(document=graph.model_dump(mode="json", by_alias=True))


def _refs(value: str | list[str] | None) -> list[str]:
    refs = [value] if isinstance(value, str) else value or []
    return [ref.partition("#")[0] for ref in refs]


def _implied_counts(document: Document, ref: str) -> list[tuple[int | None, str] | None]:
    """Return the count and compare that an outcome has when the words give none.

    None stands for outcomes that do not count the individuals of `ref`.
    """
    bare = copy.deepcopy(document)
    for outcome in bare["outcomes"]:
        outcome |= {"count": None, "compare": "exactly"}
    entity = next(e for e in bare["entities"] if e["id"] == ref)
    before = list(bare["outcomes"])
    completed(bare)
    found: list[tuple[int | None, str] | None] = []
    for outcome in before:
        counts = (outcome.get("object") or outcome["subject"]) == ref
        count = outcome["count"]
        if counts and outcome["predicate"] in ("falls", "falls_off", "moves") and count is None:
            count = entity["count"]
        found.append((count, outcome["compare"]) if counts else None)
    return found
