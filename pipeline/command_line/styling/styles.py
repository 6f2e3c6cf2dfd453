"""`worldreel styles`: which looks there are, in words and on a contact sheet."""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import tyro

from pipeline.command_line.progress import progress_on_stderr
from pipeline.command_line.styling.sheet import Still, still_of_run, still_of_scene, write_sheet
from pipeline.plugins import create
from pipeline.run_folder.folder import RunFolder
from pipeline.steps.chosen_style import PLAIN, served_by
from render.stylize.painting.styles import STYLES
from scene_builder.model.errors import RunFolderError, SettingsError

SAYS: Mapping[str, str] = {
    "oil": "thick paint: dabs of one colour each, and bristle marks",
    "watercolor": "washes on paper: pigment that flows and gathers at borders",
    "pencil": "graphite: hatching as dark as the tone, contours; no colours",
    "ink": "pen on warm paper: hatched, and black where it is dark; no colours",
    "toon": "cel animation: a few tones a surface, clean lines",
    "clay": "modelling clay: rounded, soft light, thumb marks",
    "pixel": "blocks of few colours, dithered in order, with dark outlines",
    "papercut": "layers of coloured paper and the shadows that they throw; posters",
    "noir": "black and white film: hard light, deep shadows, grain",
    "photoreal": "what a camera would have kept: tone mapping and one grade",
}
"""One line for each style."""
ENDINGS = (".png", ".jpg", ".jpeg")


@dataclass(frozen=True, kw_only=True)
class Styles:
    """List the looks that --style may ask for; --sheet shows them side by side."""

    sheet: Annotated[Path | None, tyro.conf.arg(metavar="PATH", help_behavior_hint="")] = None
    """Write a contact sheet, a .png or .jpg: one still in every style."""
    run_folder: Annotated[
        Path | None, tyro.conf.arg(name="run", metavar="RUN", help_behavior_hint="")
    ] = None
    """With --sheet: the rendered run whose middle frame is shown; a small scene unless given."""
    debug: Annotated[bool, tyro.conf.FlagCreatePairsOff] = False
    """Show the whole traceback of an error."""

    def run(self) -> None:
        """Print one line for each style, and write the sheet if one is asked for."""
        self._check()
        for style in STYLES:
            by = served_by(style.name, None, ()).stylizer
            _say(f"  {style.name:11} {SAYS[style.name]} [{by}]")
        _say("other words mean the nearest of them, as in --style 'like an old Soviet poster'")
        if self.sheet is None:
            return
        with tempfile.TemporaryDirectory(prefix="worldreel-") as place:
            still = self._still(Path(place))
            names = [style.name for style in STYLES if _painted(style.name)]
            shown = {PLAIN: create("stylizer", PLAIN)}
            for name in names:
                shown[name] = create("stylizer", served_by(name, None, ()).stylizer, style=name)
            write_sheet(still, shown, self.sheet)
        _say(f"sheet: {self.sheet}")

    def _check(self) -> None:
        if self.sheet is not None and self.sheet.suffix.lower() not in ENDINGS:
            raise SettingsError(f"--sheet {self.sheet} given; write a .png or .jpg file")
        if self.run_folder is None:
            return
        if self.sheet is None:
            raise SettingsError("--run is for --sheet; give --sheet PATH, too")
        if not RunFolder(self.run_folder).exists:
            raise RunFolderError(f"{self.run_folder} holds no run; make one first")

    def _still(self, place: Path) -> Still:
        if self.run_folder is not None:
            return still_of_run(self.run_folder)
        return still_of_scene(place / "scene", progress_on_stderr())


def _painted(name: str) -> bool:
    return served_by(name, None, ()).stylizer != PLAIN


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
