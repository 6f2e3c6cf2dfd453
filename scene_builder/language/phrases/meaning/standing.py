"""How things stand: leaning, hanging, held, put, carried."""

from scene_builder.knowledge.words.relations import SURFACES
from scene_builder.language.phrases.draft import Mention
from scene_builder.language.phrases.meaning.deed import Deed
from scene_builder.language.phrases.meaning.support import is_container, is_gripping


def tell_related(deed: Deed) -> None:
    """A verb that relates subject and object: "faces", "holds", "surrounds"."""
    sense = deed.clause.sense
    assert sense is not None
    if deed.negated:
        return
    if deed.each_other and sense.relation in {"facing", "against"}:
        _facing_each_other(deed, sense.relation)
    if deed.clause.passive or not deed.objects:
        if not deed.sticks:
            _stay(deed)
        return
    for other in deed.objects:
        for subject in deed.subject:
            one, two = (other, subject) if sense.inverse else (subject, other)
            deed.draft.relate(one, _fitting(deed, sense.relation, two), two, at=deed.at)
    if not sense.inverse:
        _stay(deed)


def tell_put(deed: Deed) -> None:
    """The object (in the passive, the subject) is where the places say."""
    deed.theme = deed.objects if deed.objects and not deed.clause.passive else deed.subject
    if deed.said.base == "leave" and deed.subject and deed.objects and not deed.clause.passive:
        _leave(deed)


def _leave(deed: Deed) -> None:
    """Like "Never leaves the table", "the pipe leaves the cart"."""
    place = deed.objects[0]
    for mention in deed.subject:
        support = deed.draft.support_of(mention)
        if place.solid and support is not None and support.ref == place.ref:
            deed.end([mention], "stays_on" if deed.negated else "falls_off", place, negated=False)
    deed.theme = []


def tell_carried(deed: Deed) -> None:
    """The object goes with the subject."""
    deed.theme = deed.objects if not deed.clause.passive else deed.subject
    for carrier in deed.subject if not deed.clause.passive else []:
        for load in deed.objects:
            noun = deed.draft.noun_of(carrier).rsplit(" ", maxsplit=1)[-1]
            if noun in SURFACES or is_container(noun):
                predicate = "on" if noun in SURFACES else "inside"
                deed.draft.relate(load, predicate, carrier, at=deed.at)


def tell_received(deed: Deed) -> None:
    """The object ends in the subject."""
    for catcher in deed.subject:
        for caught in deed.objects:
            if is_gripping(deed, catcher) and not deed.negated:
                _caught(deed, caught, catcher)
                continue
            inside = is_container(deed.draft.noun_of(catcher))
            deed.end([caught], "lands_in" if inside else "touches", catcher)


def _caught(deed: Deed, caught: Mention, catcher: Mention) -> None:
    """Like "The hook catches the ring": what comes to it stays there."""
    mine = [a for a in deed.draft.actions if a["actor"] == caught.ref and a["verb"] != "stay"]
    if not mine:
        mine = [deed.draft.act(caught, "drop", at=deed.at)]
    for action in mine[-1:]:
        action.setdefault("target", catcher.ref)
    deed.end([caught], "stays_on", catcher)


def _fitting(deed: Deed, relation: str | None, support: Mention) -> str:
    noun = deed.draft.noun_of(support).rsplit(" ", maxsplit=1)[-1]
    if relation == "inside" and noun in SURFACES:
        return "on"
    return relation or "near"


def _facing_each_other(deed: Deed, relation: str) -> None:
    if deed.pair is not None:
        deed.draft.relate(deed.pair[0], relation, deed.pair[1], at=deed.at)


def _stay(deed: Deed) -> None:
    if deed.clause.sense is not None and deed.clause.form != "gerund" and not deed.clause.passive:
        deed.theme = deed.subject
        deed.act(deed.clause.sense)
