"""The seam to whoever watches a run."""

from typing import Protocol, final


class Progress(Protocol):
    """Hears what a run is doing."""

    def begin(self, step: str) -> None:
        """A step begins."""
        ...

    def frames(self, step: str, done: int, total: int, left_secs: float | None) -> None:
        """`done` of `total` frames of a step are finished; `left_secs` [s] are left."""
        ...

    def end(self, step: str, seconds: float, *, kept: bool) -> None:
        """A step is finished; `kept` if its earlier result still holds."""
        ...

    def note(self, text: str) -> None:
        """Something that the user should know."""
        ...


@final
class Silent(Progress):
    """Hears and says nothing."""

    def begin(self, step: str) -> None:
        """Say nothing."""

    def frames(self, step: str, done: int, total: int, left_secs: float | None) -> None:
        """Say nothing."""

    def end(self, step: str, seconds: float, *, kept: bool) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""
