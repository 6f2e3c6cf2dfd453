"""What is done and what comes of it, said of those a verb speaks of."""

from scene_builder.knowledge.words.chinese.verbs import GOALS, Root
from scene_builder.knowledge.words.nouns import SLOPES, words
from scene_builder.language.chinese.phrases.item import Item
from scene_builder.language.chinese.walking.draft import Mention
from scene_builder.language.chinese.walking.motion import place_themes
from scene_builder.language.chinese.walking.state import Walk, act, end

_SLOPES = frozenset(words(SLOPES))
_FALLS = frozenset({"fall", "drop", "slide", "roll", "bounce", "throw"})
_AWAY = frozenset({"float", "fly", "run", "roll", "walk", "slide"})


def take_spots(walk: Walk) -> None:
    """Apply the places that stand before the verb, once it is known whom it moves."""
    clause = walk.clause
    if clause.verb is None:
        return
    if clause.fronted is not None:
        clause.spots.insert(0, ("at", clause.fronted))
        clause.fronted = None
    for role, spot in clause.spots:
        place_themes(walk, role, spot)
    clause.spots = []
    _falls_from_support(walk, clause.verb)


def handle(walk: Walk, themes: list[Mention]) -> None:
    """Say what the verb does with `themes`."""
    clause, verb = walk.clause, walk.clause.verb
    assert verb is not None
    clause.themes = themes
    clause.acts = [] if _bounces_on(walk, themes, verb) else act(walk, themes, verb)
    where = (verb.start, verb.end)
    if "away" in verb.turns and clause.acts and clause.acts[0]["verb"] in _AWAY:
        for action in clause.acts:
            walk.scribe.note(action, "direction", "away", where)
    if verb.root is not None and verb.root.outcome is not None:
        for theme in themes:
            end(walk, theme, verb.root.outcome, None, where)
    clause.want = "goal" if goes_somewhere(verb) else ""


def topple(walk: Walk, victims: list[Mention]) -> None:
    """Say that somebody knocks `victims` over, or that they fall."""
    clause, verb = walk.clause, walk.clause.verb
    assert verb is not None
    where = (verb.start, verb.end)
    agents = clause.agents if clause.agents is not None else walk.subjects
    agents = [m for m in agents if m.ref not in {v.ref for v in victims}]
    clause.themes = victims
    for victim in victims:
        victim.all_of = victim.all_of or clause.all_of
        for agent in agents:
            end(walk, agent, "knocks_over", victim, where)
        if not agents:
            if not any(o.get("object") == victim.ref for o in walk.scribe.draft.outcomes):
                end(walk, victim, "falls", None, where)
            act(walk, [victim], verb)
    clause.want = ""


def touch(walk: Walk, struck: list[Mention]) -> None:
    """Say that the subject touches `struck`."""
    clause, verb = walk.clause, walk.clause.verb
    assert verb is not None
    agents = clause.agents or walk.subjects
    for agent in agents:
        for thing in struck:
            if thing.ref != agent.ref:
                end(walk, agent, "touches", thing, (verb.start, verb.end))
    if "fly" in verb.turns:
        launched(walk, struck, verb)
    clause.themes, clause.want = agents, ""


def launched(walk: Walk, struck: list[Mention], verb: Item) -> None:
    """`撞飞`: who is struck flies off."""
    root = Root(kind="motion", verb="launch")
    flying = Item(kind="verb", text=verb.text, start=verb.start, end=verb.end, root=root)
    act(walk, struck, flying)


def goes_somewhere(item: Item) -> bool:
    """Whether a place after the verb is where it goes: `滚到`, `掉进`."""
    turns = [turn for turn in item.turns if turn not in {"done", "lasting"}]
    return bool(turns) and turns[-1] in GOALS


def _bounces_on(walk: Walk, themes: list[Mention], verb: Item) -> bool:
    """Whether who bounces was moving already: then it is how the motion goes on."""
    if verb.root is None or verb.root.verb != "bounce":
        return False
    moving = {a["actor"] for a in walk.scribe.draft.actions if a["verb"] != "bounce"}
    return any(theme.ref in moving for theme in themes)


def _falls_from_support(walk: Walk, verb: Item) -> None:
    """Who falls without a word for from where falls from what it stands on."""
    clause, root = walk.clause, verb.root
    if "down" not in verb.turns or root is None or root.verb not in _FALLS or clause.negated:
        return
    for theme in clause.themes:
        ref = theme.ref
        said = any(o["subject"] == ref and o["predicate"] == "falls_off"
                   for o in walk.scribe.draft.outcomes)  # fmt: skip
        support = next(iter(walk.scribe.supports(theme)), None)
        if said or support is None or not support.solid:
            continue
        words_where = (verb.start, verb.end)
        slope = walk.scribe.noun(support) in _SLOPES
        for action in clause.acts:
            walk.scribe.note(action, "direction", "down" if slope else "off", words_where)
        if not slope:
            end(walk, theme, "falls_off", support, words_where)
