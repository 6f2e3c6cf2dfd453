"""Coil springs as they are seen: a wire wound from one end of a spring to the other.

The force is the joint's (`physics.stepping.joints`); here the wire follows both ends. Its turns
move apart evenly, as those of a spring without mass do, and the wire keeps its thickness.
"""

from collections.abc import Callable
from typing import final

import numpy as np
from jaxtyping import Float, Float32

from scene_builder.model.arrays import Array
from scene_builder.model.errors import SimulationError
from scene_builder.model.fabrics.coil import Coil
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import Joint, Stage

LEAST_LENGTH_M = 1e-3
"""Ends that meet leave so much between them [m]."""


@final
class Coils:
    """All coils of one world, frame by frame."""

    def __init__(self, stage: Stage, pose_of: Callable[[int], Pose]) -> None:
        """Wind the coils.

        Args:
            stage: Where they are.
            pose_of: Returns where a body is now, by its index.

        Raises:
            SimulationError: If a coil names a body or a spring that is not there.
        """
        self._pose_of, self._ids = pose_of, stage.body_ids
        self._index = {body_id: k for k, body_id in enumerate(stage.body_ids)}
        springs = {joint.id: joint for joint in stage.joints if joint.kind == "spring"}
        for coil in stage.coils:
            for name, known in ((coil.body, self._index), (coil.joint, springs)):
                if name not in known:
                    there = ", ".join(known) or "none"
                    raise SimulationError(f"a coil names {name!r}; there are: {there}")
        self._joints = [springs[coil.joint] for coil in stage.coils]
        self._columns = [self._index[coil.body] for coil in stage.coils]
        self._wires = [
            _Wire(np.asarray(stage.body(coil.body).mesh.vertices, np.float64), coil)
            for coil in stage.coils
        ]
        frames = stage.timeline.frame_count
        self._frames = [np.zeros((frames, len(w.across), 3), np.float32) for w in self._wires]
        self._poses = [stage.body(coil.body).pose for coil in stage.coils]
        self.frame(0)

    @property
    def poses(self) -> dict[int, Pose]:
        """The pose of each coil now, by its body's index."""
        return dict(zip(self._columns, self._poses, strict=True))

    def frame(self, number: int) -> None:
        """Write down frame `number`."""
        for n, (joint, wire, frames) in enumerate(
            zip(self._joints, self._wires, self._frames, strict=True)
        ):
            low, high = self._ends(joint)
            self._poses[n], length = _between(low, high, self._poses[n])
            frames[number] = self._poses[n] @ wire.stretched(length)

    def freeze(self, number: int) -> None:
        """Repeat frame `number` to the end."""
        for frames in self._frames:
            frames[number:] = frames[number]

    def deform(self) -> dict[str, Float32[Array, "f _ 3"]]:
        """Return the vertices of each coil at each frame, in the world [m]."""
        ids = self._ids
        return {ids[k]: frames for k, frames in zip(self._columns, self._frames, strict=True)}

    def _ends(self, joint: Joint) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
        """Return where a spring's child and its parent hold it (3) [m]."""
        parent = Pose.identity() if joint.parent is None else self._pose(joint.parent)
        return (
            self._pose(joint.child) @ joint.child_from_joint.position,
            parent @ joint.parent_from_joint.position,
        )

    def _pose(self, body_id: str) -> Pose:
        return self._pose_of(self._index[body_id])


class _Wire:
    """A helix's corners: how far along it each one's middle is, and where it is from there."""

    def __init__(self, points: Float[Array, "v 3"], coil: Coil) -> None:
        length = float(points[:, 2].max())
        pitch = length / coil.turns
        angle = np.arctan2(points[:, 1], points[:, 0]) / (2 * np.pi)
        # The wire's middle at this side of the axis, on the turn that is nearest.
        middle = (angle + np.round(points[:, 2] / pitch - angle)) * pitch
        self._share = np.clip(middle / length, 0.0, 1.0)
        self.across = points - np.outer(self._share * length, [0.0, 0.0, 1.0])

    def stretched(self, length: float) -> Float[Array, "v 3"]:
        """Return the corners of the helix at a length [m]."""
        return self.across + np.outer(self._share * length, [0.0, 0.0, 1.0])


def _between(low: Float[Array, "3"], high: Float[Array, "3"], before: Pose) -> tuple[Pose, float]:
    """Return the frame at the lower end whose Z looks to the other, turned least, and how far."""
    way = high - low
    length = float(np.linalg.norm(way))
    if length < LEAST_LENGTH_M:
        return Pose(position=low, wxyz=before.wxyz), LEAST_LENGTH_M
    up = way / length
    side = before.rotation[:, 0] - (before.rotation[:, 0] @ up) * up
    side /= np.linalg.norm(side)
    axes = np.stack([side, np.cross(up, side), up], axis=1)
    return Pose(position=low, wxyz=wxyz_from_rotation(axes)), length
