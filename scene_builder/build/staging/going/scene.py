"""What a motion may look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scene_builder.build.staging.beats import LEAD_SECS
from scene_builder.layout.items import Placed
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scene:
    """What a motion may look at.

    Attributes:
        bodies: By id, as they stand at frame 0.
        placed: Their boxes.
        rolls: How each rolls: `any`, `x`, or None.
        sloped: What starts on a slope: its weight sets it going.
        gravity: Downward acceleration [m/s²].
        ground_friction: Coulomb's coefficient of the ground.
        lead_secs: When what the words give no time begins [s].
        around: What else stands there: the place, and what furnishes it.
        duration_secs: Length of the film [s].
        moving: Who moves by itself, and whose way is not planned yet: it is gone when others come.
        bending: What is cloth: nothing leads it.
    """

    bodies: Mapping[str, Body]
    placed: Mapping[str, Placed]
    rolls: Mapping[str, str | None]
    sloped: frozenset[str]
    gravity: float
    ground_friction: float
    lead_secs: float = LEAD_SECS
    around: Sequence[Body] = ()
    duration_secs: float = 4.0
    moving: frozenset[str] = frozenset()
    bending: frozenset[str] = frozenset()

    def until(self, start: float, deeds: int) -> "Scene":
        """Return the scene with as much film as one of several deeds has from `start` [s] on."""
        rest = max(self.duration_secs - start, 0.0) / max(deeds, 1)
        return replace(self, duration_secs=start + rest)

    def after(self, body_id: str, pose: Pose) -> "Scene":
        """Return the scene once a body has gone to a pose."""
        body, box = self.bodies[body_id], self.placed[body_id]
        step = pose.position - body.pose.position
        turn = pose.rotation @ body.pose.rotation.T
        front = np.asarray(turn @ box.front)
        moved = replace(box, low=box.low + step, high=box.high + step, front=front)
        return replace(
            self,
            bodies={**self.bodies, body_id: replace(body, pose=pose)},
            placed={**self.placed, body_id: moved},
            moving=self.moving - {body_id},  # by the time that others come, it is there
        )
