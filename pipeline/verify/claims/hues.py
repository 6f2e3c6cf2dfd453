"""Whether surfaces have the colour that a word means, and whether the frames show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from pipeline.verify.claims.sight import Sight
from render.frames import FrameBuffers
from scene_builder.knowledge.colors import linear_color
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Body, Stage

HUE_DEG, LIGHTNESS, GREY_CHROMA = 35.0, 35.0, 18.0
"""How far a surface may be from the colour that its word means, in CIELAB (CIE 015:2018)."""

LEAST_OWN = 0.3
"""Least share of a thing's visible pixels that have its colour: a red car has tyres and windows."""

LEAST_SEEN = 0.01
"""A frame counts if what is said to have the colour covers this share of the picture in it."""

LEAST_RIGHT = 0.9
"""Least share of those frames in which everything has its colour."""

MOST_FRAMES = 24
"""So many of those frames are looked at, evenly spread over them."""

CLEAR_FROM = 0.5
"""Light passes through what transmits more than this share of it. A renderer colours it where it
goes in and again where it comes out, each time by the root of its colour (Blender's Principled
BSDF), and that root is the base colour that it tells."""

_CLEAR_NAMES = ("glass", "ice", "water")

ReadFrame = Callable[[int], FrameBuffers]
"""Gives a rendered frame with its exact truth."""

_XYZ_FROM_RGB = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip
_WHITE = _XYZ_FROM_RGB.sum(axis=1)
_LAB_EDGE = (6 / 29) ** 3


def lab_of(rgb: Float[Array, "*n 3"]) -> Float[Array, "*n 3"]:
    """Return CIELAB of linear light, for D65 (CIE 015:2018, section 8.2.1)."""
    t = np.asarray(rgb, np.float64) @ _XYZ_FROM_RGB.T / _WHITE
    f = np.where(t > _LAB_EDGE, np.cbrt(t), t * (29 / 6) ** 2 / 3 + 4 / 29)
    parts = 116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])
    return np.stack(parts, axis=-1)


def has_color(rgb: Float[Array, "*n 3"], color: str) -> Bool[Array, "*n"]:
    """Return where linear light is what a colour's word means, by hue and lightness.

    Args:
        rgb: Base colours, linear (*n 3), 0…1.
        color: A CSS name or `#rrggbb`.

    Raises:
        SceneError: If `color` is neither.
    """
    asked, shown = lab_of(linear_color(color)), lab_of(rgb)
    near = np.abs(asked[0] - shown[..., 0]) <= LIGHTNESS
    chroma = np.hypot(shown[..., 1], shown[..., 2])
    if np.hypot(*asked[1:]) < GREY_CHROMA:
        return np.asarray(near & (chroma < 2 * GREY_CHROMA))
    turn = np.rad2deg(np.arctan2(asked[2], asked[1]) - np.arctan2(shown[..., 2], shown[..., 1]))
    apart = np.abs((turn + 180) % 360 - 180)
    return np.asarray(near & (chroma > GREY_CHROMA / 2) & (apart <= HUE_DEG))


@dataclass(frozen=True, slots=True)
class Shown:
    """What the frames show of a colour.

    Attributes:
        color: Its word.
        frames: Frames that were looked at.
        right: Share of them in which everything has its colour; NaN if there are none.
        least: Least share of the visible pixels of one thing that have it; NaN likewise.
        whose: The thing with that least share; "" likewise.
    """

    color: str
    frames: int
    right: float
    least: float
    whose: str

    @property
    def holds(self) -> bool | None:
        """Whether the frames show the colour; None if they show too little of the thing."""
        return self.right >= LEAST_RIGHT if self.frames else None

    @property
    def text(self) -> str:
        """What was measured, in words."""
        if not self.frames:
            return f"no frame shows it on {LEAST_SEEN:.0%} of the picture"
        frames = "the one frame" if self.frames == 1 else f"{self.frames} frames"
        return (
            f"{self.color} in {self.right:.0%} of {frames} that show it ({LEAST_RIGHT:.0%} needed);"
            f" at least {self.least:.0%} of the visible surface of {self.whose}"
        )


def shown_color(
    bodies: Sequence[Body], color: str, stage: Stage, sight: Sight, read_frame: ReadFrame
) -> Shown:
    """Return how much of the rendered frames' base colour is what the words say.

    It is the colour of the surfaces before any light falls on them, as the renderer saw them.

    Args:
        bodies: Which have the colour.
        color: Its word.
        stage: Where they are.
        sight: What can be seen.
        read_frame: Gives a frame.

    Raises:
        SceneError: If the word is no colour.
        DamagedError: If a frame cannot be read.
    """
    columns = np.array([stage.body_ids.index(body.id) for body in bodies])
    clear = np.array([_is_clear(body) for body in bodies])
    covered = sight.visibility.pixels[:, columns].sum(axis=1) / sight.size.prod()
    due = np.flatnonzero(covered >= LEAST_SEEN)
    some = np.linspace(0, len(due) - 1, min(len(due), MOST_FRAMES)).round().astype(int)
    right, least, whose = 0, np.nan, ""
    for frame in due[some].tolist():
        shares = _shares(read_frame(frame), columns, clear, color)
        right += bool(np.nanmin(shares) >= LEAST_OWN)
        if not np.nanmin(shares) >= least:
            least, whose = float(np.nanmin(shares)), bodies[int(np.nanargmin(shares))].id
    share = right / len(some) if len(some) else np.nan
    return Shown(color=color, frames=len(some), right=share, least=least, whose=whose)


def _shares(
    frame: FrameBuffers, columns: Int[Array, " b"], clear: Bool[Array, " b"], color: str
) -> Float[Array, " b"]:
    """Return the share of each body's visible pixels that have a colour (b).

    NaN for what covers less than its part of `LEAST_SEEN`; the largest always counts.
    """
    many = int(max(columns.max() + 1, frame.body_index.max(initial=0))) + 1
    own = np.isin(frame.body_index, columns + 1)
    index = frame.body_index[own]
    seen = np.bincount(index, minlength=many)[columns + 1]
    albedo = frame.albedo[own]
    through = np.isin(index, columns[clear] + 1)
    right = has_color(albedo, color) | (through & has_color(albedo**2, color))
    hit = np.bincount(index, weights=right, minlength=many)
    enough = min(LEAST_SEEN * frame.body_index.size / len(columns), float(seen.max()))
    return np.where(seen >= enough, hit[columns + 1] / np.maximum(seen, 1), np.nan)


def _is_clear(body: Body) -> bool:
    """Whether light passes through most of what a body is made of."""
    shares = [
        float(one.parameters.get("transmission", one.name in _CLEAR_NAMES))
        for one in body.materials
    ]
    return max(shares, default=0.0) > CLEAR_FROM
