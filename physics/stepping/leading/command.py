"""Where a body has to be that moves as it is told, and how it gets there."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from physics.stepping.world import World
from scene_builder.model.actions.path import TimedPath
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, multiply_wxyz


@dataclass(slots=True, eq=False)
class Command:
    """What a body is told, now.

    Attributes:
        pose: `world_from_body` at the present step's start.
        linear: Velocity of its centre of mass [m/s].
        angular: Angular velocity [rad/s].
        end_secs: When it stops [s].
        path: The way that it is led along instead, or None.
        begin_secs: When that way begins [s].
    """

    pose: Pose
    linear: Float[Array, "3"]
    angular: Float[Array, "3"]
    end_secs: float = np.inf
    path: TimedPath | None = None
    begin_secs: float = 0.0

    def follow(self, path: TimedPath, begin_secs: float) -> None:
        """Go along a path from a time on [s]; one that begins elsewhere is shifted to here."""
        first = path.at(0.0)
        turn = multiply_wxyz(first.inverse().wxyz, self.pose.wxyz)
        self.path = TimedPath(
            times=path.times,
            positions=path.positions + (self.pose.position - first.position),
            wxyz=np.array([multiply_wxyz(one, turn) for one in path.wxyz]),
        )
        self.begin_secs, self.end_secs = begin_secs, begin_secs + path.secs

    def obey(self, world: World, k: int, secs: float) -> None:
        """Move a body exactly as it was told in the step from `secs` [s] on, whatever it pushes."""
        dt, center = world.step_secs, world.movers[k].body.center_of_mass
        if self.path is not None:
            self._aim(center, secs, dt)
        elif secs >= self.end_secs - dt / 2:
            self.linear = self.angular = np.zeros(3)
        world.set_pose(k, self.pose)
        world.set_velocity(k, self.linear - world.stage.gravity * dt, self.angular)
        self._advance(center, dt)

    def _aim(self, center: Float[Array, "3"], secs: float, dt: float) -> None:
        """Take the velocities that lead to where the path is a step later."""
        assert self.path is not None
        there = self.path.at(secs + dt - self.begin_secs)
        self.linear = (there @ center - self.pose @ center) / dt
        turn = multiply_wxyz(there.wxyz, self.pose.inverse().wxyz)
        turn = turn if turn[0] >= 0 else -turn
        sine = float(np.linalg.norm(turn[1:]))
        angle = 2 * np.arctan2(sine, float(turn[0]))
        self.angular = turn[1:] / sine * angle / dt if sine > 0 else np.zeros(3)

    def _advance(self, center_of_mass: Float[Array, "3"], dt: float) -> None:
        """Go on for `dt` [s]; the velocity is that of the centre of mass."""
        center = self.pose @ center_of_mass + self.linear * dt
        angle = float(np.linalg.norm(self.angular)) * dt
        if angle > 0:
            axis = self.angular * dt / angle
            turn = np.concatenate([[np.cos(angle / 2)], np.sin(angle / 2) * axis])
            wxyz = multiply_wxyz(turn, self.pose.wxyz)
        else:
            wxyz = self.pose.wxyz
        turned = Pose(position=np.zeros(3), wxyz=wxyz)
        self.pose = Pose(position=center - turned @ center_of_mass, wxyz=wxyz)
