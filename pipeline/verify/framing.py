"""Whether the camera shows what happens."""

from collections.abc import Iterator

import numpy as np

from physics.trajectory import Trajectory
from pipeline.verify.report import Claim, status_of
from render.camera_track import CameraTrack
from render.visibility import Visibility
from scene_builder.model.stage import Body, Stage

INSIDE_SHARE = 0.9
"""Least share of a subject's projection that lies inside of the picture."""
LEAST_SHARE_OF_PICTURE = 200 / (512 * 288)
"""Least share of the picture that a subject's silhouette covers: 200 pixels of 512 by 288."""
LEAST_SEEN_SHARE = 0.5
"""Share of the frames in which some of it must be seen: others may pass before it."""


def judge_framing(
    stage: Stage,
    trajectory: Trajectory,
    track: CameraTrack,
    visibility: Visibility | None,
    until_secs: float | None,
) -> Iterator[Claim]:
    """Yield one claim for each body that the words let do something.

    Args:
        stage: What is there.
        trajectory: How it moves.
        track: Who looks at it.
        visibility: What could be seen; None if no frames have been rendered.
        until_secs: When the last outcome has come true [s]; None for the whole film.
    """
    last = trajectory.frame_count - 1
    end = last if until_secs is None else min(stage.timeline.frame_at(until_secs), last)
    for body_id in stage.shot.subjects:
        if body_id not in stage.body_ids:
            continue
        begin = min(_begin(stage, body_id), end)
        yield _claim(stage.body(body_id), range(begin, end + 1), trajectory, track, visibility)


def share_inside(body: Body, frame: int, trajectory: Trajectory, track: CameraTrack) -> float:
    """Return the share of a body's projected surface that lies inside of the picture."""
    return _silhouette(body, frame, trajectory, track)[0]


def _silhouette(
    body: Body, frame: int, trajectory: Trajectory, track: CameraTrack
) -> tuple[float, float]:
    """Return the share inside of the picture, and the silhouette's area [px].

    A closed surface is projected twice, once by its front and once by its back, so that half
    of its triangles' areas is the silhouette's (more, where it folds in front of itself).
    """
    width, height = track.lens.size_px
    points = trajectory.vertices(frame, body.id, body.mesh.vertices)
    corners = track.pixels(frame, points)[body.mesh.triangles]
    a, b, c = (corners[:, k] for k in range(3))
    (ux, uy), (vx, vy) = (b - a).T, (c - a).T
    areas = np.abs(ux * vy - uy * vx) / 2
    centers = corners.mean(axis=1)
    edge = np.array([width, height])  # pixel centres are whole numbers
    inside = ((centers + 0.5 > 0) & (centers + 0.5 < edge)).all(axis=1)
    known = np.isfinite(areas)  # what lies behind the camera is outside of the picture
    total = float(areas[known].sum())
    share = float(areas[known & inside].sum()) / total if total > 0 else 0.0
    return share * float(known.mean()), total / 2


def _begin(stage: Stage, body_id: str) -> int:
    """Return the frame of the body's first action, 0 if it has none."""
    starts = [action.start_secs for action in stage.actions if action.body == body_id]
    return stage.timeline.frame_at(min(starts)) if starts else 0


def _claim(
    body: Body,
    frames: range,
    trajectory: Trajectory,
    track: CameraTrack,
    visibility: Visibility | None,
) -> Claim:
    width, height = track.lens.size_px
    needed = LEAST_SHARE_OF_PICTURE * width * height
    shares, areas = np.array([_silhouette(body, k, trajectory, track) for k in frames]).T
    worst, least = int(shares.argmin()), int(areas.argmin())
    holds = bool(shares[worst] >= INSIDE_SHARE and areas[least] >= needed)
    evidence = (
        f"at least {100 * shares[worst]:.0f} % of it lies inside of the picture "
        f"(frame {frames[worst]}), and its silhouette covers {areas[least]:.0f} pixels or more "
        f"(frame {frames[least]}; {needed:.0f} needed)"
    )
    if visibility is not None:
        pixels = visibility.pixels[frames.start : frames.stop, visibility.body_ids.index(body.id)]
        seen = float((pixels > 0).mean())
        holds = holds and seen >= LEAST_SEEN_SHARE
        evidence += f"; it is seen in {100 * seen:.0f} % of those frames"
    return Claim(
        kind="framing", source="camera", text=f"the camera shows {body.id}",
        status=status_of(holds), evidence=evidence,
        time_secs=float(trajectory.times[frames[worst]]),
        margin=float(shares[worst]) - INSIDE_SHARE,
    )  # fmt: skip
