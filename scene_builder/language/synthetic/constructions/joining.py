"""How a further event is joined to a clause: coordination, participles, new sentences."""

import numpy as np

from scene_builder.language.synthetic.drawing.events import motion_rand
from scene_builder.language.synthetic.draws import chance_rand, pick_rand
from scene_builder.language.synthetic.script.event import Event
from scene_builder.language.synthetic.script.world import Items, Np, Thing, Verb, Word, World
from scene_builder.language.synthetic.tables.prose import BETWEEN
from scene_builder.language.synthetic.wording.clauses import (
    can_be_passive,
    clause_rand,
    denial_words,
    predicate_rand,
    subject_of,
)

_AND = ("and", "and", "and", ", and", "and then", ", then", ", and then", "and finally", "then")
_GERUND = (",", ",", "before", "before", ", finally", ", eventually", "while", ", nearly")
_SOONER = ("and", ", and", ";", ".", ". Then", ", then", ". As a result", "; as a result",
           ", so that", ". At once")  # fmt: skip
_SENDING = frozenset({"roll", "slide", "fall", "bounce", "fly", "spin", "swing"})
_ORDERED = frozenset({"and then", ", then", ", and then", "then", "and finally", ". Then"})


def joined_rand(
    rng: np.random.Generator, first: Event, second: Event, form: str = "finite"
) -> Items:
    """Return what follows the clause of `first` to say `second`, of the same subject."""
    said = second.said
    if second.subject:
        return parts_joined_rand(rng, second)
    if said is not None and said.negated:
        return _denied_rand(rng, second, form)
    draw = rng.random()
    if form == "gerund":
        return [Word(pick_rand(rng, ("and", "and", ", then", "and then", "before", ","))),
                *predicate_rand(rng, second, "gerund")]  # fmt: skip
    if draw < 0.5 or form == "base":  # noqa: PLR2004
        join = pick_rand(rng, _AND)
        _order(first, second, join)
        return [Word(join), *predicate_rand(rng, second, form)]
    if draw < 0.68:  # noqa: PLR2004
        return [Word(pick_rand(rng, _GERUND[:5])), *predicate_rand(rng, second, "gerund")]
    if draw < 0.84:  # noqa: PLR2004
        start = [Word(pick_rand(rng, (".", ".", ".", ";")))]
        if chance_rand(rng, 0.4):
            start.append(Word(pick_rand(rng, BETWEEN)))
            start += [Word(",")] if chance_rand(rng, 0.3) else []
        return [*start, *clause_rand(rng, second)]
    if draw < 0.93 and can_be_passive(second):  # noqa: PLR2004
        return [Word(pick_rand(rng, (", and", ".", ";", "and"))),
                *clause_rand(rng, second, passive=True)]  # fmt: skip
    return [Word(pick_rand(rng, ("until", ", whereupon", ", and", ", after which"))),
            *clause_rand(rng, second)]  # fmt: skip


def _denied_rand(rng: np.random.Generator, event: Event, form: str) -> Items:
    assert event.said is not None
    if chance_rand(rng, 0.4) or form in {"gerund", "base"}:
        gerund = predicate_rand(rng, event, "gerund", deny=False)
        return [*denial_words(event), *gerund]
    join = pick_rand(rng, ("but", "but", ", but", "and", "yet", ", yet", ". However,", ". But"))
    if join.startswith("."):
        return [Word("."), *([Word(join[2:])]), *clause_rand(rng, event)]
    return [Word(join), *predicate_rand(rng, event)]


def parts_joined_rand(rng: np.random.Generator, event: Event) -> Items:
    """Return what follows a clause to say an event of some individuals ("two of them fall")."""
    draw = rng.random()
    if draw < 0.15 and not (event.said is not None and event.said.negated):  # noqa: PLR2004
        return [Word(pick_rand(rng, (", making", ", and makes", ", which makes"))),
                *subject_of(event), *predicate_rand(rng, event, "base")]  # fmt: skip
    if draw < 0.25 and not (event.said is not None and event.said.negated):  # noqa: PLR2004
        return [Word(pick_rand(rng, (", causing", ", leading"))), *subject_of(event),
                Word("to"), *predicate_rand(rng, event, "base")]  # fmt: skip
    join = pick_rand(rng, ("but", ", but") if chance_rand(rng, 0.25) else _SOONER)
    return [*_split(join), *clause_rand(rng, event)]


def consequence_rand(rng: np.random.Generator, world: World, patient: Thing) -> Items:
    """Return what follows a clause in which `patient` was hit, to say what it does then."""
    event = motion_rand(rng, world, verbs=_SENDING, actor=patient)
    event.manner = [] if event.manner and chance_rand(rng, 0.5) else event.manner
    if event.action is not None and not event.manner:
        event.action.speed = ""
    draw = rng.random()
    if draw < 0.3:  # noqa: PLR2004
        return [Word(pick_rand(rng, (", sending", ", sending", ", setting", "and sends"))),
                Np(patient), *predicate_rand(rng, event, "gerund")]  # fmt: skip
    if draw < 0.45:  # noqa: PLR2004
        return [Word(pick_rand(rng, (", making", ", which makes", "and makes"))), Np(patient),
                *predicate_rand(rng, event, "base")]  # fmt: skip
    if draw < 0.55:  # noqa: PLR2004
        return [Word(", causing"), Np(patient), Word("to"), *predicate_rand(rng, event, "base")]
    if draw < 0.7:  # noqa: PLR2004
        return [Word(", which"), *_early(rng), *predicate_rand(rng, event)]
    return [*_split(pick_rand(rng, _SOONER)), *clause_rand(rng, event)]


def _early(rng: np.random.Generator) -> Items:
    return [Word("then")] if chance_rand(rng, 0.5) else []


def _split(join: str) -> Items:
    head, _, rest = join.partition(" ")
    if head in {".", ";"} and rest:
        return [Word(head), Word(rest), *([Word(",")] if rest == "As a result" else [])]
    return [Word(join)]


def _order(first: Event, second: Event, join: str) -> None:
    """A said order holds between two outcomes."""
    one, other = first.said, second.said
    if join not in _ORDERED or one is None or other is None or one is other:
        return
    if one.kind == other.kind == "outcome" and not one.negated:
        other.after = one


def copula(subject: Thing) -> Verb:
    """Return "is" or "are"."""
    return Verb("be", "is", subject=subject)
