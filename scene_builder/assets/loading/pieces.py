"""Pieces of a file, merged into one surface."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from scene_builder.assets.surface import Paint, Surface
from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError

MOST_TRIANGLES = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """Some triangles that wear one paint.

    Attributes:
        vertices: Corners (v 3), in the file's units and axes.
        triangles: Corner indices (t 3).
        paint: What they wear.
        key: The same for pieces that wear the same paint of the file.
        uv: Texture coordinates (v 2), origin at the lower left, or None.
    """

    vertices: Float[Array, "v 3"]
    triangles: Int[Array, "t 3"]
    paint: Paint
    key: str
    uv: Float[Array, "v 2"] | None = None


def surface_of(pieces: Sequence[Piece], where: str) -> Surface:
    """Return pieces as one surface; those of the same paint share a slot.

    Args:
        pieces: At least one.
        where: The file's name, for errors.

    Raises:
        AssetError: If there are no triangles, too many, or vertices that are not finite.
    """
    pieces = [piece for piece in pieces if len(piece.triangles)]
    if not pieces:
        raise AssetError(f"{where} holds no triangles; export it as .glb with its meshes")
    total = sum(len(piece.triangles) for piece in pieces)
    check_count(total, where)
    offsets = np.cumsum([0, *(len(piece.vertices) for piece in pieces[:-1])])
    vertices = np.concatenate([np.asarray(p.vertices, np.float64) for p in pieces])
    triangles = np.concatenate(
        [np.asarray(p.triangles, np.int64) + o for p, o in zip(pieces, offsets, strict=True)]
    )
    if triangles.min() < 0 or triangles.max() >= len(vertices):
        raise AssetError(f"{where} names vertices that do not exist; export it anew")
    if not np.isfinite(vertices[np.unique(triangles)]).all():
        raise AssetError(f"{where} has vertices that are not finite (NaN); export it anew")
    keys = list(dict.fromkeys(piece.key for piece in pieces))
    paints = {piece.key: piece.paint for piece in pieces}
    slots = np.repeat([keys.index(p.key) for p in pieces], [len(p.triangles) for p in pieces])
    order = np.argsort(slots, kind="stable")
    used, index = np.unique(triangles[order], return_inverse=True)
    uv = None
    if any(piece.uv is not None for piece in pieces):
        uv = np.concatenate(
            [np.zeros((len(p.vertices), 2)) if p.uv is None else p.uv for p in pieces]
        )
        uv = np.nan_to_num(np.asarray(uv, np.float64)[used], posinf=0.0, neginf=0.0)
    return Surface(
        vertices=vertices[used],
        triangles=index.reshape(-1, 3),
        slots=slots[order],
        paints=tuple(paints[key] for key in keys),
        uv=uv,
    )


def check_count(triangles: int, where: str) -> None:
    """Check a number of triangles.

    Raises:
        AssetError: If it is too large.
    """
    if triangles > MOST_TRIANGLES:
        raise AssetError(
            f"{where} has {triangles:,} triangles; allowed are {MOST_TRIANGLES:,}: simplify the "
            "mesh (in Blender: modifier Decimate)"
        )
