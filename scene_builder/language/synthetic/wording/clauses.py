"""Clauses of every form that say an event."""

import numpy as np

from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.event import Event
from scene_builder.language.synthetic.script.world import Items, Np, Tag, Thing, Verb, Word

_PARTICLES = frozenset({"over", "down", "flat", "out"})
_PASSIVES = frozenset(
    {"hit", "strike", "ram", "touch", "tap", "graze", "clip", "miss", "narrowly miss", "avoid",
     "dodge", "knock over", "knock down", "topple", "tip over", "overturn", "bowl over",
     "push over", "bring down", "flatten", "knock flat", "take down", "mow down"}
)  # fmt: skip
_BEGUN = 0.05
_DENIALS = ("not", "not", "n't", "n't", "never", "fail")


def can_be_passive(event: Event) -> bool:
    """Whether people would say the event in the passive."""
    if event.kind == "handled":
        return True
    return event.kind == "contact" and event.base in _PASSIVES


def clause_rand(rng: np.random.Generator, event: Event, *, passive: bool = False) -> Items:
    """Return a whole finite clause."""
    return [*subject_of(event, passive=passive), *predicate_rand(rng, event, passive=passive)]


def subject_of(event: Event, *, passive: bool = False) -> Items:
    """Return the words for the subject of an event's clause."""
    if event.subject:
        return list(event.subject)
    if event.kind == "handled" and not passive:
        agent = event.agent or "someone"
        return [Np(agent, "subject")] if isinstance(agent, Thing) else [Word(agent)]
    if event.kind == "contact" and passive and event.object is not None:
        return [*event.part] if event.part else [Np(event.object, "subject")]
    return [Np(event.actor, "subject")]


def predicate_rand(
    rng: np.random.Generator, event: Event, form: str = "finite", *, passive: bool = False,
    deny: bool = True,
) -> Items:  # fmt: skip
    """Return all of a clause but its subject.

    Args:
        rng: Generator.
        event: What happens.
        form: `finite`, `gerund`, `base`, or `participle` (a passive without its auxiliary).
        passive: Whether what is acted on is the subject.
        deny: Whether a negated event is denied by its verb (else by words around it).
    """
    if passive or form == "participle":
        return _passive_rand(rng, event, form)
    verb = Verb(event.base, form, tags=event.tags)
    if event.subject:
        verb.plural = event.plural
    elif event.kind != "handled":
        verb.subject = event.actor
    elif isinstance(event.agent, Thing):
        verb.subject = event.agent
    said = event.said
    if deny and said is not None and said.negated and not event.subject:
        verb.denial, verb.denied = pick_rand(rng, _DENIALS), said
    if event.kind in {"motion", "end"} and form == "finite" and chance_rand(rng, _BEGUN):
        return _begun_rand(rng, event, verb)
    if event.kind == "contact":
        return [*_with_object_rand(rng, event, verb), *event.tail]
    if event.kind == "handled":
        return _with_manner_rand(rng, event, [verb, Np(event.actor)])
    return _with_manner_rand(rng, event, [verb])


def _begun_rand(rng: np.random.Generator, event: Event, verb: Verb) -> Items:
    """The event with "starts to", "begins", "keeps" before its verb."""
    if verb.denial or verb.base.split(" ")[0] in {"start", "begin", "get", "keep", "be", "stay"}:
        return [verb, *event.tail, *event.manner]
    base, form = pick_rand(rng, (
        ("start", "to"), ("start", "gerund"), ("begin", "to"), ("begin", "gerund"),
        ("keep", "gerund"), ("continue", "to"), ("suddenly start", "to"),
    ))  # fmt: skip
    first = Verb(base, subject=verb.subject, plural=verb.plural)
    to: Items = [Word("to")] if form == "to" else []
    verb.form = "base" if form == "to" else form
    return [first, *to, verb, *event.tail, *event.manner]


def _with_object_rand(rng: np.random.Generator, event: Event, verb: Verb) -> Items:
    assert event.object is not None
    named: Items = list(event.part) if event.part else [Np(event.object)]
    head, _, particle = event.base.partition(" ")
    if particle not in _PARTICLES:
        return [verb, *named]
    if particle == "flat" or chance_rand(rng, 0.4):
        verb.base = head
        return [verb, *named, Word(particle, event.tags)]
    if not event.part:
        named = [Np(event.object, how="np")]
    return [verb, *named]


def _with_manner_rand(rng: np.random.Generator, event: Event, start: Items) -> Items:
    manner = event.manner
    if not manner:
        return [*start, *event.tail]
    word = manner[0]
    verb = start[0]
    draw = rng.random()
    if (
        draw < 0.35  # noqa: PLR2004
        and isinstance(word, Word) and isinstance(verb, Verb)
        and word.text.endswith("ly") and " " not in word.text and not verb.denial
    ):  # fmt: skip
        verb.early = word
        return [*start, *event.tail]
    if draw < 0.7 or not event.tail:  # noqa: PLR2004
        return [*start, *manner, *event.tail]
    return [*start, *event.tail, *manner]


def _passive_rand(rng: np.random.Generator, event: Event, form: str) -> Items:
    verb = Verb(event.base, "participle", tags=event.tags)
    start: Items = []
    patient = event.object if event.kind == "contact" else event.actor
    if form == "finite":
        start = [Verb("be", "passive", subject=patient, plural=bool(event.part))]
        if event.part:
            start = [Verb("be", "passive", plural=not event.part_is_one)]
        said = event.said
        if said is not None and said.negated:
            start.append(Word("not", (Tag("negation", said, "negated", "not"),)))
    if event.kind == "contact":
        return [*start, verb, *event.tail, Word("by"), Np(event.actor)]
    items = [*start, *_with_manner_rand(rng, event, [verb])]
    agent = event.agent
    if isinstance(agent, Thing):
        return [*items, Word("by"), Np(agent)]
    if agent and chance_rand(rng, 0.4):
        return [*items, Word(f"by {agent}")]
    return items


def denial_words(event: Event) -> Items:
    """Return "without" with its mark, for a denied event in the gerund."""
    assert event.said is not None
    return [Word("without", (Tag("negation", event.said, "negated", "not"),))]
