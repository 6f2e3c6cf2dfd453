"""From items to a draft, in one walk from left to right."""

from scene_builder.knowledge.words.quantities import PLURAL_COUNT
from scene_builder.language.chinese.phrases.item import Item
from scene_builder.language.chinese.walking.camera import film_word, targeted
from scene_builder.language.chinese.walking.draft import Mention
from scene_builder.language.chinese.walking.mentions import (
    is_person,
    mentions_of,
    referent,
    spot_of,
)
from scene_builder.language.chinese.walking.motion import place_themes
from scene_builder.language.chinese.walking.objects import (
    attributed,
    grouped,
    left_frame,
    nobody,
    take_object,
)
from scene_builder.language.chinese.walking.scribe import Scribe
from scene_builder.language.chinese.walking.state import Clause, Spot, Walk
from scene_builder.language.chinese.walking.verbs import read_verb
from scene_builder.language.phrases.wordings import Facts

_ROLE_OF = {"source": "source", "toward": "toward", "along": "along", "at": "at"}
_TIME_TAILS = frozenset({"后", "前", "之后", "之前", "时"})
_NP_AND_MORE = 2
_WORN = frozenset({"穿", "戴", "穿着", "戴着"})


def walked(items: list[Item], facts: Facts) -> Scribe:
    """Return what `items` say; camera cues are added to `facts`."""
    walk = Walk(Scribe(), facts)
    _steps(walk, items)
    _close(walk)
    return walk.scribe


def _steps(walk: Walk, items: list[Item]) -> None:
    for k, item in enumerate(items):
        if item.kind == "absent":
            continue
        step = _STEPS.get(item.kind)
        if step is not None:
            step(walk, item, items[k + 1 :])
        else:
            film_word(walk, item, items[k + 1 :])


def _noun_phrase(walk: Walk, item: Item, rest: list[Item]) -> None:
    np, clause = item.np, walk.clause
    assert np is not None
    somebody = np.head == "人" and clause.preposition == "bei" and not np.measured
    if np.fixed == "nobody" or somebody:
        nobody(walk)
        return
    if np.fixed == "frame":
        left_frame(walk, np.head)
        return
    if clause.want == "" and clause.root is not None and clause.root.kind == "other":
        clause.want = "ignore"
    if clause.want in {"contain", "at"} and np.chunk.count is None:
        np.chunk.count = PLURAL_COUNT
        np.chunk.definite = False
    if clause.want == "ignore" and clause.verb is not None and clause.verb.value in _WORN:
        clause.want = ""
        walk.scribe.not_served.append(f"{np.head!r}: what somebody wears is not shown")
        return
    if clause.want == "become" or (  # `叠成一座塔`
        clause.want in {"goal", "relate"} and np.chunk.group and (
        item.kind == "quant" or np.chunk.noun in {"tower", "row"}
    )):  # fmt: skip
        grouped(walk, item)
        return
    if item.kind == "quant" and clause.root is not None and clause.root.kind == "be":
        attributed(walk, item)
        return
    mentions = mentions_of(walk, np)
    _describe(walk, item, mentions)
    _receive(walk, Spot(mentions, None, (item.start, item.end)), rest)


def _place(walk: Walk, item: Item, rest: list[Item]) -> None:
    clause = walk.clause
    temporal = item.text in _TIME_TAILS and (clause.want or clause.verb is not None)
    if item.text in {"之前", "之后", "之上"} and item.np is None:
        return
    if temporal and item.np is not None:
        _noun_phrase(walk, item, rest)
        return
    if item.np is not None and item.np.fixed == "frame":
        left_frame(walk, item.np.head)
        return
    spot = spot_of(walk, item)
    if item.np is not None:
        _describe(walk, item, spot.things)
    _receive(walk, spot, rest, place=True)


def _describe(walk: Walk, item: Item, mentions: list[Mention]) -> None:
    """Say of the mentions what stands before their head: places and relative clauses."""
    nps = [item.np, *item.np.others] if item.np else []
    for np, mention in zip(nps, mentions, strict=False):
        if np is None:
            continue
        own, topic = walk.clause, walk.topic
        for place in np.places:
            spot = spot_of(walk, place)
            things = [m for m in spot.things if m.ref != mention.ref]
            if place.np is None:
                inside = place.predicate == "inside"
                away = [] if inside else walk.subjects
                things = referent(walk, own=[mention, *away], inside=inside)
                things = things or referent(walk, own=[mention])
            if things and place.predicate:
                objects = things if place.predicate == "between" else things[:1]
                walk.scribe.relate(mention, place.predicate, objects, spot.where)
        for body in np.clauses:
            walk.clause = Clause(subject=_agent_first(body, mention))
            walk.topic = [mention]
            _relative(walk, body, mention)
            walk.clause, walk.topic = own, topic


def _agent_first(body: list[Item], mention: Mention) -> list[Mention]:
    """The head is the subject, unless the clause begins with another, or with `上面`."""
    begins = body[0].kind == "np" or (body[0].kind == "place" and body[0].np is None)
    return [] if begins else [mention]


def _relative(walk: Walk, body: list[Item], mention: Mention) -> None:
    """A clause whose gap is its subject, or its object (`男孩踢的球`)."""
    _steps(walk, body)
    clause = walk.clause
    if clause.want in {"theme", "touch", "topple"} or (
        body[0].kind == "np" and clause.root is not None and clause.root.kind == "handle"
    ):  # fmt: skip
        clause.want = clause.want or "theme"
        take_object(walk, Spot([mention], None, (body[0].start, body[-1].end)))
    _end_clause(walk)


def _receive(walk: Walk, spot: Spot, rest: list[Item], *, place: bool = False) -> None:
    """Put a noun phrase or a place where the clause waits for it."""
    clause = walk.clause
    preposition, clause.preposition = clause.preposition, ""
    if preposition and clause.camera:
        targeted(walk, spot)
    elif preposition:
        _after_preposition(walk, preposition, spot)
    elif clause.camera:
        targeted(walk, spot)
        clause.camera = False
        clause.subject = spot.things
    elif clause.want and clause.verb is not None:
        take_object(walk, spot)
    elif clause.joined and not place and clause.verb is None:
        clause.subject += spot.things
    elif place and clause.verb is None and not clause.subject:
        clause.fronted = spot
    elif place and clause.verb is None:
        clause.spots.append(("at", spot))
    elif place:
        place_themes(walk, "at", spot)
    elif clause.verb is None or (rest and rest[0].kind in {"verb", "prep", "not", "speed"}):
        clause.subject = spot.things
        clause.verb = None
    clause.joined = False


def _after_preposition(walk: Walk, preposition: str, spot: Spot) -> None:
    clause = walk.clause
    if preposition == "ba":
        clause.moved = spot.things
        for mention in clause.moved:
            mention.all_of = mention.all_of or clause.all_of
    elif preposition == "bei":
        clause.agents = spot.things
    elif preposition == "let":
        clause.subject = spot.things
    elif preposition == "with":
        clause.tools = spot.things
    elif preposition in _ROLE_OF:
        clause.spots.append((_ROLE_OF[preposition], spot))


def _mark(walk: Walk, item: Item, rest: list[Item]) -> None:
    _close(walk)


def _close(walk: Walk) -> None:
    """End a clause: what waits is said of its subject, and a topic goes on to the next."""
    _end_clause(walk)
    clause = walk.clause
    acted = clause.moved or (clause.themes if clause.verb and clause.root and
                             clause.root.kind == "handle" else [])  # fmt: skip
    if acted and (not clause.subject or is_person(walk, clause.subject)):
        walk.topic = acted
    elif clause.subject:
        walk.topic = clause.subject
    carried = clause.camera and not clause.verb
    walk.clause = Clause(adverbs={} if carried or clause.verb else clause.adverbs)
    if clause.verb is None and clause.fronted is not None and not clause.subject:
        walk.clause.fronted = clause.fronted


def _end_clause(walk: Walk) -> None:
    clause = walk.clause
    if clause.verb is None and (clause.spots or clause.fronted) and walk.subjects:
        if clause.fronted is not None and clause.subject:
            clause.spots.append(("at", clause.fronted))
            clause.fronted = None
        clause.themes = walk.subjects
        standing = [spot for role, spot in clause.spots if role == "at"]
        for theme in clause.themes:
            for spot in standing:
                if spot.predicate and spot.things:
                    objects = spot.things if spot.predicate == "between" else spot.things[:1]
                    walk.scribe.relate(theme, spot.predicate, objects, spot.where)
        clause.spots = []
    elif clause.want == "touch" and clause.verb and {"up", "past", "hither"} & {*clause.verb.turns}:
        struck = referent(walk, own=walk.subjects)  # `撞上去`
        take_object(walk, Spot(struck, None, (clause.verb.start, clause.verb.end)))
    walk.acted |= {m.ref for m in (*clause.subject, *clause.moved)}


def _preposition(walk: Walk, item: Item, rest: list[Item]) -> None:
    walk.clause.preposition = str(item.value)


def _adverb(walk: Walk, item: Item, rest: list[Item]) -> None:
    """Speed, direction, height or start: of the verb that comes, else of the one before."""
    name = {"speed": "speed", "direction": "direction", "height": "height_m",
            "start": "start_secs"}[item.kind]  # fmt: skip
    clause, where = walk.clause, (item.start, item.end)
    clause.preposition = ""
    if clause.camera:
        film_word(walk, item, rest)
        return
    verb_ahead = next((i.kind for i in rest if i.kind in {"verb", "mark"}), "mark") == "verb"
    if clause.acts and not verb_ahead:
        for action in clause.acts:
            walk.scribe.note(action, name, item.value, where)
    elif name != "start_secs" and item.value != "":
        clause.adverbs[name] = (item.value, where)


def _negation(walk: Walk, item: Item, rest: list[Item]) -> None:
    alone = len(rest) < _NP_AND_MORE or rest[1].kind in {"mark", "join"}
    if item.text in {"没有", "没"} and rest and rest[0].kind == "np" and alone:
        rest[0].kind = "absent"  # `旁边没有杯子`: there is none to be seen
    else:
        walk.clause.negated = True


def _nearly(walk: Walk, item: Item, rest: list[Item]) -> None:
    walk.clause.nearly = True


def _then(walk: Walk, item: Item, rest: list[Item]) -> None:
    outcomes = walk.scribe.draft.outcomes
    walk.order = len(outcomes) - 1 if outcomes else None


def _all(walk: Walk, item: Item, rest: list[Item]) -> None:
    walk.clause.all_of = True
    for mention in walk.clause.moved or walk.clause.subject:
        mention.all_of = mention.several


def _join(walk: Walk, item: Item, rest: list[Item]) -> None:
    walk.clause.joined = True


def _mutual(walk: Walk, item: Item, rest: list[Item]) -> None:
    """`面对面`."""
    subjects, where = walk.subjects, (item.start, item.end)
    if len(subjects) > 1:
        walk.scribe.relate(subjects[0], "facing", [subjects[1]], where)


def _unknown(walk: Walk, item: Item, rest: list[Item]) -> None:
    walk.scribe.not_served.append(
        f"{item.text!r} is no word that the Chinese reader knows; it was passed over"
    )


_STEPS = {
    "np": _noun_phrase, "quant": _noun_phrase, "place": _place, "verb": read_verb,
    "prep": _preposition, "mark": _mark, "speed": _adverb, "direction": _adverb,
    "height": _adverb, "start": _adverb, "not": _negation, "nearly": _nearly, "then": _then,
    "all": _all, "join": _join, "mutual": _mutual, "unknown": _unknown,
}  # fmt: skip
