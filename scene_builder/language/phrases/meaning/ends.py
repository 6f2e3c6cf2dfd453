"""How it ends: touching, toppling, landing, stopping."""

from scene_builder.knowledge.words.verbs import Sense
from scene_builder.language.phrases.draft import Mention
from scene_builder.language.phrases.meaning.deed import Deed

_ALSO_MOTION = frozenset({"come down", "go down", "crash down", "tumble down", "fall down",
                          "topple down", "come crashing down"})  # fmt: skip
_LEADING = frozenset({"from", "onto", "into", "on", "off", "off of", "out of", "on top of", "to"})
_ACROSS = frozenset({"lands_on", "lands_in", "avoids", "stays_on"})


def tell_contact(deed: Deed) -> None:
    """The subject touches the object; in the passive, whoever stands behind "by" does."""
    if deed.clause.passive:
        return
    if deed.sense is not None and deed.sense.verb is not None and not deed.negated:
        deed.act(deed.sense)
    if deed.objects:
        for target in deed.objects:
            deed.end(deed.subject, "touches", target)
    elif deed.each_other or _mutual(deed):
        _each_other(deed)
    elif deed.clause.opener in {"when", "as", "until", "once", "after"} and not deed.clause.places:
        for target in deed.before[:1]:
            deed.end(deed.subject, "touches", target)


def _mutual(deed: Deed) -> bool:
    """Whether several that "collide", "touch" or "meet" do so with each other."""
    assert deed.sense is not None
    many = len(deed.subject) > 1 or any(m.several for m in deed.subject)
    return deed.sense.base in {"collide", "meet", "touch"} and many and not deed.clause.places


def tell_topple(deed: Deed) -> None:
    """The object falls over, by the subject; without an object the subject does."""
    if deed.clause.passive:
        if not any(place.preposition == "by" for place in deed.clause.places):
            deed.end(deed.subject, "falls")
    elif deed.objects:
        for target in deed.objects:
            deed.end(deed.subject, "knocks_over", target)
            if not deed.subject:
                deed.end([target], "falls")
    else:
        deed.end(deed.subject, "falls")


def tell_result(deed: Deed) -> None:
    """The verb says how something ends."""
    sense, outcome = deed.said, deed.said.outcome
    assert outcome is not None
    falling = any(p.preposition in _LEADING for p in deed.clause.places)
    if outcome == "falls" and falling and sense.base in _ALSO_MOTION and not deed.negated:
        deed.sense = Sense(base="fall", kind="motion", verb="fall")
        deed.act(deed.sense)
        return
    if outcome in _ACROSS:
        for target in deed.objects if deed.subject else []:
            _across(deed, outcome, target)
            if outcome == "stays_on" and deed.draft.support_of(deed.subject[0]) is None:
                deed.draft.relate(deed.subject[0], "on", target, at=deed.at)
        if outcome == "avoids" and not deed.objects and not deed.clause.passive:
            _missed(deed)
        return
    deed.end(deed.objects if deed.objects and outcome == "comes_to_rest" else deed.subject, outcome)


def _missed(deed: Deed) -> None:
    """Like "A throws a ball at B, B misses": what was thrown avoids B."""
    moved = [a["actor"] for a in deed.draft.actions if a["verb"] in {"throw", "kick", "launch"}]
    for subject in deed.subject[:1]:
        for ref in moved[-1:]:
            if ref != subject.ref:
                deed.end([Mention(ref)], "avoids", subject)


def _across(deed: Deed, outcome: str, target: Mention) -> None:
    if outcome == "lands_in" and target.ref == "ground":
        outcome = "lands_on"
    deed.end(deed.subject, outcome, target)
    if outcome in {"lands_on", "lands_in"} and not deed.negated:
        deed.acts = []


def _each_other(deed: Deed) -> None:
    if deed.clause.opener == "before":  # "both stop before they touch"
        deed.negated = True
    if deed.pair is not None:
        deed.end([deed.pair[0]], "touches", deed.pair[1])
