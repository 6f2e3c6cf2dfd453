"""What a new clause says, laid over what the scene says already."""

import copy
from collections.abc import Sequence

from scene_builder.language.editing.patching.applying import Item
from scene_builder.language.editing.sheet import Sheet, Words
from scene_builder.language.editing.words.telling import Told
from scene_builder.language.mending.completion import completed

SUPPORTS = frozenset({"on", "inside", "under", "above", "attached_to", "hanging_from", "against"})
SIDES = frozenset({"left_of", "right_of", "in_front_of", "behind", "beside", "near", "between",
                   "around"})  # fmt: skip
_ENDS_OF = {"bounce": "bounces"}
_AGAINST: dict[str, frozenset[str]] = {
    "avoids": frozenset({"touches", "knocks_over", "lands_on", "lands_in"}),
    "touches": frozenset({"avoids"}),
    "knocks_over": frozenset({"avoids"}),
    "lands_on": frozenset({"avoids", "lands_in", "falls_off"}),
    "lands_in": frozenset({"avoids", "lands_on"}),
    "stays_on": frozenset({"falls_off"}),
    "falls_off": frozenset({"stays_on"}),
    "moves": frozenset({"comes_to_rest"}),
}
"""Outcomes that a new one takes the place of."""


def state(
    sheet: Sheet, said: Told, words: Words, *, too: bool = False, moved: bool = False
) -> bool:
    """Lay the statements of a clause over those of the sheet.

    Args:
        sheet: The scene so far.
        said: What the clause says.
        words: Where the clause stands.
        too: Whether it says "as well": nothing is replaced.
        moved: Whether relations say where something is put, and no longer is.

    Returns:
        Whether anything came of it.
    """
    _stay_on(sheet, said)
    for entity in said.entities:
        sheet.add("entities", entity, said.where.get(id(entity), words))
        sheet.name(entity["id"])
    fresh: dict[str, list[Item]] = {"relations": [], "actions": [], "outcomes": []}
    for relation in said.relations:
        _relate(sheet, relation, said.where.get(id(relation), words), fresh, said, moved=moved)
    struck = _ends(sheet, said, words, fresh)
    for action in said.actions:
        if action["verb"] == "fall" and action["actor"] in struck:
            continue
        _act(sheet, action, said.where.get(id(action), words), fresh, too=too)
    _implied(sheet, fresh, words, {entity["id"] for entity in said.entities})
    return bool(said)


def put(sheet: Sheet, relation: Item, words: Words) -> Item | None:
    """Change where something stands; return the relation if it is a new one."""
    own = [
        r for r in sheet.document["relations"]
        if r["subject"] == relation["subject"] and r["predicate"] in SUPPORTS | SIDES
    ]  # fmt: skip
    if any(r["predicate"] == relation["predicate"] and r["object"] == relation["object"]
           for r in own):  # fmt: skip
        return None
    support = relation["predicate"] in SUPPORTS
    family = SUPPORTS if support else SIDES
    same = [r for r in own if r["object"] == relation["object"]]
    same = same or [r for r in own if r["predicate"] in family]
    same = same or (own if support else [])
    if not support:
        _no_longer_beside(sheet, relation, words)
    if not same:
        return sheet.add("relations", relation, words)
    if same[0]["predicate"] == relation["predicate"] == "on":
        _falls_off_the_new(sheet, same[0], relation["object"], words)
    sheet.set(same[0], "predicate", relation["predicate"], words)
    sheet.set(same[0], "object", list(relation["object"]), words)
    return None


def _no_longer_beside(sheet: Sheet, relation: Item, words: Words) -> None:
    """What the other thing's place was, seen from what is put elsewhere, no longer holds."""
    for have in list(sheet.document["relations"]):
        turned = [have["subject"]] == relation["object"]
        if turned and have["object"] == [relation["subject"]] and have["predicate"] in SIDES:
            sheet.remove("relations", have, words)


def _falls_off_the_new(sheet: Sheet, old: Item, objects: Sequence[str], words: Words) -> None:
    """What fell off its old support falls off the new one."""
    for outcome in sheet.document["outcomes"]:
        mine = outcome["subject"] == old["subject"] and [outcome["object"]] == old["object"]
        if mine and outcome["predicate"] in ("falls_off", "stays_on"):
            sheet.set(outcome, "object", objects[0], words)


def _stay_on(sheet: Sheet, said: Told) -> None:
    """Of something that moves, "stays on the table" says how it ends."""
    movers = {a["actor"] for a in sheet.document["actions"] if a["verb"] != "stay"}
    for action in list(said.actions):
        if action["verb"] != "stay" or action["actor"] not in movers:
            continue
        said.actions.remove(action)
        for relation in list(said.relations):
            if relation["subject"] == action["actor"] and relation["predicate"] == "on":
                said.relations.remove(relation)
                said.outcomes.append({"predicate": "stays_on", "subject": action["actor"],
                                      "object": relation["object"][0]})  # fmt: skip


def _relate(
    sheet: Sheet, relation: Item, words: Words, fresh: dict[str, list[Item]], said: Told,
    *, moved: bool,
) -> None:  # fmt: skip
    have = [
        r for r in sheet.document["relations"]
        if all(r[key] == relation[key] for key in ("subject", "predicate", "object"))
    ]  # fmt: skip
    only_place = said.negated and not said.actions and not said.outcomes
    if only_place:
        for one in have:
            sheet.take_from(one, words)
    elif not have and moved:
        added = put(sheet, relation, words)
        fresh["relations"] += [added] if added else []
    elif not have:
        fresh["relations"].append(sheet.add("relations", relation, words))


def _ends(sheet: Sheet, said: Told, words: Words, fresh: dict[str, list[Item]]) -> set[str]:
    """Lay new outcomes over the old; return whose falling is part of an old one."""
    struck: set[str] = set()
    clause = words
    for outcome in said.outcomes:
        words = said.where.get(id(outcome), clause)
        if outcome.get("negated") is False:
            outcome.pop("negated")
        if _no_longer_there(sheet, outcome, words):
            continue
        same = _same_end(sheet, outcome)
        if same is not None:
            struck.add(outcome.get("object") or outcome["subject"])
            struck.add(outcome["subject"])
            _counted_anew(sheet, same, outcome, words)
            continue
        rivals = _rivals(sheet, outcome)
        if rivals:
            _instead(sheet, rivals, outcome, words)
            continue
        fresh["outcomes"].append(sheet.add("outcomes", outcome, words))
    return struck


def _no_longer_there(sheet: Sheet, outcome: Item, words: Words) -> bool:
    """Read "is not on the table" of what stands there: it stands somewhere else."""
    if outcome["predicate"] != "touches" or not outcome.get("negated"):
        return False
    held = [
        r for r in sheet.document["relations"]
        if r["subject"] == outcome["subject"] and r["predicate"] in ("on", "inside")
        and r["object"] == [outcome.get("object")]
    ]  # fmt: skip
    for relation in held:
        sheet.take_from(relation, words)
    return bool(held)


def _same_end(sheet: Sheet, outcome: Item) -> Item | None:
    for have in sheet.document["outcomes"]:
        keys = ("predicate", "subject", "object")
        if all(have.get(key) == outcome.get(key) for key in keys):
            return have  # type: ignore[no-any-return]
    if outcome["predicate"] == "falls":
        for have in sheet.document["outcomes"]:
            if have["predicate"] == "knocks_over" and have["object"] == outcome["subject"]:
                return have  # type: ignore[no-any-return]
    return None


def _counted_anew(sheet: Sheet, have: Item, outcome: Item, words: Words) -> None:
    negated = bool(outcome.get("negated"))
    sheet.set(have, "negated", negated, words)
    if negated:
        sheet.set(have, "count", None, words)
        sheet.set(have, "compare", "exactly", words)
    elif outcome.get("count") is not None:
        sheet.set(have, "count", outcome["count"], words)
        sheet.set(have, "compare", outcome.get("compare", "exactly"), words)


def _rivals(sheet: Sheet, outcome: Item) -> list[Item]:
    """Return the outcomes that cannot come true together with a new one."""
    against = frozenset() if outcome.get("negated") else _AGAINST.get(
        outcome["predicate"], frozenset())  # fmt: skip
    return [
        have for have in sheet.document["outcomes"]
        if have["predicate"] in against
        and have["subject"] == outcome["subject"]
        and (have["object"] == outcome.get("object") or outcome["predicate"] == "stays_on"
             or {have["predicate"], outcome["predicate"]} <= {"lands_on", "lands_in"})
    ]  # fmt: skip


def _instead(sheet: Sheet, rivals: Sequence[Item], outcome: Item, words: Words) -> None:
    first, *others = rivals
    fields = {"object": None, "count": None, "compare": "exactly", "negated": False} | outcome
    for name in ("predicate", "object", "count", "compare", "negated"):
        sheet.set(first, name, fields[name], words)
    for other in others:
        sheet.remove("outcomes", other, words)
    if outcome["predicate"] == "stays_on":
        for action in sheet.document["actions"]:
            if action["actor"] == outcome["subject"] and action["direction"] == "off":
                sheet.set(action, "direction", None, words)


def _act(
    sheet: Sheet, action: Item, words: Words, fresh: dict[str, list[Item]], *, too: bool
) -> None:
    own = [a for a in sheet.document["actions"] if a["actor"] == action["actor"]]
    same = [a for a in own if a["verb"] == action["verb"]]
    if not same and not too:
        same = [a for a in own if a["verb"] != "stay"][-1:] or own[-1:]
    if not same:
        fresh["actions"].append(sheet.add("actions", {**action, "after": None}, words))
        return
    have, before = same[0], same[0]["verb"]
    for name, value in action.items():
        if name != "actor" and value is not None:
            sheet.set(have, name, value, words)
    if before in _ENDS_OF and have["verb"] != before:
        for outcome in list(sheet.document["outcomes"]):
            alone = outcome["subject"] == have["actor"] and outcome["object"] is None
            if alone and outcome["predicate"] == _ENDS_OF[before]:
                sheet.remove("outcomes", outcome, words)
    if have["verb"] == "stay":
        sheet.set(have, "target", None, words)


def _implied(sheet: Sheet, fresh: dict[str, list[Item]], words: Words, newcomers: set[str]) -> None:
    """Add what the new statements imply, as the ordinary reader does; nothing old is touched."""
    copies = {part: [copy.deepcopy(item) for item in items] for part, items in fresh.items()}
    relations = copy.deepcopy(sheet.document["relations"])
    document = {
        "entities": copy.deepcopy(sheet.document["entities"]), "relations": relations,
        "actions": list(copies["actions"]), "outcomes": list(copies["outcomes"]),
    }  # fmt: skip
    quiet = {**copy.deepcopy(document), "actions": [], "outcomes": []}
    for one in quiet["relations"]:
        if one in copies["relations"]:
            one["predicate"] = "facing"
    count = len(relations)
    completed(quiet)
    sheet.assumptions += completed(document)
    for part in ("actions", "outcomes"):
        for item, done in zip(fresh[part], copies[part], strict=True):
            for name in item:
                if name != "after":
                    sheet.set(item, name, done.get(name, item[name]), words)
    for relation in document["relations"][count:]:
        if relation not in quiet["relations"] and relation["subject"] in newcomers:
            sheet.add("relations", relation, words)
    _implied_ends(sheet, document["outcomes"], copies["outcomes"], words)


def _implied_ends(sheet: Sheet, found: Sequence[Item], known: Sequence[Item], words: Words) -> None:
    for outcome in found:
        if any(outcome is one for one in known):
            continue
        said = [
            o for o in sheet.document["outcomes"]
            if o["subject"] == outcome["subject"] and o["predicate"] in ("falls_off", "stays_on")
        ]  # fmt: skip
        if not said:
            sheet.add("outcomes", {**outcome, "after": None}, words)
