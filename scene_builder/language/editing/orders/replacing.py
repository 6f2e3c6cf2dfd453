"""Orders that put one thing in another's place: "swap the bottle for a red candle"."""

import re

from scene_builder.language.editing.orders.counting import set_amount
from scene_builder.language.editing.sheet import Sheet
from scene_builder.language.editing.words.clauses import Clause
from scene_builder.language.editing.words.references import Reference, reference_at
from scene_builder.language.editing.words.script import Script
from scene_builder.language.phrases.chunks import chunks_of
from scene_builder.language.phrases.counting import Chunk
from scene_builder.language.phrases.tokens import tokens_of
from scene_builder.model.errors import PromptError

_WITH = re.compile(r"\b(?:with|by|for|into|to|against)\b")
_COLORS = re.compile(r"\bcolou?rs\b")


def replace(sheet: Sheet, clause: Clause, script: Script) -> bool:
    """Read "the bottle for a candle", the clause after its order."""
    if _COLORS.search(script.text):
        return _swap_colors(sheet, clause, script)
    found = reference_at(tokens_of(script.text), 0, sheet)
    if found is None:
        return False
    tokens = tokens_of(script.text)
    rest = script.part(tokens[found.after - 1].end)
    joint = _WITH.search(rest.text)
    return joint is not None and become(sheet, clause, found, rest.part(joint.end()))


def substitute(sheet: Sheet, clause: Clause, script: Script) -> bool:
    """Read "a candle for the bottle", the clause after its order."""
    joint = re.search(r"\bfor\b", script.text)
    if joint is None:
        return replace(sheet, clause, script)
    after = script.part(joint.end())
    found = reference_at(tokens_of(after.text), 0, sheet)
    return found is not None and become(sheet, clause, found, script.part(0, joint.start()))


def become(sheet: Sheet, clause: Clause, found: Reference, script: Script) -> bool:
    """Put what `script` names in the place of the things that were found.

    Raises:
        PromptError: If only some of a group are meant.
    """
    chunks = chunks_of(script.text)
    if not chunks or not found.refs:
        return False
    if found.part is not None and found.part < sheet.entity(found.refs[0])["count"]:
        raise PromptError(
            f"{sheet.entity(found.refs[0])['count']} {found.refs[0]} are one group; take some "
            "away and add other things instead"
        )
    for ref in found.refs:
        _become(sheet, ref, chunks[0], script)
    return True


def _become(sheet: Sheet, ref: str, chunk: Chunk, script: Script) -> None:
    entity = sheet.entity(ref)
    words = script.words(chunk.start, chunk.end)
    changed = entity["noun"] != chunk.noun
    sheet.rename(entity, chunk.noun, words)
    for name in ("color", "material", "size"):
        said = getattr(chunk, name)
        if said is not None:
            sheet.set(entity, name, said[0], script.words(said[1], said[2]))
        elif changed:
            sheet.set(entity, name, None, words)
    if changed:
        sheet.set(entity, "mass_kg", None, words)
        sheet.set(entity, "text", "", words)
    exact = chunk.counted is not None or not chunk.several
    if chunk.count is not None and exact and chunk.count != entity["count"]:
        set_amount(sheet, entity, chunk.count, words)
    sheet.name(entity["id"])


def _swap_colors(sheet: Sheet, clause: Clause, script: Script) -> bool:
    tokens = tokens_of(script.text)
    refs: list[str] = []
    k = 0
    while k < len(tokens):
        found = reference_at(tokens, k, sheet)
        refs += found.refs if found else []
        k = found.after if found else k + 1
    if not refs:
        colored = [entity for entity in sheet.entities if entity["color"]]
        refs = [entity["id"] for entity in colored]
    if len(set(refs)) != 2:  # noqa: PLR2004 - two change places
        return False
    one, other = (sheet.entity(ref) for ref in dict.fromkeys(refs))
    first, second = one["color"], other["color"]
    sheet.set(one, "color", second, clause.words())
    sheet.set(other, "color", first, clause.words())
    return True
