"""Orders about what things are like: "make the ball blue", "the table is made of glass"."""

from collections.abc import Sequence

from scene_builder.knowledge.words.nouns import NOUNS, singular
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.knowledge.words.scenery import GROUND_NOUNS
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.editing.orders.counting import amount_at, set_amount
from scene_builder.language.editing.orders.replacing import become
from scene_builder.language.editing.sheet import Sheet
from scene_builder.language.editing.words.clauses import Clause
from scene_builder.language.editing.words.looks import dress, looks_in
from scene_builder.language.editing.words.references import Reference, reference_at
from scene_builder.language.editing.words.script import Script
from scene_builder.language.phrases.quantities import stated_quantities
from scene_builder.language.phrases.tokens import Token, tokens_of
from scene_builder.model.errors import PromptError

_ATTRIBUTES = frozenset({"color", "colour", "colors", "colours", "size", "material", "speed",
                         "mass", "weight", "number", "height"})  # fmt: skip
_GROUNDS = frozenset({"floor", "ground"})


def dress_order(sheet: Sheet, clause: Clause, script: Script) -> bool:
    """Read "the ball blue", the clause after its order; or "the ball into a cube"."""
    tokens = _past_attribute(tokens_of(script.text))
    amount = amount_at(tokens, 0, sheet)
    if amount is not None and amount.exact and not amount.described:
        return _amount(sheet, script, tokens, 0)
    if _is_ground(tokens):
        return _ground(sheet, script, tokens)
    found = reference_at(tokens, 0, sheet)
    if found is None:
        return False
    return _each(sheet, clause, script, tokens, found)


def dress_reference(
    sheet: Sheet, clause: Clause, script: Script, tokens: list[Token], found: Reference
) -> bool:
    """Read what `tokens`, up to the end, say that the things found are like."""
    return _each(sheet, clause, script, tokens, found)


def _each(
    sheet: Sheet, clause: Clause, script: Script, tokens: list[Token], found: Reference
) -> bool:
    """Dress what was found; then what comes after "and": "the ball blue and the cup red"."""
    sheet.name(*found.refs)
    end, following = _next_thing(tokens, found.after, sheet)
    complement = tokens[found.after : end]
    read = _complement(sheet, clause, script, complement, found)
    if read and following is not None:
        return _each(sheet, clause, script, tokens, following)
    return read


def _complement(
    sheet: Sheet, clause: Clause, script: Script, tokens: list[Token], found: Reference
) -> bool:
    if not tokens:
        return False
    if len(tokens) > 1 and _amount(sheet, script, tokens, 0):
        return True
    start, end = tokens[0].start, tokens[-1].end
    if _is_thing(tokens):
        return become(sheet, clause, found, script.part(start, end))
    quantities, rest = stated_quantities(" " * start + script.text[start:end])
    looks = looks_in(tokens_of(rest), quantities)
    if looks.unread:
        thing = not any(token.text in FORMS for token in looks.unread)
        named = any(singular(token.text) in NOUNS for token in looks.unread)
        return thing and named and become(sheet, clause, found, script.part(start, end))
    if not looks:
        return False
    if found.part is not None and found.part < sheet.entity(found.refs[0])["count"]:
        noun, count = sheet.entity(found.refs[0])["noun"], sheet.entity(found.refs[0])["count"]
        raise PromptError(
            f"the {count} things called {noun!r} are one group and look alike; change all of "
            "them, or take some away and add others"
        )
    dress(sheet, found.refs, looks.placed(script))
    return True


def _is_thing(tokens: Sequence[Token]) -> bool:
    """Whether the words name another thing: "into a marble", not "marble"."""
    words = [token.text for token in tokens if token.text not in {"to", "into", "be", "become"}]
    if len(words) < 2 or singular(words[-1]) not in NOUNS:  # noqa: PLR2004 - article and noun
        return False
    return words[0] in {"a", "an"} or number_from_word(words[0]) is not None


def _past_attribute(tokens: list[Token]) -> list[Token]:
    """Leave out "the colour of" and the like."""
    words = [token.text for token in tokens[:3]]
    if len(words) > 2 and words[1] in _ATTRIBUTES and words[2] == "of":  # noqa: PLR2004
        return tokens[3:]
    if len(words) > 1 and words[0] in _ATTRIBUTES and words[1] == "of":
        return tokens[2:]
    return tokens


def _is_ground(tokens: Sequence[Token]) -> bool:
    words = [token.text for token in tokens[:2]]
    return bool(words) and (words[0] in _GROUNDS or (words[0] == "the" and words[-1] in _GROUNDS))


def _ground(sheet: Sheet, script: Script, tokens: Sequence[Token]) -> bool:
    after = 2 if tokens[0].text == "the" else 1
    rest = tokens[after:]
    looks = looks_in(list(rest))
    material = looks.fields.get("material")
    named = [token for token in looks.unread if token.text in GROUND_NOUNS]
    value = material[0] if material else named[0].text if named else None
    if value is None or len(looks.unread) > len(named):
        return False
    sheet.set(sheet.document["setting"], "ground", value, script.words(rest[0].start, rest[-1].end))
    return True


def _amount(sheet: Sheet, script: Script, tokens: Sequence[Token], k: int) -> bool:
    """Read "five cups" as all there is to say."""
    amount = amount_at(tokens, k, sheet)
    if amount is None or not amount.exact or amount.described or amount.after < len(tokens):
        return False
    count = amount.number + (amount.entity["count"] if amount.change else 0)
    set_amount(
        sheet, amount.entity, count, script.words(tokens[k].start, tokens[amount.after - 1].end)
    )
    return True


def _next_thing(tokens: Sequence[Token], k: int, sheet: Sheet) -> tuple[int, Reference | None]:
    """Return where the words about one thing end, and the thing that comes after "and"."""
    for at in range(k + 1, len(tokens)):
        if tokens[at].text not in {"and", ","}:
            continue
        start = at + 1 + (tokens[at + 1 : at + 2] != [] and tokens[at + 1].text == "and")
        found = reference_at(tokens, start, sheet) if start < len(tokens) else None
        if found is not None and tokens[start].text in {"the", "its", "this", "that", "both"}:
            return at, found
    return len(tokens), None
