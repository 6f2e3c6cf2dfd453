"""A pipeline of diffusers, and how it is asked: what models of pictures and of videos share."""

from dataclasses import dataclass
from typing import Any

from render.stylize.large.known import Route
from render.stylize.large.wishes import Wishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A pipeline, and how it is asked.

    Attributes:
        pipeline: The pipeline of diffusers.
        route: Its route.
        wishes: How it is run.
        source: What it is called in messages.
        prompt: What it is told.
        negative: What it is told to avoid.
    """

    pipeline: Any
    route: Route
    wishes: Wishes
    source: str
    prompt: str
    negative: str

    @property
    def control(self) -> float:
        """Strength of the control pictures."""
        return self.route.control if self.wishes.control is None else self.wishes.control

    @property
    def guidance(self) -> float:
        """How strongly the prompt is followed."""
        return self.route.guidance if self.wishes.guidance is None else self.wishes.guidance

    @property
    def steps(self) -> int:
        """How many steps a picture takes."""
        return self.wishes.steps or self.route.steps
