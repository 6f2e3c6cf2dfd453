"""A finished run as USDZ, for Apple Vision Pro, Quick Look and every reader of USD."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import final

from pipeline.export.exporter import Exporter
from pipeline.export.selection import Selection, select
from pipeline.export.source import shot_of, surfaces_of, words_of
from pipeline.export.usd.scene import Setting, usdz_bytes
from pipeline.export.usd.sound import sound_in
from pipeline.run_folder.atomic import write_bytes
from scene_builder.model.errors import EncodeError, SettingsError

SMALLEST_FIT_M, LARGEST_FIT_M = 0.05, 100.0


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class UsdzExporter(Exporter):
    """The shot as a thing that stands on a table and moves.

    Attributes:
        live: Leave the motion to the reader's physics engine, from the same beginning.
        fit_m: Width that the floor's disc is to have [m]; None for true scale.
        surroundings: Take the whole place along.
    """

    live: bool = False
    fit_m: float | None = None
    surroundings: bool = False

    def __post_init__(self) -> None:
        if self.fit_m is not None and not SMALLEST_FIT_M <= self.fit_m <= LARGEST_FIT_M:
            raise SettingsError(
                f"--fit {self.fit_m:g} m given; allowed are {SMALLEST_FIT_M:g} to "
                f"{LARGEST_FIT_M:g} m, for example 0.5m"
            )

    def export(self, run: Path, path: Path) -> Path:
        """Write the run's shot to `path`.

        Raises:
            RunFolderError: If the run lacks stage, motion or camera.
            EncodeError: If something of it cannot be written as USDZ, or its sound be read.
        """
        shot = shot_of(run)
        selection = select(shot, surroundings=self.surroundings, live=self.live)
        soft = [b for b in selection.bodies if b in shot.stage.deforming]
        if soft and self.live:
            raise EncodeError(
                f"{soft[0]} bends, and no reader's physics bends it; export it without --live"
            )
        # A skin names the vertices that the motion names: none may be left out.
        whole = {body_id: replace(selection.orders[body_id], keep=1.0) for body_id in soft}
        orders = {**selection.orders, **whole}
        dressed = surfaces_of(run, shot, orders)
        sound = sound_in(run)
        setting = replace(self._setting(selection, words_of(run, shot)), sound=sound)
        write_bytes(path, usdz_bytes(shot, selection, dressed, setting))
        return path

    def _setting(self, selection: Selection, words: str) -> Setting:
        setting = Setting(live=self.live, words=words)
        if self.fit_m is None:
            return setting
        scale = self.fit_m / (2 * selection.radius_m)
        x, y = selection.middle_m
        return replace(setting, scale=scale, offset_m=(-x * scale, -y * scale, 0.0))
