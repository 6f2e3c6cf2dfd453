"""The stylizer that paints frames with worldreel's own diffusion model."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

import numpy as np
from jaxtyping import Float

from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.diffusion.weights import OWN_WEIGHTS, digest_of, load_network
from render.stylize.painting.styles import STYLES, Style
from render.stylize.plain import shot_exposure_stops
from render.stylize.steady.fusion import SHARES, fusion_with
from render.stylize.steady.noise import surface_noise
from render.stylize.stylizer import Stylizer
from render.tonemap import tone_mapped
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import Look

if TYPE_CHECKING:
    from torch import Tensor

    from render.stylize.diffusion.network import StyleNetwork
else:  # types are looked up while tests run
    StyleNetwork = Tensor = object

WARM_UP_FRAMES = 32
"""Frames before a chunk that are painted and thrown away, so that its history is the serial
film's: what a frame keeps of one that lies n back falls with the share to the power n."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DiffusionStylizer(Stylizer):
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
        session: Session | None = None
        seed = int(rng.integers(2**31))
        for frame in frames:
            if session is None:
                session = self.session(shot, frame, look, seed)
            yield session.picture(frame)

    def style_of(self, look: Look) -> Style:
        """Return the style that is painted.

        Raises:
            SettingsError: If there is no such style.
        """
        name = style_named(self.style or look.style or "", tuple(one.name for one in STYLES))
        return next(one for one in STYLES if one.name == name)

    def session(self, shot: Shot, first: FrameBuffers, look: Look, seed: int) -> "Session":
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
        from render.stylize.painting.guides import scale_of

        network = network_in(self.weights)
        style = self.style_of(look)
        if style.name not in network.shape.styles:
            raise SettingsError(f"{self.weights} does not know the style {style.name!r}")
        return Session(
            network=network,
            shot=shot,
            style=style.name,
            seed=seed,
            steps=self.steps,
            strength=self.strength,
            share=SHARES[style.kind] if self.share is None else self.share,
            stops=shot_exposure_stops(shot.stage, first),
            scale_m=scale_of(first.depth),
        )


@dataclass(slots=True, kw_only=True)
class Session:
    """Paints the frames of one shot, in order.

    What a picture depends on: its frame, the frame before, and the picture before as it was
    written, in 8 bits. So a film that was left can be taken up with `resume`, and a chunk of
    a film may begin `WARM_UP_FRAMES` early and be painted apart from the others.

    Attributes:
        network: The model.
        shot: What is painted.
        style: Name of the style.
        seed: Seed of the paint.
        steps: How many times the network is asked for a frame.
        strength: Share of the style's change, 0…1.
        share: Share of history.
        stops: Exposure of the plain picture [stops].
        scale_m: Depth that counts as half far [m].
        strengths: Strength of single bodies by body index, where it differs.
    """

    network: StyleNetwork
    shot: Shot
    style: str
    seed: int
    steps: int
    strength: float
    share: float
    stops: float
    scale_m: float
    strengths: dict[int, float] = field(default_factory=dict)
    _before: tuple[int, Array, Picture] | None = None

    def resume(self, frame: FrameBuffers, picture: Picture) -> None:
        """Go on after a frame whose picture has been written already."""
        self._before = (frame.frame, frame.body_index, picture)

    def picture(self, frame: FrameBuffers) -> Picture:
        """Return the picture of the next frame."""
        import torch

        from render.stylize.diffusion.condition import condition_of
        from render.stylize.diffusion.sampler import sample, style_weights
        from render.stylize.painting.guides import guides_of_frame
        from render.stylize.painting.strokes import stroke_field

        track = self.shot.track
        rotation = track.world_from_camera(frame.frame).rotation
        plain = tone_mapped(frame.rgb, exposure_stops=self.stops)
        with torch.inference_mode():
            guides = guides_of_frame(frame, plain, rotation, scale_m=self.scale_m)
            noise = torch.from_numpy(surface_noise(frame, track, self.seed))[None]
            condition = condition_of(guides, noise, stroke_field(guides, noise))
            painted = sample(
                self.network, noise, condition,
                style_weights(self.network.shape.styles, {self.style: 1.0}),
                steps=self.steps, strength=self._strength_at(frame), blend=self._fusion(frame),
            )  # fmt: skip
            shown = (painted[0].permute(1, 2, 0) * 255).round().to(torch.uint8).numpy()
        picture = np.array(shown)
        self._before = (frame.frame, frame.body_index, picture)
        return picture

    def _fusion(self, frame: FrameBuffers) -> Any:  # noqa: ANN401 - a Fusion, or None
        if self._before is None or not self.share or self._before[0] != frame.frame - 1:
            return None
        _, index, picture = self._before
        return fusion_with(picture, index, frame, self.shot.track, share=self.share)

    def _strength_at(self, frame: FrameBuffers) -> "Tensor | float":
        """Return one strength, or one for each pixel (1 1 h w) if bodies differ."""
        if not self.strengths:
            return self.strength
        import torch

        table: Float[Array, " n"] = np.full(int(frame.body_index.max()) + 1, self.strength)
        for index, strength in self.strengths.items():
            if index < len(table):
                table[index] = strength
        return torch.from_numpy(table[frame.body_index].astype(np.float32))[None, None]


def style_named(asked: str, offers: tuple[str, ...]) -> str:
    """Return the name of the style that is asked for; the first for no wish.

    Raises:
        SettingsError: If there is no such style.
    """
    if not asked:
        return offers[0]
    word = asked.strip().lower().removesuffix(" style").strip()
    if word in offers:
        return word
    for style in STYLES:
        words = [part.strip() for part in style.words.replace(";", ",").lower().split(",")]
        if style.name in offers and any(word == part or word in part.split() for part in words):
            return style.name
    raise SettingsError(f"there is no style {asked!r}; there are: {', '.join(offers)}")


@cache
def network_in(path: Path) -> StyleNetwork:
    """Return the network of a file, loaded once."""
    return load_network(path)
