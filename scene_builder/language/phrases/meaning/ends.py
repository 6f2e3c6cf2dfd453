"""How it ends: touching, toppling, landing, stopping."""

from scene_builder.knowledge.materials import is_substance, substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.words.verbs import Sense
from scene_builder.language.phrases.draft import Mention
from scene_builder.language.phrases.meaning.deed import Deed
from scene_builder.language.phrases.meaning.support import CORDS

_ALSO_MOTION = frozenset({"come down", "go down", "crash down", "tumble down", "fall down",
                          "topple down", "come crashing down"})  # fmt: skip
_OF_ITSELF = frozenset({"topple", "topple over", "tip", "tip over", "overturn", "turn over",
                        "flip over", "tilt over", "blow over"})  # fmt: skip
"""Verbs of toppling that without an object speak of their subject."""
_FRAGILE = frozenset({"window", "vase", "plate", "glass", "cup", "mug", "bottle", "watermelon",
                      "melon", "egg", "pumpkin", "mirror", "bowl", "pot", "jar", "bulb", "teapot",
                      "tile", "pane", "chandelier", "aquarium", "coconut", "lightbulb",
                      "flowerpot"})  # fmt: skip
"""What is smashed and these, is in pieces."""
_BOUNCING = frozenset({"bounce", "rebound", "ricochet"})
_REACHING = frozenset({"hit", "reach", "strike", "smack", "slap", "touch", "meet", "thump"})
_LEADING = frozenset({"from", "onto", "into", "on", "off", "off of", "out of", "on top of", "to"})
_ACROSS = frozenset({"lands_on", "lands_in", "avoids", "stays_on"})


def tell_contact(deed: Deed) -> None:
    """The subject touches the object; in the passive, whoever stands behind "by" does."""
    if deed.clause.passive:
        _struck(deed)
        return
    if deed.sense is not None and deed.sense.verb is not None and not deed.negated:
        deed.act(deed.sense)
    if deed.said.base.partition(" ")[0] in _BOUNCING and not deed.negated:
        deed.end(deed.subject, "bounces", count=deed.clause.times)
    if deed.objects:
        for target in deed.objects:
            down = target.ref == "ground" and deed.said.base in _REACHING
            deed.end(deed.subject, "lands_on" if down else "touches", target)
            if deed.said.base == "smash" and not deed.negated and is_fragile(deed, target):
                deed.draft.act(target, "explode", at=deed.at)
    elif deed.each_other or _mutual(deed):
        _each_other(deed)
    elif deed.clause.opener in {"when", "as", "until", "once", "after"} and not deed.clause.places:
        for target in deed.before[:1]:
            deed.end(deed.subject, "touches", target)


def is_fragile(deed: Deed, target: Mention) -> bool:
    """Whether a blow leaves a thing in pieces, by its name or by what it is made of."""
    entity, noun = deed.draft.entity_of(target) or {}, deed.draft.noun_of(target)
    if noun.rsplit(" ", maxsplit=1)[-1] in _FRAGILE:
        return True
    match = resolve_noun(noun) if noun else None
    stuff = entity.get("material") or (match.noun.substance if match else "")
    return is_substance(stuff) and substance(stuff).break_speed is not None


def _struck(deed: Deed) -> None:
    """Like "The lamp is not hit": by what moved before, where nobody is named."""
    if any(place.preposition == "by" for place in deed.clause.places):
        return
    refs = {mention.ref for mention in deed.subject}
    moved = [a["actor"] for a in deed.draft.actions if a["verb"] != "stay" and (
        a["actor"] not in refs and not deed.draft.acts_alone(Mention(a["actor"])))]  # fmt: skip
    for subject in deed.subject if moved else []:
        deed.end([Mention(moved[-1])], deed.said.outcome or "touches", subject)


def _mutual(deed: Deed) -> bool:
    """Whether several that "collide", "touch" or "meet" do so with each other."""
    assert deed.sense is not None
    many = len(deed.subject) > 1 or any(m.several for m in deed.subject)
    return deed.sense.base in {"collide", "meet", "touch"} and many and not deed.clause.places


def tell_topple(deed: Deed) -> None:
    """The object falls over, by the subject; without an object the subject does."""
    if deed.clause.passive:
        if not any(place.preposition == "by" for place in deed.clause.places):
            _felled(deed)
    elif deed.objects:
        for target in deed.objects:
            deed.end(deed.subject, "knocks_over", target)
            if not deed.subject:
                deed.end([target], "falls")
    elif deed.said.base in _OF_ITSELF:
        _fall(deed)
        deed.end(deed.subject, "falls")


def _felled(deed: Deed) -> None:
    """Like "Four are knocked over": by what moved before, or they fall."""
    refs = {mention.ref for mention in deed.subject}
    moved = [a["actor"] for a in deed.draft.actions if a["verb"] not in {"stay", "fall"} and (
        a["actor"] not in refs)]  # fmt: skip
    if not moved:
        deed.end(deed.subject, "falls")
    for subject in deed.subject if moved else []:
        deed.end([Mention(moved[-1])], "knocks_over", subject)


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
    if outcome == "falls":
        _fall(deed)
    deed.end(deed.objects if deed.objects and outcome == "comes_to_rest" else deed.subject, outcome)


def _fall(deed: Deed) -> None:
    """What topples of itself falls; what moved before does so in the end."""
    moved = {a["actor"] for a in deed.draft.actions if a["verb"] != "stay"}
    deed.theme = [m for m in deed.subject if m.ref not in moved and m.solid and not (
        m.count or m.several or m.all_of or deed.draft.noun_of(m) in CORDS)]  # fmt: skip
    if not deed.negated and deed.clause.form != "participle":
        deed.act(Sense(base="fall", kind="motion", verb="fall"))
    deed.acts, deed.theme = [], deed.subject


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
