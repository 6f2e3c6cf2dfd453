"""One eye's pictures as a plain HEVC stream whose twin has exactly the same structure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pipeline.encode.mp4 import yuv420p_from_srgb
from render.frames import Picture
from scene_builder.model.errors import EncodeError

CRF = 18
"""Constant quality."""
BETWEEN = 3
"""Bidirectional pictures between two others."""
SMALLEST_BLOCKS = 64
"""Pictures smaller than this need smaller blocks."""
_BT709, _LIMITED = 1, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One encoded picture, in the order in which pictures are decoded.

    Attributes:
        shown: When it is shown [frames].
        data: Its NAL units, with start codes.
    """

    shown: int
    data: bytes


def encode_eyes(
    left: Iterable[Picture], right: Iterable[Picture], *, fps: Fraction, crf: int = CRF
) -> tuple[list[Packet], list[Packet]]:
    """Encode the pictures of both eyes so that their streams have the same structure.

    x265 now and then places its bidirectional pictures by what it sees, although it is asked for
    a fixed pattern; then both eyes do without.

    Args:
        left: sRGB pictures (h w 3) uint8 of one size, even in both directions; they may be
            asked for a second time.
        right: As many of the same size.
        fps: Frames per second.
        crf: Constant quality, 0 (best) to 51.

    Raises:
        EncodeError: If there are no pictures, or their sizes differ or are odd.
    """
    for between in (BETWEEN, 0):
        pair = [encode_eye(eye, fps=fps, crf=crf, between=between) for eye in (left, right)]
        if [packet.shown for packet in pair[0]] == [packet.shown for packet in pair[1]]:
            break
    return pair[0], pair[1]


def encode_eye(
    pictures: Iterable[Picture], *, fps: Fraction, crf: int = CRF, between: int = BETWEEN
) -> list[Packet]:
    """Encode the pictures of one eye as HEVC Main.

    The structure depends on nothing that is in the pictures: closed groups of a second, frames
    between references in a fixed pattern, one slice a picture.

    Args:
        pictures: sRGB pictures (h w 3) uint8 of one size, even in both directions.
        fps: Frames per second.
        crf: Constant quality, 0 (best) to 51.
        between: Bidirectional pictures between two others.

    Raises:
        EncodeError: If there are no pictures, or their sizes differ or are odd.
    """
    import av

    encoder: Any = None
    packets: list[Packet] = []
    try:
        for k, picture in enumerate(pictures):
            height, width = picture.shape[:2]
            if encoder is None:
                encoder = _encoder(width, height, fps, {"crf": str(crf)}, between)
            if (encoder.width, encoder.height) != (width, height):
                raise EncodeError(f"picture {k} has another size than the first")
            frame = av.VideoFrame.from_ndarray(yuv420p_from_srgb(picture), format="yuv420p")
            frame.colorspace, frame.color_range = _BT709, _LIMITED
            frame.pts, frame.time_base = k, 1 / fps
            packets += _packets(encoder.encode(frame))
        if encoder is None:
            raise EncodeError("there are no pictures to encode; render first")
        packets += _packets(encoder.encode(None))
    except av.error.FFmpegError as error:
        raise EncodeError(f"the eye could not be encoded: {error}") from error
    return packets


def _packets(made: Iterable[Any]) -> Iterator[Packet]:
    for packet in made:
        yield Packet(shown=packet.pts, data=bytes(packet))


def _encoder(width: int, height: int, fps: Fraction, quality: dict[str, str], between: int) -> Any:  # noqa: ANN401 - PyAV
    import av

    if width % 2 or height % 2:
        raise EncodeError(f"{width}x{height} given; HEVC films need even sizes")
    encoder: Any = av.CodecContext.create("libx265", "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.framerate, encoder.time_base = fps, 1 / fps
    encoder.color_range, encoder.colorspace = _LIMITED, _BT709
    encoder.color_primaries, encoder.color_trc = _BT709, _BT709
    group = max(1, round(fps))
    fixed = {
        "keyint": group, "min-keyint": group, "scenecut": 0, "open-gop": 0, "b-adapt": 0,
        "bframes": between, "weightp": 0, "weightb": 0, "wpp": 0, "slices": 1, "frame-threads": 1,
        "pools": "none", "aud": 0, "info": 0, "hrd": 0, "repeat-headers": 1, "rc-lookahead": 20,
        "range": "limited", "colorprim": "bt709", "transfer": "bt709", "colormatrix": "bt709",
        "log-level": "error", "ctu": 64 if min(width, height) >= SMALLEST_BLOCKS else 16,
    }  # fmt: skip
    params = ":".join(f"{name}={value}" for name, value in fixed.items())
    encoder.options = quality | {"preset": "medium", "x265-params": params}
    return encoder
