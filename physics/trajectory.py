"""How every body moved, and what touched what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from jaxtyping import Bool, Float, Float32, Int

from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.errors import SimulationError
from scene_builder.model.pose import Pose


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Contacts:
    """Touches with force, one row for each contact point of each physics step that had any.

    Attributes:
        time: When (n) [s].
        a: Index of the one body in `body_ids` (n).
        b: Index of the other (n).
        point: Where (n 3) [m].
        normal: Unit vector from b towards a (n 3).
        impulse: Size of the normal impulse in that step (n) [N·s], above 0.
    """

    time: Float[Array, " n"] = field(default_factory=lambda: np.zeros(0))
    a: Int[Array, " n"] = field(default_factory=lambda: np.zeros(0, np.int32))
    b: Int[Array, " n"] = field(default_factory=lambda: np.zeros(0, np.int32))
    point: Float[Array, "n 3"] = field(default_factory=lambda: np.zeros((0, 3)))
    normal: Float[Array, "n 3"] = field(default_factory=lambda: np.zeros((0, 3)))
    impulse: Float[Array, " n"] = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        set_read_only(self, "time", np.float64, (None,))
        count = len(self.time)
        set_read_only(self, "a", np.int32, (count,))
        set_read_only(self, "b", np.int32, (count,))
        set_read_only(self, "point", np.float64, (count, 3))
        set_read_only(self, "normal", np.float64, (count, 3))
        set_read_only(self, "impulse", np.float64, (count,))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trajectory:
    """The motion of a whole shot, in float64.

    Attributes:
        body_ids: The stage's bodies, in its order.
        times: When each frame is (f) [s].
        positions: Origins of the body frames in the world (f b 3) [m].
        wxyz: Unit quaternions `world_from_body` (f b 4), without sign jumps along time.
        linear_velocities: Of the centres of mass (f b 3) [m/s].
        angular_velocities: In the world's axes (f b 3) [rad/s].
        present: False for a piece that has not broken off yet (f b).
        contacts: What touched what.
        penetration_m: Deepest overlap of any pair at each frame (f) [m], 0 or above.
        deform: Vertices in the world (f v 3) [m] of the bodies that are not rigid, by id. Their
            pose keeps its turn and goes with their centre of mass.
    """

    body_ids: tuple[str, ...]
    times: Float[Array, " f"]
    positions: Float[Array, "f b 3"]
    wxyz: Float[Array, "f b 4"]
    linear_velocities: Float[Array, "f b 3"]
    angular_velocities: Float[Array, "f b 3"]
    present: Bool[Array, "f b"]
    contacts: Contacts
    penetration_m: Float[Array, " f"]
    deform: Mapping[str, Float32[Array, "f _ 3"]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        set_read_only(self, "times", np.float64, (None,))
        frames, bodies = len(self.times), len(self.body_ids)
        set_read_only(self, "positions", np.float64, (frames, bodies, 3))
        set_read_only(self, "wxyz", np.float64, (frames, bodies, 4))
        set_read_only(self, "linear_velocities", np.float64, (frames, bodies, 3))
        set_read_only(self, "angular_velocities", np.float64, (frames, bodies, 3))
        set_read_only(self, "present", np.bool_, (frames, bodies))
        set_read_only(self, "penetration_m", np.float64, (frames,))
        for name in ("positions", "wxyz", "linear_velocities", "angular_velocities"):
            if not np.isfinite(getattr(self, name)).all():
                raise SimulationError(f"the motion is not finite: {name}")
        self._check_deform()

    def _check_deform(self) -> None:
        kept: dict[str, Array] = {}
        for body_id, vertices in self.deform.items():
            points = np.array(vertices, np.float32)
            if body_id not in self.body_ids or points.shape != (len(self.times), *points.shape[1:]):
                raise SimulationError(f"the vertices of {body_id!r} belong to no body and film")
            if points.shape[2:] != (3,) or not np.isfinite(points).all():
                raise SimulationError(f"the vertices of {body_id!r} are not finite (f v 3)")
            points.setflags(write=False)
            kept[body_id] = points
        object.__setattr__(self, "deform", MappingProxyType(kept))

    @property
    def frame_count(self) -> int:
        """Number of frames."""
        return len(self.times)

    def index(self, body_id: str) -> int:
        """Return the column of a body."""
        return self.body_ids.index(body_id)

    def pose(self, frame: int, body_id: str) -> Pose:
        """Return `world_from_body` of a body at a frame."""
        k = self.index(body_id)
        return Pose(position=self.positions[frame, k], wxyz=self.wxyz[frame, k])

    def vertices(
        self, frame: int, body_id: str, mesh_vertices: Float[Array, "v 3"]
    ) -> Float[Array, "v 3"]:
        """Return where a mesh's vertices are at a frame, in the world (v 3) [m].

        Args:
            frame: When.
            body_id: Whose mesh it is.
            mesh_vertices: The mesh's vertices at rest, in the body's frame (v 3) [m].
        """
        if body_id in self.deform:
            return np.asarray(self.deform[body_id][frame], np.float64)
        return self.pose(frame, body_id) @ np.asarray(mesh_vertices, np.float64)
