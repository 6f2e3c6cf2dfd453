"""Whether the camera does what the words say: shot, angle and move of every cue."""

from collections.abc import Callable, Iterator

import numpy as np
from jaxtyping import Float

from physics.trajectory import Trajectory
from pipeline.verify.report import Claim, status_of
from render.camera_track import CameraTrack
from scene_builder.model.arrays import Array
from scene_builder.model.graph import CameraCue, SceneGraph
from scene_builder.model.pose import rotation_from_wxyz
from scene_builder.model.stage import Stage

ELEVATIONS_DEG = {
    "eye_level": (-2.0, 22.0), "high": (25.0, 68.0), "low": (-60.0, 8.0), "top": (65.0, 90.1),
}  # fmt: skip
"""How far a camera looks down [deg], by angle word."""

LEAST_MOVE_SHARE = 0.03
"""A move carries the camera by at least this share of its distance."""

LEAST_TURN_DEG = 1.0
"""Or turns it by at least this."""

STILL_SHARE = 0.12
"""A static camera goes no further than this share of its distance, and turns little: it may
breathe."""

STILL_TURN_DEG = 3.0

FILLS = {"extreme_close_up": (0.45, 4.0), "close_up": (0.3, 4.0), "medium": (0.1, 1.6),
         "wide": (0.0, 0.75)}  # fmt: skip
"""Share of the picture's height or width that its target (or all subjects) spans, by shot word."""


class _Path:
    """The camera over the frames of one cue."""

    def __init__(self, track: CameraTrack, frames: slice, center: Float[Array, "f 3"]) -> None:
        self.positions = track.positions[frames]
        rotation = rotation_from_wxyz(track.wxyz[frames])
        self.looks, self.rights = -rotation[:, :, 2], rotation[:, :, 0]
        self.away = self.positions - center[frames]
        self.distance = np.linalg.norm(self.away, axis=1)
        self.moved = float(np.linalg.norm(self.positions[-1] - self.positions[0]))
        self.share = self.moved / max(float(self.distance[0]), 1e-6)

    @property
    def nearer(self) -> float:
        """By what share of its distance it has come nearer."""
        along = (self.positions[-1] - self.positions[0]) @ self.looks[0]
        return float(along) / max(float(self.distance[0]), 1e-6)

    @property
    def pan_deg(self) -> float:
        """How far it has turned to its left [deg]."""
        heading = np.unwrap(np.arctan2(self.looks[:, 1], self.looks[:, 0]))
        return float(np.rad2deg(heading[-1] - heading[0]))

    @property
    def tilt_deg(self) -> float:
        """How far it has turned up [deg]."""
        up = np.arcsin(np.clip(self.looks[:, 2], -1, 1))
        return float(np.rad2deg(up[-1] - up[0]))

    @property
    def orbit_deg(self) -> float:
        """How far it has gone around what it holds, counter-clockwise from above [deg]."""
        around = np.unwrap(np.arctan2(self.away[:, 1], self.away[:, 0]))
        return float(np.rad2deg(around[-1] - around[0]))

    @property
    def rise(self) -> float:
        """How far it has risen, as a share of its distance."""
        return float(self.positions[-1, 2] - self.positions[0, 2]) / max(
            float(self.distance[0]), 1e-6
        )


_MOVES: dict[str, Callable[[_Path], tuple[bool, str]]] = {
    "static": lambda p: (
        p.share < STILL_SHARE and abs(p.pan_deg) < STILL_TURN_DEG,
        f"it goes {p.moved:.2f} m and turns {abs(p.pan_deg):.1f}°",
    ),
    "dolly_in": lambda p: (p.nearer > LEAST_MOVE_SHARE, f"it goes {p.nearer:+.0%} nearer"),
    "dolly_out": lambda p: (p.nearer < -LEAST_MOVE_SHARE, f"it goes {-p.nearer:+.0%} back"),
    "orbit_left": lambda p: (abs(p.orbit_deg) > LEAST_TURN_DEG, f"it circles {p.orbit_deg:+.1f}°"),
    "orbit_right": lambda p: (abs(p.orbit_deg) > LEAST_TURN_DEG, f"it circles {p.orbit_deg:+.1f}°"),
    "pan_left": lambda p: (p.pan_deg > LEAST_TURN_DEG, f"it turns {p.pan_deg:+.1f}° to its left"),
    "pan_right": lambda p: (
        p.pan_deg < -LEAST_TURN_DEG, f"it turns {-p.pan_deg:+.1f}° to its right",
    ),
    "tilt_up": lambda p: (p.tilt_deg > LEAST_TURN_DEG, f"it turns {p.tilt_deg:+.1f}° up"),
    "tilt_down": lambda p: (p.tilt_deg < -LEAST_TURN_DEG, f"it turns {-p.tilt_deg:+.1f}° down"),
    "crane_up": lambda p: (p.rise > LEAST_MOVE_SHARE, f"it rises by {p.rise:+.0%}"),
    "crane_down": lambda p: (p.rise < -LEAST_MOVE_SHARE, f"it sinks by {-p.rise:+.0%}"),
}  # fmt: skip


def judge_camera(
    graph: SceneGraph, stage: Stage, trajectory: Trajectory, track: CameraTrack
) -> Iterator[Claim]:
    """Yield one claim for each camera word of the graph, with the moment that shows it.

    That is the middle of its cue for an angle, the beginning for a shot, the end for a move.
    """
    cues = sorted(enumerate(graph.camera), key=lambda item: item[1].start_secs)
    if not cues:
        return
    starts = [stage.timeline.frame_at(cue.start_secs) for _, cue in cues]
    ends = [*starts[1:], trajectory.frame_count]
    for (k, cue), start, end in zip(cues, starts, ends, strict=True):
        frames = slice(start, max(end, start + 1))
        yield from _of_cue(k, cue, frames, graph, stage, trajectory, track)


def _of_cue(
    k: int, cue: CameraCue, frames: slice, graph: SceneGraph, stage: Stage,
    trajectory: Trajectory, track: CameraTrack,
) -> Iterator[Claim]:  # fmt: skip
    target = graph.body_ids(cue.target) if cue.target else stage.shot.subjects
    ids = [body for body in target if body in stage.body_ids]
    ids = ids or [body.id for body in stage.bodies if body.entity is not None]
    columns = [trajectory.index(body) for body in ids]
    center = trajectory.positions[:, columns].mean(axis=1)
    path = _Path(track, frames, center)
    times = trajectory.times[frames]
    middle = len(path.looks) // 2
    if cue.angle is not None:
        down = -float(np.rad2deg(np.arcsin(np.clip(path.looks[middle, 2], -1, 1))))
        low, high = ELEVATIONS_DEG[cue.angle]
        told = f"it looks down by {down:.1f}°"
        angle = _claim(k, "angle", cue.angle, low <= down <= high, told)
        yield angle.model_copy(update={"time_secs": float(times[middle])})
    if cue.move is not None:
        move = _move(k, cue.move, path, center[frames])
        yield move.model_copy(update={"time_secs": float(times[-1])})
    if cue.shot is not None:
        span = _span(ids, frames.start, stage, trajectory, track)
        low, high = FILLS[cue.shot]
        told = f"what it holds spans {span:.0%} of the picture at its beginning"
        shot = _claim(k, "shot", cue.shot, low <= span <= high, told)
        yield shot.model_copy(update={"time_secs": float(times[0])})


def _move(k: int, move: str, path: _Path, center: Float[Array, "f 3"]) -> Claim:
    if move == "track":
        gone = float(np.linalg.norm(center[-1] - center[0]))
        follows = float((path.positions[-1] - path.positions[0]) @ (center[-1] - center[0]))
        holds = gone < 0.05 or follows > 0  # noqa: PLR2004 - what stands needs no following
        return _claim(k, "move", move, holds, f"it goes {path.moved:.2f} m while what it follows "
                      f"goes {gone:.2f} m")  # fmt: skip
    if move == "handheld":
        shake = float(np.abs(np.diff(path.looks, n=2, axis=0)).max(initial=0.0))
        return _claim(k, "move", move, shake > 1e-6, f"its view trembles by {shake:.1e}")  # noqa: PLR2004
    holds, told = _MOVES[move](path)
    return _claim(k, "move", move, holds, told)


def _span(
    ids: list[str], frame: int, stage: Stage, trajectory: Trajectory, track: CameraTrack
) -> float:
    """Share of the picture's height or width that bodies span together, whichever is more."""
    places = np.concatenate(
        [
            track.pixels(frame, trajectory.vertices(frame, body, stage.body(body).mesh.vertices))
            for body in ids
        ]
    )
    places = places[np.isfinite(places).all(axis=1)]
    if len(places) == 0:
        return 0.0
    return float((np.ptp(places, axis=0) / np.array(track.lens.size_px)).max())


def _claim(k: int, part: str, word: str, holds: bool, told: str) -> Claim:
    return Claim(
        kind="camera", source=f"camera.{k}.{part}", text=f"camera: {word.replace('_', ' ')}",
        status=status_of(holds), evidence=told,
    )  # fmt: skip
