"""What a kind of place is: what closes it, what its ground is, and what stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scene_builder.model.graph import Setting


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A kind of place.

    Attributes:
        name: What it is called.
        indoor: Whether walls and a ceiling close it.
        ground: Substance of the ground.
        ground_color: CSS colour of the ground, or None for the substance's own.
        marks: Shader parameters of the ground: lanes, bays, stripes, a shore.
        wall: Substance of the walls.
        wall_color: CSS colour of the walls.
        scenery: What makes the place that place, by builder.
        decor: Nouns that suit the background, best first.
        backdrop: A studio: no corners, only a soft sweep of one colour.
        shore_m: Where water begins behind the event [m], up to the horizon; None for no water.
        setting: Hour and weather, as the words have them.
    """

    name: str
    indoor: bool
    ground: str
    ground_color: str | None = None
    marks: Mapping[str, float] = field(default_factory=dict)
    wall: str = "plaster"
    wall_color: str = "#dcd8cd"
    scenery: tuple[str, ...] = ()
    decor: tuple[str, ...] = ()
    backdrop: bool = False
    shore_m: float | None = None
    setting: Setting = field(default_factory=Setting)
