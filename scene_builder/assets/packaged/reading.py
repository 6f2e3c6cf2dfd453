"""A packaged model becomes a surface, if its files are the known ones."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np

from scene_builder.assets.library.conversion import flattened
from scene_builder.assets.library.meshes.mending import mended
from scene_builder.assets.library.meshes.paints import paint_of
from scene_builder.assets.library.meshes.wavefront import read_materials, read_polygons
from scene_builder.assets.normalise import normalised
from scene_builder.assets.packaged.catalogue import Model
from scene_builder.assets.surface import Paint, Surface
from scene_builder.model.errors import AssetError

MOST_BYTES = 50_000_000


def read_model(model: Model, folder: Path) -> Surface:
    """Return the model: its true size, Z up, base centre at the origin, front towards −Y.

    Args:
        model: Which.
        folder: The package's folder.

    Raises:
        AssetError: If a file is missing, is not the known one, or cannot be used.
    """
    files = {name: _content(folder / name, digest) for name, digest in model.files}
    by_name = {Path(name).name.casefold(): content for name, content in files.items()}

    def find(name: str) -> bytes | None:
        return by_name.get(name.replace("\\", "/").rsplit("/", maxsplit=1)[-1].strip().casefold())

    name = model.files[0][0]
    polygons = read_polygons(files[name].decode("latin-1"), name=name)
    said: dict[str, dict[str, str]] = {}
    for library in polygons.libraries:
        said |= read_materials((find(library) or b"").decode("latin-1"))
    paints = tuple(_plain(paint_of(name, said.get(name, {}), find)) for name in polygons.names)
    triangles, _ = mended(polygons)
    surface = flattened(triangles, paints)
    points = normalised(surface.vertices, y_up=model.up == "y") @ _turn(model.turn_deg)
    scale = model.largest_m / float(np.ptp(points, axis=0).max())
    return replace(surface, vertices=normalised(points, y_up=False) * scale)


def _content(path: Path, digest: str) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise AssetError(f"{path} has more than {MOST_BYTES:,} bytes; it is not read")
        content = path.read_bytes()
    except OSError as error:
        raise AssetError(f"{path} cannot be read: {error.strerror}") from error
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        raise AssetError(
            f"{path} is not the file that the catalogue knows (SHA-256 {found[:12]}…, not "
            f"{digest[:12]}…); install the package in the version of requirements.lock"
        )
    return content


def _plain(paint: Paint) -> Paint:
    """Return a paint that leaves gloss and substance to the catalogue: exporters make them up."""
    return replace(paint, name="", roughness=None, metallic=None)


def _turn(degrees: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the matrix (3 3) that turns rows of points about the vertical."""
    cosine, sine = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.array([[cosine, sine, 0.0], [-sine, cosine, 0.0], [0.0, 0.0, 1.0]])
