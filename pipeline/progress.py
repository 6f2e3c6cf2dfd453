"""The seam to whoever watches a run."""

from typing import Literal, Protocol, final, runtime_checkable

Ending = Literal["done", "kept", "given"]
"""A result was made now, or still holds from earlier, or was written by somebody else."""


@runtime_checkable
class Progress(Protocol):
    """Hears what a run is doing."""

    def begin(self, step: str) -> None:
        """A step begins."""
        ...

    def frames(
        self, step: str, done: int, total: int, left_secs: float | None, *, unit: str = "frame"
    ) -> None:
        """`done` of `total` frames of a step are finished; `left_secs` [s] are left."""
        ...

    def end(self, step: str, seconds: float, *, how: Ending) -> None:
        """A step is finished; `how` says where its result comes from."""
        ...

    def note(self, text: str) -> None:
        """Something that the user should know."""
        ...


@final
class Silent(Progress):
    """Hears and says nothing."""

    def begin(self, step: str) -> None:
        """Say nothing."""

    def frames(
        self, step: str, done: int, total: int, left_secs: float | None, *, unit: str = "frame"
    ) -> None:
        """Say nothing."""

    def end(self, step: str, seconds: float, *, how: Ending) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""
