"""What a preposition means, behind each kind of verb and behind none."""

from scene_builder.knowledge.words.nouns import FURNITURE
from scene_builder.knowledge.words.relations import RELATION_OF, SURFACES
from scene_builder.language.phrases.draft import Mention
from scene_builder.language.phrases.meaning.deed import Deed, Where
from scene_builder.language.phrases.meaning.goals import INTO, LEAVING, ONTO, tell_goal
from scene_builder.language.phrases.meaning.rest import tell_rest
from scene_builder.language.phrases.meaning.support import (
    is_container,
    is_gripping,
    is_hanger,
    last_word,
)

_ENDING = frozenset({"contact", "topple", "result", "receive"})
_LOADING = frozenset({"fill", "load", "top", "pack", "lade", "cover", "stuff"})
_TYING = frozenset({"hang", "suspend", "attach", "tie"})
STICKY = frozenset({"to", "onto", "on"})
"""What sticks so to a thing is held by it: in the ground it only ends."""
_ELSEWHERE = frozenset({"to", "from", "into", "onto", "at", "through", "down", "up"})
_OWN = {
    "against": frozenset({"against", "on", "at", "to"}),
    "hanging_from": frozenset({"from", "on", "by", "off", "in"}),
    "attached_to": frozenset({"to", "on", "in", "with", "onto", "into", "around"}),
    "facing": frozenset({"at", "toward", "towards", "to"}),
}
"""Prepositions that only join a verb to its place ("leans against", "hangs from")."""


def tell_place(deed: Deed, preposition: str, places: list[Mention], *, at: Where) -> None:
    """Say where somebody is, or where a motion leads."""
    sense, verb = deed.sense, str(deed.acts[-1]["verb"]) if deed.acts else ""
    if not places:
        _to_each_other(deed, preposition, at)
    elif preposition == "by" and deed.clause.passive:
        _agent(deed, places)
    elif preposition == "by" and deed.theme and is_hanger(deed, places[0]):
        for mention in deed.theme:
            deed.draft.relate(mention, "hanging_from", places[0], at=at)
    elif preposition == "with":
        _with(deed, places, at)
    elif sense is not None and sense.kind in _ENDING:
        _after_contact(deed, preposition, places, at)
    elif sense is not None and sense.kind == "relate":
        _related(deed, preposition, places, at)
    elif verb not in {"", "stay"} and not deed.negated:
        _moving(deed, verb, preposition, places, at)
    elif deed.negated and deed.theme:
        _denied(deed, preposition, places)
    else:
        tell_rest(deed, preposition, _still(deed), places, at=at)


def _moving(
    deed: Deed, verb: str, preposition: str, places: list[Mention], at: Where
) -> None:  # fmt: skip
    if RELATION_OF.get(preposition) == "between":
        tell_rest(deed, preposition, deed.theme, places, at=at)
        return
    for place in places:
        tell_goal(deed, verb, preposition, place, at=at)


def _still(deed: Deed) -> list[Mention]:
    """Of whom a place is said where nothing moves."""
    kind = deed.sense.kind if deed.sense is not None else ""
    if kind in {"put", "carry"}:
        return deed.theme
    if kind in {"send", "scenery"}:
        return deed.objects
    return deed.subject if kind in {"", "posture", "handle"} else []


def _agent(deed: Deed, agents: list[Mention]) -> None:
    """Like "Is hit by a ball": the ball hits."""
    sense = deed.said
    for agent in agents:
        for patient in deed.subject:
            if sense.outcome is not None and sense.kind in {"contact", "topple"}:
                deed.end([agent], sense.outcome, patient)
            elif sense.kind == "relate" and sense.relation is not None:
                own = sense.inverse or sense.base in _TYING
                one, two = (patient, agent) if own else (agent, patient)
                deed.draft.relate(one, sense.relation, two, at=deed.at)


def _with(deed: Deed, things: list[Mention], at: Where) -> None:
    """Like "A cart with a cake": it stands there, where the cart is one that carries."""
    loading = deed.sense is not None and deed.sense.base in _LOADING
    if deed.sense is not None and not loading:
        return
    for holder in deed.subject:
        noun = deed.draft.noun_of(holder)
        for thing in things:
            if deed.draft.placed(thing) or not thing.solid or deed.draft.noun_of(thing) == "lid":
                continue
            if last_word(noun) in SURFACES or noun in FURNITURE:
                deed.draft.relate(thing, "on", holder, at=at)
            elif is_container(noun) or loading:
                deed.draft.relate(thing, "inside", holder, at=at)


def _after_contact(deed: Deed, preposition: str, places: list[Mention], at: Where) -> None:
    struck = deed.objects or deed.subject
    outcome = deed.said.outcome
    for place in places:
        if preposition in LEAVING:
            for mention in struck:
                deed.draft.relate(mention, "on", place, at=at)
                deed.end([mention], "falls_off", place, at=at)
        elif deed.said.kind == "contact" and not deed.objects:
            if preposition in INTO | ONTO | {"against", "with", "at", "off"}:
                deed.end(deed.subject, "touches", place)
        elif outcome == "falls" and preposition in {"into", "onto"}:
            inside = preposition in INTO and is_container(deed.draft.noun_of(place))
            deed.end(deed.theme, "lands_in" if inside else "lands_on", place, at=at)
        elif outcome in {"touches", "knocks_over"} and preposition not in _ELSEWHERE:
            tell_rest(deed, preposition, struck, [place], at=at)


def _related(deed: Deed, preposition: str, places: list[Mention], at: Where) -> None:
    """Like "Leans against a wall", "hangs from a beam", "stuck in a potato"."""
    sense = deed.said
    theme = deed.objects if deed.objects and not deed.clause.passive else deed.subject
    if deed.sticks:
        holds = places[0].ref in {"wall", "ceiling"} or is_gripping(deed, places[0])
        if not holds:
            deed.end(deed.subject, "touches", places[0], at=deed.at)
        if holds or (preposition in STICKY and places[0].solid):
            deed.end(deed.subject, "stays_on", places[0], at=deed.at)
        return
    if sense.base in {"hang", "suspend"} and preposition == "between":
        for mention in theme:
            deed.draft.relate(mention, "hanging_from", places[0], at=deed.at)
    if sense.relation == "facing" and preposition == "from":
        tell_rest(deed, "on", deed.subject, places, at=at)
    elif sense.relation is not None and preposition in _OWN.get(sense.relation, frozenset()):
        for mention in theme:
            words = (deed.clause.start, at[1]) if at[1] > deed.clause.start else at
            deed.draft.relate(mention, sense.relation, places[0], at=words)
    else:
        tell_rest(deed, preposition, theme, places, at=at)


def _to_each_other(deed: Deed, preposition: str, at: Where) -> None:
    """Like "Roll toward each other", "stand next to each other"."""
    pair = deed.pair if deed.each_other else None
    if pair is None:
        return
    one, two = pair
    if deed.acts and preposition in {"toward", "towards", "at", "into", "to", "against"}:
        for action in deed.acts if len(deed.subject) > 1 else []:
            action.setdefault("target", two.ref if action["actor"] == one.ref else one.ref)
        if preposition in {"into", "against"}:
            deed.end([one], "touches", two, at=at)
    elif deed.sense is not None and deed.sense.kind == "contact":
        deed.end([one], "touches", two, at=at)
    elif preposition in RELATION_OF and not deed.acts:
        deed.draft.relate(one, RELATION_OF[preposition], two, at=at)


def _denied(deed: Deed, preposition: str, places: list[Mention]) -> None:
    """Like "Does not roll into the vase", "never falls off the table"."""
    for place in places:
        if preposition in LEAVING | {"out of", "from"}:
            deed.end(deed.theme, "falls_off", place, negated=True)
        elif preposition in INTO | ONTO | {"against"} and place.solid:
            deed.end(deed.theme, "touches", place, negated=True)
