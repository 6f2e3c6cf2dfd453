"""Reading a model out of a zip archive that nobody has vouched for: as data, and within limits."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from scene_builder.model.errors import AssetError

MOST_ARCHIVE_BYTES = 1_000_000_000
MOST_MEMBERS = 20_000
MOST_MEMBER_BYTES = 150_000_000
MOST_TOTAL_BYTES = 3_000_000_000
MOST_RATIO = 200
"""How many times larger a member may be than what is stored of it."""
FREE_BYTES = 1_000_000
"""Members below this size may have any ratio: they cannot do harm."""


_DAMAGE = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip


class Archive:
    """A zip archive whose every member was looked at before any is read.

    Members are read into memory; nothing is ever unpacked to a path that the archive names.
    """

    def __init__(self, path: Path, zipped: zipfile.ZipFile) -> None:
        self.path = path
        self._zipped = zipped
        self._members = _checked_members(path, zipped)

    @property
    def names(self) -> tuple[str, ...]:
        """Paths of all files inside."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str, *, most: int = MOST_MEMBER_BYTES) -> bytes:
        """Return a member's content.

        Args:
            name: Its path inside of the archive.
            most: Largest size that is accepted [bytes].

        Raises:
            AssetError: If there is no such member, it is too large, or it is damaged.
        """
        member = self._members.get(name)
        if member is None:
            raise AssetError(f"{self.path.name} holds no {name!r}; install the library anew")
        if member.file_size > most:
            raise AssetError(
                f"{name} in {self.path.name} has {member.file_size:,} bytes; "
                f"at most {most:,} are accepted"
            )
        try:
            with self._zipped.open(member) as file:
                content = file.read(most + 1)
        except _DAMAGE as error:
            raise AssetError(
                f"{name} in {self.path.name} is damaged ({error}); install the library anew"
            ) from error
        if len(content) != member.file_size:
            raise AssetError(f"{name} in {self.path.name} is not as long as the archive says")
        return content

    def text(self, name: str, *, most: int = MOST_MEMBER_BYTES) -> str:
        """Return a member as text, UTF-8 where it is that, else Latin-1."""
        content = self.read(name, most=most)
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            return content.decode("latin-1")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a zip archive and check all its members.

    Raises:
        AssetError: If it is no zip archive, is too large, or any member has a path that leads
            out of it, is a link, or unpacks to far more than is stored.
    """
    try:
        if path.stat().st_size > MOST_ARCHIVE_BYTES:
            raise AssetError(f"{path} is larger than {MOST_ARCHIVE_BYTES // 10**6} MB; not read")
        zipped = zipfile.ZipFile(path)
    except OSError as error:
        raise AssetError(f"{path} cannot be read: {error.strerror}") from error
    except zipfile.BadZipFile as error:
        raise AssetError(f"{path} is no zip archive ({error}); download it anew") from error
    with zipped:
        yield Archive(path, zipped)


def is_safe_name(name: str) -> bool:
    """Whether a member's path stays inside of the archive."""
    parts = PurePosixPath(name).parts
    return (
        bool(parts)
        and not name.startswith(("/", "\\"))
        and ".." not in parts
        and "\\" not in name
        and "\0" not in name
        and ":" not in parts[0]
    )


def _checked_members(path: Path, zipped: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members = zipped.infolist()
    if len(members) > MOST_MEMBERS:
        raise AssetError(f"{path.name} holds {len(members)} files, more than {MOST_MEMBERS}")
    if sum(member.file_size for member in members) > MOST_TOTAL_BYTES:
        raise AssetError(f"{path.name} unpacks to more than {MOST_TOTAL_BYTES // 10**9} GB")
    for member in members:
        fault = _fault(member)
        if fault:
            raise AssetError(f"{path.name} is refused: {member.filename!r} {fault}")
    return {member.filename: member for member in members if not member.is_dir()}


def _fault(member: zipfile.ZipInfo) -> str:
    if not is_safe_name(member.filename):
        return "leads out of the archive"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "is a link"
    if member.flag_bits & 1:
        return "is encrypted"
    if member.file_size > max(FREE_BYTES, MOST_RATIO * member.compress_size):
        return f"unpacks to more than {MOST_RATIO} times its size"
    return ""
