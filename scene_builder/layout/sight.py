"""What a camera sees of each thing before it has moved: rays against convex solids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from jaxtyping import Bool, Float

from scene_builder.layout.items import Item
from scene_builder.layout.solids import HalfSpaces, half_spaces_of
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose

SEEN_SHARE = 0.4
"""Of a thing that has to be seen, so much of its silhouette has to be free."""

AZIMUTHS_DEG = (6.0, -6.0, 0.0, 12.0, -12.0)
"""A camera stands within so much of the view's direction."""

ELEVATIONS_DEG = (14.0, 23.0, 35.0)
"""Heights from which it may look where the words ask for none, the most usual first."""

HALF_WIDTH, HALF_HEIGHT = 0.38, 0.21
"""Half of what a picture shows at unit distance, with a little air around what it holds."""

NEAREST_M = 0.4
RAYS = 8
"""Rays across a silhouette, and down it."""

SAME_M = 1e-4
"""What is nearer by less does not hide [m]."""


class Sightlines:
    """Judges from where which things of one problem are seen."""

    def __init__(self, items: Mapping[str, Item], elevations_deg: Sequence[float] = ()) -> None:
        """Take up the things, and the heights [deg] that the camera may have; () for the usual."""
        self._items = items
        self._elevations = tuple(elevations_deg) or ELEVATIONS_DEG
        self._solids: dict[str, HalfSpaces] = {}

    def hidden(
        self,
        names: Sequence[str],
        poses: Mapping[str, Pose],
        *,
        kin: Mapping[str, frozenset[str]] = MappingProxyType({}),
        share: float = SEEN_SHARE,
    ) -> dict[str, float]:
        """Return which things are hidden from the best direction, and what is seen of them.

        Args:
            names: What has to be seen, together in one picture.
            poses: `world_from_item` of everything.
            kin: By name, what may hide it: the other plates of its pile.
            share: Of each silhouette that has to be free.
        """
        suspects = [name for name in names if name in poses]
        for elevation in self._elevations:
            for azimuth in AZIMUTHS_DEG:
                view = self._view(names, poses, azimuth, elevation, kin)
                culprit = next((name for name in suspects if view.share(name) < share), None)
                if culprit is None:
                    return {}
                # What is hidden from one side often is from the next.
                suspects.remove(culprit)
                suspects.insert(0, culprit)
        views = [
            self._view(names, poses, azimuth, elevation, kin)
            for elevation in self._elevations[:2]
            for azimuth in AZIMUTHS_DEG[:2]
        ]
        found = [
            {name: part for name in suspects if (part := view.share(name)) < share}
            for view in views
        ]
        return min(found, key=lambda one: sum(1 - part for part in one.values()))

    def shares(
        self,
        names: Sequence[str],
        poses: Mapping[str, Pose],
        azimuth_deg: float,
        elevation_deg: float,
    ) -> dict[str, float]:
        """Return which share of each silhouette is free, for a camera that holds all of them.

        Args:
            names: What is looked at.
            poses: `world_from_item` of everything.
            azimuth_deg: Direction from the scene to the camera: 0 is −Y, positive goes to +X.
            elevation_deg: Its height.
        """
        view = self._view(names, poses, azimuth_deg, elevation_deg, {})
        return {name: view.share(name) for name in names if name in poses}

    def _view(
        self,
        names: Sequence[str],
        poses: Mapping[str, Pose],
        azimuth_deg: float,
        elevation_deg: float,
        kin: Mapping[str, frozenset[str]],
    ) -> "_View":
        axes = _axes(azimuth_deg, elevation_deg)
        eye = self._eye(names, poses, axes)
        boxes = {name: self._box(name, pose, eye, axes) for name, pose in poses.items()}
        return _View(lines=self, poses=poses, eye=eye, axes=axes, boxes=boxes, kin=kin)

    def _eye(
        self, names: Sequence[str], poses: Mapping[str, Pose], axes: Float[Array, "3 3"]
    ) -> Float[Array, "3"]:
        """Return from where a camera holds things (3) [m]: as near as their picture lets it."""
        corners = np.concatenate(
            [poses[name] @ _corners(self._items[name]) for name in names if name in poses]
        )
        x, y, z = (corners @ axes.T).T
        mid_x, mid_y = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
        away = np.maximum(np.abs(x - mid_x) / HALF_WIDTH, np.abs(y - mid_y) / HALF_HEIGHT)
        back = float((np.maximum(away, NEAREST_M) - z).max())
        return np.asarray(np.array([mid_x, mid_y, -back]) @ axes)

    def _box(
        self, name: str, pose: Pose, eye: Float[Array, "3"], axes: Float[Array, "3 3"]
    ) -> Float[Array, "4"]:
        """Return a thing's box in the picture (4) at unit distance; NaN if it is behind the eye."""
        seen = (pose @ _corners(self._items[name]) - eye) @ axes.T
        if seen[:, 2].min() <= 0:
            return np.full(4, np.nan)
        flat = seen[:, :2] / seen[:, 2:]
        return np.concatenate([flat.min(axis=0), flat.max(axis=0)])

    def entries(
        self, name: str, pose: Pose, eye: Float[Array, "3"], rays: Float[Array, "n 3"]
    ) -> Float[Array, " n"]:
        """Return where rays enter a thing's solid (n), as multiples of the rays; inf if nowhere."""
        inverse = pose.inverse()
        return self._solid(name).entries((inverse @ eye)[None], rays @ inverse.rotation.T)

    def _solid(self, name: str) -> HalfSpaces:
        if name not in self._solids:
            item = self._items[name]
            clouds = [] if item.matter is None else [item.upright @ c for c in item.matter.clouds]
            self._solids[name] = half_spaces_of(clouds or [_corners(item)])
        return self._solids[name]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _View:
    """One direction of view, and everything's box (4) in its picture."""

    lines: Sightlines
    poses: Mapping[str, Pose]
    eye: Float[Array, "3"]
    axes: Float[Array, "3 3"]
    boxes: Mapping[str, Float[Array, "4"]]
    kin: Mapping[str, frozenset[str]]

    def share(self, name: str) -> float:
        """Return which share of a thing's silhouette nothing hides but its kin."""
        box = self.boxes[name]
        if not np.isfinite(box).all():
            return 0.0
        steps = (np.arange(RAYS) + 0.5) / RAYS
        across, up = np.meshgrid(*(box[k] + steps * (box[k + 2] - box[k]) for k in (0, 1)))
        rays = np.stack([across.ravel(), up.ravel(), np.ones(RAYS * RAYS)], axis=-1) @ self.axes
        own = self.lines.entries(name, self.poses[name], self.eye, rays)
        rays, own = rays[np.isfinite(own)], own[np.isfinite(own)]
        if not len(rays):
            return 1.0
        hidden: Bool[Array, " n"] = np.zeros(len(rays), np.bool_)
        for other, pose in self.poses.items():
            theirs = self.boxes[other]
            apart = (theirs[:2] > box[2:]).any() or (box[:2] > theirs[2:]).any()
            if other != name and not apart and other not in self.kin.get(name, ()):
                hidden |= self.lines.entries(other, pose, self.eye, rays) < own - SAME_M
        return float(1 - hidden.mean())


def _corners(item: Item) -> Float[Array, "8 3"]:
    pick = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.bool_)
    return np.where(pick, item.high, item.low)


def _axes(azimuth_deg: float, elevation_deg: float) -> Float[Array, "3 3"]:
    """Return a camera's right, up and forward directions, in rows."""
    a, e = np.deg2rad(azimuth_deg), np.deg2rad(elevation_deg)
    forward = np.array([-np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), -np.sin(e)])
    right = np.array([np.cos(a), np.sin(a), 0.0])
    return np.stack([right, np.cross(right, forward), forward])
