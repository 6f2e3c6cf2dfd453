"""A drawn look: ink lines, flat colours, light in a few steps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from render.frames import FrameBuffers, Picture
from render.shot import Shot
from render.stylize.ink import ink, smoothstep
from render.stylize.plain import printed, shot_exposure_stops
from render.stylize.stylizer import Stylizer
from render.tonemap import LUMINANCE
from scene_builder.model.arrays import Array
from scene_builder.model.graph import Look
from scene_builder.model.material import linear_from_srgb, srgb_from_linear


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ToonStylizer(Stylizer):
    """Ink lines over flat colours, lit in steps.

    Everything is decided by exact passes and by light that is smoothed along surfaces; what
    is measured is measured once, on the first frame: nothing flickers.

    Attributes:
        line_width: Width of the ink lines, as a share of the picture's height.
        levels: Share of the colour that each step of light shows, from dark to bright.
        steps: Light at which one step goes over into the next, as a share of full light.
    """

    line_width: float = 0.006
    levels: tuple[float, ...] = (0.38, 0.70, 1.0, 1.22)
    steps: tuple[float, ...] = (0.30, 0.62, 1.45)

    def stylize(
        self, shot: Shot, frames: Iterable[FrameBuffers], look: Look, rng: np.random.Generator
    ) -> Iterator[Picture]:
        """Yield one sRGB picture for each frame; see `Stylizer.stylize`."""
        full_light: float | None = None
        colors: dict[int, Array] = {}
        stops = 0.0
        for frame in frames:
            light = _light(frame)
            if full_light is None:
                full_light = _full_light(light, frame)
                stops = shot_exposure_stops(shot.stage, frame)
            smooth, albedo = _along_surfaces(frame, light / full_light)
            painted = _vivid(_flattened(frame, albedo, colors)) * self._level(smooth)[..., None]
            sky = linear_from_srgb(printed(frame.rgb, stops) / 255)
            painted = np.where((frame.body_index == 0)[..., None], sky, painted)
            width_px = max(_THINNEST_PX, self.line_width * frame.size_px[1])
            covered = ink(frame, shot.track, width_px=width_px)[..., None]
            inked = painted * (1 - covered) + _INK * painted * covered
            yield np.asarray(np.round(255 * srgb_from_linear(inked)), np.uint8)

    def _level(self, light: Float[Array, "h w"]) -> Float[Array, "h w"]:
        """Return the share of colour shown under some light: a stair with rounded edges."""
        shown = np.full(light.shape, self.levels[0])
        for step, low, high in zip(self.steps, self.levels[:-1], self.levels[1:], strict=True):
            shown += (high - low) * smoothstep(light, step * (1 - _SOFT), step * (1 + _SOFT))
        return shown


_THINNEST_PX = 1.3
_INK = 0.10
"""Ink is the colour under it, ten times darker."""
_SOFT = 0.07
_SATURATION = 1.15
_PAINT = 0.85
_ALIKE = 0.15
"""Difference between colours (of square roots) up to which they are painted as one."""
_DARKEST_ALBEDO = 0.03
_FULL_PERCENTILE = 70.0
_REACH_PX = 4
_SAME_WAY = 0.94
"""Cosine between normals up to which light is smoothed over a surface."""


def _light(frame: FrameBuffers) -> Float[Array, "h w"]:
    """Return the light that falls on each surface: radiance without the surface's own colour."""
    albedo = np.maximum(frame.albedo @ LUMINANCE, _DARKEST_ALBEDO)
    return np.asarray(np.clip(frame.rgb @ LUMINANCE, 0, None) / albedo)


def _full_light(light: Float[Array, "h w"], frame: FrameBuffers) -> float:
    lit = light[frame.body_index > 0]
    return max(float(np.percentile(lit, _FULL_PERCENTILE)), 1e-6) if lit.size else 1.0


def _flattened(
    frame: FrameBuffers, albedo: Float[Array, "h w 3"], colors: dict[int, Array]
) -> Float[Array, "h w 3"]:
    """Return base colours with each body's own grain painted over by its one colour.

    What differs much from that colour (another part, a stripe) stays what it is.

    Args:
        frame: Whose body index is used.
        albedo: Base colours (h w 3).
        colors: The colour of each body, kept from where it is first seen.
    """
    flat = albedo.copy()
    for index in np.unique(frame.body_index).tolist():
        here = frame.body_index == index
        if index not in colors:
            colors[index] = np.median(albedo[here], axis=0)
        apart = np.sqrt(albedo[here]) - np.sqrt(colors[index])
        share = _PAINT * np.exp(-(apart**2).sum(-1, keepdims=True) / (2 * _ALIKE**2))
        flat[here] += share * (colors[index] - albedo[here])
    return flat


def _vivid(albedo: Float[Array, "h w 3"]) -> Float[Array, "h w 3"]:
    grey = (albedo @ LUMINANCE)[..., None]
    return np.asarray(np.clip(grey + _SATURATION * (albedo - grey), 0, 1))


def _along_surfaces(
    frame: FrameBuffers, light: Float[Array, "h w"]
) -> tuple[Float[Array, "h w"], Float[Array, "h w 3"]]:
    """Return light and base colour, smoothed within each body where it does not bend.

    A cross-bilateral filter (Eisemann and Durand 2004) on exact ids and normals, first along
    the rows and then along the columns.
    """
    values = np.concatenate([np.minimum(light, _GLARE)[..., None], frame.albedo], axis=-1)
    for axis in (1, 0):
        values = _smoothed(frame, values, axis)
    return values[..., 0], values[..., 1:]


_GLARE = 3.0


def _smoothed(frame: FrameBuffers, values: Float[Array, "h w c"], axis: int) -> Array:
    total = values.astype(np.float64)
    weight = np.ones(values.shape[:2])
    for offset in range(1, _REACH_PX + 1):
        falloff = np.exp(-0.5 * (2 * offset / _REACH_PX) ** 2)
        near = tuple(slice(None, -offset) if k == axis else slice(None) for k in (0, 1))
        far = tuple(slice(offset, None) if k == axis else slice(None) for k in (0, 1))
        same = frame.body_index[near] == frame.body_index[far]
        along = (frame.normal[near] * frame.normal[far]).sum(-1) > _SAME_WAY
        share = falloff * (same & along)
        total[near] += share[..., None] * values[far]
        weight[near] += share
        total[far] += share[..., None] * values[near]
        weight[far] += share
    return np.asarray(total / weight[..., None])
