"""Colour words: CSS names, and what they mean in linear light."""

import csv
import importlib.resources
import re
from types import MappingProxyType

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.errors import SceneError
from scene_builder.model.material import linear_from_srgb


def _css_colors() -> MappingProxyType[str, str]:
    text = importlib.resources.files("scene_builder.knowledge").joinpath("css_colors.csv")
    rows = csv.DictReader(text.read_text(encoding="utf-8").splitlines())
    return MappingProxyType({row["name"]: row["hex"] for row in rows})


CSS_COLORS = _css_colors()
"""The 148 names of CSS Color Module Level 4 (W3C, 2024) and their `#rrggbb`."""

COLORFUL = "colorful"
"""Stands in a graph where the words say that things have many colours and do not say which."""

LIVELY: tuple[str, ...] = (
    "tomato", "dodgerblue", "gold", "mediumseagreen", "mediumorchid", "darkorange", "turquoise",
    "hotpink",
)  # fmt: skip
"""Colours of what is colourful, neighbours in the list far apart in hue."""

LIGHTEST, DARKEST = 0.78, 0.018
"""Reflectance of the whitest and the blackest everyday surface (Pharr et al. 2016, ch. 8)."""


def colors_of(color: str | None, count: int, *, first: int = 0) -> tuple[str | None, ...]:
    """Return the colour of each of `count` things that are said to be `color`.

    Args:
        color: A colour's name, `COLORFUL`, or None.
        count: How many things there are.
        first: Which of the lively colours comes first.
    """
    if color != COLORFUL:
        return (color,) * count
    return tuple(LIVELY[(first + k) % len(LIVELY)] for k in range(count))


def linear_color(name: str) -> Float[Array, "3"]:
    """Return the linear-light RGB (3), 0…1, of a CSS name or of `#rrggbb`.

    Raises:
        SceneError: If `name` is neither.
    """
    code = CSS_COLORS.get(name.replace(" ", "").replace("_", "").lower(), name)
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", code):
        raise SceneError(
            f"no colour named {name!r}; allowed are the CSS names (red, navy, lightgreen, …) "
            "and #rrggbb"
        )
    srgb = np.array([int(code[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return linear_from_srgb(srgb)


def surface_color(name: str) -> Float[Array, "3"]:
    """Return the linear reflectance (3) of a real surface that is called `name`.

    A screen's pure red reflects nothing of green and blue, which no paint does: light bounced off
    such a surface looks like neon. The saturated colours are brought to where paints are.

    Raises:
        SceneError: If `name` is no colour.
    """
    color = linear_color(name)
    saturation = float(color.max() - color.min())
    lightest = LIGHTEST - 0.14 * saturation
    mixed = 0.98 * color + 0.02 * color.mean()
    # Blue pigments always reflect some green: a screen's blue alone reads as black in the shade.
    mixed[1] += 0.07 * max(0.0, color[2] - max(color[0], color[1]))
    return np.asarray(DARKEST + (lightest - DARKEST) * mixed)
