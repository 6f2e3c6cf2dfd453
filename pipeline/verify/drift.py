"""How far a look has drifted from what truly happened: figures for the report.

Every measure is taken of the styled and of the plain picture alike, so that what the render
itself cannot tell is not held against the look. The motion's certificate is no part of this: a
look changes pictures, never motion.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.verify.drifting.bounds import BOUNDS, Bounds
from pipeline.verify.drifting.measures import (
    CLEAR,
    LEAST_PIXELS,
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
from pipeline.verify.drifting.record import BodyDrift, Drift, Sighting, offsets_px
from pipeline.verify.report import Figure
from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.painting.styles import STYLES, Style
from render.stylize.plain import PlainStylizer, printed, shot_exposure_stops
from render.stylize.stylizer import Stylizer
from scene_builder.knowledge.colors import COLORFUL, linear_color
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SceneError
from scene_builder.model.graph import Look

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


class Seen(NamedTuple):
    """One frame, and its picture with and without the look."""

    frame: FrameBuffers
    styled: Picture
    plain: Picture


def drift_of(
    shot: Shot, frames: Iterable[FrameBuffers], pictures: Iterable[Picture], style: Style
) -> Drift:
    """Return what the look has done to a film.

    Args:
        shot: What was filmed.
        frames: Its frames, in order.
        pictures: The finished pictures, one for each; both are taken once, side by side.
        style: Whose bounds hold.
    """
    bounds = BOUNDS[style.kind]
    total = shot.trajectory.frame_count
    stills = set(np.linspace(0, total - 1, min(STILLS, total)).round().astype(int).tolist())
    warps = {lag: Warps(len(shot.stage.bodies) + 1) for lag in (1, LATER_FRAMES)}
    still: list[Seen] = []
    last: deque[Seen] = deque(maxlen=LATER_FRAMES)
    for seen in _watched(shot, frames, pictures):
        for lag, errors in warps.items():
            if len(last) >= lag and (lag == 1 or seen.frame.frame % _LATER_EVERY == 0):
                _compare(seen, last[-lag], shot, errors)
        last.append(seen)
        if seen.frame.frame in stills:
            still.append(seen)
    sightings = tuple(_sightings(still, shot))
    figures = (
        _warp_figure(warps[1], 1, bounds.warp, bounds.warp_ratio),
        _warp_figure(warps[LATER_FRAMES], LATER_FRAMES, bounds.warp_later, bounds.warp_ratio),
        *_edge_figures(still, bounds),
        _offset_figure(offsets_px(sightings), len(sightings), bounds),
        *(_color_figures(still, shot, bounds) if style.keeps_colors else ()),
    )
    return Drift(
        style=style.name, keeps_colors=style.keeps_colors, figures=figures, sightings=sightings,
        bodies=tuple(_body_drifts(warps[1], shot.stage.body_ids)),
    )  # fmt: skip


_LATER_EVERY = 4


def _watched(
    shot: Shot, frames: Iterable[FrameBuffers], pictures: Iterable[Picture]
) -> Iterator[Seen]:
    stops: float | None = None
    for frame, styled in zip(frames, pictures, strict=False):
        if stops is None:
            stops = shot_exposure_stops(shot.stage, frame)
        yield Seen(frame, styled, printed(frame.rgb, stops))


class Warps:
    """Sums of differences between pictures along exact motion, for each body index."""

    def __init__(self, count: int) -> None:
        self.sums = np.zeros((2, count))
        self.pixels = np.zeros(count)
        self.means: list[tuple[float, float]] = []

    def add(self, index: Array, styled: Array, plain: Array) -> None:
        """Add the differences (n) of pixels of some bodies (n)."""
        count = len(self.pixels)
        for k, values in enumerate((styled, plain)):
            self.sums[k] += np.bincount(index, weights=values, minlength=count)
        self.pixels += np.bincount(index, minlength=count)
        self.means.append((float(styled.mean()), float(plain.mean())))


def _compare(seen: Seen, before: Seen, shot: Shot, warps: Warps) -> None:
    """Add the differences (0…1) of a picture to the earlier one, carried along: styled, plain."""
    from render.stylize.steady.fusion import GUARD_PX, near_silhouettes, warped
    from render.stylize.steady.motion import motion_between

    flow, known = motion_between(seen.frame, before.frame, shot)
    edges = near_silhouettes(before.frame.body_index, GUARD_PX).astype(np.float32)[..., None]
    near = near_silhouettes(seen.frame.body_index, GUARD_PX)
    clear = known & ~near & (warped(edges, flow)[..., 0] < _TOUCHED)
    if not clear.any():
        return
    pairs = (seen.styled, before.styled), (seen.plain, before.plain)
    styled, plain = (
        np.abs(warped(then / 255.0, flow) - now / 255.0)[clear].mean(-1) for now, then in pairs
    )
    warps.add(seen.frame.body_index[clear], styled, plain)


_TOUCHED = 0.01


def _warp_figure(warps: Warps, lag: int, most: float, ratio: float) -> Figure:
    styled, plain = _means(warps.means)
    apart = "from frame to frame" if lag == 1 else f"over {lag} frames"
    limit = max(most, ratio * (plain or 0.0))
    return Figure(
        name=f"style_warp_error_{lag}", value=styled, limit=round(limit, 4),
        ok=styled is None or styled <= limit, covered=styled is not None,
        text=f"the look differs by {_said(styled)} {apart} along exact motion, silhouettes left "
        f"out; the plain picture by {_said(plain)}",
    )  # fmt: skip


def _body_drifts(warps: Warps, body_ids: Sequence[str]) -> Iterator[BodyDrift]:
    total = max(float(warps.pixels.sum()), 1.0)
    for index, body in enumerate(("", *body_ids)):
        count = float(warps.pixels[index])
        known = count >= LEAST_PIXELS
        styled, plain = (float(row[index] / count) if known else None for row in warps.sums)
        yield BodyDrift(body=body, index=index, warp=styled, plain_warp=plain, share=count / total)


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


def _sightings(still: list[Seen], shot: Shot) -> Iterator[Sighting]:
    """Yield where things are found again, of all that the plain picture shows clearly."""
    for seen in still:
        for k, body in enumerate(shot.stage.bodies):
            if body.mobility == "static" and not body.entity:
                continue
            plain = outline_offset(seen.plain, seen.frame, k + 1, least=CLEAR)
            if plain is None or float(np.linalg.norm(plain)) > _SURE_PX:
                continue
            off = outline_offset(seen.styled, seen.frame, k + 1)
            rows, columns = np.nonzero(seen.frame.body_index == k + 1)
            x, y = float(columns.mean()), float(rows.mean())
            found = None
            if off is not None:
                found = (x + float(off[0] - plain[0]), y + float(off[1] - plain[1]))
            yield Sighting(frame=seen.frame.frame, body=body.id, place_px=(x, y), found_px=found)


_SURE_PX = 1.0


def _offset_figure(drift_px: dict[str, float], sightings: int, bounds: Bounds) -> Figure:
    """Return how far from its true place the body that lies off most is found."""
    where = max(drift_px, key=lambda body: drift_px[body], default="")
    worst = drift_px.get(where)
    told = "no outline stands out"
    if worst is not None:
        told = f"{where} is found {worst:.2f} px from its true place (the median of its stills); "
        told += f"{len(drift_px)} bodies were found at {sightings} places"
    return Figure(
        name="style_offset", value=worst, unit="px", limit=bounds.offset_px, body=where,
        ok=worst is None or worst <= bounds.offset_px, covered=worst is not None, text=told,
    )  # fmt: skip


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
            name="style_color", body=body.id, value=styled_deg, unit="deg", limit=round(limit, 1),
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
