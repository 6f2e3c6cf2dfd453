"""Words of a sentence that are marked: underlined in colour, or in brackets."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rich.text import Text

_COLORS = {"entities": "cyan", "relations": "magenta", "actions": "green", "outcomes": "yellow",
           "camera": "blue", "setting": "blue", "look": "blue", "duration_secs": "blue",
           "add": "green", "remove": "red", "change": "yellow"}  # fmt: skip


class Mark(NamedTuple):
    """Characters `start`…`end` are marked, as `kind`."""

    start: int
    end: int
    kind: str


def marked_plain(text: str, marks: Sequence[Mark]) -> str:
    """Return `text` with every marked stretch in brackets; marks that overlap are one."""
    out, at = "", 0
    for start, end in _stretches(marks, len(text)):
        out += f"{text[at:start]}[{text[start:end]}]"
        at = end
    return out + text[at:]


def marked_rich(text: str, marks: Sequence[Mark]) -> "Text":
    """Return `text` with every marked stretch underlined, in the colour of its kind."""
    from rich.text import Text

    out = Text(text)
    for mark in sorted(marks, key=lambda mark: mark.start - mark.end):
        out.stylize(f"underline {_COLORS.get(mark.kind, 'white')}", mark.start, mark.end)
    return out


def _stretches(marks: Sequence[Mark], length: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        start, end = max(mark.start, 0), min(mark.end, length)
        if start >= end:
            continue
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
