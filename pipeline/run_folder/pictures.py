"""Finished pictures as PNG files."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.run_folder.atomic import write_with
from pipeline.run_folder.documents import DamagedError
from render.frames import Picture


@dataclass(frozen=True, slots=True)
class Pictures:
    """The finished pictures of a film, read from the disk one at a time.

    Attributes:
        paths: Their files, in order.
        content: Digest of all of them.
    """

    paths: tuple[Path, ...]
    content: str

    @property
    def identity(self) -> str:
        """What names them in a key."""
        return self.content

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.paths)

    def __iter__(self) -> Iterator[Picture]:
        """Yield them in order."""
        return map(read_picture, self.paths)


def pictures_in(folder: Path) -> Pictures:
    """Return the finished pictures that lie in a folder.

    Raises:
        DamagedError: If there are none.
    """
    paths = sorted(folder.glob("frame_*.png"))
    if not paths:
        raise DamagedError(f"{folder} holds no pictures; stylize first")
    sha = hashlib.sha256()
    for path in paths:
        sha.update(hashlib.sha256(path.read_bytes()).digest())
    return Pictures(tuple(paths), sha.hexdigest())


def picture_path(folder: Path, frame: int) -> Path:
    """Return where the picture of a frame lies."""
    return folder / f"frame_{frame:06d}.png"


def write_picture(path: Path, picture: Picture) -> None:
    """Write a picture (h w 3) uint8 as PNG, whole or not at all."""
    from PIL import Image

    # The least compression: pictures are read once more and then seldom.
    image = Image.fromarray(np.ascontiguousarray(picture))
    write_with(path, lambda temporary: image.save(temporary, compress_level=1))


def read_picture(path: Path) -> Picture:
    """Read a picture.

    Raises:
        DamagedError: If it is missing or damaged.
    """
    from PIL import Image

    try:
        with Image.open(path) as image:
            return np.asarray(image.convert("RGB"), np.uint8)
    except (OSError, SyntaxError, ValueError) as error:
        raise DamagedError(f"{path} is missing or damaged ({error}); stylize again") from error
