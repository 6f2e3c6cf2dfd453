"""Convex decomposition of meshes that nobody designed for collisions, cached by content."""

import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int

from scene_builder.assets.shapes.solid import convex, support_points
from scene_builder.model.arrays import Array
from scene_builder.model.digest import digest
from scene_builder.model.errors import AssetError
from scene_builder.model.mesh import Mesh

MOST_CORNERS = 32
SEED = 1
VERSION = 1


def convex_parts(
    vertices: Float[Array, "v 3"],
    triangles: Int[Array, "t 3"],
    *,
    threshold: float = 0.04,
    most: int = 32,
) -> tuple[Mesh, ...]:
    """Return convex pieces that fill a surface (CoACD: Wei, Liu, Ling & Su 2022).

    The result depends on the arguments alone and is kept in the cache folder
    (`WORLDREEL_CACHE`, or the user's own).

    Args:
        vertices: Corners [m].
        triangles: Corner indices; the surface need not be closed.
        threshold: Concavity at which a piece is left as it is, as a share of the size.
        most: Most pieces.

    Raises:
        AssetError: If the surface encloses nothing.
    """
    key = digest(("convex_parts", VERSION, vertices, triangles, threshold, most))
    return kept_pieces(key, lambda: _decomposed(vertices, triangles, threshold, most))


def kept_pieces(key: str, make: Callable[[], list[Float[Array, "_ 3"]]]) -> tuple[Mesh, ...]:
    """Return convex pieces as the cache folder keeps them, or make them.

    Args:
        key: Names everything that the pieces depend on.
        make: Returns the corners (h 3) [m] of each piece.
    """
    path = cache_folder() / "hulls" / f"{key}.npz"
    pieces = _read(path)
    if pieces is None:
        pieces = make()
        _write(path, pieces)
    return tuple(_mesh_of(piece) for piece in pieces)


def cache_folder() -> Path:
    """Return the folder in which worldreel keeps what it can make again."""
    import platformdirs

    given = os.environ.get("WORLDREEL_CACHE")
    return Path(given) if given else Path(platformdirs.user_cache_dir("worldreel"))


def _decomposed(
    vertices: Float[Array, "v 3"], triangles: Int[Array, "t 3"], threshold: float, most: int
) -> list[Float[Array, "_ 3"]]:
    import coacd

    coacd.set_log_level("error")
    mesh = coacd.Mesh(np.array(vertices, np.float64), np.array(triangles, np.int32))
    parts = coacd.run_coacd(mesh, threshold=threshold, max_convex_hull=most, seed=SEED)
    pieces = [support_points(np.array(points, np.float64), MOST_CORNERS) for points, _ in parts]
    pieces = [piece for piece in pieces if len(piece) > 3]  # noqa: PLR2004
    if not pieces:
        raise AssetError("the mesh encloses no volume; give it some thickness")
    return pieces


def _mesh_of(points: Float[Array, "h 3"]) -> Mesh:
    solid = convex(points)
    return Mesh(
        vertices=solid.vertices,
        triangles=solid.triangles,
        material_index=np.zeros(len(solid.triangles), np.int32),
    )


def _read(path: Path) -> list[Float[Array, "_ 3"]] | None:
    """Return kept pieces, or None; a damaged file counts as none and is made again."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            pieces = [np.asarray(kept[name], np.float64) for name in sorted(kept.files)]
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None
    sound = all(p.ndim == 2 and p.shape[1] == 3 and np.isfinite(p).all() for p in pieces)  # noqa: PLR2004
    return pieces if pieces and sound else None


def _write(path: Path, pieces: list[Float[Array, "_ 3"]]) -> None:
    # A cache that cannot be written costs time, not the film.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
    except OSError:
        return
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, **{f"piece_{k:03d}": piece for k, piece in enumerate(pieces)})
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
