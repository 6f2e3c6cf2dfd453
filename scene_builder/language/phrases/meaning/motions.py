"""Who moves: verbs of motion and handling, going and staying."""

from scene_builder.knowledge.words.nouns import NOUNS, ROLLERS, words
from scene_builder.knowledge.words.people import FLUIDS
from scene_builder.knowledge.words.verbs import ALSO_HANDLED, ALSO_MOVING, Sense
from scene_builder.language.phrases.draft import Mention
from scene_builder.language.phrases.meaning.deed import Deed
from scene_builder.language.phrases.meaning.ends import is_fragile, tell_contact
from scene_builder.language.phrases.meaning.support import is_container, is_gripping
from scene_builder.model.words import Verb

_LEADING = frozenset({"off", "into", "in", "onto", "on", "to", "from", "out of", "over", "down"})
_ROLLERS = frozenset(words(ROLLERS))
_DROPPING = frozenset({"drop", "release", "dump"})
_STAYING = frozenset({"stay", "remain", "stay put", "hold on", "sit tight"})
_APART = frozenset({"through", "off", "off of", "into", "free", "loose", "down", "away", "up",
                    "out", "out of", "from"})  # fmt: skip
"""Behind "break" they say that something comes off or gets on, not that it is in pieces."""
_FLOATING = frozenset({"balloon", "bubble"})
_FLYING = frozenset({"drone", "plane", "airplane", "helicopter", "kite", "rocket", "frisbee"})
_TOWING = frozenset({"tow", "drag", "haul"})


def tell_motion(deed: Deed) -> None:
    """The subject moves; with an object, some verbs move that ("a boy rolls a ball")."""
    sense = deed.sense = _own_gait(deed)
    if sense.base == "break" and not _shatters(deed):
        _parted(deed)
        return
    if deed.objects and sense.base in ALSO_HANDLED:
        deed.theme = deed.objects
    elif deed.nobody and not deed.objects:
        return
    if deed.negated:
        _not_moved(deed, sense)
    elif not _some_fell(deed, sense):
        if sense.verb == "pour":
            _poured(deed)
        elif not (sense.verb == "bounce" and _moved_before(deed)):
            deed.act(sense)
        if sense.verb == "explode" and deed.theme is deed.objects:
            _hit(deed)  # "a ball breaks a window"
        if sense.outcome == "bounces":
            deed.end(deed.theme, "bounces", count=deed.clause.times)


def _shatters(deed: Deed) -> bool:
    """Whether what "breaks" is in pieces: something fragile, or what breaks by itself."""
    if deed.objects or deed.clause.passive:
        return all(is_fragile(deed, one) for one in deed.objects or deed.subject)
    leading = {place.preposition for place in deed.clause.places}
    if deed.clause.particle is not None:
        leading.add(deed.clause.particle[0])
    return not leading & _APART and deed.clause.direction is None


def _parted(deed: Deed) -> None:
    """Like "The cue ball breaks the rack", which it hits; what breaks off something falls."""
    if deed.negated or deed.clause.passive:
        return
    _hit(deed)
    leaving = {place.preposition for place in deed.clause.places} & {"off", "off of", "from"}
    if leaving and not deed.objects:
        deed.sense = Sense(base="fall", kind="motion", verb="fall")
        deed.act(deed.sense)


def _hit(deed: Deed) -> None:
    things = [m for m in deed.subject if not deed.draft.acts_alone(m)]
    for struck in deed.objects:
        deed.end(things, "touches", struck)


def _own_gait(deed: Deed) -> Sense:
    """Like "A marble runs down": what has no legs rolls."""
    sense, legs = deed.said, any(deed.draft.acts_alone(m) for m in deed.subject)
    known = all(deed.draft.noun_of(m) in NOUNS for m in deed.subject)
    if sense.verb != "run" or legs or not known or not deed.subject:
        return sense
    return Sense(base=sense.base, kind="motion", verb="roll")


def tell_handled(deed: Deed) -> None:
    """The object moves; in the passive, and of doors and the like, the subject."""
    sense = deed.said
    if deed.objects and not deed.clause.passive:
        poured = sense.verb == "pour"
        deed.theme = [_content(deed, m) for m in deed.objects] if poured else deed.objects
    elif not (deed.clause.passive or sense.base in ALSO_MOVING or deed.clause.form == "participle"):
        deed.theme = []
    if deed.negated:
        _not_moved(deed, sense)
        return
    _held(deed, sense)
    if sense.verb == "stack" and deed.clause.passive and not deed.clause.ongoing:
        for mention in deed.theme:
            if deed.draft.count_of(mention) > 1:
                deed.draft.relate(mention, "stacked", at=deed.at)
        return
    deed.act(sense)
    if sense.direction == "up":  # "the magnet picks up the nail"
        deed.aim([m for m in deed.subject if is_gripping(deed, m)])


def tell_posture(deed: Deed) -> None:
    """The subject stays; "three remain" says that these stay on what they stand on."""
    sense = deed.said
    if deed.negated:
        if sense.base in {"stand", "balance"}:
            deed.end(deed.subject, "falls", negated=False)
        elif sense.base in _STAYING:
            _left(deed)
        return
    kept = deed.clause.form == "gerund" and deed.clause.opener == "keep"
    for mention in deed.subject:
        support = deed.draft.support_of(mention)
        if kept and sense.base == "stand":
            deed.end([mention], "falls", negated=True)
        elif _keeps_place(deed, support):
            deed.end([mention], "stays_on" if support else "moves", support,
                     negated=None if support else True)  # fmt: skip
        elif deed.clause.form != "gerund":
            deed.theme = [mention]
            deed.act(sense)
    deed.theme = deed.subject


def _keeps_place(deed: Deed, support: Mention | None) -> bool:
    """Whether "stays" says that it does not leave its place."""
    if deed.said.base not in _STAYING:
        return False
    places = [p for p in deed.clause.places if p.preposition not in {"with", "of"}]
    return deed.said.base == "stay put" or (support is not None and not places)


def _left(deed: Deed) -> None:
    """Like "Does not stay there": it falls off what it stood on."""
    for mention in deed.subject:
        support = deed.draft.support_of(mention)
        if support is not None:
            deed.end([mention], "falls_off", support, negated=False)


def tell_sent(deed: Deed) -> None:
    """Like "Sends the pins flying": the next verb tells it of the object."""
    if deed.said.base == "knock" and deed.objects:
        tell_contact(deed)


def tell_passed(deed: Deed) -> None:
    """The subject goes by the object."""
    if not deed.negated and deed.subject:
        tell_gone(deed)
        deed.aim(deed.objects)


def tell_gone(deed: Deed) -> None:
    """Like "Goes", "comes", "passes": each thing moves as such things do."""
    clause = deed.clause
    leads = clause.places or clause.fronted or clause.direction or clause.particle or clause.speed
    if deed.negated or not (leads or deed.said.kind == "pass"):
        return
    acts = []
    for mention in deed.subject:
        deed.theme = [mention]
        deed.act(Sense(base="go", kind="motion", verb=_gait(deed, mention)))
        acts += deed.acts
    deed.theme, deed.acts = deed.subject, acts


def _gait(deed: Deed, mention: Mention) -> Verb:
    noun = deed.draft.noun_of(mention)
    if deed.draft.acts_alone(mention):
        return "walk"
    last = noun.rsplit(" ", maxsplit=1)[-1]
    if last in _FLOATING:
        return "float"
    if last in _FLYING:
        return "fly"
    if deed.clause.particle is not None and deed.clause.particle[0] == "up":
        return "launch"
    if noun in _ROLLERS or last in _ROLLERS:
        return "roll"
    leaving = {place.preposition for place in deed.clause.places} & {"off", "off of"}
    off = deed.clause.particle is not None and deed.clause.particle[0] in {"off", "down"}
    return "fall" if leaving or off else "slide"


def _moved_before(deed: Deed) -> bool:
    """Whether it was said to move before: then that it bounces is how it ends."""
    refs = {mention.ref for mention in deed.theme}
    return any(a["actor"] in refs and a["verb"] not in {"stay", "bounce"}
               for a in deed.draft.actions)  # fmt: skip


def _some_fell(deed: Deed, sense: Sense) -> bool:
    """Whether "two of them fall" says how it ends, of a part of a group."""
    counted = [m for m in deed.theme if m.count is not None or "#" in m.ref]
    leads = any(p.preposition in _LEADING for p in deed.clause.places)
    if sense.base == "fall" and not counted and not leads and _was_struck(deed):
        deed.end(deed.theme, "falls")
        return True
    if sense.verb not in {"fall", "drop"} or not counted or leads:
        return False
    off = deed.clause.particle is not None and deed.clause.particle[0] == "off"
    single = counted[0].count in (1, None) and not counted[0].some
    if off or (sense.base == "fall" and single):
        deed.act(sense)
    if not (off and deed.draft.support_of(counted[0])):
        deed.end(counted, "falls")
    return True


def _was_struck(deed: Deed) -> bool:
    """Whether something hit it, or came at it, before: then that it falls is how it ends."""
    refs = {mention.ref.partition("#")[0] for mention in deed.theme}
    met = {o.get("object") for o in deed.draft.outcomes if o["predicate"] == "touches"}
    aimed = {a.get("target") for a in deed.draft.actions}
    return deed.clause.direction is None and deed.clause.particle is None and bool(
        refs and refs <= met | aimed)  # fmt: skip


def _poured(deed: Deed) -> None:
    """Fluids and grains pour; other things that spill fall."""
    for mention in list(deed.theme):
        loose = deed.draft.noun_of(mention) in FLUIDS
        deed.act(Sense(base="spill", kind="motion", verb="pour" if loose else "fall"))


def _held(deed: Deed, sense: Sense) -> None:
    """What a thing drops was in or on it; what a thing tows is tied to it."""
    if deed.clause.passive or deed.theme is not deed.objects:
        return
    for holder in deed.subject:
        if deed.draft.acts_alone(holder) or not holder.solid:
            continue
        for mention in deed.objects:
            if is_gripping(deed, holder):
                continue
            if sense.base in _DROPPING and not deed.draft.placed(mention):
                inside = is_container(deed.draft.noun_of(holder))
                deed.draft.relate(mention, "inside" if inside else "on", holder, at=deed.at)
            elif sense.base in _TOWING:
                deed.draft.relate(holder, "attached_to", mention, at=deed.at)


def _content(deed: Deed, mention: Mention) -> Mention:
    """What is in a vessel: "pour a sack of potatoes" pours the potatoes."""
    for said in deed.draft.relations:
        if said["predicate"] in {"inside", "on"} and said["object"] == [mention.ref]:
            return Mention(said["subject"])
    return mention


def _not_moved(deed: Deed, sense: Sense) -> None:
    """What "does not fall", "never moves", "without dropping it" deny."""
    off = deed.clause.particle is not None and deed.clause.particle[0] in {"off", "out"}
    if any(p.preposition in {"off", "off of", "out of"} for p in deed.clause.places):
        return
    if sense.verb in {"fall", "drop"}:
        for mention in deed.theme:
            support = deed.draft.support_of(mention) if off else None
            deed.end([mention], "falls_off" if support else "falls", support, negated=True)
    else:
        deed.end(deed.theme, "bounces" if sense.verb == "bounce" else "moves", negated=True)
