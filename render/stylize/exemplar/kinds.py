"""Styles that pictures have: how what is painted after an exemplar is measured."""

from typing import TYPE_CHECKING

from render.stylize.painting.styles import Kind, Style, style_named

if TYPE_CHECKING:
    from render.stylize.exemplar.character import Character
else:  # types are looked up while tests run
    Character = object

_NAMES: dict[Kind, str] = {"stroke": "strokes", "soft": "washes", "flat": "areas"}
_STRONG, _FLAT = 0.012, 0.5
"""From which texture on (Oklab) a picture counts as strokes, and from which flatness as areas."""

PICTURE_STYLES = tuple(
    Style(
        name=f"{name} of a picture" + ("" if colored else ", black and white"),
        words="", keeps_colors=colored, kind=kind, painted=False,
    )
    for kind, name in _NAMES.items() for colored in (True, False)
)  # fmt: skip
"""What a style from a picture may be judged as; none of them can be asked for by name."""


def picture_style(character: Character) -> Style:
    """Return how a style from a picture is judged."""
    kind: Kind = "stroke" if character.texture >= _STRONG else "soft"
    if character.flatness > _FLAT:
        kind = "flat"
    return next(
        style for style in PICTURE_STYLES
        if style.kind == kind and style.keeps_colors != character.colorless
    )  # fmt: skip


def judged_style(name: str) -> Style:
    """Return a built-in style, or one that a picture has.

    Raises:
        KeyError: If there is none of that name.
    """
    own = {style.name: style for style in PICTURE_STYLES}
    return own[name] if name in own else style_named(name)
