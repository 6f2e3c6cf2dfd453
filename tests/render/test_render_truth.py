"""Exact passes: planes and spheres by hand, points that go back to their pixels, flow."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from render.flat import FlatRenderer
from render.truth.normals import corner_normals
from render.truth.passes import Truth
from render.truth.surfaces import SurfaceCaster
from scene_builder.model.lens import Lens
from tests.render.stages import (
    aimed_pose,
    ball_mesh,
    body,
    box_mesh,
    ground,
    make_motion,
    make_stage,
)
from tests.render.stages import make_track as track_of

SIZE = (96, 64)


@pytest.fixture(scope="module")
def frames(table_stage, table_motion, table_track):
    return list(FlatRenderer().render(table_stage, table_motion, table_track))


def grid(size_px):
    x, y = np.meshgrid(np.arange(size_px[0]), np.arange(size_px[1]))
    return np.stack([x, y], axis=-1).astype(float)


def test_depth_and_normal_of_a_plane_are_analytic():
    stage = make_stage([ground(size=200.0)], frames=1)
    track = track_of(1, size_px=SIZE, eye=(0.2, -3.0, 1.5), target=(0, 0, 0))
    frame = next(FlatRenderer().render(stage, make_motion(stage), track))
    rays = track.lens.rays() @ track.world_from_camera(0).rotation.T
    depth = -1.5 / rays[..., 2]
    hit = frame.body_index == 1
    assert hit.mean() > 0.5
    np.testing.assert_allclose(frame.depth[hit], depth[hit], rtol=1e-6)
    np.testing.assert_array_equal(frame.normal[hit], np.tile([0, 0, 1], (hit.sum(), 1)))
    assert np.isinf(frame.depth[~hit]).all()
    assert (frame.normal[~hit] == 0).all()
    assert np.isnan(frame.body_point[~hit]).all()


def test_a_ball_is_as_deep_and_as_round_as_it_should_be():
    radius = 0.5
    stage = make_stage([body("ball#1", ball_mesh(radius, rings=128), (1, 0, 0), (0, 0, 0))])
    track = track_of(6, size_px=SIZE, eye=(0, -3, 0.5), target=(0, 0, 0.5))
    frame = next(FlatRenderer().render(stage, make_motion(stage), track))
    hit = frame.body_index == 1
    area = np.pi * (radius * track.lens.focal_px) ** 2 / (3.0**2 - radius**2)
    assert hit.sum() == pytest.approx(area, rel=0.03)
    assert frame.depth.min() == pytest.approx(2.5, abs=1e-3)
    outward = frame.body_point[hit] - [0, 0, radius]
    outward /= np.linalg.norm(outward, axis=-1, keepdims=True)
    assert (frame.normal[hit] * outward).sum(-1).min() > np.cos(np.deg2rad(1.0))


def test_every_point_goes_back_to_its_pixel(frames, table_stage, table_motion, table_track):
    pixels = grid(SIZE)
    for frame in frames:
        for k, thing in enumerate(table_stage.bodies):
            here = frame.body_index == k + 1
            points = table_motion.pose(frame.frame, thing.id) @ frame.body_point[here].astype(float)
            places = table_track.pixels(frame.frame, points)
            assert np.abs(places - pixels[here]).max(initial=0) < 1e-3


def test_depth_index_and_points_agree(frames, table_stage, table_motion, table_track):
    for frame in frames:
        camera = table_track.world_from_camera(frame.frame).inverse()
        for k, thing in enumerate(table_stage.bodies):
            here = frame.body_index == k + 1
            assert here.any()
            points = table_motion.pose(frame.frame, thing.id) @ frame.body_point[here].astype(float)
            np.testing.assert_allclose(-(camera @ points)[:, 2], frame.depth[here], rtol=1e-6)
        seen = frame.body_index > 0
        assert (np.isfinite(frame.depth) == seen).all()
        lengths = np.linalg.norm(frame.normal[seen], axis=-1)
        np.testing.assert_allclose(lengths, 1, atol=1e-5)


def test_flow_is_where_points_really_go(frames, table_stage, table_motion, table_track):
    pixels = grid(SIZE)
    for frame, step, flow in [
        (frames[2], 1, frames[2].flow_forward),
        (frames[2], -1, frames[2].flow_backward),
    ]:
        for k, thing in enumerate(table_stage.bodies):
            here = frame.body_index == k + 1
            points = frame.body_point[here].astype(float)
            there = table_motion.pose(frame.frame + step, thing.id) @ points
            by_hand = table_track.pixels(frame.frame + step, there) - pixels[here]
            np.testing.assert_allclose(flow[here], by_hand, atol=1e-3)


def test_flow_is_undefined_where_there_is_no_other_frame_or_nothing(frames):
    assert np.isnan(frames[0].flow_backward).all()
    assert np.isnan(frames[-1].flow_forward).all()
    assert not frames[0].visible_before.any()
    background = frames[2].body_index == 0
    assert np.isnan(frames[2].flow_forward[background]).all()
    assert not frames[2].visible_before[background].any()


def test_forward_flow_undoes_backward_flow(frames):
    one, two = frames[2], frames[3]
    pixels = grid(SIZE)
    came = pixels + two.flow_backward
    nearest = np.round(np.nan_to_num(came, nan=-9)).astype(int)
    inside = ((nearest >= 0) & (nearest < SIZE)).all(-1) & two.visible_before
    same = one.body_index[nearest[inside][:, 1], nearest[inside][:, 0]] == two.body_index[inside]
    assert same.mean() > 0.97
    forward = one.flow_forward[nearest[inside][same][:, 1], nearest[inside][same][:, 0]]
    np.testing.assert_allclose(forward, -two.flow_backward[inside][same], atol=0.5)


def test_what_a_moving_ball_uncovers_was_not_seen_before():
    wall = body("crate#1", box_mesh(4, 0.1, 3), (0.5, 0.5, 0.5), (0, 1, 0), mobility="static")
    stage = make_stage([wall, body("ball#1", ball_mesh(0.3), (1, 0, 0), (-0.5, 0, 0.7))], frames=2)
    motion = make_motion(stage, {"ball#1": ((12.0, 0, 0), 0.0)})
    track = track_of(2, size_px=SIZE, eye=(0, -3, 1), target=(0, 0, 1))
    before, after = FlatRenderer().render(stage, motion, track)
    uncovered = (before.body_index == 2) & (after.body_index == 1)
    kept = (before.body_index == 1) & (after.body_index == 1)
    assert uncovered.sum() > 50
    assert not after.visible_before[uncovered].any()
    assert after.visible_before[kept].all()
    assert np.abs(after.flow_backward[kept]).max() < 1e-9


def test_frames_do_not_depend_on_which_others_are_asked_for(
    frames, table_stage, table_motion, table_track
):
    alone = next(FlatRenderer().render(table_stage, table_motion, table_track, frames=range(3, 4)))
    for name in ("rgb", "depth", "normal", "flow_forward", "flow_backward", "body_point"):
        np.testing.assert_array_equal(getattr(alone, name), getattr(frames[3], name))


def test_a_body_that_is_not_there_is_not_seen(table_stage, table_motion, table_track):
    present = np.ones_like(table_motion.present)
    present[:3, table_motion.index("ball#1")] = False
    motion = replace(table_motion, present=present)
    before, after = FlatRenderer().render(table_stage, motion, table_track, frames=range(2, 4))
    ball = motion.index("ball#1") + 1
    assert not (before.body_index == ball).any()
    here = after.body_index == ball
    assert here.any()
    assert np.isnan(after.flow_backward[here]).all()
    assert not after.visible_before[here].any()


def test_sharp_edges_stay_sharp_and_round_ones_get_round():
    cube = corner_normals(box_mesh(1, 1, 1))
    assert sorted(np.abs(cube).max(-1).ravel().round(9)) == [1.0] * 36
    ball = ball_mesh(0.5)
    normals = corner_normals(ball)
    corners = ball.vertices[ball.triangles].astype(float) - [0, 0, 0.5]
    cosine = (normals * corners).sum(-1) / np.linalg.norm(corners, axis=-1)
    assert cosine.min() > np.cos(np.deg2rad(4))


@settings(max_examples=40, deadline=None)
@given(
    eye=st.tuples(st.floats(-3, 3), st.floats(-4, -2), st.floats(0.3, 3)),
    place=st.tuples(st.floats(0, 95), st.floats(0, 63)),
    focal=st.floats(20, 80),
)
def test_any_place_of_any_camera_is_exact(eye, place, focal):
    stage = make_stage([ground(size=20.0), body("ball#1", ball_mesh(0.4), (1, 0, 0), (0, 0, 0))])
    motion = make_motion(stage)
    lens = Lens(focal_length_mm=focal, sensor_width_mm=36, size_px=SIZE)
    pose = aimed_pose(eye, (0, 0, 0.4))
    surfaces = SurfaceCaster(stage, motion).cast(0, pose, lens, np.array([place]))
    if surfaces.body_index[0] == 0:
        return
    k = surfaces.body_index[0] - 1
    point = motion.pose(0, stage.bodies[k].id) @ surfaces.body_point
    np.testing.assert_allclose(lens.pixels(pose.inverse() @ point)[0], place, atol=1e-6)


def test_truth_and_a_renderer_see_the_same(table_stage, table_motion, table_track, frames):
    truth = Truth(table_stage, table_motion, table_track)
    index = truth.surfaces(4).body_index.reshape(SIZE[::-1])
    np.testing.assert_array_equal(index, frames[4].body_index)
    slot = table_stage.body("cup#1").materials[0].base_color
    here = frames[4].body_index == 4
    np.testing.assert_allclose(frames[4].albedo[here], np.tile(slot, (here.sum(), 1)), atol=1e-7)
