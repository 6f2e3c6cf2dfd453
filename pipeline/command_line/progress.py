"""How a run is shown: bars on a terminal, plain lines elsewhere."""

import sys
from typing import final

from pipeline.command_line.interrupts import raise_if_interrupted
from pipeline.progress import Ending, Progress

_SECONDS_A_MINUTE = 60
_PLAIN_SHARES = 10
"""A plain log gets about this many lines for the frames of a step."""
_SHORT_SECS = 0.05
DOCUMENTS = {
    "read": "scene.json",
    "direct": "stage.json",
    "simulate": "trajectory.npz",
    "aim": "track.npz",
}
"""What people may edit or bring along."""


def progress_on_stderr() -> Progress:
    """Return bars if standard error is a terminal, else plain lines."""
    return BarProgress() if sys.stderr.isatty() else PlainProgress()


def duration_text(seconds: float) -> str:
    """Return seconds as people say them: `8.2 s`, `3 min 20 s`, `2 h 5 min`."""
    if seconds < 10:  # noqa: PLR2004 - two digits are enough
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), _SECONDS_A_MINUTE)
    hours, minutes = divmod(minutes, _SECONDS_A_MINUTE)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@final
class PlainProgress(Progress):
    """One line for each step, and a few for its frames."""

    def __init__(self) -> None:
        self._told = -1
        self._estimated = False

    def begin(self, step: str) -> None:
        """Forget the last step's frames."""
        raise_if_interrupted()
        self._told, self._estimated = -1, False

    def frames(
        self, step: str, done: int, total: int, left_secs: float | None, *, unit: str = "frame"
    ) -> None:
        """Print the estimate, then a line for each tenth."""
        raise_if_interrupted()
        if left_secs and not self._estimated:
            self._estimated = True
            self._print(f"{step}: {_estimate(done, total, left_secs)}")
        share = _PLAIN_SHARES * done // total
        if share > self._told:
            self._told = share
            left = "" if left_secs is None else f", {duration_text(left_secs)} left"
            self._print(f"{step}: {unit} {done}/{total}{left}")

    def end(self, step: str, seconds: float, *, how: Ending) -> None:
        """Print how long it took."""
        self._print(f"{step}: {_ended(step, seconds, how)}")

    def note(self, text: str) -> None:
        """Print the note."""
        self._print(f"note: {text}")

    def _print(self, text: str) -> None:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()


@final
class BarProgress(Progress):
    """A bar for the frames of a step, a line for each step that is done."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bars

        # Refreshed by hand: no thread of its own writes while a library has silenced stderr.
        self._bars = Bars(
            TextColumn("[bold]{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}  {task.fields[left]}"),
            console=Console(stderr=True),
            auto_refresh=False,
            transient=True,
        )
        self._task: int | None = None
        self._estimated = False

    def begin(self, step: str) -> None:
        """Forget the last step's frames."""
        raise_if_interrupted()
        self._estimated = False

    def frames(
        self, step: str, done: int, total: int, left_secs: float | None, *, unit: str = "frame"
    ) -> None:
        """Move the bar."""
        raise_if_interrupted()
        if self._task is None:
            self._bars.start()
            self._task = self._bars.add_task(f"{step} {unit}s", total=total, left="")
        if left_secs and not self._estimated:
            self._estimated = True
            self._bars.console.print(f"{step}: {_estimate(done, total, left_secs)}", style="dim")
        left = "" if left_secs is None else f"{duration_text(left_secs)} left"
        self._bars.update(self._task, completed=done, left=left)  # type: ignore[arg-type]
        self._bars.refresh()

    def end(self, step: str, seconds: float, *, how: Ending) -> None:
        """Take the bar away and print how long the step took."""
        if self._task is not None:
            self._bars.remove_task(self._task)  # type: ignore[arg-type]
            self._bars.stop()
            self._task = None
        self._bars.console.print(f"[green]✓[/] {step}  [dim]{_ended(step, seconds, how)}[/]")

    def note(self, text: str) -> None:
        """Print the note."""
        self._bars.console.print(f"[yellow]·[/] {text}", markup=True, highlight=False)


def _ended(step: str, seconds: float, how: Ending) -> str:
    if how == "done":
        return f"done in {duration_text(seconds)}"
    if how == "given":
        return f"{DOCUMENTS.get(step, 'its file')} is taken as it stands; remove it to make it anew"
    checked = f" (checked in {duration_text(seconds)})" if seconds > _SHORT_SECS else ""
    return f"still valid{checked}"


def _estimate(done: int, total: int, left_secs: float) -> str:
    return (
        f"about {duration_text(left_secs)} for the {total - done} frames to come, "
        "judging by a probe frame"
    )
