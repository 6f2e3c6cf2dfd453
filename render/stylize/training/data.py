"""Training frames on the disk: truth of a few frames of each scene, small and exact.

One `.npz` file a scene, never pickled: pictures and base colours as 8-bit sRGB, depth in half
precision, normals in 8 bits, body indices in 8 bits, and the matrices of the camera and of
every body at each frame. From depth and matrices follows where every pixel is in every other
frame of its scene, so that no flow has to be kept. At 256×144 a frame takes about 0.1 MB.

`python -m pipeline.training.stylizer_frames` films and writes them.
"""

import io
import os
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from jaxtyping import Bool, Float, Int, UInt8

from render.stylize.painting.guides import Guides, guides_of
from scene_builder.model.arrays import Array
from scene_builder.model.errors import RunFolderError

_NORMAL_STEPS = 127.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingScene:
    """Some frames of one scene.

    Attributes:
        frames: Which frames of the shot they are (n), rising.
        rgb: Tone-mapped pictures, sRGB (n h w 3).
        albedo: Base colours, sRGB (n h w 3).
        depth: Along the camera's axis (n h w) [m], float16; background inf.
        normals: In the view, times 127 (n h w 3), int8; background 0.
        ids: Body index (n h w), uint8; 0 for background.
        fine: The same pictures from many samples (m h w 3), m ≤ n.
        fine_of: Which of the n each of `fine` belongs to (m).
        cameras: `world_from_camera` (n 4 4); the camera looks along −z, y up.
        bodies: `world_from_body` of body index k at k − 1 (n b 4 4).
        present: Whether each body is there (n b).
        rigid: Whether each body keeps its form (b): where not, matrices do not tell its flow.
        focal_px: Focal length [px].
        scale_m: Depth of the shot that counts as half far [m].
    """

    frames: Int[Array, " n"]
    rgb: UInt8[Array, "n h w 3"]
    albedo: UInt8[Array, "n h w 3"]
    depth: Float[Array, "n h w"]
    normals: Int[Array, "n h w 3"]
    ids: UInt8[Array, "n h w"]
    fine: UInt8[Array, "m h w 3"]
    fine_of: Int[Array, " m"]
    cameras: Float[Array, "n 4 4"]
    bodies: Float[Array, "n b 4 4"]
    present: Bool[Array, "n b"]
    rigid: Bool[Array, " b"]
    focal_px: Float[Array, ""]
    scale_m: Float[Array, ""]

    def guides(self, k: int) -> Guides:
        """Return the guides (a batch of one) of the k-th frame."""
        return guides_of(
            rgb=self.rgb[k], albedo=self.albedo[k], depth=self.depth[k].astype(np.float32),
            normals=self.normals[k].astype(np.float32) / _NORMAL_STEPS,
            ids=self.ids[k].astype(np.int32), scale_m=float(self.scale_m),
        )  # fmt: skip

    def places_in(self, k: int, other: int) -> tuple[Float[Array, "h w 2"], Bool[Array, "h w"]]:
        """Return where the k-th frame's pixels are in another of the frames, and if seen there.

        Args:
            k: Whose pixels.
            other: In which frame.

        Returns:
            Places (h w 2) [px], x right and y down; and whether the point is seen there: its
            body is rigid, there in both, inside of the picture, and at its own depth.
        """
        world = self._world_points(k, other)
        camera = np.asarray(self.cameras[other], np.float64)
        inner = (world - camera[:3, 3]) @ camera[:3, :3]
        height, width = self.ids.shape[1:]
        away = np.maximum(-inner[..., 2], 1e-6)
        centre = np.array([(width - 1) / 2, (height - 1) / 2])
        spread = inner[..., :2] * np.array([1.0, -1.0]) / away[..., None]
        places = centre + float(self.focal_px) * spread
        return places.astype(np.float32), self._seen(k, other, places, inner)

    def _world_points(self, k: int, other: int) -> Float[Array, "h w 3"]:
        """Return where the k-th frame's surface points are in the world at another frame.

        The background is taken for very far away.
        """
        height, width = self.ids.shape[1:]
        x = (np.arange(width) - (width - 1) / 2) / float(self.focal_px)
        y = ((height - 1) / 2 - np.arange(height)) / float(self.focal_px)
        rays = np.stack([*np.meshgrid(x, y), np.full((height, width), -1.0)], axis=-1)
        depth = np.minimum(self.depth[k].astype(np.float64), _SKY_M)
        camera = np.asarray(self.cameras[k], np.float64)
        world = (rays * depth[..., None]) @ camera[:3, :3].T + camera[:3, 3]
        for index in np.unique(self.ids[k]).tolist():
            if index == 0:
                continue
            here = self.ids[k] == index
            before, after = (self.bodies[f, index - 1].astype(np.float64) for f in (k, other))
            inside = (world[here] - before[:3, 3]) @ before[:3, :3]
            world[here] = inside @ after[:3, :3].T + after[:3, 3]
        return np.asarray(world)

    def _seen(
        self, k: int, other: int, places: Float[Array, "h w 2"], inner: Float[Array, "h w 3"]
    ) -> Bool[Array, "h w"]:
        height, width = self.ids.shape[1:]
        column, row = np.moveaxis(np.clip(np.rint(places), -1e6, 1e6).astype(np.int64), -1, 0)
        inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
        at = np.clip(row, 0, height - 1), np.clip(column, 0, width - 1)
        known = np.concatenate([[True], self.rigid & self.present[k] & self.present[other]])
        same = (self.ids[other][at] == self.ids[k]) & known[self.ids[k]]
        there = np.minimum(self.depth[other][at].astype(np.float64), _SKY_M)
        close = np.abs(there + inner[..., 2]) <= _SAME_DEPTH * there
        return np.asarray(inside & same & (inner[..., 2] < 0) & (close | (self.ids[k] == 0)))


_SKY_M = 1e5
_SAME_DEPTH = 0.03
"""Share by which depths at the nearest pixel's centre may differ."""


def packed_normals(normals: Float[Array, "*n 3"]) -> Int[Array, "*n 3"]:
    """Return unit normals as 8-bit whole numbers."""
    return np.asarray(np.round(_NORMAL_STEPS * np.clip(normals, -1, 1)), np.int8)


def write_scene(path: Path, scene: TrainingScene) -> None:
    """Write a scene; the file appears whole or not at all.

    Raises:
        RunFolderError: If the folder cannot be written.
    """
    arrays = {field.name: np.asarray(getattr(scene, field.name)) for field in fields(scene)}
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            np.savez_compressed(file, **arrays)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise RunFolderError(
            f"cannot write {path}: {error}; check its folder and free space"
        ) from error


def read_scene(path: Path) -> TrainingScene:
    """Read a scene; it equals what was written.

    Raises:
        RunFolderError: If the file is missing, damaged, or no scene of training frames.
    """
    try:
        content = io.BytesIO(path.read_bytes())
        with np.load(content, allow_pickle=False) as file:
            return TrainingScene(**{f.name: file[f.name] for f in fields(TrainingScene)})
    except Exception as error:  # zipfile, zlib, numpy and struct each have their own errors
        raise RunFolderError(
            f"{path} is missing, damaged, or no scene of training frames ({error}); "
            "delete it, and `python -m pipeline.training.stylizer_frames` films it again"
        ) from error


def scene_paths(folder: Path) -> list[Path]:
    """Return the scenes that lie in a folder, in order."""
    return sorted(folder.glob("scene_*.npz"))
