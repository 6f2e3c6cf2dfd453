"""What names a model in a key, without reading all of it."""

import hashlib
from pathlib import Path

_PIECES, _PIECE = 16, 65536


def fingerprint(source: str) -> str:
    """Return what names a model or a picture: a hub id by itself, a file or folder by content.

    Weights are many gigabytes: of each file its size and sixteen pieces are read.
    """
    path = Path(source).expanduser()
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    if not path.is_dir():
        return source
    sha = hashlib.sha256()
    for file in sorted(path.rglob("*")):
        if file.is_file() and file.suffix in (".safetensors", ".json", ".txt", ".model"):
            sha.update(file.relative_to(path).as_posix().encode())
            _feed(sha, file)
    return sha.hexdigest()


def _feed(sha: "hashlib._Hash", file: Path) -> None:
    size = file.stat().st_size
    sha.update(size.to_bytes(8, "little"))
    step = max(size // _PIECES, _PIECE)
    with file.open("rb") as opened:
        for place in range(0, size, step):
            opened.seek(place)
            sha.update(opened.read(_PIECE))
