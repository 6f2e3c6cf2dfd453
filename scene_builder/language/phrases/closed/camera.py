"""What a prompt says about the camera."""

import re
from typing import Any

from scene_builder.knowledge.words.film import BARE, BESIDE_BARE, CAMERA_IDIOMS, FOLLOWING
from scene_builder.knowledge.words.scenery import (
    ANGLES,
    CAMERA_VERBS,
    FRAMINGS,
    FREE_MOVES,
    MOVES,
)
from scene_builder.language.phrases.chunks import chunk_at
from scene_builder.language.phrases.closed.camera_moves import (
    blank_out,
    followed,
    free_moves,
    topic_of,
)
from scene_builder.language.phrases.wordings import Facts
from scene_builder.language.phrases.words.tagging import tagged

_TOWARD = "".join(
    f"(?<!{word} )(?<!{word} the )(?<!{word} a )"
    for word in ("toward", "towards", "at", "facing", "past", "from", "to", "off", "into")
)
_SUBJECT = re.compile(
    rf"(?:(?:while|as|and|with|then)\s+)*{_TOWARD}\b(?:(?:the|a|an|our)\s+)?"
    r"(?P<kind>(?:static|fixed|still|locked|handheld|shaky|low|high|slow|moving|tracking)\s+)?"
    r"(?:video\s+)?(?:camera|lens|(?:shot|view|frame|picture)(?=\s+(?:slowly\s+|"
    r"gently\s+)?(?:pan|tilt|"
    r"doll(?:y|ie)|zoom|push|pull|orbit|crane|track|follow|circl)(?:e?s|ing)?\b))\b(?!\s+(?:bag|"
    r"lens|stand|on\b|in\b|falls|stands|lies|rolls))(?:\s*:)?"
)
_VERB = re.compile(
    r"\s*(?:(?:is|starts|begins|then|slowly|gently|smoothly|quickly|slightly|steadily|very|to|"
    r"does|remains|stays|gradually)\s+)*(?P<not>not\s+)?(?P<verb>[a-z]+(?:-[a-z]+)?)"
)
_ANOTHER = re.compile(r"\s+(?:we|i|you|he|she|it|they|there)\b")
"""Who begins a clause behind a mention of the camera: "from a low camera we watch ..."."""
_WITH_CAMERA = re.compile(
    r"\b(?P<verb>follow|follows|following|track|tracks|tracking|circle|circles|circling|orbit|"
    r"orbiting|chase|chasing)\b[^.;:,]{1,60}?\s(?P<with>with (?:the|a|our|your) camera)\b"
)
_GOAL = re.compile(r"\b(?:toward|towards|to|at|facing|past|from|off|into)\s+$")
_NAMED = re.compile(r"(?:the|a|our)\s+(?:camera|lens)\b")
_IDIOMS = tuple(
    (
        re.compile(
            rf"(?<![\w'-])(?:(?:(?:in|from|with|at)\s+)?(?:an?|the)\s+)?(?<![\w'-])"
            rf"(?:{pattern})(?![\w-])(?:\s+of(?=\s))?"
        ),
        said,
    )
    for pattern, said in CAMERA_IDIOMS
)
_FOLLOWING = tuple(re.compile(rf"(?<![\w-]){pattern}(?![\w-])") for pattern in FOLLOWING)
_SECOND_CUE_SECS = 2.0


def camera_cues(facts: Facts) -> None:
    """Take every wording about the camera out of `facts.rest`, into `facts.camera`."""
    first: dict[str, Any] = {}
    cues = [*_led(facts), *_idioms(facts, first)]
    for _ in range(len(facts.rest)):
        clause = _SUBJECT.search(facts.rest)
        if clause is None:
            break
        cues.append(_clause(facts, clause))
    cues += free_moves(facts)
    for name, table in (("shot", FRAMINGS), ("angle", ANGLES), ("move", MOVES)):
        for value, wordings in table.items():
            match = _wording(facts.rest, [w for w in wordings if w not in FREE_MOVES])
            if match is not None:
                first.setdefault(name, value)
                if name == "shot" or value == "track":
                    _target_behind(facts, match, first)
                blank_out(facts, f"camera.0.{name}", match.start(), match.end())
    facts.camera = _merged([first, *cues])


def _idioms(facts: Facts, first: dict[str, Any]) -> list[dict[str, Any]]:
    """Take out the idioms of film talk; a move is a cue of its own."""
    cues: list[dict[str, Any]] = []
    moved: list[tuple[int, int]] = []
    spans: list[tuple[int, int]] = []
    for pattern, said in _IDIOMS:  # all are matched before any is blanked: they may share words
        match = pattern.search(facts.rest)
        if match is None:
            continue
        more: dict[str, Any] = {}
        _described(match[0], more)
        found = {**more, **said}
        move = found.pop("move", None)
        if move and not any(a < match.end() and match.start() < b for a, b in moved):
            cues.append({"move": move, "at": match.start()})
            moved.append(match.span())
        for name, value in found.items():
            first.setdefault(name, value)
        goal = _GOAL.search(facts.rest[: match.start()])
        named = _NAMED.match(match[0]) if goal else None
        spans.append((match.start() + (named.end() if named else 0), match.end()))
    for start, end in spans:
        blank_out(facts, "camera.0", start, end, mark=True)
    return cues


def _led(facts: Facts) -> list[dict[str, Any]]:
    """Read "follow the car with the camera" and "the camera on its tail"."""
    cues: list[dict[str, Any]] = []
    for match in list(_WITH_CAMERA.finditer(facts.rest)):
        cue: dict[str, Any] = {"at": match.start()}
        blank_out(facts, "camera.0", match.start("verb"), match.end("verb"), mark=True)
        blank_out(facts, "camera.0", match.start("with"), match.end("with"), mark=True)
        followed(facts, match.end("verb"), CAMERA_VERBS[match["verb"]], cue)
        cues.append(cue)
    for pattern in _FOLLOWING:
        found = pattern.search(facts.rest)
        if found is None:
            continue
        cue = {"at": found.start(), "move": "track"}
        blank_out(facts, "camera.0", found.start(), found.end(), mark=True)
        if any(found.groupdict().values()):
            topic = topic_of(facts.rest[: found.start()])
            cue |= {"target": topic} if topic else {}
        else:
            followed(facts, found.end(), "track", cue)
        cues.append(cue)
    return cues


def _merged(cues: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Join cues until a second move comes: that one begins later."""
    merged: list[dict[str, Any]] = []
    for cue in sorted((cue for cue in cues if cue), key=lambda cue: cue.pop("at", -1)):
        if not merged or (cue.get("move") and merged[-1].get("move") not in (None, cue["move"])):
            later = {"start_secs": _SECOND_CUE_SECS * len(merged)} if merged else {}
            merged.append({**cue, **later})
        else:
            merged[-1] = {**cue, **merged[-1]}
    return merged


def _clause(facts: Facts, clause: re.Match[str]) -> dict[str, Any]:
    """Read and blank one clause whose subject is the camera."""
    cue: dict[str, Any] = {"at": clause.start()}
    _still(clause["kind"] or "", cue)
    end = clause.start() + len(clause[0].rstrip(" :"))
    if (clause["kind"] and end < clause.end()) or _ANOTHER.match(facts.rest, end):
        blank_out(facts, "camera.0", clause.start(), end, mark=True)
        return cue
    verb = _VERB.match(facts.rest, clause.end())
    move = CAMERA_VERBS.get(verb["verb"]) if verb else None
    end = clause.end()
    if verb is not None and verb["not"]:
        cue["move"], end = "static", verb.end()
    elif verb is not None and (move is not None or _still(verb["verb"], cue)):
        end = verb.end()
    else:
        end = _until_mark(facts.rest, clause.end())
        _described(facts.rest[clause.end() : end], cue)
        move = None
    blank_out(facts, "camera.0", clause.start(), end, mark=True)
    if move is not None:
        followed(facts, end, move, cue)
    return cue


def _still(word: str, cue: dict[str, Any]) -> bool:
    move = {"static": "static", "fixed": "static", "still": "static", "locked": "static",
            "locked-off": "static", "stationary": "static", "handheld": "handheld",
            "hand-held": "handheld", "shaky": "handheld", "shakes": "handheld",
            "tracking": "track"}.get(word.strip())  # fmt: skip
    if move:
        cue.setdefault("move", move)
    if word.strip() in {"low", "high"}:
        cue["angle"] = word.strip()
    return bool(move)


def _described(words: str, cue: dict[str, Any]) -> None:
    for name, table in (("shot", FRAMINGS), ("angle", ANGLES), ("move", MOVES)):
        best = ""
        for value, wordings in table.items():
            match = _wording(words, list(wordings))
            if match is not None and len(match[0]) > len(best):
                cue[name], best = value, match[0]


def _until_mark(text: str, start: int) -> int:
    end = re.compile(r"[.:;,!?]|$|\s(?:while|as|when|and)\s").search(text, start)
    return end.start() if end else len(text)


def _wording(text: str, wordings: list[str]) -> re.Match[str] | None:
    if not wordings:
        return None
    ordered = "|".join(map(re.escape, sorted(wordings, key=len, reverse=True)))
    found = re.finditer(
        rf"(?<![\w-])(?:(?:in|from|with|at)\s+)?(?:(?:a|an|the)\s+)?(?P<said>{ordered})(?![\w-])"
        r"(?:\s+(?:shot|view|angle|lens))?(?:\s+(?:of|on)(?=\s))?", text
    )  # fmt: skip
    return next((m for m in found if m["said"] not in BARE or _among_film_talk(text, m)), None)


def _among_film_talk(text: str, match: re.Match[str]) -> bool:
    """Whether marks or other words about the film stand on both sides."""
    if re.search(r"(?:shot|view|angle|lens)\b", text[match.end("said") : match.end()]):
        return True
    before = re.search(r"([\w'-]+|[^\w\s])\s*$", text[: match.start()])
    after = re.match(r"\s*([\w'-]+|[^\w\s])", text[match.end() :])
    return all(
        side is None or not side[1][0].isalnum() or side[1] in BESIDE_BARE
        for side in (before, after)
    )


def _target_behind(facts: Facts, match: re.Match[str], cue: dict[str, Any]) -> None:
    """Of "close-up of a cup", the cup."""
    if not re.search(r"\b(?:of|on)$", match[0]):
        return
    words = tagged(facts.rest[match.end() :])
    found = chunk_at(words, 0) if words else None
    if found is not None:
        cue.setdefault("target", found[0].noun)
