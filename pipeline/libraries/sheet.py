"""A contact sheet: what each model looks like, with its title and its size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from pipeline.libraries.pictures import picture_of
from scene_builder.assets.library.conversion import converted
from scene_builder.assets.library.entry import Entry
from scene_builder.model.errors import AssetError, SettingsError

COLUMNS: Final = 8
TILE_PX: Final = 192
LABEL_PX: Final = 34
MOST_TILES: Final = 2_000
_INK, _PALE, _PAPER = (30, 30, 30), (120, 120, 120), (244, 244, 243)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One model of a sheet.

    Attributes:
        entry: Which.
        label: What stands below it.
    """

    entry: Entry
    label: str


def write_sheet(tiles: Sequence[Tile], path: Path, *, say: Callable[[str], None]) -> int:
    """Write a picture of models side by side; what cannot be shown is named and left empty.

    Args:
        tiles: In order.
        path: A `.jpg` or `.png` file.
        say: Is told what is left out.

    Returns:
        How many could be shown.

    Raises:
        SettingsError: If there is nothing to show, too much, or the file cannot be written.
    """
    from PIL import Image

    if not 0 < len(tiles) <= MOST_TILES:
        raise SettingsError(f"a sheet shows 1 to {MOST_TILES} models; {len(tiles)} were asked for")
    columns = min(COLUMNS, len(tiles))
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (columns * TILE_PX, rows * (TILE_PX + LABEL_PX)), _PAPER)
    shown = 0
    for number, tile in enumerate(tiles):
        corner = (number % columns * TILE_PX, number // columns * (TILE_PX + LABEL_PX))
        try:
            pixels = picture_of(converted(tile.entry), side_px=TILE_PX)
        except AssetError as error:
            say(f"left out: {tile.entry.title} ({tile.entry.key}): {error}")
            pixels = np.full((TILE_PX, TILE_PX, 3), 220, np.uint8)
        else:
            shown += 1
        sheet.paste(Image.fromarray(pixels), corner)
        _write_label(sheet, tile, (corner[0], corner[1] + TILE_PX))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sheet.save(path, quality=90)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path} cannot be written ({error}); give a .jpg or .png") from error
    return shown


def _write_label(sheet: object, tile: Tile, corner: tuple[int, int]) -> None:
    from PIL import ImageDraw, ImageFont
    from PIL.Image import Image as Picture

    if not isinstance(sheet, Picture):
        raise TypeError(type(sheet))
    draw = ImageDraw.Draw(sheet)
    left, top = corner
    font = ImageFont.load_default(12)
    small = ImageFont.load_default(10)
    size = " x ".join(f"{100 * side:.0f}" for side in tile.entry.size_m) + " cm"
    draw.text((left + 6, top + 2), tile.label[:30], _INK, font)
    draw.text((left + 6, top + 17), f"{size}, {tile.entry.licence}", _PALE, small)
