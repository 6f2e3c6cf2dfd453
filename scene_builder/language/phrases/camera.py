"""What a prompt says about the camera."""

import re
from dataclasses import dataclass
from typing import Any

from scene_builder.knowledge.words.closed import listed
from scene_builder.knowledge.words.scenery import (
    ANGLES,
    CAMERA_VERBS,
    FRAMINGS,
    FREE_MOVES,
    MOVES,
)
from scene_builder.language.phrases.chunks import chunk_at, chunks_of
from scene_builder.language.phrases.wordings import Facts
from scene_builder.language.phrases.words.tagging import tagged

_TOWARD = "".join(
    f"(?<!{word} )(?<!{word} the )(?<!{word} a )"
    for word in ("toward", "towards", "at", "facing", "past", "from", "to", "off", "into")
)
_SUBJECT = re.compile(
    rf"(?:(?:while|as|and|with|then)\s+)*{_TOWARD}\b(?:(?:the|a|an|our)\s+)?"
    r"(?P<kind>(?:static|fixed|still|locked|handheld|shaky|low|high|slow|moving|tracking)\s+)?"
    r"(?:video\s+)?camera\b(?!\s+(?:bag|lens|stand|on\b|in\b|falls|stands|lies|rolls))(?:\s*:)?"
)
_VERB = re.compile(
    r"\s*(?:(?:is|starts|begins|then|slowly|gently|smoothly|quickly|slightly|steadily|very|to|"
    r"does|remains|stays|gradually)\s+)*(?P<not>not\s+)?(?P<verb>[a-z]+(?:-[a-z]+)?)"
)
_FREE = re.compile(
    r"(?:(?<=[.;:,!?(])|^|(?<=\bthen)|(?<=\band))\s*(?:(?:with|in)\s+)?(?:(?:a|an)\s+)?"
    r"(?:(?:very\s+)?(?:slow|slowly|gentle|gently|smooth|quick|steady)\s+)?"
    r"(?P<verb>pan|tilt|orbit|crane|dolly|zoom|push|pull|track|truck|panning|tilting|orbiting|"
    r"craning|dollying|zooming|pushing|pulling|tracking|follow|following|rotate)\b"
    r"(?:\s+(?:very\s+)?(?:slowly|gently|smoothly))?"
    r"(?:\s+(?P<way>left|right|up|down|in|out|back|around|closer)\b"
    r"|\s+(?P<to>to the (?:left|right)))?"
)
_NEEDS_WAY = frozenset({"pan", "tilt", "crane", "dolly", "zoom", "push", "pull", "track", "truck"})
_ADVERBS = listed("slowly gently slightly smoothly quickly steadily very closely straight then "
                     "gradually further just briefly quietly")  # fmt: skip
_WAYS = listed("left right up down in out back closer away forward backward upward upwards "
                  "downward downwards inward outward nearer")  # fmt: skip
_LINKS = listed("to toward towards on onto at around over along from with across past of through "
                   "behind alongside into above by round")  # fmt: skip
_SIDE = re.compile(r"\s+to\s+(?:the|its)\s+(left|right)\b")
_PRONOUNS = frozenset({"it", "them", "him", "her", "its", "everything", "this"})
_SECOND_CUE_SECS = 2.0


def camera_cues(facts: Facts) -> None:
    """Take every wording about the camera out of `facts.rest`, into `facts.camera`."""
    cues: list[dict[str, Any]] = []
    for _ in range(len(facts.rest)):
        clause = _SUBJECT.search(facts.rest)
        if clause is None:
            break
        cues.append(_clause(facts, clause))
    cues += _free_moves(facts)
    first: dict[str, Any] = {}
    for name, table in (("shot", FRAMINGS), ("angle", ANGLES), ("move", MOVES)):
        for value, wordings in table.items():
            match = _wording(facts.rest, [w for w in wordings if w not in FREE_MOVES])
            if match is not None:
                first.setdefault(name, value)
                if name == "shot":
                    _target_behind(facts, match, first)
                _blank(facts, f"camera.0.{name}", match.start(), match.end())
    facts.camera = _merged([first, *cues])


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
    _blank(facts, "camera.0", clause.start(), end, mark=True)
    if move is not None:
        _followed(facts, end, move, cue)
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


def _free_moves(facts: Facts) -> list[dict[str, Any]]:
    """Read "Orbit left around a bonsai", "zoom out as ...", ", following the crab"."""
    cues = []
    for match in list(_FREE.finditer(facts.rest)):
        verb = CAMERA_VERBS[match["verb"]]
        way = match["way"] or match["to"] or ""
        alone = not facts.rest[_segment(facts.rest, match.start()) : match.start()].strip(" ,;")
        if verb == "track" and not (alone and match.start()):
            continue
        if (verb in _NEEDS_WAY and not way) or re.match(
            r"\s*(?:of|shot|s)\b", facts.rest[match.end() :]
        ):
            continue
        if verb in {"push", "pull"} and way not in {"in", "out", "back"}:
            continue
        if re.match(r"\s*(?:a|an|the)\s", facts.rest[match.end() :]) and verb not in {
            "track", "orbit"}:  # fmt: skip
            continue
        cue: dict[str, Any] = {"at": match.start()}
        _blank(facts, "camera.0", match.start("verb"), match.end("verb"), mark=True)
        _followed(facts, match.end("verb"), verb, cue)
        cues.append(cue)
    return cues


def _segment(text: str, end: int) -> int:
    """Where the part of the sentence before the last mark before `end` begins."""
    marks = [text.rfind(mark, 0, max(end - 1, 0)) for mark in ".;:!?"]
    return max([*marks, -1]) + 1


def _followed(facts: Facts, start: int, verb: str, cue: dict[str, Any]) -> None:
    """Read where a move goes and what it follows, behind its verb."""
    trail = _Trail(start)
    for _ in range(_MOST_WORDS):
        word = _NEXT.match(facts.rest, trail.at)
        if word is None or not _step(facts, start, word, trail):
            break
    move = _move(verb, trail.way)
    if move:
        cue["move"] = move
    if trail.target and trail.target != "camera":
        cue["target"] = trail.target


@dataclass(slots=True)
class _Trail:
    """How far the words of a move have been read, and what they said."""

    at: int
    way: str = ""
    target: str = ""
    link: str = ""


def _step(facts: Facts, start: int, word: re.Match[str], trail: _Trail) -> bool:
    """Read one word of a move; whether it goes on."""
    text, side = word[1], _SIDE.match(facts.rest, trail.at)
    if side is not None:
        trail.way = trail.way or side[1]
        trail.at = _blank(facts, "", trail.at, side.end())
    elif text in _WAYS or text in _ADVERBS or (text in _LINKS and not trail.target):
        trail.way = trail.way or (text if text in _WAYS else "")
        trail.link = text
        trail.at = _blank(facts, "", trail.at, word.end())
    elif text in _PRONOUNS and not trail.target:
        trail.target = "" if trail.link == "with" else _topic(facts.rest[:start])
        trail.at = _blank(facts, "", trail.at, word.end())
    elif trail.target or text in _STOPS:
        return False
    else:
        trail.target, trail.at = _thing(facts, trail.at)
        onward = _ONWARD.match(facts.rest, trail.at)
        if onward is not None and trail.link == "from" and not _SIDE.match(facts.rest, trail.at):
            trail.at = _blank(facts, "", trail.at, onward.end(), mark=True)
            trail.target, trail.link = "", "to"
            return True
    return bool(trail.target) or text in _WAYS | _ADVERBS | _LINKS | _PRONOUNS or side is not None


_NEXT = re.compile(r"\s*([a-z'-]+)")
_ONWARD = re.compile(r"\s+to\s+(?=(?:the|a|an|his|its)\b)")
_STOPS = frozenset({"and", "while", "as", "when", "then", "until"})
_MOST_WORDS = 12


def _thing(facts: Facts, at: int) -> tuple[str, int]:
    """The noun that a move is about; it is blanked if it was named before."""
    words = tagged(facts.rest[at:])
    found = chunk_at(words, 0) if words else None
    if found is None:
        return "", at
    chunk = found[0]
    if chunk.noun in {"crane", "drone", "dolly", "jib", "tripod"} and not chunk.definite:
        _blank(facts, "", at, at + chunk.end)
        return "camera", at + chunk.end
    known = any(c.noun == chunk.noun for c in chunks_of(facts.rest[:at]))
    if known and chunk.definite:
        _blank(facts, "", at, at + chunk.end)
    return chunk.noun, at + chunk.end


def _topic(before: str) -> str:
    """The thing that "it" means: the first of the sentence before."""
    start = max(before.rstrip(" ,;").rfind("."), -1) + 1
    chunks = chunks_of(before[start:]) or chunks_of(before)
    return chunks[0].noun if chunks else ""


def _move(verb: str, way: str) -> str | None:
    inward = way in {"in", "closer", "forward", "inward", "nearer"} or way in {"", "up"}
    up = way in {"up", "upward", "upwards"}
    named = {
        "pan": f"pan_{way if way in {'left', 'right'} else 'right'}",
        "orbit": f"orbit_{way if way in {'left', 'right'} else 'right'}",
        "tilt": "tilt_up" if up else "tilt_down",
        "crane": "crane_up" if up else "crane_down" if way.startswith("down") else "crane_up",
        "dolly": "dolly_in" if inward else "dolly_out",
        "zoom": "dolly_in" if inward else "dolly_out",
        "push": "dolly_in", "pull": "dolly_out", "track": "track",
        "rise": "crane_up", "sink": "crane_down",
    }  # fmt: skip
    if verb in {"move", "turn"}:
        sideways = {"left": "pan_left", "right": "pan_right"}
        if verb == "move":
            sideways |= {"up": "crane_up", "down": "crane_down", "closer": "dolly_in",
                         "in": "dolly_in", "back": "dolly_out", "away": "dolly_out",
                         "out": "dolly_out", "forward": "dolly_in", "backward": "dolly_out",
                         "nearer": "dolly_in"}  # fmt: skip
        return sideways.get(way)
    return named.get(verb)


def _until_mark(text: str, start: int) -> int:
    end = re.compile(r"[.:;,!?]|$|\s(?:while|as|when|and)\s").search(text, start)
    return end.start() if end else len(text)


def _wording(text: str, wordings: list[str]) -> re.Match[str] | None:
    if not wordings:
        return None
    ordered = "|".join(map(re.escape, sorted(wordings, key=len, reverse=True)))
    return re.search(
        rf"(?<![\w-])(?:(?:in|from|with|at)\s+)?(?:(?:a|an|the)\s+)?(?:{ordered})(?![\w-])"
        r"(?:\s+(?:shot|view|angle|lens))?(?:\s+(?:of|on)(?=\s))?", text
    )  # fmt: skip


def _target_behind(facts: Facts, match: re.Match[str], cue: dict[str, Any]) -> None:
    """Of "close-up of a cup", the cup."""
    if not re.search(r"\b(?:of|on)$", match[0]):
        return
    words = tagged(facts.rest[match.end() :])
    found = chunk_at(words, 0) if words else None
    if found is not None:
        cue.setdefault("target", found[0].noun)


def _blank(facts: Facts, path: str, start: int, end: int, *, mark: bool = False) -> int:
    """Blank letters; a mark in their place keeps apart what stood on both sides."""
    if path:
        facts.spans.append((path, start, end))
    blanks = " " * (end - start)
    if mark and facts.rest[:start].strip(" ,;.:") and end > start:
        blanks = ";" + blanks[1:]
    facts.rest = facts.rest[:start] + blanks + facts.rest[end:]
    return end
