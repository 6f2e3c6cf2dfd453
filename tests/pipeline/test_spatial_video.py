"""Two eyes become one film, bit by bit as they were encoded alone."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.export.spatial.container.boxes import walk
from pipeline.export.spatial.container.entries import StereoView
from pipeline.export.spatial.container.movie import movie
from pipeline.export.spatial.hevc import nal
from pipeline.export.spatial.hevc.bits import BitReader, BitWriter, escaped, unescaped
from pipeline.export.spatial.hevc.eyes import Packet, encode_eye, encode_eyes
from pipeline.export.spatial.hevc.merging import Stream, merged
from render.frames import Picture
from scene_builder.model.arrays import Array
from scene_builder.model.errors import EncodeError

VIEW = StereoView(baseline_mm=64, hfov_deg=39.6)
FPS = Fraction(24)
SIZES = [(64, 48, 6), (130, 72, 9), (96, 64, 1), (64, 64, 26)]


def pattern(width: int, height: int, count: int, shift: int) -> list[Picture]:
    """Moving stripes and a box; the box of the other eye stands elsewhere."""
    y, x = np.mgrid[0:height, 0:width]
    pictures = []
    for k in range(count):
        planes = [(2 * x + 3 * k) % 256, (3 * y + 2 * k) % 256, (x + y) % 256]
        picture = np.stack(planes, axis=-1).astype(np.uint8)
        left = (width // 4 + 3 * k + shift) % (width // 2)
        picture[height // 4 : height // 2, left : left + width // 6] = (250, 20, 20)
        pictures.append(picture)
    return pictures


def decoded(packets: list[Packet]) -> list[Array]:
    decoder = av.CodecContext.create("hevc", "r")
    frames = [f for packet in packets for f in decoder.decode(av.Packet(packet.data))]
    return [frame.to_ndarray() for frame in [*frames, *decoder.decode(None)]]


def views(path: Path, options: dict[str, str]) -> list[tuple[int, Array]]:
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        stream.codec_context.options = options
        stream.thread_count = 1
        return [(frame.pts, frame.to_ndarray()) for frame in film.decode(stream)]


def stream_of(width: int = 64, height: int = 48, count: int = 6) -> Stream:
    return merged(*eyes(width, height, count))


def eyes(width: int, height: int, count: int) -> tuple[list[Packet], list[Packet]]:
    left, right = (pattern(width, height, count, shift) for shift in (0, 4))
    return encode_eyes(left, right, fps=FPS)


@pytest.mark.parametrize(("width", "height", "count"), SIZES)
def test_both_eyes_decode_bit_exactly_as_if_encoded_alone(
    tmp_path: Path, width: int, height: int, count: int
) -> None:
    left, right = eyes(width, height, count)
    path = tmp_path / "film.mov"
    path.write_bytes(movie(merged(left, right), fps=FPS, view=VIEW))
    both = views(path, {"view_ids": "-1"})
    assert len(both) == 2 * count
    times = [pts for pts, _ in both[0::2]]
    assert times == [pts for pts, _ in both[1::2]] == sorted(set(times))
    for alone, shown in ((left, both[0::2]), (right, both[1::2])):
        for one, (_, other) in zip(decoded(alone), shown, strict=True):
            np.testing.assert_array_equal(one, other)


def test_plain_players_show_the_left_eye(tmp_path: Path) -> None:
    left, right = eyes(64, 48, 6)
    path = tmp_path / "film.mov"
    path.write_bytes(movie(merged(left, right), fps=FPS, view=VIEW))
    for one, (_, shown) in zip(decoded(left), views(path, {}), strict=True):
        np.testing.assert_array_equal(one, shown)
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        assert (stream.codec_context.name, stream.width, stream.height) == ("hevc", 64, 48)
        assert stream.average_rate == FPS


def test_the_boxes_are_those_that_a_headset_looks_for() -> None:
    boxes = {box.path: box.content for box in walk(movie(stream_of(), fps=FPS, view=VIEW))}
    entry = "moov/trak/mdia/minf/stbl/stsd/hvc1"
    assert boxes[f"{entry}/vexu/eyes/stri"].hex() == "0000000003"
    assert boxes[f"{entry}/vexu/eyes/hero"].hex() == "0000000001"
    assert int.from_bytes(boxes[f"{entry}/vexu/eyes/cams/blin"][4:]) == 64_000
    assert int.from_bytes(boxes[f"{entry}/vexu/eyes/cmfy/dadj"][4:]) == 0
    assert boxes[f"{entry}/vexu/proj/prji"][4:] == b"rect"
    assert int.from_bytes(boxes[f"{entry}/hfov"]) == 39_600
    assert boxes[f"{entry}/hvcC"][22] == 4  # VPS, SPS, PPS and the message about the views
    # As AVFoundation writes its head: version, one temporal layer, lengths of four bytes.
    assert boxes[f"{entry}/lhvC"][:6].hex() == "01f000fccb02"


def test_players_tell_title_comment_and_copyright(tmp_path: Path) -> None:
    tags = {"title": "A ball", "comment": "prompt: ein Bäll; seed: 1", "copyright": "© Ágnes"}
    path = tmp_path / "film.mov"
    path.write_bytes(movie(stream_of(count=1), fps=FPS, view=VIEW, tags=tags))
    with av.open(str(path)) as film:
        assert tags.items() <= film.metadata.items()


def test_every_sample_holds_the_left_eye_and_then_the_right() -> None:
    stream = stream_of()
    for sample in stream.samples:
        assert [nal.layer(u) for u in sample.units] == [0, 1]
        assert nal.kind(sample.units[0]) == nal.kind(sample.units[1])
    assert [s.opens for s in stream.samples] == [True] + [False] * 5
    assert stream.sets.sequence.size == (64, 48)


def test_a_film_repeats_byte_by_byte() -> None:
    first, second = (movie(stream_of(), fps=FPS, view=VIEW) for _ in range(2))
    assert first == second


def test_eyes_of_other_lengths_or_sizes_are_refused() -> None:
    left = pattern(64, 48, 3, 0)
    with pytest.raises(EncodeError, match="not of the same length"):
        merged(*encode_eyes(left, left[:2], fps=FPS))
    with pytest.raises(EncodeError, match="other settings"):
        merged(*(encode_eye(eye, fps=FPS) for eye in (left, pattern(96, 48, 3, 0))))
    with pytest.raises(EncodeError, match="no pictures"):
        encode_eyes([], [], fps=FPS)
    with pytest.raises(EncodeError, match="even sizes"):
        encode_eye([np.zeros((48, 63, 3), np.uint8)], fps=FPS)


def payloads() -> Iterator[bytes]:
    rng = np.random.default_rng(0)
    for size in (1, 2, 3, 17, 400):
        yield rng.integers(0, 4, size).astype(np.uint8).tobytes()
    yield from (bytes(1), bytes(2), bytes(3), bytes(7), b"\x00\x00\x03", b"\x00\x00\x01\x00\x00")


@pytest.mark.parametrize("payload", list(payloads()))
def test_start_codes_never_appear_inside_of_a_unit(payload: bytes) -> None:
    stored = escaped(payload)
    assert all(code not in stored for code in (b"\0\0\0", b"\0\0\1", b"\0\0\2"))
    assert unescaped(stored) == payload


def test_numbers_are_read_as_they_were_written() -> None:
    out = BitWriter().bits(5, 3).flags(1, 0)
    for number in range(70):
        out.golomb(number)
    reader = BitReader(out.payload())
    assert (reader.bits(3), reader.flag(), reader.flag()) == (5, True, False)
    assert [reader.golomb() for _ in range(70)] == list(range(70))
    with pytest.raises(EOFError):
        reader.bits(64)
