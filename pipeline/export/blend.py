"""A finished run as a .blend file, to open, change and render in Blender."""

from pathlib import Path
from typing import final

from pipeline.credits import credits_of
from pipeline.export.exporter import Exporter
from pipeline.export.source import shot_of
from pipeline.manifest import read_manifest
from pipeline.run_folder.atomic import write_with
from pipeline.run_folder.folder import MANIFEST


@final
class BlendExporter(Exporter):
    """The shot with its shaders, pictures, lamps, camera, keyframes, weather and credits."""

    def export(self, run: Path, path: Path) -> Path:
        """Write the run's shot to `path`.

        Raises:
            RunFolderError: If the run lacks stage, motion or camera, or `path` cannot be written.
        """
        from render.blender.blend_file import save_blend

        shot = shot_of(run)
        root, told = run.resolve(), credits_of(shot.stage).text
        made = read_manifest(run / MANIFEST)
        seed = made.seed if made is not None else 0
        write_with(
            path,
            lambda temporary: save_blend(
                shot, temporary, credits=told, textures_root=root, seed=seed
            ),
        )
        return path
