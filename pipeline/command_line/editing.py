"""The command that changes a finished run by words."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import tyro

from pipeline.command_line.progress import progress_on_stderr
from pipeline.command_line.showing import show_edit
from pipeline.editing.copying import free_name
from pipeline.editing.runs import RESULTS, editor_for, film_again, reading_of, write_edit
from pipeline.run_folder.folder import RunFolder
from pipeline.settings import Options
from scene_builder.model.errors import SettingsError

FILES = {"read": "scene.json", "build": "built.json", "direct": "stage.json",
         "simulate": "trajectory.npz", "aim": "track.npz", "storyboard": "storyboard.png",
         "render": "frames", "stylize": "styled", "encode": "film.mp4",
         "verify": "film.mp4"}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Edit:
    """Change a run by words, and film it again from the first step that they touch."""

    run_folder: Annotated[Path, tyro.conf.Positional, tyro.conf.arg(name="run", metavar="RUN")]
    """The run folder."""
    words: Annotated[str, tyro.conf.Positional, tyro.conf.arg(metavar="WORDS")]
    """What to change, in words."""
    out: Annotated[
        Path | None, tyro.conf.arg(metavar="DIR", aliases=["-o"], help_behavior_hint="")
    ] = None
    """The new run's folder; RUN-edit unless given."""
    in_place: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Change the run itself."""
    yes: Annotated[bool, tyro.conf.FlagCreatePairsOff, tyro.conf.arg(aliases=["-y"])] = False
    """Ask nothing."""
    dry_run: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Show what would change, and change nothing."""
    common: tyro.conf.OmitArgPrefixes[Options] = field(default_factory=Options)

    def run(self) -> None:
        """Read the edit, show it, write it and film it.

        Raises:
            SettingsError: If both --out and --in-place are given.
        """
        if self.out is not None and self.in_place:
            raise SettingsError("--out and --in-place exclude each other; give one of them")
        run = RunFolder(self.run_folder)
        before = reading_of(run)
        edit = editor_for(run, self.common).edit(before.graph, self.words)
        show_edit(edit, before.graph)
        if self.dry_run or not (self.yes or _agreed()):
            return
        to = None if self.in_place else self.out or free_name(self.run_folder)
        folder = write_edit(run, edit, to=to)
        last = film_again(folder, before, self.common, progress_on_stderr())
        for name in ("read", *([last] if last in RESULTS and last != "read" else [])):
            sys.stdout.write(
                f"{'scene graph' if name == 'read' else name}: {folder / FILES[name]}\n"
            )


def _agreed() -> bool:
    """Ask on a terminal; elsewhere whoever typed the command has agreed."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    sys.stdout.write("Film it so? [Y/n] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in {"", "y", "yes"}
