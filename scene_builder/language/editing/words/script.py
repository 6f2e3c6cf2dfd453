"""Words that are rewritten on the way, and still know which characters they came from."""

from collections.abc import Sequence
from dataclasses import dataclass

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Script:
    """A text, and for each of its characters the place in the edit that it came from.

    Attributes:
        text: Lower-case text.
        origins: One place for each character; -1 for what was put in.
    """

    text: str
    origins: tuple[int, ...]

    def __add__(self, other: "Script") -> "Script":
        """Return both, one after the other."""
        return Script(self.text + other.text, self.origins + other.origins)

    def part(self, start: int, end: int | None = None) -> "Script":
        """Return the characters from `start` to `end`."""
        return Script(self.text[start:end], self.origins[start:end])

    def without(self, start: int, end: int) -> "Script":
        """Return the script with these characters blanked out."""
        return self.part(0, start) + put_in(" " * (end - start)) + self.part(end)

    def words(self, start: int = 0, end: int | None = None) -> tuple[int, int]:
        """Return the stretch of the edit that these characters came from, ends trimmed."""
        text, origins = self.text[start:end], self.origins[start:end]
        known = [at for letter, at in zip(text, origins, strict=True)
                 if at != NOWHERE and (letter.isalnum() or letter == "#")]  # fmt: skip
        return (min(known), max(known) + 1) if known else (0, 0)


def script_of(text: str) -> Script:
    """Return the script of words as they were written."""
    lower = text.lower().replace("’", "'")
    if len(lower) != len(text):  # a few letters grow when lowered
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return Script(lower, tuple(range(len(lower))))


def put_in(text: str) -> Script:
    """Return words that nobody wrote."""
    return Script(text, (NOWHERE,) * len(text))


def joined(parts: Sequence[Script]) -> Script:
    """Return all parts, one after the other."""
    whole = put_in("")
    for part in parts:
        whole += part
    return whole
