"""Verbs: what their complements make of them, and whether their object is what there is."""

from scene_builder.knowledge.words.chinese.verbs import Root
from scene_builder.language.chinese.phrases.item import Item
from scene_builder.language.chinese.walking.doing import goes_somewhere, take_spots
from scene_builder.language.chinese.walking.kinds import KINDS
from scene_builder.language.chinese.walking.mentions import is_person
from scene_builder.language.chinese.walking.state import Walk, act

_OBJECTS = frozenset({"np", "quant"})
_THROWN = frozenset({"past", "hither", "out_of", "toward", "fly", "away", "down", "into"})
_DRIVEN = frozenset({"out", "away", "past_to", "reach", "hither", "past", "toward", "into"})


def read_verb(walk: Walk, item: Item, rest: list[Item]) -> None:
    """Take up a verb.

    Args:
        walk: The walk.
        item: The verb.
        rest: The items after it.
    """
    clause = walk.clause
    if clause.camera and not clause.subject:
        return
    upside_down = item.value == "倒" and item.turns == ["lasting"]
    if upside_down and rest and rest[0].kind == "verb":
        return
    item.root = _turned(walk, item)
    if clause.preposition == "bei":
        clause.agents, clause.preposition = clause.agents or [], ""
    if clause.verb is not None and clause.want == "theme":
        clause.want = ""
    clause.verb, clause.want, clause.acts = item, "", []
    object_next = bool(rest) and rest[0].kind in _OBJECTS
    counted = object_next and rest[0].np is not None and rest[0].np.measured
    if _exists(walk, item, object_next=object_next):
        clause.want = "exist"
        return
    if counted and item.root.kind in {"handle", "motion"} and item.turns[-1:] == ["out_of"]:
        item.turns[-1] = "out"  # `推出一辆车` pushes it out, `滚出篮子` rolls out of it
    KINDS[item.root.kind](walk, item, object_next)
    if clause.want not in {"theme", "topple", "touch"}:
        take_spots(walk)


def _turned(walk: Walk, item: Item) -> Root:
    """What the verb says once its complements have turned it."""
    root, turns = item.root, {*item.turns}
    assert root is not None
    if "over" in turns and root.kind in {"contact", "handle", "motion", "other", "cover"}:
        return Root(kind="topple", verb=root.verb if root.kind == "handle" else None)
    if root.kind == "handle" and "hit" in turns and not walk.clause.agents:
        if not is_person(walk, walk.subjects):
            act(walk, walk.subjects, item)
        return Root(kind="contact", outcome="touches")
    if item.value == "打" and turns & _THROWN:
        return Root(kind="handle", verb="throw")
    if item.value == "开" and turns & _DRIVEN:
        return Root(kind="motion", verb="roll")
    handled = walk.clause.moved or walk.clause.agents is not None
    handled = handled or (bool(walk.clause.subject) and is_person(walk, walk.clause.subject))
    if item.value == "转" and walk.clause.adverbs.get("direction", ("",))[0] in {"left", "right"}:
        return Root(kind="motion", verb="turn")
    if item.value == "倒" and turns & {"into", "out_of", "in", "out"} and handled:
        return Root(kind="handle", verb="pour")
    if item.value == "冲" and walk.subjects and is_person(walk, walk.subjects):
        return Root(kind="motion", verb="run")
    if root.verb == "bounce" and ("fly" in turns or walk.clause.moved):
        return Root(kind="handle", verb="launch")
    return root


def _exists(walk: Walk, item: Item, *, object_next: bool) -> bool:
    """Whether the object is what the clause is about: `桌上放着一个碗`."""
    clause, root = walk.clause, item.root
    assert root is not None
    if not object_next or clause.moved or clause.agents is not None:
        return False
    if root.kind == "exist":
        return not clause.subject or clause.fronted is not None
    if clause.subject or clause.fronted is None:
        return False
    if root.kind == "motion":
        return not goes_somewhere(item) or item.turns[-1:] == ["down_to"]
    return root.kind in {"place", "be", "result", "topple", "handle", "contain", "wear"}
