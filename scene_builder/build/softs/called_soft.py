"""Which things the words call soft: a soft ball, but neither a soft drink nor soft light."""

import re
from collections.abc import Sequence

from scene_builder.knowledge.materials import is_substance, substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.knowledge.words.qualities import COLOR_PHRASES
from scene_builder.knowledge.words.softs import (
    ADJECTIVES,
    ELSEWHERE,
    FILLING,
    HARD_SHADERS,
    VESSELS,
    YIELDING,
)
from scene_builder.model.graph import Entity, SceneGraph

_STOPS = r"(?!(?:an?|the|and|or|on|onto|in|into|of|to|at|with|from|by|near|beside|under)\b)"
_BETWEEN = rf"(?:{_STOPS}[\w'-]+\s+){{0,3}}?"
_SOFT = rf"\b(?P<soft>{'|'.join(ADJECTIVES)})\s+(?P<between>{_BETWEEN})"


def is_called_soft(entity: Entity, graph: SceneGraph) -> bool:
    """Whether the words put "soft" before its noun, or tell that it alone squashes.

    Args:
        entity: The kind of thing.
        graph: What the words say.
    """
    if entity.material is not None and _shader(entity) in HARD_SHADERS:
        return False
    words = graph.prompt.lower()
    noun = _spaced(entity.noun)
    heads = _heads(words, noun, graph)
    for found in re.finditer(rf"{_SOFT}(?P<noun>{re.escape(noun)})(?:e?s)?\b", words):
        if found.start("noun") not in heads or _is_elsewhere(found, noun, graph):
            continue
        if _is_meant(entity, graph, found, heads):
            return True
    acting = {action.actor.partition("#")[0] for action in graph.actions}
    yields = re.search(rf"\b(?:{'|'.join(YIELDING)})\b", words) is not None
    return yields and acting == {entity.id} and _shader(entity) in ("rubber", "foam", "fabric")


def _shader(entity: Entity) -> str:
    """How what it is made of looks, by the words or by its kind; empty if that is unknown."""
    match = resolve_noun(entity.noun)
    name = entity.material or (match.noun.substance if match else "")
    return substance(name).shader if is_substance(name) else ""


def fills(entity: Entity) -> bool:
    """Whether its stuff rather is what it holds: jelly, of a jelly jar."""
    return entity.material in FILLING and _spaced(entity.noun).rsplit(maxsplit=1)[-1] in VESSELS


def _spaced(noun: str) -> str:
    return noun.replace("_", " ").lower()


def _heads(words: str, noun: str, graph: SceneGraph) -> list[int]:
    """Return where a noun is named, and not as the tail of a longer one."""
    longer = [name for e in graph.entities if (name := _spaced(e.noun)).endswith(f" {noun}")]
    ends = {f.start() + len(one) for one in longer for f in re.finditer(re.escape(one), words)}
    found = re.finditer(rf"\b{re.escape(noun)}(?=(?:e?s)?\b)", words)
    return [one.start() for one in found if one.end() not in ends]


def _is_elsewhere(found: re.Match[str], noun: str, graph: SceneGraph) -> bool:
    """Whether what is soft is the light, a drink or another thing before the noun."""
    between = found["between"]
    if found["soft"] in FILLING and noun.rsplit(maxsplit=1)[-1] in VESSELS:
        return True
    shades = "|".join(color for color in COLOR_PHRASES if " " not in color)
    plain = re.sub(rf"\blight\s+(?={shades})", "", between)
    others = [re.escape(_spaced(e.noun)) for e in graph.entities]
    return re.search(rf"\b(?:{'|'.join((*ELSEWHERE, *others))})\b", plain) is not None


def _is_meant(
    entity: Entity, graph: SceneGraph, found: re.Match[str], heads: Sequence[int]
) -> bool:
    """Whether of several things of one name just this one is spoken of."""
    alike = [e for e in graph.entities if e.noun == entity.noun]
    if len(alike) == 1:
        return True
    said = re.sub(r"\s+", "", found["between"])
    colors = sorted({(e.color or "").replace(" ", "") for e in alike} - {""}, key=len)
    color = next((one for one in reversed(colors) if one in said), None)
    same = [e for e in alike if (e.color or "").replace(" ", "") == (color or "")]
    if entity not in same:
        return False
    if len(same) == 1:
        return True
    words = graph.prompt.lower()
    first = [one for one in heads if not _is_definite(words[:one])]
    order = first if len(first) == len(alike) else list(heads)
    start = found.start("noun")
    return start in order and order.index(start) == alike.index(entity)


def _is_definite(before: str) -> bool:
    """Whether a noun that stands behind these words was named before."""
    return re.search(rf"\b(?:the|its|this|that)\s+{_BETWEEN}$", before) is not None
