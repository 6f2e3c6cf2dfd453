"""Rain and snow of a .blend: as much as there should be, kept off by what stands in the way."""

from dataclasses import replace

import numpy as np
import pytest

bpy = pytest.importorskip("bpy")

from render.blender.falling.drawing import FALLING_PROPERTY, falling  # noqa: E402
from render.blender.falling.paths import MOST_PATHS, falling_in, paths_of  # noqa: E402
from render.shot import Shot  # noqa: E402
from tests.render.stages import (  # noqa: E402
    body,
    box_mesh,
    ground,
    make_motion,
    make_stage,
    make_track,
)

TABLE_M = (1.6, 1.6, 0.9)


def shot_in(weather, *, indoor=False):
    table = body("table#1", box_mesh(*TABLE_M), (0.4, 0.3, 0.2), (0, 0, 0), mobility="static")
    stage = make_stage([ground(30.0), table])
    place = replace(stage.environment, weather=weather, indoor=indoor)
    stage = replace(stage, environment=place)
    track = make_track(6, (96, 54), eye=(0.2, -4, 1.6), target=(0, 0, 0.9), drift=0.01)
    return Shot(stage=stage, trajectory=make_motion(stage), track=track)


@pytest.fixture(params=["rain", "snow"])
def shot(request):
    return shot_in(request.param)


def in_the_air(paths, time_secs):
    return paths.ages(time_secs) <= paths.ends_secs


def test_only_wet_weather_outdoors_falls():
    assert falling_in(shot_in("overcast")) is None
    assert falling_in(shot_in("rain", indoor=True)) is None
    assert falling_in(shot_in("rain")) is not None


def test_nothing_is_under_a_table_and_much_is_above_it(shot):
    for paths in paths_of(shot, falling_in(shot), seed=1):
        assert len(paths.tops) <= MOST_PATHS
        for time in (0.0, 0.7, 13.0):
            places = paths.places(time)[in_the_air(paths, time)]
            beside = np.abs(places[:, :2]).max(axis=1)
            under = (beside < 0.6) & (places[:, 2] < 0.75)
            above = (beside < 0.6) & (places[:, 2] > 0.95)
            assert under.sum() <= 0.002 * len(places)
            assert places[:, 2].min() > -0.1
            if paths.near_m > 1:  # the nearer layer ends before the table
                assert above.sum() > 20


def test_it_falls_as_thickly_at_every_time_and_as_fast_as_it_should(shot):
    falls = falling_in(shot)
    for paths in paths_of(shot, falls, seed=1):
        counts = [in_the_air(paths, time).sum() for time in np.linspace(0, 20, 9)]
        assert min(counts) > 0.9 * max(counts)
        np.testing.assert_allclose(-paths.velocities[:, 2], falls.fall_mps(paths.diameters_m))
        now, next_ = paths.places(1.0), paths.places(1.01)
        still = paths.ages(1.0) + 0.01 < paths.periods_secs
        np.testing.assert_allclose((next_ - now)[still], 0.01 * paths.velocities[still], atol=1e-9)


def test_another_seed_is_another_wind():
    shot = shot_in("storm")
    first, same, other = (paths_of(shot, falling_in(shot), seed=s)[1] for s in (1, 1, 2))
    np.testing.assert_array_equal(first.tops, same.tops)
    assert np.abs(first.velocities[0, :2] - other.velocities[0, :2]).max() > 0.1


@pytest.mark.bpy
def test_blender_draws_every_drop_where_its_way_has_it():
    shot = shot_in("rain")
    scene, camera = bpy.data.scenes.new("wet"), bpy.data.objects.new("eye", None)
    scene.render.fps, scene.render.fps_base = 24, 1.0
    scene.collection.objects.link(camera)
    camera.location = shot.track.positions[0].tolist()
    before = len(bpy.data.node_groups), len(bpy.data.materials), len(bpy.data.meshes)
    try:
        with falling(shot, scene, camera, seed=1) as things:
            assert [thing[FALLING_PROPERTY] for thing in things] == ["water", "water"]
            for frame in (0, 7):
                scene.frame_set(frame)
                graph = scene.view_layers[0].depsgraph
                graph.update()
                drawn = [np.array(i.matrix_world) for i in graph.object_instances if i.is_instance]
                hold_drops(np.array(drawn), shot, frame / 24)
    finally:
        bpy.data.batch_remove([scene, camera])
    assert (len(bpy.data.node_groups), len(bpy.data.materials), len(bpy.data.meshes)) == before


def hold_drops(drawn, shot, time):
    """Assert that drops are drawn at their places, as long as they fall while a shutter is open."""
    falls = falling_in(shot)
    layers = paths_of(shot, falls, seed=1)
    wanted, lengths = [], []
    for paths in layers:
        places = paths.places(time)
        away = np.linalg.norm(places - shot.track.positions[0], axis=1)
        seen = in_the_air(paths, time) & (away >= paths.near_m)
        wanted.append(places[seen])
        speeds = np.linalg.norm(paths.velocities[seen], axis=1)
        lengths.append(speeds * falls.exposure_secs)
    wanted, lengths = np.concatenate(wanted), np.concatenate(lengths)
    # A drop at the very end of its way may be drawn or not: Blender counts in single precision.
    assert abs(len(drawn) - len(wanted)) <= 3
    key = np.argsort(wanted[:, 0])
    nearest = np.searchsorted(wanted[key, 0], drawn[:, 0, 3] - 1e-4)
    found = 0
    for k, start in enumerate(nearest):
        near = key[start : start + 8]
        off = np.linalg.norm(wanted[near] - drawn[k, :3, 3], axis=1)
        best = near[off.argmin()] if len(near) else None
        if best is not None and off.min() < 2e-4:
            found += 1
            assert np.linalg.norm(drawn[k, :3, 2]) == pytest.approx(lengths[best], rel=1e-3)
    assert found > 0.99 * len(wanted)


@pytest.mark.bpy
def test_dry_weather_adds_nothing():
    scene, camera = bpy.data.scenes.new("dry"), bpy.data.objects.new("eye", None)
    try:
        with falling(shot_in("overcast"), scene, camera, seed=1) as things:
            assert list(things) == []
        assert not scene.objects
    finally:
        bpy.data.batch_remove([scene, camera])
