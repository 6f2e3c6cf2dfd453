"""One MuJoCo world: built anew from a stage, stepped, read, and thrown away.

Every body that can move is free; its frame in MuJoCo is that of its principal axes, so that its
velocity is that of its centre of mass.
"""

from typing import final

import mujoco
import numpy as np
from jaxtyping import Float, Int

from physics.mujoco.forces import Aims, Surfaces
from physics.mujoco.gyration import turned, turned_on
from physics.mujoco.model import compile_model
from physics.mujoco.options import MujocoOptions
from physics.mujoco.welding import turn_off_welds, turn_on_welds
from physics.pace import refinement
from physics.stepping.inertia import principal_frame
from physics.stepping.records import Glance, Mover, Touch, Touches
from physics.stepping.world import World
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Body, Stage

COMMANDED_MASS_FACTOR = 1e6
"""A body that moves by command outweighs what it pushes by this factor; so does what is held."""


@final
class MujocoWorld(World):
    """A stage in MuJoCo."""

    def __init__(self, stage: Stage, options: MujocoOptions) -> None:
        self.stage, self.options = stage, options
        self.scale, self.bounce_speed = 1.0, options.bounce_speed
        self.frame_ticks = stage.timeline.substeps * refinement(stage)
        self.step_secs = self.tick_secs = stage.timeline.frame_secs / self.frame_ticks
        self.movers = [self._mover(k, body) for k, body in enumerate(stage.bodies)]
        self.sudden = [False] * len(self.movers)
        self._model = compile_model(stage, self.movers, self.step_secs, options)
        self._data = mujoco.MjData(self._model)
        self._surfaces = Surfaces(self._model, self.movers)
        self._index_degrees()
        self._reach = np.array([_reach(mover) for mover in self.movers])
        self._held_at: dict[int, Array] = {}
        for k in self._free:
            body = stage.bodies[k]
            self.set_velocity(k, body.linear_velocity, body.angular_velocity)
        self.detect()

    def step(self) -> None:
        """Advance by one step."""
        model, data, dt = self._model, self._data, self.step_secs
        data.qvel[:] *= self._kept
        for k in self._held_at:
            self.push(k, -self.stage.gravity * self.movers[k].mass * COMMANDED_MASS_FACTOR)
        self._find_contacts(dt)
        mujoco.mj_comPos(model, data)
        mujoco.mj_makeM(model, data)
        mujoco.mj_factorM(model, data)
        mujoco.mj_makeConstraint(model, data)
        mujoco.mj_island(model, data)
        mujoco.mj_fwdVelocity(model, data)
        self._gyrate()
        mujoco.mj_fwdAcceleration(model, data)
        Aims(model, data, self.options).solve()
        data.qvel[:] += dt * data.qacc
        self._force = np.array(data.efc_force)
        mujoco.mj_integratePos(model, data.qpos, data.qvel, dt)
        data.xfrc_applied[:] = 0.0
        for k, place in self._held_at.items():
            self._stay(k, place)

    def set_pace(self, ticks: int) -> None:
        """Let steps be so many ticks long from now on."""
        self.step_secs = ticks * self.tick_secs
        self._model.opt.timestep = self.step_secs
        self._note_damping()

    def glance(self, k: int) -> Glance:
        """Read where body `k` is and how it moves."""
        mover, row = self.movers[k], self._row[k]
        if row < 0:
            pose = mover.body.pose @ mover.body_from_inertial
            still = (0.0, 0.0, 0.0)
            return Glance(tuple(pose.position.tolist()), tuple(pose.wxyz.tolist()), still, still)
        place = self._data.qpos[7 * row : 7 * row + 7]
        linear, angular = self.velocity(k)
        return Glance(
            tuple(place[:3].tolist()),
            tuple(place[3:].tolist()),
            tuple(linear.tolist()),
            tuple(angular.tolist()),
        )

    def glances(self) -> list[Glance | None]:
        """Read all bodies; None for those that cannot move now."""
        places, speeds = self._data.qpos.reshape(-1, 7), self._data.qvel.reshape(-1, 6)
        spins = turned(places[:, 3:], speeds[:, 3:]).tolist()
        rows = zip(places.tolist(), speeds.tolist(), spins, strict=True)
        found: list[Glance | None] = [None] * len(self.movers)
        for k, (place, speed, spin) in zip(self._free, rows, strict=True):
            if not self.movers[k].held:
                x, y, z, *wxyz = place
                found[k] = Glance((x, y, z), tuple(wxyz), tuple(speed[:3]), tuple(spin))
        return found

    def velocity(self, k: int) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
        """Read the linear [m/s] and angular [rad/s] velocity of body `k`."""
        row = self._row[k]
        if row < 0:
            return np.zeros(3), np.zeros(3)
        speed = self._data.qvel[6 * row : 6 * row + 6]
        spin = np.zeros(3)
        mujoco.mju_rotVecQuat(spin, speed[3:], self._data.qpos[7 * row + 3 : 7 * row + 7])
        return speed[:3].copy(), spin

    def set_velocity(self, k: int, linear: Float[Array, "3"], angular: Float[Array, "3"]) -> None:
        """Replace the velocities of body `k` [m/s, rad/s]."""
        row = self._row[k]
        if row >= 0:
            self._data.qvel[6 * row : 6 * row + 3] = linear
            back = self._data.qpos[7 * row + 3 : 7 * row + 7] * (1.0, -1.0, -1.0, -1.0)
            spin = np.zeros(3)
            mujoco.mju_rotVecQuat(spin, np.asarray(angular, np.float64), back)
            self._data.qvel[6 * row + 3 : 6 * row + 6] = spin

    def set_pose(self, k: int, world_from_body: Pose) -> None:
        """Move body `k`; its velocities stay as they are."""
        linear, angular = self.velocity(k)
        row, frame = self._row[k], world_from_body @ self.movers[k].body_from_inertial
        self._data.qpos[7 * row : 7 * row + 7] = (*frame.position, *frame.wxyz)
        self.set_velocity(k, linear, angular)

    def push(
        self,
        k: int,
        force: Float[Array, "3"],
        torque: Float[Array, "3"] | None = None,
        point: Float[Array, "3"] | None = None,
    ) -> None:
        """Let a force [N], at a point (or the centre of mass), and a torque act in a step."""
        row = self._row[k]
        applied = self._data.xfrc_applied[self.movers[k].uid]
        applied[:3] += force
        if torque is not None:
            applied[3:] += torque
        if point is not None:
            applied[3:] += np.cross(point - self._data.qpos[7 * row : 7 * row + 3], force)

    def hold(self, k: int) -> None:
        """Let body `k` keep its pose, whatever pushes it."""
        row = self._row[k]
        self.movers[k].held = True
        self._held_at[k] = self._data.qpos[7 * row : 7 * row + 7].copy()
        self._weigh_down(k, COMMANDED_MASS_FACTOR)
        self.set_velocity(k, np.zeros(3), np.zeros(3))

    def command(self, k: int) -> None:
        """Let body `k` move as it is told from now on, whatever it pushes, until it is released."""
        self._held_at.pop(k, None)
        self.movers[k].held, self.movers[k].commanded = False, True
        self._weigh_down(k, COMMANDED_MASS_FACTOR)

    def attach(self, k: int, other: int) -> None:
        """Weld body `k` to another as both are now."""
        turn_on_welds(self, self._model, self._data, k, other)

    def detach(self, k: int) -> None:
        """Undo all welds of body `k`."""
        turn_off_welds(self._model, self._data, k)

    def release(self, k: int) -> None:
        """Let a body go that is held, or moves as it is told; it stands still then."""
        self.movers[k].held = self.movers[k].commanded = False
        self._held_at.pop(k, None)
        self._weigh_down(k, 1.0)
        self.set_velocity(k, np.zeros(3), np.zeros(3))

    def set_solid(self, k: int, *, solid: bool) -> None:
        """Let body `k` touch others, or nothing at all."""
        geoms = self._model.geom_bodyid == self.movers[k].uid
        self._model.geom_contype[geoms] = self._model.geom_conaffinity[geoms] = int(solid)
        self._model.body_contype[self.movers[k].uid] = int(solid)
        self._model.body_conaffinity[self.movers[k].uid] = int(solid)

    def detect(self) -> None:
        """Find contacts without moving anything."""
        self._find_contacts(0.0)
        self._force = np.zeros(0)

    def touches(self, *, pressed: bool = True) -> Touches:
        """Return the contact points of the last step or detection.

        Args:
            pressed: Leave out those without force: what is near, but does not touch.
        """
        contact = self._data.contact
        if not len(contact.dist):
            return Touches()
        impulse = np.zeros(len(contact.dist))
        if len(self._force):
            address = np.asarray(contact.efc_address)
            impulse = np.where(address >= 0, self._force[address], 0.0) * self.step_secs
        wanted = np.flatnonzero(impulse > 0) if pressed else np.arange(len(impulse))
        b, a = self._surfaces.mover_of_geom[contact.geom[wanted]].T
        # MuJoCo's normal points from its first geom to its second; the lower body is b.
        normal = contact.frame[wanted, :3] * np.where(a > b, 1.0, -1.0)[:, None]
        columns = (
            np.maximum(a, b), np.minimum(a, b), contact.pos[wanted], normal,
            contact.dist[wanted], impulse[wanted],
        )  # fmt: skip
        return Touches(
            Touch(one, other, tuple(point), tuple(out), distance, size)
            for one, other, point, out, distance, size in zip(
                *(column.tolist() for column in columns), strict=True
            )
        )

    def _mover(self, k: int, body: Body) -> Mover:
        body_from_inertial, moments = principal_frame(body)
        commanded = body.mobility == "kinematic" and any(
            action.body == body.id for action in self.stage.actions
        )
        mass = body.mass_kg if body.mobility == "dynamic" or commanded else 0.0
        mass *= COMMANDED_MASS_FACTOR if commanded else 1.0
        return Mover(
            body=body, uid=k + 1, body_from_inertial=body_from_inertial, moments=moments,
            mass=mass, held=False, commanded=commanded,
        )  # fmt: skip

    def _index_degrees(self) -> None:
        """Number the free bodies."""
        self._free = [k for k, mover in enumerate(self.movers) if mover.mass > 0]
        self._row = [-1] * len(self.movers)
        moments = np.zeros((len(self._free), 3))
        for row, k in enumerate(self._free):
            self._row[k] = row
            moments[row] = self._model.body_inertia[self.movers[k].uid]
        self._moments = moments
        self._gyrating: Int[Array, " n"] = np.flatnonzero(np.ptp(moments, axis=1) > 0)
        self._note_damping()

    def _note_damping(self) -> None:
        """Note what the free bodies' damping leaves of a velocity in a step."""
        kept = np.ones((len(self._free), 6))
        for row, k in enumerate(self._free):
            body = self.movers[k].body
            kept[row, :3] = (1 - body.linear_damping) ** self.step_secs
            kept[row, 3:] = (1 - body.angular_damping) ** self.step_secs
        self._kept = kept.ravel()

    def _find_contacts(self, secs: float) -> None:
        """Find what touches, or could within some time [s] at the present speeds."""
        model, data = self._model, self._data
        speeds = data.qvel.reshape(-1, 6)
        fastest = np.linalg.norm(speeds[:, :3], axis=1)
        fastest += np.linalg.norm(speeds[:, 3:], axis=1) * self._reach[self._free]
        margin = np.full(len(self.movers), self.options.margin_m / 2)
        margin[self._free] += fastest * secs
        model.geom_margin[:] = margin[self._surfaces.mover_of_geom]
        model.body_margin[1:] = margin
        mujoco.mj_kinematics(model, data)
        mujoco.mj_collision(model, data)
        if data.ncon:
            self._surfaces.dress(data.contact)

    def _gyrate(self) -> None:
        """Replace MuJoCo's explicit gyroscopic torque by one that keeps the angular momentum."""
        rows = self._gyrating
        if len(rows):
            spin = self._data.qvel.reshape(-1, 6)[rows, 3:]
            gained = (turned_on(spin, self._moments[rows], self.step_secs) - spin) / self.step_secs
            self._data.qfrc_bias.reshape(-1, 6)[rows, 3:] = -self._moments[rows] * gained

    def _weigh_down(self, k: int, factor: float) -> None:
        mover = self.movers[k]
        self._model.body_mass[mover.uid] = mover.mass * factor
        self._model.body_inertia[mover.uid] = mover.moments * factor
        mujoco.mj_setConst(self._model, mujoco.MjData(self._model))

    def _stay(self, k: int, place: Float[Array, "7"]) -> None:
        row = self._row[k]
        self._data.qpos[7 * row : 7 * row + 7] = place
        self._data.qvel[6 * row : 6 * row + 6] = 0.0


def _reach(mover: Mover) -> float:
    """How far from its centre of mass the body's farthest matter may be [m]."""
    mesh = mover.body.mesh
    away = np.maximum(np.abs(mesh.low - mover.body.center_of_mass),
                      np.abs(mesh.low + mesh.extents - mover.body.center_of_mass))  # fmt: skip
    return float(np.linalg.norm(away))
