"""stage.json and meshes/: a stage goes to the disk and comes back exactly."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel

from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import DamagedError, read_document
from pipeline.run_folder.mesh_file import read_glb, write_glb
from pipeline.run_folder.stage_document import (
    ActionDocument,
    BodyDocument,
    ColliderDocument,
    EnvironmentDocument,
    JointDocument,
    LightDocument,
    PoseDocument,
    StageDocument,
)
from pipeline.run_folder.texture_files import bring_texture, texture_names, texture_path
from scene_builder.model.actions.path import TimedPath
from scene_builder.model.digest import digest
from scene_builder.model.errors import SceneError
from scene_builder.model.fabrics.coil import Coil
from scene_builder.model.fabrics.fabric import Fabric
from scene_builder.model.fabrics.softness import Softness
from scene_builder.model.fluids.fluid import Fluid, Immersion
from scene_builder.model.graph import CameraCue
from scene_builder.model.light import Environment, Light, Panorama
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import (
    AssetCredit,
    Body,
    Collider,
    Freedom,
    Joint,
    Stage,
    StageAction,
    View,
)
from scene_builder.model.timeline import Timeline

MESH_FOLDER = "meshes"
_NAME_DIGITS = 20
_VECTORS = {
    "base_color", "center_of_mass", "inertia", "linear_velocity", "angular_velocity", "linear",
    "angular", "offset_low", "offset_high", "color", "sky_color", "velocity", "times", "positions",
    "wxyz",
}  # fmt: skip
"""Fields that are arrays in the records."""
Record = TypeVar("Record")


def write_stage(path: Path, stage: Stage) -> tuple[Path, ...]:
    """Write a stage as `path` (JSON), and its meshes and pictures beside it.

    Meshes and pictures are named by their content: bodies that share a shape share a file, and a
    file that is there already is not written again.

    Returns:
        Every file that the stage needs, `path` first.

    Raises:
        RunFolderError: If a picture is neither in the run nor in the cache, or the disk is full.
    """
    files: dict[str, Sequence[Mesh]] = {}
    document = _plain(_stage_fields(stage, files))
    for name, meshes in files.items():
        if not _holds(path.parent / name, meshes):
            write_glb(path.parent / name, meshes)
    write_text(path, json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False) + "\n")
    pictures = [bring_texture(path.parent, name) for name in texture_names(stage)]
    return (path, *(path.parent / name for name in files), *pictures)


def read_stage(path: Path) -> Stage:
    """Read a stage: `read_stage(path)` equals what `write_stage` was given, by digest.

    Raises:
        DamagedError: If the file, a mesh or a picture is missing, cut off or no JSON.
        SceneError: If a field is wrong; the message names it and what is allowed.
    """
    document = read_document(path, StageDocument)
    known: dict[str, tuple[Mesh, ...]] = {}
    try:
        stage = Stage(
            gravity=np.array(document.gravity, np.float64),
            timeline=_record(Timeline, document.timeline),
            bodies=tuple(_body(body, path.parent, known) for body in document.bodies),
            joints=tuple(_joint(joint) for joint in document.joints),
            actions=tuple(_action(action) for action in document.actions),
            freedoms=tuple(_record(Freedom, freedom) for freedom in document.freedoms),
            lights=tuple(_light(light) for light in document.lights),
            environment=_environment(document.environment),
            shot=_record(View, document.shot),
            fluids=tuple(_record(Fluid, fluid) for fluid in document.fluids),
            immersions=tuple(_record(Immersion, one) for one in document.immersions),
            fabrics=tuple(_record(Fabric, fabric) for fabric in document.fabrics),
            softs=tuple(_record(Softness, soft) for soft in document.softs),
            coils=tuple(_record(Coil, coil) for coil in document.coils),
        )
    except ValueError as error:
        raise SceneError(f"{path}: {error}") from None
    for name in texture_names(stage):
        if not texture_path(path.parent, name).is_file():
            raise DamagedError(f"{path.parent / name} is missing; build again")
    return stage


def _holds(path: Path, meshes: Sequence[Mesh]) -> bool:
    try:
        return path.exists() and digest(list(read_glb(path))) == digest(list(meshes))
    except DamagedError:
        return False


def _stage_fields(stage: Stage, files: dict[str, Sequence[Mesh]]) -> dict[str, Any]:
    fields = {
        "gravity": stage.gravity,
        "timeline": _fields(stage.timeline),
        "bodies": [_body_fields(body, files) for body in stage.bodies],
        "joints": [_fields(joint) for joint in stage.joints],
        "actions": [_fields(action) for action in stage.actions],
        "freedoms": [_fields(freedom) for freedom in stage.freedoms],
        "lights": [_with_pose(_fields(light)) for light in stage.lights],
        "environment": _fields(stage.environment),
        "shot": _fields(stage.shot),
    }
    if stage.immersions or stage.fabrics:
        fields["fluids"] = [_fields(fluid) for fluid in stage.fluids]
        fields["immersions"] = [_fields(one) for one in stage.immersions]
    if stage.fabrics:
        fields["fabrics"] = [_fields(fabric) for fabric in stage.fabrics]
    if stage.softs:
        fields["softs"] = [_fields(soft) for soft in stage.softs]
    if stage.coils:
        fields["coils"] = [_fields(coil) for coil in stage.coils]
    return fields


def _body_fields(body: Body, files: dict[str, Sequence[Mesh]]) -> dict[str, Any]:
    fields = _with_pose(_fields(body))
    fields["mesh"] = _file(files, [body.mesh], "")
    fields["materials"] = [_fields(material) for material in body.materials]
    collider = _fields(body.collider)
    hulls = body.collider.hulls
    collider["hulls"] = _file(files, hulls, ".hulls") if hulls else None
    return fields | {"collider": collider, "asset": _fields(body.asset)}


def _file(files: dict[str, Sequence[Mesh]], meshes: Sequence[Mesh], mark: str) -> str:
    name = f"{MESH_FOLDER}/{digest(list(meshes))[:_NAME_DIGITS]}{mark}.glb"
    files[name] = meshes
    return name


def _with_pose(fields: dict[str, Any]) -> dict[str, Any]:
    pose: Pose = fields.pop("pose")
    return fields | {"position": pose.position, "wxyz": pose.wxyz}


def _fields(record: Any) -> dict[str, Any]:  # noqa: ANN401 - any of the model's dataclasses
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Turn what records hold into what JSON knows, losing nothing."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, CameraCue):
        return value.model_dump(mode="json")
    if isinstance(value, Fraction):
        return str(value)
    if dataclasses.is_dataclass(value):
        return _plain(_fields(value))
    return value


def _values(document: BaseModel) -> dict[str, Any]:
    """Return a document's fields, vectors as arrays."""
    values = {name: getattr(document, name) for name in type(document).model_fields}
    vectors = {name: np.array(values[name], np.float64) for name in values.keys() & _VECTORS}
    return values | vectors


def _record(kind: type[Record], document: BaseModel) -> Record:
    return kind(**_values(document))


def _action(document: ActionDocument) -> StageAction:
    path = None if document.path is None else TimedPath(**_values(document.path))
    return StageAction(**_values(document) | {"path": path})


def _environment(document: EnvironmentDocument) -> Environment:
    shown = document.panorama
    panorama = None if shown is None else _record(Panorama, shown)
    return Environment(**_values(document) | {"panorama": panorama})


def _body(body: BodyDocument, folder: Path, known: dict[str, tuple[Mesh, ...]]) -> Body:
    fields = _values(body)
    for name in ("position", "wxyz"):
        fields.pop(name)
    fields |= {
        "mesh": _meshes(folder, body.mesh, known)[0],
        "collider": _collider(body.collider, folder, known),
        "materials": tuple(_record(Material, material) for material in body.materials),
        "asset": _record(AssetCredit, body.asset),
        "pose": _pose(body),
    }
    return Body(**fields)


def _collider(
    collider: ColliderDocument, folder: Path, known: dict[str, tuple[Mesh, ...]]
) -> Collider:
    return Collider(
        shape=collider.shape,
        size=collider.size,
        center=np.array(collider.center, np.float64),
        hulls=_meshes(folder, collider.hulls, known) if collider.hulls else (),
    )


def _meshes(folder: Path, name: str, known: dict[str, tuple[Mesh, ...]]) -> tuple[Mesh, ...]:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise SceneError(f"{name!r} lies outside of the run folder; meshes stay inside of it")
    if name not in known:
        known[name] = read_glb(path)
    return known[name]


def _joint(joint: JointDocument) -> Joint:
    fields = _values(joint)
    fields["parent_from_joint"] = _pose(joint.parent_from_joint)
    fields["child_from_joint"] = _pose(joint.child_from_joint)
    return Joint(**fields)


def _light(light: LightDocument) -> Light:
    fields = _values(light)
    fields.pop("position")
    fields.pop("wxyz")
    return Light(pose=_pose(light), **fields)


def _pose(document: BodyDocument | LightDocument | PoseDocument) -> Pose:
    return _exact_pose(np.array(document.position, float), np.array(document.wxyz, float))


def _exact_pose(position: Any, wxyz: Any) -> Pose:  # noqa: ANN401 - arrays
    """Return a pose whose quaternion is bit for bit the stored one.

    `Pose` divides by the norm, which may move the last bit of a quaternion that is a unit
    already; a stored one is put back as it is when it is one within rounding.
    """
    pose = Pose(position=position, wxyz=wxyz)
    if np.allclose(pose.wxyz, wxyz, rtol=0, atol=1e-15):
        stored = wxyz.copy()
        stored.setflags(write=False)
        object.__setattr__(pose, "wxyz", stored)
    return pose
