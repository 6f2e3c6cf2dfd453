"""The command that plays a take again with something otherwise."""

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import tyro

from pipeline.command_line.progress import progress_on_stderr
from pipeline.settings import Options
from pipeline.whatif.asking import answered, asking_of
from pipeline.whatif.changes import question_of
from pipeline.whatif.comparing import Comparison, Happening, Judged
from pipeline.whatif.filming import filmed
from pipeline.whatif.page import write_page

NEVER = "—"
_STYLES = {"held": "green", "failed": "red", "not judged": "yellow"}

Rows = list[tuple[str, list[str]]]


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """Play a run again with something otherwise, beside how it was filmed.

    What can be set of a thing (ball, or one of several: cup#2): mass_kg, friction,
    rolling_friction, spinning_friction, restitution, linear_damping, angular_damping, speed (in
    m/s, or x1.5), height_m, material, color. Of the setting: setting.gravity (earth, moon, mars,
    zero, or m/s²).
    """

    run_folder: Annotated[Path, tyro.conf.Positional, tyro.conf.arg(name="run", metavar="RUN")]
    """The run folder."""
    sets: Annotated[
        tuple[str, ...],
        tyro.conf.UseAppendAction,
        tyro.conf.arg(name="set", metavar="PATH=VALUE", help_behavior_hint=""),
    ] = ()
    """What is otherwise, for example ball.mass_kg=5; may be given several times."""
    sweeps: Annotated[
        tuple[str, ...],
        tyro.conf.UseAppendAction,
        tyro.conf.arg(name="sweep", metavar="PATH=A,B,…", help_behavior_hint=""),
    ] = ()
    """Several values, each in a film of its own: ball.friction=0.1,0.3,0.6; two make a grid."""
    no_film: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Simulate and compare, and render nothing."""
    follow: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Aim the camera anew in each film; it stays where it was unless given."""
    out: Annotated[
        Path | None, tyro.conf.arg(metavar="DIR", aliases=["-o"], help_behavior_hint="")
    ] = None
    """Folder of what is made; RUN/whatif unless given."""
    common: tyro.conf.OmitArgPrefixes[Options] = field(default_factory=Options)

    def run(self) -> None:
        """Simulate, show what differs, film it, and say where the results lie."""
        asking = asking_of(
            self.run_folder, question_of(self.sets, self.sweeps), self.common,
            follow=self.follow, out=self.out, progress=progress_on_stderr(),
        )  # fmt: skip
        answer = answered(asking)
        show_comparison(answer.comparison)
        graph = asking.original.graph
        if not self.no_film:
            film = filmed(asking, answer)
            sys.stdout.write(f"film: {film}\n")
        page = write_page(graph, answer.comparison, answer.table.parent)
        sys.stdout.write(f"table: {answer.table}\npage: {page}\n")
        for version in answer.comparison.variants:
            sys.stdout.write(f"run: {os.path.normpath(answer.table.parent / version.folder)}\n")


def show_comparison(comparison: Comparison) -> None:
    """Print what differs between the versions of a film."""
    head = [comparison.as_filmed.label, *(version.label for version in comparison.variants)]
    rows = table_rows(comparison)
    notes = [*comparison.notes, *(n for version in comparison.variants for n in version.notes)]
    changed = sum(event.changed for event in comparison.events)
    same = len(comparison.events) - changed
    summary = f"{changed} events differ, {same} are as before"
    if sys.stdout.isatty():
        _rich(head, rows, notes, summary)
        return
    texts = [["", *head], *([name, *cells] for name, cells in rows)]
    widths = [max(len(row[k]) for row in texts) for k in range(len(head) + 1)]
    for row in texts:
        line = "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        sys.stdout.write(line.rstrip() + "\n")
    sys.stdout.write("\n".join([summary, *(f"note: {note}" for note in notes)]) + "\n")


def table_rows(comparison: Comparison) -> Rows:
    """Return the rows of the table: outcomes, events that changed, and where things end."""
    rows: Rows = [
        (row.text, [_judged(row.as_filmed), *map(_judged, row.now)]) for row in comparison.outcomes
    ]
    rows += [
        (row.text, [_when(row.as_filmed), *(_moved(row.as_filmed, now) for now in row.now)])
        for row in comparison.events
        if row.changed
    ]
    rows += [
        (f"{row.body} ends", ["", *(f"{apart:.2f} m away" for apart in row.apart_m)])
        for row in comparison.endings
    ]
    return rows


def _judged(judged: Judged) -> str:
    time = "" if judged.time_secs is None else f" at {judged.time_secs:.2f} s"
    return f"{judged.status}{time}"


def _when(event: Happening | None) -> str:
    return NEVER if event is None else f"{event.time_secs:.2f} s"


def _moved(before: Happening | None, now: Happening | None) -> str:
    if before is None or now is None:
        return _when(now)
    return f"{_when(now)} ({now.time_secs - before.time_secs:+.2f})"


def _rich(head: Sequence[str], rows: Rows, notes: Sequence[str], summary: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    table = Table("", box=None, pad_edge=False, header_style="bold")
    for label in head:
        table.add_column(Text(label))
    for name, cells in rows:
        styled = [Text(c, _STYLES.get(c.partition(" at ")[0], "")) for c in cells]
        table.add_row(Text(name), *styled)
    console.print(table)
    console.print(Text(summary, "dim"))
    for note in notes:
        console.print(Text.assemble(("note: ", "bold"), note))
