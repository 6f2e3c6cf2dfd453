"""What a world did, written down frame by frame and touch by touch."""

from collections.abc import Sequence
from typing import final

import numpy as np
from jaxtyping import Float

from physics.deforming.coils import Coils
from physics.stepping.cloths import Cloths
from physics.stepping.fracture import Fracture
from physics.stepping.recording.book import Book, summed
from physics.stepping.records import Glance, Touch, Touches
from physics.stepping.world import World
from physics.trajectory import Trajectory
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.solids.grains import grains_of

ROWS_A_FRAME = 20
"""Rows that a pair of bodies gets in a frame, at most, if one of them is a grain."""


@final
class Recorder:
    """Keeps the frames and contacts of one world and makes its trajectory.

    The velocity after a step is that of the step's middle. Between the steps, where frames
    are taken, a body that nothing touched has the mean of both neighbours, the shorter step's
    weighing more; so a frame's velocity
    is written down one step later.

    What is absent is where it would be: a piece where its whole is, a broken whole at the middle
    of its pieces.
    """

    def __init__(self, world: World, fracture: Fracture, cloths: Cloths) -> None:
        self._world = world
        self._fracture = fracture
        self._cloths, self._coils = cloths, Coils(world.stage, self._pose)
        for k in self._coils.poses:
            world.set_solid(k, solid=False)  # a coil is only seen
        frames, bodies = world.stage.timeline.frame_count, len(world.movers)
        self._positions = np.zeros((frames, bodies, 3))
        self._wxyz = np.zeros((frames, bodies, 4))
        self._linear = np.zeros((frames, bodies, 3))
        self._angular = np.zeros((frames, bodies, 3))
        self._present = np.ones((frames, bodies), np.bool_)
        self._penetration = np.zeros(frames)
        self._book = Book()
        grains = grains_of(world.stage.bodies)
        self._grain = [mover.body.id in grains for mover in world.movers]
        self._has_grains = any(self._grain)
        self._of_grains: list[tuple[float, Touch]] = []
        self._pending: tuple[int, set[int], float] | None = None
        for k, mover in enumerate(world.movers):
            self._write_pose(0, k, mover.body.pose)
            self._linear[0, k] = mover.body.linear_velocity if mover.mass else 0.0
            self._angular[0, k] = mover.body.angular_velocity if mover.mass else 0.0
        for k in cloths.columns:
            self._write_pose(0, k, cloths.motion(k)[0])  # sagged, as its form is
        self._place_coils(0)
        self._place_absent(0)
        self._penetration[0] = self._deepest()

    def step(self, tick: int, touches: Touches) -> None:
        """Write down the touches of the step that ends at a tick."""
        secs = tick * self._world.tick_secs
        if not self._has_grains:
            self._book.merge(secs, touches)
            return
        # Hundreds of grains touch thousands of times a frame: a few steps make one row.
        of_grains = [self._grain[t.a] or self._grain[t.b] for t in touches]
        others = [t for t, one in zip(touches, of_grains, strict=True) if not one]
        self._of_grains += [(secs, t) for t, one in zip(touches, of_grains, strict=True) if one]
        self._book.merge(secs, Touches(others))
        steps = self._world.frame_ticks
        if tick % steps % max(steps // ROWS_A_FRAME, 1) == 0:
            self._book.write(summed(self._of_grains))
            self._of_grains = []

    def frame(
        self, number: int, glances: Sequence[Glance | None], touches: Sequence[Touch]
    ) -> None:
        """Write down frame `number`; what flies is completed a step later."""
        world = self._world
        touched = {k for touch in touches for k in (touch.a, touch.b)}
        for k, (mover, glance) in enumerate(zip(world.movers, glances, strict=True)):
            if glance is None:
                self._write_pose(number, k, mover.body.pose)
                continue
            motion = world.motion(k, glance)
            frame = Pose(position=motion.center, wxyz=motion.wxyz)
            self._write_pose(number, k, frame @ mover.inertial_from_body)
            self._linear[number, k] = motion.linear
            self._angular[number, k] = motion.angular
            if mover.commanded:
                touched.add(k)
        self._place_cloth(number)
        self._place_coils(number)
        self._place_absent(number)
        self._penetration[number] = self._deepest()
        self._pending = (number, touched, world.step_secs)

    def complete(self, touches: Sequence[Touch], started: set[int]) -> None:
        """Finish the velocities of the last frame with the step just made.

        Args:
            touches: The touches of that step.
            started: Bodies whose velocity an action replaced before it.
        """
        if self._pending is None:
            return
        number, touched, before_secs = self._pending
        self._pending = None
        share = before_secs / (before_secs + self._world.step_secs)
        touched = touched.union(started, *({touch.a, touch.b} for touch in touches))
        for k, glance in enumerate(self._world.glances()):
            if glance is not None and k not in touched:
                motion = self._world.motion(k, glance)
                for values, now in ((self._linear, motion.linear), (self._angular, motion.angular)):
                    values[number, k] += (now - values[number, k]) * share

    def freeze(self, number: int, touches: Touches) -> None:
        """Repeat frame `number`, at rest, to the end; what touches goes on touching."""
        self._pending = None
        self._cloths.freeze(number)
        self._coils.freeze(number)
        timeline = self._world.stage.timeline
        self._linear[number:] = 0.0
        self._angular[number:] = 0.0
        for values in (self._positions, self._wxyz, self._penetration, self._present):
            values[number:] = values[number]
        for later in range(number + 1, timeline.frame_count):
            self._book.merge(later * timeline.frame_secs, touches)

    def trajectory(self) -> Trajectory:
        """Return what was written down."""
        timeline = self._world.stage.timeline
        return Trajectory(
            body_ids=self._world.stage.body_ids,
            times=timeline.times_secs,
            positions=self._positions,
            wxyz=_without_jumps(self._wxyz),
            linear_velocities=self._linear,
            angular_velocities=self._angular,
            present=self._present,
            contacts=self._book.contacts(),
            penetration_m=self._penetration,
            deform=self._cloths.deform() | self._coils.deform(),
        )

    def _write_pose(self, frame: int, k: int, pose: Pose) -> None:
        self._positions[frame, k] = pose.position
        self._wxyz[frame, k] = pose.wxyz

    def _pose(self, k: int) -> Pose:
        motion = self._world.motion(k)
        frame = Pose(position=motion.center, wxyz=motion.wxyz)
        return frame @ self._world.movers[k].inertial_from_body

    def _place_cloth(self, frame: int) -> None:
        self._cloths.frame(frame)
        for k in self._cloths.columns:
            pose, self._linear[frame, k], self._angular[frame, k] = self._cloths.motion(k)
            self._write_pose(frame, k, pose)

    def _place_coils(self, frame: int) -> None:
        self._coils.frame(frame)
        for k, pose in self._coils.poses.items():
            self._write_pose(frame, k, pose)

    def _place_absent(self, frame: int) -> None:
        fracture = self._fracture
        self._present[frame] = fracture.present
        for k, pieces in fracture.pieces.items():
            if fracture.present[k]:
                columns = list(pieces)
                self._positions[frame, columns] = self._positions[frame, k]
                self._wxyz[frame, columns] = self._wxyz[frame, k]
                continue
            center, linear = fracture.middle(k)
            body = self._world.movers[k].body
            turn = Pose(position=np.zeros(3), wxyz=self._wxyz[frame - 1, k])
            place = Pose(position=center - turn @ body.center_of_mass, wxyz=turn.wxyz)
            self._write_pose(frame, k, place)
            self._linear[frame, k] = linear

    def _deepest(self) -> float:
        self._world.detect()
        return self._world.deepest()


def _without_jumps(wxyz: Float[Array, "f b 4"]) -> Float[Array, "f b 4"]:
    """Choose the sign of each quaternion so that it is nearest to the one before."""
    same = np.sum(wxyz[1:] * wxyz[:-1], axis=-1) >= 0
    signs = np.cumprod(np.where(same, 1.0, -1.0), axis=0)
    smooth = wxyz.copy()
    smooth[1:] *= signs[..., None]
    return smooth
