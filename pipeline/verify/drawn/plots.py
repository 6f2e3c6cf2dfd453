"""Curves of a motion as inline SVG: energy, and height against time with touches marked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from jaxtyping import Bool, Float

from physics.certifying.energy import given
from physics.observe.energy import total_energy
from physics.observe.touching import EPISODE_SECS
from physics.observe.view import View
from physics.trajectory import Trajectory
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Stage

WIDTH, HEIGHT = 480.0, 230.0
LEFT, RIGHT, TOP, BOTTOM = 56.0, 10.0, 14.0, 34.0
MOST_CURVES = 8
"""Bodies whose height is drawn: those that move most."""

LEAST_BLOW = 0.05
"""Touches that change a velocity by less than this [m/s] are not marked."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a plot.

    Attributes:
        name: What it is.
        values: One for each frame (f).
        marks: Moments to mark on it: (time [s], words).
    """

    name: str
    values: Float[Array, " f"]
    marks: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawn plot.

    Attributes:
        title: What it shows.
        svg: The drawing; its colours are the page's.
        legend: Names of its curves, in the order of their colours.
        text: A sentence below it.
    """

    title: str
    svg: str
    legend: tuple[str, ...]
    text: str


def plots_of(stage: Stage, trajectory: Trajectory) -> list[Plot]:
    """Return the plots that a motion is worth; none for one that stands still."""
    view = View(stage, trajectory)
    if len(view.times) < 2:  # noqa: PLR2004 - a line has two ends
        return []
    return [*_energy(view), *_heights(view)]


def _energy(view: View) -> list[Plot]:
    energy = total_energy(view)
    if energy is None or float(energy.moving.max()) <= 0:
        return []
    stored = energy.total - energy.moving
    floor = float(stored.min())
    curves = [
        Curve("all of it", energy.total - floor),
        Curve("of motion", energy.moving),
        Curve("of height and springs", stored - floor),
    ]
    bands = _runs(view, given(view))
    text = "It may only fall: nothing gives any."
    if bands:
        text = "It may only fall, except in the shaded times, when an action gives some."
    svg = _drawn(view.times, curves, "J", "Energy over time", bands)
    return [Plot("Energy", svg, tuple(curve.name for curve in curves), text)]


def _heights(view: View) -> list[Plot]:
    moving = {}
    for body in view.stage.bodies:
        if body.mobility != "static":
            way = np.linalg.norm(np.diff(view.center(body.id), axis=0), axis=1).sum()
            if way > 0.01:  # noqa: PLR2004 - a centimetre can be seen
                moving[body.id] = float(way)
    chosen = sorted(moving, key=lambda body: -moving[body])[:MOST_CURVES]
    if not chosen:
        return []
    curves = [Curve(body, view.height(body), _touches(view, body)) for body in sorted(chosen)]
    more = len(moving) - len(chosen)
    text = "Centres of mass; dots are touches." + (f" {more} more move less." if more else "")
    svg = _drawn(view.times, curves, "m", "Height over time")
    return [Plot("Height", svg, tuple(curve.name for curve in curves), text)]


def _touches(view: View, body_id: str) -> tuple[tuple[float, str], ...]:
    """When a body is hit, by what and how hard."""
    found = []
    for other in view.partners(body_id):
        touching = view.touching(body_id, other)
        starts = np.flatnonzero(np.diff(touching.time, prepend=-np.inf) > EPISODE_SECS)
        for start in starts:
            first = float(touching.time[start])
            blow = float(touching.impulse[start : start + 3].sum())
            if first > view.frame_secs and blow / view.body(body_id).mass_kg > LEAST_BLOW:
                found.append((first, f"{body_id} touches {other} at {first:.2f} s, {blow:.2g} N·s"))
    return tuple(sorted(found))


def _runs(view: View, true: Bool[Array, " f"]) -> list[tuple[float, float]]:
    """Times from and to which something is true [s]."""
    runs: list[tuple[float, float]] = []
    for k in np.flatnonzero(true):
        begin, end = float(view.times[max(k - 1, 0)]), float(view.times[k])
        if runs and begin <= runs[-1][1] + 1e-9:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((begin, end))
    return runs


class _Axes:
    """From values to the drawing's pixels."""

    def __init__(self, times: Float[Array, " f"], low: float, high: float) -> None:
        self.end = float(times[-1])
        self.low, self.high = low, high

    def x(self, time: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * time / self.end

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def _drawn(
    times: Float[Array, " f"], curves: Sequence[Curve], unit: str, label: str,
    bands: Sequence[tuple[float, float]] = (),
) -> str:  # fmt: skip
    low = min(0.0, *(float(curve.values.min()) for curve in curves))
    high = max(float(curve.values.max()) for curve in curves)
    high = high if high > low else low + 1.0
    step = _step(high - low)
    axes = _Axes(times, low, math.ceil(high / step) * step)
    parts = [_band(axes, *band) for band in bands] + _grid(axes, step, unit)
    parts += [_line(axes, times, curve, k) for k, curve in enumerate(curves)]
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
        f'aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def _band(axes: _Axes, begin: float, end: float) -> str:
    x, width = axes.x(begin), axes.x(end) - axes.x(begin)
    return (
        f'<rect class="band" x="{x:.1f}" y="{TOP}" width="{max(width, 1.5):.1f}" '
        f'height="{HEIGHT - TOP - BOTTOM:.1f}"/>'
    )


def _grid(axes: _Axes, step: float, unit: str) -> list[str]:
    parts = []
    value = math.ceil(axes.low / step - 1e-9) * step
    while value <= axes.high + step * 1e-6:
        y = axes.y(value)
        parts.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text class="tick right" x="{LEFT - 7}" y="{y + 4:.1f}">{value:.3g}</text>')
        value += step
    parts.append(f'<text class="tick right" x="{LEFT - 42}" y="{TOP + 5}">{unit}</text>')
    pace = _step(axes.end)
    for k in range(int(axes.end / pace + 1e-9) + 1):
        x = axes.x(k * pace)
        y = HEIGHT - BOTTOM
        parts.append(f'<path class="grid" d="M{x:.1f} {y}v4"/>')
        unit_told = " s" if k == 0 else ""
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{y + 19}">{k * pace:.3g}{unit_told}</text>'
        )
    return parts


def _line(axes: _Axes, times: Float[Array, " f"], curve: Curve, k: int) -> str:
    points = [
        f"{axes.x(float(t)):.1f} {axes.y(float(v)):.1f}"
        for t, v in zip(times, curve.values, strict=True)
    ]
    marks = [
        f'<circle cx="{axes.x(t):.1f}" cy="{axes.y(float(np.interp(t, times, curve.values))):.1f}" '
        f'r="3.2"><title>{escape(words)}</title></circle>'
        for t, words in curve.marks
    ]
    return (
        f'<g class="curve c{k}"><path d="M{"L".join(points)}"><title>{escape(curve.name)}</title>'
        f"</path>{''.join(marks)}</g>"
    )


def _step(span: float) -> float:
    """A round step of which about five make the span."""
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * 0.999)
