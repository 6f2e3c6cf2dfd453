"""The implementations that a run uses, made when they are first needed."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from physics.simulator import Simulator
from pipeline.plugins import create, entry_named, listing
from pipeline.settings import PRESETS, Settings
from pipeline.steps.chosen_style import Served, served_by
from pipeline.steps.style_picture import painter_after
from render.renderer import Renderer
from render.stylize.large.known import ROUTES, is_large
from render.stylize.stylizer import Stylizer
from render.stylize.wording.choosing import StyleChoice
from scene_builder.assets.library.installed import own_folder
from scene_builder.assets.source import AssetSource
from scene_builder.language.reader import Reader
from scene_builder.model.graph import Look, SceneGraph
from scene_builder.model.reading import Reading

ASSET_SOURCES = ("library", "packaged", "procedural")
"""Where shapes come from, first choice first; the user's own folders come before them."""


@dataclass(frozen=True)
class Parts:
    """What the settings name, as objects.

    Attributes:
        settings: What the user chose.
    """

    settings: Settings

    def check(self) -> None:
        """Check all names before any work begins.

        Raises:
            UnknownNameError: If the settings name something that there is not.
            SettingsError: If what stands behind a colon is not what the reader takes.
        """
        if entry_named("reader", self.settings.reader).takes:
            create("reader", self.settings.reader)  # reads the address, and does no more
        if self.settings.assets is not None:
            create("assets", "folder", path=Path(self.settings.assets))  # looks whether it is there
        entry_named("simulator", self.settings.simulator)
        entry_named("renderer", self.settings.renderer)
        stylizer = self._stylizer
        if self._after_picture is None and stylizer is not None:
            entry_named("stylizer", stylizer)
            if is_large(stylizer):
                create("stylizer", stylizer, **self._model_wishes)  # reads its options

    def ready(self) -> None:
        """Check that a large model is there, before anything is rendered for it.

        Raises:
            SettingsError: If it is not; the message says what to do.
        """
        stylizer = self._stylizer
        if stylizer is not None and is_large(stylizer):
            create("stylizer", stylizer, **self._model_wishes).check()

    def reader_for(self, source: str | SceneGraph) -> Reader | None:
        """What understands the words; a scene graph needs nobody."""
        return None if isinstance(source, SceneGraph) else self.reader()

    def reader(self) -> Reader:
        """What understands the words."""
        reader: Reader = create("reader", self.settings.reader)
        return reader

    @cached_property
    def sources(self) -> tuple[AssetSource, ...]:
        """Where shapes come from."""
        settings = self.settings
        folders = [Path(settings.assets)] if settings.assets is not None else []
        if own_folder().is_dir():
            folders.append(own_folder())
        own = [create("assets", "folder", path=path) for path in folders]
        wish = {"licence": settings.licence}
        return (*own, *(create("assets", name, **wish) for name in ASSET_SOURCES))

    @cached_property
    def simulator(self) -> Simulator:
        """What moves the bodies."""
        simulator: Simulator = create("simulator", self.settings.simulator)
        return simulator

    @cached_property
    def renderer(self) -> Renderer:
        """What makes the frames."""
        return self._renderer(self.settings.renderer, samples=self.settings.samples)

    @property
    def sketcher(self) -> Renderer | None:
        """What draws the storyboard: the quickest, unless Blender is not wanted."""
        if self.settings.renderer == "flat":
            return self.renderer
        from render.storyboard import DRAFT_SAMPLES

        return self._renderer("cycles", samples=DRAFT_SAMPLES)

    def _renderer(self, name: str, *, samples: int) -> Renderer:
        out = self.settings.out
        root = None if out is None else out.resolve()
        renderer: Renderer = create(
            "renderer", name, samples=samples, textures_root=root, seed=self.settings.seed
        )
        return renderer

    @property
    def building(self) -> tuple[object, ...]:
        """What building depends on besides the graph."""
        timing = (self.settings.duration_secs, self.settings.fps)
        return self.sources, self.simulator, timing, self.settings.seed

    @property
    def directing(self) -> tuple[object, ...]:
        """What directing depends on besides the stage and the graph."""
        takes = self.settings.takes
        changes = min(PRESETS[self.settings.preset].changes, takes)
        return self.simulator, (takes, changes), self.settings.seed

    @property
    def aiming(self) -> tuple[object, ...]:
        """What aiming depends on besides the stage and its motion."""
        return self.settings.size_px, self.settings.seed

    def look(self, reading: Reading) -> tuple[Look, Stylizer, int]:
        """What the look depends on besides the frames; an option beats the words."""
        look = self._look(reading)
        if self._after_picture is not None:
            return look, self._after_picture, self.settings.seed
        served = self._served(look)
        wish = {"style": served.style} if served.style else {}
        stylizer: Stylizer = create("stylizer", served.stylizer, **wish, **self._model_wishes)
        return look, stylizer, self.settings.seed

    def choice(self, reading: Reading) -> StyleChoice | None:
        """How the style was found in the words that ask for it; None where it was not searched."""
        return None if self._after_picture else self._served(self._look(reading)).choice

    @cached_property
    def _after_picture(self) -> Stylizer | None:
        """Who paints after the user's picture; None if there is none."""
        settings = self.settings
        return painter_after(settings.style_image, settings.stylizer, settings.out)

    def _look(self, reading: Reading) -> Look:
        look = reading.graph.look
        if self.settings.style is not None:
            look = look.model_copy(update={"style": self.settings.style})
        return look

    @property
    def _stylizer(self) -> str | None:
        """Name of the stylizer, with its model if it is a large one."""
        name, model = self.settings.stylizer, self.settings.model
        if name is None or name not in ROUTES:
            return name
        return f"{name}:{model or ROUTES[name].model}"

    @property
    def _model_wishes(self) -> dict[str, Any]:
        """How a large model is run."""
        return {"options": self.settings.model_options or "", "download": self.settings.download}

    def _served(self, look: Look) -> Served:
        stylizer = self._stylizer
        if stylizer is not None and is_large(stylizer):
            return Served(stylizer)  # it is told the words as they are
        return served_by(look.style, stylizer, tuple(listing("stylizer")))
