"""Rain in Blender's picture: over its light alone, and wet on its ground."""

from dataclasses import fields, replace

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from render.blender.renderer import BlenderRenderer  # noqa: E402
from scene_builder.build.setting.air import air_of  # noqa: E402
from tests.render.stages import (  # noqa: E402
    body,
    box_mesh,
    ground,
    make_motion,
    make_stage,
    make_track,
)

pytestmark = pytest.mark.bpy

DRAFT = BlenderRenderer(samples=2, denoise=True, device="cpu")


def box_stage(weather, *, material="plastic", through_air=False):
    stage = make_stage([ground(30.0), body("box#1", box_mesh(0.5, 0.5, 0.5), (0.6, 0.1, 0.1),
                                           (0.3, 0, 0))])  # fmt: skip
    place = replace(stage.environment, weather=weather)
    floor = stage.bodies[0]
    worn = replace(floor.materials[0], name=material, base_color=np.array([0.3, 0.3, 0.3]))
    if through_air:
        worn = air_of(place).over(worn)
    bodies = (replace(floor, materials=(worn,)), *stage.bodies[1:])
    return replace(stage, environment=place, bodies=bodies)


def frames_of(stage, *, renderer=DRAFT, frames=range(2, 4)):
    track = make_track(6, (96, 54), eye=(0.2, -4, 1.2), target=(0, 0, 0.8), drift=0.01)
    return list(renderer.render(stage, make_motion(stage), track, frames=frames))


@pytest.fixture(scope="module")
def dry():
    return frames_of(box_stage("overcast"))


@pytest.mark.parametrize("weather", ["rain", "snow"])
def test_all_passes_but_the_light_are_of_the_world_behind(dry, weather):
    fallen = frames_of(box_stage(weather))
    for plain, frame in zip(dry, fallen, strict=True):
        for pass_ in fields(frame):
            same = np.array_equal(
                getattr(plain, pass_.name), getattr(frame, pass_.name),
                equal_nan=pass_.name != "frame",
            )  # fmt: skip
            assert same == (pass_.name != "rgb"), pass_.name
        changed = np.abs(frame.rgb - plain.rgb).max(-1) > 1e-4
        assert changed.mean() > 0.02
        assert np.isfinite(frame.rgb).all()


def test_a_frame_of_rain_is_the_same_alone_and_under_its_seed():
    stage = box_stage("rain")
    both = frames_of(stage)
    (alone,) = frames_of(stage, frames=range(3, 4))
    assert np.array_equal(both[1].rgb, alone.rgb)
    (other,) = frames_of(stage, renderer=replace(DRAFT, seed=1), frames=range(3, 4))
    assert not np.array_equal(other.rgb, alone.rgb)
    assert replace(DRAFT, seed=1).identity != DRAFT.identity


@pytest.mark.parametrize("material", ["asphalt", "grass"])
def test_ground_in_rain_is_darker(material):
    dry_ground, wet_ground = (
        frames_of(box_stage(weather, material=material, through_air=True), frames=range(1))[0]
        for weather in ("overcast", "rain")
    )
    here = (dry_ground.body_index == 1) & (dry_ground.depth < 8)
    ratio = wet_ground.albedo[here].mean() / dry_ground.albedo[here].mean()
    assert 0.4 < ratio < 0.8
