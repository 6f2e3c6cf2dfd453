"""Soft bodies as cloth and other soft bodies meet them: by the hull of where they are now."""

from jaxtyping import Float

from physics.deforming.obstacles import Obstacle, Push
from physics.deforming.soft.lump import Lump
from physics.deforming.solids import Solid
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body


class Yielding(Obstacle):
    """One soft body as an obstacle; what pushes it moves its nodes."""

    def __init__(self, index: int, body: Body, lump: Lump) -> None:
        super().__init__(index, body)
        self.lump = lump
        self._pose = lump.pose

    def refresh(self) -> None:
        """Go on to where the body is now."""
        before, self._pose = self._pose, self.lump.pose
        self.moves(before, self._pose)

    def is_near(self, low: Float[Array, "3"], high: Float[Array, "3"]) -> bool:
        """Whether its box and a box in the world have anything in common."""
        points = self.lump.points
        return bool((points.min(axis=0) <= high).all() and (points.max(axis=0) >= low).all())

    def solids_near(self, low: Float[Array, "3"], high: Float[Array, "3"]) -> list[Solid]:
        """Return the hull of its nodes, in the frame of the rigid body that is nearest to it."""
        from scipy.spatial import ConvexHull

        del low, high
        local = self._pose.inverse() @ self.lump.points
        planes = ConvexHull(local).equations
        # As thick as it is to others; so both surfaces meet.
        return [
            Solid(
                low=local.min(axis=0), high=local.max(axis=0), center=local.mean(axis=0),
                normals=planes[:, :3], offsets=-planes[:, 3],
            )
        ]  # fmt: skip

    def give_way(self, push: Push) -> None:
        """Hand a push on to the nodes near its middle."""
        self.lump.take(push.impulse, push.weighted_point / push.normal_impulse)
