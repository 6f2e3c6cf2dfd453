"""What a look has done to a picture, measured against the frame's own truth."""

import numpy as np
from jaxtyping import Bool, Float

from render.frames import FrameBuffers, Picture
from scene_builder.model.arrays import Array
from scene_builder.model.material import linear_from_srgb

STRONG_SHARE = 0.15
"""Share of a picture's pixels whose gradients count as strong."""
REACH_PX = 2
BAND_PX = 4
"""How far from an outline pixels are given to bodies anew."""
LOCAL_PX = 31
"""Width of the neighbourhood in which a body's colour is taken."""
OFFSET_PX = 4
LEAST_PIXELS = 80
STANDS_OUT, CLEAR = 0.25, 0.4
"""Correlation of gradients and an outline from which on a thing is found, and is plain to see."""
_DEPTH_STEP = 0.06
_TINY = 1e-6


def edge_recall(picture: Picture, edges: Bool[Array, "h w"]) -> float:
    """Return the share of `edges` with a strong gradient of the picture within 2 px; NaN if none.

    Args:
        picture: The picture.
        edges: Where the truth has an edge (h w).
    """
    from scipy.ndimage import maximum_filter

    if not edges.any():
        return float("nan")
    slope = gradient(picture)
    strong = slope > np.quantile(slope, 1 - STRONG_SHARE)
    return float(maximum_filter(strong, 2 * REACH_PX + 1)[edges].mean())


def gradient(picture: Picture) -> Float[Array, "h w"]:
    """Return how steeply a slightly blurred picture changes, over all colours (h w)."""
    from scipy.ndimage import gaussian_filter

    soft = gaussian_filter(picture.astype(np.float32) / 255, (0.8, 0.8, 0))
    down, across = np.gradient(soft, axis=(0, 1))
    return np.asarray(np.sqrt((down**2 + across**2).sum(-1)))


def drawn_lines(picture: Picture) -> Float[Array, "h w"]:
    """Return how much darker than its surroundings a slightly blurred picture is, ≥ 0 (h w)."""
    from scipy.ndimage import gaussian_filter

    grey = picture.astype(np.float32).mean(-1) / 255
    around = gaussian_filter(grey, _AROUND_PX)
    return np.asarray(np.maximum(around - gaussian_filter(grey, 0.8), 0))


_AROUND_PX = 3.0


def outlines(frame: FrameBuffers) -> Bool[Array, "h w"]:
    """Return where one body ends and another begins (h w)."""
    return _steps(frame.body_index, lambda one, other: one != other)


def depth_edges(frame: FrameBuffers) -> Bool[Array, "h w"]:
    """Return where depth jumps by more than 6 % (h w)."""
    far = np.where(np.isfinite(frame.depth), frame.depth, 1e4)
    return _steps(
        far, lambda one, other: np.abs(one - other) > _DEPTH_STEP * np.minimum(one, other)
    )


def outline_iou(picture: Picture, frame: FrameBuffers) -> float:
    """Return how well the picture's colours tell bodies apart along their outlines, 0…1.

    Pixels within 4 px of an outline are given to the body nearby whose colour they are nearest
    to; the mean over bodies of the intersection over union with the truth. NaN if there is no
    outline. Neighbours of one colour cannot be told apart: compare with the plain picture's.
    """
    from scipy.ndimage import gaussian_filter, maximum_filter, uniform_filter

    index = frame.body_index
    band = maximum_filter(outlines(frame), 2 * BAND_PX + 1)
    soft = gaussian_filter(picture.astype(np.float32) / 255, (1, 1, 0))
    bodies = [k for k in np.unique(index).tolist() if (index[band] == k).sum() > _LEAST_IN_BAND]
    far = np.full((len(bodies), *index.shape), np.inf, np.float32)
    for place, k in enumerate(bodies):
        inner = ((index == k) & ~band).astype(np.float32)
        weight = uniform_filter(inner, LOCAL_PX)
        mean = [uniform_filter(soft[..., c] * inner, LOCAL_PX) for c in range(3)]
        color = np.stack(mean, axis=-1) / np.maximum(weight, _TINY)[..., None]
        near = (weight > _LEAST_WEIGHT) & maximum_filter(index == k, 2 * BAND_PX + 1)
        far[place] = np.where(near, ((soft - color) ** 2).sum(-1), np.inf)
    if not bodies:
        return float("nan")
    known = band & np.isfinite(far.min(0))
    told = np.asarray(bodies)[far.argmin(0)]
    shares = [_iou((told == k) & known, (index == k) & known) for k in bodies]
    return float(np.nanmean(shares)) if np.isfinite(shares).any() else float("nan")


_LEAST_IN_BAND = 60
_LEAST_WEIGHT = 0.02


def outline_offset(
    picture: Picture, frame: FrameBuffers, body_index: int, *, least: float = STANDS_OUT
) -> Float[Array, "2"] | None:
    """Return by how much a body's outline in the picture lies off its true one [px].

    What could be the outline in the picture is correlated with the true one at shifts of up to 4 px
    (template matching): gradients, where two areas meet, and what is darker than its surroundings,
    where a line is drawn, whose gradients lie on both of its sides. A line has to be clearly the
    likelier. The best shift is refined by a parabola. None if the body is small, cut off by the
    picture's border, or if its outline does not stand out.

    Args:
        picture: Where it is looked for.
        frame: Its truth.
        body_index: The body.
        least: Least correlation of gradients and outline for it to stand out.
    """
    from scipy.ndimage import binary_dilation, binary_erosion, gaussian_filter

    mask = frame.body_index == body_index
    rows, columns = np.nonzero(mask)
    height, width = mask.shape
    if len(rows) < LEAST_PIXELS:
        return None
    margin = OFFSET_PX + _RING_PX + 1
    top, left = rows.min() - margin, columns.min() - margin
    bottom, right = rows.max() + margin + 1, columns.max() + margin + 1
    if top < 0 or left < 0 or bottom > height or right > width:
        return None
    part = (slice(top, bottom), slice(left, right))
    inside = mask[part]
    ring = gaussian_filter((binary_dilation(inside) & ~binary_erosion(inside)).astype(float), 0.7)
    steps, lines = (
        np.array([[_correlation(seen, ring, dy, dx) for dx in _SHIFTS] for dy in _SHIFTS])
        for seen in (gradient(picture[part]), drawn_lines(picture[part]))
    )
    scores = lines if lines.max() > _CLEARLY * steps.max() else steps
    y, x = np.unravel_index(int(scores.argmax()), scores.shape)
    if scores[y, x] < least:
        return None
    down = float(_SHIFTS[y]) + _refined(scores[:, x], int(y))
    return np.array([float(_SHIFTS[x]) + _refined(scores[y], int(x)), down])


_RING_PX = 2
_CLEARLY = 1.3
"""How many times likelier a line is than a step before it is taken for one: drawn things have
1.5 to 2, painted ones at most 1.2."""
_SHIFTS = tuple(range(-OFFSET_PX, OFFSET_PX + 1))


def mean_color(picture: Picture, frame: FrameBuffers, body_index: int) -> Array | None:
    """Return the mean linear colour (3) of what is seen of a body away from its outline."""
    from scipy.ndimage import binary_erosion

    inner = binary_erosion(frame.body_index == body_index, iterations=2)
    if inner.sum() < LEAST_PIXELS:
        return None
    return np.asarray(linear_from_srgb(picture[inner] / 255).mean(0))


def lab_from_linear(rgb: Float[Array, "3"]) -> Float[Array, "3"]:
    """Return CIE L*a*b* (D65) of linear Rec. 709 light."""
    xyz = _XYZ @ np.clip(rgb, 0, 1) / _WHITE
    root = np.where(xyz > _KNEE, np.cbrt(xyz), xyz * 7.787 + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375],
     [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
_WHITE = _XYZ.sum(1)
_KNEE = 216 / 24389


def hue_apart_deg(one: Float[Array, "3"], other: Float[Array, "3"]) -> float:
    """Return the angle between the hues of two Lab colours [deg]; NaN if either is grey."""
    chroma = [float(np.hypot(lab[1], lab[2])) for lab in (one, other)]
    if min(chroma) < GREY:
        return float("nan")
    angles = [np.arctan2(lab[2], lab[1]) for lab in (one, other)]
    return float(np.rad2deg(abs((angles[0] - angles[1] + np.pi) % (2 * np.pi) - np.pi)))


GREY = 8.0
"""Chroma (CIE Lab) below which a colour has no hue worth naming."""


def moved_aside(picture: Picture) -> Picture:
    """Return the picture moved by half its width: what chance alone would score."""
    return np.roll(picture, picture.shape[1] // 2, axis=1)


def _steps(values: Array, differ: object) -> Bool[Array, "h w"]:
    edges = np.zeros(values.shape, np.bool_)
    assert callable(differ)
    edges[:, :-1] |= differ(values[:, :-1], values[:, 1:])
    edges[:-1] |= differ(values[:-1], values[1:])
    return edges


def _iou(one: Bool[Array, "h w"], other: Bool[Array, "h w"]) -> float:
    either = (one | other).sum()
    return float((one & other).sum() / either) if either else float("nan")


def _correlation(slope: Array, ring: Array, dy: int, dx: int) -> float:
    height, width = ring.shape
    inner = (slice(OFFSET_PX, height - OFFSET_PX), slice(OFFSET_PX, width - OFFSET_PX))
    moved = (
        slice(OFFSET_PX + dy, height - OFFSET_PX + dy),
        slice(OFFSET_PX + dx, width - OFFSET_PX + dx),
    )
    one, other = slope[moved] - slope[moved].mean(), ring[inner] - ring[inner].mean()
    size = float(np.sqrt((one**2).sum() * (other**2).sum()))
    return float((one * other).sum()) / max(size, _TINY)


def _refined(scores: Array, best: int) -> float:
    """Return where a parabola through the best score and its neighbours peaks."""
    if not 0 < best < len(scores) - 1:
        return 0.0
    low, top, high = scores[best - 1 : best + 2]
    bend = low - 2 * top + high
    return float(0.5 * (low - high) / bend) if bend < 0 else 0.0
