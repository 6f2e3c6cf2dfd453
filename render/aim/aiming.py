"""From a moving stage to a camera: direction, distance, and motion."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from render.aim.cues import ELEVATIONS_DEG, FILLS, cue_path, cues_of, motion_frame, unit_wxyz
from render.aim.framing import axes, frustum, tightest, wxyz_of
from render.aim.outlook import Lookout, Sight
from render.aim.subjects import Subjects, frames_of_interest, needed_late, subjects_of
from render.camera_track import CameraTrack
from render.truth.surfaces import SurfaceCaster
from scene_builder.model.arrays import Array
from scene_builder.model.lens import Lens
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Stage

FOCAL_LENGTH_MM = 42.0
SENSOR_WIDTH_MM = 36.0
AZIMUTH_OFFSETS_DEG = (6.0, -6.0, 0.0, 12.0, -12.0)
"""Left and right have to stay what they are: a camera starts within 15° of the stage's azimuth."""
ENOUGH_PX = 230.0
"""Visible pixels at 512×288 that every subject should have, with a little to spare."""


def aim(
    stage: Stage,
    trajectory: Trajectory,
    *,
    size_px: tuple[int, int],
    seed: int,
    until_secs: float | None = None,
) -> CameraTrack:
    """Return a camera that shows what happens.

    It looks from where the subjects are least hidden, from as near as keeps all of them in
    the picture while they act, stands (or moves as the cues say) if that shows every one of
    them large enough, and else goes with what moves.

    Args:
        stage: What is there; its `shot` holds azimuth, cues and subjects.
        trajectory: How it moves.
        size_px: Width and height of the picture [px].
        seed: The run's seed.
        until_secs: When the last outcome has happened [s]; None finds it out.
    """
    lens = Lens(
        focal_length_mm=FOCAL_LENGTH_MM, sensor_width_mm=SENSOR_WIDTH_MM, size_px=size_px
    )  # fmt: skip
    subjects = subjects_of(stage, trajectory)
    interest = frames_of_interest(trajectory, subjects)
    if until_secs is not None:
        interest = range(motion_frame(trajectory, until_secs) + 1)
    caster = SurfaceCaster(stage, trajectory)
    lookout = Lookout(caster, trajectory, subjects, _telling_frames(trajectory, interest))
    direction = _direction(stage, lookout, subjects.over(interest), lens)
    best: tuple[float, CameraTrack] | None = None
    for attempt in _attempts(trajectory, subjects, interest):
        positions, wxyz = cue_path(
            stage, trajectory, attempt.subjects, attempt.held, direction, lens,
            follow=attempt.follow, seed=seed,
        )  # fmt: skip
        track = CameraTrack(positions=positions, wxyz=unit_wxyz(wxyz), lens=lens)
        fewest = lookout.fewest_px([track.world_from_camera(k) for k in lookout.frames], lens)
        if best is None or fewest > best[0] * _CLEARLY_BETTER:
            best = (fewest, track)
        if fewest >= attempt.enough_px:
            return track
    if best is None:
        raise AssertionError("there is always an attempt")
    return best[1]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Attempt:
    """One way to film a shot, and the pixels with which it is good enough."""

    subjects: Subjects
    held: range
    follow: bool
    enough_px: float = ENOUGH_PX


_CLEARLY_BETTER = 1.15
_GENEROUS = 2.5
"""The whole shot is held if even so everything is this much larger than it must be."""
_TELLING = 5


def _attempts(motion: Trajectory, subjects: Subjects, interest: range) -> list[_Attempt]:
    whole = range(motion.frame_count)
    ways = [
        _Attempt(subjects=subjects, held=whole, follow=False, enough_px=ENOUGH_PX * _GENEROUS),
        _Attempt(subjects=subjects, held=interest, follow=False),
        _Attempt(subjects=subjects, held=interest, follow=True),
    ]
    late = needed_late(motion, subjects)
    if late is not None:
        ways.append(_Attempt(subjects=late, held=interest, follow=True))
    return ways


def _telling_frames(motion: Trajectory, interest: range) -> list[int]:
    """Return a few frames that are judged: evenly, and the strongest blow."""
    even = np.linspace(interest.start, interest.stop - 1, _TELLING).round().astype(int)
    frames = set(even.tolist())
    if len(motion.contacts.impulse):
        blow = motion_frame(motion, float(motion.contacts.time[motion.contacts.impulse.argmax()]))
        frames.add(min(blow, interest.stop - 1))
    return sorted(frames)


def _direction(
    stage: Stage, lookout: Lookout, points: Float[Array, "n 3"], lens: Lens
) -> tuple[float, float]:
    """Return azimuth and elevation [deg] from which the subjects are seen best."""
    cue = cues_of(stage)[0]
    view = frustum(lens, FILLS[cue.shot])
    usual = [(da, e) for e in ELEVATIONS_DEG[cue.angle] for da in AZIMUTH_OFFSETS_DEG]
    steep = [(da, e) for e in _STEEPER_DEG for da in AZIMUTH_OFFSETS_DEG]
    best: tuple[float, tuple[float, float]] | None = None
    for offsets in (usual, steep):
        for offset, elevation in offsets:
            azimuth = stage.shot.azimuth_deg + offset
            rotation = axes(azimuth, elevation)
            pose = Pose(position=tightest(points, rotation, view), wxyz=wxyz_of(rotation))
            sight = lookout.sight([pose] * len(lookout.frames), lens)
            score = _score(sight, offset, elevation - usual[0][1])
            if best is None or score > best[0]:
                best = (score, (azimuth, elevation))
        if best is not None and best[0] >= _GOOD_SCORE:
            break
    if best is None:
        raise AssertionError("there is always a direction")
    return best[1]


_STEEPER_DEG = (30.0, 40.0, 55.0)
_GOOD_SCORE = 1.0
_BLOCKED = 10.0


def _score(sight: Sight, offset_deg: float, climb_deg: float) -> float:
    """Return how good a direction is: what is seen first, then habit."""
    taste = 0.004 * abs(abs(offset_deg) - 6.0) + 0.012 * abs(climb_deg - 5.0)
    return sight.clear + 0.5 * sight.worst - taste - (0.0 if sight.free else _BLOCKED)
