"""The camera's moves: how one cue turns and carries a camera over its shot."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from render.aim.framing import Frustum, axes, pivot_radius, wxyz_of
from render.aim.paths import PointsAt, eased, following, standing
from scene_builder.model.arrays import Array
from scene_builder.model.words import Move


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """One camera over a whole shot, before it is cut to cues.

    Attributes:
        points_at: What has to be held over some frames.
        held: Frames at which it has to be held.
        frame_count: Frames of the shot.
        azimuth_deg: Direction from the scene to the camera at the first frame.
        elevation_deg: Its height.
        view: What may hold the points.
        reach: Half the length of smoothing, for a camera that follows [frames].
        active: Frames over which its move runs.
    """

    points_at: PointsAt
    held: range
    frame_count: int
    azimuth_deg: float
    elevation_deg: float
    view: Frustum
    reach: int
    active: range

    @property
    def progress(self) -> Float[Array, " f"]:
        """How far the move has come at every frame, 0…1, at rest at both ends."""
        return eased(self.frame_count, self.active)


PIVOTING = (
    "orbit_left", "orbit_right", "pan_left", "pan_right", "tilt_up", "tilt_down", "crane_up",
    "crane_down", "handheld",
)  # fmt: skip
"""Moves that turn the camera, about what it looks at or about itself."""

Path = tuple[Float[Array, "f 3"], Float[Array, "f 4"]]
"""Positions [m] and `world_from_camera` quaternions of a camera."""


def moved(plan: Plan, move: Move | None, rng: np.random.Generator, *, follow: bool) -> Path:
    """Return the path of a camera that makes a move and holds its subjects.

    Args:
        plan: Where it looks from, and what it holds.
        move: The move; None is a very gentle dolly in.
        rng: Gives a hand its tremble.
        follow: Whether a camera that would stand goes with its subjects instead.
    """
    if move in PIVOTING:
        return _pivoted(plan, move, rng)
    rotation = axes(plan.azimuth_deg, plan.elevation_deg)
    if follow or move == "track":
        positions = following(
            plan.points_at,
            rotation,
            plan.view,
            frame_count=plan.frame_count,
            held=plan.held,
            reach=plan.reach,
        )
    else:
        held = plan.points_at(plan.held)
        positions = standing(held, rotation, plan.view, plan.frame_count)
        positions = positions + _dolly(plan, move, positions[0], held, rotation)
    return positions, np.tile(wxyz_of(rotation), (plan.frame_count, 1))


_ORBIT_DEG = 30.0
_PAN_DEG = 9.0
_TILT_DEG = 6.0
_CRANE_DEG = 22.0
_TREMBLE_DEG = 0.45
_DOLLY = {"dolly_in": 0.45, "dolly_out": 0.45, None: 0.05}
"""How much farther away, as a share of the distance, a dolly starts or ends."""
_STEEPEST_DEG, _FLATTEST_DEG = 85.0, 1.0


def _dolly(
    plan: Plan,
    move: Move | None,
    position: Float[Array, "3"],
    points: Float[Array, "n 3"],
    rotation: Float[Array, "3 3"],
) -> Float[Array, "f 3"]:
    """Return offsets backwards: from farther away nothing leaves the picture."""
    share = _DOLLY.get(move, 0.0)
    if not share:
        return np.zeros((plan.frame_count, 3))
    back = rotation[:, 2]
    distance = float((position - points.mean(axis=0)) @ back)
    ease = plan.progress
    how_far = ease if move == "dolly_out" else 1 - ease
    return np.outer(how_far * share * distance, back)


def _pivoted(plan: Plan, move: Move | None, rng: np.random.Generator) -> Path:
    """Return the path of a camera that turns about what it looks at, or about itself.

    It keeps one distance for the whole move: the least from which every frame holds all.
    """
    points = plan.points_at(plan.held)
    pivot = (points.min(axis=0) + points.max(axis=0)) / 2
    looks, turns = _directions(plan, move, rng)
    view = _narrowed(plan.view, move)
    rotations = [axes(azimuth, elevation) for azimuth, elevation in looks]
    every = max(1, plan.frame_count // _PROBES)
    radius = max(pivot_radius(points, rotation, pivot, view) for rotation in rotations[::every])
    positions = np.stack([pivot + radius * rotation[:, 2] for rotation in rotations])
    turned = [axes(a + da, e + de) for (a, e), (da, de) in zip(looks, turns, strict=True)]
    return positions, np.stack([wxyz_of(rotation) for rotation in turned])


_PROBES = 24


def _directions(
    plan: Plan, move: Move | None, rng: np.random.Generator
) -> tuple[Float[Array, "f 2"], Float[Array, "f 2"]]:
    """Return azimuth and elevation of the place, and extra turns of the look (f 2) [deg]."""
    ease = plan.progress
    looks = np.tile([plan.azimuth_deg, plan.elevation_deg], (plan.frame_count, 1))
    turns = np.zeros_like(looks)
    sign = -1.0 if move in ("orbit_left", "pan_right", "tilt_down", "crane_down") else 1.0
    if move in ("orbit_left", "orbit_right"):
        looks[:, 0] += sign * _ORBIT_DEG * ease
    elif move in ("pan_left", "pan_right"):
        # Turning left is towards larger azimuths: the camera's back swings to the right.
        turns[:, 0] = sign * _PAN_DEG * (ease - 0.5)
    elif move in ("tilt_up", "tilt_down"):
        turns[:, 1] = -sign * _TILT_DEG * (ease - 0.5)
    elif move in ("crane_up", "crane_down"):
        start = 0.0 if move == "crane_up" else 1.0
        looks[:, 1] += _CRANE_DEG * (start + sign * ease)
    else:
        turns = _tremble_rand(rng, plan.frame_count)
    looks[:, 1] = np.clip(looks[:, 1], _FLATTEST_DEG, _STEEPEST_DEG)
    return looks, turns


def _tremble_rand(rng: np.random.Generator, frame_count: int) -> Float[Array, "f 2"]:
    """Return a hand's small turns (f 2) [deg]: slow sines of unrelated periods."""
    t = np.arange(frame_count)[:, None, None] / _TREMBLE_FRAMES
    rates = np.array([1.0, 1.7, 2.9])
    phases = rng.uniform(0, 2 * np.pi, (1, 2, len(rates)))
    waves = np.sin(2 * np.pi * t * rates + phases) / rates
    return np.asarray(_TREMBLE_DEG * waves.sum(-1) / (1 / rates).sum())


_TREMBLE_FRAMES = 48.0
"""Period of a hand's slowest sway [frames]."""


def _narrowed(view: Frustum, move: Move | None) -> Frustum:
    """Return the part of the view that still holds what a camera turning about itself holds."""
    across = {"pan_left": _PAN_DEG / 2, "pan_right": _PAN_DEG / 2, "handheld": _TREMBLE_DEG}
    upright = {"tilt_up": _TILT_DEG / 2, "tilt_down": _TILT_DEG / 2, "handheld": _TREMBLE_DEG}
    return replace(
        view,
        across=_less(view.across, across.get(str(move), 0.0)),
        up=_less(view.up, upright.get(str(move), 0.0)),
        down=_less(view.down, upright.get(str(move), 0.0)),
    )


def _less(half_width: float, turn_deg: float) -> float:
    return float(np.tan(np.arctan(half_width) - np.deg2rad(turn_deg)))
