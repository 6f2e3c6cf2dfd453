"""From a moving stage to a camera: direction, distance, and motion."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from render.aim.cues import FILLS, cue_path, cues_of, elevations_deg, motion_frame, unit_wxyz
from render.aim.framing import axes, frustum, tightest, wxyz_of
from render.aim.outlook import ENOUGH_PX, SEEN_SHARE, Lookout, Sight
from render.aim.panning import MOST_PAN_DEG, panned
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
    holds = _holds(trajectory, subjects, until_secs)
    track = _track(stage, trajectory, lens, subjects, holds, seed)
    if any(cue.move is not None for cue in cues_of(stage)):
        return track
    most_deg = _INDOOR_PAN_DEG if stage.environment.indoor else MOST_PAN_DEG
    after = holds[0].stop
    return panned(track, subjects, after, float(stage.timeline.fps), most_deg=most_deg)


REACHES_SECS = (0.6, 0.25)
"""How far a camera that follows looks ahead and back [s]: calmly, then closely."""


def _track(
    stage: Stage,
    trajectory: Trajectory,
    lens: Lens,
    subjects: Subjects,
    holds: list[range],
    seed: int,
) -> CameraTrack:
    interest = holds[0]
    caster = SurfaceCaster(stage, trajectory)
    lookout = Lookout(caster, trajectory, subjects, _telling(trajectory, interest))
    direction = _direction(stage, lookout, subjects.over(interest), lens)
    film = partial(_film, stage, trajectory, lookout, direction, lens, seed)
    takes = [film(_Attempt(subjects=subjects, held=held, follow=False)) for held in holds]
    enough = float(np.clip(_AS_LARGE * takes[0][0], ENOUGH_PX, _LARGE_PX))
    for fewest_px, track in takes[::-1]:
        if fewest_px >= enough:
            return track
    takes = takes[:1]
    for attempt in [] if takes[0][0] >= ENOUGH_PX else _following(trajectory, subjects, interest):
        takes.append(film(attempt))
        if takes[-1][0] >= ENOUGH_PX:
            return takes[-1][1]
    takes.append(_longest(film, subjects, interest))
    # Among takes that all show too little, the first is kept unless another is clearly better.
    return max(enumerate(takes), key=lambda k: k[1][0] / _CLEARLY_BETTER ** k[0])[1][1]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Attempt:
    """One way to film a shot.

    A camera that follows looks `reach_secs` [s] ahead and back to move smoothly.
    """

    subjects: Subjects
    held: range
    follow: bool
    reach_secs: float = REACHES_SECS[0]


_INDOOR_PAN_DEG = 12.0
"""Rooms are open on the side of the camera."""
_CLEARLY_BETTER = 1.15
_AS_LARGE = 0.88
"""What comes after is held as well if that leaves everything this share of its area."""
_LARGE_PX = 2 * ENOUGH_PX
"""Larger than this nothing has to be, if something more can be shown instead."""
_AFTERMATHS_SECS = (0.1, 0.4, 0.8, 1.4)
_TELLING = 5
_PRECISION_FRAMES = 4


def _holds(motion: Trajectory, subjects: Subjects, until_secs: float | None) -> list[range]:
    """Return spans from the start that a standing camera may hold, the shortest first."""
    if until_secs is None:
        ends = [frames_of_interest(motion, subjects).stop]
    else:
        ends = [motion_frame(motion, until_secs + after) + 1 for after in _AFTERMATHS_SECS]
    return [range(end) for end in dict.fromkeys([*ends, motion.frame_count])]


def _following(motion: Trajectory, subjects: Subjects, interest: range) -> list[_Attempt]:
    late = needed_late(motion, subjects)
    return [
        _Attempt(subjects=whom, held=interest, follow=True, reach_secs=reach)
        for whom in (subjects, late)
        if whom is not None
        for reach in REACHES_SECS
    ]


def _film(
    stage: Stage,
    motion: Trajectory,
    lookout: Lookout,
    direction: tuple[float, float],
    lens: Lens,
    seed: int,
    attempt: _Attempt,
) -> tuple[float, CameraTrack]:
    """Return the smallest silhouette of a subject in one attempt [px], and its camera."""
    positions, wxyz = cue_path(
        stage, motion, attempt.subjects, attempt.held, direction, lens,
        follow=attempt.follow, reach_secs=attempt.reach_secs, seed=seed,
    )  # fmt: skip
    track = CameraTrack(positions=positions, wxyz=unit_wxyz(wxyz), lens=lens)
    return lookout.fewest_px(track, lookout.frames), track


def _longest(
    film: Callable[[_Attempt], tuple[float, CameraTrack]], subjects: Subjects, held: range
) -> tuple[float, CameraTrack]:
    """Return a standing camera for as much of the shot as it can show large enough.

    What rolls away for good cannot be held for ever: then the beginning counts.
    """
    few, many = max(1, held.stop // 3), held.stop
    best = film(_Attempt(subjects=subjects, held=range(few), follow=False))
    while many - few > _PRECISION_FRAMES and best[0] >= ENOUGH_PX:
        middle = (few + many) // 2
        take = film(_Attempt(subjects=subjects, held=range(middle), follow=False))
        if take[0] >= ENOUGH_PX:
            few, best = middle, take
        else:
            many = middle
    return best


def _telling(motion: Trajectory, interest: range) -> list[int]:
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
    usual = [(da, e) for e in elevations_deg(stage, cue) for da in AZIMUTH_OFFSETS_DEG]
    steep = [(da, e) for e in _STEEPER_DEG for da in AZIMUTH_OFFSETS_DEG]
    judged: list[tuple[float, tuple[float, float], Pose]] = []
    for offsets in (usual, steep):
        for offset, elevation in offsets:
            azimuth = stage.shot.azimuth_deg + offset
            rotation = axes(azimuth, elevation)
            pose = Pose(position=tightest(points, rotation, view), wxyz=wxyz_of(rotation))
            sight = lookout.sight([pose] * len(lookout.frames), lens)
            score = _score(sight, offset, elevation - usual[0][1])
            judged.append((score, (azimuth, elevation), pose))
        if max(score for score, _, _ in judged) >= _GOOD_SCORE:
            break
    return _open_at_start(judged, lookout, lens)


def _open_at_start(
    judged: list[tuple[float, tuple[float, float], Pose]], lookout: Lookout, lens: Lens
) -> tuple[float, float]:
    """Return the best direction from which nothing is hidden at first; if there is none, the best.

    Nobody understands a shot whose actor or aim is hidden when it begins.
    """
    ranked = sorted(judged, key=lambda one: -one[0])
    for score, direction, pose in ranked:
        if score < ranked[0][0] - _WORTH_SEEING:
            break
        if lookout.least_at_start(pose, lens) >= SEEN_SHARE:
            return direction
    return ranked[0][1]


_STEEPER_DEG = (30.0, 40.0, 55.0)
_GOOD_SCORE = 1.6
_BLOCKED = 10.0
_WORTH_SEEING = 1.0
"""So much of its score a direction may lack if only from it all is seen at the start."""


def _score(sight: Sight, offset_deg: float, climb_deg: float) -> float:
    """Return how good a direction is: what is seen first, then habit."""
    taste = 0.004 * abs(abs(offset_deg) - 6.0) + 0.012 * abs(climb_deg - 6.0)
    return (
        sight.clear + sight.enough + 0.5 * sight.worst - taste - (0.0 if sight.free else _BLOCKED)
    )
