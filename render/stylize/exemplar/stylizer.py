"""The stylizer that paints films after a picture."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, final, runtime_checkable

import numpy as np
from jaxtyping import Float

from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.exemplar.picture import read_exemplar
from render.stylize.painting.styles import Style
from render.stylize.plain import printed, shot_exposure_stops
from render.stylize.session import Easel, Session, SessionStylizer, painted_in_a_session
from render.stylize.stylizer import Stylizer
from scene_builder.model.arrays import Array
from scene_builder.model.digest import digest
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import Look

if TYPE_CHECKING:
    from torch import Tensor

    from render.stylize.exemplar.character import Study
    from render.stylize.exemplar.patches import Patches
    from render.stylize.exemplar.underpainting import Asked
else:  # types are looked up while tests run
    Tensor = Study = Patches = Asked = object

GLANCES = 6
"""Frames that are looked at, evenly over the film, before the first is painted."""
_APART_PX = 20.0
_GAIN = 1.2
"""History takes a tenth of the texture, and patches that depict nothing are the calmer ones."""
_ASKED_TINT = 0.6
"""Share of the texture's own colour on bodies whose colour was asked for."""


@runtime_checkable
class LookingAhead(Protocol):
    """A stylizer that wants to see some frames of the whole shot before it begins."""

    def having_seen(self, shot: Shot, frames: Sequence[FrameBuffers]) -> Stylizer:
        """Return the same stylizer, with what it has to know of the shot."""
        ...


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ExemplarStylizer(Stylizer, SessionStylizer):
    """Paints a film with the palette and the strokes of a picture.

    Attributes:
        image: The picture's file.
        strength: Share of the style's change to the plain picture, 0…1.
        share: Share of the last picture in each; 0 paints every frame for itself, and None
            takes what is best for the kind of picture.
        film_colors: Colours of the whole shot, Oklab (n 3), from `having_seen`; None takes the
            first frame's.
        exemplar: The picture itself, sRGB (h w 3); read from `image` unless given.
    """

    image: Path | None = None
    strength: float = 1.0
    share: float | None = None
    film_colors: Float[Array, "n 3"] | None = None
    exemplar: Picture | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.strength <= 1 or not 0 <= (self.share or 0) < 1:
            raise SettingsError(
                f"strength {self.strength}, share {self.share}: allowed are a strength of 0 to 1, "
                "and a share of 0 up to below 1"
            )
        if self.exemplar is None:
            if self.image is None:
                raise SettingsError("the stylizer 'exemplar' needs a picture: give --style-image")
            object.__setattr__(self, "exemplar", read_exemplar(Path(self.image)))

    @property
    def identity(self) -> object:
        """What names its pictures in a key: the exemplar's pixels, wherever it lies."""
        return [digest(self.exemplar), self.strength, self.share]

    @property
    def picture(self) -> Picture:
        """The exemplar, at most 1024 px wide and high."""
        assert self.exemplar is not None
        return self.exemplar

    def having_seen(self, shot: Shot, frames: Sequence[FrameBuffers]) -> "ExemplarStylizer":
        """Return the same, with the colours of frames from all over the shot.

        Args:
            shot: The shot.
            frames: Some of its frames; exposure is metered on the first.
        """
        stops = shot_exposure_stops(shot.stage, frames[0])
        seen = [_colors_of(printed(frame.rgb, stops)) for frame in frames]
        return replace(self, film_colors=np.concatenate(seen))

    def style_of(self, look: Look) -> Style:
        """Return how its pictures are judged: as strokes, washes or areas, with colours or not."""
        from render.stylize.exemplar.character import studied
        from render.stylize.exemplar.kinds import picture_style

        del look
        return picture_style(studied(self.picture, _JUDGED_PX).character)

    def stylize(
        self, shot: Shot, frames: Iterable[FrameBuffers], look: Look, rng: np.random.Generator
    ) -> Iterator[Picture]:
        """Yield one sRGB picture for each frame; see `Stylizer.stylize`."""
        return painted_in_a_session(self, shot, frames, look, rng)

    def session(self, shot: Shot, first: FrameBuffers, look: Look, seed: int) -> "ExemplarSession":
        """Return what paints the frames of a shot; see `SessionStylizer.session`."""
        from render.stylize.exemplar.character import some_of, studied
        from render.stylize.exemplar.palette import clustered, color_table
        from render.stylize.exemplar.patches import patches_of
        from render.stylize.exemplar.underpainting import Asked
        from render.stylize.steady.fusion import SHARES

        style = self.style_of(look)
        easel = Easel.before(
            shot, first, style=style.name, seed=seed, strength=self.strength,
            share=SHARES[style.kind] if self.share is None else self.share,
        )  # fmt: skip
        seen = self.film_colors
        if seen is None:
            seen = _colors_of(printed(first.rgb, easel.stops))
        study = studied(self.picture, first.size_px)
        table = color_table(clustered(seen), clustered(some_of(study.soft)))
        return ExemplarSession(
            easel=easel, study=study, patches=patches_of(study), table=table,
            asked=Asked.of(shot.stage) if style.keeps_colors else None,
        )  # fmt: skip


_JUDGED_PX = (512, 288)


class Laid(NamedTuple):
    """A frame as it was painted by itself (1 3 h w), 0…1, and its plain picture likewise."""

    painted: Tensor
    plain: Tensor


@final
@dataclass(slots=True, kw_only=True)
class ExemplarSession(Session[Laid]):
    """Paints the frames of one shot after a picture.

    Attributes:
        study: The picture, taken apart.
        patches: Where its texture may be taken from.
        table: Which of its colours stands for each of the film's.
        asked: Colours that are kept; None where the picture has none.
    """

    study: Study
    patches: Patches
    table: Tensor
    asked: Asked | None

    def prepare(self, frame: FrameBuffers) -> Laid:
        """Paint a frame by itself."""
        from render.stylize.exemplar.laying import laid
        from render.stylize.exemplar.oklab import srgb
        from render.stylize.exemplar.places import places_on
        from render.stylize.exemplar.underpainting import outlined, stroke_ways, underpainted
        from render.stylize.steady.noise import points_of

        guides = self.easel.guides(frame)
        base = underpainted(self.study, self.table, guides, self.asked)
        painted = outlined(base, self.study, guides)
        strength = _GAIN * (1 - self.study.character.flatness)
        if strength * self.study.character.texture > _SMOOTH:
            places = places_on(
                points_of(frame, self.easel.shot.track), self.easel.seed,
                apart_px=_APART_PX * self.study.unit,
            )  # fmt: skip
            ways = stroke_ways(self.study, guides)
            texture = laid(self.study, self.patches, places, base, ways, guides)
            if self.asked is not None:
                tint = 1 - (1 - _ASKED_TINT) * self.asked.any[guides.ids.long()]
                texture[:, 1:] *= tint
            painted = painted + strength * texture
        return Laid(srgb(painted).clamp(0, 1), guides.rgb)

    def paint(self, frame: FrameBuffers, prepared: Laid, fusion: Any) -> Tensor:  # noqa: ANN401
        """Return the picture; see `Session.paint`."""
        from render.stylize.painting.filters import luma

        strength = self.strength_at(frame)
        painted = prepared.painted
        if not (isinstance(strength, float) and strength == 1.0):
            plain = prepared.plain
            if self.asked is None:  # a picture without colours goes over into shades of grey
                plain = luma(plain).expand_as(plain)
            painted = plain + strength * (painted - plain)
        return painted if fusion is None else fusion(painted).clamp(0, 1)


_SMOOTH = 0.002


def _colors_of(picture: Picture) -> Float[Array, "n 3"]:
    """Return some colours of a plain picture, without its grain, Oklab (n 3)."""
    import torch

    from render.stylize.exemplar.character import some_of
    from render.stylize.exemplar.oklab import oklab
    from render.stylize.painting.filters import blurred

    planes = torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].double() / 255
    return some_of(oklab(blurred(planes, 1.5)), 1500)
