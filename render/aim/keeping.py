"""After the last outcome the camera keeps whoever acted in its picture until he rests."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from jaxtyping import Float

from render.aim.framing import Frustum, nearest_holding
from render.aim.paths import smoothed
from render.aim.subjects import Subjects
from render.camera_track import CameraTrack
from scene_builder.model.arrays import Array
from scene_builder.model.pose import rotation_from_wxyz

FARTHER = 1.6
"""A camera that keeps several goes back to so many times its distance at most."""

ASIDE = 1.2
"""A camera that keeps the actors alone moves by so many times its distance at most."""

CALM_SECS, CLOSE_SECS = 0.9, 0.6
"""Half the time over which the way is smoothed, to a place and along a path [s]."""


def kept(
    track: CameraTrack, subjects: Subjects, after: int, fps: float, view: Frustum
) -> Iterator[CameraTrack]:
    """Yield tracks that go back, or aside, so far that the actors stay in them; the best first.

    They keep all subjects, or leave out those that end farther and farther away, or keep the
    actors alone: first a camera that then stands, else one that goes with them. All show what the
    track shows up to `after` as well, and go the least way that does it. None is yielded where no
    actor leaves the picture.

    Args:
        track: A camera that stands, or moves by its own cue, and does not turn.
        subjects: What it has to show.
        after: The first frame that need not show all of them.
        fps: Frames a second [Hz].
        view: The part of the picture that may hold them.
    """
    actors = [k for k, column in enumerate(subjects.indices) if column in subjects.actors]
    count = len(track.positions)
    turns = bool(np.ptp(track.wxyz, axis=0).max() > _STILL_TURN)
    if not actors or after >= count - 1 or turns:
        return
    if not _leave(track, subjects, actors, after):
        return
    whom = _by_distance(subjects, actors)
    ways = ((_standing, FARTHER - 1.0, CALM_SECS), (_going, ASIDE, CLOSE_SECS))
    for shifted, aside, secs in ways:
        reach = max(1, round(secs * fps))
        for many in range(len(whom), len(actors) - 1, -1):
            shifts = shifted(track, subjects, whom[:many], after, reach, view)
            most = aside if many == len(actors) else FARTHER - 1.0
            if np.linalg.norm(shifts, axis=1).max() <= most * _distance(track, subjects):
                yield replace(track, positions=track.positions + smoothed(shifts, reach))


_STILL_TURN, _HALF_PX = 1e-9, 0.5


def _leave(track: CameraTrack, subjects: Subjects, actors: list[int], after: int) -> bool:
    """Return whether the middle of some actor leaves the picture after a frame."""
    edge = np.array(track.lens.size_px) - _HALF_PX
    for frame in range(after, len(track.positions)):
        middles = np.stack([subjects.points[k][frame].mean(axis=0) for k in actors])
        places = track.pixels(frame, middles)
        if not ((places > -_HALF_PX) & (places < edge)).all():
            return True
    return False


def _by_distance(subjects: Subjects, actors: list[int]) -> list[int]:
    """Return the subjects in order: actors, then who ends nearest to one of them."""
    ends = [points[-1].mean(axis=0) for points in subjects.points]
    others = [k for k in range(len(ends)) if k not in actors]
    away = {k: min(float(np.linalg.norm(ends[k] - ends[a])) for a in actors) for k in others}
    return [*actors, *sorted(others, key=away.__getitem__)]


def _distance(track: CameraTrack, subjects: Subjects) -> float:
    """Return how far the first frame's camera is from the middle of its subjects [m]."""
    middle = np.mean([points[0].mean(axis=0) for points in subjects.points], axis=0)
    return float(np.linalg.norm(track.positions[0] - middle))


def _standing(
    track: CameraTrack, subjects: Subjects, whom: list[int], after: int, reach: int, view: Frustum
) -> Float[Array, "f 3"]:
    """Return shifts (f 3) [m] to one place from which some of the subjects are seen to the end."""
    rotation = rotation_from_wxyz(track.wxyz[after])
    begin = max(0, after - reach)
    points = _held(subjects, whom, range(max(0, begin - reach), len(track.positions)), after)
    shifts = np.zeros_like(track.positions)
    for frame in range(begin, len(shifts)):
        at = track.positions[frame]
        shifts[frame] = nearest_holding(points, rotation, view, at) - at
    return shifts


def _going(
    track: CameraTrack, subjects: Subjects, whom: list[int], after: int, reach: int, view: Frustum
) -> Float[Array, "f 3"]:
    """Return shifts (f 3) [m] with which some of the subjects stay in the picture."""
    rotation, count = rotation_from_wxyz(track.wxyz[after]), len(track.positions)
    shifts = np.zeros_like(track.positions)
    for frame in range(max(0, after - 2 * reach), count):
        span = range(max(0, frame - reach), min(count, frame + reach + 1))
        at = track.positions[frame]
        points = _held(subjects, whom, span, after)
        shifts[frame] = nearest_holding(points, rotation, view, at) - at
    return shifts


def _held(subjects: Subjects, whom: list[int], span: range, after: int) -> Float[Array, "n 3"]:
    """Return the points (n 3) [m] of some subjects over a span; of all of them up to `after`."""
    points = [subjects.points[k][span.start : span.stop].reshape(-1, 3) for k in whom]
    if span.start < after:
        early = slice(span.start, min(span.stop, after))
        points += [path[early].reshape(-1, 3) for path in subjects.points]
    return np.concatenate(points)
