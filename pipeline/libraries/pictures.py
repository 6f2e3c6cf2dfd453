"""Pictures of models without Blender: rays, one sun, a sky, and a floor that takes shadows."""

import io
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from jaxtyping import Float, Int, UInt8

from scene_builder.assets.surface import Paint, Surface
from scene_builder.model.arrays import Array
from scene_builder.model.material import srgb_from_linear

VIEW: Final = np.array([-0.62, -1.0, 0.52])
"""From the model's middle to the eye: a little to the left, a little from above."""
SUN: Final = np.array([-0.35, -0.55, 1.0]) / np.linalg.norm([-0.35, -0.55, 1.0])
SUN_STRENGTH: Final = 1.9
SKY: Final = np.array([0.80, 0.88, 1.0])
GROUND: Final = np.array([0.62, 0.60, 0.58])
FLOOR: Final = 0.86
FIELD_DEG: Final = 24.0
SHADOW_RAYS: Final = 7
LAYERS: Final = 5
"""So many surfaces are looked through: leaves with holes, panes of glass."""
CREASE_COS: Final = 0.78
_SMALL: Final = 1e-4


@dataclass(slots=True)
class _Scene:
    surface: Surface
    shape: Any
    normals: Float[Array, "t 3 3"]
    pictures: list[Float[Array, "h w 4"] | None]
    size: float


def picture_of(surface: Surface, *, side_px: int = 192) -> UInt8[Array, "s s 3"]:
    """Return a picture of a model, as it stands on a light floor.

    Args:
        surface: In metres, Z up, front towards −Y.
        side_px: Width and height.

    Returns:
        sRGB (s s 3).
    """
    scene = _scene(surface)
    origins, directions = _rays(surface, 2 * side_px)
    color = _seen(scene, origins, directions, np.random.default_rng(1))
    square = color.reshape(side_px, 2, side_px, 2, 3).mean(axis=(1, 3))
    exposed = square * (1 + square / 9) / (1 + square * 0.35)
    return np.asarray(np.round(255 * srgb_from_linear(exposed)), np.uint8)


def _scene(surface: Surface) -> _Scene:
    import trimesh

    shape = trimesh.Trimesh(surface.vertices, surface.triangles, process=False)
    return _Scene(
        surface=surface,
        shape=shape,
        normals=_corner_normals(surface),
        pictures=[_pixels(paint) for paint in surface.paints],
        size=float(np.ptp(surface.vertices, axis=0).max()),
    )


def _corner_normals(surface: Surface) -> Float[Array, "t 3 3"]:
    """Return normals at corners (t 3 3): smooth, but creased where faces bend sharply."""
    corners = surface.vertices[surface.triangles]
    faces = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    _, place = np.unique(np.round(surface.vertices, 6), axis=0, return_inverse=True)
    index = place.reshape(-1)[surface.triangles].ravel()
    smooth = np.stack(
        [np.bincount(index, np.repeat(faces[:, k], 3)) for k in range(3)], axis=1
    )  # fmt: skip
    smooth = _unit(smooth)[index].reshape(-1, 3, 3)
    flat = np.repeat(_unit(faces)[:, None], 3, axis=1)
    bends = np.einsum("tkj,tkj->tk", smooth, flat) < CREASE_COS
    return np.where(bends[..., None], flat, smooth)


def _pixels(paint: Paint) -> Float[Array, "h w 4"] | None:
    from PIL import Image as Images

    if paint.picture is None:
        return None
    with Images.open(io.BytesIO(paint.picture.content)) as image:
        image.thumbnail((256, 256))
        values = np.asarray(image.convert("RGBA"), np.float64) / 255
    return np.asarray(np.concatenate([values[..., :3] ** 2.2, values[..., 3:]], axis=2))


def _rays(surface: Surface, side: int) -> tuple[Float[Array, "r 3"], Float[Array, "r 3"]]:
    """Return one ray for each pixel (r = side²), from an eye that sees the whole model."""
    low, high = surface.vertices.min(axis=0), surface.vertices.max(axis=0)
    middle = (low + high) / 2
    away = VIEW / np.linalg.norm(VIEW)
    right = _unit(np.cross([0.0, 0, 1], away))
    up = np.cross(away, right)
    tangent = np.tan(np.deg2rad(FIELD_DEG) / 2)
    spread = (surface.vertices - middle) @ np.stack([right, up, away]).T
    reach = np.abs(spread[:, :2]).max(axis=1) / tangent + spread[:, 2]
    distance = 1.08 * float(reach.max())
    line = (np.arange(side) + 0.5) / side * 2 - 1
    across, down = np.meshgrid(line, -line)
    aim = tangent * (across[..., None] * right + down[..., None] * up) - away
    directions = _unit(aim.reshape(-1, 3))
    return np.broadcast_to(middle + distance * away, directions.shape), directions


def _seen(
    scene: _Scene,
    origins: Float[Array, "r 3"],
    directions: Float[Array, "r 3"],
    rng: np.random.Generator,
) -> Float[Array, "r 3"]:
    """Return what rays see, through holes and glass."""
    color = np.zeros((len(origins), 3))
    left = np.ones(len(origins))
    active = np.arange(len(origins))
    places = np.array(origins)
    for _ in range(LAYERS):
        triangle = scene.shape.ray.intersects_first(places[active], directions[active])
        missed = active[triangle < 0]
        color[missed] += left[missed, None] * _floor(scene, origins, directions, missed, rng)
        hits, triangle = active[triangle >= 0], triangle[triangle >= 0]
        if not len(hits):
            return color
        points, shares = _met(scene, triangle, places[hits], directions[hits])
        paint, alpha = _painted(scene, triangle, shares)
        solid = alpha > 0.02  # noqa: PLR2004 - what is not there is not lit
        shade = np.zeros((len(hits), 3))
        shade[solid] = _lit(
            scene, triangle[solid], shares[solid], points[solid], directions[hits[solid]],
            paint[solid], rng,
        )  # fmt: skip
        color[hits] += (left[hits] * alpha)[:, None] * shade
        left[hits] *= 1 - alpha
        places[hits] = points + _SMALL * scene.size * directions[hits]
        active = hits[left[hits] > 0.02]  # noqa: PLR2004 - nothing more to be seen
        if not len(active):
            break
    return color


def _met(
    scene: _Scene,
    triangle: Int[Array, " k"],
    origins: Float[Array, "k 3"],
    directions: Float[Array, "k 3"],
) -> tuple[Float[Array, "k 3"], Float[Array, "k 3"]]:
    """Return where rays meet their triangles, and the weights of the corners there."""
    a, b, c = np.moveaxis(scene.surface.vertices[scene.surface.triangles[triangle]], 1, 0)
    normal = np.cross(b - a, c - a)
    along = np.einsum("kj,kj->k", directions, normal)
    along = np.where(np.abs(along) < 1e-300, 1e-300, along)  # noqa: PLR2004 - edge on
    distance = np.einsum("kj,kj->k", a - origins, normal) / along
    points = origins + distance[:, None] * directions
    square = np.maximum(np.einsum("kj,kj->k", normal, normal), 1e-300)
    second = np.einsum("kj,kj->k", np.cross(points - a, c - a), normal) / square
    third = np.einsum("kj,kj->k", np.cross(b - a, points - a), normal) / square
    shares = np.clip(np.stack([1 - second - third, second, third], axis=1), 0, 1)
    return points, shares


def _painted(
    scene: _Scene, triangle: Int[Array, " k"], shares: Float[Array, "k 3"]
) -> tuple[Float[Array, "k 3"], Float[Array, " k"]]:
    """Return linear colours and opacities."""
    surface = scene.surface
    slots = surface.slots[triangle]
    base = np.array([paint.base_color for paint in surface.paints])
    opaque = np.array([paint.alpha for paint in surface.paints])
    color, alpha = base[slots], opaque[slots]
    for slot, picture in enumerate(scene.pictures):
        chosen = slots == slot
        if picture is None or surface.uv is None or not chosen.any():
            continue
        corners = surface.uv[surface.triangles[triangle[chosen]]]
        u, v = np.einsum("kc,kcj->jk", shares[chosen], corners.astype(np.float64))
        height, width = picture.shape[:2]
        texel = picture[
            np.clip(((1 - v) % 1 * height).astype(int), 0, height - 1),
            np.clip((u % 1 * width).astype(int), 0, width - 1),
        ]
        color[chosen] *= texel[:, :3]
        alpha[chosen] *= texel[:, 3]
    return color, alpha


def _lit(
    scene: _Scene,
    triangle: Int[Array, " k"],
    shares: Float[Array, "k 3"],
    points: Float[Array, "k 3"],
    directions: Float[Array, "k 3"],
    color: Float[Array, "k 3"],
    rng: np.random.Generator,
) -> Float[Array, "k 3"]:
    normal = _unit(np.einsum("kc,kcj->kj", shares, scene.normals[triangle]))
    normal = normal * np.where(np.einsum("kj,kj->k", normal, directions) > 0, -1, 1)[:, None]
    above = points + _SMALL * scene.size * normal
    sun = np.maximum(normal @ SUN, 0) * ~scene.shape.ray.intersects_any(
        above, np.broadcast_to(SUN, above.shape)
    )
    sky = _sky_light(scene, above, normal, rng)
    slots = scene.surface.slots[triangle]
    rough = np.array([0.6 if p.roughness is None else p.roughness for p in scene.surface.paints])
    metal = np.array([p.metallic or 0.0 for p in scene.surface.paints])
    glow = np.array([p.emission for p in scene.surface.paints])
    roughness, metallic = rough[slots], metal[slots]
    mirrored = directions - 2 * np.einsum("kj,kj->k", directions, normal)[:, None] * normal
    grazing = (1 - np.clip(-np.einsum("kj,kj->k", directions, normal), 0, 1)) ** 5
    gloss = (0.04 + 0.96 * grazing) * (1 - roughness) ** 2
    around = _sky(mirrored) * (0.35 + 0.65 * sky.mean(axis=1, keepdims=True))
    power = 2 / np.maximum(roughness, 0.1) ** 4
    spot = np.maximum(mirrored @ SUN, 0) ** power * (sun > 0) * np.minimum(power / 8, 12)
    diffuse = color * (SUN_STRENGTH * sun[:, None] + sky)
    shiny = gloss[:, None] * (around + spot[:, None])
    plain = (1 - metallic)[:, None] * (diffuse + shiny)
    polished = metallic[:, None] * color * (0.25 * diffuse + around + spot[:, None])
    return np.asarray(plain + polished + 2.5 * glow[slots][:, None] * color)


def _sky_light(
    scene: _Scene,
    points: Float[Array, "k 3"],
    normal: Float[Array, "k 3"],
    rng: np.random.Generator,
) -> Float[Array, "k 3"]:
    """Return what comes from sky and ground, past the model itself."""
    total = np.zeros((len(points), 3))
    for _ in range(SHADOW_RAYS):
        aim = _unit(normal + _unit(rng.normal(size=normal.shape)) * 0.999)
        hit = scene.shape.ray.intersects_any(points, aim)
        total += _sky(aim) * np.where(hit, 0.12, 1.0)[:, None]
    return np.asarray(total / SHADOW_RAYS)


def _sky(directions: Float[Array, "k 3"]) -> Float[Array, "k 3"]:
    share = np.clip(directions[:, 2:] * 2.0 + 0.35, 0, 1)
    return np.asarray(0.78 * (share * SKY + (1 - share) * GROUND * 0.75))


def _floor(
    scene: _Scene,
    origins: Float[Array, "r 3"],
    directions: Float[Array, "r 3"],
    rays: Int[Array, " m"],
    rng: np.random.Generator,
) -> Float[Array, "m 3"]:
    """Return what the floor shows: its grey, the model's shadow, and white further away."""
    color = np.full((len(rays), 3), FLOOR)
    downward = directions[rays, 2] < -1e-6  # noqa: PLR2004 - the horizon
    which = rays[downward]
    points = (
        origins[which] - (origins[which, 2] / directions[which, 2])[:, None] * directions[which]
    )
    near = np.linalg.norm(points[:, :2], axis=1) < 2.5 * scene.size
    points = points[near] + np.array([0, 0, _SMALL * scene.size])
    up = np.broadcast_to([0.0, 0, 1], points.shape)
    shaded = scene.shape.ray.intersects_any(points, np.broadcast_to(SUN, points.shape))
    open_sky = np.full(len(points), 0.0)
    for _ in range(SHADOW_RAYS):
        aim = _unit(up + _unit(rng.normal(size=up.shape)) * 0.999)
        open_sky += ~scene.shape.ray.intersects_any(points, aim)
    light = 0.55 * ~shaded + 0.45 * open_sky / SHADOW_RAYS
    index = np.flatnonzero(downward)[near]
    color[index] = FLOOR * (0.30 + 0.70 * light[:, None])
    return color


def _unit(vectors: Float[Array, "*n 3"]) -> Float[Array, "*n 3"]:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-300))
