"""Style words become a stylizer: the words' nearest built-in style, and what paints it best."""

from collections.abc import Sequence
from dataclasses import dataclass

from render.stylize.diffusion.known import styles_ready
from render.stylize.wording.choosing import StyleChoice, choose_style

PLAIN, PAINTER, DIFFUSION = "plain", "painter", "diffusion"
PHOTOREAL = "photoreal"
_BY_STYLE = (PAINTER, DIFFUSION, "toon")
"""Stylizers whose own names mean no stylizer where a style is asked for."""


@dataclass(frozen=True, slots=True)
class Served:
    """Who serves some style words.

    Attributes:
        stylizer: Name of the stylizer.
        style: Name of the built-in style that it is told; "" for none.
        choice: How that style was found; None where nothing was asked, or a stylizer by its name.
    """

    stylizer: str
    style: str = ""
    choice: StyleChoice | None = None


def served_by(style: str | None, stylizer: str | None, offers: Sequence[str]) -> Served:
    """Return who serves style words.

    worldreel's own diffusion model paints a style that its weights know well, and a painter any
    other; what comes near to no style, or wants a photograph, is only tone-mapped.

    Args:
        style: What the words or the user ask for; None for no wish.
        stylizer: The stylizer that the user named; None to follow the style.
        offers: Names of all stylizers that there are.
    """
    if style is None:
        return Served(stylizer or PLAIN)
    word = style.strip().lower()
    if stylizer is None and word in offers and word not in _BY_STYLE:
        return Served(word)
    choice = choose_style(style)
    if stylizer is not None:
        return Served(stylizer, choice.style or "", choice)
    if choice.style is None:
        return Served(PLAIN, "", choice)
    if choice.style in styles_ready():
        return Served(DIFFUSION, choice.style, choice)
    if choice.style == PHOTOREAL:
        return Served(PLAIN, "", choice)
    return Served(PAINTER, choice.style, choice)
