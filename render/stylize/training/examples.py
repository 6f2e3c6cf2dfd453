"""Packed scenes as examples: opened when they are drawn, and the last ones kept."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import overload

import numpy as np
import torch

from render.stylize.steady.noise import Points
from render.stylize.training.batches import Example
from render.stylize.training.data import TrainingScene, read_scene, scene_paths
from scene_builder.model.arrays import Array
from scene_builder.model.errors import RunFolderError

KEPT_EXAMPLES = 1800
"""About 6 MB each at 256 × 144."""
_KEPT_SCENES = 64
_SKY_M = 1000.0


class Examples(Sequence[Example]):
    """All frames of all scenes in a folder.

    Raises:
        RunFolderError: If there are no scenes in the folder, or one of them is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._scene = lru_cache(_KEPT_SCENES)(read_scene)
        self._example = lru_cache(KEPT_EXAMPLES)(self._opened)
        self.places: list[tuple[Path, int]] = []
        self._fine: list[int] = []
        self.look_again()

    def look_again(self) -> None:
        """Take in scenes that have been added to the folder."""
        paths = scene_paths(self.folder)
        if not paths:
            raise RunFolderError(
                f"{self.folder} holds no packed scenes (scene_*.npz); film some first: "
                "python -m pipeline.training.stylizer_frames --out DIR"
            )
        known = {path for path, _ in self.places}
        for path in paths:
            if path in known:
                continue
            scene = self._scene(path)
            twins = set(scene.fine_of.tolist())
            for k in range(len(scene.frames)):
                if k in twins:
                    self._fine.append(len(self.places))
                self.places.append((path, k))

    def __len__(self) -> int:
        """Return how many frames there are."""
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> Example: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Example]: ...
    def __getitem__(self, index: int | slice) -> Example | Sequence[Example]:
        """Return one frame, or several."""
        if isinstance(index, slice):
            return [self._example(k) for k in range(*index.indices(len(self)))]
        return self._example(index)

    def with_fine(self) -> Sequence[int]:
        """Return which frames have a twin of many samples."""
        return self._fine

    def pair_rand(self, rng: np.random.Generator) -> tuple[Example, Example, Array, Array]:
        """Return a later and an earlier frame of one scene, and the motion between them.

        The third is where the later one's pixels are in the earlier (h w 2) [px], the fourth
        whether they could be seen there (h w).
        """
        last = int(rng.integers(len(self.places)))
        path, k = self.places[last]
        others = [n for n, place in enumerate(self.places) if place[0] == path and n != last]
        if not others:
            others = [last]
        first = others[int(rng.integers(len(others)))]
        places, seen = self._scene(path).places_in(k, self.places[first][1])
        return self._example(last), self._example(first), places, seen

    def _opened(self, index: int) -> Example:
        path, k = self.places[index]
        scene = self._scene(path)
        twins = scene.fine_of.tolist()
        fine = None
        if k in twins:
            picture = np.moveaxis(scene.fine[twins.index(k)], -1, 0).astype(np.float32) / 255
            fine = torch.from_numpy(np.ascontiguousarray(picture))[None]
        return Example(guides=scene.guides(k), points=points_of_scene(scene, k), fine=fine)


def points_of_scene(scene: TrainingScene, k: int) -> Points:
    """Return what the noise of the k-th frame of a scene is pinned to, as in a film."""
    height, width = scene.ids.shape[1:]
    focal_px = float(scene.focal_px)
    x = (np.arange(width) - (width - 1) / 2) / focal_px
    y = ((height - 1) / 2 - np.arange(height)) / focal_px
    rays = np.stack([*np.meshgrid(x, y), np.full((height, width), -1.0)], axis=-1)
    camera = np.asarray(scene.cameras[k], np.float64)
    rays = rays @ camera[:3, :3].T
    ids = scene.ids[k].astype(np.int32)
    depth = scene.depth[k].astype(np.float64)
    sky = (ids == 0) | ~np.isfinite(depth)
    away = rays / np.linalg.norm(rays, axis=-1, keepdims=True) * _SKY_M
    solid = rays * np.where(sky, 0, depth)[..., None] + camera[:3, 3]
    place = np.where(sky[..., None], away, solid)
    for index in np.unique(ids[~sky]).tolist():
        here = (ids == index) & ~sky
        body = np.asarray(scene.bodies[k, index - 1], np.float64)
        place[here] = (place[here] - body[:3, 3]) @ body[:3, :3]
    footprint: Array = np.where(sky, _SKY_M, depth) / focal_px
    return Points(place, np.where(sky, 0, ids), footprint)
