"""Installing a library of models: found or downloaded, checked, indexed, put in place."""

import difflib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pipeline.libraries.debian import downloaded, unpacked
from pipeline.libraries.known import LIBRARIES, Known, refusal_of
from scene_builder.assets.library.entry import Entry
from scene_builder.assets.library.installed import (
    INDEX,
    Library,
    index_text,
    libraries_folder,
    read_library,
)
from scene_builder.assets.library.sweethome3d.catalogue import catalogue_entries
from scene_builder.knowledge.wheels import file_digest
from scene_builder.model.errors import AssetError, SettingsError, UnknownNameError

Say = Callable[[str], None]
_PACKAGE: Final = ".deb"


def install(name: str, *, source: Path | None, trust: bool, say: Say) -> Library:
    """Install a library into the user's data folder.

    Its files are taken from `source`, from where Debian's package put them, or from a download
    by apt, in this order.

    Args:
        name: Of the library.
        source: A `.deb` package, one archive, or a folder of archives; None looks for them.
        trust: Whether archives other than the known ones are welcome.
        say: Is told each step, one line each.

    Raises:
        UnknownNameError: If there is no such library.
        SettingsError: If it is refused for its licence, its files cannot be had or written, or
            are not the known ones and `trust` is not given.
        AssetError: If an archive cannot be read.
    """
    library = _known(name)
    home = libraries_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix=".installing-") as made:
            archives = _archives(library, source, Path(made), say)
            _check(library, archives, trust=trust, say=say)
            return _put_in_place(library, archives, Path(made) / "done", say)
    except OSError as error:
        raise SettingsError(
            f"{error.filename or home} cannot be read or written: {error.strerror or error}; "
            "WORLDREEL_DATA names another folder"
        ) from error


def _known(name: str) -> Known:
    if name in LIBRARIES:
        return LIBRARIES[name]
    for library in LIBRARIES.values():
        if name == library.package:
            return library
    why = refusal_of(name)
    if why is not None:
        raise SettingsError(f"{name} is not installed: {why}; there are: {', '.join(LIBRARIES)}")
    close = difflib.get_close_matches(name, LIBRARIES, n=1)
    hint = f" Did you mean {close[0]!r}?" if close else ""
    raise UnknownNameError(
        f"No library named {name!r}. There are: {', '.join(LIBRARIES)}.{hint} "
        "Your own files: `worldreel assets add FILE`."
    )


def _archives(library: Known, source: Path | None, made: Path, say: Say) -> list[Path]:
    if source is not None:
        return _given(library, source, made, say)
    if found := sorted(library.folder.glob(f"*{library.suffix}")):
        say(f"found {len(found)} archives in {library.folder}")
        return found
    say(f"downloading {library.package} with apt ({library.megabytes} MB) …")
    try:
        package = downloaded(library.package, made)
    except SettingsError as error:
        raise SettingsError(
            f"{library.name} could not be downloaded ({error}); get {library.package}_*.deb "
            f"from a Debian mirror, or the {library.suffix} files from {library.home}, and give "
            f"their path: `worldreel assets install {library.name} --from PATH`"
        ) from error
    return _of_package(library, package, made, say)


def _given(library: Known, source: Path, made: Path, say: Say) -> list[Path]:
    if source.is_dir():
        found = sorted(path for path in source.rglob(f"*{library.suffix}") if path.is_file())
        if packages := sorted(source.glob(f"{library.package}_*{_PACKAGE}")):
            return found or _of_package(library, packages[-1], made, say)
    elif not source.is_file():
        raise SettingsError(f"there is no file or folder {source}")
    elif source.suffix == _PACKAGE:
        return _of_package(library, source, made, say)
    else:
        found = [source] if source.suffix == library.suffix else []
    if not found:
        raise SettingsError(
            f"{source} holds nothing of {library.name}; give a {_PACKAGE} package, a "
            f"{library.suffix} file, or a folder of such files"
        )
    return found


def _of_package(library: Known, package: Path, made: Path, say: Say) -> list[Path]:
    say(f"unpacking {package.name} …")
    into = made / "unpacked"
    into.mkdir()
    found = unpacked(package, into, suffix=library.suffix)
    if not found:
        raise SettingsError(f"{package} holds no {library.suffix} files")
    return sorted(found)


def _check(library: Known, archives: list[Path], *, trust: bool, say: Say) -> None:
    """Compare archives with the known ones."""
    pinned = set(library.sha256.values())
    strange = [path.name for path in archives if file_digest(path) not in pinned]
    if not strange:
        say(f"checked {len(archives)} archives: all as known")
        return
    names = ", ".join(strange)
    if not trust:
        raise SettingsError(
            f"{names}: not the {library.name} files that worldreel knows (SHA-256 differs); if "
            "you trust where they come from, add --trust"
        )
    say(f"warning: {names}: not among the known files; taken because of --trust")


def _put_in_place(library: Known, archives: list[Path], made: Path, say: Say) -> Library:
    """Copy archives, write their index, and move the whole folder in place."""
    made.mkdir()
    target = libraries_folder() / library.name
    for path in (*_kept(target), *archives):
        _linked(path, made / path.name)
    entries: dict[str, Entry] = {}
    digests: dict[str, str] = {}
    for path in sorted(made.glob(f"*{library.suffix}")):
        found = catalogue_entries(path)
        say(f"  {path.name}: {len(found)} models, {found[0].licence}")
        for entry in found:
            entries.setdefault(entry.key, entry)
        digests[path.name] = file_digest(path)
    whole = set(digests.values()) >= set(library.sha256.values())
    index = Library(
        name=library.name,
        version=library.version if whole else "",
        archives=digests,
        entries=tuple(entries.values()),
    )
    (made / INDEX).write_text(index_text(index), encoding="utf-8")
    _swap(made, target)
    return read_library(target)


def _kept(target: Path) -> list[Path]:
    """Return the sound archives of an earlier installation: one archive may be added to others."""
    try:
        known = read_library(target).archives
    except AssetError:
        return []
    paths = [(target / name, digest) for name, digest in known.items()]
    return [path for path, digest in paths if path.is_file() and file_digest(path) == digest]


def _linked(source: Path, target: Path) -> None:
    """Copy a file, by a second name for the same content where the disk allows it."""
    target.unlink(missing_ok=True)
    if source.parent.is_relative_to(libraries_folder()):
        try:
            os.link(source, target)
        except OSError:
            pass
        else:
            return
    shutil.copyfile(source, target)


def _swap(made: Path, target: Path) -> None:
    """Put a finished folder in the place of an older one."""
    if target.exists():
        target.rename(made.with_name("older"))  # goes with the temporary folder
    made.rename(target)
