"""The tightest camera position that keeps points in the picture: closed forms."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.model.arrays import Array
from scene_builder.model.lens import Lens
from scene_builder.model.pose import wxyz_from_rotation


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frustum:
    """What may hold points: half-widths of the picture's used part at unit depth.

    Attributes:
        across: To the left and to the right.
        up: Upwards.
        down: Downwards.
        low: Share of the height that points leave free which lies above them, 0…1.
        aside: Where the points' middle should be at unit depth, as far as their sides allow it:
            positive to the right, 0 in the middle.
        edge: How far to both sides points that are aside may reach at unit depth.
    """

    across: float
    up: float
    down: float
    low: float
    aside: float = 0.0
    edge: float = 0.0


LOW_IN_PICTURE = 0.7
"""Rather low, because floors are emptier than what stands behind."""


def frustum(lens: Lens, fill: float, low: float = LOW_IN_PICTURE, third: float = 0.0) -> Frustum:
    """Return the part of a lens's view that points may fill.

    Args:
        lens: The lens.
        fill: Share of the picture's width and height, 0…1; a little more air is left above
            than below.
        low: Share of the height that the points leave free which lies above them, 0…1.
        third: Which third of the picture's width the points' middle should lie on: −1 the left,
            1 the right, 0 its middle.
    """
    width, height = lens.size_px
    half = width / 2 / lens.focal_px
    tall = fill * height / 2 / lens.focal_px
    return Frustum(
        across=fill * half, up=tall * (1 - _HEADROOM), down=tall, low=low, aside=third * half / 3,
        edge=max(fill, _EDGE) * half,
    )  # fmt: skip


def axes(azimuth_deg: float, elevation_deg: float) -> Float[Array, "3 3"]:
    """Return the rotation `world_from_camera` of a camera in that direction from the scene.

    Its columns are right, up and back. Azimuth 0 stands at −Y; positive goes to +X.
    """
    a, e = np.deg2rad(azimuth_deg), np.deg2rad(elevation_deg)
    back = np.array([np.sin(a) * np.cos(e), -np.cos(a) * np.cos(e), np.sin(e)])
    right = np.array([np.cos(a), np.sin(a), 0.0])
    return np.stack([right, np.cross(back, right), back], axis=1)


def wxyz_of(rotation: Float[Array, "3 3"]) -> Float[Array, "4"]:
    """Return the quaternion of a camera's axes."""
    return np.asarray(wxyz_from_rotation(rotation))


def tightest(
    points: Float[Array, "n 3"], rotation: Float[Array, "3 3"], view: Frustum
) -> Float[Array, "3"]:
    """Return the position nearest to points from which a turned camera holds them all.

    For a fixed rotation every side of the view is one linear inequality on the position, so
    the tightest position is a closed form, and the positions that hold a set of points are
    convex: a weighted mean of such positions holds the points too.

    Args:
        points: What to hold (n 3) [m].
        rotation: The camera's axes in the world (3 3).
        view: What may hold them.

    Returns:
        The position in the world (3) [m].
    """
    left, right, top, bottom, back = _sides(points, rotation, view)
    # Two opposite sides leave room: in the middle of the picture's width or aside, low in its
    # height.
    low, high = top - view.up * back, bottom + view.down * back
    upright = low + view.low * (high - low)
    sideways = _aside(points, rotation, view, back) if view.aside else (left + right) / 2
    return np.asarray(rotation @ np.array([sideways, upright, back]))


def _aside(
    points: Float[Array, "n 3"], rotation: Float[Array, "3 3"], view: Frustum, back: float
) -> float:
    """Return how far to the right a camera has points aside, at a depth along its axis [m]."""
    x, _, z = (points @ rotation).T
    depth = back - z
    # From `low` to `high` the points stay within the edges.
    low, high = float((x - view.edge * depth).max()), float((x + view.edge * depth).min())
    middle, most = (low + high) / 2, _MOST_ASIDE * (high - low) / 2
    wanted = view.aside * float(depth.min() + depth.max()) / 2
    return middle - float(np.clip(wanted, -most, most))


def nearest_holding(
    points: Float[Array, "n 3"],
    rotation: Float[Array, "3 3"],
    view: Frustum,
    position: Float[Array, "3"],
) -> Float[Array, "3"]:
    """Return a position that holds points, by the least step back, then aside, from another.

    Args:
        points: What to hold (n 3) [m].
        rotation: The camera's axes in the world (3 3).
        view: What may hold them.
        position: Where the camera is (3) [m]; it stays there if that holds them.
    """
    left, right, top, bottom, back = _sides(points, rotation, view)
    x, y, z = position @ rotation
    z = max(float(z), back)
    x = min(max(float(x), left - view.across * z), right + view.across * z)
    y = min(max(float(y), top - view.up * z), bottom + view.down * z)
    return np.asarray(rotation @ np.array([x, y, z]))


def _sides(
    points: Float[Array, "n 3"], rotation: Float[Array, "3 3"], view: Frustum
) -> tuple[float, float, float, float, float]:
    """Return where the sides of a view that touches points meet depth 0, and the least depth [m].

    They are left, right, top, bottom and back, all along the camera's axes.
    """
    x, y, z = (points @ rotation).T
    left, right = float((x + view.across * z).max()), float((x - view.across * z).min())
    top, bottom = float((y + view.up * z).max()), float((y - view.down * z).min())
    back = max(
        (left - right) / (2 * view.across),
        (top - bottom) / (view.up + view.down),
        float(z.max()) + _NEAREST_M,
    )
    return left, right, top, bottom, back


def pivot_radius(
    points: Float[Array, "n 3"],
    rotation: Float[Array, "3 3"],
    pivot: Float[Array, "3"],
    view: Frustum,
) -> float:
    """Return the distance behind a pivot from which a camera that looks at it holds points."""
    x, y, z = ((points - pivot) @ rotation).T
    sideways = np.abs(x) / view.across
    upright = np.where(y > 0, y / view.up, -y / view.down)
    return float((z + np.maximum(np.maximum(sideways, upright), _NEAREST_M)).max())


_HEADROOM = 0.08
_MOST_ASIDE = 0.6
"""Of the room that points leave to both sides, so much is taken: some air stays beside them."""
_EDGE = 0.88
"""Share of the picture's width that points which are aside may use, if no more is asked for."""
_NEAREST_M = 0.25
"""No subject comes nearer to the lens than this [m]."""
