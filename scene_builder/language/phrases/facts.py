"""Stated facts with closed wordings: place, light, style, camera, length, gravity."""

import re

from scene_builder.knowledge.words import scenery
from scene_builder.knowledge.words.nouns import FURNITURE, singular
from scene_builder.knowledge.words.quantities import (
    TIME_UNITS_SECS,
    quantity_pattern,
    quantity_value,
)
from scene_builder.language.phrases.camera import camera_cues
from scene_builder.language.phrases.wordings import Facts, blank, take

_IN = r"(?:in|inside|at|on|through|across|along|over|onto|into|down)"
_THE = r"(?:(?:the middle of |the corner of )?(?:a|an|the|some)\s+)?(?:\w+\s+)?"
_FURNISHINGS = FURNITURE | {
    "chair",
    "armchair",
    "door",
    "window",
    "floor",
    "sink",
    "drawer",
    "lamp",
}
_STYLE_BEFORE = r"(?:in\s+(?:the\s+style\s+of\s+)?(?:an?\s+|the\s+)?|as\s+an?\s+)?"
_STYLE_AFTER = r"(?:[\s-]+(?:style|styled|look|painting|drawing|animation|video|film|render|art))?"
_STYLE_ALONE = frozenset({"realistic", "lifelike", "comic", "oils", "sketch", "cartoon", "toon",
                          "noir", "cinematic", "anime", "manga"})  # fmt: skip
_OPENING = re.compile(
    r"\s*(?P<lead>(?:(?:show|imagine|create|make|render|generate|film)\s+(?:me\s+)?|here\s+|"
    r"suddenly,?\s+|video:\s+)?(?:(?:a|an|the)\s+(?:short\s+)?)?)"
    r"(?P<look>(?:[\w-]+\s+)?)(?P<kind>\b(?:video|clip|scene|film|movie|animation|image|picture))"
    r"(?P<link>\s+(?:of|with|where|in which|that shows|showing)\b)"
)
_SECONDS = quantity_pattern(TIME_UNITS_SECS)
_WHOLE = r"(?<![\w-])(?:{})(?![\w-])"


def stated_facts(prompt: str) -> Facts:
    """Return what the closed wordings of `prompt` say, and the text without them."""
    facts = Facts(rest=prompt.lower().replace("’", "'"))
    if len(facts.rest) != len(prompt):  # a few letters grow when lowered
        facts.rest = "".join(c.lower() if len(c.lower()) == 1 else c for c in prompt)
    _unserved(facts)
    camera_cues(facts)
    _style(facts)
    _duration(facts)
    _opening(facts)
    _gravity(facts)
    _phrases(facts, "time_of_day", scenery.TIMES)
    _phrases(facts, "weather", scenery.WEATHERS)
    _grounds(facts)
    _places(facts)
    moods = re.search(_WHOLE.format("|".join(scenery.MOODS)), facts.rest)
    facts.mood = moods[0] if moods else ""
    return facts


def _unserved(facts: Facts) -> None:
    for pattern, said in scenery.NOT_SERVED.items():
        match = re.search(rf"\b(?:in |with )?(?:{pattern})\b", facts.rest)
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


def _style(facts: Facts) -> None:
    for style, wordings in scenery.STYLES.items():
        for wording in sorted(wordings, key=len, reverse=True):
            core = re.escape(wording)
            pattern = rf"(?<![\w-]){_STYLE_BEFORE}{core}{_STYLE_AFTER}(?![\w-])(?:\s+of(?=\s))?"
            match = re.search(pattern, facts.rest)
            if match is None or not _is_style(facts.rest, match, wording):
                continue
            if facts.style is None:
                facts.style = style
                take(facts, "look.style", match)
            else:
                blank(facts, match.start(), match.end())


def _is_style(text: str, match: re.Match[str], wording: str) -> bool:
    if wording not in _STYLE_ALONE or re.search(_STYLE_AFTER[:-1] + r"\b", match[0]):
        named = re.search(
            r"(style|styled|look|painting|drawing|animation|video|film|render|art)", match[0]
        )
        if wording not in _STYLE_ALONE or named:
            return True
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return (not before or before[-1] in ",.;:") and (not after or after[0] in ",.;:")


def _duration(facts: Facts) -> None:
    for match in _SECONDS.finditer(facts.rest):
        before = facts.rest[: match.start()].rstrip()
        after = facts.rest[match.end() :].lstrip()
        stated = re.search(
            r"\b(for|lasting|lasts|last|length|duration|over)( of)?( about)?$", before
        )
        clip = re.match(r"(long|clip|video|film|shot|movie|scene)\b", after)
        alone = (not before or before[-1] in ",.;:") and (not after or after[0] in ",.;:")
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


def _gravity(facts: Facts) -> None:
    number = re.search(r"gravity (?:of|is|at) (\d+(?:\.\d+)?)(?:\s*m/s(?:\^?2|²))?", facts.rest)
    if number:
        facts.setting["gravity"] = float(number[1])
        take(facts, "setting.gravity", number)
        return
    for gravity, wordings in scenery.GRAVITIES.items():
        match = re.search(_WHOLE.format("|".join(map(re.escape, wordings))), facts.rest)
        if match:
            facts.setting["gravity"] = gravity
            facts.spans.append(("setting.gravity", match.start(), match.end()))
            if gravity != "zero":
                facts.setting["place"] = gravity
            if "space" not in match[0]:
                blank(facts, match.start(), match.end())


def _phrases(facts: Facts, key: str, table: dict[str, tuple[str, ...]]) -> None:
    for value, wordings in table.items():
        ordered = sorted(wordings, key=len, reverse=True)
        pattern = r"(?:under an? |with an? )?" + _WHOLE.format("|".join(map(re.escape, ordered)))
        match = re.search(pattern, facts.rest)
        if match:
            facts.setting.setdefault(key, value)
            take(facts, f"setting.{key}", match)


def _grounds(facts: Facts) -> None:
    for ground, wordings in scenery.GROUNDS.items():
        ordered = "|".join(map(re.escape, sorted(wordings, key=len, reverse=True)))
        match = re.search(
            rf"\b{_IN}\s+(?:a|an|the|some|green|smooth)?\s*(?:{ordered})(?![\w-])", facts.rest
        )
        if match and not re.match(
            r"\s*(?:cube|block|sculpture|statue|castle)", facts.rest[match.end() :]
        ):
            facts.setting["ground"] = ground
            facts.spans.append(("setting.ground", match.start(), match.end()))
            return


def _places(facts: Facts) -> None:
    for place, wordings in scenery.PLACES.items():
        ordered = "|".join(map(re.escape, sorted(wordings, key=len, reverse=True)))
        pattern = rf"\b{_IN}\s+{_THE}(?:{ordered})(?![\w-])"
        for match in re.finditer(pattern, facts.rest):
            after = re.match(r"\s+([a-z]+(?:\s[a-z]+)?)", facts.rest[match.end() :])
            if after is None or not _stands_in_room(after[1]):
                facts.setting.setdefault("place", place)
                take(facts, "setting.place", match)
                break
    for match in re.finditer(
        rf"\b(?:{'|'.join(scenery.ROOM_ADJECTIVES)})(?=\s+([a-z]+))", facts.rest
    ):
        if _stands_in_room(match[1]):
            place = next((p for p, w in scenery.PLACES.items() if match[0] in w), match[0])
            facts.setting.setdefault("place", place)
            take(facts, "setting.place", match)


def _stands_in_room(words: str) -> bool:
    """Whether what follows "kitchen" is a thing that stands there, such as a table."""
    return any(singular(word) in _FURNISHINGS for word in (words, words.split(" ", maxsplit=1)[0]))
