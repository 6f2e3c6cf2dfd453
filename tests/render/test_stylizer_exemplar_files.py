"""The picture is a stranger's file: what it may be, and what is said of one that cannot be used."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from pipeline.cache import Site, identity
from pipeline.command_line.main import main
from pipeline.manifest import Manifest, settings_document, settings_of
from pipeline.parts import Parts
from pipeline.run_folder.folder import RunFolder
from pipeline.settings import Options, settings_from
from pipeline.steps.style_picture import STYLE_PICTURE, having_looked, keep_picture, painter_after
from pipeline.steps.stylize import STYLIZE
from render.flat import FlatRenderer
from render.shot import Shot
from render.stylize.exemplar.picture import KEPT_SIDE_PX, read_exemplar
from render.stylize.exemplar.stylizer import ExemplarStylizer
from render.stylize.painter import PainterStylizer
from render.stylize.plain import PlainStylizer
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import Look
from tests.render.exemplars import poster
from tests.render.stages import ball_mesh, body, ground, make_motion, make_stage, make_track


def png_of_size(width, height):
    """A PNG whose header claims a size, with next to no data."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(
            ">I", zlib.crc32(kind + data)
        )  # fmt: skip

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0"))


def png():
    stream = io.BytesIO()
    poster().save(stream, "PNG")
    return stream.getvalue()


BAD = {
    "missing.png": (None, "is not there; give the path of a picture"),
    "empty.png": (b"", "is no picture; give one of PNG, JPEG"),
    "words.jpg": (b"I am no picture", "is no picture"),
    "cut.png": (png()[: len(png()) // 2], "cannot be read"),
    "huge.png": (png_of_size(11_000, 10_000), "has 11000 × 10000 pixels; allowed are 100 million"),
    "bomb.png": (png_of_size(60_000, 60_000), "allowed are 100 million"),
    "thin.png": (png_of_size(4000, 40), "at most 16 times as long as wide"),
    "small.png": (png_of_size(16, 16), "it must have 32 each way"),
    "figure.eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n", "is no picture"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_picture_that_cannot_be_used_is_one_line(name, tmp_path, capsys):
    content, says = BAD[name]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    run = tmp_path / "run"
    asked = ["make", "A red ball falls", "--out", str(run), "--style-image", str(tmp_path / name)]
    assert main(asked) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("worldreel: --style-image ")
    assert says in lines[0]
    assert not run.exists()


def test_a_folder_is_no_picture(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        read_exemplar(tmp_path)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_any_mode_is_read_as_colours(mode, tmp_path):
    picture = poster()
    if mode == "I;16":
        grey = np.asarray(picture.convert("L")).astype(np.uint16) * 257
        picture = Image.fromarray(grey)
    else:
        picture = picture.convert("L" if mode == "F" else "RGB").convert(mode)
    path = tmp_path / f"picture.{'tif' if mode in {'CMYK', 'F'} else 'png'}"
    picture.save(path)
    seen, shown = read_exemplar(path), np.asarray(poster().convert("RGB"))
    assert seen.shape == shown.shape
    assert seen.dtype == np.uint8
    if mode not in {"RGB", "RGBA", "P", "CMYK"}:
        shown = np.asarray(poster().convert("L").convert("RGB"))
    off = np.abs(seen.astype(float).mean((0, 1)) - shown.mean((0, 1))).max()
    assert off < (12 if mode in {"1", "P"} else 2)


def test_what_is_transparent_is_white_and_what_lies_on_its_side_is_turned(tmp_path):
    clear = Image.new("RGBA", (64, 48), (255, 0, 0, 0))
    clear.save(tmp_path / "clear.png")
    assert read_exemplar(tmp_path / "clear.png").min() == 255
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by 90° clockwise
    Image.new("RGB", (96, 40)).save(tmp_path / "turned.jpg", exif=exif)
    assert read_exemplar(tmp_path / "turned.jpg").shape == (96, 40, 3)


def test_large_pictures_are_kept_small(tmp_path):
    poster().resize((3000, 2250)).save(tmp_path / "large.jpg")
    assert read_exemplar(tmp_path / "large.jpg").shape == (768, KEPT_SIDE_PX, 3)


def options(tmp_path, **more):
    poster().save(tmp_path / "photo.png")
    return Options(style_image=str(tmp_path / "photo.png"), **more)


def test_a_picture_takes_the_place_of_an_earlier_look_and_the_other_way_round(tmp_path):
    earlier = settings_from(Options(style="oil", stylizer="painter"))
    after = settings_from(options(tmp_path), earlier=earlier)
    assert (after.style, after.stylizer) == (None, None)
    assert isinstance(Parts(after)._after_picture, ExemplarStylizer)
    stored = settings_of(Manifest(settings=settings_document(after)))
    assert stored == after
    assert settings_from(Options(fps="12"), earlier=stored).style_image == after.style_image
    for other in (Options(style="oil"), Options(stylizer="toon")):
        assert settings_from(other, earlier=stored).style_image is None
    with pytest.raises(SettingsError, match="give one of them"):
        settings_from(options(tmp_path, style="oil"))
    with pytest.raises(SettingsError, match="paints after no picture"):
        Parts(settings_from(options(tmp_path, stylizer="toon"))).check()
    with pytest.raises(SettingsError, match="give --style-image"):
        Parts(settings_from(Options(stylizer="exemplar"))).check()


class Film:
    """Frames as the render step gives them."""

    identity = "these"

    def __init__(self, frames):
        self.frames = frames

    def __iter__(self):
        return iter(self.frames)


@pytest.fixture(scope="module")
def shot():
    ball = body("ball#1", ball_mesh(0.3), (0.6, 0.02, 0.02), (-0.2, 0.0, 0.5))
    stage = make_stage([ground(), ball], frames=3, subjects=("ball#1",))
    motion = make_motion(stage, {"ball#1": ((1.0, 0.0, 0.0), 2.0)})
    return Shot(stage=stage, trajectory=motion, track=make_track(3, drift=0.01))


def test_the_run_keeps_the_picture_and_stays_whole_without_the_file(shot, tmp_path):
    given = options(tmp_path).style_image
    folder = RunFolder(tmp_path / "run")
    folder.path.mkdir()
    film = Film(list(FlatRenderer().render(shot.stage, shot.trajectory, shot.track)))
    first = painter_after(given, None, folder.path)
    styled = STYLIZE.work(shot, film, Look(), first, 0, site=Site(folder=folder)).record
    assert styled.drift.style == "areas of a picture"
    saved = STYLIZE.save(folder, styled)
    assert folder / STYLE_PICTURE in saved
    assert STYLIZE.load(folder).exemplar == folder / STYLE_PICTURE
    (tmp_path / "photo.png").unlink()
    again = painter_after(given, None, folder.path)
    assert identity(again) == identity(first)
    assert painter_after(given, None, tmp_path).picture.shape == first.picture.shape  # of a shot
    assert keep_picture(folder, PainterStylizer()) is None
    assert not (folder / STYLE_PICTURE).exists()
    with pytest.raises(SettingsError, match="is not there"):
        painter_after(given, None, folder.path)


def test_the_whole_shot_is_looked_at_before_it_is_painted(shot, tmp_path):
    frames = list(FlatRenderer().render(shot.stage, shot.trajectory, shot.track))
    given = options(tmp_path).style_image
    stylizer = painter_after(given, "exemplar", None)
    looked = having_looked(stylizer, shot, Film(frames))
    assert len(looked.film_colors) > 2 * len(having_looked(stylizer, shot, frames[:1]).film_colors)
    assert identity(looked) == identity(stylizer)
    assert having_looked(PlainStylizer(), shot, Film(frames)) == PlainStylizer()


def test_another_picture_is_another_key(tmp_path):
    given = options(tmp_path).style_image
    one = identity(painter_after(given, None, None))
    poster().transpose(Image.Transpose.ROTATE_180).save(given)
    assert identity(painter_after(given, None, None)) != one
