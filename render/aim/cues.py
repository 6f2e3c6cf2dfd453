"""The graph's camera cues as one continuous camera."""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from render.aim.framing import LOW_IN_PICTURE, frustum
from render.aim.moves import PIVOTING, Path, Plan, moved
from render.aim.paths import eased
from render.aim.subjects import Subjects, gathered, named
from render.aim.thirds import MIDDLE, third_of
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.graph import CameraCue
from scene_builder.model.lens import Lens
from scene_builder.model.stage import Stage
from scene_builder.model.words import Angle, Framing

FILLS: dict[Framing | None, float] = {
    None: 0.88, "extreme_close_up": 0.98, "close_up": 0.90, "medium": 0.80, "wide": 0.42,
}  # fmt: skip
"""Share of the picture that what is held may fill, by size of shot."""

ELEVATIONS_DEG: dict[Angle | None, tuple[float, ...]] = {
    None: (10.0, 14.0, 18.0, 23.0, 28.0), "eye_level": (5.0, 9.0, 13.0), "high": (32.0, 40.0),
    "low": (-4.0, 0.0, 3.0), "top": (80.0,),
}  # fmt: skip
"""Heights of the camera to choose from, by angle."""

OPEN_AIR_DEG = (2.0, 5.0, 8.0, 11.0, 15.0, 20.0, 25.0)
"""The same under the open sky where no angle is asked for: low enough to see the horizon."""


class Direction(NamedTuple):
    """Where a camera looks from at first, and how its subjects lie in the picture.

    Attributes:
        azimuth_deg: From the scene to the camera: 0 is −Y, positive goes to +X.
        elevation_deg: By how much it looks down.
        low: Share of the height that the subjects leave free which lies above them, 0…1.
    """

    azimuth_deg: float
    elevation_deg: float
    low: float = LOW_IN_PICTURE


_BLEND_SECS = 1.0
_AT_ONCE_SECS = 0.1
_NEAR_SHOTS = ("close_up", "extreme_close_up")


def cue_path(
    stage: Stage,
    motion: Trajectory,
    subjects: Subjects,
    held: range,
    direction: Direction,
    lens: Lens,
    *,
    follow: bool,
    reach_secs: float,
    seed: int,
) -> Path:
    """Return the camera's path through all cues, each blended into the next.

    Args:
        stage: What is there.
        motion: How it moves.
        subjects: What has to be held.
        held: When.
        direction: Where to look from at first.
        lens: The lens.
        follow: Whether a camera without a move goes with its subjects.
        reach_secs: Half the time over which a camera that follows smooths its way [s].
        seed: The run's seed.
    """
    cues = cues_of(stage)
    starts = [motion_frame(motion, cue.start_secs) for cue in cues] + [motion.frame_count]
    paths: list[Path] = []
    for k, cue in enumerate(cues):
        whom = _whom(stage, motion, subjects, cue)
        third = composed(stage, whom, held, cue)
        plan = Plan(
            points_at=whom.over,
            held=held, frame_count=motion.frame_count,
            azimuth_deg=direction.azimuth_deg,
            elevation_deg=_elevation(stage, cue, cues[0], direction.elevation_deg),
            view=frustum(lens, FILLS[cue.shot], direction.low, third),
            reach=max(1, motion_frame(motion, reach_secs)),
            active=range(starts[k], max(starts[k + 1], starts[k] + 1)),
        )  # fmt: skip
        own = moved(plan, cue.move, stream(seed, "aim", "hand", k), follow=follow)
        paths.append(_blended(paths[-1], own, motion, cue.start_secs) if paths else own)
    return paths[-1]


def elevations_deg(stage: Stage, cue: CameraCue) -> tuple[float, ...]:
    """Return the heights [deg] that a cue's camera may have, the most usual first."""
    if cue.angle is None and not stage.environment.indoor:
        return OPEN_AIR_DEG
    return ELEVATIONS_DEG[cue.angle]


def composed(stage: Stage, whom: Subjects, held: range, cue: CameraCue) -> float:
    """Return the third on which a cue has what it holds (see `third_of`).

    A camera that turns about something, or about itself, has it in the middle, and so has one
    before which something may break: pieces fly to all sides.

    Args:
        stage: What is there; its `shot` holds the azimuth.
        whom: What the cue holds.
        held: When.
        cue: The cue.
    """
    if cue.move in PIVOTING or any(body.piece_of for body in stage.bodies):
        return MIDDLE
    return third_of(whom, held, stage.shot.azimuth_deg)


def _elevation(stage: Stage, cue: CameraCue, first: CameraCue, chosen_deg: float) -> float:
    """Return a cue's height [deg]: the chosen one, unless it asks for another angle."""
    if cue.angle == first.angle:
        return chosen_deg
    heights = elevations_deg(stage, cue)
    return heights[len(heights) // 2]


def cues_of(stage: Stage) -> tuple[CameraCue, ...]:
    """Return the view's cues, beginning at the first frame."""
    cues = tuple(sorted(stage.shot.cues, key=lambda cue: cue.start_secs))
    begins_late = not cues or cues[0].start_secs > _AT_ONCE_SECS
    return (CameraCue(), *cues) if begins_late else cues


def holds_one(stage: Stage) -> bool:
    """Return whether the words ask for a picture of one thing alone."""
    return any(cue.shot in _NEAR_SHOTS for cue in cues_of(stage))


def held_by_all(stage: Stage, motion: Trajectory, subjects: Subjects) -> Subjects:
    """Return what all cues hold: of some subjects, those of near shots if there are no others."""
    cues = cues_of(stage)
    alike = len({(cue.shot, cue.target) for cue in cues}) == 1
    near = alike and cues[0].shot in _NEAR_SHOTS
    return _whom(stage, motion, subjects, cues[0]) if near else subjects


def motion_frame(motion: Trajectory, secs: float) -> int:
    """Return the first frame at or after a time [s], at most the last."""
    return min(int(np.searchsorted(motion.times, secs - 1e-9)), motion.frame_count - 1)


def _whom(stage: Stage, motion: Trajectory, subjects: Subjects, cue: CameraCue) -> Subjects:
    """Return what a cue holds: near shots and tracking hold their target alone."""
    if cue.shot not in _NEAR_SHOTS and cue.move != "track":
        return subjects
    if cue.target is not None and named(stage, cue.target):
        return gathered(stage, motion, named(stage, cue.target))
    return subjects.only(subjects.indices[:1]) if cue.shot in _NEAR_SHOTS else subjects


def _blended(before: Path, after: Path, motion: Trajectory, at_secs: float) -> Path:
    """Return one path that goes over into another around a time [s], without a jump."""
    first = motion_frame(motion, max(0.0, at_secs - _BLEND_SECS / 2))
    last = motion_frame(motion, at_secs + _BLEND_SECS / 2)
    share = eased(motion.frame_count, range(first, last + 1))[:, None]
    positions = (1 - share) * before[0] + share * after[0]
    sign = np.where((before[1] * after[1]).sum(-1, keepdims=True) < 0, -1.0, 1.0)
    return positions, unit_wxyz((1 - share) * before[1] + share * sign * after[1])


def unit_wxyz(wxyz: Float[Array, "f 4"]) -> Float[Array, "f 4"]:
    """Return unit quaternions without sign jumps along time."""
    unit = wxyz / np.linalg.norm(wxyz, axis=-1, keepdims=True)
    turns = np.where((unit[1:] * unit[:-1]).sum(-1) < 0, -1.0, 1.0)
    signs = np.concatenate([[1.0], np.cumprod(turns)])
    return np.asarray(unit * signs[:, None])
