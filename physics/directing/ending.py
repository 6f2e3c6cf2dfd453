"""Endings: from when on nothing can happen in a take that the words speak of.

Most of a take is aftermath: a ball rolls on into the room, a cup rolls out on its side. What a
take is worth is decided by then, and the search need not look on.
"""

import math
from collections.abc import Sequence
from typing import final

import numpy as np
from jaxtyping import Float

from physics.stepping.records import Motion
from scene_builder.model.arrays import Array
from scene_builder.model.graph import SceneGraph
from scene_builder.model.solids.grains import grains_of
from scene_builder.model.stage import GROUND_ID, Body, Stage

WAITS_FOR = ("comes_to_rest", "leaves_frame")
"""Outcomes that the end itself decides."""

LEFT = ("falls_off", "stays_on")
"""Outcomes whose object nothing on the ground can be on any more."""

CALM_SPEED = 0.04
"""What is slower than this everywhere [m/s] may be at rest, or at its turning point."""

CALM_SECS = 0.15
"""What is calm for so long was at no turning point [s]."""

LEVEL_SPEED = 0.15
"""What goes up or down faster than this [m/s] bounces."""

LYING_DEG = 60.0
"""What leans further than this has fallen."""

REACH_SECS = 0.7
"""What rolls on its side goes in a curve, so far as it would in this time at its speed [s]."""

SPENT_SPEED = 0.35
"""What lies and is slower than this [m/s] knocks nothing over any more."""

TOUCHED = ("touches", "avoids")
"""Outcomes that the slightest touch decides."""

CLEAR_M = 0.02
"""What passes at a greater distance is not met [m]."""

LOW_SHARE = 1.15
"""What lies on the ground has its middle no higher than its radius, times this."""


@final
class Ending:
    """Watches one take, frame by frame; call it with how everything moves."""

    def __init__(self, stage: Stage, graph: SceneGraph) -> None:
        met = _met(graph)
        self._bodies = stage.bodies
        self._matters = [body.mobility == "dynamic" or body.id in met for body in stage.bodies]
        self._radius = [_radius(body) for body in stage.bodies]
        self._center = [body.pose @ body.center_of_mass for body in stage.bodies]
        self._up: dict[int, Float[Array, 3]] = {}
        self._every_touch = any(one.predicate in TOUCHED for one in graph.outcomes)
        self._begun = max((a.start_secs + a.duration_secs for a in stage.actions), default=0.0)
        self._calm_since: dict[int, float] = {}
        self._floor = next((b.pose.position[2] for b in stage.bodies if b.id == GROUND_ID), None)

    @staticmethod
    def of(stage: Stage, graph: SceneGraph) -> "Ending | None":
        """Return what watches a take; None where only its end can tell.

        That is so where the words wait for the end, and for worlds with joints, pieces, grains or
        what is not rigid: there, what is calm may still be under way.
        """
        waits = any(outcome.predicate in WAITS_FOR for outcome in graph.outcomes)
        waits = waits or bool(stage.joints or stage.deforming or grains_of(stage.bodies))
        if waits or any(body.piece_of or body.part_of for body in stage.bodies):
            return None
        flat = np.linalg.norm(stage.gravity[:2]) == 0 and stage.gravity[2] < 0
        endless = any(not math.isfinite(action.duration_secs) for action in stage.actions)
        driven = any(body.mobility == "kinematic" for body in stage.bodies)
        return Ending(stage, graph) if flat and not endless and not driven else None

    def __call__(self, secs: float, motions: Sequence[Motion | None]) -> bool:
        """Whether nothing can happen any more.

        Args:
            secs: The moment [s].
            motions: How each body moves; None for what cannot move.
        """
        moving = []
        for k, motion in enumerate(motions):
            if motion is None:
                continue
            self._up.setdefault(k, motion.rotation[2])
            self._center[k] = motion.center
            if not self._is_calm(k, motion, secs):
                moving.append(k)
        if secs <= self._begun + CALM_SECS:
            return False
        return all(self._is_leaving(k, motions) for k in moving)

    def _is_calm(self, k: int, motion: Motion, secs: float) -> bool:
        speed = math.hypot(*motion.linear) + math.hypot(*motion.angular) * self._radius[k]
        if speed > CALM_SPEED:
            self._calm_since.pop(k, None)
            return False
        return secs - self._calm_since.setdefault(k, secs) >= CALM_SECS

    def _is_leaving(self, k: int, motions: Sequence[Motion | None]) -> bool:
        """Whether a body lies on the ground and meets nothing on its way."""
        motion = motions[k]
        if motion is None or self._floor is None:
            return False
        ball = self._bodies[k].collider.shape == "sphere"
        low = motion.center[2] - self._floor <= LOW_SHARE * self._radius[k]
        if not low or abs(float(motion.linear[2])) > LEVEL_SPEED:
            return False
        if not ball and float(motion.rotation[2] @ self._up[k]) > _LYING_COSINE:
            return False
        if not ball and not self._every_touch and math.hypot(*motion.linear) < SPENT_SPEED:
            return True
        return not any(
            self._matters[other] and self._may_meet(k, other, motions, straight=ball)
            for other in range(len(motions))
            if other != k
        )

    def _may_meet(
        self, k: int, other: int, motions: Sequence[Motion | None], *, straight: bool
    ) -> bool:
        """Whether two bodies may come near each other, as both move now."""
        motion, theirs = motions[k], motions[other]
        assert motion is not None
        velocity = motion.linear[:2] - (0.0 if theirs is None else theirs.linear[:2])
        apart = (self._center[other] - self._center[k])[:2]
        near = self._radius[k] + self._radius[other] + CLEAR_M
        speed = float(np.linalg.norm(velocity))
        distance = float(np.linalg.norm(apart))
        if not straight:
            return distance < near + speed * REACH_SECS
        along = float(apart @ velocity) / max(speed, 1e-9)
        if along <= 0:
            return False
        return distance**2 - along**2 < near**2


_LYING_COSINE = math.cos(math.radians(LYING_DEG))


def _met(graph: SceneGraph) -> set[str]:
    """Return the bodies that outcomes want something to meet, or not to."""
    names = [
        name
        for outcome in graph.outcomes
        if outcome.predicate not in LEFT
        for name in (outcome.subject, outcome.object)
    ]
    met = {ref for name in names if name for ref in graph.body_ids(name)}
    return met - {GROUND_ID}


def _radius(body: Body) -> float:
    """Return the radius about its centre of mass that all of a body is within [m]."""
    reach = np.maximum(body.mesh.high - body.center_of_mass, body.center_of_mass - body.mesh.low)
    if body.collider.shape == "sphere":
        return float(reach.max())
    return float(np.linalg.norm(reach))
