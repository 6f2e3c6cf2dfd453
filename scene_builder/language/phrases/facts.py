"""Stated facts with closed wordings: place, light, style, camera, length, gravity."""

import re

from scene_builder.knowledge.words import scenery
from scene_builder.knowledge.words.quantities import (
    TIME_UNITS_SECS,
    quantity_pattern,
    quantity_value,
)
from scene_builder.language.phrases.closed.camera import camera_cues
from scene_builder.language.phrases.closed.settings import take_setting
from scene_builder.language.phrases.closed.style import take_style
from scene_builder.language.phrases.closed.written import take_written
from scene_builder.language.phrases.wordings import Facts, blank

_OPENING = re.compile(
    r"\s*(?P<lead>(?:(?:show|imagine|create|make|render|generate|film)\s+(?:me\s+)?|here\s+|"
    r"suddenly,?\s+|video:\s+)?(?:(?:a|an|the)\s+(?:short\s+)?)?)"
    r"(?P<look>(?:[\w-]+\s+)?)(?P<kind>\b(?:video|clip|scene|film|movie|animation|image|picture))"
    r"(?P<link>\s+(?:of|with|where|in which|that shows|showing)\b)"
)
_SECONDS = quantity_pattern(TIME_UNITS_SECS)
_NO_LENGTH = re.compile(r"\b(?:nothing happens|waits?|pauses?|rests?|hovers?)\s+for$")
_COLORED = re.compile(
    r"\b(brightly|differently|variously|vividly|rainbow|multi|different|many) (?=colou?red\b)"
)
"""Two words that say that things have many colours: read as one, at the same letters."""
_TO_PIECES = re.compile(
    r"\b(?:(?P<s>smashes|breaks|bursts|shatters|cracks|flies|falls)|(?P<ed>smashed|broke|broken|"
    r"shattered|flew|fell)|(?P<ing>smashing|breaking|shattering)|(?:smash|break|burst|shatter))"
    r" (?:in)?to (?:an? )?(?:(?:thousands?|millions?|hundreds?|many|little|tiny|small|countless|"
    r"several|of) )*(?:pieces|bits|smithereens|shards|fragments)\b"
)
"""Wordings that say that a thing shatters: its pieces are no things that were there before."""
_TO_RUNNING = re.compile(
    r"\b(?:(?P<s>breaks)|(?P<ed>broke|broken)|(?P<ing>breaking)|break)"
    r" into an? (?:run|sprint|jog|gallop|trot|dash)\b"
)
"""Wordings that say that somebody runs: nothing breaks."""
_CRADLE = re.compile(r"\bnewton'?s?\s+cradles?\b")
_CRADLE_BALLS = re.compile(
    r"(?<=cradle )(?:with|of|that has|which has|made of) (?:its )?(?:[a-z0-9]+ ){0,3}?"
    r"(?:balls|spheres|marbles|bobs)\b"
)
_ITS_BALLS = re.compile(r"\b(?:its|the) (?:[a-z]+ )?(?:balls|spheres|bobs)\b")
"""The balls of a Newton's cradle are part of it, and no things beside it."""
_ALL_OTHERS = re.compile(r"\ball (?:of )?(?=the (?:others|other ones|rest|remaining)\b)")
_WHOLE = r"(?<![\w-])(?:{})(?![\w-])"


def stated_facts(prompt: str) -> Facts:
    """Return what the closed wordings of `prompt` say, and the text without them."""
    facts = Facts(rest=prompt.lower().replace("’", "'"))
    if len(facts.rest) != len(prompt):  # a few letters grow when lowered
        facts.rest = "".join(c.lower() if len(c.lower()) == 1 else c for c in prompt)
    take_written(facts, prompt)
    if _CRADLE.search(facts.rest):
        facts.rest = _CRADLE_BALLS.sub(lambda match: " " * len(match[0]), facts.rest)
        facts.rest = _ITS_BALLS.sub(lambda match: "it".ljust(len(match[0])), facts.rest)
    facts.rest = _TO_PIECES.sub(_shattered, facts.rest)
    facts.rest = _TO_RUNNING.sub(_running, facts.rest)
    facts.rest = _ALL_OTHERS.sub(lambda match: " " * len(match[0]), facts.rest)
    facts.rest = _COLORED.sub(r"\1-", facts.rest)
    _unserved(facts)
    camera_cues(facts)
    take_style(facts)
    _duration(facts)
    _opening(facts)
    take_setting(facts)
    moods = re.search(_WHOLE.format("|".join(scenery.MOODS)), facts.rest)
    facts.mood = moods[0] if moods else ""
    return facts


def _shattered(match: re.Match[str]) -> str:
    """The same said with one verb, the letters behind it at their places."""
    ending = next((form for form in ("s", "ed", "ing") if match[form]), "")
    return f"shatter{ending}".ljust(len(match[0]))


def _running(match: re.Match[str]) -> str:
    forms = {"s": "runs", "ed": "ran", "ing": "running"}
    said = next((word for form, word in forms.items() if match[form]), "run")
    return said.ljust(len(match[0]))


def _unserved(facts: Facts) -> None:
    for pattern, said in scenery.NOT_SERVED.items():
        match = re.search(rf"\b(?:in |with )?(?:an? |the )?(?:{pattern})\b", facts.rest)
        if match:
            facts.not_served.append(f"{match[0]!r} was passed over: {said}")
            blank(facts, match.start(), match.end())


def _opening(facts: Facts) -> None:
    """Blank "A short video of" and the like; style and camera words in it stay."""
    match = _OPENING.match(facts.rest)
    if match:
        for group in ("lead", "kind", "link"):
            if match[group]:
                blank(facts, match.start(group), match.end(group))


def _duration(facts: Facts) -> None:
    for match in _SECONDS.finditer(facts.rest):
        before = facts.rest[: match.start()].rstrip()
        after = facts.rest[match.end() :].lstrip()
        stated = re.search(
            r"\b(for|lasting|lasts|last|length|duration|over|runs|runs for|takes|running)( of)?"
            r"( about| around| roughly)?$",
            before,
        )
        clip = re.match(
            r"(long|clip|video|film|shot|movie|scene|or so\b|in all\b|in total|"
            r"altogether|of (?:film|video|footage|a|an|the|two|three))\b",
            after,
        )
        if match[1].lower() in {"a", "an"} or _NO_LENGTH.search(before):
            continue
        bare = re.sub(r"\b(about|around|roughly|approximately)$", "", before).rstrip()
        alone = (not bare or bare[-1] in ",.;:") and (not after or after[0] in ",.;:")
        if stated or clip or alone:
            facts.duration_secs = quantity_value(
                match[1].lower(), match[2].lower(), TIME_UNITS_SECS
            )
            start = stated.start() if stated else match.start()
            facts.spans.append(("duration_secs", match.start(), match.end()))
            blank(
                facts, start, match.end() + (len(clip[0]) + 1 if clip and clip[0] == "long" else 0)
            )
            return
