"""Words that things bear: "a sign that says HELLO", "the 3D word DREAM", "the letters A and B"."""

import re
from dataclasses import dataclass
from typing import Literal

from scene_builder.knowledge.words.nouns import NOUNS, SYNONYMS, singular
from scene_builder.knowledge.words.people import ACTING
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.phrases.tokens import STOPS
from scene_builder.language.phrases.wordings import Facts, Written, blank

SIGNS = frozenset(
    {"sign", "board", "billboard", "banner", "poster", "placard", "signpost", "label", "plaque",
     "whiteboard", "blackboard", "chalkboard", "noticeboard", "nameplate", "marquee", "scoreboard"}
)  # fmt: skip
"""Things that are there to be read: words that are said of something are theirs first."""

APART = " | "
"""Between the words of the individuals of one entity."""

_QUOTED = (
    r'"[^"]{1,120}"|“[^”]{1,120}”|‘[^’]{1,120}’|「[^」]{1,60}」|『[^』]{1,60}』|«[^»]{1,120}»'
    r"|(?<!\w)'(?=\S)[^'\"]{1,80}(?:'\w[^'\"]{0,60})?(?<=\S)'(?!\w)"
)
_LOUD = r"(?-i:[A-Z0-9][\w'’&?!%-]*(?: (?:[A-Z0-9][\w'’&?!%-]*|&))*)"
"""A run of words that begin with capitals."""
_GLYPH = r"(?-i:[A-Z0-9](?![\w']))"
_ONE = rf"(?:{_QUOTED}|{_GLYPH})"
_SERIES = rf"{_ONE}(?:(?:,? and |, |-| ){_ONE})+"
_SAID = rf"(?P<said>{_SERIES}|{_QUOTED}|{_LOUD})"
_NAMED = (
    r"(?:(?:the |a |an )?(?:words?|texts?|letters?|names?|message|phrase|slogan|number|title)\s+)"
)
_VERB = (
    r"(?:says?|reads?|saying|reading|spells?|spelling|labell?ed|marked|inscribed|engraved|lettered|"
    r"stamped|stencill?ed|entitled|titled|(?:printed|painted|written|decorated|emblazoned) with)"
)
_PLACED = (
    r"(?:\s+(?:is |are )?(?:written|printed|painted|carved|engraved|piped))?"
    r"\s+(?:on|across|in|into)\s+"
    r"(?:it|them|top|the (?:front|side|top|label|cover|lid|icing|frosting)|"
    r"its (?:front|side|top|label|cover|lid|back))(?: of it)?\b"
)
_WRITTEN = (
    r"\s+(?:is |are |was |were )?(?:written|printed|painted|carved|engraved|stencill?ed|scrawled)"
    r"\s+(?:in \w+ (?:letters )?)?(?:on|onto|across|into|in)\s+(?=(?:the|a|an|his|her|its)\b)"
)
_BEFORE = re.compile(
    rf"(?P<lead>,?\s*(?:(?:that|which|who|and)\s+)?(?:(?:is|are|it)\s+)?\b(?P<verb>{_VERB})"
    rf"(?:\s+(?:with|as))?[:,]?\s+{_NAMED}?){_SAID}(?:{_PLACED})?",
    re.IGNORECASE,
)
_WITH = re.compile(
    rf"\b(?:with|bearing|showing|displaying)\s+(?:{_NAMED}(?P<said>{_QUOTED}|{_LOUD})(?:{_PLACED})?"
    rf"|(?P<quoted>{_QUOTED}){_PLACED})",
    re.IGNORECASE,
)
_ON = re.compile(rf"{_NAMED}?(?P<said>{_QUOTED}|{_LOUD}){_WRITTEN}", re.IGNORECASE)
_STANDING = re.compile(
    rf"(?P<big>(?:3-?d|three-dimensional)\s+)?\b(?P<head>word|text|lettering)\s+(?:of\s+)?"
    rf"(?P<said>{_QUOTED}|{_LOUD})",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    rf"\b(?:3-?d\s+)?(?P<head>letters?|numbers?)\s+(?P<link>(?:that |which )?(?:spell(?:s|ing)?|"
    rf"say(?:s|ing)?|read(?:s|ing)?|forming)\s+(?:out\s+)?{_NAMED}?)?(?P<said>{_SERIES}|"
    rf"{_QUOTED}|{_LOUD})",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"(?P<said>{_QUOTED}|(?-i:[A-Z]{{2,}}))\s+(?=(?P<noun>[a-z]+)\b)")
_PLAIN = re.compile(
    r"(?P<lead>\b(?:(?:that|which)\s+)?(?:says?|reads?|saying|reading)\s+)"
    r"(?P<said>[a-z][\w']*(?: [a-z][\w']*)*)",
    re.IGNORECASE,
)
_MARKED = re.compile(rf"{_QUOTED}|{_GLYPH}")
_MOST_PLAIN = 4
"""Most words without capitals or quotes that a sign says."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """A way to say what a thing bears: how it looks, where its thing stands, what is left of it."""

    pattern: re.Pattern[str]
    side: Literal["before", "after", "self"]
    loud: bool = True


_WORDINGS = (
    _Wording(_ON, "after"), _Wording(_WITH, "before"), _Wording(_LETTERS, "self"),
    _Wording(_STANDING, "self"), _Wording(_BEFORE, "before"), _Wording(_TITLE, "after"),
    _Wording(_PLAIN, "before", loud=False),
)  # fmt: skip


def take_written(facts: Facts, prompt: str) -> None:
    """Note what things bear, and blank it; what persons say stays where it is.

    Args:
        facts: The closed wordings found so far; its rest has every letter of the prompt at its
            place.
        prompt: The prompt as it was written: quotes and capitals tell words from wording.
    """
    text = prompt if any(c.islower() for c in prompt) else prompt.lower()
    for wording in _WORDINGS:
        for match in list(wording.pattern.finditer(text)):
            found = _found(text, wording, match)
            if found is None:
                continue
            said, cuts = found
            if said is not None:
                facts.written.append(said)
            for start, end in cuts:
                blank(facts, start, end)
                text = text[:start] + " " * (end - start) + text[end:]
            _renamed(facts, wording, match)
            _parted(facts, cuts)


def _renamed(facts: Facts, wording: _Wording, match: re.Match[str]) -> None:
    """Call what stands for itself by the names that the tables know."""
    if wording.side != "self":
        return
    start, end = match.span("head")
    several = "s" if match["head"].lower().endswith("s") else ""
    name = "letter" + several if wording.pattern is _LETTERS else "word"
    facts.rest = facts.rest[:start] + name.ljust(end - start) + facts.rest[end:]


def _parted(facts: Facts, cuts: list[tuple[int, int]]) -> None:
    """Keep a noun and a verb apart that are one noun side by side: "a cake … stands"."""
    start, end = cuts[0]
    before = re.search(r"([a-z]+) *$", facts.rest[:start])
    after = re.match(r" *([a-z]+)\b", facts.rest[end:])
    joined = f"{before[1]} {singular(after[1])}" if before and after else ""
    if joined in NOUNS or joined in SYNONYMS:
        facts.rest = facts.rest[: start + 1] + "that".ljust(end - start - 1) + facts.rest[end:]


def unquoted(said: str) -> str:
    """Return words without their quotes."""
    said = said.strip()
    return (said if said[0].isalnum() else said[1:-1].strip()).rstrip(",;:")


def _found(
    text: str, wording: _Wording, match: re.Match[str]
) -> tuple[Written | None, list[tuple[int, int]]] | None:
    """Return what a match says is written, and which letters go; None where it says no such.

    Of what persons say aloud the words go, and nothing bears them.
    """
    group = "quoted" if match.groupdict().get("quoted") else "said"
    start, end = match.span(group)
    if match[group].strip() != text[start:end].strip() or not text[start:end].strip():
        return None
    cuts = [match.span()]
    if wording.pattern is _PLAIN:
        end = _plain_end(text, start, end)
        cuts = [(match.start(), end)]
        if end == start:
            return None
    if wording.side == "before" and not _bears(text, match, loud=wording.loud):
        spoken = not text[start].isalnum()
        return (None, [(start, end)]) if spoken else None
    if wording.pattern is _TITLE and not _titled(match):
        return None
    if wording.side == "self":
        head = match.span("head")
        cuts = [(head[1], match.end()), (match.start(), head[0])]
    said = Written(_plain(text[start:end]), start, end, wording.side, near=_side(wording, match))
    return said, cuts


def _side(wording: _Wording, match: re.Match[str]) -> int:
    """Return where the noun of what bears the words is looked for."""
    if wording.side == "after":
        return match.end()
    return match.end() if wording.side == "self" else match.start()


def _bears(text: str, match: re.Match[str], *, loud: bool) -> bool:
    """Whether what stands before a match can bear words: no person does, unless it is marked."""
    before = re.findall(r"[a-z][a-z'-]*", text[: match.start()].lower())[-8:]
    named = [singular(word) for word in before]
    near = next((noun for noun in reversed(named) if noun in NOUNS or noun in ACTING), "")
    if not loud:
        return near in SIGNS
    if near in ACTING and not SIGNS & set(named):
        return False
    return bool(near) or bool(SIGNS & set(named))


def _titled(match: re.Match[str]) -> bool:
    """Whether a title stands before the thing that bears it: "a 'Happy Birthday' cake"."""
    noun, said = singular(match["noun"].lower()), match["said"]
    quoted = not said[0].isalnum()
    if noun in ACTING or noun not in NOUNS | SIGNS:
        return False
    return quoted or (noun in SIGNS and f"{said.lower()} {noun}" not in NOUNS)


def _plain_end(text: str, start: int, end: int) -> int:
    """Return where words without capitals or quotes end: before a preposition, at most four on."""
    at, taken = start, start
    for count, word in enumerate(text[start:end].split(" ")):
        form = FORMS[word.lower()][1] if word.lower() in FORMS else ""
        done = word.lower() in STOPS - _SPOKEN or (count and form == "third")
        if count == _MOST_PLAIN or done:
            break
        at += len(word) + bool(count)
        taken = at
    rest = text[taken:].lstrip()
    follows = re.split(r"[\s.,;:!]", rest)[0].lower()
    whole = not follows or follows in STOPS or (follows in FORMS and FORMS[follows][1] == "third")
    return taken if whole else start


_SPOKEN = frozenset({"no", "up", "down", "this", "out", "not", "left", "right", "next"})
"""Closed words that signs say, too."""


def _plain(said: str) -> str:
    """Return what is written without its quotes; of a series, the parts apart."""
    parts = _MARKED.findall(said)
    if len(parts) > 1 and re.fullmatch(_SERIES, said):
        return APART.join(unquoted(part) for part in parts)
    return unquoted(said)
