"""Where things are that do not move."""

from scene_builder.knowledge.words.nouns import FURNITURE, TABLETOP
from scene_builder.knowledge.words.relations import RELATION_OF
from scene_builder.language.phrases.draft import Mention
from scene_builder.language.phrases.meaning.deed import Deed, Where
from scene_builder.language.phrases.meaning.support import has_left, is_cord, is_flat, is_worn

OUT_OF_COVER = {"from under": "under", "out from under": "under", "from beneath": "under",
                "from behind": "behind", "out from behind": "behind"}  # fmt: skip
"""Prepositions of what comes out from where it was."""
_PLACES = {"in the middle of": "on", "in the center of": "on", "in the centre of": "on",
           "at the foot of": "near", "at the base of": "near", "at the top of": "on",
           "at the bottom of": "inside", "on the edge of": "on", "at the edge of": "on",
           "among": "near", "amid": "near", "across from": "facing", "outside": "near",
           "aboard": "on", "on board": "on", "up against": "against", "round": "around",
           "on either side of": "beside", "on both sides of": "beside",
           "on each side of": "beside", "out of": "inside", "down": "on", "up": "on",
           "along": "on", "across": "on"}  # fmt: skip
_OF_ALL = frozenset({"between", "around"})

_UPRIGHT = frozenset({"sit", "stand", "rest", "lie", "balance"})
"""Who does this on a spring does not hang from it."""


def tell_rest(
    deed: Deed, preposition: str, theme: list[Mention], places: list[Mention], *, at: Where
) -> None:  # fmt: skip
    """Say where `theme` is, seen from `places`."""
    for mention in theme:
        predicate = _predicate(deed, preposition, mention, places[0])
        if predicate is None:
            continue
        if predicate in _OF_ALL:
            deed.draft.relate(mention, predicate, *places, at=at)
            continue
        for place in places:
            deed.draft.relate(mention, predicate, place, at=at)


def _predicate(deed: Deed, preposition: str, mention: Mention, place: Mention) -> str | None:
    predicate: str | None = _PLACES.get(preposition) or RELATION_OF.get(preposition)
    predicate = OUT_OF_COVER.get(preposition, predicate)
    if preposition == "at":
        furniture = deed.draft.noun_of(place) in FURNITURE
        on = furniture and deed.draft.noun_of(mention) in TABLETOP
        predicate = "on" if on else "near"
    if place.ref == "ground" and predicate != "under":
        return None
    if predicate in {"on", "inside"} and has_left(deed, mention):
        return None
    if predicate == "inside" and deed.draft.acts_alone(mention) and is_worn(deed, place):
        return None
    if predicate == "facing" and not place.solid and place.ref != "camera":
        return None
    if preposition == "on" and is_cord(deed, place) and not _upright(deed, place):
        return "hanging_from"
    return "on" if predicate == "inside" and is_flat(deed, place) else predicate


def _upright(deed: Deed, place: Mention) -> bool:
    """Whether something sits or stands on a spring, rather than hang from it."""
    sense = deed.sense or deed.clause.sense
    return sense is not None and sense.base in _UPRIGHT and deed.draft.noun_of(place) == "spring"
