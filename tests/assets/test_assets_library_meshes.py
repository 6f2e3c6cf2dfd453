"""Surfaces put in order and made light."""

import io
import struct
import zlib

import numpy as np
import pytest
import trimesh
from PIL import Image

from scene_builder.assets.library.meshes.gltf import glb_bytes, surface_of_glb
from scene_builder.assets.library.meshes.lightening import lightened
from scene_builder.assets.library.meshes.mending import mended
from scene_builder.assets.library.meshes.paints import checked_picture, paint_of
from scene_builder.assets.library.meshes.triangles import Triangles
from scene_builder.assets.library.meshes.wavefront import Polygons, read_materials, read_polygons
from scene_builder.assets.surface import Paint, Surface
from scene_builder.model.errors import AssetError


def polygons_of(points, faces) -> Polygons:
    faces = np.asarray(faces)
    return Polygons(
        points=np.asarray(points, np.float64), texture_points=np.zeros((0, 2)),
        corners=faces.ravel(), corner_uv=np.full(faces.size, -1),
        lengths=np.full(len(faces), faces.shape[1]), slots=np.zeros(len(faces), np.int64),
        names=("plain",),
    )  # fmt: skip


def shape_of(triangles: Triangles) -> trimesh.Trimesh:
    return trimesh.Trimesh(triangles.points, triangles.corners, process=False)


@pytest.mark.parametrize("seed", range(3))
def test_turned_and_doubled_faces_are_mended(seed):
    rng = np.random.default_rng(seed)
    shape = trimesh.creation.torus(0.5, 0.2, major_sections=24, minor_sections=16)
    faces = np.array(shape.faces)
    turned = rng.random(len(faces)) < 0.4
    faces[turned] = faces[turned][:, ::-1]
    doubled = faces[rng.random(len(faces)) < 0.3][:, ::-1]
    faces = rng.permutation(np.vstack([faces, doubled]))
    loose = shape.vertices[faces.ravel()] + rng.normal(0, 1e-9, (faces.size, 3))
    whole, done = mended(polygons_of(loose, np.arange(faces.size).reshape(-1, 3)))
    assert shape_of(whole).is_volume
    assert shape_of(whole).volume == pytest.approx(shape.volume, rel=1e-6)
    assert done.doubled == len(doubled)


def test_an_open_sheet_faces_the_open():
    """A bowl's inside and outside both see the open, a lidless box in a box does not."""
    outer = trimesh.creation.box((1, 1, 1))
    inner = trimesh.creation.box((0.4, 0.4, 0.4))
    points = np.vstack([outer.vertices, inner.vertices])
    open_box = np.array(outer.faces)[outer.face_normals[:, 2] < 0.9]  # no lid
    faces = np.vstack([open_box[:, ::-1], np.array(inner.faces)[:, ::-1] + 8])
    whole, _ = mended(polygons_of(points, faces))
    normals = whole.normals
    middles = whole.points[whole.corners].mean(axis=1)
    assert (np.einsum("tj,tj->t", normals, middles) > 0).all()


def test_a_sheet_divided_along_both_diagonals_is_single():
    points = [(0, 0, 0), (1, 0, 0), (1, 1, 0.02), (0, 1, 0)]
    faces = [(0, 1, 2), (0, 2, 3), (0, 3, 1), (1, 3, 2)]
    whole, done = mended(polygons_of(points, faces))
    assert len(whole.corners) == 2
    assert done.doubled == 2
    tetrahedron = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)]
    kept, _ = mended(polygons_of(tetrahedron, [(0, 2, 1), (0, 1, 3), (1, 2, 3), (0, 3, 2)]))
    assert len(kept.corners) == 4


def test_a_polygon_that_is_not_convex_is_divided_inside():
    dart = [(0, 0, 0), (2, 1, 0), (0, 2, 0), (0.5, 1, 0)]
    whole, _ = mended(polygons_of(dart, [(0, 1, 2, 3)]))
    assert shape_of(whole).area == pytest.approx(1.5)
    for start in range(4):
        turned = [(start + k) % 4 for k in range(4)]
        whole, _ = mended(polygons_of(dart, [turned]))
        assert shape_of(whole).area == pytest.approx(1.5)


def sphere(subdivisions: int) -> Triangles:
    shape = trimesh.creation.icosphere(subdivisions=subdivisions)
    points = np.asarray(shape.vertices, np.float64)
    corners = np.asarray(shape.faces, np.int64)
    uv = (points[:, :2] + 1) / 2
    slots = (points[corners].mean(axis=1)[:, 2] > 0).astype(np.int64)
    order = np.argsort(slots, kind="stable")
    return Triangles(points=points, corners=corners[order], uv=uv[corners[order]],
                     slots=slots[order])  # fmt: skip


def test_fewer_triangles_keep_shape_paint_and_texture():
    full = sphere(5)
    light = lightened(full, 1000)
    assert 500 < len(light.corners) <= 1000
    assert shape_of(light).volume == pytest.approx(shape_of(full).volume, rel=0.01)
    assert (np.diff(light.slots) >= 0).all()
    middles = light.points[light.corners].mean(axis=1)
    assert ((middles[:, 2] > 0) == (light.slots == 1)).mean() > 0.93
    expected = (light.points[light.corners][..., :2] + 1) / 2
    assert np.abs(light.uv - expected).max() < 0.06
    assert lightened(full, len(full.corners)) is full


def test_a_crown_of_leaves_keeps_its_cover():
    rng = np.random.default_rng(1)
    middles = rng.normal(0, 1, (4000, 3))
    leaf = np.array([(0, 0, 0), (0.05, 0, 0), (0.05, 0.05, 0), (0, 0.05, 0)])
    points = (middles[:, None] + leaf).reshape(-1, 3)
    corners = (np.arange(4000)[:, None, None] * 4 + np.array([[0, 1, 2], [0, 2, 3]])).reshape(-1, 3)
    crown = Triangles(
        points=points, corners=corners, uv=np.zeros((8000, 3, 2)), slots=np.zeros(8000, np.int64)
    )
    light = lightened(crown, 2000)
    assert 1900 < len(light.corners) <= 2000
    assert shape_of(light).area == pytest.approx(shape_of(crown).area, rel=0.1)


def test_glb_gives_back_what_it_was_made_from():
    full = sphere(1)
    paint = Paint(name="ß grün", base_color=np.array([0.1, 0.2, 0.3]), roughness=0.4,
                  metallic=1.0, alpha=0.5, emission=0.25)  # fmt: skip
    dull = Paint(name="dull", base_color=np.ones(3), roughness=0.9, metallic=0.0)
    uv = (full.points[:, :2] + 1) / 2
    surface = Surface(
        vertices=full.points, triangles=full.corners.astype(np.int32),
        slots=full.slots.astype(np.int32), paints=(paint, dull), uv=uv.astype(np.float32),
    )  # fmt: skip
    content = glb_bytes(surface, credit="Ann, CC0")
    back = surface_of_glb(content)
    assert back.vertices == pytest.approx(surface.vertices, abs=1e-6)
    assert (back.triangles == surface.triangles).all()
    assert (back.slots == surface.slots).all()
    assert back.uv == pytest.approx(surface.uv, abs=1e-6)
    assert (back.paints[0].name, back.paints[0].alpha, back.paints[0].emission) == (
        "ß grün",
        0.5,
        0.25,
    )
    for cut in (content[:-4], content[:30], b"", b"glTF" + bytes(40)):
        with pytest.raises(AssetError, match="damaged"):
            surface_of_glb(cut)


def test_obj_statements_of_every_kind():
    text = (
        "# comment\nmtllib my file.mtl\no thing\nv 0 0 0 1 1 1\nv 1 0 0\nv 1 1 0\nv 0 1 0\n"
        "vt 0 0 0\nvt 1\nvn 0 0 1\nusemtl a b\ns 1\nl 1 2\nf -4/1/1 -3/2/1 \\\n -2//1 -1\n"
    )
    read = read_polygons(text, name="x.obj")
    assert read.libraries == ("my file.mtl",)
    assert read.names == ("a b",)
    assert read.lengths.tolist() == [4]
    assert read.corners.tolist() == [0, 1, 2, 3]
    assert read.corner_uv.tolist() == [0, 1, -1, -1]
    materials = read_materials("newmtl a b\n Kd 1 0 0\n#x\nnewmtl c\nKd 0 1 0\nTr 0.25\n")
    assert materials == {"a b": {"kd": "1 0 0"}, "c": {"kd": "0 1 0", "tr": "0.25"}}


def png_header(width: int, height: int) -> bytes:
    """A PNG that says that it is large, and ends."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"0"))


@pytest.mark.parametrize("size", [(100_000, 100_000), (12_000, 9_000), (17_000, 2)])
def test_huge_pictures_are_left_out(size):
    assert checked_picture(png_header(*size)) is None


def test_pictures_are_kept_small_and_usual():
    def encoded(kind: str, size: tuple[int, int], mode: str = "RGB") -> bytes:
        buffer = io.BytesIO()
        Image.new(mode, size, 5).save(buffer, kind)
        return buffer.getvalue()

    kept = encoded("PNG", (8, 4))
    assert checked_picture(kept).content == kept
    assert checked_picture(encoded("BMP", (8, 4))).suffix == ".jpg"
    assert checked_picture(encoded("PNG", (4096, 2), "L")).size_px == (2048, 1)
    assert checked_picture(b"") is None
    assert checked_picture(b"GIF89a") is None


def test_highlights_become_roughness():
    def rough(**said):
        return paint_of(said.pop("name", "x"), said, lambda _: None).roughness

    assert rough(ks="0 0 0", ns="500") > 0.8
    assert rough(ks="1 1 1", ns="500") < 0.3
    assert rough(ks="1 1 1", ns="10") > rough(ks="1 1 1", ns="100")
    assert rough(ks="1 1 1", ns="500", illum="1") > 0.8
    assert paint_of("Chrome", {"ks": "1 1 1"}, lambda _: None).metallic == 1
    assert paint_of("iron wood", {"ks": "1 1 1"}, lambda _: None).metallic == 0
    assert paint_of("x", {"d": "0"}, lambda _: None).alpha == 1
    assert paint_of("x", {"kd": "nan 0 0"}, lambda _: None).base_color == pytest.approx(
        [0.448] * 3, abs=1e-3
    )
