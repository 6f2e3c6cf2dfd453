"""Whom a noun phrase speaks of: things, some of several things, pronouns."""

from scene_builder.knowledge.words.nouns import AGENTS, FURNITURE, words
from scene_builder.language.chinese.phrases.item import Item
from scene_builder.language.chinese.phrases.nominal import Nominal
from scene_builder.language.chinese.walking.draft import Mention
from scene_builder.language.chinese.walking.motion import HOLDING
from scene_builder.language.chinese.walking.state import Spot, Walk

PERSONS = frozenset(words(AGENTS)) | {
    "hand", "old man", "old woman", "chef", "police officer", "baby", "goalkeeper", "worker",
}  # fmt: skip
"""Nouns of those who act on things."""
_EDGES = frozenset({"边缘", "边沿"})
_SIDES = frozenset({"left_of", "right_of", "in_front_of", "behind", "on", "above", "under"})


def mentions_of(walk: Walk, np: Nominal) -> list[Mention]:
    """Return whom a noun phrase speaks of, all joined by `和`; places and clauses come later."""
    found: list[Mention] = []
    for one in (np, *np.others):
        found += _of_one(walk, one)
    return found


def referent(walk: Walk, *, own: list[Mention], inside: bool = False) -> list[Mention]:
    """Return from what `旁边` alone is seen: the last other thing that was named.

    Args:
        walk: The walk.
        own: Whom it cannot be.
        inside: Whether it should be something that holds others.
    """
    refs = {m.ref for m in own}
    others = [m for m in reversed(walk.named) if m.ref not in refs and m.solid]
    holding = [m for m in others if inside and walk.scribe.noun(m) in HOLDING]
    return (holding or others)[:1]


def is_person(walk: Walk, mentions: list[Mention]) -> bool:
    """Whether all of `mentions` are people (or a hand)."""
    return all(walk.scribe.noun(m) in PERSONS for m in mentions)


def spot_of(walk: Walk, item: Item) -> Spot:
    """Return the place that an item names."""
    where = (item.start, item.end)
    if item.np is None:
        fronted = walk.clause.verb is None and not walk.clause.subject
        if fronted and item.predicate in _SIDES and walk.grounds[1] in _SIDES:
            things = walk.grounds[0]
        elif fronted and walk.topic:
            things = walk.topic[-1:]
        else:
            clause = walk.clause
            own = [*walk.subjects, *clause.moved, *clause.themes]
            things = referent(walk, own=own, inside=item.predicate == "inside")
        return Spot(things, item.predicate, where, named=False)
    edge = item.text in _EDGES
    return Spot(mentions_of(walk, item.np), item.predicate, where, edge=edge)


def _of_one(walk: Walk, np: Nominal) -> list[Mention]:
    if np.pronoun:
        found = _pronoun(walk, np.pronoun)
    elif not np.head and not np.fixed and not np.unknown:
        group = _group(walk, np)
        single = np.chunk.count or 1
        found = _part(walk, np, group) if group else _small_ones(walk, walk.named)[-single:]
        found = found if group or single > 1 else []
    else:
        thing = walk.scribe.thing(np)
        if thing is None:
            return []
        partial = np.part or np.compare is not None
        found = _part(walk, np, thing) if partial and thing.solid else [thing]
    walk.named += [m for m in found if m.solid]
    return found


def _pronoun(walk: Walk, kind: str) -> list[Mention]:
    subjects = {m.ref for m in walk.subjects}
    if kind == "each":
        return [Mention(m.ref, m.several) for m in walk.subjects]
    as_object = bool(walk.clause.preposition) or walk.clause.verb is not None
    if kind == "self" or (kind != "they" and not as_object and walk.topic):
        return [Mention(m.ref, m.several) for m in walk.topic]
    options = [m for m in reversed(walk.named) if not (as_object and m.ref in subjects)]
    several = [m for m in options if m.several]
    if kind == "they":
        if several:
            return [Mention(several[0].ref, True)]
        return _small_ones(walk, options)
    single = [m for m in options if not m.several] or options
    single = [m for m in single if is_person(walk, [m]) == (kind == "he")] or single
    single.sort(key=lambda m: m.ref not in walk.acted)
    return [Mention(single[0].ref, single[0].several)] if single else []


def _small_ones(walk: Walk, options: list[Mention]) -> list[Mention]:
    found: dict[str, Mention] = {}
    for mention in reversed(options):
        noun = walk.scribe.noun(mention)
        if noun not in FURNITURE and noun not in PERSONS:
            found[mention.ref] = Mention(mention.ref)
    return list(found.values())


def _group(walk: Walk, np: Nominal) -> Mention | None:
    """The things of which `其中两个`, `一只` or `红色的` are a part."""
    for entity in reversed(walk.scribe.draft.entities):
        fits = np.chunk.color is None or entity["color"] in {None, np.chunk.color[0]}
        if fits and (entity["count"] > 1 or (np.chunk.color and not np.measured)):
            return Mention(entity["id"], entity["count"] > 1)
    return None


def _part(walk: Walk, np: Nominal, group: Mention | None) -> list[Mention]:
    entity = walk.scribe.draft.entity(group.ref) if group else None
    if group is None or entity is None:
        return []
    ref, count, everyone = entity["id"], np.chunk.count, int(entity["count"])
    if everyone == 1 and np.part == "ordinal" and np.value == "1":
        return [Mention(f"{ref}#1")]
    if np.part == "rest" and count:
        return [Mention(ref, True, count)]
    if everyone == 1 or np.part == "rest" or (np.chunk.color and not np.measured):
        return [Mention(ref, everyone > 1)]
    if np.part == "ordinal":
        return [Mention(f"{ref}#{min(int(np.value), everyone)}")]
    if np.part == "middle":
        return [Mention(f"{ref}#{(everyone + 1) // 2}")]
    if np.part == "top" or (np.part == "last" and count in {None, 1}):
        return [Mention(f"{ref}#{everyone}")]
    if np.compare is None and count in {None, 1}:
        return [Mention(f"{ref}#{2 if np.part == 'other' else 1}")]
    if np.compare is None and count == everyone:
        return [Mention(ref, True)]
    return [Mention(ref, True, count, np.compare or "exactly")]
