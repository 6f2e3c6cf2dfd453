"""Pictures that surfaces wear: checked before they are decoded, scaled, re-coloured, and kept.

A picture is kept once in the cache folder, by the digest of where it came from; what is kept holds
pixels and nothing else of the file.
"""

import hashlib
import io
import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float

from scene_builder.assets.decompose import cache_folder
from scene_builder.assets.surface import Picture
from scene_builder.model.arrays import Array
from scene_builder.model.errors import AssetError
from scene_builder.model.material import linear_from_srgb, srgb_from_linear

MOST_SIDE_PX = 16_384
MOST_ENCODED_BYTES = 64_000_000
KEPT_SIDE_PX = 1024
FOLDER = "textures"
VERSION = 1
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Weights of linear RGB in luminance (ITU-R BT.709)."""

OPAQUE = 250
"""Alpha (0…255) from which on nothing shines through."""

_SUFFIXES = {"PNG": ".png", "JPEG": ".jpg"}
_QUALITY = 92


def picture_from(content: bytes, where: str, *, with_alpha: bool = True) -> Picture:
    """Return an image file's content as a picture; its header is checked before any pixel is read.

    Args:
        content: Bytes of an image file of any usual format.
        where: What to call it in errors.
        with_alpha: Whether its transparency counts.

    Raises:
        AssetError: If it is too large, or no image.
    """
    if len(content) > MOST_ENCODED_BYTES:
        raise AssetError(
            f"the texture {where} has {len(content) / 1e6:.0f} MB; allowed are "
            f"{MOST_ENCODED_BYTES // 1_000_000} MB: scale it down"
        )
    with _opened(content, where) as image:
        suffix, size = _SUFFIXES.get(image.format), image.size
        if max(size) > MOST_SIDE_PX:
            raise AssetError(
                f"the texture {where} has {size[0]} x {size[1]} pixels; allowed are "
                f"{MOST_SIDE_PX} a side: scale it down"
            )
        if suffix is not None and (with_alpha or not _has_alpha(image)):
            return Picture(content=content, suffix=suffix, size_px=size)
        shown = _scaled(image, where)
        return _picture_of(shown if with_alpha else shown.convert("RGB"))


def kept(picture: Picture) -> str:
    """Write a picture into the cache folder, once, and return its path relative to a run folder.

    It is scaled to at most 1,024 pixels a side and encoded anew.

    Raises:
        AssetError: If it cannot be decoded, or the cache folder cannot be written.
    """
    sha = hashlib.sha256(f"{VERSION}:".encode() + picture.content).hexdigest()
    name = f"{FOLDER}/{sha[:24]}{picture.suffix}"
    path = cache_folder() / name
    if not path.exists():
        with _opened(picture.content, name) as image:
            content = _encoded(_scaled(image, name), picture.suffix)
        _write(path, content)
    return name


def pixels(picture: Picture, most_px: int = KEPT_SIDE_PX) -> Float[Array, "h w 4"]:
    """Return a picture's linear RGB and its alpha, 0…1, the top row first.

    Args:
        picture: The picture.
        most_px: It is scaled down to this many pixels a side.

    Raises:
        AssetError: If it cannot be decoded.
    """
    with _opened(picture.content, "of the asset") as image:
        values = np.asarray(_scaled(image, "of the asset", most_px).convert("RGBA"), np.float64)
    values = values / 255
    return np.concatenate([linear_from_srgb(values[..., :3]), values[..., 3:]], axis=2)


def picture_of_pixels(values: Float[Array, "h w 4"]) -> Picture:
    """Return linear RGB and alpha, 0…1, as a picture; a PNG where anything is transparent."""
    from PIL import Image

    srgb = np.concatenate([srgb_from_linear(values[..., :3]), values[..., 3:]], axis=2)
    return _picture_of(Image.fromarray(np.round(srgb * 255).astype(np.uint8), "RGBA"))


def multiplied(picture: Picture, factor: Float[Array, "3"]) -> Picture:
    """Return a picture times a linear colour (3)."""
    if np.allclose(factor, 1.0, atol=1e-2):
        return picture
    values = pixels(picture)
    values[..., :3] = np.clip(values[..., :3] * factor, 0, 1)
    return picture_of_pixels(values)


def tinted(
    picture: Picture, color: Float[Array, "3"], seen: Float[Array, "n 2"] | None = None
) -> Picture:
    """Return a picture in another colour: light and dark stay where they are.

    Args:
        picture: The picture.
        color: Linear RGB (3) that its mean is to have.
        seen: Places (n 2) in uv that a surface shows: their mean counts; None for all.
    """
    values = pixels(picture)
    light = values[..., :3] @ LUMINANCE
    middle = float(_looked_up(light[..., None], seen).mean()) if seen is not None else light.mean()
    share = light / max(float(middle), 1e-3)
    # Marks that are much lighter than the rest stay light instead of glowing in the colour.
    recolored = np.minimum(share[..., None] * color, 1.0)
    over = np.clip((share[..., None] * color.max() - 1) / 2, 0, 1)
    values[..., :3] = recolored * (1 - over) + over
    return picture_of_pixels(values)


def mean_color(picture: Picture, seen: Float[Array, "n 2"] | None = None) -> Float[Array, "3"]:
    """Return the mean linear RGB (3) of a picture, or of the places (n 2) in uv that are seen."""
    values = pixels(picture, 128)
    shown = values.reshape(-1, 4) if seen is None else _looked_up(values, seen)
    weights = shown[:, 3] + 1e-6
    return np.asarray((shown[:, :3] * weights[:, None]).sum(axis=0) / weights.sum())


def is_see_through(picture: Picture, seen: Float[Array, "n 2"] | None = None) -> bool:
    """Whether a picture has transparent places among those (n 2) in uv that are seen."""
    if picture.suffix != ".png":
        return False
    values = pixels(picture, 256)
    alpha = values[..., 3:] if seen is None else _looked_up(values[..., 3:], seen)
    return bool((alpha < OPAQUE / 255).mean() > 0.002)  # noqa: PLR2004 - a few stray pixels


def _looked_up(values: Float[Array, "h w c"], uv: Float[Array, "n 2"]) -> Float[Array, "n c"]:
    """Return the pixels at places in uv; a picture repeats beyond its edges."""
    height, width = values.shape[:2]
    u, v = np.mod(np.nan_to_num(uv.astype(np.float64)), 1.0).T
    rows = np.minimum(((1 - v) * height).astype(int), height - 1)
    columns = np.minimum((u * width).astype(int), width - 1)
    return np.asarray(values[rows, columns])


@contextmanager
def _opened(content: bytes, where: str) -> Iterator[Any]:
    """Open an image without decoding it; the side's limit stands for Pillow's own one."""
    from PIL import Image, UnidentifiedImageError

    most = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as image:
                yield image
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        first = str(error).splitlines()[0][:80] if str(error) else type(error).__name__
        raise AssetError(
            f"the texture {where} cannot be read ({first}); save it as PNG or JPEG"
        ) from None
    finally:
        Image.MAX_IMAGE_PIXELS = most


def _has_alpha(image: Any) -> bool:  # noqa: ANN401 - a Pillow image
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _scaled(image: Any, where: str, most_px: int = KEPT_SIDE_PX) -> Any:  # noqa: ANN401 - Pillow
    """Return RGB or RGBA pixels, at most `most_px` a side."""
    from PIL import Image

    if max(image.size) > MOST_SIDE_PX:
        raise AssetError(f"the texture {where} is larger than {MOST_SIDE_PX} pixels a side")
    image.draft("RGB", (2 * most_px, 2 * most_px))  # JPEG decodes small at once
    shown = image.convert("RGBA" if _has_alpha(image) else "RGB")
    shown.thumbnail((most_px, most_px), Image.Resampling.LANCZOS)
    return shown


def _picture_of(image: Any) -> Picture:  # noqa: ANN401 - a Pillow image
    clear = image.mode == "RGBA" and image.getchannel("A").getextrema()[0] < OPAQUE
    suffix = ".png" if clear else ".jpg"
    shown = image if clear else image.convert("RGB")
    return Picture(content=_encoded(shown, suffix), suffix=suffix, size_px=image.size)


def _encoded(image: Any, suffix: str) -> bytes:  # noqa: ANN401 - a Pillow image
    file = io.BytesIO()
    bare = image.copy()
    bare.info = {}
    if suffix == ".png":
        bare.save(file, "PNG", compress_level=3)
    else:
        bare.convert("RGB").save(file, "JPEG", quality=_QUALITY, subsampling=0)
    return file.getvalue()


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError as error:
        raise AssetError(
            f"{path} cannot be written ({error.strerror}); free some space, or set WORLDREEL_CACHE "
            "to a folder that can be written"
        ) from error
