"""What a preposition means after a verb of motion, and after no verb at all."""

from scene_builder.knowledge.words.nouns import CONTAINERS, FURNITURE, HANGERS, TABLETOP, words
from scene_builder.knowledge.words.relations import RELATION_OF
from scene_builder.language.phrases.draft import Draft, Mention
from scene_builder.language.phrases.state import Walk

_CONTAINERS = frozenset(words(CONTAINERS))
_HANGERS = frozenset(words(HANGERS))
_FALLING = frozenset({"fall", "drop", "pour", "throw", "bounce", "fly", "launch"})
_ROLLING = frozenset({"roll", "slide", "push", "pull", "kick", "walk", "run", "spin"})
_INTO = frozenset({"into", "in", "inside", "against", "onto", "on", "on top of", "at", "toward",
                   "towards", "to"})  # fmt: skip
_AIRBORNE = frozenset({"float", "fly", "launch"})


def place_motion(walk: Walk, preposition: str, place: Mention, themes: list[Mention]) -> None:
    """Say where `themes` are, or where their motion leads, seen from `place`."""
    verb = walk.acts[-1]["verb"] if walk.acts else ""
    for theme in themes:
        if preposition == "by agent":
            _agent(walk, theme, place)
        elif walk.verb is not None and walk.verb.kind in {"contact", "topple", "result"}:
            _after_contact(walk, preposition, theme, place)
        elif verb and verb != "stay":
            _moving(walk, verb, preposition, theme, place)
        else:
            _at_rest(walk, preposition, theme, place)


def _agent(walk: Walk, patient: Mention, agent: Mention) -> None:
    if walk.verb is not None and walk.verb.outcome is not None:
        walk.draft.end(agent, walk.verb.outcome, patient)
    walk.passive = False


def _after_contact(walk: Walk, preposition: str, theme: Mention, place: Mention) -> None:
    if preposition in {"off", "off of"}:
        target = next((m for m in reversed(walk.last) if m.ref != place.ref), theme)
        walk.draft.relate(target, "on", place)
        walk.draft.end(target, "falls_off", place)
        return
    if preposition in {"into", "against"} and walk.verb is not None and walk.verb.base == "bump":
        walk.draft.end(theme, "touches", place)
        return
    _at_rest(walk, preposition, walk.last[-1] if walk.last else theme, place)


def _at_rest(walk: Walk, preposition: str, theme: Mention, place: Mention) -> None:
    predicate = RELATION_OF.get(preposition)
    if preposition == "at":
        on_it = _noun(walk.draft, theme) in TABLETOP and _noun(walk.draft, place) in FURNITURE
        predicate = "on" if on_it else "near"
    if preposition == "off" and walk.verb is None:
        return
    if predicate is None or place.ref == "ground" or (predicate == "facing" and not place.solid):
        return
    walk.draft.relate(theme, predicate, place)


def _moving(walk: Walk, verb: str, preposition: str, theme: Mention, place: Mention) -> None:
    draft = walk.draft
    if verb == "swing" and preposition in {"on", "from"} and _noun(draft, place) in _HANGERS:
        draft.relate(theme, "hanging_from", place)
    elif preposition in {"off", "off of"} or (preposition == "from" and verb in _FALLING):
        _leaving(walk, preposition, theme, place)
    elif preposition in {"down", "up"}:
        if preposition == "down" and place.solid:
            draft.relate(theme, "on", place)
        _set(walk.acts, "direction", preposition)
    elif preposition in _INTO:
        _toward(walk, verb, preposition, theme, place)
    elif preposition in {"across", "along", "over"} and place.solid:
        draft.relate(theme, "above" if verb in _AIRBORNE else "on", place)
    elif preposition in {"past", "out of"}:
        draft.relate(theme, "near" if preposition == "past" else "inside", place)
    else:
        _at_rest(walk, preposition, theme, place)


def _leaving(walk: Walk, preposition: str, theme: Mention, place: Mention) -> None:
    if place.ref == "wall" and preposition != "from":
        walk.draft.end(theme, "touches", place, negated=walk.negated)
    elif place.solid:
        walk.draft.relate(theme, "on", place)
        _set(walk.acts, "direction", "off")
        walk.draft.end(theme, "falls_off", place, negated=walk.negated)


def _toward(walk: Walk, verb: str, preposition: str, theme: Mention, place: Mention) -> None:
    draft, acts = walk.draft, walk.acts
    noun = _noun(draft, place)
    left_something = any(a.get("direction") == "off" for a in acts)
    if place.ref == "ground":
        return
    if preposition in {"at", "toward", "towards", "to"}:
        _set(acts, "target", place.ref)
    elif preposition in {"into", "in", "inside"} and verb in _FALLING and noun in _CONTAINERS:
        if not left_something:
            _set(acts, "target", place.ref)
        draft.end(theme, "lands_in", place)
    elif preposition in {"onto", "on", "on top of"} and (
        verb in {"fall", "drop", "throw"} or left_something
    ):
        if not left_something:
            _set(acts, "target", place.ref)
        draft.end(theme, "lands_on", place)
    elif preposition in {"into", "against"}:
        _set(acts, "target", place.ref)
        draft.end(theme, "touches", place)
    else:
        _at_rest(walk, preposition, theme, place)


def _noun(draft: Draft, mention: Mention) -> str:
    return next((e["noun"] for e in draft.entities if e["id"] == mention.ref), "")


def _set(acts: "list[dict[str, str]]", name: str, value: str) -> None:
    for action in acts:
        action.setdefault(name, value)
