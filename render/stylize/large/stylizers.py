"""The stylizers that give a film its look with a large model of diffusers."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar, final

import numpy as np

from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.large.canvas import Canvas
from render.stylize.large.controls import depth_range
from render.stylize.large.fingerprint import fingerprint
from render.stylize.large.image import ImageModel, KeyFrameSession
from render.stylize.large.known import ROUTES, Route
from render.stylize.large.loading import load_pipeline, released
from render.stylize.large.sources import (
    check_checker,
    check_installed,
    check_source,
    check_sources,
    is_picture,
    read_picture,
)
from render.stylize.large.video.models import CosmosTransfer, WanVace
from render.stylize.large.video.session import VideoModel, VideoSession
from render.stylize.large.wishes import Wishes, controls_of, wishes_from
from render.stylize.large.words import NEGATIVE, prompt_of
from render.stylize.painting.styles import Style, style_named
from render.stylize.session import Easel, Session, SessionStylizer
from render.stylize.stylizer import Stylizer
from render.stylize.wording.choosing import choose_style
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import Look

_UNSAID, _UNKNOWN = "photoreal", "oil"
"""Whose bounds hold where no look was asked for, and where nobody can say which it is."""


@dataclass(frozen=True, kw_only=True)
class _LargeStylizer(Stylizer, SessionStylizer, ABC):
    """What all of them share.

    Attributes:
        model: Hub id or folder; "" takes the route's own.
        options: How it is run, `name=value …`; see `Wishes`.
        download: Whether what is missing may be fetched.
    """

    route_name: ClassVar[str]

    model: str = field(default="", kw_only=False)
    options: str = ""
    download: bool = False
    wishes: Wishes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "wishes", wishes_from(self.options))
        controls_of(self.route, self.wishes)

    @property
    def route(self) -> Route:
        """How films get their look by it."""
        return ROUTES[self.route_name]

    @property
    def source(self) -> str:
        """Hub id or folder of the model."""
        return self.model or self.route.model

    @property
    def identity(self) -> list[object]:
        """What a painted film depends on besides its frames; not where and how fast it is run."""
        wishes = self.wishes
        parts = [self.source, wishes.controlnet or self.route.controlnet, wishes.reference]
        known = [fingerprint(part) for part in parts if part]
        return [known, wishes.painting]

    def check(self) -> None:
        """Check that everything is there, before any work begins; nothing is loaded.

        Raises:
            SettingsError: If something is missing; the message says what to do.
        """
        check_installed()
        check_sources(self.route, self.source, self.wishes, download=self.download)

    def style_of(self, look: Look) -> Style:
        """Return the built-in style that a look comes nearest to: its bounds of drift hold."""
        if not look.style:
            return style_named(_UNSAID)
        return style_named(choose_style(look.style).style or _UNKNOWN)

    def stylize(
        self, shot: Shot, frames: Iterable[FrameBuffers], look: Look, rng: np.random.Generator
    ) -> Iterator[Picture]:
        """Yield one sRGB picture for each frame; see `Stylizer.stylize`.

        Raises:
            SettingsError: If the model is missing or does not fit into memory.
        """
        seed, several = int(rng.integers(2**31)), iter(frames)
        first = next(several, None)
        if first is not None:
            yield from self.session(shot, first, look, seed).pictures(_chained(first, several))

    @abstractmethod
    def session(self, shot: Shot, first: FrameBuffers, look: Look, seed: int) -> Session[Any]:
        """Return what paints the frames of a shot; see `SessionStylizer.session`.

        Raises:
            SettingsError: If the model is missing or does not fit into memory.
        """

    def pipeline(self) -> Any:  # noqa: ANN401 - a pipeline of diffusers
        """Return the model, loaded once."""
        return _pipeline_in(self.route_name, self.source, self.wishes, self.download)

    def asked(self, pipeline: Any, shot: Shot, look: Look) -> dict[str, Any]:  # noqa: ANN401
        """Return a pipeline, and how it is asked for a shot."""
        wishes = self.wishes
        return {
            "pipeline": pipeline, "route": self.route, "wishes": wishes, "source": self.source,
            "prompt": wishes.prompt or prompt_of(shot.stage, look),
            "negative": wishes.negative or NEGATIVE,
        }  # fmt: skip

    def canvas(
        self, shot: Shot, first: FrameBuffers, seed: int, *, channels: int, cell_px: int
    ) -> Canvas:
        """Return the canvas of a shot; exposure and depth are measured on its first frame."""
        wished = self.wishes.independent
        easel = Easel.before(shot, first, style=self.route_name, seed=seed, strength=1.0, share=0.0)
        return Canvas(
            easel=easel, controls=controls_of(self.route, self.wishes), fitted=depth_range(first),
            multiple=self.route.multiple, channels=channels, cell_px=cell_px,
            independent=self.route.independent if wished is None else wished,
        )  # fmt: skip


@final
@dataclass(frozen=True, kw_only=True)
class SdxlStylizer(_LargeStylizer):
    """SDXL paints key frames; exact motion carries them to the frames between."""

    route_name: ClassVar[str] = "sdxl"

    def __post_init__(self) -> None:
        super().__post_init__()
        steps, denoise = self.wishes.steps or self.route.steps, self.wishes.denoise
        if int(steps * denoise) < 1:
            raise SettingsError(
                f"steps={steps} denoise={denoise:g} given; their product is the number of steps "
                "that are taken, and must be 1 or more"
            )

    def session(self, shot: Shot, first: FrameBuffers, look: Look, seed: int) -> KeyFrameSession:
        """Return what paints the frames of a shot; see `SessionStylizer.session`."""
        pipeline = self.pipeline()
        canvas = self.canvas(
            shot, first, seed, channels=pipeline.unet.config.in_channels,
            cell_px=pipeline.vae_scale_factor,
        )  # fmt: skip
        model = ImageModel(**self.asked(pipeline, shot, look))
        return KeyFrameSession(easel=canvas.easel, canvas=canvas, model=model)


@dataclass(frozen=True, kw_only=True)
class _VideoStylizer(_LargeStylizer):
    """A model that paints many frames together."""

    def __post_init__(self) -> None:
        super().__post_init__()
        most = (self.length + self.held) // 2
        if self.wishes.overlap > most:
            raise SettingsError(
                f"overlap={self.wishes.overlap} given; windows of {self.length} frames share at "
                f"most {most}: no frame may lie in three"
            )

    @property
    def length(self) -> int:
        """Frames of a window."""
        return self.wishes.window or self.route.window

    def session(self, shot: Shot, first: FrameBuffers, look: Look, seed: int) -> VideoSession:
        """Return what paints the frames of a shot; see `SessionStylizer.session`."""
        reference = self.reference(shot, first, look, seed)
        pipeline = self.pipeline()
        canvas = self.canvas(
            shot, first, seed, channels=pipeline.vae.config.z_dim,
            cell_px=pipeline.vae_scale_factor_spatial,
        )  # fmt: skip
        return VideoSession(
            easel=canvas.easel, canvas=canvas,
            model=self.video(self.asked(pipeline, shot, look), reference),
            length=self.length, overlap=self.wishes.overlap, hold=self.held,
        )  # fmt: skip

    @property
    def held(self) -> int:
        """How many frames a window is told as they are."""
        return self.wishes.hold

    @abstractmethod
    def video(self, asked: dict[str, Any], reference: Picture | None) -> VideoModel:
        """Return the model as it is asked for a shot.

        Args:
            asked: The pipeline, and how it is asked.
            reference: A picture of the look; None for none.
        """

    def reference(self, shot: Shot, first: FrameBuffers, look: Look, seed: int) -> Picture | None:
        """Return the picture that shows the look; None without one."""
        return None


@final
@dataclass(frozen=True, kw_only=True)
class WanStylizer(_VideoStylizer):
    """Wan VACE paints a control video, window by window."""

    route_name: ClassVar[str] = "wan"

    def check(self) -> None:
        """Check that everything is there; see `_LargeStylizer.check`."""
        super().check()
        reference = self.wishes.reference
        if reference and not is_picture(reference):
            check_source(reference, download=self.download)

    def video(self, asked: dict[str, Any], reference: Picture | None) -> WanVace:
        """Return the model as it is asked for a shot."""
        return WanVace(reference=reference, **asked)

    def reference(self, shot: Shot, first: FrameBuffers, look: Look, seed: int) -> Picture | None:
        """Return the user's picture, or the first frame as an image model paints it."""
        source = self.wishes.reference
        if not source:
            return None
        if is_picture(source):
            return read_picture(source, shot.track.lens.size_px)
        here = (
            f"device={self.wishes.device} dtype={self.wishes.dtype} offload={self.wishes.offload}"
        )
        image = SdxlStylizer(model=source, options=here, download=self.download)
        picture = image.session(shot, first, look, seed).picture(first)
        _pipeline_in.cache_clear()  # both models together may not fit into memory
        released()
        return picture


@final
@dataclass(frozen=True, kw_only=True)
class CosmosStylizer(_VideoStylizer):
    """Cosmos Transfer paints a control video, window by window."""

    route_name: ClassVar[str] = "cosmos"

    @property
    def held(self) -> int:
        """None: its pipeline cannot be told a window's first frames."""
        return 0

    def check(self) -> None:
        """Check that everything is there; see `_LargeStylizer.check`."""
        check_installed()
        check_checker()
        super().check()

    def video(self, asked: dict[str, Any], reference: Picture | None) -> CosmosTransfer:
        """Return the model as it is asked for a shot."""
        return CosmosTransfer(**asked)


@lru_cache(maxsize=1)
def _pipeline_in(name: str, source: str, wishes: Wishes, download: bool) -> Any:  # noqa: ANN401
    released()
    if name == "cosmos":
        check_checker()
    return load_pipeline(ROUTES[name], source, wishes, download=download)


def _chained(first: FrameBuffers, others: Iterable[FrameBuffers]) -> Iterator[FrameBuffers]:
    yield first
    yield from others
