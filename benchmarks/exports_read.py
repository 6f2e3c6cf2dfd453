"""What other readers find in exported files: poses, triangles, and what a validator says."""

import base64
import json
import re
import shutil
import struct
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import lightusd
import numpy as np
from pxr import Usd, UsdGeom

from render.blender.blend_reading import read_blend
from render.shot import Shot
from scene_builder.model.arrays import Array
from scene_builder.model.pose import rotation_from_wxyz

Poses = Mapping[str, Array]
"""World poses (f 4 4) by body id; lengths in metres."""
ISSUES = ("errors", "warnings", "infos", "hints")
"""What Khronos' glTF validator tells apart."""
_Y_UP = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, -1.0, 0.0]])


def usdz_poses(path: Path, names: Mapping[str, str], frames: int) -> Poses:
    """Return poses with Y up of a USDZ file, by lightusd.

    Args:
        path: The file.
        names: What each body's prim is called, by body id.
        frames: How many there are.
    """
    scene = lightusd.load(str(path))
    prims = {body_id: scene.prim_at(f"/Scene/{name}") for body_id, name in names.items()}
    return {
        body_id: np.array([prim.world_transform(k) for k in range(frames)], np.float64)
        .reshape(frames, 4, 4).transpose(0, 2, 1)
        for body_id, prim in prims.items()
    }  # fmt: skip


def usdz_triangles(path: Path) -> int:
    """Return how many triangles a USDZ file shows."""
    stage = Usd.Stage.Open(str(path))
    prims = stage.Traverse(Usd.TraverseInstanceProxies())
    counts = (UsdGeom.Mesh(p).GetFaceVertexCountsAttr().Get() for p in prims if p.IsA(UsdGeom.Mesh))
    return sum(len(count) for count in counts)


def glb_poses(content: bytes, times: Array) -> Poses:
    """Return poses with Y up of the nodes of a GLB file at some times [s].

    After the glTF 2.0 specification: translation, rotation (xyzw) and scale of each node, blended
    linearly between keys.
    """
    size = struct.unpack_from("<I", content, 12)[0]
    document = json.loads(content[20 : 20 + size])
    buffer = content[28 + size :]
    poses = {}
    for k, node in enumerate(document["nodes"]):
        if "mesh" not in node:
            continue
        parts = {"translation": [0, 0, 0], "rotation": [0, 0, 0, 1], "scale": [1, 1, 1]}
        values = {
            path: _played(document, buffer, (k, path), node.get(path, resting), times)
            for path, resting in parts.items()
        }
        poses[node["name"]] = _matrices(values)
    return poses


def _played(
    document: Any,  # noqa: ANN401 - JSON
    buffer: bytes,
    goal: tuple[int, str],
    resting: Sequence[float],
    times: Array,
) -> Array:
    """Return what a property of a node is at some times (f n)."""
    for film in document.get("animations", []):
        for channel in film["channels"]:
            if (channel["target"]["node"], channel["target"]["path"]) == goal:
                sampler = film["samplers"][channel["sampler"]]
                keys = _numbers(document, buffer, sampler["input"])[:, 0]
                values = _numbers(document, buffer, sampler["output"])
                if sampler["interpolation"] == "STEP":
                    return np.asarray(values[np.searchsorted(keys, times + 1e-5) - 1])
                return np.stack([np.interp(times, keys, column) for column in values.T], axis=-1)
    return np.tile(np.array(resting, np.float64), (len(times), 1))


def _numbers(document: Any, buffer: bytes, index: int) -> Array:  # noqa: ANN401
    accessor = document["accessors"][index]
    view = document["bufferViews"][accessor["bufferView"]]
    width = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}[accessor["type"]]
    start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
    count = accessor["count"] * width
    return np.frombuffer(buffer, "<f4", count, start).reshape(-1, width).astype(np.float64)


def _matrices(values: Mapping[str, Array]) -> Array:
    x, y, z, w = (values["rotation"] / np.linalg.norm(values["rotation"], axis=1)[:, None]).T
    turns = np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
            [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
            [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
        ]
    ).transpose(2, 0, 1)
    made = np.tile(np.eye(4), (len(turns), 1, 1))
    made[:, :3, :3] = turns * values["scale"][:, None, :]
    made[:, :3, 3] = values["translation"]
    return made


def glb_triangles(content: bytes) -> int:
    """Return how many triangles a GLB file shows."""
    size = struct.unpack_from("<I", content, 12)[0]
    document = json.loads(content[20 : 20 + size])
    of_mesh = [
        sum(document["accessors"][part["indices"]]["count"] for part in mesh["primitives"]) // 3
        for mesh in document["meshes"]
    ]
    return sum(of_mesh[node["mesh"]] for node in document["nodes"] if "mesh" in node)


def glb_of_page(path: Path) -> bytes:
    """Return the GLB file that a page holds."""
    found = re.search(r'<script id="scene"[^>]*>([^<]*)</script>', path.read_text())
    if found is None:
        raise ValueError(f"{path} holds no scene")
    return base64.b64decode(found[1])


def blend_poses(path: Path) -> Poses:
    """Return poses with Z up of a .blend file, as Blender itself has them."""
    film = read_blend(path)
    return {body_id: film.world_from_body[:, k] for k, body_id in enumerate(film.body_ids)}


def farthest_m(poses: Poses, shot: Shot, *, y_up: bool) -> float:
    """Return how far any corner of any rigid body's box is from where the run has it [m].

    Args:
        poses: What was read.
        shot: What was exported.
        y_up: Whether Y is up in what was read.
    """
    motion, worst = shot.trajectory, 0.0
    change = _Y_UP if y_up else np.eye(3)
    for body_id, found in poses.items():
        if body_id in motion.deform:
            continue
        k, mesh = motion.index(body_id), shot.stage.body(body_id).mesh
        box = np.stack([mesh.low, mesh.high]).astype(np.float64)
        corners = box[np.indices((2, 2, 2)).reshape(3, 8).T, np.arange(3)]
        turns, here = rotation_from_wxyz(motion.wxyz[:, k]), motion.present[:, k]
        wanted = (corners @ turns.transpose(0, 2, 1) + motion.positions[:, k, None]) @ change.T
        corners = corners @ change.T
        shown = corners @ found[:, :3, :3].transpose(0, 2, 1) + found[:, None, :3, 3]
        away = np.linalg.norm(shown - wanted, axis=-1)[here]
        worst = max(worst, float(away.max(initial=0.0)))
    return worst


def validated(path: Path) -> dict[str, Any]:
    """Return what Khronos' validator counts in a file: errors, warnings, infos, hints."""
    node = shutil.which("node")
    if node is None or not Path("node_modules/gltf-validator").is_dir():
        return {}
    script = Path(__file__).with_name("gltf_validate.mjs")
    told = subprocess.run(
        [node, str(script), str(path)], capture_output=True, text=True, check=False
    ).stdout
    counts = re.search(r": (\d+) errors, (\d+) warnings, (\d+) infos, (\d+) hints", told)
    if counts is None:
        raise SystemExit(f"{script} said nothing of {path}: {told!r}")
    return {"validator": told.splitlines()[0], "counted": [int(count) for count in counts.groups()]}


def validation_of(made: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what Khronos' validator said of all files, as lines of a page."""
    judged = [one for one in made if "counted" in one]
    if not judged:
        return []
    sums = [sum(column) for column in zip(*(one["counted"] for one in judged), strict=True)]
    counted = ", ".join(f"{count} {what}" for count, what in zip(sums, ISSUES, strict=True))
    versions = ", ".join(sorted({one["validator"] for one in judged}))
    return [
        "",
        f"Khronos' glTF validator ({versions}; benchmarks/gltf_validate.mjs) on",
        f"{len(judged)} of {len(made)} GLB files and scenes of pages: {counted}.",
    ]
