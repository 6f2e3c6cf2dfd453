"""How far a look has drifted from what truly happened: figures for the report.

Every measure is taken of the styled and of the plain picture alike, so that what the render
itself cannot tell is not held against the look. The motion's certificate is no part of this: a
look changes pictures, never motion.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from pipeline.verify.drift_measures import (
    depth_edges,
    edge_recall,
    hue_apart_deg,
    lab_from_linear,
    mean_color,
    moved_aside,
    outline_iou,
    outline_offset,
    outlines,
)
from pipeline.verify.report import Figure
from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.painting.styles import STYLES, Kind, Style
from render.stylize.plain import PlainStylizer, shot_exposure_stops
from render.stylize.stylizer import Stylizer
from render.tonemap import tone_mapped
from scene_builder.knowledge.colors import COLORFUL, linear_color
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a style of some kind may do.

    Attributes:
        warp: Warping error along exact flow, silhouettes left out, frame to frame (0…1).
        warp_later: The same, eight frames apart.
        edges: Least recall of outlines and of depth edges, as a share of the plain picture's.
        iou: Least outline IoU, as a share of the plain picture's.
        offset_px: How far an outline may lie off [px].
        hue_deg: How far a colour may turn from the one asked for [deg].
    """

    warp: float
    warp_later: float
    edges: float
    iou: float
    offset_px: float = 1.5
    hue_deg: float = 40.0


BOUNDS: Mapping[Kind, Bounds] = MappingProxyType({
    "stroke": Bounds(warp=0.020, warp_later=0.06, edges=0.65, iou=0.72),
    "soft": Bounds(warp=0.008, warp_later=0.03, edges=0.85, iou=0.82),
    "flat": Bounds(warp=0.008, warp_later=0.03, edges=0.85, iou=0.82),
})  # fmt: skip
LATER_FRAMES = 8
STILLS = 8
"""Frames of which edges, outlines and colours are measured, evenly over the film."""
FAINT = 0.05
"""What the plain picture itself hardly shows is not judged."""


def judged_as(stylizer: Stylizer, look: Look) -> Style | None:
    """Return the style whose bounds hold for a stylizer's pictures; None for plain ones.

    A stylizer may have a method `style_of(look)` that says; others are judged as cartoons.
    """
    if isinstance(stylizer, PlainStylizer):
        return None
    tells = getattr(stylizer, "style_of", None)
    if tells is not None:
        style: Style = tells(look)
        return style
    return next(style for style in STYLES if style.name == _CARTOON)


_CARTOON = "toon"


class Drift(BaseModel):
    """What a look has done to a film: drift.json.

    Attributes:
        style: The style whose bounds hold.
        figures: What was measured, each with its bound.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True
    )

    schema_name: Literal["worldreel.drift/1"] = Field("worldreel.drift/1", alias="schema")
    style: str
    figures: tuple[Figure, ...] = ()

    @property
    def broken(self) -> tuple[str, ...]:
        """What breaks its bound, in sentences."""
        return tuple(figure.text for figure in self.figures if not figure.ok)


class Seen(NamedTuple):
    """One frame, and its picture with and without the look."""

    frame: FrameBuffers
    styled: Picture
    plain: Picture


def drift_figures(
    shot: Shot,
    frames: Iterable[FrameBuffers],
    pictures: Iterable[Picture],
    kind: Kind,
    *,
    keeps_colors: bool = True,
) -> tuple[Figure, ...]:
    """Return what the look has done to a film, each figure with its bound.

    Args:
        shot: What was filmed.
        frames: Its frames, in order.
        pictures: The finished pictures, one for each.
        kind: Which bounds hold.
        keeps_colors: Whether the style keeps the colours of things.
    """
    bounds = BOUNDS[kind]
    total = shot.trajectory.frame_count
    stills = set(np.linspace(0, total - 1, min(STILLS, total)).round().astype(int).tolist())
    warps: dict[int, list[tuple[float, float]]] = {1: [], LATER_FRAMES: []}
    still: list[Seen] = []
    last: deque[Seen] = deque(maxlen=LATER_FRAMES)
    for seen in _watched(shot, frames, pictures):
        for lag, errors in warps.items():
            if len(last) >= lag and (lag == 1 or seen.frame.frame % _LATER_EVERY == 0):
                errors.append(_warp_errors(seen, last[-lag], shot))
        last.append(seen)
        if seen.frame.frame in stills:
            still.append(seen)
    return (
        _warp_figure(warps[1], 1, bounds.warp),
        _warp_figure(warps[LATER_FRAMES], LATER_FRAMES, bounds.warp_later),
        *_edge_figures(still, bounds),
        _offset_figure(still, shot, bounds),
        *(_color_figures(still, shot, bounds) if keeps_colors else ()),
    )


_LATER_EVERY = 4


def _watched(
    shot: Shot, frames: Iterable[FrameBuffers], pictures: Iterable[Picture]
) -> Iterator[Seen]:
    stops: float | None = None
    for frame, styled in zip(frames, pictures, strict=False):
        if stops is None:
            stops = shot_exposure_stops(shot.stage, frame)
        yield Seen(frame, styled, tone_mapped(frame.rgb, exposure_stops=stops))


def _warp_errors(seen: Seen, before: Seen, shot: Shot) -> tuple[float, float]:
    """Return the mean difference (0…1) to the earlier picture, carried along: styled, plain."""
    from render.stylize.steady.fusion import GUARD_PX, near_silhouettes, warped
    from render.stylize.steady.motion import motion_between

    flow, known = motion_between(seen.frame, before.frame, shot)
    edges = near_silhouettes(before.frame.body_index, GUARD_PX).astype(np.float32)[..., None]
    near = near_silhouettes(seen.frame.body_index, GUARD_PX)
    clear = known & ~near & (warped(edges, flow)[..., 0] < _TOUCHED)
    if not clear.any():
        return float("nan"), float("nan")
    pairs = (seen.styled, before.styled), (seen.plain, before.plain)
    styled, plain = (
        float(np.abs(warped(then / 255.0, flow) - now / 255.0)[clear].mean()) for now, then in pairs
    )
    return styled, plain


_TOUCHED = 0.01


def _warp_figure(errors: list[tuple[float, float]], lag: int, limit: float) -> Figure:
    styled, plain = _means(errors)
    apart = "from frame to frame" if lag == 1 else f"over {lag} frames"
    return Figure(
        name=f"style_warp_error_{lag}", value=styled, limit=limit,
        ok=styled is None or styled <= limit, covered=styled is not None,
        text=f"the look differs by {_said(styled)} {apart} along exact motion, silhouettes left "
        f"out; the plain picture by {_said(plain)}",
    )  # fmt: skip


def _edge_figures(still: list[Seen], bounds: Bounds) -> Iterator[Figure]:
    measures = (
        ("style_outlines_lost", "of all outlines are edges in the picture", bounds.edges,
         lambda picture, frame: edge_recall(picture, outlines(frame))),
        ("style_depth_edges_lost", "of all steps of depth are edges in the picture", bounds.edges,
         lambda picture, frame: edge_recall(picture, depth_edges(frame))),
        ("style_shapes_lost", "of the pixels along outlines have their own body's colour",
         bounds.iou, outline_iou),
    )  # fmt: skip
    for name, says, least, measure in measures:
        rows = [
            tuple(measure(picture, seen.frame)
                  for picture in (seen.styled, seen.plain, moved_aside(seen.styled)))
            for seen in still
        ]  # fmt: skip
        styled, plain, chance = _means(rows) if rows else (None, None, None)
        lost = None
        if styled is not None and plain is not None and plain > FAINT:
            lost = max(0.0, 1 - styled / plain)
        yield Figure(
            name=name, value=lost, limit=round(1 - least, 4), covered=lost is not None,
            ok=lost is None or lost <= 1 - least,
            text=f"{_said(styled)} {says}; in the plain picture {_said(plain)}, by chance "
            f"{_said(chance)}",
        )  # fmt: skip


def _offset_figure(still: list[Seen], shot: Shot, bounds: Bounds) -> Figure:
    """Return how far the outlines of moving bodies lie off, where the plain picture shows them."""
    worst, where, count = None, "", 0
    for seen in still:
        for k, body in enumerate(shot.stage.bodies):
            if body.mobility == "static":
                continue
            plain = outline_offset(seen.plain, seen.frame, k + 1)
            styled = outline_offset(seen.styled, seen.frame, k + 1)
            if plain is None or styled is None or float(np.linalg.norm(plain)) > _SURE_PX:
                continue
            count += 1
            off = float(np.linalg.norm(styled - plain))
            if worst is None or off > worst:
                worst, where = off, f"{body.id} at frame {seen.frame.frame}"
    ok = worst is None or worst <= bounds.offset_px
    told = f"the outline of {where} lies {worst:.2f} px off" if worst is not None else ""
    return Figure(
        name="style_offset", value=worst, unit="px", limit=bounds.offset_px, ok=ok,
        covered=worst is not None,
        text=f"{told}; {count} were found" if told else "no outline of a moving body stands out",
    )  # fmt: skip


_SURE_PX = 1.0


def _color_figures(still: list[Seen], shot: Shot, bounds: Bounds) -> Iterator[Figure]:
    """Yield, for each body with a colour asked for, how far its hue is from it.

    Light tints things: what the plain picture is off already is allowed too.
    """
    for k, body in enumerate(shot.stage.bodies):
        if body.color_asked is None or body.color_asked == COLORFUL:
            continue
        try:
            asked = lab_from_linear(linear_color(body.color_asked))
        except SceneError:
            continue
        rows = []
        for seen in still:
            styled = mean_color(seen.styled, seen.frame, k + 1)
            plain = mean_color(seen.plain, seen.frame, k + 1)
            if styled is not None and plain is not None:
                hues = [hue_apart_deg(lab_from_linear(c), asked) for c in (styled, plain)]
                rows.append(tuple(hues))
        styled_deg, plain_deg = _means(rows) if rows else (None, None)
        if styled_deg is None or plain_deg is None:
            continue
        limit = bounds.hue_deg + plain_deg
        yield Figure(
            name="style_color", value=styled_deg, unit="deg", limit=round(limit, 1),
            ok=styled_deg <= limit,
            text=f"the hue of {body.id} is {styled_deg:.0f}° from {body.color_asked}; in the "
            f"plain picture {plain_deg:.0f}°",
        )  # fmt: skip


def _means(rows: Sequence[tuple[float, ...]]) -> tuple[float | None, ...]:
    """Return each column's mean over the rows in which it is known."""
    if not rows:
        return None, None
    columns = [
        [value for value in column if np.isfinite(value)] for column in zip(*rows, strict=True)
    ]
    return tuple(float(np.mean(column)) if column else None for column in columns)


def _said(value: float | None) -> str:
    return "nothing" if value is None else f"{value:.4f}" if value < FAINT else f"{value:.2f}"
