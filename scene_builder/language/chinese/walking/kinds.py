"""What each kind of verb says of its subject, of what `把` or `被` brings, of its object."""

from collections.abc import Callable, Mapping

from scene_builder.knowledge.words.chinese.verbs import PASSING, Kind, Root
from scene_builder.knowledge.words.nouns import ROLLERS, words
from scene_builder.language.chinese.phrases.item import Item
from scene_builder.language.chinese.walking.doing import (
    goes_somewhere,
    handle,
    launched,
    topple,
    touch,
)
from scene_builder.language.chinese.walking.draft import Mention
from scene_builder.language.chinese.walking.mentions import is_person
from scene_builder.language.chinese.walking.state import Walk, act, end
from scene_builder.model.words import Verb

_ROLLERS = frozenset(words(ROLLERS)) | {"remote control car", "toy train", "taxi", "rover"}
_STACKING = frozenset({"堆", "叠", "摞", "堆叠", "堆放", "叠放", "搭", "垒"})
_ROWS = frozenset({"排", "排列", "排开", "一字排开"})
_HANDLED_TOO = frozenset({"open", "close", "roll", "drop", "spin", "slide", "swing", "bounce",
                          "turn", "fly"})  # fmt: skip
_FALLS = frozenset({"fall", "drop", "slide", "roll", "bounce", "throw"})
_AIMING = frozenset({"toward", "into", "past"})


def _motion(walk: Walk, item: Item, object_next: bool) -> None:
    clause, root = walk.clause, item.root
    assert root is not None
    themes = clause.moved or walk.subjects
    person = bool(themes) and is_person(walk, themes)
    if object_next and not clause.moved and person and root.verb in _HANDLED_TOO and (
        not goes_somewhere(item)
    ):  # fmt: skip
        clause.want = "theme"
        return
    if clause.negated or clause.nearly:
        clause.themes = themes
        if goes_somewhere(item):
            clause.want = "goal"
        else:
            _not_fallen(walk, item, themes)
        return
    handle(walk, themes)
    if object_next and root.verb == "run" and not clause.want:
        clause.want = "toward"


def _not_fallen(walk: Walk, item: Item, themes: list[Mention]) -> None:
    verb = item.root.verb if item.root else None
    outcome = item.root.outcome if item.root else None
    if verb not in _FALLS or (outcome is not None and "down" not in item.turns):
        if item.root and item.root.outcome:
            for theme in themes:
                end(walk, theme, item.root.outcome, None, (item.start, item.end))
        return
    down = verb in {"fall", "drop"} or "down" in item.turns
    for theme in themes if down else ():
        support = next(iter(walk.scribe.supports(theme)), None)
        where = (item.start, item.end)
        if support is not None:
            end(walk, theme, "falls_off", support, where)
        else:
            end(walk, theme, "falls", None, where)


def _handle(walk: Walk, item: Item, object_next: bool) -> None:
    clause = walk.clause
    if clause.moved:
        handle(walk, clause.moved)
    elif clause.agents is not None:
        for agent in clause.agents:
            if not is_person(walk, [agent]):
                for theme in walk.subjects:
                    end(walk, agent, "touches", theme, (item.start, item.end))
        handle(walk, walk.subjects)
    elif object_next and not goes_somewhere(item):
        clause.want = "theme"
    elif walk.subjects and (not is_person(walk, walk.subjects) or clause.spots):
        handle(walk, walk.subjects)
    elif goes_somewhere(item):
        clause.themes, clause.want = [], "goal"


def _contact(walk: Walk, item: Item, object_next: bool) -> None:
    clause = walk.clause
    if clause.agents is not None:
        struck, clause.want = walk.subjects, ""
        if clause.agents:
            touch(walk, struck)
        elif "fly" in item.turns:
            launched(walk, struck, item)
        clause.themes = struck
        return
    if clause.moved:
        touch(walk, clause.moved)
        if goes_somewhere(item):  # `把它撞下桌子`
            clause.themes, clause.want = clause.moved, "goal"
        return
    if _AIMING & {*item.turns} and not clause.negated:
        _sets_out(walk, item)
    clause.themes, clause.want = walk.subjects, "touch"


def _sets_out(walk: Walk, item: Item) -> None:
    """`撞向`: who has not moved so far sets out now."""
    moved = {action["actor"] for action in walk.scribe.draft.actions}
    for subject in walk.subjects:
        if subject.ref not in moved and not is_person(walk, [subject]):
            walk.clause.acts += act(walk, [subject], _going(walk, subject, item))


def _topple(walk: Walk, item: Item, object_next: bool) -> None:
    clause, root = walk.clause, item.root
    assert root is not None
    if clause.moved:
        topple(walk, clause.moved)
    elif clause.agents is not None:
        topple(walk, walk.subjects)
    elif root.outcome == "falls" and not (object_next and "over" in item.turns):
        _fall(walk, item)
    elif object_next:
        clause.want = "topple"
    else:
        _fall(walk, item)


def _fall(walk: Walk, item: Item) -> None:
    clause = walk.clause
    clause.themes = walk.subjects
    for theme in clause.themes:
        theme.all_of = theme.all_of or clause.all_of
        struck = any(o.get("object") == theme.ref and o["predicate"] == "knocks_over"
                     for o in walk.scribe.draft.outcomes)  # fmt: skip
        if not struck or clause.negated or theme.count is not None:
            end(walk, theme, "falls", None, (item.start, item.end))


def _place(walk: Walk, item: Item, object_next: bool) -> None:
    clause, root = walk.clause, item.root
    assert root is not None
    clause.themes = clause.moved or walk.subjects
    where = (item.start, item.end)
    turning = "become" in item.turns
    _lies_still(walk, item)
    for theme in clause.themes:
        alone = theme.several and root.predicate in {None, "on"}
        if alone and item.value in _STACKING:
            walk.scribe.relate(theme, "stacked", [], where)
        elif alone and item.value in _ROWS and not turning:
            walk.scribe.relate(theme, "in_row", [], where)
    for tool in clause.tools if root.predicate and "rest" not in item.turns else ():
        for theme in clause.themes:
            walk.scribe.relate(theme, root.predicate, [tool], where)  # type: ignore[arg-type]
    if turning:
        clause.want = "become"
    elif root.predicate is not None and not clause.spots and not clause.tools:
        clause.want = "goal" if goes_somewhere(item) else "relate"
    else:
        clause.want = "goal"


def _lies_still(walk: Walk, item: Item) -> None:
    """Who has moved and then lies there has come to rest."""
    where = (item.start, item.end)
    moved = {a["actor"] for a in walk.scribe.draft.actions if a["verb"] != "stay"}
    for theme in walk.clause.themes:
        if theme.ref in moved and item.value in {"躺", "趴", "立"} and "rest" not in item.turns:
            end(walk, theme, "comes_to_rest", None, where)


def _contain(walk: Walk, item: Item, object_next: bool) -> None:
    walk.clause.themes = walk.clause.moved or walk.subjects
    in_place = "rest" in item.turns or "into" in item.turns
    walk.clause.want = "at" if in_place else "contain"


def _cover(walk: Walk, item: Item, object_next: bool) -> None:
    walk.clause.themes = walk.clause.moved or walk.subjects
    walk.clause.want = "cover"


def _result(walk: Walk, item: Item, object_next: bool) -> None:
    clause, root = walk.clause, item.root
    assert root is not None
    clause.themes = clause.moved or walk.subjects
    where = (item.start, item.end)
    if root.outcome == "avoids":
        clause.want = "avoid"
        return
    if root.outcome == "falls":
        _fall(walk, item)
        return
    moved = {action["actor"].partition("#")[0] for action in walk.scribe.draft.actions}
    still = root.outcome == "comes_to_rest" and not any(
        m.ref.partition("#")[0] in moved for m in clause.themes
    )
    if still:
        clause.want = "goal"
        item.root = Root(kind="place")
        return
    for theme in clause.themes:
        target = Mention("ground") if root.outcome == "lands_on" else None
        end(walk, theme, root.outcome, target, where)  # type: ignore[arg-type]
    clause.want = "ignore"


def _meet(walk: Walk, item: Item, object_next: bool) -> None:
    where, subjects = (item.start, item.end), walk.subjects
    if len(subjects) > 1:
        end(walk, subjects[0], "touches", subjects[1], where)
    elif subjects and subjects[0].several:
        ref = subjects[0].ref
        end(walk, Mention(f"{ref}#1"), "touches", Mention(f"{ref}#2"), where)
    elif object_next:
        walk.clause.want = "touch"
    walk.clause.themes = subjects


def _wear(walk: Walk, item: Item, object_next: bool) -> None:
    walk.clause.want = "ignore"
    walk.clause.themes = walk.subjects


def _other(walk: Walk, item: Item, object_next: bool) -> None:
    clause = walk.clause
    clause.themes, clause.want = walk.subjects, "ignore"
    if item.value in PASSING and not clause.negated:
        for subject in clause.themes:
            if not any(a["actor"] == subject.ref for a in walk.scribe.draft.actions):
                clause.acts += act(walk, [subject], _going(walk, subject, item))
    elif {"down", "away", "up", "fly"} & {*item.turns}:  # `风把它吹掉`
        themes = clause.moved or (clause.themes if clause.agents is not None else [])
        blown = Root(kind="motion", verb="fall" if "down" in item.turns else "fly")
        if themes:
            clause.verb = Item(kind="verb", text=item.text, start=item.start, end=item.end,
                               turns=item.turns, root=blown)  # fmt: skip
            handle(walk, themes)


def _going(walk: Walk, subject: Mention, item: Item) -> Item:
    """The verb of who sets out or passes by: people walk, round things and cars roll."""
    verb: Verb = "slide"
    if is_person(walk, [subject]):
        verb = "walk"
    elif walk.scribe.noun(subject) in _ROLLERS:
        verb = "roll"
    root = Root(kind="motion", verb=verb)
    return Item(kind="verb", text=item.text, start=item.start, end=item.end, root=root)


KINDS: Mapping[Kind, Callable[[Walk, Item, bool], None]] = {
    "motion": _motion, "handle": _handle, "contact": _contact, "topple": _topple,
    "place": _place, "contain": _contain, "cover": _cover, "result": _result, "meet": _meet,
    "wear": _wear, "exist": _other, "be": _other, "other": _other,
}  # fmt: skip
"""Kind of verb → what takes it up, given whether an object follows."""
