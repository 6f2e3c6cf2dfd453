"""Words that things bear, in Chinese: `写着「停」的牌子`, `牌子上写着「停」`, `字母A、B和C`."""

import re
from typing import Any

from scene_builder.language.chinese.walking.scribe import Scribe
from scene_builder.language.mending.bearing import MOST_LETTERS, spelled_out
from scene_builder.language.phrases.closed.written import APART, unquoted
from scene_builder.language.phrases.wordings import Facts, Written, blank

_QUOTED = r'(?:"[^"]{1,60}"|“[^”]{1,60}”|「[^」]{1,60}」|『[^』]{1,60}』|《[^》]{1,60}》)'
_LOUD = r"[A-Z0-9][A-Za-z0-9'’&!?-]*(?: [A-Z0-9][A-Za-z0-9'’&!?-]*)*"
_SAID = rf"(?P<said>{_QUOTED}|{_LOUD})"
_TAIL = r"(?:字样|(?:这|那)?[一二两三四五六七八几]个(?:大)?字|的字)?"
_BEARING = re.compile(
    rf"(?:的?(?:上面|上|正面|侧面))?(?:都|也)?(?:写|印|刻|标|涂|画|贴|绣)(?:着|有|了|上了?)"
    rf"[:：]?\s*{_SAID}{_TAIL}(?P<of>的)?"
)
_STANDING = re.compile(rf"(?P<head>立体(?:文)?字母?|字母|单词)\s*(?P<said>{_QUOTED}|{_LOUD})")
_SERIES = re.compile(
    r"(?P<head>(?:立体)?字母)\s*(?P<said>[A-Z0-9](?:\s*(?:、|,|，|和|与|及)\s*[A-Z0-9])+)"
)
_GLYPH = re.compile(r"[A-Z0-9]")


def take_written(facts: Facts, text: str) -> None:
    """Note what things bear, and blank it.

    Args:
        facts: The closed wordings found so far; its rest has every letter at its place.
        text: The prompt in narrow letters as it was written: capitals tell words from wording.
    """
    for pattern in (_SERIES, _STANDING, _BEARING):
        for match in pattern.finditer(text):
            start, end = match.span("said")
            if facts.rest[start:end].isspace():
                continue
            said, first = unquoted(match["said"]), match.start()
            if pattern is _SERIES:
                said = APART.join(_GLYPH.findall(match["said"]))
            if pattern is _BEARING:
                side = "after" if match["of"] else "before"
                near = match.end() if match["of"] else first
            else:
                side, near, first = "self", match.end("head"), start
            facts.written.append(Written(said, start, end, side, near))  # type: ignore[arg-type]
            blank(facts, first, match.end())


def attach_written(scribe: Scribe, written: list[Written]) -> None:
    """Write the words that things bear into their entities, with the evidence for it."""
    places = [e for e in scribe.evidence if e.field == "noun"]
    for said in written:
        if said.side == "after":
            near = [e for e in places if e.where[0] >= said.near]
        else:
            near = [e for e in reversed(places) if e.where[1] <= said.near]
        bearer = next((e.part for e in near if not e.part.get("text")), None)
        if bearer is None:
            continue
        bearer["text"] = said.text[:MOST_LETTERS]
        scribe.note_words(bearer, (said.start, said.end))
        if said.side == "self" and bearer["noun"] == "block letter":
            _stand(scribe, bearer)


def _stand(scribe: Scribe, bearer: dict[str, Any]) -> None:
    row = spelled_out(bearer, scribe.draft.relations)
    if row is not None:
        scribe.draft.relations.append(row)
