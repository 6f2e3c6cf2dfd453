"""UsdPhysics: masses, friction, gravity and joints, so that an engine can run the event again."""

from typing import Any

import numpy as np
from pxr import Gf, Sdf, UsdGeom, UsdPhysics, UsdShade

from pipeline.export.turning import turned, turned_wxyz
from pipeline.export.usd.materials import MATERIALS
from scene_builder.model.pose import Pose, wxyz_from_rotation
from scene_builder.model.stage import Body, Collider, Joint

_JOINTS = {
    "fixed": UsdPhysics.FixedJoint,
    "hinge": UsdPhysics.RevoluteJoint,
    "slider": UsdPhysics.PrismaticJoint,
    "ball": UsdPhysics.SphericalJoint,
    "rope": UsdPhysics.DistanceJoint,
    "spring": UsdPhysics.Joint,
}
_AXES = ("transX", "transY", "transZ")


def approximation(collider: Collider) -> str:
    """Return how an engine is to make the collider from the mesh, in UsdPhysics' words."""
    if collider.shape == "sphere":
        return "boundingSphere"
    if collider.shape == "box":
        return "boundingCube"
    if collider.shape == "plane":
        return "none"
    several = len(collider.hulls) > 1
    return "convexDecomposition" if several else "convexHull"


def add_gravity(stage: Any, root: str, gravity: Any, scale: float) -> None:  # noqa: ANN401
    """Add the physics scene; a scene made smaller falls slower, to take the same time.

    Args:
        stage: The scene (`Usd.Stage`).
        root: Path of its root.
        gravity: In our frame (3) [m/s²].
        scale: Factor on all lengths.
    """
    UsdPhysics.SetStageKilogramsPerUnit(stage, 1.0)
    scene = UsdPhysics.Scene.Define(stage, f"{root}/Physics")
    size = float(np.linalg.norm(gravity))
    down = turned(np.asarray(gravity) / size) if size else np.array([0.0, -1.0, 0.0])
    scene.CreateGravityDirectionAttr(Gf.Vec3f(*map(float, down)))
    scene.CreateGravityMagnitudeAttr(size * scale)


def add_rigid_body(
    prim: Any,  # noqa: ANN401 - Usd.Prim
    body: Body,
    *,
    scale: float,
    velocities: tuple[Any, Any] | None,
) -> None:
    """Make a prim a rigid body with the mass that ours has.

    Args:
        prim: What moves (`Usd.Prim`).
        body: What it is.
        scale: Factor on all lengths.
        velocities: Linear [m/s] and angular [rad/s] at the beginning, in our frame, if an
            engine is to move it; None if its samples do.
    """
    rigid = UsdPhysics.RigidBodyAPI.Apply(prim)
    rigid.CreateKinematicEnabledAttr(velocities is None)
    if velocities is not None:
        linear, angular = turned(velocities[0]) * scale, np.rad2deg(turned(velocities[1]))
        rigid.CreateVelocityAttr(Gf.Vec3f(*map(float, linear)))
        rigid.CreateAngularVelocityAttr(Gf.Vec3f(*map(float, angular)))
    if body.mass_kg <= 0:
        return
    mass = UsdPhysics.MassAPI.Apply(prim)
    mass.CreateMassAttr(float(body.mass_kg))
    mass.CreateCenterOfMassAttr(Gf.Vec3f(*map(float, turned(body.center_of_mass) * scale)))
    moments, axes = np.linalg.eigh(np.asarray(body.inertia, np.float64))
    if moments.min() > 0:
        axes[:, 0] *= np.sign(np.linalg.det(axes))
        # Our main axes (columns) turned: the moments belong to the turned frame's x, y, z.
        w, x, y, z = map(float, wxyz_from_rotation(turned(axes.T).T))
        mass.CreateDiagonalInertiaAttr(Gf.Vec3f(*map(float, moments * scale**2)))
        mass.CreatePrincipalAxesAttr(Gf.Quatf(w, Gf.Vec3f(x, y, z)))


def bind_friction(stage: Any, root: str, prim: Any, body: Body) -> None:  # noqa: ANN401
    """Give a body's colliders its friction and restitution."""
    numbers = round(body.friction, 4), round(body.restitution, 4)
    name = "Touch_{:04d}_{:04d}".format(*(round(1e3 * n) for n in numbers))
    path = f"{root}/{MATERIALS}/{name}"
    material = UsdShade.Material.Get(stage, path)
    if not material:
        material = UsdShade.Material.Define(stage, path)
        touch = UsdPhysics.MaterialAPI.Apply(material.GetPrim())
        touch.CreateStaticFrictionAttr(numbers[0])
        touch.CreateDynamicFrictionAttr(numbers[0])
        touch.CreateRestitutionAttr(numbers[1])
    binding = UsdShade.MaterialBindingAPI.Apply(prim)
    binding.Bind(material, UsdShade.Tokens.weakerThanDescendants, "physics")


def add_floor(stage: Any, root: str, depth_m: float = 1.0, edge_m: float = 100.0) -> None:  # noqa: ANN401
    """Add an unseen floor that goes on beyond the disc, so that nothing falls for ever."""
    floor = UsdGeom.Cube.Define(stage, f"{root}/UnseenFloor")
    floor.CreateSizeAttr(1.0)
    floor.CreateExtentAttr([(-0.5, -0.5, -0.5), (0.5, 0.5, 0.5)])
    floor.AddTranslateOp(UsdGeom.XformOp.PrecisionFloat).Set(Gf.Vec3f(0, -depth_m / 2, 0))
    floor.AddScaleOp(UsdGeom.XformOp.PrecisionFloat).Set(Gf.Vec3f(edge_m, depth_m, edge_m))
    floor.CreateVisibilityAttr(UsdGeom.Tokens.invisible)
    UsdPhysics.CollisionAPI.Apply(floor.GetPrim())


def add_joint(
    stage: Any,  # noqa: ANN401 - Usd.Stage
    path: str,
    joint: Joint,
    *,
    parent: str | None,
    child: str,
    scale: float,
) -> None:
    """Add a joint between two bodies.

    Args:
        stage: The scene (`Usd.Stage`).
        path: Where it goes.
        joint: What it is.
        parent: Path of the parent's prim; None for the world.
        child: Path of the child's prim.
        scale: Factor on all lengths.
    """
    made = _JOINTS[joint.kind].Define(stage, path)
    for target, pose, relation, position, rotation in (
        (parent, joint.parent_from_joint, made.CreateBody0Rel,
         made.CreateLocalPos0Attr, made.CreateLocalRot0Attr),
        (child, joint.child_from_joint, made.CreateBody1Rel,
         made.CreateLocalPos1Attr, made.CreateLocalRot1Attr),
    ):  # fmt: skip
        if target is not None:
            relation().SetTargets([Sdf.Path(target)])
        point, turn = _local(pose, scale)
        position(point)
        rotation(turn)
    if joint.kind in ("hinge", "slider", "ball"):
        made.CreateAxisAttr("Y")  # our joints' Z
    if joint.kind in ("hinge", "slider"):
        factor = float(np.rad2deg(1.0)) if joint.kind == "hinge" else scale
        if joint.lower is not None:
            made.CreateLowerLimitAttr(joint.lower * factor)
        if joint.upper is not None:
            made.CreateUpperLimitAttr(joint.upper * factor)
    elif joint.kind == "rope":
        made.CreateMinDistanceAttr(0.0)
        made.CreateMaxDistanceAttr(joint.length_m * scale)
    elif joint.kind == "spring":
        for axis in _AXES:
            drive = UsdPhysics.DriveAPI.Apply(made.GetPrim(), axis)
            drive.CreateStiffnessAttr(joint.stiffness)
            drive.CreateDampingAttr(joint.damping)


def _local(pose: Pose, scale: float) -> tuple[Any, Any]:
    w, x, y, z = map(float, turned_wxyz(pose.wxyz))
    point = Gf.Vec3f(*map(float, turned(pose.position) * scale))
    return point, Gf.Quatf(w, Gf.Vec3f(x, y, z))
