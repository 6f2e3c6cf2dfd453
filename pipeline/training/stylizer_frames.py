"""Films the frames that the stylizer is trained on.

    python -m pipeline.training.stylizer_frames --out DIR --scenes 200

Scenes come from the grammar that also teaches the reader (never from a benchmark's sentences),
in places, weathers and lights drawn anew, with still and moving cameras. Of each scene eight
frames are kept, in pairs 1 and 8 frames apart; of every second scene two of them are rendered
once more with many samples. A scene that lies there whole is not filmed again.
"""

import logging
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, cast

import numpy as np
import tyro

from physics.trajectory import Trajectory
from pipeline.parts import Parts
from pipeline.run_folder.stage_file import read_stage, write_stage
from pipeline.settings import Settings
from pipeline.steps.motion import aim
from pipeline.steps.stage import STAGE, build
from render.frames import FrameBuffers
from render.shot import Shot
from render.stylize.painting.guides import display_albedo, scale_of
from render.stylize.plain import printed, shot_exposure_stops
from render.stylize.training.data import TrainingScene, packed_normals, write_scene
from scene_builder.knowledge.words.scenery import PLACES
from scene_builder.language.notation.reading import graph_from_notation
from scene_builder.language.synthetic.draws import chance_rand, pick_rand, weighted_rand
from scene_builder.language.synthetic.prompts import pairs
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream
from scene_builder.model.errors import WorldreelError
from scene_builder.model.graph import CameraCue, Look, SceneGraph, Setting
from scene_builder.model.pose import Pose

log = logging.getLogger(__name__)

DURATION_SECS = 2.0
STARTS = (10, 30)
APART = (0, 1, 8, 9)
"""Frames of each group, from its start on: neighbours, and the same 8 frames later."""
FINE_EVERY = 2
"""Of every second scene two frames are rendered again with many samples."""
MOST_BODIES = 90
"""Stages of more bodies are left out: they cost more than they teach."""

_TIMES = (
    (0.3, None), (0.14, "morning"), (0.14, "noon"), (0.16, "sunset"), (0.12, "night"),
    (0.14, "afternoon"),
)  # fmt: skip
_WEATHERS = ((0.72, None), (0.14, "overcast"), (0.08, "fog"), (0.06, "sunny"))
_MOVES = (
    "orbit_left", "orbit_right", "dolly_in", "dolly_out", "pan_left", "pan_right", "crane_up",
    "track", "handheld",
)  # fmt: skip
_SHOTS = ((0.5, None), (0.25, "close_up"), (0.25, "medium"))
_MOVING = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Filming:
    """What is filmed, and how.

    Attributes:
        out: Where the scenes go.
        scenes: How many are tried.
        first: The number of the first.
        seed: Names the stream of scenes.
        width: Of the pictures [px].
        height: Of the pictures [px].
        samples: Light paths for each pixel.
        fine_samples: The same for the pictures from many samples.
    """

    out: Path
    scenes: int = 200
    first: int = 0
    seed: int = 11
    width: int = 256
    height: int = 144
    samples: int = 10
    fine_samples: int = 48


def graphs(seed: int) -> Iterator[SceneGraph]:
    """Yield scenes without end; scene k depends on `seed` and k alone."""
    for k, pair in enumerate(pairs(seed)):
        rng = stream(seed, "stylizer-frames", k)
        yield _setting_rand(rng, graph_from_notation(pair.notation))


def film_scene(graph: SceneGraph, filming: Filming, number: int) -> TrainingScene:
    """Build, simulate and render one scene.

    Raises:
        WorldreelError: If it cannot be made, or is too large.
    """
    seed = filming.seed * 100_003 + number
    settings = Settings(seed=seed, size_px=(filming.width, filming.height), jobs=1)
    parts = Parts(settings)
    timing = (DURATION_SECS, settings.fps)
    stage = build(graph, parts.sources, parts.simulator, timing, seed).record
    if len(stage.bodies) > MOST_BODIES:
        raise WorldreelError(f"{len(stage.bodies)} bodies are more than {MOST_BODIES}")
    motion = parts.simulator.simulate(stage)
    track = aim(stage, motion, graph, settings.size_px, seed).record
    chosen = [start + apart for start in STARTS for apart in APART]
    fine_of = [0, len(APART)] if number % FINE_EVERY == 0 else []
    with tempfile.TemporaryDirectory(prefix="worldreel-") as name:
        write_stage(Path(name) / STAGE, stage)  # its picture textures have to lie in a folder
        stage = read_stage(Path(name) / STAGE)
        shot = Shot(stage=stage, trajectory=motion, track=track)
        film = partial(_rendered, shot, textures_root=Path(name))
        buffers = film(chosen, samples=filming.samples)
        fine = film([chosen[k] for k in fine_of], samples=filming.fine_samples)
    return _packed(shot, buffers, fine, fine_of)


def main(filming: Filming) -> None:
    """Film what is not there yet."""
    wanted = range(filming.first, filming.first + filming.scenes)
    for number, graph in enumerate(islice(graphs(filming.seed), wanted.stop)):
        path = filming.out / f"scene_{number:05d}.npz"
        skipped = path.with_suffix(".skipped.txt")
        if number not in wanted or path.exists() or skipped.exists():
            continue
        began = time.perf_counter()
        try:
            write_scene(path, film_scene(graph, filming, number))
        except (WorldreelError, RuntimeError, ValueError) as error:
            # one scene that geometry or physics fails on must not end a night of filming
            filming.out.mkdir(parents=True, exist_ok=True)
            skipped.write_text(f"{type(error).__name__}: {error}\n")
            log.info("scene %d left out: %s", number, str(error).splitlines()[:1])
            continue
        size = path.stat().st_size / 1e6
        log.info("scene %d: %.1f s, %.2f MB", number, time.perf_counter() - began, size)


def _rendered(
    shot: Shot, frames: list[int], *, samples: int, textures_root: Path
) -> list[FrameBuffers]:
    if not frames:
        return []
    from render.blender.renderer import BlenderRenderer

    renderer = BlenderRenderer(samples=samples, textures_root=textures_root)
    # Neighbours and distant frames in one go: opening the scene costs more than a frame.
    some = cast("range", tuple(frames))
    return list(renderer.render(shot.stage, shot.trajectory, shot.track, frames=some))


def _setting_rand(rng: np.random.Generator, graph: SceneGraph) -> SceneGraph:
    place = pick_rand(rng, tuple(PLACES)) if chance_rand(rng, _PLACED) else None
    setting = Setting(
        place=place, time_of_day=weighted_rand(rng, _TIMES), weather=weighted_rand(rng, _WEATHERS)
    )
    fields: dict[str, Any] = {"shot": weighted_rand(rng, _SHOTS)}
    if chance_rand(rng, _MOVING):
        fields["move"] = pick_rand(rng, _MOVES)
    cues = (CameraCue(**fields),) if any(fields.values()) else ()
    return graph.model_copy(update={"setting": setting, "camera": cues, "look": Look()})


_PLACED = 0.85


def _packed(
    shot: Shot, frames: list[FrameBuffers], fine: list[FrameBuffers], fine_of: list[int]
) -> TrainingScene:
    stops = shot_exposure_stops(shot.stage, frames[0])
    motion, track = shot.trajectory, shot.track
    times = [frame.frame for frame in frames]
    turns = [track.world_from_camera(t).rotation for t in times]
    facing = [f.normal @ turn for f, turn in zip(frames, turns, strict=True)]
    pictures = [printed(frame.rgb, stops) for frame in frames]
    return TrainingScene(
        frames=np.array(times, np.int32),
        rgb=np.stack(pictures),
        albedo=np.stack([display_albedo(frame.albedo) for frame in frames]),
        depth=np.stack([frame.depth.astype(np.float16) for frame in frames]),
        normals=np.stack([packed_normals(normal) for normal in facing]),
        ids=np.stack([frame.body_index.astype(np.uint8) for frame in frames]),
        fine=np.array([printed(frame.rgb, stops) for frame in fine], np.uint8).reshape(
            len(fine), *pictures[0].shape
        ),
        fine_of=np.array(fine_of, np.int32),
        cameras=np.stack([_matrix(track.world_from_camera(t)) for t in times]),
        bodies=np.stack([_body_matrices(motion, t) for t in times]),
        present=motion.present[times],
        rigid=np.array([name not in motion.deform for name in motion.body_ids]),
        focal_px=np.array(track.lens.focal_px, np.float32),
        scale_m=np.array(scale_of(frames[0].depth), np.float32),
    )


def _body_matrices(motion: Trajectory, frame: int) -> Array:
    placed = zip(motion.positions[frame], motion.wxyz[frame], strict=True)
    return np.stack([_matrix(Pose(position=at, wxyz=turn)) for at, turn in placed])


def _matrix(pose: Pose) -> Array:
    matrix = np.eye(4, dtype=np.float32)
    matrix[:3, :3], matrix[:3, 3] = pose.rotation, pose.position
    return matrix


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main(tyro.cli(Filming))
