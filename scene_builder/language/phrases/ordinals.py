"""Ordinals: which one of several in order is meant."""

_PLACES = {word: k for k, word in enumerate(
    ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
     "tenth"), start=1)} | {"foremost": 1, "leftmost": 1}  # fmt: skip
_LAST = frozenset({"last", "hindmost", "rightmost"})
_MIDDLE = frozenset({"middle", "centre", "center", "central"})


def place_of(order: str, count: int) -> int | None:
    """Return which of `count` things in order an ordinal means, from 1 on; None for no ordinal."""
    place = count if order in _LAST else _PLACES.get(order)
    if order in _MIDDLE and count % 2:
        place = count // 2 + 1
    return place if place is not None and place <= count and count > 1 else None
