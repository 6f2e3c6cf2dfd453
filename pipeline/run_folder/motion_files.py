"""trajectory.npz, track.npz and visibility.npz: public formats that other programs read."""

from pathlib import Path

import numpy as np

from physics.trajectory import Contacts, Trajectory
from pipeline.run_folder.arrays_file import read_arrays, write_arrays
from pipeline.run_folder.documents import DamagedError
from render.camera_track import CameraTrack
from render.visibility import Visibility
from scene_builder.model.arrays import Array
from scene_builder.model.errors import WorldreelError
from scene_builder.model.lens import Lens

_MOTION = ("positions", "wxyz", "linear_velocities", "angular_velocities")
DEFORM_FOLDER = "deform"
_CONTACT = ("time", "a", "b", "point", "normal", "impulse")
_SEEN = ("pixels", "box", "centroid")
_TRACK = ("positions", "wxyz", "focal_length_mm", "sensor_width_mm", "size_px")


def write_trajectory(path: Path, trajectory: Trajectory) -> tuple[Path, ...]:
    """Write a trajectory, and beside it deform/<id>.npz for each body that is not rigid.

    Returns:
        Every file that the trajectory needs, `path` last.
    """
    beside = []
    for body_id, vertices in trajectory.deform.items():
        beside.append(path.parent / DEFORM_FOLDER / f"{body_id}.npz")
        beside[-1].parent.mkdir(exist_ok=True)
        write_arrays(beside[-1], {"vertices": vertices})
    arrays = {name: getattr(trajectory, name) for name in _MOTION}
    contacts = {f"contact_{name}": getattr(trajectory.contacts, name) for name in _CONTACT}
    write_arrays(
        path,
        {
            "times": trajectory.times,
            "body_ids": _names(trajectory.body_ids),
            **arrays,
            "present": trajectory.present,
            "penetration_m": trajectory.penetration_m,
            **contacts,
            **({"deforming": _names(tuple(trajectory.deform))} if trajectory.deform else {}),
        },
    )
    return (*beside, path)


def read_trajectory(path: Path) -> Trajectory:
    """Read a trajectory; it equals what was written.

    Raises:
        DamagedError: If the file is missing or damaged.
    """
    names = ("times", "body_ids", *_MOTION, "present", "penetration_m")
    contact_names = tuple(f"contact_{name}" for name in _CONTACT)
    arrays = read_arrays(path, (*names, *contact_names), perhaps=("deforming",))
    deforming = {str(name) for name in arrays.pop("deforming", ())}
    try:
        contacts = Contacts(**{name: arrays.pop(f"contact_{name}") for name in _CONTACT})
        body_ids = tuple(map(str, arrays.pop("body_ids")))
        deform = {name: _vertices(path, name) for name in body_ids if name in deforming}
        return Trajectory(body_ids=body_ids, contacts=contacts, deform=deform, **arrays)
    except (ValueError, TypeError, WorldreelError) as error:
        raise DamagedError(f"{path} is no trajectory ({error}); simulate again") from error


def _vertices(path: Path, body_id: str) -> Array:
    file = path.parent / DEFORM_FOLDER / f"{body_id}.npz"
    return read_arrays(file, ("vertices",))["vertices"]


def write_track(path: Path, track: CameraTrack) -> None:
    """Write a camera's track."""
    write_arrays(
        path,
        {
            "positions": track.positions,
            "wxyz": track.wxyz,
            "focal_length_mm": np.array(track.lens.focal_length_mm),
            "sensor_width_mm": np.array(track.lens.sensor_width_mm),
            "size_px": np.array(track.lens.size_px, np.int32),
        },
    )


def read_track(path: Path) -> CameraTrack:
    """Read a camera's track; it equals what was written.

    Raises:
        DamagedError: If the file is missing or damaged.
    """
    arrays = read_arrays(path, _TRACK)
    try:
        width, height = map(int, arrays["size_px"])
        lens = Lens(
            focal_length_mm=arrays["focal_length_mm"].item(),
            sensor_width_mm=arrays["sensor_width_mm"].item(),
            size_px=(width, height),
        )
        return CameraTrack(positions=arrays["positions"], wxyz=arrays["wxyz"], lens=lens)
    except (ValueError, TypeError) as error:
        raise DamagedError(f"{path} is no camera track ({error}); render again") from error


def write_visibility(path: Path, visibility: Visibility) -> None:
    """Write what could be seen of every body."""
    arrays = {name: getattr(visibility, name) for name in _SEEN}
    write_arrays(path, {"body_ids": _names(visibility.body_ids), **arrays})


def read_visibility(path: Path) -> Visibility:
    """Read what could be seen of every body; it equals what was written.

    Raises:
        DamagedError: If the file is missing or damaged.
    """
    arrays = read_arrays(path, ("body_ids", *_SEEN))
    try:
        return Visibility(body_ids=tuple(map(str, arrays.pop("body_ids"))), **arrays)
    except (ValueError, TypeError) as error:
        raise DamagedError(f"{path} holds no visibility ({error}); render again") from error


def _names(names: tuple[str, ...]) -> Array:
    return np.array(names, dtype=np.str_)
