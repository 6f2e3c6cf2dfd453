"""How the film is to look: "in watercolor", "pencil sketch of", "documentary style"."""

import re

from scene_builder.knowledge.words import scenery
from scene_builder.knowledge.words.closed import listed
from scene_builder.knowledge.words.film import STYLE_IDIOMS
from scene_builder.language.phrases.wordings import Facts, blank, take

_KINDS = (r"style|styled|look|aesthetic|painting|drawing|animation|video|film|render|rendering|art|"
          r"sketch|cartoon|illustration|movie|short")  # fmt: skip
_BEFORE = r"(?:in\s+(?:the\s+style\s+of\s+)?(?:an?\s+|the\s+)?|as\s+an?\s+|an?\s+)?"
_AFTER = rf"(?:[\s-]+(?:{_KINDS}))*"
_ALONE = frozenset({"realistic", "lifelike", "comic", "oils", "sketch", "cartoon", "toon", "noir",
                    "cinematic", "anime", "manga", "documentary", "impressionist", "crayon",
                    "commercial", "clay", "minimalist", "surreal", "abstract", "gothic", "vintage",
                    "retro", "charcoal", "origami", "stop motion", "stop-motion"})  # fmt: skip
_NAMED = re.compile(
    r"(?:,|\.|;|:|^|\bin)\s*(?:(?:an?|the)\s+)?(?P<name>[a-z-]+(?:\s+[a-z-]+)?)[\s-]+"
    r"(?:style|look|aesthetic)\b(?:\s+(?:animation|video|film))?"
)


_NO_STYLE = listed(
    """
    the same this different and or in of a an make makes it while we us they between to have has let
    with as when where keep give look looks looking look style more much own new certain my his her
    its their our your every no any
    """
)
_IDIOMS = tuple(
    (style, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])")) for style, pattern in STYLE_IDIOMS
)


def take_style(facts: Facts) -> None:
    """Take the style out of `facts.rest`, into `facts.style`."""
    for style, pattern in _IDIOMS:
        match = pattern.search(facts.rest)
        if match is not None and facts.style is None:
            facts.style = style
            take(facts, "look.style", match)
    for style, wordings in scenery.STYLES.items():
        for wording in sorted(wordings, key=len, reverse=True):
            _known(facts, style, wording)
    named = _NAMED.search(facts.rest) if facts.style is None else None
    if named is not None and _NO_STYLE.isdisjoint(named["name"].split()):
        facts.style = named["name"]
        take(facts, "look.style", named)


def _known(facts: Facts, style: str, wording: str) -> None:
    pattern = rf"(?<![\w-]){_BEFORE}{re.escape(wording)}{_AFTER}(?![\w-])(?:\s+of(?=\s))?"
    match = re.search(pattern, facts.rest)
    if match is None or not _is_style(facts.rest, match, wording):
        return
    if facts.style is None:
        facts.style = style
        take(facts, "look.style", match)
    else:
        blank(facts, match.start(), match.end())


def _is_style(text: str, match: re.Match[str], wording: str) -> bool:
    if wording not in _ALONE or re.search(
        rf"(?:{_KINDS})(?:\s+of)?$", match[0].replace(wording, "")
    ):
        return True
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    opens = not before and match[0].endswith(" of")
    return opens or ((not before or before[-1] in ",.;:") and (not after or after[0] in ",.;:"))
