"""Where a motion comes from, where it leads along, and where it ends."""

from scene_builder.knowledge.words.relations import VESSELS
from scene_builder.language.phrases.draft import Mention
from scene_builder.language.phrases.meaning.deed import Deed, Where
from scene_builder.language.phrases.meaning.rest import OUT_OF_COVER, tell_rest
from scene_builder.language.phrases.meaning.support import (
    has_left,
    is_container,
    is_flat,
    is_hanger,
    last_word,
    stands_there,
)

LEAVING = frozenset({"off", "off of", "off from", "right off", "straight off", "clean off",
                     "just off"})  # fmt: skip
INTO = frozenset({"into", "in", "inside", "down into", "up into", "out into", "off into",
                  "straight into", "within", "inside of", "right into", "right in",
                  "straight in", "down in", "over into", "back in", "on into",
                  "smack into"})  # fmt: skip
ONTO = frozenset({"onto", "on", "on top of", "upon", "down onto", "up onto", "out onto",
                  "back onto", "off onto", "over onto", "atop", "down to", "to", "down on",
                  "down upon", "down on top of", "out on", "right onto", "right on",
                  "straight onto", "over on", "back on", "right to"})  # fmt: skip
_FALLING = frozenset({"fall", "drop", "pour", "throw", "bounce", "fly", "launch"})
_SENT = frozenset({"throw", "pour", "drop", "kick", "launch", "fly"})
_STILL = frozenset({"stay", "spin", "swing", "float", "melt", "explode", "open", "close", "turn",
                    "stack"})  # fmt: skip
_OUT = frozenset({"out of", "from", "from inside", "out from inside", "from out of", "down from",
                  "up from"})  # fmt: skip
_PAST = frozenset({"past", "down past", "right past", "straight past", "just past", "out past"})
_HITTING = frozenset({"into", "straight into", "right into", "smack into", "against",
                      "up against", "right against", "straight against"})  # fmt: skip
_SHELVES = frozenset({"shelf", "bookshelf", "fridge", "refrigerator", "cupboard", "cabinet", "rack",
                      "saucepan", "pot", "pan", "easel", "stove", "wardrobe", "piano", "sledge",
                      "sled",
                      "ship", "boat", "train", "sofa", "bed"})  # fmt: skip
"""What things come down from rather than out of."""
_FROM = frozenset({"from", "down from", "up from"})
_TOWARD = frozenset({"straight at", "right at", "straight toward", "straight towards",
                     "right up to", "at", "toward", "towards", "to", "over to", "up to",
                     "back to", "back into",
                     "short of", "just short of"})  # fmt: skip
_RESTING = frozenset({"on", "upon", "on top of", "atop", "right on", "out on", "over on"})
_LANDING = frozenset({"fall", "drop", "throw", "pour"})
_ALONG = frozenset({"right over", "straight over", "on over", "on down", "right through",
                    "straight through", "across", "along", "over", "down", "up", "through",
                    "down along", "down over",
                    "up over", "around", "down across", "up and over", "out across"})  # fmt: skip
_OVER = frozenset({"over", "up and over", "up over", "around"})
_DIRECTED = frozenset({"into", "onto", "to", "toward", "towards", "down", "up", "across", "along",
                       "through"})  # fmt: skip
_HIDING = frozenset({"under", "behind", "beneath", "between", "underneath"})
_ON_GROUND = frozenset({"onto", "down onto", "down to", "to"})
_GROUNDED = frozenset({"fall", "drop", "slide", "roll", "pour", "throw", "launch"})


def tell_goal(deed: Deed, verb: str, preposition: str, place: Mention, *, at: Where) -> None:
    """Say what a place behind a verb of motion means."""
    if verb == "swing" and preposition in {"on", "from", "by"} and is_hanger(deed, place):
        for theme in deed.theme:
            deed.draft.relate(theme, "hanging_from", place, at=at)
    elif preposition in LEAVING:
        _leaving(deed, place, at)
    elif preposition in _OUT:
        _out_of(deed, verb, preposition, place, at)
    elif preposition in OUT_OF_COVER:
        tell_rest(deed, preposition, deed.theme, [place], at=at)
    elif preposition.startswith("away"):
        deed.turn("away", at=at)
    elif preposition in _PAST:
        deed.aim([place] if place.solid else [])
    elif verb in _STILL and preposition not in _DIRECTED:
        tell_rest(deed, preposition, deed.theme, [place], at=at)
    elif preposition in _ALONG:
        _along(deed, verb, preposition, place, at)
    else:
        _end(deed, verb, preposition, place, at)


def _leaving(deed: Deed, place: Mention, at: Where) -> None:
    """Like "Rolls off a table": it stood there, and falls off."""
    if place.ref == "wall":
        deed.end(deed.theme, "touches", place, at=at)
    if not place.solid:
        return
    inside = is_container(deed.draft.noun_of(place)) and not is_flat(deed, place)
    hangs = inside and is_hanger(deed, place)
    for theme in deed.theme:
        if not stands_there(deed, theme, place) and not has_left(deed, theme):
            deed.draft.relate(theme, "hanging_from" if hangs else "on", place, at=at)
    deed.turn("off", at=at)
    deed.end(deed.theme, "falls_off", place, at=at)


_BARRELS = frozenset({"cannon", "gun", "tube", "mortar", "launcher", "barrel", "pipe"})


def _out_of(deed: Deed, verb: str, preposition: str, place: Mention, at: Where) -> None:
    """Like "Falls out of a basket", "drops from a shelf", "is launched from a cannon"."""
    if not place.solid or deed.draft.acts_alone(place):
        return
    within = preposition not in _FROM
    noun = deed.draft.noun_of(place)
    held = is_container(noun) and last_word(noun) not in _SHELVES
    shot = verb == "launch" and last_word(noun) in _BARRELS
    inside = within or held or shot or verb == "pour"
    hanger = is_hanger(deed, place)
    predicate = "inside" if inside else "hanging_from" if hanger else "on"
    for theme in deed.theme:
        if not stands_there(deed, theme, place) and not has_left(deed, theme):
            deed.draft.relate(theme, predicate, place, at=at)
    off = verb in _FALLING and not inside and not hanger
    if off:
        deed.turn("off", at=at)
    if off or (verb in {"fall", "drop"} and within):
        deed.end(deed.theme, "falls_off", place, at=at)


def _along(deed: Deed, verb: str, preposition: str, place: Mention, at: Where) -> None:
    way = preposition.split(" ", maxsplit=1)[0]
    if way in {"down", "up"} and preposition not in _OVER:
        deed.turn(way, at=at)
    sent = way in {"down", "up"} and verb in _SENT
    if not place.solid or preposition == "through" or sent:
        deed.aim([place] if place.solid else [])
    elif preposition == "over" and verb == "float":
        tell_rest(deed, "above", deed.theme, [place], at=at)
    elif preposition in _OVER:
        deed.aim([place])
        if preposition == "around":
            tell_rest(deed, preposition, deed.theme[:1], [place], at=at)
    else:
        for theme in deed.theme:
            if not has_left(deed, theme):
                deed.draft.relate(theme, "on", place, at=at)


def _end(deed: Deed, verb: str, preposition: str, place: Mention, at: Where) -> None:
    """Where a motion leads in the end."""
    left = any(action.get("direction") == "off" for action in deed.acts)
    handled = deed.sense is not None and deed.sense.kind == "handle"
    way = preposition.split(" ", maxsplit=1)[0]
    if way == "down" or (way == "up" and not preposition.endswith(("against", "to"))):
        deed.turn(way, at=at)
    if place.ref == "ground":
        _grounded(deed, verb, preposition, place, at)
    elif preposition in _TOWARD and not (preposition == "to" and verb in {"fall", "drop"}):
        deed.aim([place])
    elif preposition in INTO and _goes_in(deed, verb, place, left=left):
        deed.aim([] if left else [place])
        deed.end(deed.theme, "lands_in", place, at=at)
    elif preposition in ONTO and (preposition not in _RESTING or verb in _LANDING or left):
        deed.aim([] if left else [place])
        deed.end(deed.theme, "lands_on", place, at=at)
    elif preposition in _HITTING:
        deed.aim([place])
        if not (handled and place.ref == "wall" and preposition == "against"):
            deed.end(deed.theme, "touches", place, at=at)
    elif handled and preposition in _HIDING:
        deed.aim([place])
    else:
        tell_rest(deed, preposition, deed.theme, [place], at=at)


def _goes_in(deed: Deed, verb: str, place: Mention, *, left: bool) -> bool:
    noun = deed.draft.noun_of(place)
    return is_container(noun) and (verb in _FALLING or left or noun in VESSELS)


def _grounded(deed: Deed, verb: str, preposition: str, place: Mention, at: Where) -> None:
    down = preposition in _ON_GROUND or (preposition in {"on", "into"} and verb in _FALLING)
    if down and verb in _GROUNDED:
        deed.end(deed.theme, "lands_on", place, at=at)
