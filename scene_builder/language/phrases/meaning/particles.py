"""Prepositions without a noun: "rolls off", "drops out", "stays inside", "goes up"."""

from scene_builder.knowledge.words.nouns import FURNITURE
from scene_builder.language.phrases.draft import Mention
from scene_builder.language.phrases.meaning.deed import Deed, Where
from scene_builder.language.phrases.meaning.support import is_container

HAPPENING = frozenset({"contact", "topple", "result", "motion", "handle"})
"""Kinds of verbs by which something changes."""
_OVER_EDGE = frozenset({"roll", "slide", "fall", "drop", "push", "bounce", "pull", "kick"})
_COMING_OUT = frozenset({"drop", "fall", "roll", "fly", "pour", "slide", "launch", "bounce"})


def tell_particle(deed: Deed) -> None:
    """Tell what a preposition without a noun says."""
    if deed.clause.particle is None or deed.sense is None:
        return
    word, start, end = deed.clause.particle
    if deed.sense.kind not in HAPPENING and word != "inside":
        return
    for mention in deed.theme:
        if word == "off":
            _off(deed, mention, at=(start, end))
        elif word == "inside":
            _inside(deed, mention, at=(start, end))
        elif word == "out":
            _out(deed, mention, at=(start, end))
        elif word in {"up", "down"} and deed.sense.kind in {"motion", "handle"}:
            deed.turn(word, at=(start, end))


def _off(deed: Deed, mention: Mention, at: Where) -> None:
    draft = deed.draft
    if deed.sense is not None and deed.sense.kind == "contact":
        for struck in deed.objects:
            deed.end([struck], "falls_off", draft.support_of(struck), at=at)
        return
    if deed.sense is None or deed.sense.kind not in {"motion", "handle"}:
        return
    support = draft.support_of(mention)
    if support is None and deed.sense.verb in _OVER_EDGE:
        support = _likely_support(deed, mention)
    deed.turn("off", at=at)
    if support is not None:
        draft.relate(mention, "on", support, at=at)
        deed.end([mention], "falls_off", support, at=at)


def _likely_support(deed: Deed, mention: Mention) -> Mention | None:
    for other in deed.draft.entities:
        if other["noun"] in FURNITURE and other["id"] != mention.ref:
            return Mention(other["id"])
    return None


def _out(deed: Deed, mention: Mention, at: Where) -> None:
    """What drops out was in the thing that the clause before is about."""
    comes = deed.sense is not None and deed.sense.verb in _COMING_OUT
    if comes and deed.before and not deed.draft.placed(mention):
        deed.draft.relate(mention, "inside", deed.before[-1], at=at)


def _inside(deed: Deed, mention: Mention, at: Where) -> None:
    """Like "The rings stay inside": inside the vessel that was named last."""
    vessels = [m for m in deed.earlier if is_container(deed.draft.noun_of(m))]
    if vessels and not deed.draft.placed(mention):
        deed.draft.relate(mention, "inside", vessels[-1], at=at)
