"""Orders that say where something is: "put the cup under the table"."""

import re

from scene_builder.language.editing.orders.adding import add
from scene_builder.language.editing.orders.stating import SUPPORTS, state
from scene_builder.language.editing.sheet import Sheet
from scene_builder.language.editing.words.clauses import Clause
from scene_builder.language.editing.words.references import reference_at
from scene_builder.language.editing.words.script import Script, put_in
from scene_builder.language.editing.words.telling import told
from scene_builder.language.phrases.tokens import tokens_of

_HANGING = frozenset({"hang"})
_FIXING = frozenset({"attach", "stick", "glue", "tie", "fix"})
_GROUND = re.compile(r"^\s*(?:down\s+)?on\s+the\s+(?:floor|ground)\s*$")
_STATIC = {"into": "inside", "onto": "on", "upon": "on", "in": "inside", "to": ""}
_MOVED = re.compile(r"\b(into|onto|upon)\b")
_TO_PLACE = re.compile(r"\bto\s+(?=(?:under|behind|on|inside|in|beside|next|near)\b)")


def place(sheet: Sheet, clause: Clause, script: Script, verb: str) -> bool:
    """Put what the clause after its order names where it says; bring it in if it is new."""
    script = _at_rest(script)
    tokens = tokens_of(script.text)
    found = reference_at(tokens, 0, sheet)
    if found is None:
        return add(sheet, clause, script)
    at = tokens[found.after - 1].end
    be = " are" if found.plural else " is"
    be += " hanging" if verb in _HANGING else " attached" if verb in _FIXING else ""
    rest = script.part(at)
    if not any(token.text.isalpha() for token in tokens_of(rest.text)):
        return False
    if _GROUND.search(rest.text):
        return _on_the_ground(sheet, clause, found.refs)
    said = told(sheet, script.part(0, at) + put_in(be) + rest)
    said.actions = []
    sheet.name(*found.refs)
    return bool(said.relations) and state(sheet, said, clause.words(), moved=True)


def _on_the_ground(sheet: Sheet, clause: Clause, refs: list[str]) -> bool:
    """What nothing carries stands on the ground."""
    sheet.name(*refs)
    for said in list(sheet.document["relations"]):
        if said["subject"] in refs and said["predicate"] in SUPPORTS:
            sheet.take_from(said, clause.words())
    return True


def _at_rest(script: Script) -> Script:
    """Write where it then is for where it goes: "into" becomes "inside"."""
    for match in reversed(list(_MOVED.finditer(script.text))):
        word = put_in(_STATIC[match[1]])
        script = script.part(0, match.start()) + word + script.part(match.end())
    for match in reversed(list(_TO_PLACE.finditer(script.text))):
        script = script.part(0, match.start()) + script.part(match.end())
    return script
