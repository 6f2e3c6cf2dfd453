"""What a prompt says about the camera."""

import re
from typing import Any

from scene_builder.knowledge.words.nouns import NOUNS, singular
from scene_builder.knowledge.words.scenery import ANGLES, FRAMINGS, FREE_MOVES, MOVES
from scene_builder.language.phrases.wordings import Facts

_TOWARD = "".join(
    f"(?<!{word} )" for word in ("toward", "towards", "at", "facing", "past", "from", "to", "off")
)
_CLAUSE = re.compile(
    rf"(?:(?:while|as|and|with|then)\s+)*(?:{_TOWARD}\b(?:the|a)\s+|{_TOWARD}(?<!the )(?<!a )"
    r"(?<!video )\b)camera\b(?! bag)[^.:;,!?]*?(?=[.:;,!?]|$|\s+(?:while|as|when|and then)\s)"
)
_TRACKED = r"(?:follows|following|tracks|tracking|orbits|circles|around|on|toward|towards|to)"
_NEARER = ("slowly", "gently", "slightly", "smoothly")
_SECOND_CUE_SECS = 2.0


def camera_cues(facts: Facts) -> None:
    """Take every wording about the camera out of `facts.rest`, into `facts.camera`."""
    first: dict[str, Any] = {}
    later: list[dict[str, Any]] = []
    while (clause := _CLAUSE.search(facts.rest)) is not None:
        _camera_clause(facts, clause, first, later)
    for name, table in (("shot", FRAMINGS), ("angle", ANGLES), ("move", MOVES)):
        for value, wordings in table.items():
            free = [word for word in wordings if word not in FREE_MOVES]
            match = _wording(facts.rest, free) if free else None
            if match is not None:
                first.setdefault(name, value)
                _blank(facts, f"camera.0.{name}", match)
    facts.camera = [cue for cue in (first, *later) if cue]


def _camera_clause(
    facts: Facts, clause: re.Match[str], first: dict[str, Any], later: list[dict[str, Any]]
) -> None:
    words = re.sub("|".join(rf"\b{word}\s+" for word in _NEARER), "", clause[0])
    cue: dict[str, Any] = {}
    for name, table in (("shot", FRAMINGS), ("angle", ANGLES), ("move", MOVES)):
        best = ""
        for value, wordings in table.items():
            match = _wording(words, wordings)
            if match is not None and len(match[0]) > len(best):
                cue[name], best = value, match[0]
    target = re.search(rf"{_TRACKED}\s+(?:the\s+)?(?:\w+\s+)*?(\w+)$", words.strip())
    if target and singular(target[1]) in NOUNS:
        cue["target"] = singular(target[1])
    if not cue.get("move") and re.search(r"\bturns?\b", words):
        cue["move"] = "pan_left" if "left" in words else "pan_right"
    if first.get("move") and cue.get("move") and cue["move"] != first["move"]:
        later.append({**cue, "start_secs": _SECOND_CUE_SECS * (1 + len(later))})
    else:
        for name, value in cue.items():
            first.setdefault(name, value)
    facts.spans.append(("camera.0", clause.start(), clause.end()))
    facts.rest = facts.rest[: clause.start()] + " " * len(clause[0]) + facts.rest[clause.end() :]


def _wording(text: str, wordings: "tuple[str, ...] | list[str]") -> re.Match[str] | None:
    ordered = "|".join(map(re.escape, sorted(wordings, key=len, reverse=True)))
    return re.search(
        rf"(?<![\w-])(?:(?:in|from|with)\s+)?(?:(?:a|an|the)\s+)?(?:{ordered})(?![\w-])"
        r"(?:\s+(?:shot|view|angle|lens))?(?:\s+of(?=\s))?", text
    )  # fmt: skip


def _blank(facts: Facts, path: str, match: re.Match[str]) -> None:
    facts.spans.append((path, match.start(), match.end()))
    facts.rest = facts.rest[: match.start()] + " " * len(match[0]) + facts.rest[match.end() :]
