"""What kind of support, vessel or hanger a thing is."""

from scene_builder.knowledge.words.nouns import CONTAINERS, HANGERS, words
from scene_builder.knowledge.words.people import CLOTHING
from scene_builder.knowledge.words.relations import VESSELS
from scene_builder.language.phrases.draft import Mention
from scene_builder.language.phrases.meaning.deed import Deed

_CONTAINERS = frozenset(words(CONTAINERS)) | VESSELS
_HANGERS = frozenset(words(HANGERS))
CORDS = frozenset({"chain", "rope", "string", "cord", "wire", "cable", "hook", "thread", "nail",
                    "line", "leash", "spring"})  # fmt: skip
GRIPPING = frozenset({"magnet", "hook", "electromagnet"})
"""What holds what it touches."""
_FLAT = frozenset({"tray", "plate", "saucer", "table", "desk"})


def is_container(noun: str) -> bool:
    """Whether things are found in it rather than on it."""
    return noun in _CONTAINERS or last_word(noun) in _CONTAINERS


def last_word(noun: str) -> str:
    """Return the last word of a noun: what kind of thing it is."""
    return noun.rsplit(" ", maxsplit=1)[-1]


def is_gripping(deed: Deed, holder: Mention) -> bool:
    """Whether a thing picks others up by touching them: a magnet, a crane's hook."""
    return last_word(deed.draft.noun_of(holder)) in GRIPPING


def is_worn(deed: Deed, place: Mention) -> bool:
    """Whether people are in it as in clothes."""
    return last_word(deed.draft.noun_of(place)) in CLOTHING


def is_cord(deed: Deed, place: Mention) -> bool:
    """Whether what is "on" it hangs: "a flail on a chain"."""
    return deed.draft.noun_of(place) in CORDS


def is_hanger(deed: Deed, place: Mention) -> bool:
    """Whether things hang from it."""
    last = last_word(deed.draft.noun_of(place))
    return last in _HANGERS or is_cord(deed, place) or place.ref == "ceiling"


def is_flat(deed: Deed, place: Mention) -> bool:
    """Whether things are on it though one says "in"."""
    return deed.draft.noun_of(place) in _FLAT


def has_left(deed: Deed, theme: Mention) -> bool:
    """Whether it stood somewhere else at the start, and moved before."""
    placed = any(r["subject"] == theme.ref and r["predicate"] in {"on", "inside", "hanging_from"}
                 for r in deed.draft.relations)  # fmt: skip
    now = [id(action) for action in deed.acts]
    moved = [a for a in deed.draft.actions if a["actor"] == theme.ref and id(a) not in now]
    return placed and any(a["verb"] != "stay" for a in moved)


def stands_there(deed: Deed, theme: Mention, place: Mention) -> bool:
    """Whether it has been said that it is at this place."""
    return any(
        r["subject"] == theme.ref and r["object"] == [place.ref] for r in deed.draft.relations
    )
