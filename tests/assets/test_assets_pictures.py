"""Pictures: checked, kept once, re-coloured."""

import io

import numpy as np
import pytest
from PIL import Image

from scene_builder.assets.decompose import cache_folder
from scene_builder.assets.pictures import (
    is_see_through,
    kept,
    mean_color,
    multiplied,
    picture_from,
    pixels,
    tinted,
)
from scene_builder.model.errors import AssetError


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path / "cache"))


def encoded(image, kind="PNG", **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def two_tone(light=(200, 180, 90), dark=(60, 40, 10), size=(64, 32)):
    image = Image.new("RGB", size, light)
    image.paste(dark, (0, 0, size[0] // 2, size[1]))
    return picture_from(encoded(image), "test")


def test_what_is_kept_is_small_bare_and_written_once():
    exif = Image.Exif()
    exif[0x010E] = "a note that must not survive"
    content = encoded(Image.new("RGB", (3000, 1500), (10, 200, 30)), "JPEG", exif=exif)
    assert b"must not survive" in content
    name = kept(picture_from(content, "test"))
    path = cache_folder() / name
    assert name.startswith("textures/")
    assert name.endswith(".jpg")
    with Image.open(path) as image:
        assert image.size == (1024, 512)
    assert b"must not survive" not in path.read_bytes()
    before = path.stat().st_mtime_ns
    assert kept(picture_from(content, "test")) == name
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("kind", ["BMP", "GIF", "TIFF", "WEBP"])
def test_other_formats_become_png_or_jpeg(kind):
    picture = picture_from(encoded(Image.new("RGB", (8, 8), (200, 30, 30)), kind), "test")
    assert picture.suffix in (".png", ".jpg")
    assert mean_color(picture)[0] == pytest.approx(0.578, abs=0.03)


def test_a_tint_keeps_light_and_dark_and_has_the_asked_mean():
    plain, asked = two_tone(), np.array([0.05, 0.1, 0.6])
    blue = tinted(plain, asked)
    before, after = pixels(plain), pixels(blue)
    weights = np.array([0.2126, 0.7152, 0.0722])
    ratio = (after[16, 60, :3] @ weights) / (after[16, 4, :3] @ weights)
    assert ratio == pytest.approx(
        (before[16, 60, :3] @ weights) / (before[16, 4, :3] @ weights), rel=0.3
    )
    assert (after[..., 2] > after[..., 0]).all()
    assert mean_color(blue) == pytest.approx(asked, abs=0.12)
    assert kept(blue) != kept(plain)


def test_only_what_a_surface_shows_counts():
    picture = two_tone()
    dark = mean_color(picture, np.array([[0.1, 0.5], [0.2, 0.4]]))
    light = mean_color(picture, np.array([[0.9, 0.5], [1.8, -0.4]]))
    assert dark.sum() < light.sum() / 3
    assert multiplied(picture, np.ones(3)) is picture
    assert mean_color(multiplied(picture, np.array([1.0, 0, 0])))[1] == pytest.approx(0, abs=0.01)


def test_transparency_is_kept_where_it_counts():
    image = Image.new("RGBA", (16, 16), (20, 200, 20, 255))
    image.paste((0, 0, 0, 0), (0, 0, 8, 16))
    content = encoded(image)
    leaf = picture_from(content, "test")
    assert is_see_through(leaf)
    assert not is_see_through(leaf, np.array([[0.9, 0.5]]))
    assert not is_see_through(picture_from(content, "test", with_alpha=False))
    with Image.open(cache_folder() / kept(leaf)) as kept_image:
        assert kept_image.mode == "RGBA"


def test_what_is_no_picture_is_refused_in_one_line():
    with pytest.raises(AssetError, match="the texture x cannot be read") as caught:
        picture_from(b"no picture", "x")
    assert "\n" not in str(caught.value)
    whole = encoded(Image.effect_noise((64, 64), 80).convert("RGB"))
    cut = picture_from(whole[: len(whole) // 2], "x")
    with pytest.raises(AssetError, match="cannot be read"):
        kept(cut)
    with pytest.raises(AssetError, match="allowed are 64 MB"):
        picture_from(bytes(64_000_001), "x")
