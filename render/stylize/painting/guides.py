"""What guides a painter: a frame's truth as tensors that painter and network both see."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch
from jaxtyping import Float, Int, UInt8
from torch import Tensor

from render.frames import FrameBuffers, Picture
from render.stylize.painting.filters import blurred, places, sampled, slopes, smoothstep
from render.stylize.painting.shapes import Shapes, without_specks
from scene_builder.model.arrays import Array
from scene_builder.model.material import srgb_from_linear


@dataclass(frozen=True)
class Guides:
    """Truth of B frames, float32 unless noted, row 0 at the top.

    Attributes:
        rgb: The plain picture, display-referred sRGB 0–1 (B, 3, H, W).
        albedo: Base colour, sRGB 0–1 (B, 3, H, W); the picture's own colour on the background.
        depth: `z / (z + scale)`: 0 near, 1 far and background (B, 1, H, W). `scale` is one
            length for a whole shot, so that depth never flickers.
        normals: In the view, x right, y up, z towards the viewer, −1…1; background 0
            (B, 3, H, W).
        edges: 1 on borders between bodies and on steps of depth, 0.5 on creases, 0 elsewhere
            (B, 1, H, W); one pixel wide, on the pixel left of or above the border. Where
            lines crowd (grass, fur) they fade.
        tangents: Along which way a brush would go, as a double angle: cos 2θ, sin 2θ of the
            direction's angle θ from x to y (down) (B, 2, H, W). A direction has no sign, and
            a double angle has none either: it can be blended and sampled between pixels.
        ids: Body index, 0 for background, int32 (B, 1, H, W).

    Depth, normals, edges and ids are of shapes `without_specks`.
    """

    rgb: Tensor
    albedo: Tensor
    depth: Tensor
    normals: Tensor
    edges: Tensor
    tangents: Tensor
    ids: Tensor

    def crop(self, top: int, left: int, height: int, width: int) -> "Guides":
        """Return a part of the picture; `top` and `left` should be multiples of 8.

        The pixel painter's blocks and dither lie on a grid of 8 px from the corner.
        """
        part = {
            field.name: getattr(self, field.name)[..., top : top + height, left : left + width]
            for field in fields(self)
        }
        return replace(self, **part)

    def to(self, device: torch.device | str) -> "Guides":
        """Return the same on another device."""
        moved = {field.name: getattr(self, field.name).to(device) for field in fields(self)}
        return replace(self, **moved)


def joined(several: Sequence[Guides]) -> Guides:
    """Return guides of one size as one batch."""
    names = [field.name for field in fields(Guides)]
    return Guides(**{name: torch.cat([getattr(g, name) for g in several]) for name in names})


def guides_of(
    *,
    rgb: UInt8[Array, "h w 3"],
    albedo: UInt8[Array, "h w 3"],
    depth: Float[Array, "h w"],
    normals: Float[Array, "h w 3"],
    ids: Int[Array, "h w"],
    scale_m: float | None = None,
) -> Guides:
    """Return the guides (a batch of one) of a frame.

    Args:
        rgb: The tone-mapped picture, sRGB (h w 3).
        albedo: Base colour, sRGB (h w 3); what it says of the background is not used.
        depth: Along the camera's axis (h w) [m]; background inf.
        normals: In the view (h w 3): x right, y up, z towards the viewer; background 0.
        ids: Body index (h w), 0 for background.
        scale_m: Depth that counts as half far [m]; one for a shot. None takes `scale_of(depth)`.
    """
    scale = scale_of(depth) if scale_m is None else scale_m
    with np.errstate(invalid="ignore"):
        far = np.where(np.isfinite(depth), depth / (depth + scale), 1.0)
    picture = _planes(rgb) / 255
    index = torch.from_numpy(np.array(ids, np.int32))[None, None]
    base = torch.where(index == 0, picture, _planes(albedo) / 255)
    depths = torch.from_numpy(np.ascontiguousarray(far, np.float32))[None, None]
    shapes = without_specks(Shapes(depths, _planes(normals), index))
    tangents = _tangents(picture, shapes.normals)
    return Guides(
        rgb=picture, albedo=base, edges=_edges(shapes, tangents), tangents=tangents,
        **shapes._asdict(),
    )  # fmt: skip


def guides_of_frame(
    frame: FrameBuffers,
    picture: Picture,
    world_from_camera: Float[Array, "3 3"],
    *,
    scale_m: float | None = None,
) -> Guides:
    """Return the guides of a rendered frame.

    Args:
        frame: The frame, as the render step writes it.
        picture: Its tone-mapped picture.
        world_from_camera: The camera's rotation.
        scale_m: See `guides_of`.
    """
    return guides_of(
        rgb=picture, albedo=display_albedo(frame.albedo), depth=frame.depth, ids=frame.body_index,
        normals=frame.normal @ np.asarray(world_from_camera, np.float32), scale_m=scale_m,
    )  # fmt: skip


def display_albedo(albedo: Float[Array, "h w 3"]) -> UInt8[Array, "h w 3"]:
    """Return linear base colours as 8-bit sRGB."""
    return np.asarray(np.round(255 * srgb_from_linear(np.clip(albedo, 0, 1))), np.uint8)


def scale_of(depth: Float[Array, "h w"]) -> float:
    """Return the depth [m] that counts as half far in a shot: the median of its first frame."""
    known = depth[np.isfinite(depth)]
    return max(float(np.median(known)), _LEAST_SCALE_M) if known.size else 1.0


_LEAST_SCALE_M = 0.02
_DEPTH_STEP = 0.06
"""Share by which neighbours' depths differ across a step."""
_CREASE = 0.75
"""Cosine of neighbours' normals below which the surface has a crease."""
_TENSOR_PX = 4.0
_NORMAL_SHARE = 0.6
_FLAT = 2e-4
"""Strength of the structure tensor below which a surface's own direction takes over."""
_AT_REST = (0.82, 0.57)
"""Double angle of the stroke that a hand makes where nothing leads it."""


def _planes(picture: Array) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(np.moveaxis(picture, -1, 0), np.float32))[None]


def _edges(shapes: Shapes, tangents: Tensor) -> Tensor:
    depth, normals, ids = shapes
    edges, inner = torch.zeros_like(depth), torch.zeros_like(depth)
    for axis in (2, 3):
        size = depth.shape[axis] - 1
        here, there = (slice(None),) * axis + (slice(0, size),), (slice(None),) * axis
        there = (*there, slice(1, size + 1))
        border = ids[here] != ids[there]
        nearer = torch.minimum(depth[here], depth[there]).clamp(1e-3, 1 - 1e-3)
        # d = z / (z + s), so that Δz / z = Δd / (d · (1 − d)), whatever the scale
        step = (depth[here] - depth[there]).abs() / (nearer * (1 - nearer)) > _DEPTH_STEP
        bend = (normals[here] * normals[there]).sum(1, keepdim=True) < _CREASE
        inside = (ids[here] > 0) & (ids[there] > 0)
        steep = step & bend_or_far(normals[here], normals[there])
        edges[here] = torch.maximum(edges[here], border.float())
        mark = torch.where(steep & inside, 1.0, torch.where(bend & inside, 0.5, 0.0))
        inner[here] = torch.maximum(inner[here], mark)
    edges, inner = _bridged(edges, tangents), _bridged(inner, tangents)
    # nobody draws every blade of a lawn: where lines crowd, they fade, those inside first
    inner = inner * (1 - smoothstep(blurred(inner, _CROWD_PX), *_CROWDED))
    edges = edges * (1 - smoothstep(blurred(edges, _CROWD_PX), *_CROWDED_BORDERS))
    return torch.maximum(edges, inner)


def _bridged(edges: Tensor, tangents: Tensor) -> Tensor:
    """Return edges whose gaps are closed: what is thinner than a pixel is seen in dashes."""
    angle = 0.5 * torch.atan2(tangents[:, 1:], tangents[:, :1])
    cos, sin = torch.cos(angle), torch.sin(angle)
    x, y = places(edges)
    for reach in _GAP_PX:
        ahead = sampled(edges, x + reach * cos, y + reach * sin, mode="nearest")
        behind = sampled(edges, x - reach * cos, y - reach * sin, mode="nearest")
        edges = torch.maximum(edges, torch.minimum(ahead, behind))
    return edges


_GAP_PX = (4.0, 2.0, 1.0)


def bend_or_far(one: Tensor, other: Tensor) -> Tensor:
    """Return where a step of depth is no slanted plane: seen from the side, planes step too."""
    alike = (one * other).sum(1, keepdim=True) > _SAME_PLANE
    slanted = torch.minimum(one[:, 2:], other[:, 2:]) < _SLANTED
    return ~(alike & slanted)


_CROWD_PX = 3.0
_CROWDED = (0.24, 0.38)
_CROWDED_BORDERS = (0.28, 0.42)
"""Share of lines among pixels at which lines begin to fade, and are gone."""
_SAME_PLANE = 0.995
_SLANTED = 0.35


def _tangents(picture: Tensor, normals: Tensor) -> Tensor:
    """Return the double angle along which the picture and the surface change least.

    The structure tensor (Brox et al. 2006; Kyprianidis and Kang 2011) of colours and normals;
    where both are flat, the surface's own level lines, and where it faces us a hand's slant.
    """
    seen = torch.cat([blurred(picture, 1.0), _NORMAL_SHARE * normals], dim=1)
    right, down = slopes(seen)
    # twice the angle of the gradient is the tensor's; the tangent is turned by 180° of it
    along = torch.cat(
        [(down * down - right * right).sum(1, keepdim=True),
         (-2 * right * down).sum(1, keepdim=True)], dim=1
    )  # fmt: skip
    along = blurred(along, _TENSOR_PX)
    return unit_angle(along + _FLAT * level_lines(normals))


def level_lines(normals: Tensor) -> Tensor:
    """Return the double angle of a surface's level lines, and of a hand's slant facing us."""
    x, y = normals[:, :1], normals[:, 1:2]
    # the picture's y runs down: the normal leans to (x, −y), its level line to (y, x)
    lines = torch.cat([y * y - x * x, 2 * x * y], dim=1)
    rest = torch.tensor(_AT_REST, dtype=normals.dtype, device=normals.device).view(1, 2, 1, 1)
    return unit_angle(blurred(lines, 2.0) + _HAND * rest)


_HAND = 0.12


def unit_angle(angle: Tensor) -> Tensor:
    """Return a double angle of length 1."""
    length: Tensor = angle.norm(dim=1, keepdim=True).clamp(min=1e-9)
    return angle / length
