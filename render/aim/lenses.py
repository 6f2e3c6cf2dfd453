"""The lens by the size of the shot, and shorter ones where that does not find its place."""

from collections.abc import Iterator

from render.aim.cues import cues_of
from scene_builder.model.lens import Lens
from scene_builder.model.stage import Stage
from scene_builder.model.words import Framing

USUAL_MM = 42.0
"""About the diagonal of the sensor: neither wide nor long."""

FOCAL_LENGTHS_MM: dict[Framing | None, float] = {
    None: USUAL_MM, "wide": 28.0, "medium": USUAL_MM, "close_up": 75.0, "extreme_close_up": 90.0,
}  # fmt: skip
"""Focal length [mm] by size of shot, for a sensor as wide as 35 mm film (36 mm): a wide shot shows
much of the place around a thing, a near one little of it, and keeps the thing's own shape (Ward,
Picture Composition for Film and Television, 2003, ch. 4)."""

SHORTEST_MM = 28.0
SENSOR_WIDTH_MM = 36.0


def lenses(stage: Stage, size_px: tuple[int, int]) -> Iterator[Lens]:
    """Yield the lens that the words ask for, then shorter ones: they look from nearer.

    A camera has one lens for its whole shot: where its cues ask for several sizes, the usual one.

    Args:
        stage: What is there; its `shot` holds the cues.
        size_px: Width and height of the picture [px].
    """
    sizes = {cue.shot for cue in cues_of(stage)}
    wanted = FOCAL_LENGTHS_MM[sizes.pop()] if len(sizes) == 1 else USUAL_MM
    shorter = [length for length in (USUAL_MM, SHORTEST_MM) if length < wanted]
    for length in (wanted, *shorter):
        yield Lens(focal_length_mm=length, sensor_width_mm=SENSOR_WIDTH_MM, size_px=size_px)
