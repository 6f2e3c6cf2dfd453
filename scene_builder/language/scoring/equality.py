"""When two values of a reading say the same."""

from collections.abc import Sequence

from scene_builder.knowledge.words import scenery
from scene_builder.knowledge.words.nouns import SYNONYMS, singular

_TABLES: dict[str, dict[str, tuple[str, ...]]] = {
    "place": scenery.PLACES, "ground": scenery.GROUNDS, "time_of_day": scenery.TIMES,
    "weather": scenery.WEATHERS, "style": scenery.STYLES,
}  # fmt: skip
_CLOSE = 0.02
"""Relative difference up to which two quantities are one."""


Value = str | float
"""What a field of a graph may hold."""


def equal(value: Value, wanted: Sequence[Value], name: str) -> bool:
    """Return whether `value` is one of `wanted`, quantities within two in a hundred."""
    if isinstance(value, float | int):
        return any(isinstance(w, float | int) and abs(value - w) <= _CLOSE * abs(w) for w in wanted)
    return any(_canonical(str(value), name) == _canonical(str(w), name) for w in wanted)


def _canonical(value: str, name: str) -> str:
    plain = value.lower().replace("_", " ").strip()
    for key, wordings in _TABLES.get(name, {}).items():
        if plain == key or plain in wordings:
            return key
    return plain.replace(" ", "").replace("grey", "gray")


def plain_noun(noun: str) -> str:
    """Return a noun in the singular, synonyms made one."""
    one = singular(noun.replace("_", " "))
    return SYNONYMS.get(one, one)


def own_ref(ref: str, names: dict[str, str]) -> str:
    """Return what a graph calls `ref`, in the names of the labels."""
    name, mark, number = ref.partition("#")
    plain = {"floor": "ground"}.get(name, name)
    return f"{names.get(plain, plain)}{mark}{number}"


def own_refs(refs: Sequence[str], names: dict[str, str]) -> tuple[str, ...]:
    """Return `own_ref` of each."""
    return tuple(own_ref(ref, names) for ref in refs)
