"""Hard contacts and pins from MuJoCo's solver.

MuJoCo softens every constraint: it aims at a reference acceleration, made for a damped spring.
Here that acceleration is set for each row directly, so that the velocity at the step's end is the
one wanted: a gap just closes, a surface sticks, a pin holds (Moreau 1988; Anitescu, Potra 1997).
What slides would then lift off by friction × its speed, as in every convex model of friction. That
share is taken out of the normal's aim (de Saxcé, Feng 1998), and the solve is repeated until it
does not change: Coulomb's law, exactly.
"""

from typing import Any, final

import mujoco
import numpy as np
from jaxtyping import Float, Int

from physics.mujoco.options import MujocoOptions
from physics.stepping.records import Mover
from scene_builder.model.arrays import Array

LEAST_FRICTION = 1e-5
"""MuJoCo's least coefficient."""

SLIDING, SPINNING, ROLLING = 3, 4, 6
"""Sizes of contacts: with friction, with resistance to spinning, with that to rolling too."""


@final
class Surfaces:
    """How the geoms of a model rub, by our rules for pairs."""

    def __init__(self, model: Any, movers: list[Mover]) -> None:  # noqa: ANN401
        bodies = [mover.body for mover in movers]
        index = np.zeros(model.nbody, np.int64)
        for k, mover in enumerate(movers):
            index[mover.uid] = k
        self.mover_of_geom = index[model.geom_bodyid]
        self._friction = np.array([body.friction for body in bodies])
        self._rolling = np.array([body.rolling_friction for body in bodies])
        self._spinning = np.array([body.spinning_friction for body in bodies])

    def dress(self, contact: Any) -> None:  # noqa: ANN401
        """Give contacts that were just found their coefficients and their sizes.

        A pair's friction is the product of both; each one's resistance to rolling and spinning
        counts as much as the other's surface grips.
        """
        a, b = self.mover_of_geom[contact.geom].T
        friction = self._friction[a] * self._friction[b]
        spinning = self._spinning[a] * self._friction[b] + self._spinning[b] * self._friction[a]
        rolling = self._rolling[a] * self._friction[b] + self._rolling[b] * self._friction[a]
        coefficients = contact.friction
        coefficients[:, 0] = coefficients[:, 1] = np.maximum(friction, LEAST_FRICTION)
        coefficients[:, 2] = np.maximum(spinning, LEAST_FRICTION)
        coefficients[:, 3] = coefficients[:, 4] = np.maximum(rolling, LEAST_FRICTION)
        size = np.where(friction > 0, SLIDING, 1)
        size = np.where(spinning > 0, SPINNING, size)
        contact.dim[:] = np.where(rolling > 0, ROLLING, size)


@final
class Aims:
    """The velocities that a step's constraint rows are to end with."""

    def __init__(self, model: Any, data: Any, options: MujocoOptions) -> None:  # noqa: ANN401
        self._model, self._data, self._options = model, data, options
        self._dt = float(model.opt.timestep)
        contact = data.contact
        address = np.asarray(contact.efc_address)
        self._active = np.flatnonzero(address >= 0)
        self._normal: Int[Array, " n"] = address[self._active]
        self._row, self._owner, self._weight = self._friction_rows()
        self._start = np.array(data.efc_vel)
        self._base = self._targets()

    def solve(self) -> None:
        """Find the forces; afterwards `data.qacc` and `data.efc_force` hold."""
        model, data, o = self._model, self._data, self._options
        if data.nefc == 0:
            mujoco.mj_fwdConstraint(model, data)
            return
        lift = self._lift(data.qacc_smooth)
        for _ in range(o.cone_solves):
            target = self._base.copy()
            target[self._normal] -= lift
            data.efc_aref[:] = (target - self._start) / self._dt
            mujoco.mj_fwdConstraint(model, data)
            data.qacc_warmstart[:] = data.qacc
            before, lift = lift, self._lift(data.qacc)
            pressed = data.efc_force[self._normal] > 0
            if not np.abs(lift - before)[pressed].max(initial=0.0) > o.cone_speed:
                break

    def _friction_rows(self) -> tuple[Int[Array, " r"], Int[Array, " r"], Float[Array, " r"]]:
        """Rows of friction, which active contact each belongs to, and its coefficient."""
        contact = self._data.contact
        size = np.asarray(contact.dim)[self._active] - 1
        owner = np.repeat(np.arange(len(self._active)), size)
        first = np.cumsum(size) - size
        which = np.arange(len(owner)) - first[owner]
        weight = np.asarray(contact.friction)[self._active[owner], which]
        return self._normal[owner] + 1 + which, owner, weight

    def _targets(self) -> Float[Array, " r"]:
        """Velocity that each row should have at the step's end, were nothing sliding."""
        data, o, dt = self._data, self._options, self._dt
        target = np.zeros(data.nefc)
        distance = np.asarray(data.contact.dist)[self._active]
        mending = np.minimum(-distance * o.contact_erp / dt, o.mending_speed)
        target[self._normal] = np.where(distance > 0, -distance / dt, mending)
        pins = np.flatnonzero(data.efc_type == int(mujoco.mjtConstraint.mjCNSTR_EQUALITY))
        target[pins] = -o.joint_erp * data.efc_pos[pins] / dt
        return target

    def _lift(self, acceleration: Float[Array, " v"]) -> Float[Array, " n"]:
        """How fast the convex model would lift each contact that slides [m/s]."""
        gain = np.zeros(self._data.nefc)
        mujoco.mj_mulJacVec(self._model, self._data, gain, np.array(acceleration))
        speed = (self._start + self._dt * gain)[self._row] * self._weight
        squares = np.bincount(self._owner, speed**2, minlength=len(self._active))
        return np.asarray(np.sqrt(squares))
