"""Which libraries are installed, and what they hold, without opening their archives."""

import functools
import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from scene_builder.assets.library.archive import is_safe_name
from scene_builder.assets.library.entry import Entry
from scene_builder.model.errors import AssetError

SCHEMA = "worldreel.library/1"
INDEX = "index.json"
_KEY = re.compile(r"[A-Za-z0-9_-]{1,80}")
_ENTRY = TypeAdapter(Entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """An installed library.

    Attributes:
        name: What it is called.
        version: Of the package that it came from, or "".
        archives: SHA-256 of each archive, by file name.
        entries: Its models.
    """

    name: str
    version: str
    archives: dict[str, str]
    entries: tuple[Entry, ...]


def data_folder() -> Path:
    """Return the folder of what a user has installed (`WORLDREEL_DATA`, or the user's own)."""
    import platformdirs

    given = os.environ.get("WORLDREEL_DATA")
    return Path(given) if given else Path(platformdirs.user_data_dir("worldreel"))


def libraries_folder() -> Path:
    """Return the folder that holds one folder for each installed library."""
    return data_folder() / "libraries"


def own_folder() -> Path:
    """Return the folder of the files that the user has added."""
    return data_folder() / "own"


def installed_names() -> tuple[str, ...]:
    """Return the names of the installed libraries; quick, nothing is read."""
    folder = libraries_folder()
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{INDEX}")))


def installed_state() -> tuple[tuple[str, int, int], ...]:
    """Return name, size [byte] and time of change of each installed library's index."""
    found = [(name, libraries_folder() / name / INDEX) for name in installed_names()]
    return tuple((name, (s := path.stat()).st_size, s.st_mtime_ns) for name, path in found)


def installed_entries() -> tuple[Entry, ...]:
    """Return every model of every installed library; () where none is installed.

    A library whose index is damaged counts as not installed; `worldreel doctor` says so.
    """
    libraries = [read_sound(name) for name in installed_names()]
    return tuple(entry for library in libraries if library for entry in library.entries)


def read_sound(name: str) -> Library | None:
    """Return an installed library, or None if its index or one of its archives is damaged."""
    folder = libraries_folder() / name
    try:
        library = read_library(folder)
    except AssetError:
        return None
    return library if all((folder / archive).is_file() for archive in library.archives) else None


def index_text(library: Library) -> str:
    """Return what stands in a library's index.json; paths are relative to it."""
    rows = [asdict(entry) | {"archive": entry.archive.name} for entry in library.entries]
    document = {
        "schema": SCHEMA,
        "name": library.name,
        "version": library.version,
        "archives": library.archives,
        "entries": rows,
    }
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_library(folder: Path) -> Library:
    """Return an installed library.

    Raises:
        AssetError: If its index is missing or damaged.
    """
    path = folder / INDEX
    try:
        stamp = path.stat()
        return _read(path, stamp.st_mtime_ns, stamp.st_size)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AssetError(
            f"{path} is missing or damaged; run `worldreel assets install {folder.name}`"
        ) from error


@functools.lru_cache(maxsize=8)
def _read(path: Path, _mtime_ns: int, _size: int) -> Library:
    document = json.loads(path.read_text(encoding="utf-8"))
    if document["schema"] != SCHEMA:
        raise ValueError(document["schema"])
    return Library(
        name=str(document["name"]),
        version=str(document["version"]),
        archives={str(name): str(value) for name, value in document["archives"].items()},
        entries=tuple(_entry(row, path.parent) for row in document["entries"]),
    )


def _entry(row: dict[str, Any], folder: Path) -> Entry:
    entry = _ENTRY.validate_python(row | {"archive": folder / Path(str(row["archive"])).name})
    if not _KEY.fullmatch(entry.key) or not is_safe_name(entry.member):
        raise ValueError(entry.key)
    return entry
