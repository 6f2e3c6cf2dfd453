"""Robustness: a take that holds by a hair is luck; does it hold a hair's breadth away, too?

Small changes of everything that nobody could set exactly are tried until Wald's sequential
probability ratio test (Wald 1945) has decided between a take that nearly always holds and one that
often does not, 32 changes at most.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Stage, StageAction

PLACE_M = 1e-3
"""Nobody places a thing more exactly than this [m]."""

SPEED_SHARE = 0.01
"""Nor sends it off at a speed more exact than by this share."""

FRICTION_SHARE = 0.02
"""Nor knows its friction better than by this share."""

RESTITUTION_SHARE = 0.02
"""Nor how well it bounces, where that decides what happens."""

MOST_NUDGED = 32
"""Changed takes are tried up to this number."""

ROBUST, FRAGILE = 0.95, 0.7
"""The test tells a take that holds in this share of changes from one that holds in this."""

ERRORS = 0.1
"""How often the test may be wrong, either way."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a take fared when it was changed a little.

    Attributes:
        held: Changed takes in which every outcome held.
        tried: Changed takes.
    """

    held: int = 0
    tried: int = 0

    @property
    def share(self) -> float:
        """Share of the changed takes that held; 0 if there was none."""
        return self.held / self.tried if self.tried else 0.0

    @property
    def belief(self) -> float:
        """What to expect of one more: the mean of the posterior under a flat prior (Laplace)."""
        return (self.held + 1) / (self.tried + 2)

    @property
    def decided(self) -> bool | None:
        """Whether the take is robust; None if more changes have to be tried."""
        gain = math.log(ROBUST / FRAGILE)
        loss = math.log((1 - ROBUST) / (1 - FRAGILE))
        ratio = self.held * gain + (self.tried - self.held) * loss
        bound = math.log((1 - ERRORS) / ERRORS)
        if ratio >= bound:
            return True
        if ratio <= -bound:
            return False
        return ratio > 0 if self.tried >= MOST_NUDGED else None

    def after(self, outcomes: Sequence[bool]) -> "Trial":
        """Return the trial after more changes, counted one by one until it is decided."""
        trial = self
        for held in outcomes:
            if trial.decided is not None:
                break
            trial = Trial(trial.held + held, trial.tried + 1)
        return trial


def nudged_rand(stage: Stage, seed: int, number: int) -> Stage:
    """Return a stage on which places, speeds, frictions and rebounds differ a little.

    Args:
        stage: The stage of a take.
        seed: Of the whole run.
        number: Which change; the same number is the same change for every take.
    """
    rng = stream(seed, "director", "nudge", number)
    joined = {one for joint in stage.joints for one in (joint.parent, joint.child)}
    bodies = [_nudged_rand(rng, body, fixed=body.id in joined) for body in stage.bodies]
    watched = {free.body for free in stage.freedoms if free.restitution is not None}
    # A stream of its own: what rebounds changes nothing of how the others are changed.
    springs = stream(seed, "director", "spring", number)
    return replace(
        stage,
        bodies=tuple(
            _springier_rand(springs, body) if body.id in watched else body for body in bodies
        ),
        actions=tuple(_hurried_rand(rng, action) for action in stage.actions),
    )


def _nudged_rand(rng: np.random.Generator, body: Body, *, fixed: bool) -> Body:
    """Draw for every body, so that one body more or less changes nothing for the others."""
    step, rub, haste = rng.uniform(-1.0, 1.0, 2), rng.uniform(-1.0, 1.0), rng.uniform(-1.0, 1.0)
    if body.mobility != "dynamic":
        return body
    place = body.pose.position + (0.0 if fixed else PLACE_M) * np.append(step, 0.0)
    return replace(
        body,
        pose=Pose(position=place, wxyz=body.pose.wxyz),
        friction=body.friction * (1 + FRICTION_SHARE * rub),
        linear_velocity=_scaled(body.linear_velocity, haste),
        angular_velocity=_scaled(body.angular_velocity, haste),
    )


def _springier_rand(rng: np.random.Generator, body: Body) -> Body:
    share = 1 + RESTITUTION_SHARE * float(rng.uniform(-1.0, 1.0))
    return replace(body, restitution=min(body.restitution * share, 1.0))


def _hurried_rand(rng: np.random.Generator, action: StageAction) -> StageAction:
    haste = rng.uniform(-1.0, 1.0)
    linear, angular = _scaled(action.linear, haste), _scaled(action.angular, haste)
    return replace(action, linear=linear, angular=angular)


def _scaled(vector: Float[Array, "3"], haste: float) -> Float[Array, "3"]:
    return np.asarray(vector * (1 + SPEED_SHARE * haste))
