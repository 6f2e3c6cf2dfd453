"""The stylizer that paints frames with worldreel's own diffusion model."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, final

import numpy as np

from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.diffusion.known import OWN_WEIGHTS
from render.stylize.diffusion.weights import digest_of, load_network
from render.stylize.painting.styles import ON_A_GRID, STYLES, Style
from render.stylize.session import Easel, Session, SessionStylizer, painted_in_a_session
from render.stylize.steady.fusion import SHARES
from render.stylize.stylizer import Stylizer
from render.stylize.wording.choosing import style_asked
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import Look

if TYPE_CHECKING:
    from torch import Tensor

    from render.stylize.diffusion.network import StyleNetwork
    from render.stylize.painting.guides import Guides
else:  # types are looked up while tests run
    Guides = StyleNetwork = Tensor = object

STYLE_NAMES = tuple(style.name for style in STYLES)
WARM_UP_FRAMES = 38
"""Frames before a chunk that are painted and thrown away, so that its history is the serial
film's: what a frame keeps of one that lies n back falls with the share to the power n."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DiffusionStylizer(Stylizer, SessionStylizer):
    """Paints frames one by one; paint stays on the surfaces that it lies on.

    Attributes:
        weights: The model, a safetensors file.
        style: Name of the style; "" to follow the look's style word.
        steps: How many times the network is asked for a frame.
        strength: Share of the style's change to the plain picture, 0…1.
        share: Share of the last picture in each; 0 paints every frame for itself, and None
            takes what is best for the kind of style.
    """

    weights: Path = OWN_WEIGHTS
    style: str = ""
    steps: int = 1
    strength: float = 1.0
    share: float | None = None

    def __post_init__(self) -> None:
        if self.steps < 1 or not 0 <= self.strength <= 1 or not 0 <= (self.share or 0) < 1:
            raise SettingsError(
                f"steps {self.steps}, strength {self.strength}, share {self.share}: allowed are "
                "1 step or more, a strength of 0 to 1, and a share of 0 up to below 1"
            )

    @property
    def identity(self) -> list[object]:
        """What a painted film depends on besides its frames."""
        known = digest_of(self.weights) if self.weights.is_file() else "missing"
        return [known, self.style, self.steps, self.strength, self.share]

    def stylize(
        self, shot: Shot, frames: Iterable[FrameBuffers], look: Look, rng: np.random.Generator
    ) -> Iterator[Picture]:
        """Yield one sRGB picture for each frame; see `Stylizer.stylize`.

        Raises:
            ModelError: If there are no weights, or if they are damaged.
            SettingsError: If there is no such style.
        """
        return painted_in_a_session(self, shot, frames, look, rng)

    def style_of(self, look: Look) -> Style:
        """Return the style that is painted.

        Raises:
            SettingsError: If there is no such style.
        """
        return style_asked(self.style or look.style or STYLES[0].name, STYLE_NAMES)

    def session(self, shot: Shot, first: FrameBuffers, look: Look, seed: int) -> "DiffusionSession":
        """Return what paints the frames of a shot.

        Args:
            shot: The shot.
            first: Its first frame: exposure and scale of depth are measured on it.
            look: What is asked for.
            seed: Seed of the paint; one for a shot.

        Raises:
            ModelError: If there are no weights, or if they are damaged.
            SettingsError: If there is no such style.
        """
        network = network_in(self.weights)
        style = self.style_of(look)
        if style.name not in network.shape.styles:
            raise SettingsError(f"{self.weights} does not know the style {style.name!r}")
        best = 0.0 if style.name in ON_A_GRID else SHARES[style.kind]
        share = best if self.share is None else self.share
        easel = Easel.before(
            shot, first, style=style.name, seed=seed, strength=self.strength, share=share
        )
        return DiffusionSession(easel=easel, network=network, steps=self.steps)


class Told(NamedTuple):
    """What is known of a frame before its history.

    Attributes:
        noise: That the flow starts at.
        condition: What the network is told.
        begun: Its first prediction.
        guides, strokes: What it was made of.
    """

    noise: Tensor
    condition: Tensor
    begun: Tensor
    guides: Guides
    strokes: Tensor


@final
@dataclass(slots=True, kw_only=True)
class DiffusionSession(Session[Told]):
    """Paints the frames of one shot with the network, in order.

    Attributes:
        network: The model.
        steps: How many times the network is asked for a frame.
    """

    network: StyleNetwork
    steps: int

    def prepare(self, frame: FrameBuffers) -> Told:
        """Gather what the network is told of a frame, and ask it for the first time."""
        from render.stylize.diffusion.condition import condition_of
        from render.stylize.diffusion.sampler import predicted
        from render.stylize.painting.finishing import finished
        from render.stylize.painting.strokes import stroke_field

        guides, noise = self.easel.guides(frame), self.easel.noise(frame)
        strokes = stroke_field(guides, noise)
        condition = condition_of(guides, noise, strokes)
        begun = predicted(self.network, noise, condition, self._styles())
        if self.steps == 1:
            begun = finished(self.easel.style, begun, guides, strokes)
        return Told(noise, condition, begun, guides, strokes)

    def paint(self, frame: FrameBuffers, prepared: Told, fusion: Any) -> Tensor:  # noqa: ANN401
        """Return the picture; see `Session.paint`."""
        from render.stylize.diffusion.sampler import sample
        from render.stylize.painting.finishing import finished

        def settled(clean: Tensor) -> Tensor:
            if self.steps > 1:
                clean = finished(self.easel.style, clean, prepared.guides, prepared.strokes)
            return clean if fusion is None else fusion(clean)

        return sample(
            self.network, prepared.noise, prepared.condition, self._styles(), steps=self.steps,
            strength=self.strength_at(frame), blend=settled, begun=prepared.begun,
        )  # fmt: skip

    def _styles(self) -> Tensor:
        from render.stylize.diffusion.sampler import style_weights

        return style_weights(self.network.shape.styles, {self.easel.style: 1.0})


@cache
def network_in(path: Path) -> StyleNetwork:
    """Return the network of a file, loaded once."""
    return load_network(path)
