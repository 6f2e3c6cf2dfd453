"""What is found, written into a draft, with the words that say it."""

from dataclasses import dataclass, field
from typing import Any

from scene_builder.knowledge.words.quantities import PLURAL_COUNT
from scene_builder.language.chinese.phrases.nominal import Nominal
from scene_builder.language.chinese.walking.draft import UNKNOWN, Draft, Mention
from scene_builder.model.words import OutcomePredicate, Predicate, Verb

Where = tuple[int, int]
"""First character of some words, and one past the last."""

_GROUP_HEADS = {"tower": "stacked", "row": "in_row"}
_SOFT_ENDS = "子儿"


@dataclass(slots=True)
class Evidence:
    """Words that say a field of one part of the document."""

    part: dict[str, Any]
    field: str
    where: Where


@dataclass(slots=True)
class Scribe:
    """A draft, the words behind it, and what could not be taken up.

    Attributes:
        draft: The parts of the scene.
        evidence: Which words say which field of which part.
        heads: Chinese head of each entity, by id.
        not_served: Sentences about words that were understood and cannot be staged, or were not.
        partial: Entities of which only a part has been named.
        setting: Fields of the setting that places and the ground say, with their words.
    """

    draft: Draft = field(default_factory=Draft)
    evidence: list[Evidence] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)
    not_served: list[str] = field(default_factory=list)
    partial: set[str] = field(default_factory=set)
    setting: dict[str, tuple[str, Where]] = field(default_factory=dict)

    def thing(self, np: Nominal) -> Mention | None:
        """Return the mention of an entity, of the ground or of a wall; None for no thing."""
        if np.fluid:
            self.not_served.append(f"{np.fluid!r}: fluids are not shown, their containers are")
        if np.fixed in {"wall", "ceiling", "ground"}:
            if np.fixed == "ground" and np.value:
                self.setting.setdefault("ground", (np.value, np.span))
            return Mention(np.fixed)
        if np.value and not np.part:
            self.setting.setdefault("place", (np.value, np.span))
        if np.unknown:
            self._unread(np)
        if np.unknown and not np.head:
            return Mention(UNKNOWN + np.unknown[-1])
        if np.fixed or not np.head or not np.chunk.noun:
            return None
        return self._entity(np)

    def relate(
        self, subject: Mention, predicate: Predicate, objects: list[Mention], where: Where
    ) -> None:  # fmt: skip
        """Note a relation once; between the ground and a thing there is none to note."""
        if any(m.ref == "ground" for m in objects):
            return
        said = self.draft.relate(subject, predicate, objects)
        if said is not None:
            self._note(said, "predicate", where)

    def act(self, actor: Mention, verb: Verb, where: Where) -> dict[str, Any]:
        """Note an action, or return the one that says the same."""
        action, new = self.draft.act(actor, verb)
        if new:
            self._note(action, "verb", where)
        return action

    def end(
        self, subject: Mention, predicate: OutcomePredicate, target: Mention | None,
        where: Where, **fields: object,
    ) -> None:  # fmt: skip
        """Note an outcome once."""
        said = self.draft.end(subject, predicate, target, fields)
        if said is not None:
            self._note(said, "predicate", where)

    def note(self, part: dict[str, Any], name: str, value: object, where: Where) -> None:
        """Set a field that is not yet set, with its words."""
        if part.get(name) is None:
            part[name] = value
            self._note(part, name, where)

    def note_words(self, part: dict[str, Any], where: Where) -> None:
        """Note which words an entity bears."""
        self._note(part, "text", where)

    def noun(self, mention: Mention) -> str:
        """Return the noun of a mention, or nothing for the ground and the like."""
        entity = self.draft.entity(mention.ref)
        return str(entity["noun"]) if entity else ""

    def supports(self, mention: Mention) -> list[Mention]:
        """Return what a mention stands on."""
        ref = mention.ref.partition("#")[0]
        return [
            Mention(said["object"][0]) for said in self.draft.relations
            if said["subject"] == ref and said["predicate"] == "on"
        ]  # fmt: skip

    def _unread(self, np: Nominal) -> None:
        words = "".join(np.unknown)
        if np.head:
            self.not_served.append(
                f"{words!r} before {np.head!r} is no word that the Chinese reader knows; "
                f"{np.chunk.noun!r} is taken"
            )
        else:
            self.not_served.append(
                f"{words!r} is no word that the Chinese reader knows; what is said of it is lost"
            )

    def _entity(self, np: Nominal) -> Mention | None:
        chunk = np.chunk
        known = self._known(np)
        if chunk.noun in _GROUP_HEADS and known is None and not np.measured:
            return None
        if known is not None:
            mention = Mention(known["id"], known["count"] > 1, all_of=chunk.all_of)
        else:
            mention = self._added(np)
        entity = self.draft.entity(mention.ref)
        if entity is not None:
            for name, value, start, end in np.quantities:
                entity[name] = value
                self._note(entity, name, (start, end))
            for name in ("color", "material", "size"):
                found = getattr(chunk, name)
                if found:
                    self.note(entity, name, found[0], (found[1], found[2]))
        if np.held is not None:
            self._held(mention, np.held)
        return mention

    def _added(self, np: Nominal) -> Mention:
        chunk = np.chunk
        if chunk.all_of and chunk.count is None:
            chunk.count = PLURAL_COUNT
        mention = self.draft.add(chunk)
        self.heads[mention.ref] = np.head
        entity = self.draft.entity(mention.ref)
        assert entity is not None
        self._note(entity, "noun", np.span)
        if chunk.counted and entity["count"] == chunk.count:
            self._note(entity, "count", chunk.counted)
        for name in ("color", "material", "size"):
            found = getattr(chunk, name)
            if found:
                self._note(entity, name, (found[1], found[2]))
        if np.part:
            self.partial.add(mention.ref)
        if chunk.group and entity["count"] > 1:
            self.relate(mention, chunk.group, [], chunk.grouped or np.span)  # type: ignore[arg-type]
        return mention

    def _held(self, container: Mention, held: Nominal) -> None:
        held.chunk.count = held.chunk.count or PLURAL_COUNT
        content = self.thing(held)
        if content is not None:
            self.relate(content, "inside", [container], held.span)

    def _known(self, np: Nominal) -> dict[str, Any] | None:
        """Return the entity that a noun phrase without a number, or a part of one, speaks of."""
        chunk = np.chunk
        if not chunk.definite and not np.part and np.compare is None:
            return self._counted_later(np)
        if chunk.noun in _GROUP_HEADS:
            kind = _GROUP_HEADS[chunk.noun]
            grouped = [r["subject"] for r in self.draft.relations if r["predicate"] == kind]
            return self.draft.entity(grouped[-1]) if grouped else None
        same = [e for e in self.draft.entities if self._same_head(e, np)]
        for name in ("color", "material"):
            said = getattr(chunk, name)
            if said:
                same = [e for e in same if e[name] in (None, said[0])]
        if np.part == "other":
            same = [e for e in same if e["count"] > 1]
        exact = [e for e in same if e["noun"] == chunk.noun]
        best = exact or same
        if not best:
            return None
        found = best[-1]
        lone = found["count"] == 1 and found["id"] in self.partial
        if np.part == "rest" and lone and chunk.count:
            found["count"] = chunk.count + 1  # `第一个` … `其余九个`
        return found

    def _counted_later(self, np: Nominal) -> dict[str, Any] | None:
        """`第一块骨牌` … `二十块骨牌`: how many there are is said after one of them."""
        for ref in self.partial if (np.chunk.count or 1) > 1 else ():
            entity = self.draft.entity(ref)
            if entity is not None and entity["noun"] == np.chunk.noun and entity["count"] == 1:
                entity["count"] = np.chunk.count
                if np.chunk.counted:
                    self._note(entity, "count", np.chunk.counted)
                return entity
        return None

    def _same_head(self, entity: dict[str, Any], np: Nominal) -> bool:
        own = self.heads.get(entity["id"], "").rstrip(_SOFT_ENDS)
        said = np.head.rstrip(_SOFT_ENDS)
        return entity["noun"] == np.chunk.noun or (bool(said) and own.endswith(said))

    def _note(self, part: dict[str, Any], name: str, where: Where) -> None:
        self.evidence.append(Evidence(part, name, where))
