"""Pictures become films that players understand."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from pipeline.encode.gif import encode_gif
from pipeline.encode.mp4 import encode_mp4, yuv420p_from_srgb
from render.frames import Picture
from scene_builder.model.errors import EncodeError, RunFolderError

COLORS = [(200, 30, 60), (10, 240, 20), (20, 40, 220), (255, 255, 255), (0, 0, 0), (128, 128, 128)]
RATES = [Fraction(24), Fraction(24000, 1001), Fraction(25, 2)]


def plain(count: int = 6, size: tuple[int, int] = (64, 36)) -> Iterator[Picture]:
    for k in range(count):
        yield np.full((size[1], size[0], 3), COLORS[k % len(COLORS)], np.uint8)


@pytest.mark.parametrize("fps", RATES)
def test_a_film_has_exact_times_and_the_colours_that_it_was_given(
    tmp_path: Path, fps: Fraction
) -> None:
    tags = {"title": "Ein Ball, 日本", "comment": "prompt: a ball; seed: 7"}
    path = encode_mp4(tmp_path / "film.mp4", plain(), fps=fps, tags=tags)
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert stream.average_rate == fps
        context = stream.codec_context
        assert (context.colorspace, context.color_primaries, context.color_trc) == (1, 1, 1)
        assert context.color_range == 1  # limited
        assert {key: film.metadata[key] for key in tags} == tags
        frames = list(film.decode(stream))
    assert [frame.pts * frame.time_base for frame in frames] == [k / fps for k in range(6)]
    for frame, color in zip(frames, COLORS, strict=True):
        shown = frame.to_ndarray(format="rgb24")[18, 32].astype(int)
        assert np.abs(shown - color).max() <= 3


def test_the_index_comes_first_and_bytes_repeat(tmp_path: Path) -> None:
    films = [
        encode_mp4(tmp_path / f"{k}.mp4", plain(), fps=Fraction(24), tags={"title": "t"})
        for k in range(2)
    ]
    content = films[0].read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    assert films[1].read_bytes() == content


def test_luma_and_chroma_are_bt709() -> None:
    red = yuv420p_from_srgb(np.full((2, 2, 3), (255, 0, 0), np.uint8))
    assert red.tolist() == [[63, 63], [63, 63], [102, 240]]
    white = yuv420p_from_srgb(np.full((2, 2, 3), 255, np.uint8))
    assert white.tolist() == [[235, 235], [235, 235], [128, 128]]


def test_bad_pictures_make_no_film(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with pytest.raises(EncodeError, match="no pictures"):
        encode_mp4(path, [], fps=Fraction(24), tags={})
    with pytest.raises(EncodeError, match="even sizes"):
        encode_mp4(path, plain(1, (63, 36)), fps=Fraction(24), tags={})
    with pytest.raises(EncodeError, match="picture 1 has another size"):
        encode_mp4(path, [*plain(1), *plain(1, (32, 36))], fps=Fraction(24), tags={})
    assert not any(tmp_path.iterdir())


def test_an_interrupted_film_leaves_the_old_one(tmp_path: Path) -> None:
    path = encode_mp4(tmp_path / "film.mp4", plain(), fps=Fraction(24), tags={})
    old = path.read_bytes()

    def interrupted() -> Iterator[Picture]:
        yield from plain(2)
        raise RunFolderError("a picture is damaged")

    with pytest.raises(RunFolderError, match="damaged"):
        encode_mp4(path, interrupted(), fps=Fraction(24), tags={})
    assert path.read_bytes() == old
    assert [p.name for p in tmp_path.iterdir()] == ["film.mp4"]


@pytest.mark.parametrize("fps", [Fraction(24), Fraction(60), Fraction(10)])
def test_a_gif_lasts_as_long_as_the_film(tmp_path: Path, fps: Fraction) -> None:
    path = encode_gif(tmp_path / "film.gif", plain(12), fps=fps)
    with Image.open(path) as gif:
        delays = []
        for k in range(gif.n_frames):
            gif.seek(k)
            delays.append(gif.info["duration"])
        assert gif.info["loop"] == 0
    assert abs(sum(delays) / 1000 - float(12 / fps)) <= 0.01
    assert min(delays) >= 20
