"""Where something is, where it comes from, and where it goes."""

from scene_builder.knowledge.words.nouns import CONTAINERS, FURNITURE, HANGERS, SLOPES, words
from scene_builder.language.chinese.phrases.item import Item
from scene_builder.language.chinese.walking.draft import Mention
from scene_builder.language.chinese.walking.state import Spot, Walk, end
from scene_builder.model.words import Direction, Predicate

_SLOPES = frozenset(words(SLOPES)) - {"plank", "board", "roof", "seesaw", "wall", "tray"}
HOLDING = frozenset(words(CONTAINERS)) | {"cardboard box", "dice cup", "paint bucket", "goal"}
"""Nouns of what others can be in."""
_HANGERS = frozenset(words(HANGERS))
_NO_INSIDE = frozenset({"door", "window", "gate", "house"})
_FALLING = frozenset({"fall", "drop", "throw", "bounce", "fly", "launch", "float", "pour"})
_RISING = frozenset({"launch", "fly", "float", "walk", "run"})
_DOWNWARD = frozenset({"down", "down_to"})
_IN_PLACE = frozenset({"float", "spin", "swing", "melt", "turn", "explode", "open", "close"})
_SIDEWAYS: dict[str, Direction] = {"left_of": "left", "right_of": "right",
                                   "in_front_of": "forward", "behind": "backward"}  # fmt: skip
_INWARD = frozenset({"into", "in"})


def place_themes(walk: Walk, role: str, spot: Spot) -> None:
    """Say what a place means to whom the verb moves, or to whom the clause is about.

    Args:
        walk: The walk; its clause has the verb, its themes and its acts.
        role: `source`, `at`, `along`, `toward` or `goal`.
        spot: The place.
    """
    if walk.clause.verb is None:
        return
    for theme in walk.clause.themes:
        _ROLES[role](walk, theme, spot, walk.clause.verb)


def _source(walk: Walk, theme: Mention, spot: Spot, verb: Item) -> None:
    for thing in spot.things[:1]:
        noun = walk.scribe.noun(thing)
        if not thing.solid or thing.ref == theme.ref or noun in _NO_INSIDE:
            continue
        if spot.predicate not in {"on", None}:
            walk.scribe.relate(theme, spot.predicate, spot.things, spot.where)
            continue
        if noun in HOLDING and spot.predicate is None and "out" in verb.turns:
            walk.scribe.relate(theme, "inside", [thing], spot.where)
            continue
        walk.scribe.relate(theme, "on", [thing], spot.where)
        down = bool(_DOWNWARD & {*verb.turns}) or (verb.root and verb.root.verb in {"fall", "drop"})
        if noun in _SLOPES:
            if down:
                _turn(walk, "down", spot)
        elif down and not (verb.root and verb.root.verb in _RISING):
            _leave(walk, theme, thing, spot, verb)


def _leave(walk: Walk, theme: Mention, thing: Mention, spot: Spot, verb: Item) -> None:
    _turn(walk, "off", spot)
    end(walk, theme, "falls_off", thing, (verb.start, verb.end))


def _at(walk: Walk, theme: Mention, spot: Spot, verb: Item) -> None:
    if spot.predicate is None:
        if spot.things and spot.things[0].ref in {"wall", "ceiling"}:
            predicate = verb.root.predicate if verb.root else None
            walk.scribe.relate(theme, predicate or "attached_to", spot.things, spot.where)
        elif spot.things:
            noun = walk.scribe.noun(spot.things[0])
            stated = verb.root.predicate if verb.root else None
            default = "inside" if noun in HOLDING else "on"
            walk.scribe.relate(theme, stated or default, spot.things[:1], spot.where)  # type: ignore[arg-type]
        return
    if not spot.things:
        return
    predicate = _stated(walk, spot, verb)
    objects = spot.things if predicate == "between" else spot.things[:1]
    if not any(_is_part_of(theme, thing) for thing in objects):
        walk.scribe.relate(theme, predicate, objects, spot.where)


def _stated(walk: Walk, spot: Spot, verb: Item) -> Predicate:
    """The verb's own relation (`挂在钩子上`) goes before that of the localizer (`上`)."""
    own = verb.root.predicate if verb.root else None
    assert spot.predicate is not None
    if own is not None and spot.predicate in {"on", "inside"}:
        return own
    hanger = spot.things and walk.scribe.noun(spot.things[0]) in _HANGERS
    swings = verb.root is not None and verb.root.verb == "swing"
    if hanger and swings and spot.predicate == "on":
        return "hanging_from"
    return spot.predicate


def _along(walk: Walk, theme: Mention, spot: Spot, verb: Item) -> None:
    for thing in spot.things[:1]:
        walk.scribe.relate(theme, "on", [thing], spot.where)
        if walk.scribe.noun(thing) in _SLOPES and _DOWNWARD & {*verb.turns}:
            _turn(walk, "down", spot)


def _toward(walk: Walk, theme: Mention, spot: Spot, verb: Item) -> None:
    for thing in [t for t in spot.things if t.ref not in {theme.ref, "ground"}][:1]:
        for action in walk.clause.acts:
            if action["actor"] == theme.ref:
                walk.scribe.note(action, "target", thing.ref, spot.where)


def _goal(walk: Walk, theme: Mention, spot: Spot, verb: Item) -> None:
    turn = next((t for t in reversed(verb.turns) if t not in {"done", "lasting"}), "")
    if not spot.named and spot.predicate in _SIDEWAYS:
        _turn(walk, _SIDEWAYS[spot.predicate], spot)
        return
    if turn == "rest" and walk.clause.acts and walk.clause.acts[-1]["verb"] in _IN_PLACE:
        _at(walk, theme, spot, verb)
        return
    thing = spot.things[0] if spot.things else None
    if thing is None or _is_part_of(theme, thing):
        return
    moves = walk.clause.acts[-1]["verb"] if walk.clause.acts else ""
    if walk.clause.negated or walk.clause.nearly:
        _not_there(walk, theme, thing, spot, verb)
    elif turn in {"down_to", "leave", "out_of"} and spot.predicate is None:
        _down_from(walk, theme, thing, spot, verb)
    elif turn == "past_to":
        _past(walk, theme, spot, moves)
    elif turn == "toward" or moves == "":
        _toward(walk, theme, spot, verb)
    else:
        _arrive(walk, theme, thing, spot, verb)


def _not_there(walk: Walk, theme: Mention, thing: Mention, spot: Spot, verb: Item) -> None:
    """`没有掉进篮子`, `没有滚到门口`."""
    where, turns = (verb.start, verb.end), {*verb.turns}
    if _INWARD & turns or spot.predicate == "inside":
        end(walk, theme, "lands_in", thing, where)
    elif turns & {"down_to", "leave"} and spot.predicate is None:
        end(walk, theme, "falls_off", thing, where)
    elif spot.predicate == "on":
        end(walk, theme, "lands_on", thing, where)
    elif spot.predicate is None and turns & {"reach", "rest"}:
        end(walk, theme, "touches", thing, where)


def _down_from(walk: Walk, theme: Mention, thing: Mention, spot: Spot, verb: Item) -> None:
    """`推下桌子`, `滑下斜坡`, `飞出篮子`."""
    if "out_of" in verb.turns:
        if thing.solid:
            walk.scribe.relate(theme, "inside", [thing], spot.where)
        return
    if not walk.scribe.supports(theme):
        walk.scribe.relate(theme, "on", [thing], spot.where)
    if walk.scribe.noun(thing) in _SLOPES:
        _turn(walk, "down", spot)
    elif thing.solid:
        _leave(walk, theme, thing, spot, verb)


def _past(walk: Walk, theme: Mention, spot: Spot, moves: str) -> None:
    """`滚过桌子` is on it, `飞过桌子` above it, `驶过石头旁边` beside it."""
    thing = spot.things[0]
    if not thing.solid:
        return
    if spot.predicate not in {None, "on"}:
        walk.scribe.relate(theme, spot.predicate, spot.things, spot.where)
    elif moves in {"fly", "launch", "throw", "float"}:
        _aim(walk, thing, spot)
    elif walk.scribe.noun(thing) in FURNITURE | _SLOPES:
        walk.scribe.relate(theme, "on", [thing], spot.where)


def _arrive(walk: Walk, theme: Mention, thing: Mention, spot: Spot, verb: Item) -> None:
    where = (verb.start, verb.end)
    moves = walk.clause.acts[-1]["verb"]
    inward = bool(_INWARD & {*verb.turns}) or spot.predicate == "inside"
    falls = moves in _FALLING or "down" in verb.turns
    left = any(action.get("direction") == "off" for action in walk.clause.acts)
    if thing.ref == "ground":
        if falls or left:
            end(walk, theme, "lands_on", thing, where)
        return
    if inward and (walk.scribe.noun(thing) in HOLDING or spot.predicate == "inside"):
        _aim(walk, thing, spot)
        end(walk, theme, "lands_in", thing, where)
    elif inward:
        _aim(walk, thing, spot)
        end(walk, theme, "touches", thing, where)
    elif (spot.predicate == "on" and (falls or left)) or (
        spot.predicate is None and falls and thing.solid and moves not in _RISING
    ):
        _aim(walk, thing, spot)
        end(walk, theme, "lands_on", thing, where)
    elif not any(m.ref == thing.ref for m in walk.scribe.supports(theme)):
        _aim(walk, thing, spot)
        if spot.edge and thing.solid and not walk.scribe.supports(theme):
            walk.scribe.relate(theme, "on", [thing], spot.where)


def _aim(walk: Walk, thing: Mention, spot: Spot) -> None:
    for action in walk.clause.acts:
        if action["actor"] != thing.ref:
            walk.scribe.note(action, "target", thing.ref, spot.where)


def _turn(walk: Walk, direction: Direction, spot: Spot) -> None:
    for action in walk.clause.acts:
        walk.scribe.note(action, "direction", direction, spot.where)


def _is_part_of(one: Mention, other: Mention) -> bool:
    return one.ref.partition("#")[0] == other.ref.partition("#")[0]


_ROLES = {"source": _source, "at": _at, "along": _along, "toward": _toward, "goal": _goal}
