"""Wavefront OBJ and MTL as data: polygons with their texture coordinates, and their paints."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError

MOST_CORNERS = 6_000_000
MOST_SLOTS = 512
NO_UV = -1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Polygons:
    """What an OBJ file holds, in its own units and axes.

    Attributes:
        points: Positions (v 3).
        texture_points: Texture coordinates (n 2), origin at the lower left.
        corners: Position of each corner of each polygon (c), polygons one after another.
        corner_uv: Texture coordinate of each corner (c), −1 where it has none.
        lengths: Number of corners of each polygon (p), at least 3.
        slots: Material of each polygon (p).
        names: Name of each material.
        libraries: Names of the MTL files that it asks for.
    """

    points: Float[Array, "v 3"]
    texture_points: Float[Array, "n 2"]
    corners: Int[Array, " c"]
    corner_uv: Int[Array, " c"]
    lengths: Int[Array, " p"]
    slots: Int[Array, " p"]
    names: tuple[str, ...]
    libraries: tuple[str, ...] = ()


@dataclass(slots=True)
class _Lists:
    points: list[tuple[float, float, float]] = field(default_factory=list)
    texture_points: list[tuple[float, float]] = field(default_factory=list)
    corners: list[int] = field(default_factory=list)
    corner_uv: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    libraries: list[str] = field(default_factory=list)
    slot: int = -1


def read_polygons(text: str, *, name: str) -> Polygons:
    """Return the polygons of an OBJ file; lines, curves and its normals are passed over.

    Args:
        text: The file's content.
        name: What to call it in errors.

    Raises:
        AssetError: If a number cannot be read, a face names what is not there, nothing is in
            it, or it is too large.
    """
    lists = _Lists()
    try:
        for line in text.replace("\\\r\n", " ").replace("\\\n", " ").splitlines():
            _take(lists, line.split())
    except (ValueError, IndexError) as error:
        raise AssetError(f"{name} cannot be read as OBJ ({error}); export it anew") from error
    if not lists.lengths:
        raise AssetError(f"{name} holds no faces; export it anew, with its mesh")
    found = Polygons(
        points=np.array(lists.points, np.float64).reshape(-1, 3),
        texture_points=np.array(lists.texture_points, np.float64).reshape(-1, 2),
        corners=np.array(lists.corners, np.int64),
        corner_uv=np.array(lists.corner_uv, np.int64),
        lengths=np.array(lists.lengths, np.int64),
        slots=np.array(lists.slots, np.int64),
        names=tuple(lists.names),
        libraries=tuple(lists.libraries),
    )
    _check(found, name)
    return found


def read_materials(text: str) -> dict[str, dict[str, str]]:
    """Return the statements of each material of an MTL file, by material name.

    Args:
        text: The file's content.
    """
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in text.splitlines():
        key, _, rest = line.strip().partition(" ")
        if key.lower() == "newmtl":
            current = found.setdefault(rest.strip(), {})
        elif key and not key.startswith("#"):
            current[key.lower()] = rest.strip()
    return found


def _take(lists: _Lists, words: Sequence[str]) -> None:
    if not words:
        return
    match words[0]:
        case "v":
            lists.points.append((float(words[1]), float(words[2]), float(words[3])))
        case "vt":
            second = float(words[2]) if len(words) > 2 else 0.0  # noqa: PLR2004 - u alone
            lists.texture_points.append((float(words[1]), second))
        case "f":
            _take_face(lists, words[1:])
        case "usemtl":
            name = " ".join(words[1:])
            lists.slot = lists.names.setdefault(name, len(lists.names))
            if len(lists.names) > MOST_SLOTS:
                raise ValueError(f"more than {MOST_SLOTS} materials")
        case "mtllib":
            lists.libraries.append(" ".join(words[1:]))
        case _:
            pass  # names of groups, normals, lines and curves


def _take_face(lists: _Lists, words: Sequence[str]) -> None:
    if len(words) < 3:  # noqa: PLR2004 - a line, not an area
        return
    if len(lists.corners) + len(words) > MOST_CORNERS:
        raise ValueError(f"more than {MOST_CORNERS} corners")
    if lists.slot < 0:
        lists.slot = lists.names.setdefault("", len(lists.names))
    points, texture_points = len(lists.points), len(lists.texture_points)
    for word in words:
        parts = word.split("/")
        lists.corners.append(_index(parts[0], points))
        with_uv = len(parts) > 1 and parts[1]
        lists.corner_uv.append(_index(parts[1], texture_points) if with_uv else NO_UV)
    lists.lengths.append(len(words))
    lists.slots.append(lists.slot)


def _index(word: str, count: int) -> int:
    """Return an index from 0; the file counts from 1, or backwards from the last so far."""
    number = int(word)
    index = number - 1 if number > 0 else count + number
    if index < 0 or number == 0:
        raise ValueError(f"a face names point {number} of {count}")
    return index


def _check(polygons: Polygons, name: str) -> None:
    tables = (("corners", "points"), ("corner_uv", "texture_points"))
    for indices, table in tables:
        most, count = int(getattr(polygons, indices).max()), len(getattr(polygons, table))
        if most >= count:  # known only now: a face may name what stands further down
            raise AssetError(f"{name}: a face names point {most + 1} of {count}; export it anew")
    used = polygons.points[np.unique(polygons.corners)]
    if not np.isfinite(used).all():
        raise AssetError(f"{name} has vertices that are not finite; export it anew")
    if not np.isfinite(polygons.texture_points).all():
        raise AssetError(f"{name} has texture coordinates that are not finite; export it anew")
