"""What the `.sh3f` files of Sweet Home 3D say that they hold."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np

from scene_builder.assets.library.archive import Archive, is_safe_name, opened
from scene_builder.assets.library.bulbs import Bulb
from scene_builder.assets.library.entry import Entry, Licence
from scene_builder.assets.library.sweethome3d.brands import is_branded, unbranded
from scene_builder.assets.library.sweethome3d.properties import Table, numbered, read_properties
from scene_builder.model.errors import AssetError

NAME: Final = "sweethome3d"
CATALOGUE: Final = "PluginFurnitureCatalog.properties"
LANGUAGES: Final = (
    "zh_CN", "zh_TW", "de", "fr", "es", "it", "pt", "nl", "ru", "ja", "pl", "sv",
)  # fmt: skip
"""Languages whose names are kept, Chinese above all."""
MOST_CATALOGUE_BYTES: Final = 4_000_000
MOST_ENTRIES: Final = 5_000
LARGEST_M: Final = 200.0

_AUTHORS: Final = {
    "Scopia": "Emmanuel Puybaret / eTeks and Scopia Visual Interfaces Systems, s.l. "
    "(http://www.scopia.es)",
    "Kator Legaz": "Andrew Kator & Jennifer Legaz",
    "Blend Swap": "an author on Blend Swap",
    "BlendSwap": "an author on Blend Swap",
}
"""Whom the licence files of the archives ask to be named."""
_LICENCES: Final[tuple[tuple[str, Licence], ...]] = (
    ("creativecommons.org/choose/zero", "CC0-1.0"),
    ("creativecommons.org/publicdomain/zero", "CC0-1.0"),
    ("creativecommons.org/licenses/by/3.0/us", "CC-BY-3.0-US"),
    ("creativecommons.org/licenses/by/3.0", "CC-BY-3.0"),
    ("creativecommons.org/licenses/by/4.0", "CC-BY-4.0"),
)
_WALL_WORDS: Final = re.compile(
    r"\b(wall|window|radiator|upper cabinet|upper shelves|mirror|frame|plug|switch|dimmer|"
    r"towel rack|intercom|hood|wall light|hanger|socket|cuckoo clock|thermometer)\b",
    re.IGNORECASE,
)
_NEVER_ON_WALL: Final = re.compile(r"\b(railing|lock|fence|bed|table)\b", re.IGNORECASE)
_UP: Final = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])
"""From the files' axes (Y up, front to +Z) to ours (Z up, front to −Y)."""


def catalogue_entries(path: Path) -> tuple[Entry, ...]:
    """Return everything that one `.sh3f` file holds.

    Args:
        path: The file.

    Raises:
        AssetError: If it is no such file, its licence is not a free one that is known here, or
            it breaks the limits on archives.
    """
    with opened(path) as archive:
        if CATALOGUE not in archive:
            raise AssetError(f"{path} holds no {CATALOGUE}: it is no .sh3f furniture library")
        licence = _licence(archive)
        said = read_properties(archive.read(CATALOGUE, most=MOST_CATALOGUE_BYTES))
        table = numbered(said)
        names = _names(archive)
        found = tuple(_entries(archive, table, names, licence))
    if not found:
        raise AssetError(f"the catalogue of {path} names no model that can be used")
    return found


def _licence(archive: Archive) -> Licence:
    name = next((name for name in archive.names if name.upper() == "LICENSE.TXT"), None)
    if name is None:
        raise AssetError(f"{archive.path} states no licence (LICENSE.TXT); it is not used")
    text = archive.text(name, most=MOST_CATALOGUE_BYTES)
    for mark, licence in _LICENCES:
        if mark in text:
            return licence
    raise AssetError(
        f"the licence of {archive.path} is neither CC0 nor CC-BY; only such libraries are used"
    )


def _names(archive: Archive) -> dict[int, tuple[str, ...]]:
    """Return each entry's names in other languages, by its number."""
    found: dict[int, list[str]] = {}
    for language in LANGUAGES:
        name = CATALOGUE.replace(".properties", f"_{language}.properties")
        if name not in archive:
            continue
        table = numbered(read_properties(archive.read(name, most=MOST_CATALOGUE_BYTES)))
        for number, title in table.get("name", {}).items():
            if title and not is_branded(title):
                found.setdefault(number, []).append(title)
    return {number: tuple(dict.fromkeys(titles)) for number, titles in found.items()}


def _entries(
    archive: Archive, table: Table, names: dict[int, tuple[str, ...]], licence: Licence
) -> Iterator[Entry]:
    numbers = sorted(table.get("model", {}))
    if len(numbers) > MOST_ENTRIES:
        raise AssetError(f"{archive.path.name} lists more than {MOST_ENTRIES} models")
    for number in numbers:
        row = {field: values[number] for field, values in table.items() if number in values}
        entry = _entry(archive, row, names.get(number, ()), licence)
        if entry is not None:
            yield entry


def _entry(
    archive: Archive, row: dict[str, str], names: tuple[str, ...], licence: Licence
) -> Entry | None:
    """Return one model; None where its row is broken or its file is no OBJ of the archive."""
    member = row["model"].removeprefix("/")
    size = _size(row)
    if size is None or not is_safe_name(member) or member not in archive:
        return None
    if not member.lower().endswith(".obj"):
        return None
    said = row.get("name", "")
    creator = row.get("creator", "").strip()
    title = unbranded(said, otherwise=row.get("category", "Thing"))
    tags = tuple(dict.fromkeys(_tags(row.get("tags", ""))))
    return Entry(
        key=_key(row.get("id", member)),
        library=NAME,
        title=title,
        category=row.get("category", ""),
        tags=tags,
        names=() if is_branded(said) else tuple(name for name in names if name != said),
        size_m=size,
        licence=licence,
        author=_author(creator),
        archive=archive.path,
        member=member,
        support_height_m=_support(row.get("dropOnTopElevation")),
        wall_mounted=_on_wall(row, said, size),
        bulbs=_bulbs(row, size),
        movable=row.get("movable", "true").strip().lower() != "false",
        rotation=_rotation(row.get("modelRotation")),
    )


def _author(creator: str) -> str:
    if creator.startswith("Scopia"):
        return _AUTHORS["Scopia"]
    return _AUTHORS.get(creator, creator) or _AUTHORS["Blend Swap"]


def _key(identifier: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", identifier).strip("-")[:80]


def _tags(text: str) -> Iterator[str]:
    for tag in text.split(","):
        word = tag.strip()
        if word and word.casefold() not in ("blend swap", "scopia") and not is_branded(word):
            yield word


def _size(row: dict[str, str]) -> tuple[float, float, float] | None:
    found = [_metres(row.get(field)) for field in ("width", "depth", "height")]
    sizes = [value for value in found if value is not None and 0 < value <= LARGEST_M]
    return (sizes[0], sizes[1], sizes[2]) if len(sizes) == len(found) else None


def _bulbs(row: dict[str, str], size: tuple[float, float, float]) -> tuple[Bulb, ...]:
    """Return where a lamp shines: the catalogue counts from its left, front and base, in cm."""
    columns = [
        [_metres(word) for word in row.get(f"lightSource{name}", "").split()]
        for name in ("X", "Y", "Z", "Diameter")
    ]
    found = []
    for x, y, z, diameter in zip(*columns, strict=False):
        if x is not None and y is not None and z is not None and diameter is not None:
            found.append((round(x - size[0] / 2, 6), round(y - size[1] / 2, 6), z, diameter))
    return tuple(found)


def _metres(centimetres: str | None) -> float | None:
    try:
        value = float(centimetres) / 100 if centimetres else None
    except ValueError:
        return None
    return round(value, 6) if value is not None and np.isfinite(value) else None


def _support(centimetres: str | None) -> float | None:
    """Return the height at which things can stand; a negative one says that nothing can."""
    height = _metres(centimetres)
    return height if height is not None and height > 0 else None


def _on_wall(row: dict[str, str], title: str, size: tuple[float, float, float]) -> bool:
    """Whether it hangs on a wall: it is raised off the floor, and flat or named for walls."""
    raised = (_metres(row.get("elevation")) or 0) > 0
    door = row.get("doorOrWindow", "").strip().lower() == "true"
    if door or not raised or _NEVER_ON_WALL.search(title):
        return False
    return bool(_WALL_WORDS.search(title)) or (
        row.get("movable", "").strip().lower() == "false" and size[1] < 0.5 * size[0]
    )


def _rotation(text: str | None) -> tuple[float, ...] | None:
    """Return the catalogue's turn in our axes, or None."""
    try:
        rows = np.array([float(word) for word in (text or "").split()]).reshape(3, 3)
    except ValueError:
        return None
    if not np.allclose(rows @ rows.T, np.eye(3), atol=1e-3):
        return None
    return tuple(float(round(value, 8)) for value in (_UP @ rows @ _UP.T).ravel())
