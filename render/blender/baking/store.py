"""Baked surfaces kept on the disk: what a run was exported to once need not be baked again."""

import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, final

import bpy
import numpy as np

from render.dressed import DressedSurface, Look, Order
from scene_builder.model.arrays import Array
from scene_builder.model.digest import digest
from scene_builder.model.stage import Body

MOST_BYTES = 1024**3
"""What the folder may hold; what was not used for longest goes first."""
_ARRAYS = ("points", "normals", "uv", "triangles", "vertex")
_PACKAGES = ("scene_builder/blender", "render/blender/baking")


@final
@dataclass(frozen=True, slots=True)
class SurfaceStore:
    """A folder of baked surfaces, each named by all that it depends on.

    A file that is damaged counts as none, and a folder that cannot be written costs time only.

    Attributes:
        folder: Where they lie; it need not be there yet.
    """

    folder: Path

    def find(self, key: str) -> tuple[DressedSurface, ...] | None:
        """Return what is kept under a key, or None."""
        path = self._path(key)
        try:
            found = _read(path.read_bytes())
            os.utime(path)  # used just now
        except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
            return None
        return found

    def keep(self, key: str, surfaces: Sequence[DressedSurface]) -> None:
        """Keep surfaces under a key, and drop what is too much."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".tmp")
        except OSError:
            return
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_written(surfaces))
            Path(name).replace(self._path(key))
            self._drop_oldest()
        except OSError:
            Path(name).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.npz"

    def _drop_oldest(self) -> None:
        known = [(path, path.stat()) for path in self.folder.glob("*.npz")]
        left = sum(stat.st_size for _, stat in known)
        for path, stat in sorted(known, key=lambda item: item[1].st_mtime):
            if left <= MOST_BYTES:
                return
            path.unlink(missing_ok=True)
            left -= stat.st_size


def surface_key(
    body: Body, order: Order, *, index: int, deforms: bool, textures_root: Path | None
) -> str:
    """Return what names the surfaces of a body: everything that baking them looks at.

    Args:
        body: The body.
        order: How it is to be dressed.
        index: Its number in the stage, which shifts its patterns.
        deforms: Whether it bends.
        textures_root: The folder that materials' picture files are relative to.
    """
    names = sorted({name for material in body.materials for name in material.textures.values()})
    pictures = {name: _file_digest((textures_root or Path()) / name) for name in names}
    return digest(
        [
            _program(), bpy.app.version_string, body.id, body.noun, body.mesh, body.materials,
            body.pose, order, index, deforms, pictures,
        ]
    )  # fmt: skip


def _file_digest(path: Path) -> str:
    # A file that is missing is told by whoever loads it.
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@cache
def _program() -> str:
    """Return a digest of the programs that shade and bake: another version bakes anew."""
    root = Path(__file__).parents[3]
    sources = [path for name in _PACKAGES for path in sorted((root / name).rglob("*.py"))]
    sources.append(root / "render" / "dressed.py")
    return digest([path.read_bytes() for path in sources])


def _written(surfaces: Sequence[DressedSurface]) -> bytes:
    arrays: dict[str, Array] = {}
    told = []
    for k, surface in enumerate(surfaces):
        for name in _ARRAYS:
            value = getattr(surface, name)
            if value is not None:
                arrays[f"{k}.{name}"] = value
        plain: dict[str, Any] = {}
        for name in (field.name for field in fields(Look)):
            value = getattr(surface.look, name)
            if isinstance(value, np.ndarray):
                arrays[f"{k}.look.{name}"] = value
            else:
                plain[name] = value
        told.append(plain)
    file = io.BytesIO()
    np.savez_compressed(file, looks=np.frombuffer(json.dumps(told).encode(), np.uint8), **arrays)
    return file.getvalue()


def _read(content: bytes) -> tuple[DressedSurface, ...]:
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files}
    return tuple(_surfaces(arrays))


def _surfaces(arrays: Mapping[str, Array]) -> Iterator[DressedSurface]:
    for k, plain in enumerate(json.loads(arrays["looks"].tobytes())):
        start = f"{k}.look."
        pictures: dict[str, Any] = {
            name.removeprefix(start): a for name, a in arrays.items() if name.startswith(start)
        }
        yield DressedSurface(
            points=arrays[f"{k}.points"],
            normals=arrays[f"{k}.normals"],
            uv=arrays.get(f"{k}.uv"),
            triangles=arrays[f"{k}.triangles"],
            vertex=arrays[f"{k}.vertex"],
            look=Look(**plain, **pictures),
        )
