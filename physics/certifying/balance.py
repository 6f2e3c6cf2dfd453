"""Momentum's book-keeping: what gave every body its changes of velocity, frame by frame."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from physics.observe.view import View
from scene_builder.model.arrays import Array


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """Impulses from each frame to the next (interval k ends with frame k + 1), for all bodies.

    Attributes:
        pushed: Vector sum of the normal impulses that a body received (i b 3) [N·s].
        carried: The same, each times the time left to the interval's end (i b 3) [N·s²].
        pressed: Sum of the sizes of those impulses (i b) [N·s].
        rubbed: Most that friction may have given: each impulse times the pair's coefficient
            (i b) [N·s].
        interval: The interval of each contact row (n).
    """

    pushed: Float[Array, "i b 3"]
    carried: Float[Array, "i b 3"]
    pressed: Float[Array, "i b"]
    rubbed: Float[Array, "i b"]
    interval: Int[Array, " n"]


def balance_of(view: View) -> Balance:
    """Sort all touches of a motion into the intervals between its frames."""
    contacts, times = view.trajectory.contacts, view.times
    order = np.array([view.trajectory.index(body.id) for body in view.stage.bodies])
    intervals, bodies = max(len(times) - 1, 0), len(order)
    friction = np.zeros(bodies)
    friction[order] = [body.friction for body in view.stage.bodies]
    rounding = view.stage.timeline.step_secs / 4
    interval = np.searchsorted(times, contacts.time - rounding, side="right") - 1
    pushed, carried = np.zeros((intervals, bodies, 3)), np.zeros((intervals, bodies, 3))
    pressed, rubbed = np.zeros((intervals, bodies)), np.zeros((intervals, bodies))
    rows = np.flatnonzero((interval >= 0) & (interval < intervals))
    k, impulse = interval[rows], contacts.impulse[rows]
    vector = contacts.normal[rows] * impulse[:, None]
    left = (times[k + 1] - contacts.time[rows])[:, None]
    pair = friction[contacts.a[rows]] * friction[contacts.b[rows]]
    for column, sign in ((contacts.a[rows], 1.0), (contacts.b[rows], -1.0)):
        np.add.at(pushed, (k, column), sign * vector)
        np.add.at(carried, (k, column), sign * vector * left)
        np.add.at(pressed, (k, column), impulse)
        np.add.at(rubbed, (k, column), impulse * pair)
    return Balance(pushed, carried, pressed, rubbed, interval)


def centers_of(view: View) -> Float[Array, "f b 3"]:
    """Return the centres of mass in the trajectory's order [m]."""
    return np.stack([view.center(body_id) for body_id in view.trajectory.body_ids], axis=1)
