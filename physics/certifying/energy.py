"""Energy's book-keeping: what moves and what is lifted never rises without a source."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool

from physics.certifying.check import Check, not_covered
from physics.certifying.freedom import held_from
from physics.observe.energy import total_energy
from physics.observe.view import View
from scene_builder.model.actions.action import end_of
from scene_builder.model.arrays import Array

ENERGY_TOLERANCE = 0.01
"""Largest gain of mechanical energy without an action, as a share of the largest that moved."""

MENDED_M = 5e-5
"""By so much a contact may lift what rests while it draws an overlap apart [m]: no motion."""

LEAST_ENERGY_J = 1e-6
"""Where less than this moves, nothing does."""


def check_energy(view: View) -> Iterator[Check]:
    """Check the largest rise of the total energy over its least before, without a source."""
    energy = total_energy(view)
    if energy is None:
        yield not_covered("energy", "all", "nothing moves by the laws")
        return
    scale = float(max(energy.moving.max(), np.ptp(energy.total), 1e-12))
    least, gain, frame = np.inf, 0.0, 0
    sources = given(view)
    for k, value in enumerate(energy.total):
        if sources[k]:
            least = value
        least = min(least, value)
        if value - least > gain:
            gain, frame = value - least, k
    weight = sum(
        body.mass_kg * float(np.linalg.norm(view.stage.gravity))
        for body in view.stage.bodies
        if body.mobility == "dynamic"
    )
    told = max(gain - weight * MENDED_M, 0.0)
    share = told / scale if energy.moving.max() > LEAST_ENERGY_J else 0.0
    yield Check(
        law="energy", subject="all", measured=share, limit=ENERGY_TOLERANCE, unit="1",
        text=f"mechanical energy rises by {gain:.2g} J at most, at {view.times[frame]:.2f} s: "
        f"{share:.2%} of what moved", frame=frame,
    )  # fmt: skip


def given(view: View) -> Bool[Array, " f"]:
    """Frames up to which, since the frame before, an action or a driven body could give energy."""
    found = np.zeros(len(view.times), np.bool_)
    rounding = view.stage.timeline.step_secs / 2  # actions begin with a whole step
    for action in view.stage.actions:
        end = action.start_secs + action.duration_secs
        if action.kind == "drive_joint" and action.duration_secs == 0:
            end = np.inf
        elif action.kind == "attach":
            end = end_of(action, view.stage.actions)
        begun = view.times > held_from(view, action) - rounding
        found |= begun & (view.times - view.frame_secs < end + rounding)
    # Air and water give energy where they flow or carry.
    felt = {one.fluid for one in view.stage.immersions}
    flows = any(fluid.name in felt and fluid.velocity.any() for fluid in view.stage.fluids)
    found |= flows or any(one.volume_m3 > 0 for one in view.stage.immersions)
    for body in view.stage.bodies:
        if body.mobility == "kinematic":
            found |= np.linalg.norm(view.velocity(body.id), axis=1) > 0
    return found
