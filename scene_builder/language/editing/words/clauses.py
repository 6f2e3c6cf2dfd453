"""An edit as a row of clauses, each one order: "make … , and let …"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.editing.words.script import Script
from scene_builder.language.phrases.tokens import Token, tokens_of

ORDERS = frozenset(
    """
    make turn paint color colour dye tint change replace swap exchange substitute add insert include
    put place move set stand lay hang position lean attach hide remove delete erase take get lose
    let have give use keep double halve no without introduce
    """.split()  # noqa: SIM905 - a list of words reads better than a list of strings
)
"""Words that an order begins with."""

LETTING = frozenset({"let", "have"})
MODALS = frozenset(
    {"should", "must", "shall", "will", "can", "may", "might", "shouldn't", "mustn't", "won't",
     "can't", "cannot", "ought", "needs", "need"}
)  # fmt: skip
PREDICATES = MODALS | {
    "is", "are", "has", "weighs", "weigh", "comes", "come", "isn't", "aren't", "does", "doesn't",
    "don't", "was", "were", "becomes", "gets", "stays", "looks",
}  # fmt: skip
_DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "all", "both",
                          "another", "each", "every", "it", "they", "them", "one"})  # fmt: skip
_ALSO_MOTIONS = frozenset({"turn", "move", "stand", "lean", "drop", "swing"})
_SENTENCE = re.compile(r"[;!?\n]+|\.(?!\d)")
_CONNECTED = re.compile(r",|\band\b|\bbut\b|\bthen\b|\bplus\b")
_POLITE = re.compile(
    r"^[\s,]*(?:(?:please|now|then|also|and|but|so|ok|okay|just|next|finally|hey|well|"
    r"(?:can|could|would) you|i(?:'d| would) (?:like|prefer|love)|i (?:want|need|wish|think)|"
    r"we (?:want|need)|you (?:to|should|must)|to (?=make|see|have|change|add|remove|see)|"
    r"see (?=the|a|an|more|less|\d)|that|make sure(?: that)?|it should be that)\b[\s,]*)+"
)
_DISMISSED = (
    re.compile(r"\b(?:instead of|rather than|and not|but not)\s+(?P<what>[^,;]*?)"
               rf"(?=\s*(?:[,;]|$|\band\s+(?:{'|'.join(sorted(ORDERS))})\b))"),
    re.compile(r",\s*not\s+(?P<what>[^,;]+)"),
    re.compile(r"\bnot\s+(?P<what>[^,;]*?)\s+but\b"),
)  # fmt: skip
_INSTEAD = re.compile(r"\binstead\b")
_TOO = re.compile(r"\b(?:as well|also|additionally|in addition)\b|\btoo\s*(?=$|,)")
_LATER = re.compile(r"\b(?:afterwards?|then)\b|\bafter\s+(?=it|that|the|they)")
_AHEAD = 6


@dataclass(slots=True, kw_only=True)
class Clause:
    """One order.

    Attributes:
        script: Its words.
        instead: Whether it says "instead".
        too: Whether it says "as well".
        later: Whether it says what comes after the rest.
        dismissed: What it names after "instead of".
    """

    script: Script
    instead: bool = False
    too: bool = False
    later: bool = False
    dismissed: list[Script] = field(default_factory=list)

    @property
    def tokens(self) -> list[Token]:
        """Its words and marks."""
        return tokens_of(self.script.text)

    def words(self) -> tuple[int, int]:
        """Return where the clause stands in the edit."""
        return self.script.words()


def clauses_of(script: Script) -> list[Clause]:
    """Return the orders of an edit, in order."""
    found: list[Clause] = []
    for sentence in _cut(script, _SENTENCE):
        clause = Clause(script=sentence)
        for pattern in _DISMISSED:
            _dismiss(clause, pattern)
        pieces = _pieces(clause.script)
        for k, piece in enumerate(pieces):
            own = clause.dismissed if k == len(pieces) - 1 else []
            one = Clause(script=piece, dismissed=own, instead=bool(own))
            found.append(_flagged(one))
    return [clause for clause in found if any(t.text[0].isalnum() for t in clause.tokens)]


def without_dismissed(script: Script) -> Script:
    """Return the words with "instead of …" blanked out: what they name is not wanted."""
    for pattern in (*_DISMISSED, _INSTEAD):
        for match in pattern.finditer(script.text):
            script = script.without(*match.span())
    return script


def is_base(word: str) -> bool:
    """Whether a word is a verb in its base form."""
    return word in FORMS and FORMS[word][1] == "base"


def _cut(script: Script, pattern: re.Pattern[str]) -> list[Script]:
    parts, start = [], 0
    for match in pattern.finditer(script.text):
        parts.append(script.part(start, match.start()))
        start = match.end()
    return [*parts, script.part(start)]


def _dismiss(clause: Clause, pattern: re.Pattern[str]) -> None:
    match = pattern.search(clause.script.text)
    while match is not None:
        clause.dismissed.append(clause.script.part(match.start("what"), match.end("what")))
        clause.script = clause.script.without(*match.span())
        match = pattern.search(clause.script.text)


def _flagged(clause: Clause) -> Clause:
    polite = _POLITE.match(clause.script.text)
    if polite:
        clause.script = clause.script.without(*polite.span())
    for pattern, name in ((_INSTEAD, "instead"), (_TOO, "too")):
        for match in pattern.finditer(clause.script.text):
            clause.script = clause.script.without(*match.span())
            setattr(clause, name, True)
    clause.later = bool(_LATER.search(clause.script.text))
    clause.too = clause.too or clause.later
    return clause


def _pieces(script: Script) -> list[Script]:
    """Split a sentence where another order begins."""
    parts, start = [], 0
    for match in _CONNECTED.finditer(script.text):
        before = tokens_of(script.text[start : match.start()])
        after = tokens_of(script.text[match.end() :])
        if match.start() < start or not before or not after:
            continue
        if _begins(after, _manner(before)):
            parts.append(script.part(start, match.start()))
            start = match.end()
    return [*parts, script.part(start)]


def _manner(tokens: Sequence[Token]) -> str:
    words = [token.text for token in tokens]
    if words[0] in {"add", "insert", "include", "put"} or words[0] == "there":
        return "add"
    if words[0] in LETTING or MODALS & set(words):
        return "let"
    return ""


def _begins(tokens: Sequence[Token], manner: str) -> bool:
    """Whether a new order begins at these tokens."""
    k = 0
    while k < len(tokens) - 1 and tokens[k].text in {
        "then", "also", "please", "now", "just", "and", ",", "but", "next", "finally",
    }:  # fmt: skip
        k += 1
    word = tokens[k].text
    following = tokens[k + 1].text if k + 1 < len(tokens) else ""
    takes_object = following in _DETERMINERS or number_from_word(following) is not None
    if word in ORDERS:
        return takes_object or not (manner and word in _ALSO_MOTIONS)
    if is_base(word) and takes_object and not manner:
        return True
    if word in {"there", "only", "i"}:
        return True
    return _is_subject(tokens[k:], manner)


def _is_subject(tokens: Sequence[Token], manner: str) -> bool:
    """Whether a noun phrase with its own predicate begins here."""
    first = tokens[0].text
    if first not in _DETERMINERS and number_from_word(first) is None:
        return False
    for token in tokens[1:_AHEAD]:
        if token.text in PREDICATES:
            return True
        if manner == "let" and FORMS.get(token.text, ("", ""))[1] in {"base", "third"}:
            return first == "the"
        if token.text in {"and", ",", "that", "which", "to", "on", "in"}:
            return False
    return False
