"""Whether a GLB file is sound, and shows what its run did."""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from physics.trajectory import Trajectory
from pipeline.export.findings import Finding, broken
from pipeline.export.gltf.document import BINARY_CHUNK, FLOAT, JSON_CHUNK, MAGIC, UNSIGNED_INT
from pipeline.export.turning import turned, turned_wxyz
from pipeline.run_folder.documents import DamagedError
from pipeline.run_folder.motion_files import read_trajectory
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SceneError

MOST_AWAY_M = 1e-4
"""How far a body may be from where the run has it [m]."""
MOST_TURNED = 1e-5
"""How far the cosine of half the turn between a body and the run's may be from 1."""
_SIZES = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4}
_HEAD_BYTES, _CHUNK_BYTES, _UNIT, _SQUARE = 12, 8, 1e-3, 0.02


class _DamageError(Exception):
    """The file cannot be read any further; the text says why."""


@dataclass(frozen=True, slots=True)
class _File:
    document: dict[str, Any]
    buffer: bytes

    def list(self, name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.document.get(name, [])
        return found

    def numbers(self, index: int) -> Array:
        """Return an accessor's numbers (n k)."""
        accessor = self.list("accessors")[index]
        view = self.list("bufferViews")[accessor["bufferView"]]
        kind = {FLOAT: np.float32, UNSIGNED_INT: np.uint32}[accessor["componentType"]]
        width = _SIZES[accessor["type"]]
        start, size = view.get("byteOffset", 0), 4 * accessor["count"] * width
        if start + size > len(self.buffer) or size > view["byteLength"]:
            raise _DamageError(f"accessor {index} reaches beyond the buffer")
        data = np.frombuffer(self.buffer, kind, accessor["count"] * width, start)
        return data.reshape(-1, width)


def findings_in(path: Path) -> tuple[Finding, ...]:
    """Return what is wrong with a GLB file; it is held against its run if it lies in one."""
    return compared(path.read_bytes(), motion_beside(path))


def motion_beside(path: Path) -> Trajectory | None:
    """Return the motion of the run that a file was exported from, or None if it lies in none."""
    try:
        return read_trajectory(path.resolve().parent.parent / "trajectory.npz")
    except (DamagedError, SceneError):
        return None


def compared(content: bytes, motion: Trajectory | None) -> tuple[Finding, ...]:
    """Return what is wrong with the content of a GLB file.

    Args:
        content: The whole file.
        motion: What it should show; None if that is not known.
    """
    try:
        file = _read(content)
        return tuple(broken(text) for text in _faults(file, motion))
    except (_DamageError, KeyError, IndexError, TypeError, ValueError) as error:
        return (broken(f"the file is damaged: {type(error).__name__} {error}"),)


def _read(content: bytes) -> _File:
    if content[:4] != MAGIC or struct.unpack_from("<II", content, 4) != (2, len(content)):
        raise _DamageError("it is no GLB 2.0, or not as long as it says")
    size, kind = struct.unpack_from("<I4s", content, _HEAD_BYTES)
    start = _HEAD_BYTES + _CHUNK_BYTES
    rest = start + size
    if kind != JSON_CHUNK or rest + _CHUNK_BYTES > len(content):
        raise _DamageError("the document does not come first, or the buffer is missing")
    length, second = struct.unpack_from("<I4s", content, rest)
    buffer = content[rest + _CHUNK_BYTES :]
    document = json.loads(content[start:rest])
    if second != BINARY_CHUNK or length != len(buffer) or size % 4 or length % 4:
        raise _DamageError("the buffer is not as long as it says")
    if document["buffers"][0]["byteLength"] > length or "uri" in document["buffers"][0]:
        raise _DamageError("the buffer does not lie in the file")
    return _File(document, buffer)


def _faults(file: _File, motion: Trajectory | None) -> Iterator[str]:
    if file.document["asset"]["version"] != "2.0":
        yield "asset: the version has to be 2.0"
    if any("uri" in image for image in file.list("images")):
        yield "images: a picture lies outside of the file"
    for k in range(len(file.list("accessors"))):
        yield from _number_faults(file, k)
    for mesh in file.list("meshes"):
        for part in mesh["primitives"]:
            yield from (f"mesh {mesh.get('name')}: {text}" for text in _part_faults(file, part))
    yield from _motion_faults(file)
    if motion is not None:
        yield from _pose_faults(file, motion)


def _number_faults(file: _File, index: int) -> Iterator[str]:
    values, accessor = file.numbers(index), file.list("accessors")[index]
    if not np.isfinite(values).all():
        yield f"accessor {index}: numbers that are not finite"
    elif "min" in accessor:
        low, high = values.min(axis=0), values.max(axis=0)
        if not (np.allclose(low, accessor["min"]) and np.allclose(high, accessor["max"])):
            yield f"accessor {index}: its bounds are not those of its numbers"


def _part_faults(file: _File, part: dict[str, Any]) -> Iterator[str]:
    named = part["attributes"]
    points, indices = file.numbers(named["POSITION"]), file.numbers(part["indices"])
    counts = {len(file.numbers(k)) for k in named.values()}
    targets = [k for target in part.get("targets", []) for k in target.values()]
    counts |= {len(file.numbers(k)) for k in targets}
    if counts != {len(points)}:
        yield f"its attributes are of different lengths: {sorted(counts)}"
    if len(indices) % 3 or not len(indices) or indices.max() >= len(points):
        yield "its triangles name corners that are not there"
    if "min" not in file.list("accessors")[named["POSITION"]]:
        yield "its positions tell no bounds"
    lengths = np.linalg.norm(file.numbers(named["NORMAL"]), axis=1)
    if np.abs(lengths - 1).max() > _UNIT:
        yield "its normals are not of unit length"
    if "TANGENT" in named:
        yield from _tangent_faults(file.numbers(named["TANGENT"]), file.numbers(named["NORMAL"]))
    material = file.list("materials")[part["material"]]
    textured = any("Texture" in key for key in [*material, *material["pbrMetallicRoughness"]])
    if textured and "TEXCOORD_0" not in named:
        yield "it wears pictures, and has no texture coordinates"


def _tangent_faults(tangents: Array, normals: Array) -> Iterator[str]:
    if np.abs(np.linalg.norm(tangents[:, :3], axis=1) - 1).max() > _UNIT:
        yield "its tangents are not of unit length"
    if (np.abs(tangents[:, 3]) != 1).any():
        yield "a tangent says neither left nor right"
    if len(normals) == len(tangents) and np.abs((tangents[:, :3] * normals).sum(1)).max() > _SQUARE:
        yield "its tangents do not lie along the surface"


def _motion_faults(file: _File) -> Iterator[str]:
    films = file.list("animations")
    if len(films) > 1:
        yield f"{len(films)} animations: viewers play the first only"
    for film in films:
        goals = [(c["target"]["node"], c["target"]["path"]) for c in film["channels"]]
        if len(set(goals)) != len(goals):
            yield "two channels move the same thing"
        for channel in film["channels"]:
            sampler, path = film["samplers"][channel["sampler"]], channel["target"]["path"]
            times, values = file.numbers(sampler["input"]), file.numbers(sampler["output"])
            name = file.list("nodes")[channel["target"]["node"]].get("name")
            if (np.diff(times[:, 0]) <= 0).any() or times[0, 0] < 0:
                yield f"{name}: its times do not rise"
            if len(values) % len(times):
                yield f"{name}: {len(values)} keys at {len(times)} times"
            if path == "rotation":
                yield from _turn_faults(name, values)


def _turn_faults(name: object, turns: Array) -> Iterator[str]:
    if np.abs(np.linalg.norm(turns, axis=1) - 1).max() > _UNIT:
        yield f"{name}: turns that are no unit quaternions"
    if ((turns[1:] * turns[:-1]).sum(axis=1) < 0).any():
        yield f"{name}: a quaternion changes its sign, and players turn the long way round"


def _pose_faults(file: _File, motion: Trajectory) -> Iterator[str]:
    """Hold the poses of all rigid bodies against the run, at every frame."""
    for k, node in enumerate(file.list("nodes")):
        name = node.get("name")
        if name not in motion.body_ids or name in motion.deform:
            continue
        column = motion.index(name)
        places = _keys(file, k, "translation", [0.0, 0.0, 0.0])
        turns = _keys(file, k, "rotation", [0.0, 0.0, 0.0, 1.0])
        if {len(places), len(turns)} - {1, motion.frame_count}:
            yield f"{name}: its keys are not those of {motion.frame_count} frames"
            continue
        away = float(np.abs(places - turned(motion.positions[:, column])).max())
        if away > MOST_AWAY_M:
            yield f"{name}: {away:.2g} m from where the run has it; allowed are 1e-4 m"
        wanted = np.roll(turned_wxyz(motion.wxyz[:, column]), -1, axis=1)
        alike = float(np.abs((turns * wanted).sum(axis=1)).min())
        if alike < 1 - MOST_TURNED:
            yield f"{name}: it is turned otherwise than in the run"


def _keys(file: _File, node: int, path: str, resting: list[float]) -> Array:
    """Return what a node's translation or rotation is at each frame, or (1 k) if it stays."""
    for film in file.list("animations"):
        for channel in film["channels"]:
            if channel["target"] == {"node": node, "path": path}:
                return file.numbers(film["samplers"][channel["sampler"]]["output"])
    return np.array([file.list("nodes")[node].get(path, resting)])
