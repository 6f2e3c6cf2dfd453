"""Settling: what layout left unstable comes to rest before frame 0."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from physics.observe.view import View
from physics.simulator import Simulator
from physics.trajectory import Trajectory
from scene_builder.model.pose import Pose
from scene_builder.model.solids.grains import grains_of
from scene_builder.model.stage import Body, Stage
from scene_builder.model.timeline import Timeline

GLANCE_SECS = 0.125
"""Things that nothing carries for so long are in the air on purpose."""

SETTLING_SECS = 2.0
"""Longest time that things get to come to rest."""

MOST_ROUNDS = 3
"""How often settling begins anew because something went further than its own size."""

EXACT_M = 2e-4
"""What moves by less keeps the exact pose that it was given [m]."""

EXACT_DEG = 0.2
"""Likewise for turns."""

REST_SPEED = 0.02
"""What is still faster at the end [m/s] has not come to rest."""

CALM = 0.9
"""Share of every velocity that settling takes away each second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A stage at rest, and what that took.

    Attributes:
        stage: The stage with settled poses; all else is as it was.
        moved: How far the centre of mass of each body that moved went [m].
        restless: Bodies that have not come to rest.
        going: Bodies that would go somewhere by themselves, as a car on a ramp; they stay where
            they were put, and go from frame 0 on.
    """

    stage: Stage
    moved: Mapping[str, float]
    restless: tuple[str, ...] = ()
    going: tuple[str, ...] = ()


def settle(stage: Stage, simulator: Simulator) -> Settled:
    """Let everything that is not held, thrown or hanging come to rest where it stands.

    Args:
        stage: As layout made it.
        simulator: Moves it; actions and initial velocities wait meanwhile.
    """
    held = {a.body for a in stage.actions if a.kind in ("release", "drive_joint")}
    glance = _calm(stage, held, GLANCE_SECS)
    motion = simulator.simulate(glance)
    if not _displaced(glance, motion):
        return Settled(stage=stage, moved=MappingProxyType({}))
    held |= _in_the_air(glance, motion)
    going: set[str] = set()
    for _ in range(MOST_ROUNDS):
        quiet = _calm(stage, held | going, SETTLING_SECS)
        motion = simulator.simulate(quiet)
        moved = _displaced(quiet, motion)
        far = {one for one, way in moved.items() if way > stage.body(one).mesh.extents.max()}
        leaving = far - grains_of(stage.bodies)  # these only lie down
        leaving |= _with_parts(stage, leaving)
        if not leaving:
            break
        going |= leaving
    soft = {one.body for one in stage.softs}
    bodies = tuple(
        _moved(body, motion, soft) if (body.piece_of or body.id) in moved else body
        for body in stage.bodies
    )
    speeds = np.linalg.norm(motion.linear_velocities[-1], axis=1)
    restless = [
        body.id for body, speed in zip(quiet.bodies, speeds, strict=True) if speed > REST_SPEED
    ]
    return Settled(
        stage=replace(stage, bodies=bodies),
        moved=MappingProxyType(moved),
        restless=tuple(restless),
        going=tuple(sorted(going)),
    )


def _moved(body: Body, motion: Trajectory, soft: Set[str]) -> Body:
    pose = motion.pose(-1, body.piece_of or body.id)
    if body.id in soft:
        return body  # it finds its form under its own weight before every film
    if body.id not in motion.deform:
        return replace(body, pose=pose)
    # Cloth keeps the form in which it came to rest.
    vertices = pose.inverse() @ np.asarray(motion.deform[body.id][-1], np.float64)
    return replace(body, pose=pose, mesh=replace(body.mesh, vertices=vertices.astype(np.float32)))


def _calm(stage: Stage, held: Set[str], secs: float) -> Stage:
    """The stage without actions and velocities; what is held cannot move."""
    timeline = Timeline(
        frame_count=max(2, round(secs * stage.timeline.fps) + 1),
        fps=stage.timeline.fps,
        substeps=stage.timeline.substeps,
    )
    # Nothing breaks while it settles, and pieces go with their whole.
    whole = [body for body in stage.bodies if body.piece_of is None]
    bodies = tuple(_calmed(body, held=body.id in held) for body in whole)
    # What floats or flies is held where it begins; nothing is blown away before frame 0, but
    # a flag streams already.
    return replace(stage, bodies=bodies, actions=(), timeline=timeline, immersions=())


def _calmed(body: Body, *, held: bool) -> Body:
    still = np.zeros(3)
    mobility = "static" if held or body.mobility == "kinematic" else body.mobility
    return replace(
        body, mobility=mobility, linear_velocity=still, angular_velocity=still,
        linear_damping=CALM, angular_damping=CALM,
    )  # fmt: skip


def _displaced(stage: Stage, motion: Trajectory) -> dict[str, float]:
    """How far each body went that went far enough to count [m]."""
    moved = {}
    for body in stage.bodies:
        if body.mobility == "static":
            continue
        end: Pose = motion.pose(-1, body.id)
        way = float(np.linalg.norm(end @ body.center_of_mass - body.pose @ body.center_of_mass))
        cosine = min(abs(float(end.wxyz @ body.pose.wxyz)), 1.0)
        if way > EXACT_M or np.rad2deg(2 * np.arccos(cosine)) > EXACT_DEG:
            moved[body.id] = way
    return moved


def _in_the_air(stage: Stage, motion: Trajectory) -> set[str]:
    """What nothing carried: it flies, hangs or floats, and has to begin there.

    A part is carried with its whole.
    """
    view = View(stage, motion)
    found = set()
    pinned = {fabric.body for fabric in stage.fabrics if fabric.pins}
    for body in stage.bodies:
        whole = body.part_of or body.id
        partners = view.partners(whole)
        carried = any(view.carried(whole, other).any() for other in partners)
        if body.mobility == "dynamic" and not carried and body.id not in pinned:
            found.add(body.id)
    return found


def _with_parts(stage: Stage, ids: Set[str]) -> set[str]:
    """All parts of the wholes that some of these bodies belong to, and those wholes."""
    wholes = {stage.body(one).part_of or one for one in ids}
    return {body.id for body in stage.bodies if (body.part_of or body.id) in wholes}
