"""The vote: each statement is taken if it is likely right, seeing who says it and how surely.

Several readers read one prompt. Their entities are brought together, then every relation,
action, outcome, attribute and number is a proposal on which those readers have voted yes that say
it; `belief.py` tells how likely such a proposal is right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scene_builder.language.mending.alignment import aligned, larger_by, names_in, overlap, renamed
from scene_builder.language.mending.belief import Weights, belief, features_of, packaged_weights

Document = dict[str, Any]

PARTS = ("relations", "actions", "outcomes")
DETAILS = {"actions": ("target", "direction", "speed"), "outcomes": ("count",)}
QUALITIES = ("count", "color", "material", "size")
_WORD = {"relations": "predicate", "actions": "verb", "outcomes": "predicate"}
_ALIKE = {"drop": "fall", "turn": "spin", "launch": "throw", "open": "open"}
TAKEN = 0.5
"""Belief from which on a statement is taken."""


@dataclass(slots=True, kw_only=True)
class Proposal:
    """Something on which readers vote.

    Attributes:
        kind: `entity`, `count`, `quality`, `relation`, `action`, `detail`, `outcome`.
        part: List of the document that it stands in.
        said: The statement, or the entity, in the names of the joint document.
        about: Field that it is about; empty for the statement itself.
        voters: Reader → the probability that it gave; None where it gives none.
        against: Readers that understood the same words differently.
        larger: How much larger its first thing is than its second one [logarithm].
    """

    kind: str
    part: str
    said: Document
    about: str = ""
    voters: dict[str, float | None] = field(default_factory=dict)
    against: set[str] = field(default_factory=set)
    larger: float | None = None

    @property
    def features(self) -> dict[str, float]:
        """What the belief in it depends on."""
        word = "" if self.about else str(self.said.get(_WORD.get(self.part, ""), ""))
        if self.said.get("negated") and word:
            word = f"not {word}"
        return features_of(self.kind, word, self.voters, sorted(self.against), self.larger)


@dataclass(slots=True, kw_only=True)
class Ballot:
    """The joint document with everything that any reader says, and who says it."""

    entities: list[Proposal] = field(default_factory=list)
    statements: list[Proposal] = field(default_factory=list)

    def proposals(self) -> Iterator[Proposal]:
        """All proposals."""
        yield from self.entities
        yield from self.statements


def voted(readings: Mapping[str, Document], *, weights: Weights | None = None) -> Document:
    """Return the document that the votes of `readings` give.

    Args:
        readings: Reader → its document; the first one's words are taken where all agree. A
            statement may hold `spans` (field → place), `probability` (field → number), and be
            `certain`: it stands in closed words, and is taken whoever says it.
        weights: Feature → its weight; None for those that come with the package.
    """
    table = weights if weights is not None else packaged_weights(tuple(sorted(readings)))
    ballot = ballot_of(readings)
    right = {
        id(m): 1.0 if _is_certain(m) else belief(m.features, table) for m in ballot.proposals()
    }
    document: Document = {"entities": [], "relations": [], "actions": [], "outcomes": []}
    for proposal in ballot.entities:
        if not proposal.about and right[id(proposal)] >= TAKEN:
            document["entities"].append(_with_fields(proposal, ballot.entities, right))
    known = {entity["id"] for entity in document["entities"]}
    for proposal in _without_rivals(ballot.statements, right):
        aimless = {**proposal.said, "target": None}
        if known.issuperset(set(names_in(aimless)) - _FIXED):
            said = _with_fields(proposal, ballot.statements, right)
            if str(said.get("target") or "ground").partition("#")[0] not in known | _FIXED:
                said["target"] = None  # it moves, whatever it was thought to move to
            document[proposal.part].append(said)
    _number_again(document["outcomes"])
    return document


def _is_certain(proposal: Proposal) -> bool:
    """Whether closed words say it, as they say a statement, or a thing and its qualities."""
    whole = proposal.about in {"", "count"} or proposal.part == "entities"
    return whole and bool(proposal.said.get("certain"))


_FIXED = frozenset({"ground", "floor", "wall", "ceiling", "camera"})


def ballot_of(readings: Mapping[str, Document]) -> Ballot:
    """Return everything that any of `readings` says, in the names of a joint document."""
    ballot, joint = Ballot(), {"entities": list[Document]()}
    for reader, document in readings.items():
        names = aligned(joint, document)
        for entity in document["entities"]:
            _vote_entity(ballot, joint, reader, entity, names)
        for part in PARTS:
            before = [_key(part, renamed(said, names)) for said in document[part]]
            for said in document[part]:
                after = said.get("after")
                held = {"after": before[after]} if after is not None else {}
                _vote_statement(ballot, reader, part, {**renamed(said, names), **held})
    _oppose(ballot)
    nouns = {m.said["id"]: str(m.said["noun"]) for m in ballot.entities if not m.about}
    for proposal in ballot.statements:
        proposal.larger = larger_by(names_in(proposal.said), nouns) if not proposal.about else None
    return ballot


def _oppose(ballot: Ballot) -> None:
    """Note who is against what: who gives a field another value, or words another meaning."""
    for listed in (ballot.entities, ballot.statements):
        for proposal in listed:
            if proposal.about:
                proposal.against |= _voters_of(listed, proposal) - set(proposal.voters)
    for proposal in ballot.statements:
        for other in ballot.statements:
            same_words = proposal.part == other.part and overlap(
                proposal.said, other.said, _WORD[proposal.part])  # fmt: skip
            if same_words and not proposal.about and not other.about:
                proposal.against |= set(other.voters) - set(proposal.voters)


def _voters_of(proposals: list[Proposal], field: Proposal) -> set[str]:
    """Who says what a field is about: those that give another value, or none, are against it."""
    key = _key(field.part, field.said)
    return {
        reader
        for m in proposals
        if not m.about and m.part == field.part and _key(m.part, m.said) == key
        for reader in m.voters
    }


def _vote_entity(
    ballot: Ballot, joint: Document, reader: str, entity: Document, names: dict[str, str]
) -> None:  # fmt: skip
    sure = _sure(entity, "noun")
    ref = names.get(entity["id"])
    proposal = next((m for m in ballot.entities if not m.about and m.said["id"] == ref), None)
    if proposal is None:
        taken = {m.said["id"] for m in ballot.entities}
        ref = _free(entity["id"], taken)
        names[entity["id"]] = ref
        proposal = Proposal(kind="entity", part="entities", said={**entity, "id": ref})
        ballot.entities.append(proposal)
        joint["entities"].append(proposal.said)
    proposal.voters[reader] = sure
    for name in QUALITIES:
        value = entity.get(name)
        if value is None or (name == "count" and value == 1):
            continue
        kind = "count" if name == "count" else "quality"
        _vote(
            ballot.entities, reader, kind, "entities", {**entity, "id": proposal.said["id"]}, name
        )


def _vote_statement(ballot: Ballot, reader: str, part: str, said: Document) -> None:
    _vote(ballot.statements, reader, part.removesuffix("s"), part, said, "")
    for name in DETAILS.get(part, ()):
        if said.get(name) is not None:
            _vote(ballot.statements, reader, f"{part.removesuffix('s')} {name}", part, said, name)


def _vote(
    proposals: list[Proposal], reader: str, kind: str, part: str, said: Document, name: str
) -> None:  # fmt: skip
    key = _key(part, said), name, said.get(name) if name else None
    for proposal in proposals:
        value = proposal.said.get(proposal.about) if proposal.about else None
        if proposal.part == part and (_key(part, proposal.said), proposal.about, value) == key:
            proposal.voters.setdefault(reader, _sure(said, name or _WORD.get(part, "noun")))
            proposal.said.setdefault("spans", {}).update(
                {k: v for k, v in said.get("spans", {}).items()
                 if k not in proposal.said.get("spans", {})}
            )  # fmt: skip
            return
    voters = {reader: _sure(said, name or _WORD.get(part, "noun"))}
    proposals.append(Proposal(kind=kind, part=part, said=dict(said), about=name, voters=voters))


def _key(part: str, said: Document) -> tuple[object, ...]:
    """What makes two statements one."""
    if part == "entities":
        return (said["id"],)
    if part == "relations":
        return said["subject"].partition("#")[0], said["predicate"], *sorted(said["object"] or ())
    if part == "actions":
        return said["actor"].partition("#")[0], _ALIKE.get(said["verb"], said["verb"])
    return (said["subject"].partition("#")[0], bool(said.get("negated")), said["predicate"],
            (said.get("object") or "").partition("#")[0])  # fmt: skip


def _sure(said: Document, name: str) -> float | None:
    """The probability that a reader gives; None where it gives none."""
    probability: float | None = said.get("probability", {}).get(name)
    return probability


def _without_rivals(proposals: list[Proposal], right: Mapping[int, float]) -> list[Proposal]:
    """The statements that are likelier right than wrong, and than those of the same words."""
    taken: list[Proposal] = []
    for proposal in sorted(
        (m for m in proposals if not m.about), key=lambda m: -right[id(m)]
    ):  # fmt: skip
        rival = any(_rivals(proposal, other) for other in taken)
        if right[id(proposal)] >= TAKEN and not rival:
            taken.append(proposal)
    order = {id(proposal): k for k, proposal in enumerate(proposals)}
    return sorted(taken, key=lambda proposal: order[id(proposal)])


def _number_again(outcomes: list[Document]) -> None:
    """Write "after" as the number of the outcome that it named."""
    keys = [_key("outcomes", said) for said in outcomes]
    for k, said in enumerate(outcomes):
        after = said.get("after")
        place = keys.index(after) if after in keys else k
        said["after"] = place if place < k else None


def _rivals(one: Proposal, two: Proposal) -> bool:
    """Whether two readers understood the same word about the same thing differently."""
    if one.part != two.part or not overlap(one.said, two.said, _WORD[one.part]):
        return False
    if set(one.voters) & set(two.voters):
        return False  # one reader may well say both
    first, second = _key(one.part, one.said), _key(two.part, two.said)
    return first[0] == second[0] or (one.part == "relations" and first[1] == second[1])


def _with_fields(
    proposal: Proposal, proposals: list[Proposal], right: Mapping[int, float]
) -> Document:
    """The statement with those of its fields that the votes give."""
    said = {k: v for k, v in proposal.said.items() if k not in {"probability", "certain"}}
    names = QUALITIES if proposal.part == "entities" else DETAILS.get(proposal.part, ())
    key = _key(proposal.part, proposal.said)
    for name in names:
        options = [
            m for m in proposals
            if m.about == name and m.part == proposal.part and _key(m.part, m.said) == key
        ]  # fmt: skip
        best = max(options, key=lambda m: right[id(m)], default=None)
        taken = best is not None and right[id(best)] >= TAKEN
        said[name] = best.said[name] if taken and best is not None else (
            1 if name == "count" and proposal.part == "entities" else None)  # fmt: skip
        if taken and best is not None and name == "count" and "compare" in best.said:
            said["compare"] = best.said["compare"]
        if not taken:
            said["spans"] = {k: v for k, v in said.get("spans", {}).items() if k != name}
        elif best is not None and name in best.said.get("spans", {}):
            said["spans"] = {**said.get("spans", {}), name: best.said["spans"][name]}
    return said


def _free(ref: str, taken: set[str]) -> str:
    number, name = 2, ref
    while name in taken:
        name, number = f"{ref}_{number}", number + 1
    return name
