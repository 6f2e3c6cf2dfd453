"""Edits on the disk: a JSON document, and the meshes of what was added in GLB files beside it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from pipeline.blender_addon.restaging.edits import Addition, BodyEdit, Edits
from pipeline.run_folder.atomic import write_text
from pipeline.run_folder.documents import read_document
from pipeline.run_folder.mesh_file import read_glb, write_glb
from scene_builder.model.graph import ID_PATTERN
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.words import Mobility

_Id = Annotated[str, Field(max_length=80)]
_Share = Annotated[float, Field(ge=0, le=1)]
_Color = tuple[_Share, _Share, _Share]
_Mass = Annotated[float, Field(gt=0, le=1e6)]
_Friction = Annotated[float, Field(ge=0, le=10)]
_Factor = Annotated[float, Field(gt=1e-4, le=1e4)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class _Pose(_Part):
    position: tuple[float, float, float]
    wxyz: tuple[float, float, float, float]

    def record(self) -> Pose:
        return Pose(position=np.array(self.position), wxyz=np.array(self.wxyz))


class _Body(_Part):
    body: _Id
    pose: _Pose | None = None
    scale: tuple[_Factor, _Factor, _Factor] | None = None
    colors: tuple[tuple[int, _Color], ...] = ()
    mobility: Mobility | None = None
    mass_kg: _Mass | None = None
    friction: _Friction | None = None


class _Addition(_Part):
    body: Annotated[str, Field(pattern=ID_PATTERN, max_length=80)]
    noun: Annotated[str, Field(min_length=1, max_length=60)]
    mesh: Annotated[str, Field(pattern=r"^[a-z0-9_.]+\.glb$")]
    colors: tuple[_Color, ...]
    substance: str
    mobility: Mobility
    pose: _Pose
    mass_kg: _Mass | None = None
    friction: _Friction | None = None


class _Document(_Part):
    bodies: tuple[_Body, ...] = ()
    removed: tuple[_Id, ...] = ()
    added: tuple[_Addition, ...] = ()


def write_edits(path: Path, edits: Edits) -> None:
    """Write edits as `path`, and meshes of what was added beside it."""
    added = []
    for k, one in enumerate(edits.added):
        name = f"added_{k}.glb"
        mesh = Mesh(vertices=one.vertices, triangles=one.triangles, material_index=one.slots)
        write_glb(path.parent / name, [mesh])
        added.append(
            {"body": one.body, "noun": one.noun, "mesh": name, "colors": one.colors,
             "substance": one.substance, "mobility": one.mobility, "pose": _pose(one.pose),
             "mass_kg": one.mass_kg, "friction": one.friction}
        )  # fmt: skip
    document = {
        "bodies": [_body(one) for one in edits.bodies],
        "removed": list(edits.removed),
        "added": added,
    }
    write_text(path, json.dumps(document, indent=1, allow_nan=False) + "\n")


def read_edits(path: Path) -> Edits:
    """Read edits; what comes in is checked like any document.

    Raises:
        DamagedError: If a file is missing or damaged.
        SceneError: If a field is wrong; the message names it and what is allowed.
    """
    document = read_document(path, _Document)
    return Edits(
        bodies=tuple(_edit(one) for one in document.bodies),
        removed=document.removed,
        added=tuple(_added(one, path.parent) for one in document.added),
    )


def _edit(one: _Body) -> BodyEdit:
    return BodyEdit(
        body=one.body, pose=None if one.pose is None else one.pose.record(),
        scale=None if one.scale is None else np.array(one.scale), colors=one.colors,
        mobility=one.mobility, mass_kg=one.mass_kg, friction=one.friction,
    )  # fmt: skip


def _added(one: _Addition, folder: Path) -> Addition:
    (mesh,) = read_glb(folder / one.mesh)
    return Addition(
        body=one.body, noun=one.noun, vertices=mesh.vertices, triangles=mesh.triangles,
        slots=mesh.material_index, colors=one.colors, substance=one.substance,
        mobility=one.mobility, pose=one.pose.record(), mass_kg=one.mass_kg, friction=one.friction,
    )  # fmt: skip


def _body(one: BodyEdit) -> dict[str, Any]:
    return {
        "body": one.body, "pose": None if one.pose is None else _pose(one.pose),
        "scale": None if one.scale is None else one.scale.tolist(), "colors": one.colors,
        "mobility": one.mobility, "mass_kg": one.mass_kg, "friction": one.friction,
    }  # fmt: skip


def _pose(pose: Pose) -> dict[str, Sequence[float]]:
    return {"position": pose.position.tolist(), "wxyz": pose.wxyz.tolist()}
