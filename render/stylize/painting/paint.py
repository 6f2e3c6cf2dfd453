"""The one way into the painters: a style's name, a frame's guides and noise give its picture."""

from collections.abc import Callable

from torch import Tensor

from render.stylize.painting.brushes import oil, watercolor
from render.stylize.painting.cells import papercut, toon
from render.stylize.painting.guides import Guides
from render.stylize.painting.lights import clay, noir
from render.stylize.painting.pens import ink, pencil
from render.stylize.painting.pixels import pixel
from render.stylize.painting.strokes import CHANNELS, stroke_field
from scene_builder.model.errors import UnknownNameError

Strokes = dict[str, Tensor]
Painter = Callable[[Guides, Strokes], Tensor]

PAINTERS: dict[str, Painter] = {
    "oil": oil, "watercolor": watercolor, "pencil": pencil, "ink": ink, "toon": toon,
    "clay": clay, "pixel": pixel, "papercut": papercut, "noir": noir,
}  # fmt: skip
"""What paints each style; `photoreal` has no painter, its pictures are rendered."""


def paint(style: str, guides: Guides, noise: Tensor, *, strokes: Tensor | None = None) -> Tensor:
    """Return frames painted in a style.

    What is painted at a place depends on the guides and the noise about that place alone: the
    same of both gives the same picture.

    Args:
        style: A style that has a painter.
        guides: What the frames show (B).
        noise: Standard normal noise (B, 4, H, W): all chance comes from it.
        strokes: What `stroke_field(guides, noise)` gave, if it is known already.

    Returns:
        Pictures, sRGB 0–1 (B, 3, H, W).

    Raises:
        UnknownNameError: If the style has no painter.
    """
    if style not in PAINTERS:
        raise UnknownNameError(
            f"no painter paints {style!r}; there are: {', '.join(PAINTERS)} "
            "('photoreal' is learnt from renders with many samples)"
        )
    field = stroke_field(guides, noise) if strokes is None else strokes
    named = {name: field[:, k : k + 1] for k, name in enumerate(CHANNELS)}
    return PAINTERS[style](guides, named).clamp(0, 1)
