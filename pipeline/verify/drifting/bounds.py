"""What a look may do to a film: the one table of bounds."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from render.stylize.painting.styles import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a style of some kind may do.

    Attributes:
        warp: Warping error along exact flow, silhouettes left out, frame to frame (0…1).
        warp_later: The same, eight frames apart.
        edges: Least recall of outlines and of depth edges, as a share of the plain picture's.
        iou: Least outline IoU, as a share of the plain picture's.
        warp_ratio: Where the plain picture itself changes much along its flow (moving shadows,
            reflections, few samples), the warping error may be so many times the plain one's.
        offset_px: How far an outline may lie off [px].
        hue_deg: How far a colour may turn from the one asked for [deg].
    """

    warp: float
    warp_later: float
    edges: float
    iou: float
    warp_ratio: float = 1.5
    offset_px: float = 1.5
    hue_deg: float = 40.0


BOUNDS: Mapping[Kind, Bounds] = MappingProxyType({
    "stroke": Bounds(warp=0.020, warp_later=0.06, edges=0.65, iou=0.72),
    "soft": Bounds(warp=0.008, warp_later=0.03, edges=0.85, iou=0.82),
    "flat": Bounds(warp=0.008, warp_later=0.03, edges=0.85, iou=0.82),
})  # fmt: skip
