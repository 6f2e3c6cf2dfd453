"""Films beside each other, each with what is otherwise in it above: whatif.mp4."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
from jaxtyping import UInt8

from pipeline.encode.mp4 import encode_mp4
from pipeline.progress import Progress
from pipeline.run_folder.pictures import Pictures
from pipeline.shots.captions import LINE_SHARE, cues_of, drawn
from render.frames import Picture
from scene_builder.model.arrays import Array

MOST_WIDTH_PX = 1920
"""The whole picture is no wider: smaller players would only make it smaller again [px]."""
GAP_PX = 4
"""Between two pictures [px]."""
_PAPER = 16
_WIDE = 16 / 9
_SMALLEST_PX = 48
_PADDING = 0.7
_LINE = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """How pictures are laid out.

    Attributes:
        columns: How many stand beside each other.
        rows: How many stand above each other.
        tile_px: Width and height of each picture [px].
        strip_px: Height of the words above each [px].
    """

    columns: int
    rows: int
    tile_px: tuple[int, int]
    strip_px: int

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the whole [px], even."""
        width = self.columns * self.tile_px[0] + (self.columns - 1) * GAP_PX
        height = self.rows * (self.tile_px[1] + self.strip_px) + (self.rows - 1) * GAP_PX
        return width + width % 2, height + height % 2

    def corner(self, k: int) -> tuple[int, int]:
        """Return where the words above picture `k` begin (x, y) [px]."""
        row, column = divmod(k, self.columns)
        return (
            column * (self.tile_px[0] + GAP_PX),
            row * (self.tile_px[1] + self.strip_px + GAP_PX),
        )


def grid_for(count: int, size_px: tuple[int, int], *, lines: int = 1) -> Grid:
    """Return the grid for so many pictures that is nearest to a wide screen's shape.

    Args:
        count: How many pictures there are; two stand beside each other.
        size_px: Width and height of each as rendered [px].
        lines: How many lines of words the longest label takes.
    """
    width, height = size_px

    def unlike_a_screen(columns: int) -> tuple[float, int]:
        rows = math.ceil(count / columns)
        shape = columns * width / (rows * height * 1.1)
        empty = columns * rows - count
        return abs(math.log(shape / _WIDE)) + 0.1 * empty, columns

    columns = 2 if count == 2 else min(range(1, count + 1), key=unlike_a_screen)  # noqa: PLR2004
    room = (MOST_WIDTH_PX - (columns - 1) * GAP_PX) / columns
    scale = min(1.0, max(room, _SMALLEST_PX) / width)
    tile = (int(scale * width / 2) * 2, int(scale * height / 2) * 2)
    strip = round((_LINE * lines + _PADDING) * _letter_px(tile[1]))
    return Grid(
        columns=columns, rows=math.ceil(count / columns), tile_px=tile, strip_px=strip + strip % 2
    )


def write_grid(
    path: Path, films: Sequence[Pictures], labels: Sequence[str], fps: Fraction,
    tags: dict[str, str], progress: Progress,
) -> Path:  # fmt: skip
    """Write films of the same length beside each other.

    Args:
        path: Where the film goes.
        films: The pictures of each.
        labels: What stands above each.
        fps: Frames per second.
        tags: Metadata.
        progress: Who hears about it.

    Raises:
        EncodeError: If there are no pictures.
    """
    return encode_mp4(path, _frames(films, labels, progress), fps=fps, tags=tags)


def _frames(
    films: Sequence[Pictures], labels: Sequence[str], progress: Progress
) -> Iterator[Picture]:
    total = min(map(len, films))
    grid: Grid | None = None
    for k, pictures in enumerate(zip(*films, strict=False)):
        if grid is None:
            height, width = pictures[0].shape[:2]
            lines = max(len(_wrapped(label, (width, height))) for label in labels)
            grid = grid_for(len(films), (width, height), lines=lines)
            page = _page(grid, labels)
        yield _filled(page, grid, pictures)
        progress.frames("compare", k + 1, total, None)


def _page(grid: Grid, labels: Sequence[str]) -> Picture:
    """The page with all words and no pictures."""
    width, height = grid.size_px
    page = np.full((height, width, 3), _PAPER, np.uint8)
    for k, label in enumerate(labels):
        x, y = grid.corner(k)
        page[y : y + grid.strip_px, x : x + grid.tile_px[0]] = _strip(label, grid)
    return page


def _filled(
    page: Picture, grid: Grid, pictures: Sequence[UInt8[Array, "tile_h tile_w 3"]]
) -> Picture:
    from PIL import Image

    full = page.copy()
    width, height = grid.tile_px
    for k, picture in enumerate(pictures):
        tile = picture
        if picture.shape[:2] != (height, width):
            small = Image.fromarray(picture).resize((width, height), Image.Resampling.LANCZOS)
            tile = np.asarray(small, np.uint8)
        x, y = grid.corner(k)
        top = y + grid.strip_px
        full[top : top + height, x : x + width] = tile
    return full


def _strip(label: str, grid: Grid) -> Picture:
    """Words on dark ground: a caption of an empty picture, cut out of it."""
    width, height = grid.tile_px
    empty = np.full((height, width, 3), _PAPER, np.uint8)
    captioned = drawn(empty, _wrapped(label, grid.tile_px))
    words = np.flatnonzero((captioned > _PAPER).any(axis=(1, 2)))
    strip = np.full((grid.strip_px, width, 3), _PAPER, np.uint8)
    if len(words) == 0:
        return strip
    inked = captioned[words[0] : words[-1] + 1][: grid.strip_px]
    top = (grid.strip_px - len(inked)) // 2
    strip[top : top + len(inked)] = np.maximum(inked, _PAPER)
    return strip


def _wrapped(label: str, size_px: tuple[int, int]) -> tuple[str, ...]:
    """Return a label in the one or two lines that fit above a picture."""
    return cues_of([label], [1], size_px=size_px)[0].lines


def _letter_px(height: int) -> int:
    return max(7, round(height * LINE_SHARE))
