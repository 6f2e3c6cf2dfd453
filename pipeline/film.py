"""From words to a film: the table of contents.

    read → build → direct → simulate → aim → storyboard → render → stylize → encode → verify

Each step asks for the results that it needs, so that a film can be taken up and left at any
of them. Building lets the stage settle; directing chooses a take that does what the words say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from physics.trajectory import Trajectory
from pipeline.cache import Cache
from pipeline.parts import Parts
from pipeline.run_folder.pictures import Pictures
from pipeline.steps import encode, motion, read, render, stage, stylize, verify
from pipeline.verify.report import Report
from render.camera_track import CameraTrack
from render.shot import Shot
from scene_builder.model.graph import SceneGraph
from scene_builder.model.reading import Reading
from scene_builder.model.stage import Stage


@dataclass
class Film:
    """Everything that becomes of `source`, words or a scene graph, made when first asked for."""

    source: str | SceneGraph
    parts: Parts
    cache: Cache

    @cached_property
    def reading(self) -> Reading:
        """What the words say."""
        return self.cache.keep(read.READ, lambda: (self.source, self.parts.reader_for(self.source)))

    @cached_property
    def built(self) -> Stage:
        """Every body placed, sized, dressed and at rest."""
        inputs = lambda: (self.reading.graph, *self.parts.building, self.reading.stands)  # noqa: E731
        return self.cache.keep(stage.BUILD, inputs)

    @cached_property
    def stage(self) -> Stage:
        """The stage as filmed: the take that the director chose."""
        inputs = lambda: (self.built, self.reading.graph, *self.parts.directing)  # noqa: E731
        return self.cache.keep(stage.DIRECT, inputs)

    @cached_property
    def trajectory(self) -> Trajectory:
        """How every body moves."""
        kept = self.cache.keep(motion.SIMULATE, lambda: (self.stage, self.parts.simulator))
        return motion.checked(self.stage, kept)

    @cached_property
    def track(self) -> CameraTrack:
        """Where the camera is."""
        inputs = (self.stage, self.trajectory, self.reading.graph, *self.parts.aiming)
        return self.cache.keep(motion.AIM, lambda: inputs)

    @cached_property
    def shot(self) -> Shot:
        """Stage, motion and camera."""
        return Shot(stage=self.stage, trajectory=self.trajectory, track=self.track)

    @cached_property
    def storyboard(self) -> Path:
        """Six frames on one page, before the long work begins."""
        sketcher = self.parts.sketcher
        return self.cache.keep(render.STORYBOARD, lambda: (self.reading, self.shot, sketcher))

    @cached_property
    def frames(self) -> render.Frames:
        """Every frame with its exact truth."""
        return self.cache.keep(render.RENDER, lambda: (self.shot, self.parts.renderer))

    @cached_property
    def styled(self) -> stylize.Styled:
        """Every frame with its look, and what the look has done to it."""
        look, choice = self.parts.look(self.reading), self.parts.choice(self.reading)
        return self.cache.keep(stylize.STYLIZE, lambda: (self.shot, self.frames, *look, choice))

    @property
    def pictures(self) -> Pictures:
        """Every frame with its look."""
        return self.styled.pictures

    @cached_property
    def film(self) -> Path:
        """The film itself, film.mp4."""
        tags = encode.tags_of(self.reading.graph, self.stage, self.parts.settings.seed)
        fps = self.stage.timeline.fps
        return self.cache.keep(encode.ENCODE, lambda: (self.pictures, fps, tags))

    @cached_property
    def certificate(self) -> Report:
        """Whether the motion keeps the laws."""
        moved = self.reading.graph, self.stage, self.trajectory, self.parts.simulator
        return self.cache.keep(verify.CERTIFY, lambda: moved)

    @cached_property
    def report(self) -> Report:
        """Whether the film does what the words say."""

        def inputs() -> Sequence[Any]:
            seen = self.reading, self.shot, self.frames, self.certificate
            safe = verify.robustness_text(self.cache.manifest, self.cache.folder)
            return (*seen, safe, self.styled.drift)

        return self.cache.keep(verify.VERIFY, inputs)
