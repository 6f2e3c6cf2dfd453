"""Whether a .blend file opens whole, and plays what its run did."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from jaxtyping import Bool

from physics.trajectory import Trajectory
from pipeline.export.findings import Finding, broken, doubtful
from pipeline.export.source import shot_of
from render.blender.blend_reading import BlendFilm, read_blend
from render.blender.falling.paths import falling_in
from render.camera_track import CameraTrack
from render.shot import Shot
from scene_builder.model.arrays import Array
from scene_builder.model.errors import RunFolderError, SceneError
from scene_builder.model.pose import rotation_from_wxyz

MOST_AWAY_M = 1e-4
"""How far a place may be from where the run has it [m]."""
MOST_TURNED = 1e-4
"""How far a number of a turn's matrix may be from the run's."""
MOST_BENT_M = 1e-4
"""How far a vertex of what bends may be from where the run has it [m]."""
_RATE = 1e-3


def findings_in(path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a .blend file; it is held against its run if it lies in one."""
    try:
        film = read_blend(path)
    except RunFolderError as error:
        return (broken(str(error)),)
    try:
        shot = shot_of(path.resolve().parent.parent)
    except (RunFolderError, SceneError):
        shot = None
    return compared(film, shot)


def compared(film: BlendFilm, shot: Shot | None) -> tuple[Finding, ...]:
    """Return what is wrong with what a .blend file plays.

    Args:
        film: What it plays.
        shot: What it should; None if that is not known.
    """
    return tuple(_findings(film, shot))


def _findings(film: BlendFilm, shot: Shot | None) -> Iterator[Finding]:
    for name in film.loose_pictures:
        yield broken(f"the picture {name!r} does not lie inside of the file")
    for name, poses in (("bodies", film.world_from_body), ("camera", film.world_from_camera)):
        if not np.isfinite(poses).all():
            yield broken(f"{name}: poses that are not finite")
            return
    if shot is None:
        yield doubtful("it lies in no run's folder: its motion is held against nothing")
    else:
        yield from _motion_findings(film, shot)


def _motion_findings(film: BlendFilm, shot: Shot) -> Iterator[Finding]:
    motion = shot.trajectory
    if film.frames != (0, motion.frame_count - 1):
        first, last = film.frames
        yield broken(f"frames {first} to {last}; the run has 0 to {motion.frame_count - 1}")
        return
    if abs(film.fps - float(shot.stage.timeline.fps)) > _RATE:
        yield broken(f"{film.fps:g} frames a second; the run has {shot.stage.timeline.fps}")
    for body_id in sorted(set(motion.body_ids) - set(film.body_ids)):
        yield broken(f"{body_id} is missing")
    for column, body_id in enumerate(film.body_ids):
        if body_id in motion.body_ids:
            yield from _body_findings(film, column, motion)
    if falling_in(shot) is not None and not film.falling.any():
        yield broken(f"nothing falls; the run's weather is {shot.stage.environment.weather}")
    yield from _bent_findings(film, motion)
    yield from _camera_findings(film, shot.track)


def _body_findings(film: BlendFilm, column: int, motion: Trajectory) -> Iterator[Finding]:
    body_id = film.body_ids[column]
    k = motion.index(body_id)
    here: Bool[Array, " f"] = motion.present[:, k]
    if (film.shown[:, column] != here).any():
        frame = int(np.flatnonzero(film.shown[:, column] != here)[0])
        yield broken(f"{body_id} is seen when it should not be, or the other way, at frame {frame}")
    wanted = _matrices(motion.positions[:, k], motion.wxyz[:, k])
    text = _pose_fault(film.world_from_body[here, column], wanted[here], np.flatnonzero(here))
    if text:
        yield broken(f"{body_id} {text}")


def _bent_findings(film: BlendFilm, motion: Trajectory) -> Iterator[Finding]:
    for body_id, forms in motion.deform.items():
        if body_id not in film.bent:
            yield broken(f"{body_id} bends in the run, and has no forms here")
            continue
        found, wanted = film.bent[body_id], np.asarray(forms)[film.bent_frames]
        if found.shape != wanted.shape:
            yield broken(f"{body_id} has {found.shape[1]} vertices; the run has {wanted.shape[1]}")
            continue
        away = float(np.linalg.norm(found - wanted, axis=-1).max())
        if away > MOST_BENT_M:
            yield broken(f"{body_id}: a vertex is {away:.2g} m from where the run has it")


def _camera_findings(film: BlendFilm, track: CameraTrack) -> Iterator[Finding]:
    wanted = _matrices(track.positions, track.wxyz)
    text = _pose_fault(film.world_from_camera, wanted, np.arange(len(wanted)))
    if text:
        yield broken(f"the camera {text}")


def _pose_fault(found: Array, wanted: Array, frames: Array) -> str:
    """Return what is wrong with poses (f 4 4) at some frames; empty for nothing."""
    if not len(frames):
        return ""
    away = np.linalg.norm(found[:, :3, 3] - wanted[:, :3, 3], axis=1)
    if away.max() > MOST_AWAY_M:
        worst = int(away.argmax())
        return f"is {away[worst]:.2g} m from where the run has it at frame {frames[worst]}"
    turned = np.abs(found[:, :3, :3] - wanted[:, :3, :3]).max(axis=(1, 2))
    if turned.max() > MOST_TURNED:
        return f"is turned otherwise than in the run at frame {frames[int(turned.argmax())]}"
    return ""


def _matrices(positions: Array, wxyz: Array) -> Array:
    """Return poses as matrices (f 4 4)."""
    made = np.tile(np.eye(4), (len(positions), 1, 1))
    made[:, :3, :3], made[:, :3, 3] = rotation_from_wxyz(wxyz), positions
    return made
