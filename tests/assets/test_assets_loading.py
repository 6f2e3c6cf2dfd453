"""Mesh files with their textures, and the files that are refused."""

import base64
import io
import json
import struct
import warnings
import zlib

import numpy as np
import pytest
import trimesh
from PIL import Image

from scene_builder.assets.loading.files import mesh_file, surface_from_file
from scene_builder.assets.loading.stand_ins import inside
from scene_builder.model.errors import AssetError

pytestmark = pytest.mark.slow

RED, BLUE = (200, 30, 30), (20, 40, 210)


def picture(color=RED, size=(8, 8), mode="RGB"):
    image = Image.new(mode, size, color)
    image.putpixel((0, 0), (255, 255, 255) if mode == "RGB" else (255, 255, 255, 0))
    return image


def square(at=0.0, material=None):
    """A square in z = 0 with its own uv, in the file's frame."""
    points = np.array([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)], float) + np.array([at, 0, 0])
    uv = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], float)
    visual = trimesh.visual.TextureVisuals(uv=uv, material=material)
    return trimesh.Trimesh(points, [(0, 1, 2), (0, 2, 3)], visual=visual, process=False)


def pbr(name, **values):
    return trimesh.visual.material.PBRMaterial(name=name, **values)


def glb_parts(path):
    content = path.read_bytes()
    size = struct.unpack_from("<I", content, 12)[0]
    return json.loads(content[20 : 20 + size]), content[20 + size :]


def write_glb(path, document, rest):
    text = json.dumps(document).encode()
    text += b" " * (-len(text) % 4)
    length = 20 + len(text) + len(rest)
    head = struct.pack("<IIIII", 0x46546C67, 2, length, len(text), 0x4E4F534A)
    path.write_bytes(head + text + rest)


def png_that_claims(width, height):
    def chunk(kind, data):
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 64))


def test_glb_keeps_uv_picture_factors_and_merges_equal_paints(tmp_path):
    glaze = pbr(
        "Glaze", baseColorTexture=picture(), roughnessFactor=0.25, metallicFactor=0.5,
        baseColorFactor=[128, 255, 255, 255],
    )  # fmt: skip
    glass = pbr("Pane", baseColorFactor=[0.2, 0.4, 0.6, 0.3], alphaMode="BLEND")
    glow = pbr("Lamp", baseColorFactor=[1.0, 1, 1, 1], emissiveFactor=[0.5, 0.5, 0.5])
    parts = [square(0, glaze), square(2, glass), square(4, glaze), square(6, glow)]
    trimesh.Scene(parts).export(tmp_path / "a.glb")
    read = mesh_file(tmp_path / "a.glb")
    surface = read.surface
    assert (read.up, len(surface.triangles), len(surface.paints)) == ("y", 8, 3)
    assert (np.diff(surface.slots) >= 0).all()
    paints = {paint.name: paint for paint in surface.paints}
    assert paints["Glaze"].base_color == pytest.approx([0.5, 1, 1], abs=0.01)
    assert (paints["Glaze"].roughness, paints["Glaze"].metallic) == (0.25, 0.5)
    assert paints["Glaze"].picture.size_px == (8, 8)
    assert paints["Pane"].alpha == pytest.approx(0.3, abs=0.01)
    assert paints["Lamp"].emission == pytest.approx(0.5, abs=0.01)
    slot = [p.name for p in surface.paints].index("Glaze")
    mine = np.unique(surface.triangles[surface.slots == slot])
    assert surface.uv[mine] == pytest.approx(np.mod(surface.vertices[mine, :2], 2), abs=1e-6)


def test_obj_with_mtl_is_read_and_names_outside_of_its_folder_are_nothing(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    picture().save(folder / "wood.png")
    picture(BLUE).save(tmp_path / "secret.png")
    (folder / "a.mtl").write_text(
        "newmtl Oak\nKd 0.5 0.5 0.5\nNs 30\nmap_Kd wood.png\n"
        "newmtl Sly\nKd 0.2 0.3 0.4\nd 0.5\nmap_Kd ../secret.png\n"
    )
    (folder / "a.obj").write_text(
        "mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 1\nvt 0 0\nvt 1 0\nvt 1 1\n"
        "usemtl Oak\nf 1/1 2/2 3/3\nusemtl Sly\nf 1/1 3/2 4/3\n"
    )
    paints = {paint.name: paint for paint in surface_from_file(folder / "a.obj").paints}
    assert paints["Oak"].picture is not None
    assert paints["Oak"].roughness == pytest.approx((2 / 32) ** 0.25)
    assert paints["Sly"].picture is None
    assert paints["Sly"].alpha == pytest.approx(0.5)


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "a/../../secret.png", "/etc/passwd", "http://host/a.png", "..\\secret.png",
     "file:///etc/passwd", "%2e%2e/secret.png", "C:/a.png"],
)  # fmt: skip
def test_names_never_leave_the_folder(tmp_path, name):
    folder = tmp_path / "models"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    assert inside(folder, name) is None


def test_links_never_leave_the_folder(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"x")
    (folder / "a.png").symlink_to(tmp_path / "secret.png")
    (folder / "b.png").write_bytes(b"x")
    assert inside(folder, "a.png") is None
    assert inside(folder, "b.png") == (folder / "b.png").resolve()


def test_gltf_buffers_outside_of_the_folder_are_refused(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    for name, content in trimesh.Scene([square()]).export(file_type="gltf").items():
        (folder / name).write_bytes(content)
    model = next(folder.glob("*.gltf"))
    assert len(surface_from_file(model).triangles) == 2
    document = json.loads(model.read_text())
    name = document["buffers"][0]["uri"]
    (folder / name).rename(tmp_path / name)
    document["buffers"][0]["uri"] = f"../{name}"
    model.write_text(json.dumps(document))
    with pytest.raises(AssetError, match="cannot be read as a mesh"):
        surface_from_file(model)


def test_vertex_colors_become_one_paint(tmp_path):
    mesh = trimesh.creation.box((1, 1, 1))
    mesh.visual.vertex_colors = np.tile([255, 0, 0, 255], (8, 1))
    mesh.export(tmp_path / "a.ply")
    paints = surface_from_file(tmp_path / "a.ply").paints
    assert len(paints) == 1
    assert paints[0].base_color == pytest.approx([1, 0, 0], abs=1e-6)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.blend", b"BLENDER-v405", r"refused.*scripts.*\.glb"),
        ("a.fbx", b"x", r"refused.*\.glb"),
        ("a.txt", b"x", r"no mesh file; allowed are \.glb"),
        ("a.glb", b"", "is empty"),
        ("a.glb", b"glTF", "cannot be read as glTF"),
        ("a.stl", b"\0" * 80 + struct.pack("<I", 10), "is cut off"),
        ("a.stl", b"\0" * 80 + struct.pack("<I", 10_000_000), "10,000,000 triangles; allowed"),
        ("a.ply", b"ply\nformat ascii 1.0\nelement face 10000000\n", "10,000,000 triangles"),
        ("a.obj", b"v 0 0 0\nv 1 0 nan\nv 0 1 0\nf 1 2 3\n", "not finite"),
        ("a.obj", b"# nothing\n", "a.obj"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_one_line(tmp_path, name, content, told):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AssetError, match=told) as caught:
        surface_from_file(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_glb_that_claims_too_much_or_is_cut_off_is_refused(tmp_path):
    path = tmp_path / "a.glb"
    trimesh.Scene([square()]).export(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    with pytest.raises(AssetError, match="cut off after"):
        surface_from_file(path)
    path.write_bytes(whole)
    document, rest = glb_parts(path)
    index = document["meshes"][0]["primitives"][0]["indices"]
    document["accessors"][index]["count"] = 30_000_000
    write_glb(path, document, rest)
    with pytest.raises(AssetError, match="10,000,000 triangles; allowed are 2,000,000"):
        surface_from_file(path)


@pytest.mark.parametrize("size", [(100_000, 100_000), (20_000, 4)])
def test_huge_textures_are_refused_before_they_are_decoded(tmp_path, size):
    (tmp_path / "big.png").write_bytes(png_that_claims(*size))
    (tmp_path / "a.mtl").write_text("newmtl A\nmap_Kd big.png\n")
    (tmp_path / "a.obj").write_text(
        "mtllib a.mtl\nv 0 0 0\nv 1 0 0\nv 1 1 0\nvt 0 0\nvt 1 0\nvt 1 1\nusemtl A\nf 1/1 2/2 3/3\n"
    )
    with pytest.raises(AssetError, match="pixels; allowed are 16384 a side"):
        surface_from_file(tmp_path / "a.obj")


def test_a_huge_texture_in_a_glb_is_refused_before_it_is_decoded(tmp_path):
    path = tmp_path / "a.glb"
    trimesh.Scene([square(0, pbr("A", baseColorTexture=picture()))]).export(path)
    document, rest = glb_parts(path)
    claim = base64.b64encode(png_that_claims(100_000, 100_000)).decode()
    document["images"] = [{"uri": f"data:image/png;base64,{claim}"}]
    write_glb(path, document, rest)
    with pytest.raises(AssetError, match="100000 x 100000 pixels"):
        surface_from_file(path)


def usd_stage(path, texture="wood.png"):
    pxr = pytest.importorskip("pxr")
    del pxr
    from pxr import Gf, Sdf, Usd, UsdGeom, UsdShade, Vt

    stage = Usd.Stage.CreateNew(str(path))
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.z)
    UsdGeom.SetStageMetersPerUnit(stage, 0.01)
    mesh = UsdGeom.Mesh.Define(stage, "/World/Quad")
    mesh.CreatePointsAttr(Vt.Vec3fArray([(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)]))
    mesh.CreateFaceVertexCountsAttr(Vt.IntArray([4]))
    mesh.CreateFaceVertexIndicesAttr(Vt.IntArray([0, 1, 2, 3]))
    mesh.AddTranslateOp().Set(Gf.Vec3d(5, 0, 0))
    st = UsdGeom.PrimvarsAPI(mesh).CreatePrimvar(
        "st", Sdf.ValueTypeNames.TexCoord2fArray, UsdGeom.Tokens.faceVarying
    )
    st.Set(Vt.Vec2fArray([(0, 0), (1, 0), (1, 1), (0, 1)]))
    material = UsdShade.Material.Define(stage, "/World/Oak")
    shader = UsdShade.Shader.Define(stage, "/World/Oak/Surface")
    shader.CreateIdAttr("UsdPreviewSurface")
    shader.CreateInput("roughness", Sdf.ValueTypeNames.Float).Set(0.35)
    reader = UsdShade.Shader.Define(stage, "/World/Oak/Picture")
    reader.CreateIdAttr("UsdUVTexture")
    reader.CreateInput("file", Sdf.ValueTypeNames.Asset).Set(texture)
    reader.CreateOutput("rgb", Sdf.ValueTypeNames.Float3)
    shader.CreateInput("diffuseColor", Sdf.ValueTypeNames.Color3f).ConnectToSource(
        reader.ConnectableAPI(), "rgb"
    )
    shader.CreateOutput("surface", Sdf.ValueTypeNames.Token)
    material.CreateSurfaceOutput().ConnectToSource(shader.ConnectableAPI(), "surface")
    UsdShade.MaterialBindingAPI.Apply(mesh.GetPrim()).Bind(material)
    stage.GetRootLayer().Save()
    return stage


@pytest.mark.parametrize("suffix", ["usda", "usdc", "usdz"])
def test_usd_keeps_units_place_uv_and_picture(tmp_path, suffix):
    picture().save(tmp_path / "wood.png")
    plain = "usda" if suffix == "usdz" else suffix
    usd_stage(tmp_path / f"a.{plain}")
    if suffix == "usdz":
        from pxr import UsdUtils

        assert UsdUtils.CreateNewUsdzPackage(str(tmp_path / "a.usda"), str(tmp_path / "a.usdz"))
        (tmp_path / "wood.png").unlink()
    read = mesh_file(tmp_path / f"a.{suffix}")
    assert (read.up, read.metres_per_unit) == ("z", 0.01)
    surface = read.surface
    assert len(surface.triangles) == 2
    assert surface.vertices.min(axis=0) == pytest.approx([5, 0, 0])
    paint = surface.paints[0]
    assert (paint.name, paint.roughness) == ("Oak", pytest.approx(0.35))
    assert paint.picture is not None
    assert surface.uv == pytest.approx(surface.vertices[:, :2] - [5, 0])


def test_usd_names_outside_of_its_folder_are_refused_or_ignored(tmp_path):
    folder = tmp_path / "models"
    folder.mkdir()
    picture().save(tmp_path / "wood.png")
    usd_stage(folder / "a.usda", texture="../wood.png")
    assert surface_from_file(folder / "a.usda").paints[0].picture is None
    (tmp_path / "other.usda").write_text('#usda 1.0\ndef Xform "World" {}\n')
    (folder / "b.usda").write_text(
        '#usda 1.0\ndef "World" (references = @../other.usda@</World>) {}\n'
    )
    with pytest.raises(AssetError, match=r"'\.\./other\.usda', which lies outside"):
        surface_from_file(folder / "b.usda")
    (folder / "c.usda").write_text("no usd at all")
    with pytest.raises(AssetError, match=r"c\.usda cannot be read as USD"):
        surface_from_file(folder / "c.usda")


def test_a_package_with_members_that_leave_it_is_refused(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.usdz", "w") as package:
        package.writestr("../evil.usda", "#usda 1.0\n")
    with pytest.raises(AssetError, match="leaves the package"):
        surface_from_file(tmp_path / "a.usdz")


def test_nothing_is_said_aloud(tmp_path):
    stream = io.BytesIO()
    picture(size=(64, 64)).save(stream, "PNG")
    mesh = square(0, pbr("A", baseColorTexture=Image.open(stream)))
    trimesh.Scene([mesh]).export(tmp_path / "a.glb")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert surface_from_file(tmp_path / "a.glb").paints[0].picture.suffix == ".png"
