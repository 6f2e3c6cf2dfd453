"""What should be seen of every body at every frame, by geometry alone."""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Bool, Float

from physics.trajectory import Trajectory
from render.camera_track import CameraTrack
from render.visibility import Visibility
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body, Stage

INSIDE_SHARE = 0.5
"""A body should be seen where so much of its box in the picture lies inside of the picture."""

COVERED_SHARE = 0.3
"""And no nearer thing's box covers more than this share of it: that may hide it."""

LEAST_PIXELS = 12.0
"""And its box has so many pixels."""

MOST_POINTS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """A body in the picture at each frame.

    Attributes:
        low: Upper left corner (f 2) [px]; NaN where the camera does not see it.
        high: Lower right corner (f 2) [px].
        distance: Of its nearest point along the camera's axis (f) [m].
    """

    low: Float[Array, "f 2"]
    high: Float[Array, "f 2"]
    distance: Float[Array, " f"]


@final
class Sight:
    """A shot seen from its camera."""

    def __init__(
        self, stage: Stage, trajectory: Trajectory, track: CameraTrack, visibility: Visibility
    ) -> None:
        self.stage, self.trajectory, self.track = stage, trajectory, track
        self.visibility = visibility
        self.times = trajectory.times
        width, height = track.lens.size_px
        self.size = np.array([width, height], np.float64)
        self._boxes: dict[str, Boxes] = {}

    def pixels(self, body_id: str) -> Float[Array, " f"]:
        """Visible pixels of a body at each frame, with all its parts."""
        parts = [b.id for b in self.stage.bodies if b.id == body_id or b.part_of == body_id]
        columns = [self.visibility.body_ids.index(part) for part in parts or [body_id]]
        return np.asarray(self.visibility.pixels[:, columns].sum(axis=1), np.float64)

    def share(self, body_ids: list[str]) -> Float[Array, " f"]:
        """Share of the picture that bodies cover together at each frame."""
        seen = [self.pixels(body_id) for body_id in body_ids]
        return np.asarray(np.sum(seen, axis=0) / self.size.prod())

    def best_frame(self, body_ids: list[str]) -> int:
        """Return the first frame that shows most of bodies, of all of them together."""
        return int(self.share(body_ids).argmax())

    def emptiest_frame(self) -> int:
        """Return the first frame in which what the words name covers least of the place."""
        named = [k for k, body in enumerate(self.stage.bodies) if body.entity is not None]
        return int(self.visibility.pixels[:, named].sum(axis=1).argmin())

    def centroid(self, body_id: str, frame: int) -> Float[Array, "2"]:
        """Mean place of a body's visible pixels [px]; NaN where it is not seen."""
        return np.asarray(self.visibility.centroid[frame, self.visibility.body_ids.index(body_id)])

    def boxes(self, body_id: str) -> Boxes:
        """Return where a body's box is in the picture."""
        if body_id not in self._boxes:
            self._boxes[body_id] = self._projected(self.stage.body(body_id))
        return self._boxes[body_id]

    def expected(self, body_id: str) -> Bool[Array, " f"]:
        """Frames at which a body should be seen: well inside, and nothing nearer before it."""
        own = self.boxes(body_id)
        area = _area(own.low, own.high)
        inside = _area(np.maximum(own.low, 0), np.minimum(own.high, self.size))
        expected = (inside >= INSIDE_SHARE * area) & (inside >= LEAST_PIXELS)
        expected &= self.trajectory.present[:, self.trajectory.index(body_id)]
        for other in self.stage.bodies:
            if (
                body_id in (other.id, other.part_of)
                or other.collider.shape == "plane"
                or _shell(other)
            ):
                continue
            box = self.boxes(other.id)
            shared = _area(np.maximum(own.low, box.low), np.minimum(own.high, box.high))
            expected &= ~((shared > COVERED_SHARE * area) & (box.distance < own.distance))
        return np.asarray(expected)

    def _projected(self, body: Body) -> Boxes:
        frames = self.trajectory.frame_count
        every = max(1, len(body.mesh.vertices) // MOST_POINTS)
        low, high = np.full((frames, 2), np.nan), np.full((frames, 2), np.nan)
        distance = np.full(frames, np.inf)
        for k in range(frames):
            world = self.trajectory.vertices(k, body.id, body.mesh.vertices)[::every]
            local = self.track.world_from_camera(k).inverse() @ world
            distance[k] = -float(local[:, 2].max())
            places = self.track.lens.pixels(local)
            if np.isfinite(places).all():
                low[k], high[k] = places.min(axis=0), places.max(axis=0)
        return Boxes(low, high, distance)


def best_secs(sight: Sight | None, body_ids: list[str]) -> float | None:
    """Return when bodies are seen best [s]; None if they never are, or nothing is rendered."""
    if sight is None or not body_ids:
        return None
    frame = sight.best_frame(body_ids)
    return float(sight.times[frame]) if sight.share(body_ids)[frame] > 0 else None


def _shell(body: Body) -> bool:
    """Whether a body closes the place: walls are behind everything that one looks at."""
    return body.id.startswith(("wall", "ceiling", "ground"))


def _area(low: Float[Array, "f 2"], high: Float[Array, "f 2"]) -> Float[Array, " f"]:
    sides = np.maximum(np.nan_to_num(high - low, nan=0.0), 0.0)
    return np.asarray(sides.prod(axis=1))
