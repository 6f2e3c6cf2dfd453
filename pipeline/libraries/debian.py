"""Files out of a Debian package, without being root and without installing it."""

import io
import lzma
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final

from scene_builder.model.errors import SettingsError

MOST_FILE_BYTES: Final = 500_000_000
MOST_MEMBERS: Final = 100_000
DOWNLOAD_SECS: Final = 1_800
_MAGIC: Final = b"!<arch>\n"
_HEADER: Final = 60
_COPY: Final = 1 << 20
_MODES: Final = {".xz": "r|xz", ".gz": "r|gz", ".bz2": "r|bz2", "": "r|"}


def downloaded(package: str, into: Path) -> Path:
    """Let apt download a package into a folder.

    Args:
        package: Debian's name of it.
        into: An empty folder.

    Raises:
        SettingsError: If apt is not there, or could not get it.
    """
    apt = shutil.which("apt-get")
    if apt is None:
        raise SettingsError("this system has no apt-get")
    try:
        done = subprocess.run(
            [apt, "download", package], cwd=into, timeout=DOWNLOAD_SECS, check=False,
            capture_output=True, text=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SettingsError(f"apt-get download {package} did not end: {error}") from error
    found = sorted(into.glob("*.deb"))
    if done.returncode or not found:
        said = [line for line in done.stderr.splitlines() if line.startswith("E:")]
        raise SettingsError(f"apt-get download {package}: {said[0] if said else 'failed'}")
    return found[0]


def unpacked(package: Path, into: Path, *, suffix: str) -> list[Path]:
    """Write those plain files of a package whose names end in `suffix` into one folder.

    Only the last part of a file's path is used, so no path of the package leads anywhere.

    Args:
        package: A `.deb` file.
        into: Where they go.
        suffix: Such as `.sh3f`.

    Raises:
        SettingsError: If it is no Debian package, or is damaged.
    """
    written: list[Path] = []
    try:
        with _files(package) as files:
            for number, member in enumerate(files):
                name = PurePosixPath(member.name).name
                if number > MOST_MEMBERS:
                    raise SettingsError(f"{package} holds more than {MOST_MEMBERS} files")
                if not member.isfile() or not name.endswith(suffix):
                    continue
                if member.size > MOST_FILE_BYTES:
                    raise SettingsError(f"{name} in {package} is larger than is accepted")
                source = files.extractfile(member)
                if source is not None:
                    with source, (into / name).open("wb") as target:
                        shutil.copyfileobj(source, target, _COPY)
                    written.append(into / name)
    except (tarfile.TarError, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise SettingsError(f"{package} is no sound Debian package: {error}") from error
    return written


@contextmanager
def _files(package: Path) -> Iterator[tarfile.TarFile]:
    """Open the archive of a package's files (an `ar` archive holds it)."""
    with package.open("rb") as file:
        name, size = _data_member(file, package)
        kind = PurePosixPath(name).suffix if name != "data.tar" else ""
        if kind in _MODES:
            with tarfile.open(fileobj=_Part(file, size), mode=_MODES[kind]) as files:  # type: ignore[call-overload]
                yield files
            return
    with _by_dpkg(package, kind) as files:
        yield files


@contextmanager
def _by_dpkg(package: Path, kind: str) -> Iterator[tarfile.TarFile]:
    """Let dpkg-deb decompress what Python cannot (zstd)."""
    tool = shutil.which("dpkg-deb")
    if tool is None:
        raise SettingsError(f"{package} is packed as {kind}; unpack it with dpkg-deb elsewhere")
    with subprocess.Popen(
        [tool, "--fsys-tarfile", str(package.resolve())], stdout=subprocess.PIPE
    ) as process:
        if process.stdout is None:
            raise SettingsError(f"dpkg-deb gave nothing of {package}")
        with tarfile.open(fileobj=process.stdout, mode="r|") as files:
            yield files


def _data_member(file: IO[bytes], package: Path) -> tuple[str, int]:
    """Go to the content of `data.tar.*`; return its name and size."""
    if file.read(len(_MAGIC)) != _MAGIC:
        raise SettingsError(f"{package} is no Debian package")
    while len(header := file.read(_HEADER)) == _HEADER:
        name = header[:16].decode("ascii", "replace").strip().rstrip("/")
        size = int(header[48:58])
        if name.startswith("data.tar"):
            return name, size
        file.seek(size + size % 2, io.SEEK_CUR)
    raise SettingsError(f"{package} holds no files")


class _Part(io.RawIOBase):
    """The next `size` bytes of a file, as a file."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        super().__init__()
        self._file, self._left = file, size

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most `size`."""
        wanted = self._left if size < 0 else min(size, self._left)
        content = self._file.read(wanted)
        self._left -= len(content)
        return content
