"""Bare surfaces become assets: size, solid, hollow, tops, weight and look."""

import io

import numpy as np
import pytest
import trimesh
from PIL import Image

from scene_builder.assets.making import asset_from_surface
from scene_builder.assets.measuring.cutting import is_closed
from scene_builder.assets.pictures import mean_color, picture_from
from scene_builder.assets.shapes.boxes import box, open_box
from scene_builder.assets.shapes.lathe import lathe, vessel_profile
from scene_builder.assets.shapes.rounds import sphere
from scene_builder.assets.shapes.solid import joined
from scene_builder.assets.source import Description
from scene_builder.assets.surface import Paint, Surface
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.stage import AssetCredit

BROWN = np.array([0.3, 0.15, 0.06])


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path / "cache"))


def surface(solid, *, scale=1.0, paints=None, uv=None, slots=None):
    count = len(solid.triangles)
    return Surface(
        vertices=np.asarray(solid.vertices) * scale,
        triangles=solid.triangles,
        slots=np.zeros(count, int) if slots is None else slots,
        paints=paints or (Paint(name="", base_color=BROWN),),
        uv=uv,
    )


def made(of, noun, *, kind=True, **options):
    words = {k: options.pop(k) for k in ("color", "material", "size", "mass_kg", "partner_size_m")
             if k in options}  # fmt: skip
    match = resolve_noun(noun) if kind else None
    return asset_from_surface(
        of, kind=match.noun if match else None, noun=noun, description=Description(**words),
        rng=np.random.default_rng(1), credit=AssetCredit(name=noun, source="test"), **options,
    )  # fmt: skip


def cup_solid():
    profile = vessel_profile([(0.0, 0.0), (0.035, 0.0), (0.04, 0.1)], wall=0.004, floor=0.006)
    return lathe(profile)


def shelf_solid():
    boards = [box(0.8, 0.3, 0.02, bevel=0).moved(z=z) for z in (0.0, 0.4, 0.8, 1.18)]
    sides = [box(0.02, 0.3, 1.2, bevel=0).moved(x=x) for x in (-0.39, 0.39)]
    return joined(*boards, *sides)


def table_solid():
    legs = [
        box(0.06, 0.06, 0.72, bevel=0).moved(x=x, y=y) for x in (-0.5, 0.5) for y in (-0.3, 0.3)
    ]
    return joined(box(1.2, 0.8, 0.04, bevel=0).moved(z=0.7), *legs)


def inside_any(hulls, points):
    found = np.zeros(len(points), bool)
    for hull in hulls:
        shape = trimesh.Trimesh(hull.vertices, hull.triangles, process=False)
        found |= np.asarray(shape.contains(points))
    return found


@pytest.mark.parametrize(
    ("solid", "shape", "rolls"),
    [(sphere(0.11, detail=3).moved(z=0.11), "sphere", "any"), (box(0.3, 0.2, 0.1), "box", None)],
)
def test_true_shapes_get_true_solids(solid, shape, rolls):
    asset = made(surface(solid), "thing", kind=False)
    assert (asset.collider.shape, asset.rolls) == (shape, rolls)
    assert asset.cavity is None


def test_an_upright_cylinder_is_one_and_half_a_ball_is_none():
    can = trimesh.creation.cylinder(0.03, 0.12, sections=64)
    shape = surface(type("S", (), {"vertices": can.vertices, "triangles": can.faces}))
    asset = made(shape, "can")
    assert asset.collider.shape == "cylinder"
    assert asset.collider.size == pytest.approx((0.03, 0.12), rel=0.01)
    points = trimesh.creation.icosphere(4, 0.1).vertices
    half = trimesh.PointCloud(points[points[:, 2] >= -1e-9]).convex_hull
    shape = surface(type("S", (), {"vertices": half.vertices, "triangles": half.faces}))
    assert made(shape, "thing", kind=False).collider.shape == "hulls"


def test_a_cup_is_hollow_in_its_shape_its_solid_and_its_weight():
    asset = made(surface(cup_solid()), "cup")
    assert asset.cavity.floor == pytest.approx([0, 0, 0.006], abs=0.0015)
    assert asset.cavity.depth == pytest.approx(0.094, abs=0.002)
    assert 0.025 < asset.cavity.radius < 0.036
    axis = np.array([(0, 0, z) for z in np.linspace(0.012, 0.099, 12)])
    ring = np.concatenate([axis + np.array([r, 0, 0]) for r in (0.012, 0.024, -0.024)])
    assert not inside_any(asset.collider.hulls, np.concatenate([axis, ring])).any()
    wall = np.array([(0.0375, 0.001, 0.08), (0.001, 0.0375, 0.08), (0, 0, 0.003)])
    assert inside_any(asset.collider.hulls, wall).all()
    volume = trimesh.Trimesh(cup_solid().vertices, cup_solid().triangles).volume
    assert asset.mass_kg == pytest.approx(2300 * volume, rel=0.1)
    assert min(hull.low[2] for hull in asset.collider.hulls) >= 0


def test_an_open_surface_without_thickness_weighs_what_its_wall_does():
    solid = cup_solid()
    outer = np.hypot(*np.asarray(solid.vertices)[:, :2].T)
    keep = np.array([outer[t].min() > 0.0345 - 1e-9 or (solid.vertices[t, 2] < 1e-6).all()
                     for t in solid.triangles])  # fmt: skip
    bare = type("S", (), {"vertices": solid.vertices, "triangles": solid.triangles[keep]})
    asset = made(surface(bare), "mystery", kind=False, substance="ceramic")
    assert asset.cavity is not None
    assert 0.03 < asset.mass_kg < 0.6


@pytest.mark.slow
def test_boxes_without_a_lid_hold_things():
    asset = made(surface(joined(*open_box(0.4, 0.3, 0.25, wall=0.01, floor=0.01))), "crate")
    assert asset.cavity.radius == pytest.approx(0.14, abs=0.012)
    assert asset.cavity.depth == pytest.approx(0.24, abs=0.005)
    middle = np.array([(x, y, 0.12) for x in (-0.1, 0, 0.1) for y in (-0.08, 0, 0.08)])
    assert not inside_any(asset.collider.hulls, middle).any()


@pytest.mark.slow
def test_shelves_and_tables_carry_things_and_leave_room_below():
    shelf = made(surface(shelf_solid()), "bookshelf")
    heights = sorted(round(float(s.center[2]), 2) for s in shelf.supports)
    assert heights == pytest.approx([0.42, 0.82, 1.2], abs=0.01)
    assert shelf.furniture
    table = made(surface(table_solid()), "table")
    assert table.supports[0].center == pytest.approx([0, 0, 0.74], abs=1e-3)
    assert table.supports[0].half_extents == pytest.approx([0.57, 0.38], abs=0.02)
    below = np.array([(0, 0, 0.35), (0.2, 0.1, 0.6), (0.45, 0.0, 0.3)])
    assert not inside_any(table.collider.hulls, below).any()
    stated = made(surface(table_solid()), "table", supports_at_m=0.74, size_m=(1.2, 0.8, 0.74))
    assert stated.supports[0].center[2] == pytest.approx(0.74, abs=1e-3)


def test_sizes_follow_the_catalogue_the_words_and_sense():
    block = box(0.1, 0.1, 0.1)
    assert made(surface(block, scale=100), "cup").mesh.extents.max() == pytest.approx(0.1)
    true = made(surface(block, scale=7), "cup", size_m=(0.09, 0.09, 0.09))
    assert true.mesh.extents.max() == pytest.approx(0.09)
    small = made(surface(block), "cup", size="small", size_m=(0.09, 0.09, 0.09))
    assert small.mesh.extents.max() < 0.085
    assert made(surface(block), "cup", size=0.5).mesh.extents.max() == pytest.approx(0.5)
    assert made(surface(block), "cup", mass_kg=3.0).mass_kg == pytest.approx(3)
    cup = made(surface(cup_solid()), "cup", partner_size_m=0.09)
    assert 2 * cup.cavity.radius > 0.09


def textured(size=16):
    image = Image.new("RGB", (size, size), (150, 120, 90))
    image.paste((70, 50, 30), (0, 0, size // 2, size))
    file = io.BytesIO()
    image.save(file, "PNG")
    return picture_from(file.getvalue(), "test")


def cube(paint, other=None):
    solid = box(0.1, 0.1, 0.1, bevel=0)
    slots = np.zeros(len(solid.triangles), int)
    if other is not None:
        slots[-2:] = 1
    uv = np.asarray(solid.vertices)[:, :2] / 0.1 + 0.5
    paints = (paint,) if other is None else (paint, other)
    return surface(solid, paints=paints, uv=uv, slots=slots)


def test_pictures_stay_and_words_recolor_the_main_paint_only(tmp_path):
    main = Paint(name="Body", base_color=np.ones(3), picture=textured(), roughness=0.4)
    trim = Paint(name="ChromeTrim", base_color=np.full(3, 0.7), metallic=1.0)
    plain = made(cube(main, trim), "toy", kind=False)
    red = made(cube(main, trim), "toy", kind=False, color="red")
    assert plain.materials[0].textures["base_color"] != red.materials[0].textures["base_color"]
    for asset in (plain, red):
        name = asset.materials[0].textures["base_color"]
        assert (tmp_path / "cache" / name).is_file()
        assert asset.materials[0].parameters["roughness"] == pytest.approx(0.4)
        assert asset.materials[1].name == "metal"
        assert asset.materials[1].base_color == pytest.approx([0.7, 0.7, 0.7])
    assert plain.materials[0].base_color == pytest.approx(mean_color(textured()), abs=0.08)
    assert red.materials[0].base_color[0] > 5 * red.materials[0].base_color[1]
    content = (tmp_path / "cache" / red.materials[0].textures["base_color"]).read_bytes()
    shown = mean_color(picture_from(content, "test"))
    assert shown[0] > 3 * shown[1]
    assert np.array_equal(red.mesh.material_index, plain.mesh.material_index)


def test_a_material_word_changes_substance_weight_and_look():
    main = Paint(name="Fabric01", base_color=np.ones(3), picture=textured())
    wooden = made(cube(main), "toy", kind=False, material="wooden")
    assert (wooden.substance, wooden.materials[0].name) == ("wood", "wood")
    assert not wooden.materials[0].textures
    assert wooden.mass_kg == pytest.approx(0.69, rel=0.02)
    oak = Paint(name="OakWood", base_color=np.ones(3), picture=textured())
    assert made(cube(oak), "toy", kind=False, material="wooden").materials[0].textures


def test_what_looks_like_glass_lets_light_through_and_a_car_is_painted():
    pane = Paint(name="Material.003", base_color=np.full(3, 0.4), alpha=0.3)
    glass = made(cube(pane), "toy", kind=False)
    assert (glass.substance, glass.materials[0].name) == ("glass", "glass")
    assert glass.materials[0].parameters["transmission"] > 0.8
    body = Paint(name="Material", base_color=np.array([0.6, 0.02, 0.02]))
    car = made(cube(body), "toy", kind=False, substance="steel")
    assert (car.substance, car.materials[0].name) == ("steel", "paint")
    assert car.materials[0].base_color == pytest.approx([0.6, 0.02, 0.02])


def test_the_same_words_make_the_same_asset():
    from scene_builder.model.digest import digest

    main = Paint(name="Body", base_color=np.ones(3), picture=textured())
    one, two = (made(cube(main), "toy", kind=False, color="blue") for _ in range(2))
    assert digest(one) == digest(two)


def test_careless_surfaces_still_get_a_solid_without_splinters():
    """Faces that meet three at an edge, and a part that pokes out of the base."""
    slab = box(0.4, 0.3, 0.1, bevel=0)
    wing = np.array([(0, 0, 0.0), (0, 0, 0.1), (0.0, 0.3, 0.1), (0.1, 0.3, 0.12)], float)
    faces = np.array([(0, 1, 2), (0, 1, 3), (0, 2, 1), (1, 2, 3)]) + len(slab.vertices)
    bare = type("S", (), {
        "vertices": np.concatenate([slab.vertices, wing]),
        "triangles": np.concatenate([slab.triangles, faces]),
    })  # fmt: skip
    asset = made(surface(bare), "thing", kind=False)
    assert asset.mass_kg > 0
    for hull in asset.collider.hulls:
        assert trimesh.Trimesh(hull.vertices, hull.triangles).volume > 0


def test_open_and_odd_surfaces_are_no_closed_bodies():
    box = trimesh.creation.box().faces
    assert is_closed(box)
    assert not is_closed(box[1:])
    assert not is_closed(np.concatenate([box, box[:1]]))
    assert not is_closed(box[:, ::-1].copy()[[0, *range(12)]])
    turned = box.copy()
    turned[3] = turned[3][::-1]
    assert not is_closed(turned)
