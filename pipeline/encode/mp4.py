"""H.264 in an mp4 that browsers play."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import UInt8

from pipeline.run_folder.atomic import write_with
from render.frames import Picture
from scene_builder.model.arrays import Array
from scene_builder.model.errors import EncodeError

CRF = 16
"""Constant quality; 16 is indistinguishable from the pictures for nearly everybody."""
THREADS = 4
"""Fixed, because x264's output depends on the number of threads."""
_BT709 = 1
_LIMITED = 1
_COLOR_TAGS = {
    "colorprim": "bt709",
    "transfer": "bt709",
    "colormatrix": "bt709",
    "range": "tv",
}
_SAME_BYTES = {"cpu-independent": "1"}
"""Without it, heights that are no multiple of 16 give other bytes from run to run."""


def encode_mp4(
    path: Path, pictures: Iterable[Picture], *, fps: Fraction, tags: Mapping[str, str]
) -> Path:
    """Write pictures as H.264, yuv420p, BT.709 limited range, index first.

    Args:
        path: Where the film goes; it appears whole or not at all.
        pictures: sRGB pictures (h w 3) uint8 of one size, even in both directions.
        fps: Frames per second, exact.
        tags: Metadata such as `title` and `comment`.

    Raises:
        EncodeError: If there are no pictures, or their sizes differ.
        RunFolderError: If the file cannot be written.
    """
    import av

    try:
        write_with(path, lambda temporary: _write(temporary, pictures, fps=fps, tags=tags))
    except av.error.FFmpegError as error:
        raise EncodeError(f"the film could not be encoded: {error}") from error
    return path


def _write(
    path: Path, pictures: Iterable[Picture], *, fps: Fraction, tags: Mapping[str, str]
) -> None:
    import av

    options = {"movflags": "+faststart"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        container.metadata.update(tags)
        stream: Any = None
        for k, picture in enumerate(pictures):
            if stream is None:
                stream = _stream(container, picture, fps)
            if picture.shape[:2] != (stream.height, stream.width):
                raise EncodeError(f"picture {k} has another size than the first")
            frame = av.VideoFrame.from_ndarray(yuv420p_from_srgb(picture), format="yuv420p")
            frame.colorspace, frame.color_range = _BT709, _LIMITED
            frame.pts, frame.time_base = k, 1 / fps
            container.mux(stream.encode(frame))
        if stream is None:
            raise EncodeError("there are no pictures to encode; stylize first")
        container.mux(stream.encode(None))


def _stream(container: Any, picture: Picture, fps: Fraction) -> Any:  # noqa: ANN401 - PyAV
    height, width = picture.shape[:2]
    if height % 2 or width % 2:
        raise EncodeError(f"{width}x{height} given; H.264 films need even sizes")
    stream = container.add_stream("libx264", rate=fps)
    stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
    stream.time_base = 1 / fps
    stream.codec_context.thread_count = THREADS
    for name in ("colorspace", "color_primaries", "color_trc"):
        setattr(stream.codec_context, name, _BT709)
    stream.codec_context.color_range = _LIMITED
    params = ":".join(f"{key}={value}" for key, value in (_COLOR_TAGS | _SAME_BYTES).items())
    stream.options = {"crf": str(CRF), "preset": "medium", "x264-params": params}
    return stream


def yuv420p_from_srgb(picture: Picture) -> UInt8[Array, "planes w"]:
    """Return a picture (h w 3) as planes Y, U, V stacked (3h/2 w) uint8.

    BT.709 (ITU-R Recommendation BT.709-6, 2015, section 3), limited range; chroma is the mean
    of 2 by 2 pixels. Done here because the scaler's own matrix is BT.601 unless told otherwise.
    """
    height, width = picture.shape[:2]
    rgb = np.asarray(picture, np.float32) / 255
    luma = rgb @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    small = rgb.reshape(height // 2, 2, width // 2, 2, 3).mean(axis=(1, 3))
    small_luma = small @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    blue = (small[..., 2] - small_luma) / 1.8556
    red = (small[..., 0] - small_luma) / 1.5748
    planes = [16 + 219 * luma, 128 + 224 * blue, 128 + 224 * red]
    flat = np.concatenate([np.rint(plane).astype(np.uint8).ravel() for plane in planes])
    return np.asarray(flat.reshape(height * 3 // 2, width))
