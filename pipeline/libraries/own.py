"""The user's own files, kept where every run finds them."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from scene_builder.assets.library.installed import own_folder
from scene_builder.assets.loading.files import SUFFIXES, surface_from_file
from scene_builder.model.errors import AssetError, SettingsError

PARTED: Final = (".gltf", ".obj")
"""Formats whose files may need others."""
MOST_PARTS: Final = 200
MOST_TEXT_BYTES: Final = 300_000_000
_MAP: Final = re.compile(
    r"^\s*(?:map_\w+|bump|disp|norm)\s+(.*\S)\s*$", re.IGNORECASE | re.MULTILINE
)
_LIBRARY: Final = re.compile(r"^mtllib\s+(.*\S)\s*$", re.MULTILINE)


def add(path: Path) -> Path:
    """Copy a file of the user's into the data folder, with the files that it needs.

    Args:
        path: A mesh; its name is what it will be asked for as.

    Returns:
        Where it lies now.

    Raises:
        SettingsError: If it is no file, or cannot be copied.
        AssetError: If it is of another kind, or cannot be read as a mesh.
    """
    if not path.is_file():
        raise SettingsError(f"there is no file {path}")
    surface_from_file(path)  # a bad file is refused now, and not while filming
    home = own_folder()
    try:
        if path.suffix.lower() in PARTED and (parts := list(_parts(path))):
            return _copied(path, home / path.stem, parts)
        return _copied(path, home, [])
    except OSError as error:
        raise SettingsError(
            f"{error.filename or home} cannot be read or written: {error.strerror or error}; "
            "WORLDREEL_DATA names another folder"
        ) from error


def own_files() -> tuple[Path, ...]:
    """Return the files that were added."""
    found = (p for p in own_folder().rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
    return tuple(sorted(found))


def _copied(path: Path, home: Path, parts: list[Path]) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    for part in parts:
        target = home / part.relative_to(path.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(part, target)
    target = home / path.name
    whole = target.with_name(f".{target.name}.part")
    shutil.copyfile(path, whole)
    whole.replace(target)
    notes = path.with_suffix(".json")
    if notes.is_file():
        shutil.copyfile(notes, home / notes.name)
    return target


def _parts(path: Path) -> Iterator[Path]:
    """Yield the files beside `path` that it names; paths that lead elsewhere are passed over."""
    names = _gltf_names(path) if path.suffix.lower() == ".gltf" else _obj_names(path)
    home = path.parent.resolve()
    for number, name in enumerate(dict.fromkeys(names)):
        if number >= MOST_PARTS:
            raise AssetError(f"{path} needs more than {MOST_PARTS} other files; export it as .glb")
        found = path.parent / name
        if found.is_file() and found.resolve().is_relative_to(home):
            yield found


def _gltf_names(path: Path) -> Iterator[str]:
    try:
        document = json.loads(_text(path))
        items = [*document.get("buffers", []), *document.get("images", [])]
        addresses = [item.get("uri", "") for item in items]
    except (ValueError, AttributeError, TypeError) as error:
        raise AssetError(f"{path} is no glTF document: {error}; export it as .glb") from error
    for address in addresses:
        if isinstance(address, str) and address and ":" not in address:
            yield unquote(address)


def _obj_names(path: Path) -> Iterator[str]:
    for library in _LIBRARY.findall(_text(path)):
        yield library
        beside = path.parent / library
        if beside.is_file() and beside.resolve().is_relative_to(path.parent.resolve()):
            for statement in _MAP.findall(_text(beside)):
                yield statement
                yield statement.rsplit(maxsplit=1)[-1]


def _text(path: Path) -> str:
    if path.stat().st_size > MOST_TEXT_BYTES:
        raise AssetError(f"{path} is larger than {MOST_TEXT_BYTES // 10**6} MB; simplify the mesh")
    return path.read_text(encoding="utf-8", errors="replace")
