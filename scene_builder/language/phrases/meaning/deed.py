"""A clause while it is being told: who is meant, what was said of them so far."""

from dataclasses import dataclass, field
from typing import Any

from scene_builder.knowledge.words.verbs import Sense
from scene_builder.language.phrases.clauses.tree import Clause
from scene_builder.language.phrases.draft import Draft, Mention

Where = tuple[int, int]


COMING = frozenset({"touches", "lands_on", "lands_in"})
"""Outcomes of what comes from elsewhere."""


@dataclass(slots=True, kw_only=True)
class Deed:
    """A clause with its phrases resolved.

    Attributes:
        draft: The scene in the making.
        clause: The clause.
        subject: Whom it is about.
        objects: What it is done to.
        theme: Who moves by it.
        sense: What its verb says.
        acts: The actions that it said.
        negated: Whether it is denied.
        nobody: Whether somebody off stage does it.
        nothing: Whether its subject is "nothing" or "none".
        each_other: Whether "each other" stands for the object.
        after: Index of the outcome that its own come after.
        before: Whom the clause before was about.
        earlier: All mentions so far.
    """

    draft: Draft
    clause: Clause
    subject: list[Mention] = field(default_factory=list)
    objects: list[Mention] = field(default_factory=list)
    theme: list[Mention] = field(default_factory=list)
    sense: Sense | None = None
    acts: list[dict[str, Any]] = field(default_factory=list)
    negated: bool = False
    nobody: bool = False
    nothing: bool = False
    each_other: bool = False
    after: int | None = None
    before: list[Mention] = field(default_factory=list)
    earlier: list[Mention] = field(default_factory=list)

    @property
    def at(self) -> Where:
        """Where the verb stands."""
        return self.clause.start, self.clause.end

    @property
    def said(self) -> Sense:
        """What the verb says, where there is one."""
        sense = self.sense or self.clause.sense
        assert sense is not None
        return sense

    @property
    def pair(self) -> tuple[Mention, Mention] | None:
        """The two that "each other" speaks of."""
        if len(self.subject) > 1:
            return self.subject[0], self.subject[1]
        for mention in self.subject:
            if self.draft.count_of(mention) > 1:
                return Mention(f"{mention.ref}#1"), Mention(f"{mention.ref}#2")
        return None

    @property
    def sticks(self) -> bool:
        """Whether something that moved comes to stick: that is an end, no arrangement."""
        active = not self.clause.passive and self.clause.form in {"third", "base", "past"}
        moved = {a["actor"] for a in self.draft.actions if a["verb"] != "stay"}
        moved |= {o["subject"] for o in self.draft.outcomes if o["predicate"] in COMING}
        return active and self.said.base == "stick" and any(m.ref in moved for m in self.subject)

    def act(self, sense: Sense) -> None:
        """Note the action of the verb for everybody whom it moves."""
        if sense.verb is None:
            return
        fields: dict[str, Any] = {}
        direction = self.clause.direction[0] if self.clause.direction else sense.direction
        if direction:
            fields["direction"] = direction
        if self.clause.speed:
            fields["speed"] = self.clause.speed[0]
        self.acts = [self.draft.act(m, sense.verb, at=self.at, **fields) for m in self.theme]
        for action in self.acts:
            for name in ("direction", "speed"):
                said = getattr(self.clause, name)
                if said is not None:
                    self.draft.note(action, predicate=name, at=said[1:])

    def end(
        self, subjects: list[Mention], predicate: str, target: Mention | None = None, *,
        at: Where | None = None, count: int | None = None, negated: bool | None = None,
    ) -> None:  # fmt: skip
        """Note an outcome of each of `subjects`, denied and ordered as the clause says."""
        fields: dict[str, Any] = {}
        if self.negated if negated is None else negated:
            fields["negated"] = True
        if self.after is not None and self.after < len(self.draft.outcomes):
            fields["after"] = self.after
        if count is not None:
            fields["count"] = count
        for subject in subjects:
            if subject.count == 0:
                subject = Mention(subject.ref, subject.several, at=subject.at)  # noqa: PLW2901
                fields["negated"] = True
            if subject.ref != "ground":
                self.draft.end(subject, predicate, target, at=at or self.at, **fields)
        self.after = None

    def aim(self, targets: list[Mention]) -> None:
        """Say what the actions lead to, where nothing else was said before."""
        for action in self.acts:
            for target in targets[:1]:
                if target.ref != action["actor"]:
                    action.setdefault("target", target.ref)

    def turn(self, direction: str, *, at: Where) -> None:
        """Say in which direction the actions go, where nothing else was said before."""
        for action in self.acts:
            if "direction" not in action:
                action["direction"] = direction
                self.draft.note(action, predicate="direction", at=at)
