"""What an MTL material means for a physically based surface."""

import io
import re
import warnings
from collections.abc import Callable

import numpy as np
from jaxtyping import Float

from scene_builder.assets.surface import Paint, Picture
from scene_builder.model.arrays import Array
from scene_builder.model.material import linear_from_srgb

MOST_PICTURE_BYTES = 64_000_000
MOST_SIDE_PX = 16_384
MOST_PIXELS = 80_000_000
KEPT_SIDE_PX = 2_048
"""Larger pictures are scaled down to this."""
WHITE = np.ones(3)
_GREY = 0.7
_DULL = 0.85
_METAL = re.compile(
    r"chrom|steel|metal|alumin|brass|bronze|copper|gold|silver|inox|iron|acier|cromo|acero|nickel",
    re.IGNORECASE,
)
_NO_METAL = re.compile(r"wood|glass|plastic|paint|leather|fabric|goldfish", re.IGNORECASE)
_SHINE_OF_METAL = 0.15
Find = Callable[[str], bytes | None]
"""Returns the content of the image of that name, or None."""


def paint_of(name: str, said: dict[str, str], find: Find) -> Paint:
    """Return the paint that a material's statements describe.

    OBJ viewers show `Kd` as it stands on the screen, so it is sRGB. `Ks` and `Ns` belong to
    Blinn's and Phong's highlights; the microfacet roughness with the same width is
    `(2 / (Ns + 2)) ** (1 / 4)` (Walter et al. 2007), and a weak highlight is taken as dull.

    Args:
        name: The material's name.
        said: Its statements, by their lower-case keyword.
        find: Looks up images.
    """
    picture = _picture(said.get("map_kd", ""), find)
    diffuse = _color(said.get("kd"), _GREY)
    shine = _color(said.get("ks"), 0.0)
    metallic = _is_metal(name, float(shine.max()))
    alpha = _alpha(said)
    base = WHITE if picture is not None else linear_from_srgb(diffuse)
    if metallic and picture is None:
        base = np.maximum(base, linear_from_srgb(0.75 * shine))
    return Paint(
        name=name,
        base_color=base,
        picture=picture,
        roughness=_roughness(said, shine, metallic=metallic),
        metallic=1.0 if metallic else 0.0,
        alpha=alpha,
        emission=float(linear_from_srgb(_color(said.get("ke"), 0.0)).max()),
    )


def checked_picture(content: bytes) -> Picture | None:
    """Return an image as a PNG or JPEG of bounded size, or None where it is no sound image.

    Args:
        content: The bytes of an image file of any usual format.
    """
    from PIL import Image, UnidentifiedImageError

    if not content or len(content) > MOST_PICTURE_BYTES:
        return None
    try:
        with warnings.catch_warnings():  # the limits below are stricter than Pillow's
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(content))
        with opened as image:
            if max(image.size) > MOST_SIDE_PX or image.width * image.height > MOST_PIXELS:
                return None
            kind = {"JPEG": ".jpg", "PNG": ".png"}.get(image.format or "")
            image.load()
            if kind and max(image.size) <= KEPT_SIDE_PX:
                return Picture(content=content, suffix=kind, size_px=image.size)
            return _encoded_anew(image)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _encoded_anew(image: object) -> Picture:
    from PIL import Image

    if not isinstance(image, Image.Image):
        raise TypeError(type(image))
    clear = "A" in image.getbands() or "transparency" in image.info
    plain = image.convert("RGBA" if clear else "RGB")
    plain.thumbnail((KEPT_SIDE_PX, KEPT_SIDE_PX))
    buffer = io.BytesIO()
    if clear:
        plain.save(buffer, "PNG")
    else:
        plain.save(buffer, "JPEG", quality=92)
    suffix = ".png" if clear else ".jpg"
    return Picture(content=buffer.getvalue(), suffix=suffix, size_px=plain.size)


def _picture(statement: str, find: Find) -> Picture | None:
    if not statement:
        return None
    content = find(statement)
    if content is None and " " in statement:
        content = find(statement.rsplit(" ", maxsplit=1)[-1])  # options stand before the name
    return checked_picture(content) if content is not None else None


def _color(text: str | None, otherwise: float) -> Float[Array, "3"]:
    values = _numbers(text)
    if not values:
        return np.full(3, otherwise)
    triple = values[:3] if len(values) >= 3 else values[:1] * 3  # noqa: PLR2004 - r g b
    return np.clip(np.array(triple, np.float64), 0.0, 1.0)


def _numbers(text: str | None) -> list[float]:
    try:
        found = [float(word) for word in (text or "").split()]
    except ValueError:
        return []
    return found if np.isfinite(found).all() else []


def _alpha(said: dict[str, str]) -> float:
    """Return the opacity; nothing is taken as invisible, since some exporters confuse the two."""
    opaque = _numbers(said.get("d"))
    clear = _numbers(said.get("tr"))
    alpha = opaque[-1] if opaque else (1.0 - clear[-1] if clear else 1.0)
    return float(np.clip(alpha, 0.0, 1.0)) if alpha > 0 else 1.0


def _is_metal(name: str, shine: float) -> bool:
    named = bool(_METAL.search(name)) and not _NO_METAL.search(name)
    return named and shine > _SHINE_OF_METAL


def _roughness(said: dict[str, str], shine: Float[Array, "3"], *, metallic: bool) -> float:
    exponent = (_numbers(said.get("ns")) or [10.0])[0]
    width = float((2.0 / (max(exponent, 0.0) + 2.0)) ** 0.25)
    strength = 1.0 if metallic else float(np.clip(shine.max() / 0.4, 0.0, 1.0))
    if said.get("illum") == "1":
        strength = 0.0
    low, high = (0.15, 0.5) if metallic else (0.08, 0.95)
    return float(np.clip(_DULL + strength * (width - _DULL), low, high))
