"""Every change of velocity has a cause: gravity, touches with their friction, or an action."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float

from physics.certifying.balance import Balance
from physics.certifying.check import Check, not_covered
from physics.certifying.freedom import acted, unfree
from physics.observe.view import View
from scene_builder.model.arrays import Array

SPEED_TOLERANCE = 0.03
"""Largest change of velocity from one frame to the next that nothing explains [m/s]."""

STEPS_OF_GRAVITY = 1.5
"""And so many physics steps of gravity: a solver's velocities are those of a step's middle."""

IMPULSE_SHARE = 0.05
"""And this share of what touches gave: points of touch are merged, and solvers stop early."""

PYRAMID = 2**0.5
"""Solvers bound friction along two axes, each by its coefficient: at most this much beyond."""

MOTIONLESS = 1e-6
"""What moves by less than this [m/s] is put to sleep: a simulator may leave its touches out."""

LEAST_PUSH = 0.02
"""A friction cone is looked at where touches gave a body this much [m/s]."""


def check_causes(view: View, balance: Balance) -> Iterator[Check]:
    """Check every body's velocity against all that acted on it, from frame to frame."""
    gravity = float(np.linalg.norm(view.stage.gravity))
    limit = SPEED_TOLERANCE + STEPS_OF_GRAVITY * gravity * view.stage.timeline.step_secs
    for body in view.stage.bodies:
        if body.mobility == "static" or len(view.times) < 2:  # noqa: PLR2004 - one interval
            continue
        why = unfree(view, body.id)
        if why is not None:
            yield not_covered("cause", body.id, why)
            continue
        told = explained(view, body.id)
        k = view.trajectory.index(body.id)
        left = unexplained(view, balance, body.id)
        pressed, rubbed = balance.pressed[:, k], balance.rubbed[:, k]
        allowed = (PYRAMID * rubbed + IMPULSE_SHARE * pressed) / body.mass_kg
        excess = np.where(told, 0.0, np.linalg.norm(left, axis=1) - allowed)
        worst = int(excess.argmax())
        yield Check(
            law="cause", subject=body.id, measured=max(float(excess[worst]), 0.0), limit=limit,
            unit="m/s", text=f"at most {max(excess[worst], 0.0):.3f} m/s of {body.id}'s velocity "
            f"changes without a cause, at {view.times[worst + 1]:.2f} s", frame=worst + 1,
        )  # fmt: skip
        yield from _cone(view, balance, body.id, left, told, limit)


def explained(view: View, body_id: str) -> Bool[Array, " i"]:
    """Intervals that gravity and touches need not explain: actions, sleep, and absence."""
    present = view.trajectory.present[:, view.trajectory.index(body_id)]
    speed = np.linalg.norm(view.velocity(body_id), axis=1)
    asleep = (speed[:-1] < MOTIONLESS) & (speed[1:] < MOTIONLESS) & _carried(view, body_id)
    return np.asarray(acted(view, body_id) | asleep | ~(present[:-1] & present[1:]))


def unexplained(view: View, balance: Balance, body_id: str) -> Float[Array, "i 3"]:
    """Change of a body's velocity beyond gravity and what pushed it [m/s]."""
    k, mass = view.trajectory.index(body_id), view.body(body_id).mass_kg
    change = np.diff(view.velocity(body_id), axis=0)
    fallen = view.stage.gravity * np.diff(view.times)[:, None]
    return np.asarray(change - fallen - balance.pushed[:, k] / mass)


def _carried(view: View, body_id: str) -> Bool[Array, " i"]:
    carried = np.zeros(len(view.times), np.bool_)
    for other in view.partners(body_id):
        carried |= view.carried(body_id, other)
    return carried[1:]


def _cone(
    view: View, balance: Balance, body_id: str, left: Float[Array, "i 3"],
    told: Bool[Array, " i"], limit: float,
) -> Iterator[Check]:  # fmt: skip
    """Coulomb: along a surface no more than its coefficient times what presses."""
    k, mass = view.trajectory.index(body_id), view.body(body_id).mass_kg
    push = balance.pushed[:, k]
    pressed = np.linalg.norm(push, axis=1)
    one = (pressed > (1 - IMPULSE_SHARE) * balance.pressed[:, k]) & (pressed / mass > LEAST_PUSH)
    one &= ~told
    if not one.any():
        return
    normal = push / np.maximum(pressed, 1e-12)[:, None]
    along = left - np.sum(left * normal, axis=1)[:, None] * normal
    rubbed = np.linalg.norm(along, axis=1)
    most = PYRAMID * balance.rubbed[:, k] / mass
    excess = np.where(one, rubbed - most - IMPULSE_SHARE * balance.pressed[:, k] / mass, -np.inf)
    worst = int(excess.argmax())
    yield Check(
        law="friction cone", subject=body_id, measured=max(float(excess[worst]), 0.0),
        limit=limit, unit="m/s", text=f"friction changes {body_id}'s velocity by "
        f"{rubbed[worst]:.3f} m/s where {most[worst]:.3f} m/s are allowed, at "
        f"{view.times[worst + 1]:.2f} s", frame=worst + 1,
    )  # fmt: skip
