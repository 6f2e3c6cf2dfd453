"""Moves of the camera told by verbs: which way they go, and what they follow."""

import re
from dataclasses import dataclass, field
from typing import Any

from scene_builder.knowledge.words.closed import listed
from scene_builder.knowledge.words.scenery import CAMERA_VERBS
from scene_builder.language.phrases.chunks import chunk_at, chunks_of
from scene_builder.language.phrases.wordings import Facts
from scene_builder.language.phrases.words.tagging import tagged

_FREE = re.compile(
    r"(?:(?:(?<=[.;:,!?(])|^|(?<=\bthen)|(?<=\band))\s*(?:(?:with|in)\s+)?(?:(?:a|an)\s+)?"
    r"|(?P<we>\bwe)\s+)"
    r"(?:(?:very\s+)?(?:slow|slowly|gentle|gently|smooth|quick|steady)\s+)?"
    r"(?P<verb>pan|tilt|orbit|crane|dolly|zoom|push|pull|track|truck|panning|tilting|orbiting|"
    r"craning|dollying|zooming|pushing|pulling|tracking|follow|following|rotate|circle|circling|"
    r"boom|"
    r"move)\b(?:\s+(?:very\s+)?(?:slowly|gently|smoothly))?"
    r"(?:[\s-]+(?P<way>left|right|up|down|in|out|back|around|closer)(?:wards?)?\b"
    r"|\s+(?P<over>across|over|along|past|with|from|toward|towards)\b"
    r"|\s+(?P<to>to the (?:left|right)))?"
)
_NEEDS_WAY = frozenset({"pan", "tilt", "crane", "dolly", "zoom", "push", "pull", "track", "truck"})
_ADVERBS = listed("slowly gently slightly smoothly quickly steadily very closely straight then "
                     "gradually further just briefly quietly ever")  # fmt: skip
_WAYS = listed("left right up down in out back closer away forward backward upward upwards "
                  "downward downwards inward outward nearer leftward leftwards rightward "
                  "rightwards")  # fmt: skip
_LINKS = listed("to toward towards on onto at around over along from with across past of through "
                   "behind alongside into above by round")  # fmt: skip
_SIDE = re.compile(r"\s+to\s+(?:the|its)\s+(left|right)\b")
_PRONOUNS = frozenset({"it", "them", "him", "her", "its", "everything", "this"})


def free_moves(facts: Facts) -> list[dict[str, Any]]:
    """Read "Orbit left around a bonsai", "zoom out as ...", ", following the crab"."""
    cues = []
    for match in list(_FREE.finditer(facts.rest)):
        if not _speaks_of_camera(facts.rest, match):
            continue
        verb = CAMERA_VERBS[match["verb"]]
        cue: dict[str, Any] = {"at": match.start()}
        blank_out(facts, "camera.0", match.start("verb"), match.end("verb"), mark=True)
        followed(facts, match.end("verb"), verb, cue)
        cues.append(cue)
    return cues


def _speaks_of_camera(text: str, match: re.Match[str]) -> bool:
    """Whether a verb without subject, or with "we", says what the camera does."""
    verb, way = CAMERA_VERBS[match["verb"]], match["way"] or match["to"] or ""
    alone = not text[_segment(text, match.start()) : match.start()].strip(" ,;")
    behind = text[match.end() :]
    named = re.match(r"\s+(?:a|an|the|it|its|this|him|her|them|one)\s?\b", behind) is not None
    if re.match(r"\s*(?:of|shot|s)\b", behind):
        return False
    if match["verb"] in {"follow", "track", "circle"}:
        return (alone or bool(match["we"])) and named
    if verb == "track":
        after_film_talk = "  " in text[: match.start()][-4:] or text[: match.start()].endswith(" ,")
        return alone and bool(match.start()) and (bool(way) or (named and after_film_talk))
    if verb in {"push", "pull"} and way not in {"in", "out", "back"}:
        return False
    if verb in {"tilt", "crane"} and way not in {"up", "down"}:
        return False
    if verb == "move" and not (match["we"] and way):
        return False
    if verb in _NEEDS_WAY and not way:
        return verb == "pan" and bool(match["over"])
    return not re.match(r"\s*(?:a|an|the)\s", behind) or verb == "orbit"


def _segment(text: str, end: int) -> int:
    """Where the part of the sentence before the last mark before `end` begins."""
    marks = [text.rfind(mark, 0, max(end - 1, 0)) for mark in ".;:!?"]
    return max([*marks, -1]) + 1


def followed(facts: Facts, start: int, verb: str, cue: dict[str, Any]) -> None:
    """Read where a move goes and what it follows, behind its verb."""
    trail = _Trail(start)
    for _ in range(_MOST_WORDS):
        word = _NEXT.match(facts.rest, trail.at)
        if word is None or not _step(facts, start, word, trail):
            break
    circles = verb == "move" and "round" in trail.links
    move = move_of("orbit" if circles else verb, trail.way)
    if move:
        cue["move"] = move
    passed = verb in _SWEEPING and trail.link not in _GOALS
    if trail.target and trail.target != "camera" and not passed:
        cue["target"] = trail.target


@dataclass(slots=True)
class _Trail:
    """How far the words of a move have been read, and what they said."""

    at: int
    way: str = ""
    target: str = ""
    link: str = ""
    links: set[str] = field(default_factory=set)


def _step(facts: Facts, start: int, word: re.Match[str], trail: _Trail) -> bool:
    """Read one word of a move; whether it goes on."""
    text, side = word[1], _SIDE.match(facts.rest, trail.at)
    if side is not None:
        trail.way = trail.way or side[1]
        trail.at = blank_out(facts, "", trail.at, side.end())
    elif _IN_A.match(facts.rest, trail.at):
        return False
    elif text in _WAYS or text in _ADVERBS or (text in _LINKS and not trail.target):
        trail.way = trail.way or (_WARDS.sub("", text) if text in _WAYS else "")
        trail.link = trail.link if text in _ADVERBS else text
        trail.links.add(text.removeprefix("a"))
        trail.at = blank_out(facts, "", trail.at, word.end())
    elif text in _PRONOUNS and not trail.target:
        trail.target = "" if trail.link == "with" else topic_of(facts.rest[:start])
        trail.at = blank_out(facts, "", trail.at, word.end())
    elif trail.target or text in _STOPS:
        return False
    else:
        trail.target, trail.at = thing_at(facts, trail.at)
        onward = _ONWARD.match(facts.rest, trail.at)
        if onward is not None and trail.link == "from" and not _SIDE.match(facts.rest, trail.at):
            trail.at = blank_out(facts, "", trail.at, onward.end(), mark=True)
            trail.target, trail.link = "", "to"
            return True
    return bool(trail.target) or text in _WAYS | _ADVERBS | _LINKS | _PRONOUNS or side is not None


_SWEEPING = frozenset({"pan", "tilt", "crane", "turn"})
"""Moves that pass by things: only what they go to is what they look at."""
_GOALS = frozenset({"to", "toward", "towards", "onto", "on", "at"})
_RIG = re.compile(r"\b(?:on|from|with|by|via)\s*$")
_IN_A = re.compile(r"\s*in\s+(?:a|an|the)\s+(?:\w+\s+)?(?:circle|arc|curve|line)\b")
_WARDS = re.compile(r"wards?$")
_NEXT = re.compile(r"\s*([a-z'-]+)")
_ONWARD = re.compile(r"\s+to\s+(?=(?:the|a|an|his|its)\b)")
_STOPS = frozenset({"and", "while", "as", "when", "then", "until"})
_MOST_WORDS = 12


def thing_at(facts: Facts, at: int) -> tuple[str, int]:
    """The noun that a move is about; it is blanked if it was named before."""
    words = tagged(facts.rest[at:])
    found = chunk_at(words, 0) if words else None
    if found is None:
        return "", at
    chunk = found[0]
    rig = chunk.noun in {"crane", "drone", "dolly", "jib", "tripod"} and not chunk.definite
    if rig and _RIG.search(facts.rest[:at]):
        blank_out(facts, "", at, at + chunk.end)
        return "camera", at + chunk.end
    known = any(c.noun == chunk.noun for c in chunks_of(facts.rest[:at]))
    if known and chunk.definite:
        blank_out(facts, "", at, at + chunk.end)
    return chunk.noun, at + chunk.end


def topic_of(before: str) -> str:
    """The thing that "it" means: the first of the sentence before."""
    start = max(before.rstrip(" ,;").rfind("."), -1) + 1
    chunks = chunks_of(before[start:]) or chunks_of(before)
    return chunks[0].noun if chunks else ""


def move_of(verb: str, way: str) -> str | None:
    """Return the graph's word for a kind of move and the way it goes, if it has one."""
    inward = way in {"in", "closer", "forward", "inward", "nearer"} or way in {"", "up"}
    up = way == "up"
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


def blank_out(facts: Facts, path: str, start: int, end: int, *, mark: bool = False) -> int:
    """Blank letters; a mark in their place keeps apart what stood on both sides."""
    if path:
        facts.spans.append((path, start, end))
    blanks = " " * (end - start)
    if mark and facts.rest[:start].strip(" ,;.:") and end > start:
        blanks = ";" + blanks[1:]
    facts.rest = facts.rest[:start] + blanks + facts.rest[end:]
    return end
