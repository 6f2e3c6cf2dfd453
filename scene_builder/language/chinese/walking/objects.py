"""Noun phrases and places after a verb: what it does to them, or where it leads."""

from scene_builder.knowledge.words.quantities import PLURAL_COUNT
from scene_builder.language.chinese.phrases.item import Item
from scene_builder.language.chinese.walking.doing import handle, take_spots, topple, touch
from scene_builder.language.chinese.walking.draft import Mention
from scene_builder.language.chinese.walking.motion import place_themes
from scene_builder.language.chinese.walking.state import Spot, Walk, act, end
from scene_builder.model.words import Predicate

_STAYING = frozenset({"留", "停留", "待"})
_TOUCHING = frozenset({"on", "inside", None})


def take_object(walk: Walk, spot: Spot) -> None:
    """Give a verb the noun phrase or the place that it waits for."""
    clause = walk.clause
    want, clause.want = clause.want, ""
    if clause.verb is not None and want in _WANTS:
        _WANTS[want](walk, spot)


def grouped(walk: Walk, item: Item) -> None:
    """`排成一排`, `叠成一座塔`."""
    np, clause = item.np, walk.clause
    assert np is not None
    clause.want = ""
    verb = clause.verb
    stacking = verb is not None and verb.value in {"叠", "堆", "摞", "搭", "堆叠", "垒"}
    row = np.chunk.group == "in_row" or (verb is not None and str(verb.value).startswith("排"))
    predicate = "in_row" if row else "stacked" if stacking or np.chunk.noun == "tower" else None
    for theme in clause.themes if predicate else ():
        entity = walk.scribe.draft.entity(theme.ref)
        if entity is not None and entity["count"] == 1:
            entity["count"] = PLURAL_COUNT  # one thing alone makes no row and no stack
        if "#" not in theme.ref:
            where = (verb.start, verb.end) if verb else (item.start, item.end)
            walk.scribe.relate(theme, predicate, [], where)  # type: ignore[arg-type]


def attributed(walk: Walk, item: Item) -> None:
    """`球是红色的`."""
    assert item.np is not None
    for subject in walk.subjects:
        entity = walk.scribe.draft.entity(subject.ref)
        for name in ("color", "material", "size"):
            found = getattr(item.np.chunk, name)
            if found and entity is not None:
                walk.scribe.note(entity, name, found[0], (found[1], found[2]))


def nobody(walk: Walk) -> None:
    """Take up an agent that is not seen: `有人`, `风`."""
    clause = walk.clause
    if clause.preposition == "bei":
        clause.agents, clause.preposition = [], ""
    elif not clause.preposition:
        clause.subject, walk.topic = [], []
    clause.preposition = ""


def left_frame(walk: Walk, head: str) -> None:
    """Take up the picture's edge or the lens: `滚出画面`, `面对镜头`."""
    clause = walk.clause
    clause.preposition = ""
    if head == "镜头" and clause.verb is not None and "leave" in clause.verb.turns:
        for action in clause.acts:
            walk.scribe.note(action, "direction", "away", (clause.verb.start, clause.verb.end))
        return
    if clause.root is not None and clause.root.predicate == "facing" and clause.verb:
        for theme in clause.themes:
            where = (clause.verb.start, clause.verb.end)
            walk.scribe.relate(theme, "facing", [Mention("camera")], where)
        return
    leaving = clause.verb is not None and (
        {"out_of", "out", "leave"} & {*clause.verb.turns} or clause.verb.value == "离开"
    )
    if leaving and clause.verb is not None:
        for theme in clause.themes or walk.subjects:
            end(walk, theme, "leaves_frame", None, (clause.verb.start, clause.verb.end))
    clause.want = ""


def _touched(walk: Walk, spot: Spot) -> None:
    """`砸中桶` touches it, `砸在桶旁边` does not, `砸在桌上` lands on it."""
    clause = walk.clause
    clause.themes = walk.subjects
    if spot.predicate not in _TOUCHING:
        clause.acts = clause.acts or [
            a for a in walk.scribe.draft.actions if a["actor"] in {m.ref for m in clause.themes}
        ]
        place_themes(walk, "toward", spot)
        return
    assert clause.verb is not None
    grounded = [m for m in spot.things if m.ref == "ground"]
    for theme in clause.themes if grounded else ():
        end(walk, theme, "lands_on", Mention("ground"), (clause.verb.start, clause.verb.end))
    touch(walk, [m for m in spot.things if m.ref != "ground"])
    take_spots(walk)


def _exists(walk: Walk, spot: Spot) -> None:
    """`桌上放着一个碗`: the object is there, or moves there."""
    clause, verb = walk.clause, walk.clause.verb
    assert verb is not None
    clause.themes = spot.things
    fronted, clause.fronted = clause.fronted, None
    if fronted is not None:
        walk.grounds = (fronted.things, fronted.predicate or "")
    root = verb.root
    if root is not None and root.kind == "motion":
        clause.acts = act(walk, spot.things, verb)
        if fronted is not None:
            place_themes(walk, "toward", fronted)
    elif fronted is not None:
        place_themes(walk, "at", fronted)
        if root is not None and root.outcome == "falls" and "lasting" not in verb.turns:
            for theme in spot.things:
                end(walk, theme, "falls", None, (verb.start, verb.end))
    take_spots(walk)
    told = fronted is None or not any(m.ref in {t.ref for t in walk.topic} for m in fronted.things)
    if told or not walk.topic:
        clause.subject = spot.things
        walk.topic = spot.things


def _theme(walk: Walk, spot: Spot) -> None:
    handle(walk, spot.things)
    take_spots(walk)


def _toppled(walk: Walk, spot: Spot) -> None:
    topple(walk, spot.things)
    take_spots(walk)


def _goal(walk: Walk, spot: Spot) -> None:
    clause = walk.clause
    assert clause.verb is not None
    placed = clause.root is not None and clause.root.kind == "place"
    place_themes(walk, "at" if placed else "goal", spot)
    if clause.verb.value in _STAYING and spot.predicate == "on":
        for theme in clause.themes:
            for thing in spot.things[:1]:
                end(walk, theme, "stays_on", thing, (clause.verb.start, clause.verb.end))


def _toward(walk: Walk, spot: Spot) -> None:
    place_themes(walk, "toward", spot)


def _at(walk: Walk, spot: Spot) -> None:
    place_themes(walk, "at", spot)


def _avoided(walk: Walk, spot: Spot) -> None:
    verb = walk.clause.verb
    assert verb is not None
    for theme in walk.clause.themes:
        for thing in spot.things:
            end(walk, theme, "avoids", thing, (verb.start, verb.end))


def _contained(walk: Walk, spot: Spot) -> None:
    _holds(walk, spot, "inside")


def _covered(walk: Walk, spot: Spot) -> None:
    _holds(walk, spot, "under")


def _holds(walk: Walk, spot: Spot, predicate: Predicate) -> None:
    verb = walk.clause.verb
    assert verb is not None
    for theme in walk.clause.themes[:1]:
        for thing in spot.things:
            walk.scribe.relate(thing, predicate, [theme], (verb.start, verb.end))


_WANTS = {
    "theme": _theme, "touch": _touched, "topple": _toppled, "exist": _exists, "goal": _goal,
    "toward": _toward, "relate": _at, "at": _at, "avoid": _avoided, "contain": _contained,
    "cover": _covered,
}  # fmt: skip
"""What a noun phrase after the verb would be → what takes it up."""
