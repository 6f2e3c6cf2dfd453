"""The rule editor: reads an edit order by order, with the word lists of the ordinary reader."""

import re
from collections.abc import Callable
from typing import final

from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.language.editing.editor import Editor
from scene_builder.language.editing.orders.adding import add, there_are
from scene_builder.language.editing.orders.counting import amount_at, set_amount
from scene_builder.language.editing.orders.dressing import dress_order
from scene_builder.language.editing.orders.placing import place
from scene_builder.language.editing.orders.removing import remove
from scene_builder.language.editing.orders.replacing import become, replace, substitute
from scene_builder.language.editing.orders.saying import say
from scene_builder.language.editing.patching.edit import Edit
from scene_builder.language.editing.sheet import Sheet, sheet_of
from scene_builder.language.editing.spoken import edit_of
from scene_builder.language.editing.words.clauses import ORDERS, Clause, clauses_of, is_base
from scene_builder.language.editing.words.looks import FILLING, dress, looks_in
from scene_builder.language.editing.words.references import entities_called, reference_at
from scene_builder.language.editing.words.scenery import SCENE_WORDS, edit_scenery, scenery_clause
from scene_builder.language.editing.words.script import Script, put_in, script_of
from scene_builder.language.editing.words.unknown import refuse_unknown
from scene_builder.language.phrases.tokens import tokens_of
from scene_builder.language.prompt import checked_prompt
from scene_builder.model.errors import PromptError
from scene_builder.model.graph import SceneGraph

Order = Callable[[Sheet, Clause, Script], bool]

_THERE = re.compile(r"^\s*there\s+(?:(?:should|must|shall|will|to)\s+)?(?:be|is|are)\b")
_NO = re.compile(r"^\s*(?:no|not any)\b")
_INTO_SCENE = re.compile(r"^\s*in\b(?=\s+(?:a|an|another|some|two|three|\d))")
_RID_OF = re.compile(r"^\s*rid of\b")
_AWAY = re.compile(r"\b(?:away|out|off)\b")
_LEFT_OVERS = SCENE_WORDS | FILLING | ORDERS
_ARTICLES = frozenset({"a", "an", "another", "some"})


@final
class RuleEditor(Editor):
    """Reads edits by rules alone, in milliseconds."""

    name = "rules"

    def edit(self, graph: SceneGraph, words: str) -> Edit:
        """Return what `words` change of `graph`.

        Raises:
            PromptError: If they name something that is not there, leave open which of several
                things they mean, or ask for nothing that can be changed.
            SceneError: If no valid scene comes of them.
        """
        text = checked_prompt(words)
        sheet = sheet_of(graph)
        script = edit_scenery(sheet, script_of(text))
        unread = [c for c in clauses_of(script) if not understood(sheet, c)]
        edit = edit_of(text, graph, sheet, editor=self.name)
        if not edit.patch:
            for clause in unread:
                refuse_unknown(sheet, clause.tokens)
            so_already = "changes nothing: it is so already"
            why = "says nothing that can be changed" if unread else so_already
            raise PromptError(
                f"the edit {_short(text)!r} {why}; say, for example: make the ball blue"
            )
        passed = [
            f"{_short(c.script.text.strip())!r} was not understood" for c in unread if _asks(c)
        ]
        return edit.model_copy(update={"not_served": (*edit.not_served, *passed)})


def understood(sheet: Sheet, clause: Clause) -> bool:
    """Do what a clause orders, on the sheet; return whether it was understood."""
    if scenery_clause(sheet, clause.script):
        return True
    tokens = clause.tokens
    head = tokens[0].text
    rest = clause.script.part(tokens[0].end)
    if clause.dismissed and head in {"use", "have", "show", "take", "with"}:
        old = reference_at(tokens_of(clause.dismissed[0].text), 0, sheet)
        if old is not None and become(sheet, clause, old, rest):
            return True
    if _THERE.match(clause.script.text):
        return _there(sheet, clause)
    for order in _ORDERS.get(head, ()):
        if order(sheet, clause, rest):
            return True
    return _plain(sheet, clause)


def _plain(sheet: Sheet, clause: Clause) -> bool:
    """Read a clause that begins with no order: "three blocks are enough", "the ball is red"."""
    tokens, script = clause.tokens, clause.script
    head = tokens[0].text
    after = 1 if head in {"only", "just"} else 0
    amount = amount_at(tokens, after, sheet)
    left = [t.text for t in tokens[amount.after :]] if amount else []
    if amount and amount.exact and set(left) <= {"are", "is", "enough", "now", "please", "instead"}:
        count = amount.number + (amount.entity["count"] if amount.change else 0)
        set_amount(sheet, amount.entity, count, clause.words())
        return True
    if is_base(head) or head in {"slow", "speed"}:
        return say(sheet, clause, script, ordered=True)
    if head in _ARTICLES or (number_from_word(head) is not None and tokens[1:2] != []
                             and tokens[1].text != "of"):  # fmt: skip
        return say(sheet, clause, script) or add(sheet, clause, script)
    return _names_known(sheet, clause) and say(sheet, clause, script)


def _names_known(sheet: Sheet, clause: Clause) -> bool:
    tokens = clause.tokens
    return any(reference_at(tokens, k, sheet) is not None for k in range(min(len(tokens), 6)))


def _there(sheet: Sheet, clause: Clause) -> bool:
    match = _THERE.match(clause.script.text)
    assert match is not None
    rest = clause.script.part(match.end())
    no = _NO.match(rest.text)
    if no is not None:
        return remove(sheet, clause, rest.part(no.end()))
    return there_are(sheet, clause, rest)


def _let(sheet: Sheet, clause: Clause, rest: Script) -> bool:
    return say(sheet, clause, rest)


def _ordered(sheet: Sheet, clause: Clause, rest: Script) -> bool:
    return say(sheet, clause, clause.script, ordered=True)


def _amount(sheet: Sheet, clause: Clause, rest: Script) -> bool:
    tokens = tokens_of(rest.text)
    start = 1 if tokens and tokens[0].text in {"only", "just"} else 0
    amount = amount_at(tokens, start, sheet)
    if amount is None or not amount.exact or amount.after < len(tokens):
        return False
    count = amount.number + (amount.entity["count"] if amount.change else 0)
    set_amount(sheet, amount.entity, count, clause.words())
    return True


def _use(sheet: Sheet, clause: Clause, rest: Script) -> bool:
    """Read "use a red ball", said of the ball that is there."""
    tokens = tokens_of(rest.text)
    amount = amount_at(tokens, 0, sheet)
    if amount is None or amount.change or amount.entity["count"] != amount.number:
        return False
    looks = looks_in(tokens[: amount.after])
    if not looks:
        return False
    dress(sheet, [amount.entity["id"]], looks.placed(rest))
    return True


def _put(sheet: Sheet, clause: Clause, rest: Script) -> bool:
    into = _INTO_SCENE.match(rest.text)
    if into is not None:
        return add(sheet, clause, rest.part(into.end()))
    return place(sheet, clause, rest, clause.tokens[0].text)


def _take(sheet: Sheet, clause: Clause, rest: Script) -> bool:
    away = _AWAY.search(rest.text)
    return away is not None and remove(sheet, clause, rest.without(*away.span()))


def _rid(sheet: Sheet, clause: Clause, rest: Script) -> bool:
    match = _RID_OF.match(rest.text)
    return match is not None and remove(sheet, clause, rest.part(match.end()))


def _keep(sheet: Sheet, clause: Clause, rest: Script) -> bool:
    tokens = tokens_of(rest.text)
    found = reference_at(tokens, 0, sheet)
    if found is None:
        return False
    at = tokens[found.after - 1].end
    verb = put_in(" stay" if found.plural else " stays")
    return say(sheet, clause, rest.part(0, at) + verb + rest.part(at))


def _multiply(sheet: Sheet, clause: Clause, rest: Script) -> bool:
    """Read "double the number of cups"."""
    factor = 2.0 if clause.tokens[0].text == "double" else 0.5
    start = re.match(r"\s*the (?:number|amount) of\b", rest.text)
    script = rest.part(start.end()) if start else rest
    tokens = tokens_of(script.text)
    found = reference_at(tokens, 0, sheet)
    plain = found is None and tokens and entities_called(tokens[0].text, sheet)
    refs = found.refs if found else [e["id"] for e in plain or []]
    for ref in refs:
        entity = sheet.entity(ref)
        set_amount(sheet, entity, max(1, round(entity["count"] * factor)), clause.words())
    return bool(refs)


def _asks(clause: Clause) -> bool:
    """Whether a clause holds more than what is left when a style or a place is taken out."""
    return any(token.text not in _LEFT_OVERS for token in clause.tokens)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004


_ORDERS: dict[str, tuple[Order, ...]] = {
    "make": (dress_order, _amount, _let), "get": (_rid, dress_order),
    "turn": (dress_order, _ordered), "paint": (dress_order,), "color": (dress_order,),
    "colour": (dress_order,), "dye": (dress_order,), "tint": (dress_order,),
    "change": (dress_order, replace), "set": (dress_order, _put), "give": (dress_order,),
    "replace": (replace,), "swap": (replace,), "exchange": (replace,), "switch": (replace,),
    "substitute": (substitute,), "add": (add,), "insert": (add,), "include": (add,),
    "introduce": (add,), "put": (_put,), "place": (_put,), "position": (_put,),
    "move": (_put, _ordered), "stand": (_put,), "lay": (_put,), "hang": (_put,), "lean": (_put,),
    "attach": (_put,), "hide": (_put,), "remove": (remove,), "delete": (remove,),
    "erase": (remove,), "lose": (remove,), "no": (remove,), "without": (remove,),
    "take": (_take,), "let": (_let,), "have": (_amount, _let, add),
    "use": (_amount, _use, dress_order),
    "keep": (_keep,), "double": (_multiply,), "halve": (_multiply,),
}  # fmt: skip
