"""A QuickTime file around a stream with two layers."""

import struct
from collections.abc import Mapping
from fractions import Fraction

from pipeline.export.spatial.container.boxes import HEADER_BYTES, box, full_box
from pipeline.export.spatial.container.entries import (
    StereoView,
    color_box,
    hevc_configuration,
    layered_configuration,
    stereo_boxes,
)
from pipeline.export.spatial.hevc.merging import Sample, Stream

_LEAST_TICKS = 600
"""Ticks a second at least: what QuickTime counts in by custom."""
_UNDEFINED_LANGUAGE = 0x55C4
_MOST_WORDS_BYTES = 0xFFFF
_TEXTS = {"title": "©nam", "comment": "©cmt", "copyright": "©cpy"}
_INCH = 72 << 16
_UPRIGHT = struct.pack(">9I", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


def movie(
    stream: Stream, *, fps: Fraction, view: StereoView, tags: Mapping[str, str] | None = None
) -> bytes:
    """Return a whole .mov file of one video track.

    Args:
        stream: What is shown.
        fps: Frames per second, exact.
        view: How two eyes see it.
        tags: What players tell of it: `title`, `comment` and `copyright`.
    """
    kind = box("ftyp", b"qt  ", struct.pack(">I", 0x20110700), b"qt  ", b"isom", b"mp42")
    samples = [_prefixed(sample) for sample in stream.samples]
    media = box("mdat", *samples)
    entry = _sample_entry(stream, view)
    sizes = [len(sample) for sample in samples]
    offset = len(kind) + HEADER_BYTES
    told = _user_data(tags or {})
    return kind + media + _movie_box(stream, entry, sizes, offset, fps, told)


def ticks(fps: Fraction) -> tuple[int, int]:
    """Return ticks a second, and ticks a frame."""
    factor = -(-_LEAST_TICKS // fps.numerator)
    return fps.numerator * factor, fps.denominator * factor


def _prefixed(sample: Sample) -> bytes:
    return b"".join(struct.pack(">I", len(unit)) + unit for unit in sample.units)


def _sample_entry(stream: Stream, view: StereoView) -> bytes:
    width, height = stream.sets.sequence.size
    head = struct.pack(
        ">6xH16xHHIIIH32xHh", 1, width, height, _INCH, _INCH, 0, 1, 24, -1
    )  # fmt: skip
    return box(
        "hvc1", head, hevc_configuration(stream.sets), layered_configuration(stream.sets),
        color_box(), stereo_boxes(view),
    )  # fmt: skip


def _user_data(tags: Mapping[str, str]) -> bytes:
    """Return `udta` with texts (QuickTime File Format, "User Data Text"), or nothing."""
    texts = [_text(kind, tags.get(name, "")) for name, kind in _TEXTS.items()]
    return box("udta", *texts) if any(texts) else b""


def _text(kind: str, text: str) -> bytes:
    words = text.encode()
    while len(words) > _MOST_WORDS_BYTES:
        words = words[:-1].decode(errors="ignore").encode()
    head = struct.pack(">HH", len(words), _UNDEFINED_LANGUAGE)
    return box(kind, head, words) if words else b""


def _movie_box(
    stream: Stream, entry: bytes, sizes: list[int], offset: int, fps: Fraction, told: bytes
) -> bytes:
    a_second, a_frame = ticks(fps)
    length = len(sizes) * a_frame
    width, height = stream.sets.sequence.size
    header = full_box(
        "mvhd", struct.pack(">IIIIIH10x", 0, 0, a_second, length, 1 << 16, 1 << 8),
        _UPRIGHT, struct.pack(">24xI", 2),
    )  # fmt: skip
    track = full_box(
        "tkhd", struct.pack(">IIIIIQHHHH", 0, 0, 1, 0, length, 0, 0, 0, 0, 0), _UPRIGHT,
        struct.pack(">II", width << 16, height << 16), flags=3,
    )  # fmt: skip
    media = box(
        "mdia",
        full_box("mdhd", struct.pack(">IIIIHH", 0, 0, a_second, length, _UNDEFINED_LANGUAGE, 0)),
        full_box("hdlr", struct.pack(">I4s12x", 0, b"vide"), b"VideoHandler\0"),
        box(
            "minf",
            full_box("vmhd", bytes(8), flags=1),
            box("dinf", full_box("dref", struct.pack(">I", 1), full_box("url ", flags=1))),
            _table(stream, entry, sizes, offset, a_frame),
        ),
    )
    return box("moov", header, box("trak", track, media), told)


def _table(stream: Stream, entry: bytes, sizes: list[int], offset: int, a_frame: int) -> bytes:
    """Return `stbl`: when every sample is decoded and shown, and where it lies."""
    count = len(sizes)
    opening = [k + 1 for k, sample in enumerate(stream.samples) if sample.opens]
    return box(
        "stbl",
        full_box("stsd", struct.pack(">I", 1), entry),
        full_box("stts", struct.pack(">III", 1, count, a_frame)),
        _shown_later(stream, a_frame),
        full_box("stss", struct.pack(f">I{len(opening)}I", len(opening), *opening)),
        full_box("stsc", struct.pack(">IIII", 1, 1, count, 1)),
        full_box("stsz", struct.pack(f">II{count}I", 0, count, *sizes)),
        full_box("stco", struct.pack(">II", 1, offset)),
    )


def _shown_later(stream: Stream, a_frame: int) -> bytes:
    """Return `ctts`: how much later than it is decoded each sample is shown; may be earlier."""
    runs: list[tuple[int, int]] = []
    for k, sample in enumerate(stream.samples):
        late = (sample.shown - k) * a_frame
        if runs and runs[-1][1] == late:
            runs[-1] = (runs[-1][0] + 1, late)
        else:
            runs.append((1, late))
    if runs == [(len(stream.samples), 0)]:
        return b""
    rows = [struct.pack(">Ii", *run) for run in runs]
    return full_box("ctts", struct.pack(">I", len(rows)), *rows, version=1)
