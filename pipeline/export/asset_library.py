"""worldreel's things, or those of a run, as an asset library for Blender's asset browser."""

from pathlib import Path
from typing import final

from pipeline.credits import CREDITS, credits_text
from pipeline.export.exporter import Exporter
from pipeline.progress import Progress, Silent
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.stage_file import read_stage


@final
class AssetLibraryExporter(Exporter):
    """A folder of .blend files with marked assets, catalogues, previews, authors and licences.

    Args:
        progress: Hears how many things are finished.
        previews: Whether each thing gets a picture of its own, which takes half a second.
    """

    file_name = "asset_library"

    def __init__(self, progress: Progress | None = None, *, previews: bool = True) -> None:
        self._progress = progress or Silent()
        self._previews = previews

    def export(self, run: Path, path: Path) -> Path:
        """Write what the run shows, as it is dressed there, into the folder `path`.

        Raises:
            RunFolderError: If the run has no stage, or `path` cannot be written.
        """
        from pipeline.blender_addon.asset_library.things import things_of
        from pipeline.blender_addon.asset_library.writing import write_library

        told = credits_text([read_stage(run / "stage.json")])
        written = write_library(
            things_of(run), path, progress=self._progress, run=run, previews=self._previews
        )
        write_text(written / CREDITS, told)
        return written

    def export_all(self, path: Path) -> Path:
        """Write all that worldreel builds or takes out of its packages; it needs no run.

        Raises:
            RunFolderError: If `path` cannot be written.
        """
        from pipeline.blender_addon.asset_library.things import all_things
        from pipeline.blender_addon.asset_library.writing import write_library

        return write_library(all_things(), path, progress=self._progress, previews=self._previews)
