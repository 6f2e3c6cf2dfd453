"""A finished run as GLB, and as one web page that plays it without a network."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import final

from pipeline.credits import credits_of
from pipeline.export.exporter import Exporter
from pipeline.export.gltf.scene import glb_bytes
from pipeline.export.selection import select
from pipeline.export.source import shot_of, surfaces_of, words_of
from pipeline.run_folder.atomic import write_bytes, write_text
from pipeline.scene_page.page import page_with
from render.shot import Shot

PAGE_MAP_PX = 1024
"""Edge of the largest pictures in a web page [px]: they are sent whole, as text."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class GlbExporter(Exporter):
    """The shot as one GLB file, for web viewers, engines and other programs.

    Attributes:
        surroundings: Take the whole place along.
    """

    surroundings: bool = False

    def export(self, run: Path, path: Path) -> Path:
        """Write the run's shot to `path`.

        Raises:
            RunFolderError: If the run lacks stage, motion or camera.
            EncodeError: If nothing is there to export.
        """
        write_bytes(path, _glb(run, surroundings=self.surroundings)[0])
        return path


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class PageExporter(Exporter):
    """The shot as one web page that plays from the disk and can be walked around.

    Attributes:
        surroundings: Take the whole place along.
    """

    surroundings: bool = False

    def export(self, run: Path, path: Path) -> Path:
        """Write the page to `path`.

        Raises:
            RunFolderError: If the run lacks stage, motion or camera.
            EncodeError: If nothing is there to export.
        """
        glb, shot, words = _glb(
            run, surroundings=self.surroundings, most_px=PAGE_MAP_PX, sunlit=True
        )
        write_text(path, page_with(glb, title=words, credits=credits_of(shot.stage).text))
        return path


def _glb(
    run: Path, *, surroundings: bool, most_px: int | None = None, sunlit: bool = False
) -> tuple[bytes, Shot, str]:
    """Return the run's shot as GLB, the shot, and its words."""
    shot = shot_of(run)
    orders = dict(select(shot, surroundings=surroundings, live=False).orders)
    for body_id, order in orders.items():
        keep = 1.0 if body_id in shot.stage.deforming else order.keep
        size = order.map_px if most_px is None else min(order.map_px, most_px)
        orders[body_id] = replace(order, keep=keep, map_px=size)
    dressed = surfaces_of(run, shot, orders)
    words = words_of(run, shot)
    return glb_bytes(shot, dressed, words=words, sunlit=sunlit), shot, words
