"""A user's picture as an exemplar: checked before it is decoded, turned upright, made small."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from render.frames import Picture
from scene_builder.model.errors import SettingsError

MOST_MEGAPIXELS = 100
MOST_BYTES = 200_000_000
KEPT_SIDE_PX = 1024
"""Pictures are kept so large: strokes finer than that would not be seen in a film."""
LEAST_SIDE_PX = 32
FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF", "PPM")
"""Pillow's readers of still pictures that run no other program (PostScript would)."""


def read_exemplar(path: Path) -> Picture:
    """Return the picture in a file, sRGB (h w 3), at most 1024 px wide and high.

    The file is data of unknown origin: its size is looked at before any pixel is decoded. EXIF
    orientation is applied, grey, palette, CMYK and 16-bit pictures become RGB, and what is
    transparent is laid on white.

    Raises:
        SettingsError: If the file is missing, no picture, broken, too small or too large.
    """
    with _explained(path), warnings.catch_warnings():
        from PIL import Image, ImageOps

        warnings.simplefilter("ignore")  # sizes and broken tags are judged here
        if path.stat().st_size > MOST_BYTES:
            raise _refused(path, f"has {path.stat().st_size / 1e6:.0f} MB; allowed are 200 MB")
        with Image.open(path, formats=FORMATS) as image:
            _check_size(path, *image.size)
            image.draft("RGB", (2 * KEPT_SIDE_PX, 2 * KEPT_SIDE_PX))  # a JPEG is decoded smaller
            upright = ImageOps.exif_transpose(image)
            shown = _in_colors(upright)
            shown.thumbnail((KEPT_SIDE_PX, KEPT_SIDE_PX), Image.Resampling.LANCZOS)
            return np.array(shown, np.uint8)


def _check_size(path: Path, width: int, height: int) -> None:
    if width * height > MOST_MEGAPIXELS * 1e6:
        raise _refused(
            path,
            f"has {width} × {height} pixels; allowed are {MOST_MEGAPIXELS} million: scale it down",
        )
    if min(width, height) < LEAST_SIDE_PX or max(width, height) > _LONGEST * min(width, height):
        raise _refused(
            path, f"has {width} × {height} pixels; it must have {LEAST_SIDE_PX} each way, and be "
            f"at most {_LONGEST} times as long as wide",
        )  # fmt: skip


_LONGEST = 16


def _in_colors(image: Any) -> Any:  # noqa: ANN401 - Pillow's pictures, which are imported late
    """Return a picture of any mode as RGB, on white."""
    from PIL import Image

    if image.mode.startswith("I") or image.mode == "F":
        values = np.asarray(image, np.float64)
        most = float(values.max(initial=1.0))
        full = 1.0 if most <= 1 else 255.0 if most <= _BYTE else max(most, 65535.0)
        return Image.fromarray((255 * (values / full).clip(0, 1)).round().astype(np.uint8)).convert(
            "RGB"
        )
    if "A" in image.getbands() or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, clear).convert("RGB")
    return image.convert("RGB")


_BYTE = 255


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn whatever a decoder stumbles over into one clear line."""
    from PIL import Image, UnidentifiedImageError

    try:
        yield
    except FileNotFoundError:
        raise _refused(path, "is not there; give the path of a picture") from None
    except Image.DecompressionBombError:
        raise _refused(
            path, f"has too many pixels; allowed are {MOST_MEGAPIXELS} million: scale it down"
        ) from None
    except UnidentifiedImageError:
        raise _refused(path, f"is no picture; give one of {', '.join(FORMATS)}") from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise _refused(path, f"cannot be read ({first}); save it anew, as a PNG") from error


def _refused(path: Path, why: str) -> SettingsError:
    return SettingsError(f"--style-image {path} {why}")
