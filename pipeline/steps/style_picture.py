"""The picture that a film is painted after: where it lies, and the run's own copy of it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np

from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.pictures import write_picture
from render.frames import FrameBuffers
from render.shot import Shot
from render.stylize.exemplar.stylizer import GLANCES, ExemplarStylizer, LookingAhead
from render.stylize.stylizer import Stylizer
from scene_builder.model.errors import SettingsError

STYLE_PICTURE = "style.png"
"""The copy, at most 1024 px wide and high: a run stays whole without the user's file."""
EXEMPLAR = "exemplar"


@runtime_checkable
class _Readable(Protocol):
    """Frames that can be read in any order."""

    def read(self, frame: int) -> FrameBuffers:
        """Return a frame."""
        ...


def picture_given(given: str, out: Path | None) -> Path:
    """Return where a picture lies: the user's file, or if that is gone the run's copy.

    Args:
        given: The user's file.
        out: The run folder, or that of a film whose shots are runs.
    """
    copies = [] if out is None else [out / STYLE_PICTURE, *sorted(out.glob(f"*/{STYLE_PICTURE}"))]
    return next((path for path in (Path(given), *copies) if path.is_file()), Path(given))


def painter_after(given: str | None, stylizer: str | None, out: Path | None) -> Stylizer | None:
    """Return who paints after a picture; None if there is none.

    Args:
        given: The user's file; None for none.
        stylizer: The stylizer that the user named, if any.
        out: See `picture_given`.

    Raises:
        SettingsError: If the picture cannot be used, or the stylizer paints after none.
    """
    if given is None and stylizer != EXEMPLAR:
        return None
    if stylizer not in {None, EXEMPLAR}:
        raise SettingsError(
            f"--stylizer {stylizer!r} paints after no picture; leave it out, or leave out "
            "--style-image"
        )
    return ExemplarStylizer(image=None if given is None else picture_given(given, out))


def keep_picture(folder: RunFolder, stylizer: Stylizer) -> Path | None:
    """Copy the picture into the run folder, or take away that of an earlier look."""
    path = folder / STYLE_PICTURE
    if not isinstance(stylizer, ExemplarStylizer):
        path.unlink(missing_ok=True)
        return None
    write_picture(path, stylizer.picture)
    return path


def having_looked(stylizer: Stylizer, shot: Shot, frames: Iterable[FrameBuffers]) -> Stylizer:
    """Return a stylizer that has seen some frames of a shot, if it wants to."""
    if not isinstance(stylizer, LookingAhead):
        return stylizer
    total = shot.trajectory.frame_count
    wanted = np.linspace(0, total - 1, min(GLANCES, total)).round().astype(int).tolist()
    if isinstance(frames, _Readable):
        return stylizer.having_seen(shot, [frames.read(k) for k in wanted])
    return stylizer.having_seen(shot, [frame for frame in frames if frame.frame in set(wanted)])
