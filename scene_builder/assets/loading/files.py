"""GLB, glTF, OBJ, PLY, STL and USD files as surfaces.

A file is data: nothing in it is run, it may name other files in its own folder only (deeper
folders included), and it is refused before it can eat the memory.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scene_builder.assets.loading.headers import check_header
from scene_builder.assets.loading.pieces import Piece, surface_of
from scene_builder.assets.loading.stand_ins import MOST_BYTES, StandIns
from scene_builder.assets.surface import Surface
from scene_builder.model.errors import AssetError

MESH_SUFFIXES = (".glb", ".gltf", ".obj", ".ply", ".stl")
USD_SUFFIXES = (".usd", ".usda", ".usdc", ".usdz")
SUFFIXES = MESH_SUFFIXES + USD_SUFFIXES
Y_UP_SUFFIXES = (".glb", ".gltf", ".obj")
REFUSED: Mapping[str, str] = {
    ".blend": "a .blend file may hold scripts; export it as .glb from Blender",
    ".fbx": "FBX is not read; export it as .glb",
    ".dae": "COLLADA is not read; export it as .glb",
    ".max": "a .max file can be read by its own program only; export it as .glb",
    ".3ds": "3DS is not read; export it as .glb",
}
_GLTF = ("glb", "gltf")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MeshFile:
    """What a file holds, and what it says about its axes and units.

    Attributes:
        surface: Its triangles and paints.
        up: Which axis is up.
        metres_per_unit: What one unit means [m], where the file says so, else None.
    """

    surface: Surface
    up: Literal["y", "z"]
    metres_per_unit: float | None = None


def surface_from_file(path: Path) -> Surface:
    """Return a mesh file's surface, in its own units and axes; see `mesh_file`."""
    return mesh_file(path).surface


def mesh_file(path: Path) -> MeshFile:
    """Read a mesh file.

    Args:
        path: A file of one of `SUFFIXES`.

    Raises:
        AssetError: If it is of another kind, missing, empty, cut off, or too large: more than
            300 MB, more than 2 million triangles, a texture of more than 16,384 pixels a side or
            64 MB; or if its vertices are not finite.
    """
    path, suffix = Path(path), Path(path).suffix.lower()
    if suffix in REFUSED:
        raise AssetError(f"{path} is refused: {REFUSED[suffix]}")
    if suffix not in SUFFIXES:
        raise AssetError(f"{path} is no mesh file; allowed are {', '.join(SUFFIXES)}")
    content = file_content(path)
    if suffix in USD_SUFFIXES:
        from scene_builder.assets.loading.usd import usd_file

        found, up, unit = usd_file(path)
        return MeshFile(surface=surface_of(found, path.name), up=up, metres_per_unit=unit)
    check_header(path, content)
    return MeshFile(
        surface=surface_of(tuple(_pieces(path, content)), path.name),
        up="y" if suffix in Y_UP_SUFFIXES else "z",
        metres_per_unit=1.0 if suffix in (".glb", ".gltf") else None,
    )


def file_content(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """Return a file's bytes.

    Raises:
        AssetError: If it is missing, empty or too large.
    """
    try:
        size = path.stat().st_size
        if size > most_bytes:
            raise AssetError(
                f"{path} has {size / 1e6:.0f} MB; allowed are {most_bytes // 1_000_000} MB: "
                "simplify the mesh"
            )
        content = path.read_bytes()
    except OSError as error:
        raise AssetError(f"{path} cannot be read: {error.strerror}") from None
    if not content:
        raise AssetError(f"{path} is empty; export it anew")
    return content


def _pieces(path: Path, content: bytes) -> Iterator[Piece]:
    import trimesh

    from scene_builder.assets.loading.paints import piece_of, resolver_for

    kind = path.suffix.lower().lstrip(".")
    files = StandIns(path)
    try:
        scene = trimesh.load_scene(
            io.BytesIO(files.without_pictures(content) if kind in _GLTF else content),
            file_type=kind,
            resolver=resolver_for(files),
            process=False,
            **({"split_object": False, "group_material": True} if kind == "obj" else {}),
        )
        for part in scene.dump(concatenate=False):
            if isinstance(part, trimesh.Trimesh):
                yield piece_of(part, files, is_gltf=kind in _GLTF)
    except AssetError as error:
        raise AssetError(str(error) if str(path) in str(error) else f"{path}: {error}") from None
    except MemoryError:
        raise AssetError(f"{path} needs more memory than there is; simplify the mesh") from None
    except Exception as error:  # the readers of six formats each have their own errors
        first = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise AssetError(f"{path} cannot be read as a mesh: {first}; export it as .glb") from error
