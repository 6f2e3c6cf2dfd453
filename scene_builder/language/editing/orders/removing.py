"""Orders that take things away: "remove the candle", "no bench", "one chair less"."""

import re

from scene_builder.knowledge.words.nouns import is_plural
from scene_builder.language.editing.orders.counting import amount_at, set_amount
from scene_builder.language.editing.sheet import Sheet
from scene_builder.language.editing.words.clauses import Clause
from scene_builder.language.editing.words.references import Reference, reference_at
from scene_builder.language.editing.words.script import Script
from scene_builder.language.phrases.tokens import Token, tokens_of

_BUT = re.compile(r"\ball but\b|\b(?:all|everything) except(?: for)?\b|\beverything but\b")
_JOINTS = frozenset({"and", ",", "or", "away", "out", "off", "please", "from", "scene", "picture",
                     "the", "any", "more", "at", "all", "completely", "altogether"})  # fmt: skip


def remove(sheet: Sheet, clause: Clause, script: Script) -> bool:
    """Take away what `script`, the clause after its order, names."""
    tokens = [token for token in tokens_of(script.text) if token.text != "any"]
    if _BUT.search(script.text):
        return _all_but(sheet, clause, script)
    k, removed = 0, False
    while k < len(tokens):
        amount = amount_at(tokens, k, sheet)
        found = None if amount else reference_at(tokens, k, sheet) or _bare(tokens, k, sheet)
        if amount is not None:
            count = amount.entity["count"] - abs(amount.number)
            words = script.words(tokens[k].start, tokens[amount.after - 1].end)
            set_amount(sheet, amount.entity, count, words)
            k, removed = amount.after, True
        elif found is not None:
            _take(sheet, found, script.words(*found.words))
            k, removed = found.after, True
        elif tokens[k].text in _JOINTS:
            k += 1
        else:
            return removed
    return removed


def _take(sheet: Sheet, found: Reference, words: tuple[int, int]) -> None:
    for ref in found.refs:
        entity = sheet.entity(ref)
        if found.part is not None:
            set_amount(sheet, entity, entity["count"] - found.part, words)
        else:
            sheet.remove_entity(entity, words)


def _bare(tokens: list[Token], k: int, sheet: Sheet) -> Reference | None:
    """Read a noun without an article, as in "no bench"."""
    the = Token("the", tokens[k].start, tokens[k].start)
    found = reference_at([*tokens[:k], the, *tokens[k:]], k, sheet)
    if found is None:
        return None
    found.after -= 1
    return found


def _all_but(sheet: Sheet, clause: Clause, script: Script) -> bool:
    """Keep as many as "all but two cups" says."""
    match = _BUT.search(script.text)
    assert match is not None
    tokens = tokens_of(script.text)
    at = next((k for k, t in enumerate(tokens) if t.start >= match.end()), len(tokens))
    amount = amount_at(tokens, at, sheet)
    if amount is not None:
        set_amount(sheet, amount.entity, amount.number, clause.words())
        return True
    found = reference_at(tokens, at, sheet)
    if found is None or is_plural(tokens[at].text):
        return False
    for entity in list(sheet.entities):
        if entity["id"] not in found.refs:
            sheet.remove_entity(entity, clause.words())
    return True
