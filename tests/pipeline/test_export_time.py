"""How long exports take when everything is baked: twenty bodies, 240 frames, maps on each."""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("pxr")

from physics.trajectory import Contacts, Trajectory
from pipeline.export.gltf.scene import glb_bytes
from pipeline.export.selection import select
from pipeline.export.usd.scene import Setting, usdz_bytes
from render.dressed import DressedSurface, Look
from render.shot import Shot
from tests.pipeline.conftest import ball_mesh, tiny_stage, tiny_track
from tests.pipeline.usd_scenes import surface

BODIES, FRAMES, MAP_PX = 20, 240, 512
MOST_SECS = 3.0
"""Of processor time, which other programs do not change."""
Dressed = dict[str, tuple[DressedSurface, ...]]


def picture(rng: np.random.Generator) -> np.ndarray:
    """Grain: waves, and a little noise."""
    x, y = np.mgrid[0:MAP_PX, 0:MAP_PX] * rng.uniform(0.01, 0.1)
    waves = 120 + 60 * np.sin(x + 2 * np.sin(y)) + rng.normal(0, 2, x.shape)
    return np.repeat(waves[..., None], 3, axis=2).astype(np.uint8)


def worn(name: str, rng: np.random.Generator) -> Look:
    color, rough, bumps = (picture(rng) for _ in range(3))
    return Look(
        name=name, base_color=np.ones(3), emission=np.zeros(3),
        color_map=color, surface_map=rough, normal_map=bumps,
    )  # fmt: skip


@pytest.fixture(scope="module")
def crowd() -> tuple[Shot, Dressed]:
    rng = np.random.default_rng(5)
    stage = tiny_stage(FRAMES)
    first = stage.bodies[0]
    bodies, dressed = [], {}
    for k in range(BODIES):
        mesh = ball_mesh(0.1 + 0.001 * k, rings=24, sides=32)
        bodies.append(replace(first, id=f"ball#{k + 1}", mesh=mesh))
        dressed[f"ball#{k + 1}"] = (surface(mesh, worn(f"wood {k}", rng)),)
    wxyz = np.cumsum(rng.normal(size=(FRAMES, BODIES, 4)), axis=0)
    still = np.zeros((FRAMES, BODIES, 3))
    motion = Trajectory(
        body_ids=tuple(dressed), times=np.arange(FRAMES) / float(stage.timeline.fps),
        positions=np.cumsum(rng.normal(0, 0.01, (FRAMES, BODIES, 3)), axis=0),
        wxyz=wxyz / np.linalg.norm(wxyz, axis=2, keepdims=True),
        linear_velocities=still, angular_velocities=still, contacts=Contacts(),
        present=np.ones((FRAMES, BODIES), bool), penetration_m=np.zeros(FRAMES),
    )  # fmt: skip
    stage = replace(stage, bodies=tuple(bodies))
    return Shot(stage=stage, trajectory=motion, track=tiny_track(FRAMES)), dressed


def as_usdz(shot: Shot, dressed: Dressed) -> bytes:
    chosen = select(shot, surroundings=False, live=False)
    assert len(chosen.bodies) == BODIES
    return usdz_bytes(shot, chosen, dressed, Setting(words="Twenty balls"))


@pytest.mark.slow
@pytest.mark.parametrize("write", [as_usdz, glb_bytes])
def test_twenty_bodies_and_240_frames_take_under_three_seconds(
    write: Callable[[Shot, Dressed], bytes], crowd: tuple[Shot, Dressed]
) -> None:
    start = time.process_time()
    made = write(*crowd)
    took = time.process_time() - start
    assert took < MOST_SECS, f"{took:.2f} s"
    assert len(made) > FRAMES * BODIES * 4 * 7  # every pose is in it
