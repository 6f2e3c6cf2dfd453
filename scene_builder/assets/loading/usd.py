"""USD files (Pixar's Universal Scene Description) as pieces.

A layer may name others; they are opened only if they lie in the file's own folder, or in the same
package (.usdz).
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import numpy as np
from jaxtyping import Float, Int

from scene_builder.assets.loading.pieces import Piece, check_count
from scene_builder.assets.loading.usd_paints import UsdPaints
from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError

MOST_UNPACKED_BYTES = 1_000_000_000
_LAYERS = frozenset({".usd", ".usda", ".usdc"})
_NOT_SHOWN = frozenset({"guide", "proxy"})

Up = Literal["y", "z"]


def usd_file(path: Path) -> tuple[tuple[Piece, ...], Up, float]:
    """Return the pieces of a USD file, the axis that is up, and what one unit means [m].

    Raises:
        AssetError: If it cannot be read, is too large, or names files outside of its folder.
    """
    try:
        from pxr import Tf, Usd, UsdGeom
    except ModuleNotFoundError:
        raise AssetError(
            f"{path} is a USD file; reading it needs the package usd-core: pip install usd-core"
        ) from None
    if path.suffix.lower() == ".usdz":
        _check_package(path)
    try:
        _check_layers(path)
        stage = Usd.Stage.Open(str(path))
        pieces = tuple(_pieces(stage, path))
        up: Up = "y" if UsdGeom.GetStageUpAxis(stage) == UsdGeom.Tokens.y else "z"
        return pieces, up, float(UsdGeom.GetStageMetersPerUnit(stage))
    except Tf.ErrorException as error:
        first = str(error).strip().splitlines()[-1].strip()[:120]
        raise AssetError(f"{path} cannot be read as USD: {first}; export it as .glb") from None


def _check_package(path: Path) -> None:
    """Check the members of a .usdz: names, sizes, and that nothing is compressed (as USD says)."""
    try:
        with zipfile.ZipFile(path) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise AssetError(f"{path} is damaged ({error}); export it anew") from None
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in member.filename:
            raise AssetError(f"{path} holds {member.filename!r}, which leaves the package")
        if member.compress_type != zipfile.ZIP_STORED:
            raise AssetError(f"{path} is no proper .usdz: {member.filename!r} is compressed")
    if sum(member.file_size for member in members) > MOST_UNPACKED_BYTES:
        raise AssetError(f"{path} unpacks to more than 1,000 MB; simplify it")


def _check_layers(path: Path) -> None:
    """Check that no layer names one outside of the file's folder."""
    from pxr import Sdf

    waiting, known = [str(path)], set()
    while waiting:
        name = waiting.pop()
        if name in known:
            continue
        known.add(name)
        layer = Sdf.Layer.FindOrOpen(name)
        if layer is None:
            if name == str(path):
                raise AssetError(f"{path} cannot be read as USD; export it as .glb")
            continue
        for asset in layer.GetCompositionAssetDependencies():
            plain = PurePosixPath(asset.replace("\\", "/"))
            if plain.is_absolute() or ".." in plain.parts or ":" in asset or "`" in asset:
                raise AssetError(f"{path} names {asset!r}, which lies outside of its folder")
            if plain.suffix.lower() not in _LAYERS:
                raise AssetError(f"{path} names {asset!r}, which is no USD layer")
            waiting.append(layer.ComputeAbsolutePath(asset))


def _pieces(stage: Any, path: Path) -> Iterator[Piece]:  # noqa: ANN401 - a Usd.Stage
    from pxr import Usd, UsdGeom

    places = UsdGeom.XformCache(Usd.TimeCode.EarliestTime())
    paints = UsdPaints(path)
    total = 0
    for prim in stage.Traverse(Usd.TraverseInstanceProxies(Usd.PrimDefaultPredicate)):
        if not prim.IsA(UsdGeom.Mesh) or not _is_shown(prim):
            continue
        mesh = UsdGeom.Mesh(prim)
        counts = _array(mesh.GetFaceVertexCountsAttr()).astype(np.int64)
        total += int(np.maximum(counts - 2, 0).sum())
        check_count(total, path.name)
        yield from _mesh_pieces(mesh, counts, np.array(places.GetLocalToWorldTransform(prim)),
                                paints)  # fmt: skip


def _is_shown(prim: Any) -> bool:  # noqa: ANN401 - a Usd.Prim
    from pxr import UsdGeom

    image = UsdGeom.Imageable(prim)
    return (
        image.ComputeVisibility() != UsdGeom.Tokens.invisible
        and str(image.ComputePurpose()) not in _NOT_SHOWN
    )


def _mesh_pieces(
    mesh: Any,  # noqa: ANN401 - a UsdGeom.Mesh
    counts: Int[Array, " f"],
    matrix: Float[Array, "4 4"],
    paints: UsdPaints,
) -> Iterator[Piece]:
    points = _array(mesh.GetPointsAttr()).astype(np.float64).reshape(-1, 3)
    indices = _array(mesh.GetFaceVertexIndicesAttr()).astype(np.int64)
    bad = len(indices) and (indices.min() < 0 or indices.max() >= len(points))
    if counts.sum() != len(indices) or (counts < 0).any() or bad:
        raise AssetError(f"{paints.path.name}: {mesh.GetPath()} names corners that do not exist")
    points = points @ matrix[:3, :3] + matrix[3, :3]
    corners, faces = _fans(counts)
    if str(mesh.GetOrientationAttr().Get()) == "leftHanded" or np.linalg.det(matrix[:3, :3]) < 0:
        corners = corners[:, ::-1]
    uv = _uv(mesh, indices, len(points))
    for material, members in paints.groups(mesh, len(counts)):
        mine = corners[np.isin(faces, members)]
        paint, key = paints.paint_of(material, mesh)
        if uv is None or paint.picture is None:
            yield Piece(vertices=points, triangles=indices[mine], paint=paint, key=key)
            continue
        # Corners with the same point and the same uv are one vertex.
        flat = mine.ravel()
        both = np.column_stack([indices[flat].astype(np.float64), uv[flat]])
        unique, index = np.unique(both, axis=0, return_inverse=True)
        yield Piece(
            vertices=points[unique[:, 0].astype(np.int64)],
            triangles=index.reshape(-1, 3),
            paint=paint,
            key=key,
            uv=unique[:, 1:],
        )


def _fans(counts: Int[Array, " f"]) -> tuple[Int[Array, "t 3"], Int[Array, " t"]]:
    """Cut polygons into fans: positions of corners (t 3), and the face of each triangle (t)."""
    starts = np.cumsum(counts) - counts
    each = np.maximum(counts - 2, 0)
    faces = np.repeat(np.arange(len(counts)), each)
    step = np.arange(len(faces)) - np.repeat(np.cumsum(each) - each, each)
    first = starts[faces]
    return np.stack([first, first + step + 1, first + step + 2], axis=1), faces


def _uv(mesh: Any, indices: Int[Array, " c"], points: int) -> Float[Array, "c 2"] | None:  # noqa: ANN401
    """Return the uv of each corner (c 2), or None."""
    from pxr import UsdGeom

    api = UsdGeom.PrimvarsAPI(mesh)
    names = ["st", "UVMap", "uv", "map1", "st0", "Texture_uv"]
    names += [p.GetPrimvarName() for p in api.GetPrimvars() if "2" in str(p.GetTypeName())]
    for name in names:
        primvar = api.GetPrimvar(name)
        if not primvar or not primvar.HasValue():
            continue
        values = np.asarray(primvar.ComputeFlattened(), np.float64).reshape(-1, 2)
        if len(values) == len(indices):
            return values
        if len(values) == points:
            return np.asarray(values[indices])
    return None


def _array(attribute: Any) -> Array:  # noqa: ANN401 - a Usd.Attribute
    from pxr import Usd

    value = attribute.Get(Usd.TimeCode.EarliestTime())
    return np.zeros(0) if value is None else np.asarray(value)
