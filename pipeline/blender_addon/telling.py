"""Progress as small messages, for a parent process or a panel."""

from collections.abc import Callable
from typing import Any, final

from pipeline.progress import Ending, Progress


@final
class Telling(Progress):
    """Passes everything on as a message.

    Args:
        say: Gets the messages: `step`, `done`, `total`, `left_secs`, `note`, `finished`.
    """

    def __init__(self, say: Callable[[dict[str, Any]], None]) -> None:
        self._say = say

    def begin(self, step: str) -> None:
        """A step begins."""
        self._say({"step": step})

    def frames(
        self, step: str, done: int, total: int, left_secs: float | None, *, unit: str = "frame"
    ) -> None:
        """So many frames of a step are finished."""
        self._say({"step": step, "done": done, "total": total, "left_secs": left_secs})

    def end(self, step: str, seconds: float, *, how: Ending) -> None:
        """A step is finished."""
        self._say({"finished": step, "seconds": round(seconds, 2), "how": how})

    def note(self, text: str) -> None:
        """Something that the user should know."""
        self._say({"note": text})
