"""From a moving stage to a camera: direction, distance, and motion."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from physics.trajectory import Trajectory
from render.aim.cues import (
    Direction,
    composed,
    cue_path,
    cues_of,
    held_by_all,
    holds_one,
    motion_frame,
    unit_wxyz,
)
from render.aim.directions import SEEN_SHARE, all_directions, directions
from render.aim.framing import frustum
from render.aim.keeping import kept
from render.aim.lenses import USUAL_MM, lenses
from render.aim.outlook import ENOUGH_PX, Lookout, telling_frames
from render.aim.panning import MOST_PAN_DEG, panned
from render.aim.subjects import Subjects, frames_of_interest, kinds_of, needed_late, subjects_of
from render.camera_track import CameraTrack
from render.truth.surfaces import SurfaceCaster
from scene_builder.model.lens import Lens
from scene_builder.model.stage import Stage

DIRECTIONS_TRIED = 4
"""So many directions are filmed until one shows everything at the first frame."""


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
    them large enough, and else goes with what moves. What else the words name is in the picture
    when it begins, unless the subjects would be too small then. Afterwards the camera goes back
    or aside, or turns, so that it does not lose the actors, unless the words say how it moves.

    Its lens is as long as the shot is near (see `lenses`), and one subject, or several that go
    the same way, lie on a third of the picture (see `third_of`).

    Args:
        stage: What is there; its `shot` holds azimuth, cues and subjects.
        trajectory: How it moves.
        size_px: Width and height of the picture [px].
        seed: The run's seed.
        until_secs: When the last outcome has happened [s]; None finds it out.
    """
    subjects = held_by_all(stage, trajectory, subjects_of(stage, trajectory))
    holds = _holds(trajectory, subjects, until_secs)
    lookout, take = _through_a_lens(stage, trajectory, subjects, holds, size_px, seed)
    track, after, fps = take.track, holds[0].stop, float(stage.timeline.fps)
    if any(cue.move is not None for cue in cues_of(stage)):
        return track
    if not holds_one(stage):
        for moved in kept(track, subjects, after, fps, frustum(track.lens, _KEPT_FILL)):
            if lookout.is_free(moved, range(after, trajectory.frame_count)):
                return moved
    most_deg = _INDOOR_PAN_DEG if stage.environment.indoor else MOST_PAN_DEG
    return panned(track, subjects, after, fps, most_deg=most_deg)


REACHES_SECS = (0.6, 0.25)
"""How far a camera that follows looks ahead and back [s]: calmly, then closely."""


def _through_a_lens(
    stage: Stage,
    trajectory: Trajectory,
    subjects: Subjects,
    holds: list[range],
    size_px: tuple[int, int],
    seed: int,
) -> tuple[Lookout, "_Take"]:
    """Return the camera with the lens that is asked for, if nothing is in its way.

    A long lens stands far off, so that walls may be before it: a shorter one then takes its place.
    """
    first = None
    for lens in lenses(stage, size_px):
        lookout, take = _take(stage, trajectory, lens, subjects, holds, seed)
        if subjects.others and not take.ample:
            alone = _take(stage, trajectory, lens, subjects.alone(), holds, seed)
            if alone[1].ample or take.fewest_px < ENOUGH_PX:
                lookout, take = alone
        if not take.ample:
            part = _take(stage, trajectory, lens, subjects.alone().near_the_small(), holds, seed)
            if part[1].worth_px > _MUCH_LARGER * take.worth_px:
                lookout, take = part
        first = first or (lookout, take)
        hides = lens.focal_length_mm > USUAL_MM and _hidden_at_start(take.track, lookout)
        if lookout.is_clear(take.track, holds[0]) and not hides:
            return lookout, take
    return first or (lookout, take)


def _take(
    stage: Stage,
    trajectory: Trajectory,
    lens: Lens,
    subjects: Subjects,
    holds: list[range],
    seed: int,
) -> tuple[Lookout, "_Take"]:
    """Return the first good camera, by direction, from which nothing is hidden at first."""
    interest = holds[0]
    lookout = Lookout(
        SurfaceCaster(stage, trajectory), trajectory, subjects,
        telling_frames(trajectory, interest),
        kinds=kinds_of(stage, trajectory, subjects.indices),
        piles=kinds_of(stage, trajectory, subjects.others),
    )  # fmt: skip
    third = composed(stage, subjects, interest, cues_of(stage)[0])
    ranked = directions(stage, lookout, subjects.over(interest), lens, third)
    path = partial(_path, stage, trajectory, lens, seed)
    takes: list[tuple[int, int, _Take]] = []
    for k, direction in enumerate(ranked[:DIRECTIONS_TRIED]):
        film = partial(_film, lookout, partial(path, direction))
        take = _best_take(film, trajectory, subjects, holds, near=holds_one(stage))
        takes.append((_hidden_at_start(take.track, lookout), k, take))
        if takes[-1][0] == 0:
            return lookout, take
    hidden, _, take = min(takes, key=lambda one: one[:2])
    return lookout, _opened(path, stage, lookout, take, hidden)


def _opened(
    path: Callable[[Direction, "_Attempt"], CameraTrack],
    stage: Stage,
    lookout: Lookout,
    take: "_Take",
    hidden: int,
) -> "_Take":
    """Return a take that is made in the same way, but hides nothing at first; else the take itself.

    A camera that goes with its subjects begins nearer to them than one that holds the whole
    action, for which the directions were judged.
    """
    best, fewest = take, hidden
    for direction in all_directions(stage):
        track = path(direction, take.attempt)
        hidden = _hidden_at_start(track, lookout)
        if hidden < fewest and lookout.is_free(track, range(1)):
            best, fewest = _film(lookout, partial(path, direction), take.attempt), hidden
            if not fewest:
                break
    return best


def _hidden_at_start(track: CameraTrack, lookout: Lookout) -> int:
    """Return how many of those that have to be seen at the first frame are not."""
    shares = lookout.shares_at_start(track.world_from_camera(0), track.lens)
    return sum(share < SEEN_SHARE for share in shares)


def _best_take(
    film: Callable[["_Attempt"], "_Take"],
    trajectory: Trajectory,
    subjects: Subjects,
    holds: list[range],
    *,
    near: bool,
) -> "_Take":
    """Return the camera, among several ways to film from one direction, that shows most.

    One that has to be `near` goes with what moves rather than stand far off.
    """
    interest = holds[0]
    takes = [film(_Attempt(subjects=subjects, held=held, follow=False)) for held in holds]
    if near:
        going = film(_Attempt(subjects=subjects, held=holds[-1], follow=True))
        if going.fewest_px > _MUCH_LARGER * takes[0].fewest_px:
            return going
    enough = float(np.clip(_AS_LARGE * takes[0].fewest_px, ENOUGH_PX, _LARGE_PX))
    for take in takes[::-1]:
        if take.fewest_px >= enough and take.ample:
            return take
    takes = takes[:1]
    for attempt in [] if takes[0].ample else _following(trajectory, subjects, interest):
        takes.append(film(attempt))
        if takes[-1].ample:
            return takes[-1]
    if takes[0].fewest_px < ENOUGH_PX:
        takes.append(_longest(film, subjects, interest))
    # Among takes that all show too little, the first is kept unless another is clearly better.
    best = max(range(len(takes)), key=lambda k: takes[k].worth_px / _CLEARLY_BETTER**k)
    return takes[best]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Take:
    """A camera, and how large it shows what matters (see `Lookout.worth_px`) [px]."""

    fewest_px: float
    worth_px: float
    track: CameraTrack
    attempt: "_Attempt"

    @property
    def ample(self) -> bool:
        return self.worth_px >= ENOUGH_PX


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
_KEPT_FILL = 0.94
"""Share of the picture that may hold the actors afterwards."""
_CLEARLY_BETTER, _MUCH_LARGER = 1.15, 2.0
_AS_LARGE = 0.88
"""What comes after is held as well if that leaves everything this share of its area."""
_LARGE_PX = 2 * ENOUGH_PX
"""Larger than this nothing has to be, if something more can be shown instead."""
_AFTERMATHS_SECS = (0.1, 0.4, 0.8, 1.4)
_PRECISION_FRAMES = 4


def _holds(motion: Trajectory, subjects: Subjects, until_secs: float | None) -> list[range]:
    """Return spans from the start that a standing camera may hold, the shortest first."""
    if until_secs is None:
        ends = [frames_of_interest(motion, subjects).stop]
    else:
        ends = [motion_frame(motion, until_secs + after) + 1 for after in _AFTERMATHS_SECS]
    return [range(end) for end in dict.fromkeys([*ends, motion.frame_count])]


def _following(motion: Trajectory, subjects: Subjects, interest: range) -> list[_Attempt]:
    """Return ways to go with what moves, the calmest first."""
    late = needed_late(motion, subjects)
    return [
        _Attempt(subjects=whom, held=interest, follow=True, reach_secs=reach)
        for whom in (subjects, late)
        if whom is not None
        for reach in REACHES_SECS
    ]


def _path(
    stage: Stage,
    motion: Trajectory,
    lens: Lens,
    seed: int,
    direction: Direction,
    attempt: _Attempt,
) -> CameraTrack:
    """Return the camera of one attempt."""
    positions, wxyz = cue_path(
        stage, motion, attempt.subjects, attempt.held, direction, lens,
        follow=attempt.follow, reach_secs=attempt.reach_secs, seed=seed,
    )  # fmt: skip
    return CameraTrack(positions=positions, wxyz=unit_wxyz(wxyz), lens=lens)


def _film(lookout: Lookout, path: Callable[[_Attempt], CameraTrack], attempt: _Attempt) -> _Take:
    """Return the camera of one attempt, judged."""
    track = path(attempt)
    fewest, worth = lookout.worth_px(track)
    return _Take(fewest_px=fewest, worth_px=worth, track=track, attempt=attempt)


def _longest(film: Callable[[_Attempt], _Take], subjects: Subjects, held: range) -> _Take:
    """Return a standing camera for as much of the shot as it can show large enough.

    What rolls away for good cannot be held for ever: then the beginning counts.
    """
    few, many = max(1, held.stop // 3), held.stop
    best = film(_Attempt(subjects=subjects, held=range(few), follow=False))
    while many - few > _PRECISION_FRAMES and best.fewest_px >= ENOUGH_PX:
        middle = (few + many) // 2
        take = film(_Attempt(subjects=subjects, held=range(middle), follow=False))
        if take.fewest_px >= ENOUGH_PX:
            few, best = middle, take
        else:
            many = middle
    return best
