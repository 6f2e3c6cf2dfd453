"""Orders that bring things in: "add a bottle on the table", "another cup", "two more"."""

import re

from scene_builder.language.editing.orders.counting import Amount, amount_at, set_amount
from scene_builder.language.editing.orders.stating import state
from scene_builder.language.editing.sheet import Sheet, Words
from scene_builder.language.editing.words.clauses import Clause
from scene_builder.language.editing.words.script import Script
from scene_builder.language.editing.words.telling import told
from scene_builder.language.phrases.tokens import tokens_of

_SIDE = re.compile(
    r"\b(?:on|to|at)\s+(?:the|its|their)\s+(left|right)(?:\s+(?:hand\s+)?side)?(?:\s+of it)?\s*$"
    r"|\b(in front|behind|beside|next to|near|on the side)(?:\s+(?:of\s+)?it)?\s*$"
)
_SIDES = {"left": "left_of", "right": "right_of", "in front": "in_front_of", "behind": "behind",
          "beside": "beside", "next to": "beside", "near": "near",
          "on the side": "beside"}  # fmt: skip
_COPIED = ("color", "material", "size", "mass_kg", "mobility", "text")


def add(sheet: Sheet, clause: Clause, script: Script) -> bool:
    """Bring in what `script`, the clause after its order, names."""
    tokens = tokens_of(script.text)
    amount = amount_at(tokens, 0, sheet)
    words = clause.words()
    if amount is not None and not amount.described:
        side = _SIDE.search(script.text)
        rest = tokens[amount.after :]
        if not rest:
            count = amount.number if amount.number > 0 else 1
            set_amount(sheet, amount.entity, amount.entity["count"] + count, words)
            return True
        if side is not None and tokens[amount.after].start >= side.start():
            _beside_its_like(sheet, amount, side, words)
            return True
    return state(sheet, told(sheet, script, lead="there is "), words)


def there_are(sheet: Sheet, clause: Clause, script: Script) -> bool:
    """Have as many as `script`, the clause after "there are", says: more, or as many in all."""
    tokens = [t for t in tokens_of(script.text) if t.text not in {"only", "just", "exactly"}]
    amount = amount_at(tokens, 0, sheet)
    if amount is None or amount.described or amount.after < len(tokens):
        return add(sheet, clause, script)
    if amount.exact or amount.change:
        count = amount.number + (amount.entity["count"] if amount.change else 0)
        set_amount(sheet, amount.entity, count, clause.words())
        return True
    return add(sheet, clause, script)


def _beside_its_like(sheet: Sheet, amount: Amount, side: re.Match[str], words: Words) -> None:
    """Put one more of what is there at its side: another thing, which looks the same."""
    like = amount.entity
    ref = sheet.free_id(like["noun"])
    fields = {name: like[name] for name in _COPIED}
    count = max(amount.number, 1)
    sheet.add("entities", {"id": ref, "noun": like["noun"], "count": count, **fields}, words)
    predicate = _SIDES[side[1] or side[2]]
    sheet.add("relations", {"subject": ref, "predicate": predicate, "object": [like["id"]]}, words)
    for said in list(sheet.document["relations"]):
        if said["subject"] == like["id"] and said["predicate"] in ("on", "inside"):
            sheet.add("relations", {**said, "subject": ref}, words)
    sheet.assumptions.append(
        f"the new {like['noun']} is taken to look like the one that is there, and to stand where "
        "it stands"
    )
    sheet.name(ref)
