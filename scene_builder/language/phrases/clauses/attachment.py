"""To whom a place belongs: "hits a cup on a table", "rolls off a table onto a rug"."""

from scene_builder.knowledge.words.nouns import FURNITURE
from scene_builder.language.phrases.clauses.tree import Clause, Phrase

STATIC = frozenset({
    "on", "in", "inside", "under", "beneath", "below", "underneath", "above", "behind", "beside",
    "next to", "near", "close to", "between", "in front of", "on top of", "against", "around",
    "to the left of", "to the right of", "left of", "right of", "atop", "with", "by", "at",
    "alongside", "in the middle of", "of", "within", "upon", "over", "opposite", "among",
    "on the left of", "on the right of", "at the foot of", "in the center of",
})  # fmt: skip
"""Prepositions that say where things are, rather than where they go."""
_INNER = frozenset({"on", "in", "inside", "at", "on top of", "against", "within", "atop"})
_IN_PLACE = frozenset({"spin", "swing", "melt", "stay", "explode", "float", "turn"})
_SENT = frozenset({"throw", "drop", "pour", "stack", "launch"})
_FIXED = frozenset(
    {"ceiling", "wall", "hook", "branch", "beam", "rope", "chain", "nail", "cord", "spring"}
)


def holder_of(clause: Clause, preposition: str) -> Phrase | None:
    """Return the phrase that a place belongs to, or None where it is the verb's."""
    last, sense = last_phrase(clause), clause.sense
    if preposition not in STATIC or last is None or last.text == "each other":
        return None
    if preposition in {"with", "of"}:
        return last
    if sense is None or sense.kind in {"posture", "relate"} or sense.verb in _IN_PLACE:
        return _neighbour(clause, preposition, last)
    if clause.passive and preposition == "by":
        return None
    if clause.places:
        return last
    if sense.kind in {"put", "receive", "send", "carry"}:
        return None
    if sense.kind == "handle":
        led = sense.verb in _SENT or preposition in {"against", "under", "between"}
        return None if led else last
    return last


def last_phrase(clause: Clause) -> Phrase | None:
    """Return the last phrase behind the verb, if there is one."""
    if clause.places:
        return clause.places[-1].phrases[-1]
    return clause.objects[-1] if clause.objects else None


def _neighbour(clause: Clause, preposition: str, last: Phrase) -> Phrase | None:
    """Of "stands on a shelf next to a vase": both places are the subject's.

    Of "rests in a bowl on a table", the second is the bowl's.
    """
    if not clause.places or clause.sense is None:
        return None
    inner = clause.places[-1].preposition in _INNER | {"from"}
    if preposition in _INNER:
        return last if inner else None
    return None if inner and _carries(last) else last


def _carries(phrase: Phrase) -> bool:
    """Whether things are told apart on it: a table, a ceiling, a rope."""
    noun = phrase.chunk.noun if phrase.chunk is not None else ""
    last = noun.rsplit(" ", maxsplit=1)[-1]
    return not noun or noun in _FIXED or noun in FURNITURE or last in FURNITURE
