"""Bodies that bend as skins: a skeleton of loose bones, and a mesh that follows it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from jaxtyping import Float
from pxr import Gf, Sdf, UsdGeom, UsdSkel, Vt

from physics.trajectory import Trajectory
from pipeline.export.turning import continuous, turned, turned_wxyz
from pipeline.export.usd.shapes import Shapes
from pipeline.export.usd.skinning import INFLUENCES, Skin, fit_skin
from render.dressed import DressedSurface
from scene_builder.model.arrays import Array
from scene_builder.model.errors import EncodeError
from scene_builder.model.stage import Body

SKELETON, BENDING = "skeleton", "bending"
WORST_M, WORST_SHARE = 0.005, 0.01
"""How far a vertex may be off the motion [m], or as a part of the body's size."""


def add_skin(
    path: str,
    body: Body,
    surfaces: Sequence[DressedSurface],
    motion: Trajectory,
    shapes: Shapes,
    offset_m: Float[Array, "3"],
) -> float:
    """Put a body that bends at `path`, with its whole motion.

    Args:
        path: Where it goes.
        body: What it is.
        surfaces: What is seen of it, in its frame; every corner is a vertex of its mesh.
        motion: How it bends.
        shapes: The scene's shapes; they know its scale.
        offset_m: What is added to places after scaling, in our frame (3) [m].

    Returns:
        Largest distance of a vertex from the motion at any frame [m], at true scale.

    Raises:
        EncodeError: If no skin comes near enough to the motion.
    """
    pose = motion.pose(0, body.id)
    skin = fit_skin(pose @ np.asarray(body.mesh.vertices, np.float64), motion.deform[body.id])
    allowed = max(WORST_M, WORST_SHARE * float(np.linalg.norm(body.mesh.extents)))
    if skin.worst_m > allowed:
        raise EncodeError(
            f"{body.id} bends more than a skin can follow: {1e3 * skin.worst_m:.1f} mm off, "
            f"allowed are {1e3 * allowed:.1f} mm; try another form (`worldreel parts` lists them)"
        )
    root = UsdSkel.Root.Define(shapes.stage, path)
    root.CreateExtentAttr(_extent(motion.deform[body.id], shapes.scale, offset_m))
    shift = np.asarray(offset_m, np.float64) / shapes.scale
    placed = [
        replace(
            surface,
            points=((pose @ surface.points) + shift).astype(np.float32),
            normals=(surface.normals @ pose.rotation.T).astype(np.float32),
            look=surface.look,
        )
        for surface in surfaces
    ]
    shapes.put(path, placed, solid=None)
    skeleton = _skeleton(shapes.stage, f"{path}/{SKELETON}", skin, shapes.scale, offset_m)
    for k, surface in enumerate(surfaces):
        mesh = UsdGeom.Mesh.Get(shapes.stage, f"{path}/shape/surface_{k}")
        mesh.CreateDoubleSidedAttr(True)  # cloth shows both its sides
        _bind(mesh, skeleton, skin, surface)
    return skin.worst_m


def _skeleton(
    stage: Any,  # noqa: ANN401 - Usd.Stage
    path: str,
    skin: Skin,
    scale: float,
    offset_m: Float[Array, "3"],
) -> Any:  # noqa: ANN401 - UsdSkel.Skeleton
    names = Vt.TokenArray([f"bone_{j}" for j in range(len(skin.centers))])
    rest = turned(skin.centers * scale + offset_m)
    frames = turned(skin.places * scale + offset_m).astype(np.float32)
    matrices = Vt.Matrix4dArray([Gf.Matrix4d().SetTranslate(Gf.Vec3d(*p)) for p in rest.tolist()])
    skeleton = UsdSkel.Skeleton.Define(stage, path)
    skeleton.CreateJointsAttr(names)
    skeleton.CreateBindTransformsAttr(matrices)
    skeleton.CreateRestTransformsAttr(matrices)
    played = UsdSkel.Animation.Define(stage, f"{path}/{BENDING}")
    played.CreateJointsAttr(names)
    played.CreateScalesAttr(Vt.Vec3hArray([Gf.Vec3h(1, 1, 1)] * len(names)))
    turns = _turns(skin.rotations)
    for attribute, values in (
        (played.CreateTranslationsAttr(), [Vt.Vec3fArray.FromNumpy(p) for p in frames]),
        (played.CreateRotationsAttr(), [_quaternions(q) for q in turns]),
    ):
        attribute.Set(values[0])
        with Sdf.ChangeBlock():
            for frame, value in enumerate(values):
                attribute.Set(value, frame)
    binding = UsdSkel.BindingAPI.Apply(skeleton.GetPrim())
    binding.CreateAnimationSourceRel().SetTargets([played.GetPath()])
    return skeleton


def _bind(mesh: Any, skeleton: Any, skin: Skin, surface: DressedSurface) -> None:  # noqa: ANN401
    """Let the corners of a mesh follow the bones that their vertices follow."""
    binding = UsdSkel.BindingAPI.Apply(mesh.GetPrim())
    binding.CreateSkeletonRel().SetTargets([skeleton.GetPath()])
    joint = skin.joint[surface.vertex].astype(np.int32)
    weight = skin.weight[surface.vertex].astype(np.float32)
    weight /= weight.sum(axis=1, keepdims=True)
    indices = binding.CreateJointIndicesPrimvar(False, INFLUENCES)
    indices.Set(Vt.IntArray.FromNumpy(joint.ravel()))
    weights = binding.CreateJointWeightsPrimvar(False, INFLUENCES)
    weights.Set(Vt.FloatArray.FromNumpy(weight.ravel()))
    binding.CreateGeomBindTransformAttr(Gf.Matrix4d(1))


def _turns(rotations: Float[Array, "f j 3 3"]) -> Float[Array, "f j 4"]:
    """Return the bones' turns as quaternions with Y up, without sign jumps (f j 4)."""
    from scipy.spatial.transform import Rotation

    scalar_last = Rotation.from_matrix(rotations.reshape(-1, 3, 3)).as_quat()
    wxyz = turned_wxyz(np.roll(scalar_last, 1, axis=-1).reshape(*rotations.shape[:2], 4))
    return np.stack([continuous(wxyz[:, j]) for j in range(wxyz.shape[1])], axis=1)


def _quaternions(wxyz: Float[Array, "j 4"]) -> Any:  # noqa: ANN401 - Vt.QuatfArray
    return Vt.QuatfArray([Gf.Quatf(w, Gf.Vec3f(x, y, z)) for w, x, y, z in wxyz.tolist()])


def _extent(vertices: Float[Array, "f v 3"], scale: float, offset_m: Array) -> Any:  # noqa: ANN401
    """Return the box that holds the whole motion, with Y up."""
    places = turned(np.asarray(vertices, np.float64) * scale + offset_m).reshape(-1, 3)
    corners = np.stack([places.min(axis=0), places.max(axis=0)]).astype(np.float32)
    return Vt.Vec3fArray.FromNumpy(corners)
