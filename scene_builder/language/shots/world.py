"""What the sentences so far have said: things, where they stand, and where it all happens."""

import re
from dataclasses import dataclass, field
from typing import Any

from scene_builder.language.answers.checking import facts_of
from scene_builder.language.answers.mentions import mentions_of, same_noun
from scene_builder.language.chinese.segmentation.script import is_chinese
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.shots.pronouns import setting_in
from scene_builder.model.documents.film_document import LASTING
from scene_builder.model.graph import Entity, SceneGraph
from scene_builder.model.reading import Reading
from scene_builder.model.words import RESERVED_IDS

_PLACING = frozenset(
    {"on", "inside", "hanging_from", "attached_to", "against", "in_row", "stacked"}
)
"""Relations that hold until a thing is moved."""
_STAYING = frozenset({"stay", "spin", "turn", "open", "close", "swing"})
_ENDS = frozenset({"falls", "falls_off", "lands_on", "lands_in", "leaves_frame", "moves"})
_LANDED = {"lands_on": "on", "lands_in": "inside"}

_THIS = frozenset("这那這该該")
Relation = dict[str, Any]


@dataclass(slots=True)
class World:
    """What is known after some sentences.

    Attributes:
        things: Every thing by its id, as it was last spoken of.
        placed: Where things stand since they were last moved, by the id of the thing.
        setting: Where and when it happens.
        look: How it looks.
        focus: Ids, the one that is most likely meant by "it" first.
        called: What things were called in Chinese, by id.
    """

    things: dict[str, Entity] = field(default_factory=dict)
    placed: dict[str, Relation] = field(default_factory=dict)
    setting: dict[str, Any] = field(default_factory=dict)
    look: dict[str, Any] = field(default_factory=dict)
    focus: list[str] = field(default_factory=list)
    called: dict[str, str] = field(default_factory=dict)

    @property
    def known(self) -> list[Entity]:
        """Every thing, the one that is most likely meant by "it" first."""
        return [self.things[ref] for ref in self.focus]

    def hear(self, sentence: str) -> None:
        """Take over place, light, weather and style from a sentence that names no thing."""
        self.setting |= setting_in(sentence)
        style = facts_of(sentence).style
        self.look |= {"style": style} if style else {}

    def joined(self, reading: Reading) -> Reading:
        """Return the reading of the next shot as part of this world, and go on with it.

        Things that are spoken of again get the id that they had, and what was said of them;
        what holds them up comes along.
        """
        graph = reading.graph
        ids = self._ids(reading)
        document = _renamed(graph.model_dump(mode="json"), ids)
        document["entities"] = [self._whole(graph, k, ref) for k, ref in enumerate(ids.values())]
        stated = {"gravity"} & graph.setting.model_fields_set
        if graph.setting.gravity == "earth" and not _has_span(reading, "setting.gravity"):
            stated = set()
        own = {k: v for k, v in document["setting"].items() if v is not None and
               (k != "gravity" or stated)}  # fmt: skip
        self.setting = document["setting"] = self.setting | own
        seen = {k: v for k, v in document["look"].items() if v}
        document["look"] = self.look | seen
        self.look = {k: v for k, v in document["look"].items() if k == "style"}
        _count_all(document, graph.prompt)
        carried = self._carry(document)
        self._note(document)
        whole = SceneGraph.model_validate(document)
        assumptions = [*reading.assumptions, *carried]
        return reading.model_copy(update={"graph": whole, "assumptions": tuple(assumptions)})

    def _ids(self, reading: Reading) -> dict[str, str]:
        """The id in this world of each entity of a graph."""
        ids: dict[str, str] = {}
        for entity, new in zip(reading.graph.entities, _spoken_of_anew(reading), strict=True):
            old = None if new else self._same(entity, taken=set(ids.values()))
            ids[entity.id] = old or self._free(entity.id, taken=set(ids.values()))
        if is_chinese(reading.graph.prompt):
            self._call(reading, ids)
        return ids

    def _call(self, reading: Reading, ids: dict[str, str]) -> None:
        """Remember the words for things, for pronouns to come."""
        words = {span.path: reading.graph.prompt[span.start : span.end] for span in reading.spans}
        for k, entity in enumerate(reading.graph.entities):
            if f"entities.{k}.noun" in words:
                self.called[ids[entity.id]] = words[f"entities.{k}.noun"]

    def _same(self, entity: Entity, *, taken: set[str]) -> str | None:
        for ref in self.focus:
            old = self.things[ref]
            differs = any(
                getattr(entity, key) is not None
                and getattr(old, key) not in (None, getattr(entity, key))
                for key in ("color", "material")
            )
            if ref not in taken and same_noun(entity.noun, old.noun) and not differs:
                return ref
        return None

    def _free(self, ref: str, *, taken: set[str]) -> str:
        stem = re.sub(r"_\d+$", "", ref)
        name, number = stem, 2
        while name in self.things or name in taken:
            name, number = f"{stem}_{number}", number + 1
        return name

    def _whole(self, graph: SceneGraph, k: int, ref: str) -> dict[str, Any]:
        entity = graph.entities[k]
        whole = {**entity.model_dump(mode="json"), "id": ref}
        old = self.things.get(ref)
        if old is not None:
            whole["noun"] = old.noun
            whole |= {key: getattr(old, key) for key in LASTING if whole[key] is None}
            whole["count"] = max(old.count, entity.count)
            whole["text"] = entity.text or old.text
        return whole

    def _carry(self, document: dict[str, Any]) -> list[str]:
        """Put what holds a thing up, since an earlier shot, into this one."""
        notes = []
        here = {entity["id"] for entity in document["entities"]}
        own = {r["subject"].partition("#")[0] for r in document["relations"]
               if r["predicate"] in _PLACING}  # fmt: skip
        for ref in [entity["id"] for entity in document["entities"]]:
            relation = self.placed.get(ref)
            if relation is None or ref in own:
                continue
            if any(r["subject"] in relation["object"] and ref in _bases(r)
                   for r in document["relations"]):  # fmt: skip
                continue  # now it is the other way round
            for name in _bases(relation):
                if name not in here and name not in RESERVED_IDS:
                    document["entities"].append(self.things[name].model_dump(mode="json"))
                    here.add(name)
            document["relations"].append(relation)
            where = relation["predicate"].replace("_", " ")
            where += "".join(f" the {name}" for name in _bases(relation))
            notes.append(f"the {self.things[ref].noun} is still {where}, as an earlier shot says")
        return notes

    def _note(self, document: dict[str, Any]) -> None:
        """Remember who is spoken of, and where everything stands now."""
        for entity in document["entities"]:
            self.things[entity["id"]] = Entity.model_validate(entity)
        for relation in document["relations"]:
            if relation["predicate"] in _PLACING and "#" not in relation["subject"]:
                self.placed[relation["subject"]] = relation
        for moved in _moved(document):
            self.placed.pop(moved, None)
        for outcome in document["outcomes"]:
            predicate, target = _LANDED.get(outcome["predicate"]), outcome.get("object")
            if predicate and target and not outcome["negated"]:
                subject = outcome["subject"].partition("#")[0]
                base = target.partition("#")[0]
                self.placed[subject] = {
                    "subject": subject,
                    "predicate": predicate,
                    "object": [base],
                }
        spoken = [*(a["actor"] for a in document["actions"] if a["verb"] != "stay"),
                  *(o["subject"] for o in document["outcomes"]),
                  *(o["object"] for o in document["outcomes"] if o.get("object")),
                  *(a["target"] for a in document["actions"] if a.get("target")),
                  *(r["subject"] for r in document["relations"]),
                  *(e["id"] for e in document["entities"])]  # fmt: skip
        bases = [ref.partition("#")[0] for ref in spoken]
        self.focus = list(dict.fromkeys(b for b in [*bases, *self.focus] if b in self.things))


def _spoken_of_anew(reading: Reading) -> list[bool]:
    """For each entity, whether the words bring it in: "a ball", not "the ball"."""
    graph, prompt = reading.graph, reading.graph.prompt
    if is_chinese(prompt):
        counted = {
            s.path: prompt[: s.start][-1:] for s in reading.spans if s.path.endswith(".count")
        }
        before = [counted.get(f"entities.{k}.count") for k in range(len(graph.entities))]
        return [letter is not None and letter not in _THIS for letter in before]
    rest = stated_quantities(stated_facts(prompt).rest)[1]
    entities = [entity.model_dump() for entity in graph.entities]
    mentions = mentions_of(entities, rest, chunks_of(rest))
    return [bool(said.chunks) and is_new(said.chunks[0]) for said in mentions]


def is_new(chunk: Chunk) -> bool:
    """Whether a noun phrase speaks of something that was not there before: "a ball", "two cups"."""
    return not chunk.definite and (chunk.counted is not None or chunk.count == 1)


def _renamed(document: dict[str, Any], ids: dict[str, str]) -> dict[str, Any]:
    def new(ref: str) -> str:
        name, mark, number = ref.partition("#")
        return f"{ids.get(name, name)}{mark}{number}"

    for part in ("relations", "actions", "outcomes", "camera"):
        for item in document[part]:
            for key in ("subject", "actor", "target", "object"):
                value = item.get(key)
                if isinstance(value, str):
                    item[key] = new(value)
                elif value is not None:
                    item[key] = [new(ref) for ref in value]
    return document


def _count_all(document: dict[str, Any], words: str) -> None:
    """Where the words say "all", all those are meant that earlier sentences have counted."""
    if not re.search(r"\b(all|every|each|both)\b|都|全|所有", words, re.IGNORECASE):
        return
    counts = {entity["id"]: entity["count"] for entity in document["entities"]}
    for outcome in document["outcomes"]:
        count = counts.get(outcome.get("object") or outcome["subject"], 1)
        if outcome["count"] == 1 < count and outcome["compare"] == "exactly":
            outcome["count"] = count


def _moved(document: dict[str, Any]) -> set[str]:
    """Whatever no longer stands where it stood."""
    moved = {a["actor"] for a in document["actions"] if a["verb"] not in _STAYING}
    for outcome in document["outcomes"]:
        if outcome["negated"]:
            continue
        if outcome["predicate"] in _ENDS:
            moved.add(outcome["subject"])
        if outcome["predicate"] == "knocks_over" and outcome.get("object"):
            moved.add(outcome["object"])
    return {ref.partition("#")[0] for ref in moved}


def _bases(relation: Relation) -> list[str]:
    return [ref.partition("#")[0] for ref in relation["object"]]


def _has_span(reading: Reading, path: str) -> bool:
    return any(span.path == path for span in reading.spans)
