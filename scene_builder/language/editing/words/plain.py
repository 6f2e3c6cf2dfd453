"""A clause of an edit as a plain statement: "it should not fall" is "the ball does not fall"."""

import re
from collections.abc import Sequence
from functools import cache

from scene_builder.knowledge.words.nouns import is_plural, plural
from scene_builder.knowledge.words.qualities import COLOR_PHRASES
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.knowledge.words.verbs import FORMS, verb_form
from scene_builder.language.editing.sheet import Sheet
from scene_builder.language.editing.words.clauses import is_base
from scene_builder.language.editing.words.references import entities_called, reference_at
from scene_builder.language.editing.words.script import Script, joined, put_in
from scene_builder.language.phrases.tokens import Token, tokens_of

_PRONOUNS = frozenset({"it", "itself", "they", "them", "themselves", "one", "ones"})
_NO_MORE = re.compile(r"\bno longer\b|\bnot\b(?=.*\b(?:any ?more|any longer)\b)")
_ANYMORE = re.compile(r"\bany ?more\b|\bany longer\b")
_MODAL = re.compile(
    r"\b(should|must|shall|will|can|may|might|ought to|needs to|need to)(n't| not| never|not)?\b"
)
_TO_DO = re.compile(r"\b(not )?to (not )?(\w+)")
_COMPARES = ("only", "just", "exactly", "at least", "at most", "no more than", "no fewer than")


def plain_clause(sheet: Sheet, script: Script) -> Script:
    """Return a clause as a plain statement: modals and pronouns spelled out."""
    clause = script
    for match in reversed(list(_NO_MORE.finditer(clause.text))):
        clause = clause.part(0, match.start()) + put_in("not") + clause.part(match.end())
    for match in reversed(list(_ANYMORE.finditer(clause.text))):
        clause = clause.without(*match.span())
    for match in reversed(list(_MODAL.finditer(clause.text))):
        no = put_in("does not" if match[2] else "")
        clause = clause.part(0, match.start()) + no + clause.part(match.end())
    for match in reversed(list(_TO_DO.finditer(clause.text))):
        if is_base(match[3]):
            no = put_in("does not " if match[1] or match[2] else "")
            clause = clause.part(0, match.start()) + no + clause.part(match.start(3))
    return _inflected(_named(sheet, _counted(sheet, clause)))


def name_of(sheet: Sheet, ref: str, *, several: bool) -> str:
    """Return the words by which the listing names an entity."""
    entity = sheet.entity(ref)
    same = [e for e in sheet.entities if e["noun"] == entity["noun"]]
    color = color_word(entity["color"]) if len(same) > 1 else ""
    noun = plural(entity["noun"]) if several or entity["count"] > 1 else entity["noun"]
    return f"{color} {noun}".strip()


@cache
def color_word(color: str | None) -> str:
    """Return a word that a reader takes for a colour, or nothing."""
    words = [word for word, value in COLOR_PHRASES.items() if value == color]
    return min(words, key=lambda word: (" " in word, len(word)), default="")


def _counted(sheet: Sheet, clause: Script) -> Script:
    """Write "two of the cups" for "two cups" where the scene has more of them."""
    tokens = tokens_of(clause.text)
    for k in range(len(tokens) - 1, 0, -1):
        number = number_from_word(tokens[k - 1].text)
        following = tokens[k].text
        if number is None or following == "of" or not following.isalpha():
            continue
        found = [e for e in entities_called(following, sheet) if e["count"] > number]
        compared = any(clause.text[: tokens[k - 1].start].rstrip().endswith(c) for c in _COMPARES)
        if found and (compared or is_plural(following) or k > 1):
            end = tokens[k].end
            name = name_of(sheet, found[-1]["id"], several=True)
            clause = (
                clause.part(0, tokens[k - 1].end) + put_in(" of the ") + _instead_of(
                    clause, tokens[k], name) + clause.part(end)
            )  # fmt: skip
    return clause


def _named(sheet: Sheet, clause: Script) -> Script:
    """Put nouns in the place of pronouns, and the listing's words in the place of the edit's."""
    tokens = tokens_of(clause.text)
    parts: list[Script] = []
    subjects: list[str] = []
    at, k = 0, 0
    while k < len(tokens):
        found = _spoken_of(tokens, k, sheet, subjects)
        if found is None:
            k += 1
            continue
        first, refs, after = found
        several = len(refs) == 1 and sheet.entity(refs[0])["count"] > 1
        names = " and ".join(f"the {name_of(sheet, ref, several=several)}" for ref in refs)
        spread = _spread(clause, tokens, first, after, names)
        parts += [clause.part(at, tokens[first].start), spread]
        sheet.name(*refs)
        subjects += refs if first <= 1 else []
        at, k = tokens[after - 1].end, after
    return joined([*parts, clause.part(at)])


def _spoken_of(
    tokens: list[Token], k: int, sheet: Sheet, subjects: Sequence[str]
) -> tuple[int, list[str], int] | None:
    """Return the first and the last token of a definite mention at `k`, and whom it means."""
    word = tokens[k].text
    definite = word in {"the", "this", "that", "these", "those", "both", "all", *_PRONOUNS}
    if not definite or word in {"one", "ones"}:
        return None
    if k > 0 and word == "that" and (k + 1 == len(tokens) or _is_verb(tokens[k + 1])):
        return None
    found = reference_at(tokens, k, sheet, besides=subjects)
    if found is None or word == "all":
        return None
    return k, found.refs, found.after


def _is_verb(token: Token) -> bool:
    return token.text in FORMS or token.text in {"is", "are", "was", "were"}


def _spread(clause: Script, tokens: list[Token], first: int, after: int, text: str) -> Script:
    """Return `text`, as if it had come from these tokens."""
    origins = clause.origins[tokens[first].start : tokens[after - 1].end]
    spread = tuple(origins[min(k * len(origins) // len(text), len(origins) - 1)]
                   for k in range(len(text)))  # fmt: skip
    return Script(text, spread)


def _instead_of(clause: Script, token: Token, text: str) -> Script:
    last = token.end - 1
    return Script(text, tuple(clause.origins[min(token.start + k, last)]
                              for k in range(len(text))))  # fmt: skip


def _inflected(clause: Script) -> Script:
    """Write "the ball rolls" for "the ball roll": nouns and verbs look alike otherwise."""
    tokens = tokens_of(clause.text)
    for k in range(len(tokens) - 1, 0, -1):
        base, form = FORMS.get(tokens[k].text, ("", "third"))
        before = tokens[k - 1].text
        if tokens[k].text == "be":
            said = "are" if is_plural(before) else "is"
        elif form == "base" and before not in {"to", "a", "an", "the", "not", "does"}:
            subject = is_plural(before)
            said = tokens[k].text if subject else verb_form(base, "third")
        else:
            continue
        clause = (
            clause.part(0, tokens[k].start)
            + _instead_of(clause, tokens[k], said)
            + clause.part(tokens[k].end)
        )
    return clause
