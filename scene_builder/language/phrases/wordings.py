"""What the closed wordings of a prompt say, and the prompt without them."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Written:
    """Words that a thing bears.

    Attributes:
        text: The words; those of several individuals with a bar between them.
        start: First character of them in the prompt.
        end: One past the last one.
        side: Whether their thing is named before them, after them, or is they themselves.
        near: Where the noun is looked for.
    """

    text: str
    start: int
    end: int
    side: Literal["before", "after", "self"]
    near: int


@dataclass(slots=True)
class Facts:
    """What the closed wordings of a prompt say.

    Attributes:
        setting: Fields of the graph's `setting`.
        style: The style's name.
        mood: Words for the mood.
        duration_secs: Length asked for [s].
        camera: Camera cues; a `target` is a noun as it stands in the text.
        not_served: Sentences about wordings that no film can follow.
        spans: (path, start, end) of the words behind each field.
        written: Words that things bear.
        rest: The lower-case prompt, its letters at their places, found wordings blanked out.
    """

    rest: str
    setting: dict[str, Any] = field(default_factory=dict)
    style: str | None = None
    mood: str = ""
    duration_secs: float | None = None
    camera: list[dict[str, Any]] = field(default_factory=list)
    not_served: list[str] = field(default_factory=list)
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)


def blank(facts: Facts, start: int, end: int) -> None:
    """Overwrite part of the rest, leaving every other letter at its place."""
    facts.rest = facts.rest[:start] + " " * (end - start) + facts.rest[end:]


def take(facts: Facts, path: str, match: re.Match[str]) -> None:
    """Note the words of a match as evidence for `path`, and blank them."""
    facts.spans.append((path, match.start(), match.end()))
    blank(facts, match.start(), match.end())
