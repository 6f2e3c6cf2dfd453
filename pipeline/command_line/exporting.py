"""The command that turns a finished run into something for other programs."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import tyro

from pipeline.command_line.progress import progress_on_stderr
from pipeline.export.exporter import Exporter
from pipeline.plugins import create, listing
from pipeline.publish import PAGE
from pipeline.run_folder.folder import RunFolder
from pipeline.verify.viewer import VIEWER, put_viewer_in
from scene_builder.model.errors import RunFolderError, SettingsError

DEFAULT_FORM = "mp4"
NAMES: Mapping[str, str] = {"png": "pictures"}
"""What a form's file is called, where that is not `film` and the form."""
ENDINGS: Mapping[str, str] = {"mov": "spatial"}
"""Forms whose files end otherwise."""

_FLAGS: Mapping[str, tuple[str, str]] = {
    "live": ("--live", "usdz"),
    "fit_m": ("--fit", "usdz"),
    "surroundings": ("--surroundings", "usdz, glb or html"),
    "baseline": ("--baseline", "spatial"),
    "packing": ("--eyes", "spatial"),
}
"""Options that only some exporters take, by the names that their classes have for them."""
_METRES: Mapping[str, float] = {"": 1.0, "m": 1.0, "cm": 0.01, "mm": 0.001}


@dataclass(frozen=True, kw_only=True)
class Export:
    """Turn a finished run into a file for other programs."""

    run_folder: Annotated[
        Path | None,
        tyro.conf.Positional,
        tyro.conf.arg(name="run", metavar="RUN", help_behavior_hint=""),
    ] = None
    """The run folder; an asset library without one holds all that worldreel can build."""
    form: Annotated[
        str | None, tyro.conf.Positional, tyro.conf.arg(metavar="FORM", help_behavior_hint="")
    ] = None
    """mp4, gif, png, usdz, glb, html, spatial, … (`worldreel parts`); mp4 unless given."""
    to: Annotated[str | None, tyro.conf.arg(metavar="FORM|PATH", help_behavior_hint="")] = None
    """The form, or where it goes: a path ends as its form does. RUN/export/ unless given."""
    live: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """usdz: leave the motion to the headset's physics, from the same beginning."""
    fit: Annotated[str | None, tyro.conf.arg(metavar="SIZE", help_behavior_hint="")] = None
    """usdz: the width that it gets on the table, as 0.5m or 40cm; true scale unless given."""
    surroundings: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """usdz, glb, html: the whole place, not only what the words name and the floor under it."""
    baseline: Annotated[str | None, tyro.conf.arg(metavar="SIZE", help_behavior_hint="")] = None
    """spatial: how far apart the eyes stand; 64mm, or less where that would strain eyes."""
    eyes: Annotated[str | None, tyro.conf.arg(metavar="HOW", help_behavior_hint="")] = None
    """spatial: mv-hevc (a .mov with two layers, unless given) or side-by-side (an .mp4)."""
    debug: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Export, and say where the result lies."""
        form, path = chosen(self.form, self.to)
        exporter: Exporter = create(
            "exporter", form, progress=progress_on_stderr(), **self._options()
        )
        for name in self._options():
            if not hasattr(exporter, name):
                flag, forms = _FLAGS[name]
                raise SettingsError(f"{flag} is not for {form}; it is for {forms}")
        name = getattr(exporter, "file_name", NAMES.get(form, f"film.{form}"))
        if self.run_folder is None:
            made = _without_run(exporter, form, path or Path(name))
        else:
            made = _of_run(exporter, self.run_folder, path or self.run_folder / "export" / name)
        sys.stdout.write(f"{form}: {made}\n")

    def _options(self) -> dict[str, Any]:
        """Return the options that were given."""
        given: dict[str, Any] = {}
        if self.live:
            given["live"] = True
        if self.fit is not None:
            given["fit_m"] = metres(self.fit)
        if self.surroundings:
            given["surroundings"] = True
        if self.baseline is not None:
            given["baseline"] = self.baseline
        if self.eyes is not None:
            given["packing"] = self.eyes
        return given


def _of_run(exporter: Exporter, run: Path, to: Path) -> Path:
    """Export a run; its report shows what can be walked around."""
    if not RunFolder(run).exists:
        raise RunFolderError(f"{run} holds no run; make one first")
    made: Path = exporter.export(run, to)
    if to.resolve() == (run / VIEWER).resolve():
        put_viewer_in(run / PAGE)
    return made


def _without_run(exporter: Exporter, form: str, to: Path) -> Path:
    """Export what needs no run."""
    if not hasattr(exporter, "export_all"):
        raise SettingsError(f"{form} shows a run: say which, as in worldreel export RUN {form}")
    made: Path = exporter.export_all(to)
    return made


def chosen(form: str | None, to: str | None) -> tuple[str, Path | None]:
    """Return the form that is asked for, and where it is to go, if that was said.

    Args:
        form: What stands after the run.
        to: What stands after `--to`: a form, or a path, whose ending may say the form.
    """
    forms = listing("exporter")
    if to is None:
        return form or DEFAULT_FORM, None
    if form is None and to in forms:
        return to, None
    if form is None and re.fullmatch(r"[a-z_]+", to) and not Path(to).exists():
        return to, None  # a form that is not there: whoever makes it says so
    ending = Path(to).suffix[1:].lower()
    ending = ENDINGS.get(ending, ending)
    return form or (ending if ending in forms else DEFAULT_FORM), Path(to)


def metres(text: str) -> float:
    """Return a length in metres [m] of `0.5m`, `40cm` or `0.5`.

    Raises:
        SettingsError: If it is no length.
    """
    found = re.fullmatch(r"\s*(\d+(?:\.\d*)?|\.\d+)\s*(m|cm|mm|)\s*", text)
    if found is None or float(found[1]) <= 0:
        raise SettingsError(f"--fit {text!r} is no length; write for example 0.5m or 40cm")
    return float(found[1]) * _METRES[found[2]]
