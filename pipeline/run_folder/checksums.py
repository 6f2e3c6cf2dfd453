"""What a file held when it was written."""

import hashlib
from pathlib import Path

from pydantic import BaseModel, ConfigDict

_BLOCK_BYTES = 1 << 20


class FileRecord(BaseModel):
    """Size [bytes] and SHA-256 of a file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size: int
    sha256: str


def file_record(path: Path) -> FileRecord:
    """Return size and SHA-256 of a file."""
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            sha.update(block)
    return FileRecord(size=path.stat().st_size, sha256=sha.hexdigest())


def is_intact(path: Path, record: FileRecord) -> bool:
    """Tell whether a file still holds what it held when it was written."""
    try:
        return path.stat().st_size == record.size and file_record(path) == record
    except OSError:
        return False
