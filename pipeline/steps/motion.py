"""A stage becomes motion, and a camera follows it: trajectory.npz, track.npz."""

from collections.abc import Sequence
from pathlib import Path

from physics.simulator import Simulator
from physics.trajectory import Trajectory
from pipeline.cache import Done, Step
from pipeline.run_folder.folder import RunFolder
from pipeline.run_folder.motion_files import (
    read_track,
    read_trajectory,
    write_track,
    write_trajectory,
)
from render.camera_track import CameraTrack
from scene_builder.model.errors import RunFolderError
from scene_builder.model.graph import SceneGraph
from scene_builder.model.stage import Stage

TRAJECTORY, TRACK = "trajectory.npz", "track.npz"


def simulate(stage: Stage, simulator: Simulator) -> Done[Trajectory]:
    """Let the stage's bodies move.

    Raises:
        SimulationError: If the motion is not finite.
    """
    return Done(simulator.simulate(stage))


def aim(
    stage: Stage, trajectory: Trajectory, graph: SceneGraph, size_px: tuple[int, int], seed: int
) -> Done[CameraTrack]:
    """Point a camera at what happens, up to the last thing that the words promise."""
    from render.aim import aim as aim_camera

    until = happened_at(graph, stage, trajectory)
    return Done(aim_camera(stage, trajectory, size_px=size_px, seed=seed, until_secs=until))


def happened_at(graph: SceneGraph, stage: Stage, trajectory: Trajectory) -> float | None:
    """Return when the last promised outcome has come true [s]; None if one has no moment."""
    from physics.outcomes import judge_all

    times = [verdict.time_secs for verdict in judge_all(graph, stage, trajectory)]
    known = [time for time in times if time is not None]
    return max(known) if known and len(known) == len(times) else None


def checked(stage: Stage, trajectory: Trajectory) -> Trajectory:
    """Return a trajectory that somebody brought along, if it belongs to the stage.

    Raises:
        RunFolderError: If it moves other bodies, or lasts longer or shorter.
    """
    frames = stage.timeline.frame_count
    if set(trajectory.body_ids) != set(stage.body_ids) or trajectory.frame_count != frames:
        raise RunFolderError(
            f"{TRAJECTORY} has {len(trajectory.body_ids)} bodies and {trajectory.frame_count} "
            f"frames, stage.json {len(stage.body_ids)} and {frames}; remove {TRAJECTORY} to "
            "simulate anew"
        )
    return trajectory


def _save_trajectory(folder: RunFolder, trajectory: Trajectory) -> Sequence[Path]:
    return write_trajectory(folder / TRAJECTORY, trajectory)


def _save_track(folder: RunFolder, track: CameraTrack) -> Sequence[Path]:
    write_track(folder / TRACK, track)
    return (folder / TRACK,)


SIMULATE = Step(
    name="simulate", version=8, work=simulate, save=_save_trajectory, document=TRAJECTORY,
    load=lambda folder: read_trajectory(folder / TRAJECTORY),
)  # fmt: skip
AIM = Step(
    name="aim", version=10, work=aim, save=_save_track, document=TRACK,
    load=lambda folder: read_track(folder / TRACK),
)  # fmt: skip
