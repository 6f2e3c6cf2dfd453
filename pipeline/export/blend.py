"""A finished run as a .blend file, to open, change and render in Blender."""

from pathlib import Path
from typing import final

from pipeline.export.exporter import Exporter
from pipeline.run_folder.atomic import write_with
from pipeline.run_folder.motion_files import read_track, read_trajectory
from pipeline.run_folder.stage_file import read_stage
from render.shot import Shot


@final
class BlendExporter(Exporter):
    """The shot with its shaders, lamps, camera and keyframes."""

    def export(self, run: Path, path: Path) -> Path:
        """Write the run's shot to `path`.

        Raises:
            RunFolderError: If the run lacks stage, motion or camera, or `path` cannot be written.
        """
        from render.blender.blend_file import save_blend

        shot = Shot(
            stage=read_stage(run / "stage.json"),
            trajectory=read_trajectory(run / "trajectory.npz"),
            track=read_track(run / "track.npz"),
        )
        root = run.resolve()
        write_with(path, lambda temporary: save_blend(shot, temporary, textures_root=root))
        return path
