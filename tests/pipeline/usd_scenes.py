"""Small scenes for the tests of USDZ: the tiny stage in clothes that need no Blender."""

import zipfile
from pathlib import Path

import numpy as np

from pipeline.export.selection import select
from pipeline.export.usd.archive import package
from pipeline.export.usd.scene import Setting, usdz_bytes
from render.dressed import DressedSurface, Look
from render.shot import Shot


def look(name: str, *, mapped: bool) -> Look:
    rng = np.random.default_rng(3)
    maps = [rng.integers(100, 150, (4, 4, 3), dtype=np.uint8) for _ in range(3)] if mapped else ()
    names = ("color_map", "surface_map", "normal_map")
    return Look(
        name=name, base_color=np.array([0.5, 0.1, 0.1]), emission=np.zeros(3),
        **dict(zip(names, maps, strict=False)),
    )  # fmt: skip


def surface(mesh, wears: Look) -> DressedSurface:
    """Every triangle with corners of its own, so that its normal is right."""
    triangles = np.asarray(mesh.triangles)
    points = np.asarray(mesh.vertices)[triangles.ravel()]
    crossed = np.cross(points[1::3] - points[::3], points[2::3] - points[::3])
    normals = np.repeat(crossed / np.linalg.norm(crossed, axis=1, keepdims=True), 3, axis=0)
    return DressedSurface(
        points=points.astype(np.float32),
        normals=normals.astype(np.float32),
        uv=np.tile(np.array([[0, 0], [1, 0], [0, 1]], np.float32), (len(triangles), 1)),
        triangles=np.arange(len(points), dtype=np.int32).reshape(-1, 3),
        vertex=triangles.ravel().astype(np.int32),
        look=wears,
    )


def dressed(shot: Shot) -> dict[str, tuple[DressedSurface, ...]]:
    """Bodies of one noun share the very same surfaces."""
    by_noun: dict[str, tuple[DressedSurface, ...]] = {}
    found = {}
    for body in shot.stage.bodies:
        if body.noun not in by_noun:
            wears = look(body.materials[0].name, mapped=body.noun != "ball")
            by_noun[body.noun] = (surface(body.mesh, wears),)
        found[body.id] = by_noun[body.noun]
    return found


def content(shot: Shot, setting: Setting | None = None) -> bytes:
    setting = setting or Setting(words="A red ball falls beside two blue blocks")
    selection = select(shot, surroundings=False, live=setting.live)
    return usdz_bytes(shot, selection, dressed(shot), setting)


def unpacked(usdz: bytes, folder: Path) -> dict[str, bytes]:
    """Lay a package's files into a folder and return its pictures."""
    path = folder / "whole.zip"
    path.write_bytes(usdz)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
        names = archive.namelist()[1:]
    path.unlink()
    return {name: (folder / name).read_bytes() for name in names}


def repacked(folder: Path, pictures: dict[str, bytes]) -> bytes:
    return package((folder / "scene.usdc").read_bytes(), pictures)
