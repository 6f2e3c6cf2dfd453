"""`blender_assets.cats.txt`: the catalogues of an asset library.

Format: https://docs.blender.org/manual/en/latest/files/asset_libraries/catalogs.html
"""

import uuid
from collections.abc import Iterable
from pathlib import Path

from pipeline.run_folder.atomic import write_text

FILE = "blender_assets.cats.txt"
ROOT = "worldreel"
_HEAD = (
    "# This is an Asset Catalog Definition file for Blender.\n"
    "#\n"
    "# Empty lines and lines starting with `#` will be ignored.\n"
    "# Other lines are of the format 'UUID:catalog/path/for/assets:simple catalog name'\n\n"
    "VERSION 1\n\n"
)
_NAMES = uuid.UUID("b4b1a6c2-6f2b-5b0e-9a43-5f1d1f6d2a10")
"""Catalogues of the same path have the same id in every library: assets can be moved."""


def catalogue_id(path: str) -> str:
    """Return the id of a catalogue below `ROOT`."""
    return str(uuid.uuid5(_NAMES, f"{ROOT}/{path}"))


def write_catalogues(folder: Path, paths: Iterable[str]) -> Path:
    """Write the catalogues of a library; those that were there before stay.

    Args:
        folder: The library.
        paths: Below `ROOT`, without colons.

    Raises:
        RunFolderError: If the folder cannot be written.
    """
    file = folder / FILE
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    known = {
        line.partition(":")[0]: line
        for line in lines
        if line.strip() and not line.startswith(("#", "VERSION"))
    }
    for path in paths:
        whole = f"{ROOT}/{path}"
        known[catalogue_id(path)] = f"{catalogue_id(path)}:{whole}:{whole.replace('/', '-')}"
    ordered = sorted(known.values(), key=lambda line: line.split(":")[1:])
    write_text(file, _HEAD + "\n".join(ordered) + "\n")
    return file
