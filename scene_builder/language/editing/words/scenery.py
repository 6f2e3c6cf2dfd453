"""Edits of the whole picture: place, time, weather, gravity, style, length and camera."""

import re
from typing import Any

from scene_builder.knowledge.words import scenery as known
from scene_builder.language.editing.sheet import Sheet, Words
from scene_builder.language.editing.words.clauses import without_dismissed
from scene_builder.language.editing.words.references import entities_called
from scene_builder.language.editing.words.script import Script, put_in
from scene_builder.language.phrases.facts import stated_facts
from scene_builder.language.phrases.tokens import Token, tokens_of

DEFAULT_SECS = 4.0
"""How long a film is whose words give no length [s]."""

_CUE_FIELDS = ("shot", "angle", "move")
_CAMERA: dict[str, dict[str, tuple[str, ...]]] = {
    "shot": {str(k): words for k, words in known.FRAMINGS.items()},
    "angle": {str(k): words for k, words in known.ANGLES.items()},
    "move": {str(k): words for k, words in known.MOVES.items()},
}  # fmt: skip
_COMMANDS: dict[str, str] = {
    "follow": "follows", "track": "tracks", "orbit": "orbits", "circle": "circles", "pan": "pans",
    "tilt": "tilts", "zoom": "zooms", "dolly": "dollies", "crane": "cranes",
}  # fmt: skip
_TO_CAMERA = re.compile(rf"(?:^|(?<=[.,;!?] )|(?<=and )|(?<=then ))({'|'.join(_COMMANDS)})\b")
_CAMERA_SHOULD = re.compile(
    rf"(?<=\bcamera )(?:should|must|shall|has to|to)\s+({'|'.join(_COMMANDS)})\b"
)
_SPIN = re.compile(r"\brotate\b(?!s? (?:the )?(?:camera|view|shot))")
_STOPPED = re.compile(
    r"\b(?:stop|don't|do not|no longer|never|quit)\s+(?:the camera(?: from)?\s+)?"
    r"(?:follow|track|orbit|circl|pan|tilt|zoom|mov|shak)\w*\b[^.,;!?]*"
    r"|\bcamera\b(?:\s+\w+)*?\s+(?:should|must|does|need)(?:n't| not| no longer)[^.,;!?]*"
    r"|\bno(?: more)? camera (?:moves?|movements?|motion)\b"
)
_STILL = re.compile(
    r"\b(?:(?:keep|hold|leave)\s+)?(?:the\s+)?camera\s+(?:(?:should|must|to|has|stays?|stands?|be|"
    r"is|keeps?|remains?|now)\s+)*(?:still|fixed|static|stationary|put|locked)\b"
)
_DROPPED = r"(?:\b(?:no(?: more)?|without|remove|delete|lose|skip|forget|drop|undo|get rid of|"
_DROPPED += r"take away|turn off|not)\s+(?:(?:the|any|a|an|in)\s+)*)(?:{})\b"
_PLAIN_TIMES = {"night": "night", "nighttime": "night", "midnight": "night", "day": "day",
                "daytime": "day", "daylight": "day", "noon": "day", "midday": "day",
                "morning": "morning", "afternoon": "afternoon", "evening": "evening",
                "sunset": "sunset", "dusk": "sunset", "sunrise": "sunrise", "dawn": "sunrise",
                "bright": "day"}  # fmt: skip
_PLAIN_WEATHERS = {"rain": "rain", "rainy": "rain", "raining": "rain", "rains": "rain",
                   "snow": "snow", "snowy": "snow", "snowing": "snow", "snows": "snow",
                   "fog": "fog", "foggy": "fog", "mist": "fog", "misty": "fog", "storm": "storm",
                   "stormy": "storm", "wind": "windy", "windy": "windy", "sun": "sunny",
                   "sunny": "sunny", "sunshine": "sunny", "clear": "clear", "cloudy": "cloudy",
                   "clouds": "cloudy", "overcast": "cloudy"}  # fmt: skip
SCENE_WORDS = frozenset(
    """
    make let have set change turn switch move put bring transport use give with in at it the scene
    film video clip shot everything whole thing things to into is be should shall must happen
    happens take takes place look looks like a an of day time weather setting style light lighting
    background now please it's its for during on go goes some more bit kind show shoot stage world
    sky gravity want i we would i'd like look-and-feel and , . - during as inside outside there play
    plays under dark instead
    """.split()  # noqa: SIM905 - a list of words reads better than a list of strings
)
"""Words that may stand around the name of a place, a time, a weather or a style."""
_ON_IT = re.compile(r"\bon\b")


_SPRINGTIME = re.compile(
    r"\b(?:in|during|since|until|last|this|next|every|each) (?:early |late )?spring\b",
    re.IGNORECASE,
)
"""The season, not the coil."""


def edit_scenery(sheet: Sheet, script: Script) -> Script:
    """Take everything about the whole picture out of the words, onto the sheet."""
    script = _drops(sheet, script)
    for match in reversed(list(_SPRINGTIME.finditer(script.text))):
        script = script.without(*match.span())
    for match in reversed(list(_STILL.finditer(script.text))):
        _cue(sheet, {"move": "static"}, script.words(*match.span()))
        script = script.without(*match.span())
    script = _to_the_camera(script)
    facts = stated_facts(without_dismissed(script).text)
    where: dict[str, Words] = {path: (start, end) for path, start, end in facts.spans}
    for key, value in facts.setting.items():
        span = where.get(f"setting.{key}") or where.get("setting.gravity")
        if span is not None and _means_it(key, facts.setting, script.text, span):
            sheet.set(sheet.document["setting"], key, value, script.words(*span))
    if facts.style is not None:
        words = script.words(*where["look.style"])
        sheet.set(sheet.document["look"], "style", facts.style, words)
    if facts.duration_secs is not None:
        words = script.words(*where["duration_secs"])
        sheet.set(sheet.document, "duration_secs", facts.duration_secs, words)
    for k, cue in enumerate(facts.camera):
        spans = [span for path, span in where.items() if path.startswith("camera")]
        words = script.words(*spans[min(k, len(spans) - 1)]) if spans else (0, 0)
        _cue(sheet, cue, words, index=k)
    sheet.not_served += facts.not_served
    return _blanked(script, facts.rest, where)


def scenery_clause(sheet: Sheet, script: Script) -> bool:
    """Read a clause that names nothing but a place, a time, a weather, a style or gravity.

    Returns:
        Whether it was one.
    """
    tokens = tokens_of(script.text)
    found = _bare(sheet, tokens, script)
    changes: list[tuple[dict[str, Any], str, object, Words]] = []
    k = 0
    while k < len(tokens):
        length, change = next(((n, found[k, n]) for n in (3, 2, 1) if (k, n) in found), (0, None))
        if change is not None:
            changes.append(change)
            k += length
        elif tokens[k].text in SCENE_WORDS:
            k += 1
        else:
            return False
    for change in changes:
        sheet.set(*change)
    return bool(changes)


def _drops(sheet: Sheet, script: Script) -> Script:
    """Take out what is no longer wanted: a camera's move, a style, a weather."""
    for match in reversed(list(_STOPPED.finditer(script.text))):
        for cue in list(sheet.document["camera"]):
            _forget(sheet, cue, ("move", "target"), script.words(*match.span()))
        script = script.without(*match.span())
    for name, table in _CAMERA.items():
        for cue in list(sheet.document["camera"]):
            script = _drop(sheet, script, cue, name, table.get(cue[name], ()))
    weather = sheet.document["setting"]["weather"]
    meant = [word for word, value in _PLAIN_WEATHERS.items() if value == weather]
    script = _drop(sheet, script, sheet.document["setting"], "weather", tuple(meant))
    style = sheet.document["look"]["style"]
    wordings = (*known.STYLES.get(style, ()), style) if style else ()
    return _drop(sheet, script, sheet.document["look"], "style", wordings)


def _drop(
    sheet: Sheet, script: Script, holder: dict[str, Any], name: str, wordings: tuple[str, ...]
) -> Script:
    if not wordings or holder[name] is None:
        return script
    ordered = "|".join(re.escape(w) for w in sorted(wordings, key=len, reverse=True))
    match = re.search(_DROPPED.format(ordered), script.text)
    if match is None:
        return script
    words = script.words(*match.span())
    if name in _CUE_FIELDS:
        _forget(sheet, holder, (name,), words)
    else:
        sheet.set(holder, name, None, words)
    return script.without(*match.span())


def _forget(sheet: Sheet, cue: dict[str, Any], names: tuple[str, ...], words: Words) -> None:
    for name in names:
        sheet.set(cue, name, None, words)
    if not any(cue[name] for name in _CUE_FIELDS):
        sheet.remove("camera", cue, words)


def _to_the_camera(script: Script) -> Script:
    """Say of the camera what it is told to do: "zoom in" is "the camera zooms in"."""
    for match in reversed(list(_SPIN.finditer(script.text))):
        spin = _said_for(script, "spin", match.start(), match.end())
        script = script.part(0, match.start()) + spin + script.part(match.end())
    for match in reversed(list(_CAMERA_SHOULD.finditer(script.text))):
        verb = _said_for(script, _COMMANDS[match[1]], match.start(1), match.end(1))
        script = script.part(0, match.start()) + verb + script.part(match.end())
    while (told := _TO_CAMERA.search(script.text)) is not None:
        verb = _said_for(script, _COMMANDS[told[1]], told.start(), told.end())
        after = script.part(told.end())
        script = script.part(0, told.start()) + put_in("the camera ") + verb + after
    return script


def _said_for(script: Script, text: str, start: int, end: int) -> Script:
    """Return `text`, as if it had come from these characters."""
    step = (end - 1 - start) / max(len(text) - 1, 1)
    return Script(text, tuple(script.origins[start + round(k * step)] for k in range(len(text))))


def _means_it(key: str, setting: dict[str, Any], text: str, span: Words) -> bool:
    """Whether the words put the scene there: "kitchen" in "the kitchen table" does not."""
    words = text[span[0] : span[1]]
    if key == "place" and setting.get("gravity") == setting["place"]:
        return bool(_ON_IT.search(words))
    return key != "place" or words not in known.ROOM_ADJECTIVES


def _cue(sheet: Sheet, cue: dict[str, Any], words: Words, *, index: int = 0) -> None:
    """Change the camera's first cue, or a later one; begin one if there is none."""
    said = dict(cue)
    noun = said.pop("target", None)
    targets = entities_called(noun, sheet) if noun else []
    if targets:
        said["target"] = targets[0]["id"]
        sheet.name(targets[0]["id"])
    camera = sheet.document["camera"]
    if not any(said.get(name) for name in _CUE_FIELDS):
        return
    if index >= len(camera):
        sheet.add("camera", said, words)
        return
    for name, value in said.items():
        sheet.set(camera[index], name, value, words)


def _blanked(script: Script, rest: str, where: dict[str, Words]) -> Script:
    """Blank what was read; rooms before a noun stay where they do not say where it happens."""
    kept, seen = where.get("setting.place", (0, 0)), without_dismissed(script).text
    for k, letter in enumerate(rest):
        inside = kept[0] <= k < kept[1] and script.text[slice(*kept)] in known.ROOM_ADJECTIVES
        if letter == " " and seen[k] != " " and not inside:
            script = script.without(k, k + 1)
    return script


def _bare(
    sheet: Sheet, tokens: list[Token], script: Script
) -> dict[tuple[int, int], tuple[dict[str, Any], str, object, Words]]:
    """Return which tokens (the first, how many) say which field of the setting or the look."""
    setting, look = sheet.document["setting"], sheet.document["look"]
    found: dict[tuple[int, int], tuple[dict[str, Any], str, object, Words]] = {}
    for k in range(len(tokens)):
        for n in range(1, min(3, len(tokens) - k) + 1):
            phrase = " ".join(token.text for token in tokens[k : k + n])
            words = script.words(tokens[k].start, tokens[k + n - 1].end)
            value = _gravity(phrase)
            if value is not None:
                found[k, n] = (setting, "gravity", value, words)
            elif phrase in _PLAIN_TIMES:
                found[k, n] = (setting, "time_of_day", _PLAIN_TIMES[phrase], words)
            elif phrase in _PLAIN_WEATHERS:
                found[k, n] = (setting, "weather", _PLAIN_WEATHERS[phrase], words)
            elif (place := _meant(phrase, known.PLACES)) is not None:
                found[k, n] = (setting, "place", place, words)
            elif (style := _meant(phrase, known.STYLES)) is not None:
                found[k, n] = (look, "style", style, words)
            elif phrase in known.MOODS:
                found[k, n] = (look, "mood", phrase, words)
            elif (secs := _longer(sheet, phrase)) is not None:
                found[k, n] = (sheet.document, "duration_secs", secs, words)
    return found


def _meant(phrase: str, table: dict[str, tuple[str, ...]]) -> str | None:
    if phrase in table:
        return phrase
    return next((value for value, wordings in table.items() if phrase in wordings), None)


def _gravity(phrase: str) -> str | None:
    said = {"gravity off": "zero", "off gravity": "zero", "gravity on": "earth",
            "normal gravity": "earth", "lunar gravity": "moon"}  # fmt: skip
    match = re.fullmatch(r"(?:the )?(earth|moon|mars|zero)(?:'s)? gravity", phrase)
    return match[1] if match else said.get(phrase)


def _longer(sheet: Sheet, phrase: str) -> float | None:
    """Return the length that "twice as long" asks of the film [s]."""
    factor = {"twice as long": 2.0, "half as long": 0.5, "double the length": 2.0}.get(phrase)
    if factor is None:
        return None
    return float((sheet.document["duration_secs"] or DEFAULT_SECS) * factor)
