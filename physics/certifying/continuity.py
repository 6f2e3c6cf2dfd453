"""Nothing jumps: every displacement is what the velocities say."""

from collections.abc import Iterator

import numpy as np
from jaxtyping import Bool, Float

from physics.certifying.balance import Balance
from physics.certifying.cause import MOTIONLESS, unexplained
from physics.certifying.check import Check
from physics.certifying.freedom import acted, gripped
from physics.observe.view import View
from scene_builder.model.arrays import Array
from scene_builder.model.pose import multiply_wxyz
from scene_builder.model.solids.grains import grains_of
from scene_builder.model.stage import Body

JUMP_M = 1e-3
"""Largest displacement from one frame to the next that no velocity explains [m]."""

JUMP_SHARE = 0.01
"""And this share of the size of the body, or of the whole that it was a piece or is a part of:
contacts of large things are drawn apart further, and pieces begin wedged into each other."""

PINNING = frozenset({"ball", "hinge", "fixed"})
"""Joints that hold a point of a body where it is."""

SMOOTH_SHARE = 0.2
"""Joints that always hold pull all the time: their doubt is this share of a sudden pull's."""

STEPS_OF_DOUBT = 2.0
"""For so many physics steps a blow may last, or be told too early or too late."""

STILL_SPEED, STILL_SPIN = 0.005, 0.05
"""What is slower than this [m/s, rad/s] at both ends of an interval was not rocked in between."""

TURN_RAD = 0.05
"""Largest turn from one frame to the next that no angular velocity explains [rad]."""


def check_continuity(view: View, balance: Balance) -> Iterator[Check]:
    """Check that every body goes where its velocity takes it, and static ones nowhere."""
    grains = grains_of(view.stage.bodies)
    for body in view.stage.bodies:
        jump = np.linalg.norm(view.center(body.id)[0] - body.pose @ body.center_of_mass)
        jump *= float(view.trajectory.present[0, view.trajectory.index(body.id)])
        jumps = np.concatenate([[float(jump)], _jumps(view, balance, body)])
        limit = JUMP_M + JUMP_SHARE * min(view.size(body.part_of or body.piece_of or body.id), 1.0)
        if body.id in grains:
            limit += JUMP_M  # their touches are told for several steps together
        if body.mobility == "static":
            limit = JUMP_M
        worst = int(jumps.argmax())
        yield Check(
            law="continuity", subject=body.id, measured=float(jumps[worst]), limit=limit, unit="m",
            text=f"{body.id} is {jumps[worst] * 1000:.2f} mm from where its velocity takes it, at "
            f"{view.times[worst]:.2f} s", frame=worst,
        )  # fmt: skip
        if body.mobility != "static" and len(view.times) > 1:
            yield _turns(view, balance, body)


def _jumps(view: View, balance: Balance, body: Body) -> Float[Array, " i"]:
    """Displacements that neither velocities nor touches explain [m].

    Between two frames the velocity is integrated through all that is known: gravity from the
    start, every touch from its moment on. What is then still missing of the velocity at the end
    (friction, an action, a command) came at some time in between, so that it explains a
    displacement anywhere from none to all of it times the interval. A blow's own moment is known
    to a step or two.

    What a joint pins to something that never moves is thrown back by the joint at every blow, and
    nobody records that. It goes where its turn takes it, and its turn is held against its spin:
    only its pin may not move.
    """
    pin = _pin_at_rest(view, body)
    if pin is not None:
        return np.asarray(np.linalg.norm(np.diff(view.place(body.id, pin), axis=0), axis=1))
    moved = np.diff(view.center(body.id), axis=0)
    if body.mobility == "static":
        return np.asarray(np.linalg.norm(moved, axis=1))
    secs = np.diff(view.times)[:, None]
    velocity = view.velocity(body.id)
    known, rest = velocity[:-1] * secs, np.diff(velocity, axis=0)
    if body.mobility == "dynamic":
        k = view.trajectory.index(body.id)
        free = ~gripped(view, body.id)[1:, None]  # what is led moves as it is told
        pushed = view.stage.gravity * secs**2 / 2 + balance.carried[:, k] / body.mass_kg
        known = known + np.where(free, pushed, 0.0)
        rest = np.where(free, unexplained(view, balance, body.id), rest)
        step_way = _blows(view, balance, body) * STEPS_OF_DOUBT * view.stage.timeline.step_secs
    else:
        step_way = np.zeros(len(moved))
    off = np.linalg.norm(moved - known - rest * secs / 2, axis=1)
    doubt = np.linalg.norm(rest, axis=1) * secs[:, 0] / 2
    off -= np.where(_smooth(view, balance, body), SMOOTH_SHARE, 1.0) * doubt + step_way
    speed = np.linalg.norm(velocity, axis=1)
    asleep = (speed[:-1] < MOTIONLESS) & (speed[1:] < MOTIONLESS)
    off = np.where(asleep, np.linalg.norm(moved, axis=1), np.maximum(off, 0.0))
    present = view.trajectory.present[:, view.trajectory.index(body.id)]
    return np.asarray(np.where(present[:-1] & present[1:], off, 0.0))


def _pin_at_rest(view: View, body: Body) -> Float[Array, "3"] | None:
    """Return where a body is pinned to the world, or to what never moves, in its frame (3) [m]."""
    if body.mobility != "dynamic":
        return None
    for joint in view.stage.joints:
        ends = ((joint.child, joint.child_from_joint), (joint.parent, joint.parent_from_joint))
        for (name, here), (other, _) in (ends, ends[::-1]):
            at_rest = other is None or view.body(other).mobility == "static"
            if name == body.id and at_rest and joint.kind in PINNING:
                return np.asarray(here.position)
    return None


def _smooth(view: View, balance: Balance, body: Body) -> Bool[Array, " i"]:
    """Intervals in which nothing but gravity and a joint that always holds acts on a body."""
    kinds = {j.kind for j in view.stage.joints if body.id in (j.parent, j.child)}
    if not kinds or "rope" in kinds:
        return np.zeros(len(view.times) - 1, np.bool_)
    k = view.trajectory.index(body.id)
    return np.asarray((balance.pressed[:, k] == 0) & ~acted(view, body.id))


def _blows(view: View, balance: Balance, body: Body) -> Float[Array, " i"]:
    """Changes of velocity by touches that do more than carry a body's weight [m/s].

    Joints hand a blow on from one part of a whole to the others.
    """
    whole = body.part_of or body.id
    carrying = 2 * np.linalg.norm(view.stage.gravity) * np.diff(view.times)
    gains = [
        balance.pressed[:, view.trajectory.index(one.id)] / one.mass_kg
        for one in view.stage.bodies
        if one.id == body.id or (body.part_of and whole in (one.id, one.part_of))
    ]
    return np.asarray(np.maximum(np.max(gains, axis=0) - carrying, 0.0))


def _turns(view: View, balance: Balance, body: Body) -> Check:
    """Turns beyond the angular velocity; touches may turn a body by their whole lever."""
    k = view.trajectory.index(body.id)
    wxyz, spin, secs = view.trajectory.wxyz[:, k], view.spin(body.id), np.diff(view.times)
    turned = _rotation_vectors(wxyz)
    mean = (spin[:-1] + spin[1:]) / 2 * secs[:, None]
    off = np.linalg.norm(turned - mean, axis=1)
    lever = view.size(body.id) / 2 / max(float(np.linalg.eigvalsh(body.inertia)[0]), 1e-12)
    friction = balance.rubbed[:, k] / np.maximum(balance.pressed[:, k], 1e-12)
    # What rocks is pushed now on this side, now on that: half of the pushes may go either way.
    pushes = _blows(view, balance, body) * body.mass_kg / 2 + balance.pressed[:, k] / 4
    blows = pushes * (1 + friction) * lever * secs
    # A turn is the same as the one that is a whole turn longer or shorter.
    speed = np.maximum(np.linalg.norm(spin[:-1], axis=1), np.linalg.norm(spin[1:], axis=1))
    known = (speed * secs < np.pi / 2) & (blows < np.pi / 2)
    change = np.linalg.norm(np.diff(spin, axis=0), axis=1) * secs / 2
    off = np.where(known, np.maximum(off - change - blows, 0.0), 0.0)
    still = np.linalg.norm(view.velocity(body.id), axis=1) < STILL_SPEED
    still = still[:-1] & still[1:] & (speed < STILL_SPIN)
    off = np.where(still, np.linalg.norm(turned - mean, axis=1), off)
    present = view.trajectory.present[:, k]
    off = np.where(present[:-1] & present[1:], off, 0.0)
    worst = int(off.argmax())
    return Check(
        law="continuity", subject=f"{body.id} (turn)", measured=float(off[worst]), limit=TURN_RAD,
        unit="rad", text=f"{body.id} is turned by {np.rad2deg(off[worst]):.2f}° more than its "
        f"angular velocity explains, at {view.times[worst + 1]:.2f} s", frame=worst + 1,
    )  # fmt: skip


def _rotation_vectors(wxyz: Float[Array, "f 4"]) -> Float[Array, "i 3"]:
    """Turns from each frame to the next, in the world's axes [rad]."""
    back = wxyz[:-1] * np.array([1.0, -1.0, -1.0, -1.0])
    step = multiply_wxyz(wxyz[1:], back)
    step = np.where(step[:, :1] < 0, -step, step)
    sine = np.linalg.norm(step[:, 1:], axis=1)
    angle = 2 * np.arctan2(sine, step[:, 0])
    factor = angle / np.maximum(sine, np.finfo(np.float64).tiny)
    return np.asarray(step[:, 1:] * factor[:, None])
