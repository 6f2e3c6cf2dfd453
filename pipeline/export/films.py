"""Finished runs as files that everybody can open: mp4, GIF, PNG pictures."""

import shutil
from pathlib import Path
from typing import final

from pipeline.credits import CREDITS, credit_line, credits_text
from pipeline.encode.gif import encode_gif
from pipeline.export.exporter import Exporter
from pipeline.run_folder.atomic import write_text, write_with
from pipeline.run_folder.documents import DamagedError
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.pictures import Pictures, pictures_in
from pipeline.run_folder.stage_file import read_stage
from scene_builder.model.errors import RunFolderError

FILM = "film.mp4"


@final
class FilmExporter(Exporter):
    """The film as it is."""

    def export(self, run: Path, path: Path) -> Path:
        """Copy the run's film to `path`."""
        film = run / FILM
        if not film.exists():
            raise RunFolderError(f"{run} holds no {FILM}; run `worldreel encode {run}` first")
        write_with(path, lambda temporary: shutil.copyfile(film, temporary))
        return path


@final
class GifExporter(Exporter):
    """The film as an animated picture."""

    def export(self, run: Path, path: Path) -> Path:
        """Write the run's pictures as a GIF."""
        stage = read_stage(run / "stage.json")
        told = f"made with worldreel{credit_line([stage])}"
        return encode_gif(path, _pictures(run), fps=stage.timeline.fps, comment=told)


@final
class PngExporter(Exporter):
    """The film as one PNG a frame, and whose work they show."""

    def export(self, run: Path, path: Path) -> Path:
        """Copy the run's pictures into the folder `path`."""
        if path.exists() and not path.is_dir():
            raise RunFolderError(f"{path} is a file; pictures need a folder")
        pictures, stage = _pictures(run), read_stage(run / "stage.json")
        for picture in pictures.paths:
            _copy(picture, path / picture.name)
        write_text(path / CREDITS, credits_text([stage]))
        return path


def _copy(source: Path, target: Path) -> None:
    write_with(target, lambda temporary: shutil.copyfile(source, temporary))


def _pictures(run: Path) -> Pictures:
    try:
        return pictures_in(RunFolder(run).styled)
    except DamagedError as error:
        raise RunFolderError(f"{run}: {error}; run `worldreel stylize {run}` first") from error
