"""What a .blend file plays: Blender opens it in a process of its own, frame by frame."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Bool, Float, Int

from scene_builder.model.arrays import Array
from scene_builder.model.errors import RunFolderError

_PATIENCE_SECS = 1800


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BlendFilm:
    """What is seen in a .blend file's scene, frame by frame.

    Attributes:
        fps: Frames per second.
        frames: The first and the last frame.
        body_ids: The bodies that are there, in no order.
        world_from_body: Their poses (f b 4 4), lengths in metres.
        shown: When each is rendered (f b).
        world_from_camera: The camera's poses (f 4 4).
        bent_frames: The frames of which forms were read (k).
        bent: Vertices of each body that bends in the world (k v 3) [m], by body id.
        loose_pictures: Names of pictures that do not lie inside of the file.
        falling: How many drops or flakes are in the air (f); zeros in dry weather.
    """

    fps: float
    frames: tuple[int, int]
    body_ids: tuple[str, ...]
    world_from_body: Float[Array, "f b 4 4"]
    shown: Bool[Array, "f b"]
    world_from_camera: Float[Array, "f 4 4"]
    bent_frames: Int[Array, " k"]
    bent: dict[str, Float[Array, "k v 3"]]
    loose_pictures: tuple[str, ...]
    falling: Int[Array, " f"]


def read_blend(path: Path) -> BlendFilm:
    """Open a .blend file in another process, and return what it plays; no script of it runs.

    Raises:
        RunFolderError: If Blender cannot open it, or it is not one of ours.
    """
    with tempfile.TemporaryDirectory(prefix="worldreel-") as folder:
        told = Path(folder) / "told.npz"
        command = [sys.executable, "-m", "render.blender.blend_telling", str(path), str(told)]
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE_SECS, check=False
        )
        if not told.is_file():
            why = (ended.stderr.strip().splitlines() or ["Blender gave no reason"])[-1]
            raise RunFolderError(f"{path} cannot be opened as a film of worldreel's: {why}")
        with np.load(told, allow_pickle=False) as read:
            bent = {k.removeprefix("bent "): read[k] for k in read.files if k.startswith("bent ")}
            return BlendFilm(
                fps=float(read["fps"]),
                frames=(int(read["frames"][0]), int(read["frames"][1])),
                body_ids=tuple(read["body_ids"].tolist()),
                world_from_body=read["world_from_body"],
                shown=read["shown"],
                world_from_camera=read["world_from_camera"],
                bent_frames=read["bent_frames"],
                bent=bent,
                loose_pictures=tuple(read["loose_pictures"].tolist()),
                falling=read["falling"],
            )
