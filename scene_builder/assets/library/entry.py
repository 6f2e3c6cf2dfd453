"""One model of an installed library, as its catalogue describes it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Licence = Literal["CC0-1.0", "CC-BY-3.0", "CC-BY-3.0-US", "CC-BY-4.0"]

LICENCE_URLS: dict[Licence, str] = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-3.0": "https://creativecommons.org/licenses/by/3.0/",
    "CC-BY-3.0-US": "https://creativecommons.org/licenses/by/3.0/us/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A model that a library holds; nothing of it has been read yet but its catalogue.

    Attributes:
        key: Unique in its library, of letters, digits, `-` and `_`: the name of its cache folder.
        library: Name of the library.
        title: What its author calls it, without names of brands.
        category: The library's own category.
        tags: Further words of the catalogue.
        names: Its name in other languages and what else it may be asked for as.
        size_m: Width, depth and height [m] as the catalogue states them; x, y, z of our frame.
        licence: SPDX identifier.
        author: Who made it.
        archive: The file that holds it.
        member: Its path inside the archive.
        support_height_m: Height of the face that things stand on [m], or None.
        wall_mounted: It hangs on a wall.
        movable: People move it about.
        bulbs: Where it shines: middle x, y, z and diameter [m], in our frame, at `size_m`.
        rotation: Turn that sets it upright with its front to −Y (9 numbers, rows), or None.
    """

    key: str
    library: str
    title: str
    category: str
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    size_m: tuple[float, float, float]
    licence: Licence
    author: str
    archive: Path
    member: str
    support_height_m: float | None = None
    wall_mounted: bool = False
    movable: bool = True
    bulbs: tuple[tuple[float, float, float, float], ...] = ()
    rotation: tuple[float, ...] | None = None
