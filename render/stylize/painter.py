"""The stylizer that paints frames with procedural painters: no model, no weights."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, final

import numpy as np

from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.painting.styles import ON_A_GRID, STYLES, Style
from render.stylize.session import Easel, Session, SessionStylizer, painted_in_a_session
from render.stylize.steady.fusion import SHARES
from render.stylize.stylizer import Stylizer
from render.stylize.wording.choosing import style_asked
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import Look

if TYPE_CHECKING:
    from torch import Tensor
else:  # types are looked up while tests run
    Tensor = object

PAINTED = tuple(style.name for style in STYLES if style.painted)
"""Styles that have a painter."""
_LUMA = (0.299, 0.587, 0.114)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class PainterStylizer(Stylizer, SessionStylizer):
    """Paints frames by the rules of a medium: brush, pen, clay, paper.

    All chance comes from noise that is pinned to surfaces, and each picture keeps a share of the
    one before, carried along exact motion: paint stays on what it lies on.

    Attributes:
        style: Name of the style; "" to follow the look's style word, or oil without one.
        strength: Share of the style's change to the plain picture, 0…1.
        share: Share of the last picture in each; 0 paints every frame for itself, and None
            takes what is best for the kind of style.
    """

    style: str = ""
    strength: float = 1.0
    share: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.strength <= 1 or not 0 <= (self.share or 0) < 1:
            raise SettingsError(
                f"strength {self.strength}, share {self.share}: allowed are a strength of 0 to 1, "
                "and a share of 0 up to below 1"
            )

    def stylize(
        self, shot: Shot, frames: Iterable[FrameBuffers], look: Look, rng: np.random.Generator
    ) -> Iterator[Picture]:
        """Yield one sRGB picture for each frame; see `Stylizer.stylize`.

        Raises:
            SettingsError: If no painter paints what is asked for.
        """
        return painted_in_a_session(self, shot, frames, look, rng)

    def style_of(self, look: Look) -> Style:
        """Return the style that is painted.

        Raises:
            SettingsError: If no painter paints what is asked for.
        """
        return style_asked(self.style or look.style or PAINTED[0], PAINTED)

    def session(self, shot: Shot, first: FrameBuffers, look: Look, seed: int) -> "PainterSession":
        """Return what paints the frames of a shot; see `SessionStylizer.session`.

        Raises:
            SettingsError: If no painter paints what is asked for.
        """
        style = self.style_of(look)
        best = 0.0 if style.name in ON_A_GRID else SHARES[style.kind]
        easel = Easel.before(
            shot, first, style=style.name, seed=seed, strength=self.strength,
            share=best if self.share is None else self.share,
        )  # fmt: skip
        return PainterSession(easel=easel, keeps_colors=style.keeps_colors)


class Paint(NamedTuple):
    """A frame as it was painted by itself (1 3 h w), 0…1, and its plain picture likewise."""

    painted: Tensor
    plain: Tensor


@final
@dataclass(slots=True, kw_only=True)
class PainterSession(Session[Paint]):
    """Paints the frames of one shot with a painter.

    Attributes:
        keeps_colors: Whether the style has colours: where it is weak, a style without any goes
            over into shades of grey.
    """

    keeps_colors: bool = True

    def prepare(self, frame: FrameBuffers) -> Paint:
        """Paint a frame by itself."""
        from render.stylize.painting.paint import paint

        guides = self.easel.guides(frame)
        return Paint(paint(self.easel.style, guides, self.easel.noise(frame)), guides.rgb)

    def paint(self, frame: FrameBuffers, prepared: Paint, fusion: Any) -> Tensor:  # noqa: ANN401
        """Return the picture; see `Session.paint`."""
        strength = self.strength_at(frame)
        painted = prepared.painted
        if not (isinstance(strength, float) and strength == 1.0):
            plain = prepared.plain if self.keeps_colors else _grey(prepared.plain)
            painted = plain + strength * (painted - plain)
        return painted if fusion is None else fusion(painted).clamp(0, 1)


def _grey(picture: Tensor) -> Tensor:
    weights = picture.new_tensor(_LUMA).view(1, 3, 1, 1)
    return (picture * weights).sum(1, keepdim=True).expand_as(picture)
