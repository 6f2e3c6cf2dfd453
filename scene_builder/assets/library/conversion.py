"""Each model of a library is converted once, when it is first asked for, and kept."""

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from jaxtyping import Float

from scene_builder.assets.library.archive import Archive, opened
from scene_builder.assets.library.entry import LICENCE_URLS, Entry
from scene_builder.assets.library.meshes.gltf import glb_bytes, surface_of_glb
from scene_builder.assets.library.meshes.lightening import lightened
from scene_builder.assets.library.meshes.mending import Mended, mended
from scene_builder.assets.library.meshes.paints import WHITE, paint_of
from scene_builder.assets.library.meshes.triangles import Triangles, distinct_rows
from scene_builder.assets.library.meshes.wavefront import read_materials, read_polygons
from scene_builder.assets.surface import Paint, Surface
from scene_builder.knowledge.wheels import cache_folder, made_once
from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError

VERSION = 3
"""Counts up whenever the same model would be converted into something else."""
MOST_SHOWN = 60_000
MOST_LIGHT = 6_000
MOST_OBJ_BYTES = 60_000_000
MOST_TEXT_BYTES = 2_000_000
FULL, LIGHT, ABOUT = "model.glb", "light.glb", "about.json"
_UPRIGHT = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
"""From the files' axes (Y up, front to +Z) to ours (Z up, front to −Y)."""
_UV_STEP = 1e-6


def converted(entry: Entry, *, light: bool = False) -> Surface:
    """Return a library's model: metres, Z up, base centre at the origin, at its true size.

    Its front is towards −Y. It is read from the cache folder, or made there first; damaged or
    outdated files are made again.

    Args:
        entry: Which model.
        light: Whether at most 6,000 triangles are wanted instead of at most 60,000.

    Raises:
        AssetError: If the archive is gone, or the model in it cannot be used.
    """
    folder = converted_folder(entry)
    try:
        return surface_of_glb((folder / (LIGHT if light else FULL)).read_bytes())
    except OSError as error:
        raise AssetError(f"{folder} cannot be read: {error.strerror}") from error


def converted_folder(entry: Entry) -> Path:
    """Return the folder with a model's `model.glb`, `light.glb` and `about.json`.

    Args:
        entry: Which model; it is converted if it is not there yet.

    Raises:
        AssetError: As `converted`.
    """
    folder = cache_folder() / "libraries" / entry.library / entry.key
    stamp = _stamp(entry)
    if folder.exists() and _about(folder).get("made_from") != stamp:
        _put_away(folder)
    return made_once(folder, lambda target: _make(entry, target))


def changes_of(entry: Entry) -> str:
    """Return what conversion changed about a model, for its credit.

    Args:
        entry: A model that has been converted.
    """
    said = _about(converted_folder(entry)).get("changes", [])
    return ", ".join(str(change) for change in said)


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}


def _stamp(entry: Entry) -> dict[str, Any]:
    """Return what a conversion depends on, as far as it can be told at once."""
    try:
        size = entry.archive.stat().st_size
    except OSError as error:
        raise AssetError(
            f"{entry.archive} is gone; run `worldreel assets install {entry.library}`"
        ) from error
    return {
        "version": VERSION,
        "member": entry.member,
        "archive_bytes": size,
        "size_m": list(entry.size_m),
        "rotation": list(entry.rotation) if entry.rotation else None,
    }


def _put_away(folder: Path) -> None:
    """Remove an outdated folder at once, so that no other process reads half of it."""
    away = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".old-"))
    try:
        folder.rename(away / "old")
    except FileNotFoundError:
        pass  # another process was quicker
    finally:
        shutil.rmtree(away, ignore_errors=True)


def _make(entry: Entry, target: Path) -> None:
    triangles, paints, mending, digests = _read(entry)
    placed = _placed(triangles, entry)
    shown = lightened(placed, MOST_SHOWN)
    light = lightened(placed, MOST_LIGHT)
    credit = f"{entry.title} by {entry.author}, {LICENCE_URLS[entry.licence]}"
    target.mkdir(parents=True)
    (target / FULL).write_bytes(glb_bytes(flattened(shown, paints), credit=credit))
    (target / LIGHT).write_bytes(glb_bytes(flattened(light, paints), credit=credit))
    about = {
        "made_from": _stamp(entry),
        "entry": asdict(entry) | {"archive": entry.archive.name},
        "licence_url": LICENCE_URLS[entry.licence],
        "changes": _changes(mending, len(placed.corners), len(shown.corners)),
        "mending": asdict(mending),
        "triangles": {
            "source": len(placed.corners),
            FULL: len(shown.corners),
            LIGHT: len(light.corners),
        },
        "sha256": digests,
    }
    text = json.dumps(about, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    (target / ABOUT).write_text(text, encoding="utf-8")


def _changes(mending: Mended, before: int, after: int) -> list[str]:
    said = ["scaled to its catalogue size", "turned upright", "moved to its base"]
    if mending.doubled or mending.empty:
        said.append("doubled and empty faces removed")
    if mending.turned:
        said.append("faces turned outward")
    if after < before:
        said.append(f"simplified to {after:,} triangles")
    return said


def _read(entry: Entry) -> tuple[Triangles, tuple[Paint, ...], Mended, dict[str, str]]:
    with opened(entry.archive) as archive:
        folder = PurePosixPath(entry.member).parent
        reader = _Reader(archive, folder)
        content = archive.text(entry.member, most=MOST_OBJ_BYTES)
        reader.digests[entry.member] = hashlib.sha256(archive.read(entry.member)).hexdigest()
        polygons = read_polygons(content, name=entry.member)
        said: dict[str, dict[str, str]] = {}
        for library in polygons.libraries:
            text = reader.find(library)
            said |= read_materials(text.decode("latin-1")) if text else {}
        paints = tuple(paint_of(name, said.get(name, {}), reader.find) for name in polygons.names)
    triangles, mending = mended(polygons)
    return triangles, paints, mending, reader.digests


class _Reader:
    """Finds what an OBJ or MTL file names, in its own folder of the archive only."""

    def __init__(self, archive: Archive, folder: PurePosixPath) -> None:
        self._archive = archive
        self._names = {
            PurePosixPath(name).name.casefold(): name
            for name in archive.names
            if PurePosixPath(name).is_relative_to(folder)
        }
        self.digests: dict[str, str] = {}

    def find(self, name: str) -> bytes | None:
        r"""Return the content of the file with that base name, whatever path stands before it.

        Paths of the author's own disk (`C:\textures\oak.jpg`) end in a name that may be here.
        """
        base = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1].strip().casefold()
        member = self._names.get(base)
        if member is None:
            return None
        content = self._archive.read(member)
        self.digests[member] = hashlib.sha256(content).hexdigest()
        return content


def _placed(triangles: Triangles, entry: Entry) -> Triangles:
    """Return a surface upright, at its catalogue's size, its base's middle at the origin."""
    points = _turned(triangles.points, entry)
    used = points[np.unique(triangles.corners)]
    low, high = used.min(axis=0), used.max(axis=0)
    extents = high - low
    if float(extents.max()) <= 0:
        raise AssetError(f"{entry.member} has no size; it cannot be used")
    size = np.array(entry.size_m)
    flat = extents <= 1e-9 * extents.max()
    scale = np.where(flat, 1.0, size / np.where(flat, 1.0, extents))
    base = np.array([*((low + high) / 2)[:2], low[2]])
    return Triangles(
        points=(points - base) * scale,
        corners=triangles.corners,
        uv=triangles.uv,
        slots=triangles.slots,
    )


def _turned(points: Float[Array, "v 3"], entry: Entry) -> Float[Array, "v 3"]:
    upright = points @ _UPRIGHT.T
    if entry.rotation is None:
        return np.asarray(upright)
    return np.asarray(upright @ np.array(entry.rotation).reshape(3, 3).T)


def flattened(triangles: Triangles, paints: tuple[Paint, ...]) -> Surface:
    """Return a surface whose corners stand twice only where a picture's seam needs it."""
    used, slots = np.unique(triangles.slots, return_inverse=True)
    kept = tuple(paints[slot] for slot in used)
    pictured = np.array([paint.picture is not None for paint in kept])
    uv = np.where(pictured[slots][:, None, None], triangles.uv, 0.0)
    steps = np.round(uv.reshape(-1, 2) / _UV_STEP).astype(np.int64)
    rows = np.column_stack([triangles.corners.ravel(), steps])
    first, place = distinct_rows(rows)
    return Surface(
        vertices=triangles.points[rows[first, 0]],
        triangles=place.reshape(-1, 3).astype(np.int32),
        slots=slots.astype(np.int32),
        paints=kept or (Paint(name="", base_color=WHITE),),
        uv=uv.reshape(-1, 2)[first].astype(np.float32) if pictured.any() else None,
    )
