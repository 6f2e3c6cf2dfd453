"""Baking: what was drawn by a program is a picture, where the surface is."""

from dataclasses import replace

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from render.blender.baking import store as kept  # noqa: E402
from render.blender.baking import surfaces as baking  # noqa: E402
from render.blender.baking.channels import varies  # noqa: E402
from render.blender.baking.store import SurfaceStore, surface_key  # noqa: E402
from render.blender.baking.surfaces import dressed_surfaces  # noqa: E402
from render.dressed import Order, linear_mean  # noqa: E402
from render.shot import Shot  # noqa: E402
from scene_builder.model.material import Material  # noqa: E402
from tests.render.stages import (  # noqa: E402
    ball_mesh,
    body,
    box_mesh,
    ground,
    make_motion,
    make_stage,
    make_track,
)

pytestmark = pytest.mark.bpy


def substance(name, color, **parameters):
    return Material(name=name, base_color=np.array(color, float), parameters=parameters)


def shot_of(*bodies):
    stage = make_stage(bodies, frames=1)
    return Shot(stage=stage, trajectory=make_motion(stage), track=make_track(1))


def gold_and_glass():
    """A box of gold, but for two triangles of glass."""
    plain = body("box#1", box_mesh(0.1, 0.1, 0.1), (1, 1, 1), (1.9, 0, 0))
    return replace(
        plain,
        mesh=replace(plain.mesh, material_index=np.repeat([0, 1], (10, 2))),
        materials=(
            substance("gold", (0.9, 0.6, 0.1), metallic=1.0, roughness=0.2),
            substance("glass", (0.9, 0.9, 0.9), transmission=1.0, roughness=0.0),
        ),
    )


def blender_holds():
    return [len(getattr(bpy.data, kind)) for kind in ("objects", "meshes", "images", "materials")]


@pytest.fixture(scope="module")
def dressed():
    """A wooden box, two equal balls, a glass, a lamp, a lidded gold box and a floor, baked."""
    shot = shot_of(
        ground(),
        body("crate#1", box_mesh(0.4, 0.3, 0.2), (0.45, 0.22, 0.08), (0, 0, 0), material="wood"),
        body("ball#1", ball_mesh(0.1, 12), (0.6, 0.02, 0.02), (0.5, 0, 0)),
        body("ball#2", ball_mesh(0.1, 12), (0.6, 0.02, 0.02), (0.9, 0, 0)),
        replace(
            body("glass#1", box_mesh(0.1, 0.1, 0.1), (1, 1, 1), (1.3, 0, 0)),
            materials=(substance("glass", (0.9, 0.9, 0.9), transmission=1.0, roughness=0.0),),
        ),
        replace(
            body("lamp#1", box_mesh(0.1, 0.1, 0.1), (1, 1, 1), (1.6, 0, 0)),
            materials=(substance("light", (0.9, 0.6, 0.2), emission=0.5),),
        ),
        gold_and_glass(),
    )
    orders = {b: Order(map_px=128) for b in shot.stage.body_ids}
    orders["ground"] = Order(map_px=128, within_m=(0.5, 0.25, 0.75))
    before = blender_holds()
    found = dressed_surfaces(shot, orders)
    assert blender_holds() == before
    return found


def test_every_surface_is_whole(dressed):
    for surfaces in dressed.values():
        for surface in surfaces:
            count = len(surface.points)
            assert surface.triangles.min() >= 0
            assert surface.triangles.max() < count
            np.testing.assert_allclose(np.linalg.norm(surface.normals, axis=1), 1, atol=1e-5)
            assert (surface.uv is not None) == surface.look.has_maps
            if surface.uv is not None:
                assert surface.uv.shape == (count, 2)
                assert ((surface.uv > -0.001) & (surface.uv < 1.001)).all()


def test_wood_is_a_picture_of_wood(dressed):
    (surface,) = dressed["crate#1"]
    picture = surface.look.color_map
    assert picture.shape == (128, 128, 3)
    assert picture.std(axis=(0, 1)).min() > 3
    red, green, blue = linear_mean(picture)
    assert red > green > blue
    np.testing.assert_allclose(linear_mean(picture), (0.45, 0.22, 0.08), rtol=0.35)
    np.testing.assert_allclose(np.ptp(surface.points, axis=0), (0.4, 0.3, 0.2), atol=1e-6)
    # Each face has a place of its own in the picture.
    assert len(np.unique(surface.uv.round(4), axis=0)) == 24


def test_equal_bodies_share_what_was_baked(dressed):
    assert dressed["ball#1"] is dressed["ball#2"]


def test_glass_is_clear_and_needs_no_picture(dressed):
    (surface,) = dressed["glass#1"]
    assert surface.look.opacity < 0.5
    assert not surface.look.has_maps


def test_a_lamp_sends_out_its_colour(dressed):
    look = dressed["lamp#1"][0].look
    assert look.glows
    np.testing.assert_allclose(look.emission, (0.45, 0.3, 0.1), rtol=0.1)


def test_metal_keeps_its_colour_and_what_is_clear_is_apart(dressed):
    metal, glass = dressed["box#1"]
    assert (len(metal.triangles), len(glass.triangles)) == (10, 2)
    assert metal.look.metallic > 0.95
    colors = metal.look.base_color
    np.testing.assert_allclose(colors, (0.9, 0.6, 0.1), rtol=0.25)
    assert glass.look.opacity < 0.5 < metal.look.opacity


def test_a_floor_is_cut_to_a_disc(dressed):
    (surface,) = dressed["ground"]
    away = np.hypot(*(surface.points[:, :2] - (0.5, 0.25)).T)
    assert away.max() == pytest.approx(0.75, abs=0.002)
    corners = surface.points[surface.triangles][..., :2].astype(float)
    (ax, ay), (bx, by) = ((corners[:, k] - corners[:, 0]).T for k in (1, 2))
    assert (ax * by - ay * bx).sum() / 2 == pytest.approx(np.pi * 0.75**2, rel=0.01)
    assert (surface.normals[:, 2] > 0.99).all()


def test_fewer_triangles_keep_the_shape():
    ball = body("ball#1", ball_mesh(0.1, 16), (0.6, 0.02, 0.02), (0, 0, 0))
    (surface,) = dressed_surfaces(shot_of(ball), {"ball#1": Order(map_px=64, keep=0.4)})["ball#1"]
    assert len(surface.triangles) <= 0.45 * len(ball.mesh.triangles)
    away = np.linalg.norm(surface.points - (0, 0, 0.1), axis=1)
    np.testing.assert_allclose(away, 0.1, atol=0.004)


def test_corners_know_their_vertex():
    ball = body("ball#1", ball_mesh(0.1, 8), (0.6, 0.02, 0.02), (0, 0, 0))
    (surface,) = dressed_surfaces(shot_of(ball), {"ball#1": Order(map_px=64)})["ball#1"]
    np.testing.assert_allclose(surface.points, ball.mesh.vertices[surface.vertex], atol=1e-6)


def alike(first, second):
    """Whether two surfaces are the same to the last bit."""
    for name in ("points", "normals", "uv", "triangles", "vertex"):
        a, b = getattr(first, name), getattr(second, name)
        assert (a is None) == (b is None)
        assert a is None or (a.dtype == b.dtype and np.array_equal(a, b))
    for name in ("color_map", "surface_map", "normal_map", "base_color", "emission"):
        a, b = getattr(first.look, name), getattr(second.look, name)
        assert (a is None) == (b is None)
        assert a is None or (a.dtype == b.dtype and np.array_equal(a, b))
    for name in ("name", "roughness", "metallic", "opacity", "ior", "glows", "two_sided"):
        assert getattr(first.look, name) == getattr(second.look, name)


def test_what_was_baked_once_is_not_baked_again(tmp_path, monkeypatch):
    shot = shot_of(
        body("crate#1", box_mesh(0.4, 0.3, 0.2), (0.45, 0.22, 0.08), (0, 0, 0), material="wood"),
        gold_and_glass(),
    )
    orders = {b: Order(map_px=64) for b in shot.stage.body_ids}
    store = SurfaceStore(tmp_path / "kept")
    first = dressed_surfaces(shot, orders, store=store)
    (damaged, *_) = sorted(store.folder.iterdir())
    assert len(list(store.folder.iterdir())) == 2

    def never(*_args, **_more):
        raise AssertionError("it was baked again")

    with monkeypatch.context() as patch:
        patch.setattr(baking, "open_theatre", never)
        second = dressed_surfaces(shot, orders, store=store)
        with pytest.raises(AssertionError, match="baked again"):
            dressed_surfaces(shot, {"crate#1": Order(map_px=32)}, store=store)
        damaged.write_bytes(damaged.read_bytes()[:200])
        with pytest.raises(AssertionError, match="baked again"):
            dressed_surfaces(shot, orders, store=store)
    for body_id, surfaces in first.items():
        for before, after in zip(surfaces, second[body_id], strict=True):
            alike(before, after)
    mended = dressed_surfaces(shot, orders, store=store)
    assert damaged.stat().st_size > 200
    alike(mended["crate#1"][0], first["crate#1"][0])


def test_a_key_names_all_that_is_baked_from(tmp_path):
    plain = body("crate#1", box_mesh(0.4, 0.3, 0.2), (0.4, 0.2, 0.1), (0, 0, 0), material="wood")
    picture = tmp_path / "wood.png"
    picture.write_bytes(b"one")
    worn = replace(plain.materials[0], textures={"base_color": "wood.png"})
    crate = replace(plain, materials=(worn,) * len(plain.materials))

    def key(what=crate, order=None, index=1, deforms=False):
        order = order or Order()
        return surface_key(what, order, index=index, deforms=deforms, textures_root=tmp_path)

    keys = [
        key(), key(plain), key(order=Order(keep=0.5)), key(index=2), key(deforms=True),
        key(replace(crate, mesh=box_mesh(0.4, 0.3, 0.3))),
    ]  # fmt: skip
    assert key() == keys[0]
    picture.write_bytes(b"two")
    assert len({*keys, key()}) == len(keys) + 1


def test_the_store_holds_no_more_than_it_may(tmp_path, monkeypatch, dressed):
    store = SurfaceStore(tmp_path)
    monkeypatch.setattr(kept, "MOST_BYTES", 3000)
    for name in "abcd":
        store.keep(name, dressed["glass#1"])
    sizes = [path.stat().st_size for path in tmp_path.glob("*.npz")]
    assert 0 < sum(sizes) <= 3000
    assert store.find("d") is not None
    assert store.find("a") is None


def test_one_colour_needs_no_picture():
    assert not varies(np.full((4, 4, 3), 77, np.uint8))
    noisy = np.full((64, 64, 3), 77, np.uint8)
    noisy[::2, :, 1] = 83
    assert varies(noisy)
