"""A stage as a MuJoCo model, made as data: no file is written or read."""

from collections.abc import Sequence
from typing import Any

import mujoco
import numpy as np
from jaxtyping import Float

from physics.mujoco.options import MujocoOptions
from physics.mujoco.welding import add_welds
from physics.stepping.pins import pinned
from physics.stepping.records import Mover
from scene_builder.model.arrays import Array
from scene_builder.model.errors import UnsupportedBody
from scene_builder.model.pose import Pose
from scene_builder.model.solids.grains import MANY, grains_of
from scene_builder.model.stage import Body, Collider, Stage

STIFFEST = [0.9999, 0.9999, 0.001, 0.5, 2.0]
"""Share of a constraint that is held whatever it costs: the most that MuJoCo allows."""

MEMORY_BYTES = 1 << 29
"""Room for contacts; it is taken only as far as it is used."""

BOX_TOLERANCE = 1e-5
"""A hull whose corners are this near to those of its box (relative to its size) is a box."""

BOX_CORNERS = 8

FLAT = 1e-7
"""A hull thinner than this share of its size has no volume."""

GEOM = mujoco.mjtGeom
NO_TURN = np.array([1.0, 0.0, 0.0, 0.0])


def compile_model(
    stage: Stage, movers: Sequence[Mover], step_secs: float, options: MujocoOptions
) -> Any:  # noqa: ANN401 - MuJoCo has no types
    """Return the model of a stage; body k of the stage is MuJoCo's body `movers[k].uid`.

    Raises:
        UnsupportedBody: If a body is of a kind that MuJoCo does not have.
        SimulationError: If a joint names a body that is not there.
    """
    grains = grains_of(stage.bodies)
    if grains:
        raise UnsupportedBody(
            f"{len(grains)} grains that lie on each other would take MuJoCo many minutes; it is "
            f"given at most {MANY - 1} round things of one kind: use the simulator 'bullet'"
        )
    spec = mujoco.MjSpec()
    _configure(spec, stage, step_secs, options)
    meshes: dict[bytes, str] = {}
    for k, mover in enumerate(movers):
        _add_body(spec, f"b{k}", mover, meshes)
    _pin(spec, stage, movers)
    add_welds(spec, stage, movers, STIFFEST)
    model = spec.compile()
    for mover in movers:
        # MuJoCo would refuse moments of inertia that no solid can have, as rounding makes them.
        # What never moves may have no mass at all.
        share = mover.mass / mover.body.mass_kg if mover.mass > 0 else 0.0
        model.body_inertia[mover.uid] = mover.moments * share
    mujoco.mj_setConst(model, mujoco.MjData(model))
    return model


def _configure(spec: Any, stage: Stage, step_secs: float, options: MujocoOptions) -> None:  # noqa: ANN401
    spec.compiler.inertiafromgeom = mujoco.mjtInertiaFromGeom.mjINERTIAFROMGEOM_FALSE
    spec.compiler.degree = False
    spec.memory = MEMORY_BYTES
    option, off = spec.option, mujoco.mjtDisableBit
    option.timestep = step_secs
    option.gravity = stage.gravity.tolist()
    option.cone = mujoco.mjtCone.mjCONE_ELLIPTIC
    option.solver = mujoco.mjtSolver.mjSOL_NEWTON
    option.iterations = options.iterations
    option.tolerance = options.tolerance
    option.disableflags = int(off.mjDSBL_AUTORESET) | int(off.mjDSBL_SENSOR)


def _add_body(spec: Any, name: str, mover: Mover, meshes: dict[bytes, str]) -> None:  # noqa: ANN401
    body = mover.body
    frame = body.pose @ mover.body_from_inertial
    made = spec.worldbody.add_body(name=name, pos=frame.position.tolist(), quat=frame.wxyz.tolist())
    if mover.mass > 0:
        if body.collider.shape == "plane":
            raise UnsupportedBody(
                f"body {body.id!r} is a plane that can move; MuJoCo has planes that stand still "
                "only: make it static or give it a box, or use --simulator bullet"
            )
        made.explicitinertial = True
        made.mass = mover.mass
        made.ipos, made.iquat = [0.0] * 3, NO_TURN.tolist()
        made.inertia = [float(mover.moments.max())] * 3
        made.add_freejoint()
    for shape in _shapes(spec, body, mover.body_from_inertial.inverse(), meshes):
        made.add_geom(condim=6, solimp=STIFFEST, **shape)


def _shapes(
    spec: Any,  # noqa: ANN401
    body: Body,
    inertial_from_body: Pose,
    meshes: dict[bytes, str],
) -> list[dict[str, Any]]:
    collider = body.collider
    if collider.shape != "hulls":
        at = inertial_from_body @ Pose(position=collider.center, wxyz=NO_TURN)
        kind, size = _primitive(collider)
        return [_placed(kind, at, size=size)]
    shapes = []
    for hull in collider.hulls:
        corners = np.asarray(hull.vertices, np.float64)
        box = _box_of(corners)
        if box is not None:
            at = inertial_from_body @ Pose(position=box[0], wxyz=NO_TURN)
            shapes.append(_placed(GEOM.mjGEOM_BOX, at, size=box[1].tolist()))
        else:
            name = _mesh(spec, body, corners, meshes)
            shapes.append(_placed(GEOM.mjGEOM_MESH, inertial_from_body, meshname=name))
    return shapes


def _placed(kind: Any, at: Pose, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    return {"type": kind, "pos": at.position.tolist(), "quat": at.wxyz.tolist(), **more}


def _primitive(collider: Collider) -> tuple[Any, list[float]]:
    size = collider.size
    match collider.shape:
        case "sphere":
            return GEOM.mjGEOM_SPHERE, [size[0], 0.0, 0.0]
        case "box":
            return GEOM.mjGEOM_BOX, [edge / 2 for edge in size]
        case "cylinder":
            return GEOM.mjGEOM_CYLINDER, [size[0], size[1] / 2, 0.0]
        case "capsule":
            straight = size[1] / 2 - size[0]
            if straight <= 0:
                return GEOM.mjGEOM_SPHERE, [size[0], 0.0, 0.0]
            return GEOM.mjGEOM_CAPSULE, [size[0], straight, 0.0]
        case _:
            return GEOM.mjGEOM_PLANE, [0.0, 0.0, 1.0]


def _mesh(spec: Any, body: Body, corners: Float[Array, "_ 3"], meshes: dict[bytes, str]) -> str:  # noqa: ANN401
    """Name the mesh of a convex piece; equal pieces share one."""
    spread = np.linalg.svd(corners - corners.mean(axis=0), compute_uv=False)
    if len(corners) < 4 or spread[2] <= FLAT * spread[0]:  # noqa: PLR2004 - a tetrahedron
        raise UnsupportedBody(
            f"body {body.id!r} has a collider piece without any thickness; MuJoCo needs pieces "
            "with a volume: give the model thickness, use a box as its collider, or use "
            "--simulator bullet"
        )
    key = corners.tobytes()
    if key not in meshes:
        meshes[key] = f"m{len(meshes)}"
        spec.add_mesh(
            name=meshes[key],
            uservert=corners.ravel().tolist(),
            inertia=mujoco.mjtMeshInertia.mjMESH_INERTIA_CONVEX,
        )
    return meshes[key]


def _box_of(hull: Float[Array, "_ 3"]) -> tuple[Array, Array] | None:
    """Return the centre and half edges of a hull that is a box along the body's axes."""
    low, high = hull.min(axis=0), hull.max(axis=0)
    corners = np.unique(np.round((hull - low) / np.maximum(high - low, 1e-12), 5), axis=0)
    size = float((high - low).max())
    nearest = np.minimum(np.abs(hull - low), np.abs(hull - high)).max()
    if len(corners) != BOX_CORNERS or nearest > BOX_TOLERANCE * size:
        return None
    return (low + high) / 2, (high - low) / 2


def _pin(spec: Any, stage: Stage, movers: Sequence[Mover]) -> None:  # noqa: ANN401
    """Make the joints that MuJoCo can hold between free bodies: points that they share."""
    for held in pinned(stage):
        child = movers[held.child]
        if held.parent is not None:
            spec.add_exclude(bodyname1=f"b{held.parent}", bodyname2=f"b{held.child}")
        for parent_from_pin, child_from_pin in held.pins:
            ends = []
            for k, pin in ((held.parent, parent_from_pin), (held.child, child_from_pin)):
                at = pin.position
                if k is not None:
                    at = movers[k].body_from_inertial.inverse() @ at
                end = spec.worldbody if k is None else spec.body(f"b{k}")
                ends.append(end.add_site(pos=at.tolist(), name=f"s{len(spec.sites)}").name)
            if child.mass > 0 or (held.parent is not None and movers[held.parent].mass > 0):
                spec.add_equality(
                    type=mujoco.mjtEq.mjEQ_CONNECT,
                    objtype=mujoco.mjtObj.mjOBJ_SITE,
                    name1=ends[0],
                    name2=ends[1],
                    solimp=STIFFEST,
                )
