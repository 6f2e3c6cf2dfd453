"""What every renderer promises: passes that agree with each other and with our records."""

import numpy as np
import pytest

from pipeline.plugins import create, listing
from scene_builder.model.digest import digest

EVERYWHERE = ("flat", "cycles")
"""EEVEE and Workbench need a GL context; the doctor says whether a machine has one."""


@pytest.fixture(
    params=[
        pytest.param(name, marks=[pytest.mark.bpy, pytest.mark.slow] if name != "flat" else [])
        for name in listing("renderer")
        if name in EVERYWHERE
    ],
    scope="module",
)
def renderer(request):
    return create("renderer", request.param, samples=2)


@pytest.fixture(scope="module")
def frames(renderer, stage, trajectory, track):
    return list(renderer.render(stage, trajectory, track))


def test_one_frame_for_each_time_in_order(frames, trajectory):
    assert [frame.frame for frame in frames] == list(range(trajectory.frame_count))


def test_background_is_far_and_bodies_are_near(frames, stage):
    for frame in frames:
        background = frame.body_index == 0
        assert np.isinf(frame.depth[background]).all()
        assert np.isfinite(frame.depth[~background]).all()
        assert (frame.depth[~background] > 0).all()
        assert frame.body_index.max() <= len(stage.bodies)
        assert np.isfinite(frame.rgb).all()
        assert (frame.rgb >= 0).all()


def test_body_points_project_to_their_own_pixels(frames, stage, trajectory, track):
    for frame in frames[::3]:
        rows, columns = np.nonzero(frame.body_index)
        pick = slice(None, None, 7)
        rows, columns = rows[pick], columns[pick]
        for row, column in zip(rows, columns, strict=True):
            body = stage.bodies[frame.body_index[row, column] - 1]
            point = frame.body_point[row, column].astype(np.float64)
            world = trajectory.pose(frame.frame, body.id) @ point
            pixel = track.pixels(frame.frame, world)
            np.testing.assert_allclose(pixel, [column, row], atol=0.02)
            camera = track.world_from_camera(frame.frame).inverse() @ world
            assert -camera[2] == pytest.approx(float(frame.depth[row, column]), rel=1e-3)


def test_normals_are_unit_and_face_the_camera(frames, track):
    frame = frames[0]
    seen = frame.body_index > 0
    lengths = np.linalg.norm(frame.normal, axis=-1)
    np.testing.assert_allclose(lengths[seen], 1.0, atol=2e-3)
    rays = track.lens.rays() @ track.world_from_camera(0).rotation.T
    facing = np.sum(frame.normal * rays, axis=-1)[seen] < 0.02
    assert facing.mean() > 0.97


def test_flow_of_the_first_and_last_frame_is_undefined_where_it_should_be(frames):
    assert np.isnan(frames[0].flow_backward).all()
    assert np.isnan(frames[-1].flow_forward).all()
    assert not frames[0].visible_before.any()
    assert frames[1].visible_before.mean() > 0.5


def test_forward_and_backward_flow_undo_each_other_where_seen_twice(frames):
    here, after = frames[2], frames[3]
    rows, columns = np.nonzero(after.visible_before & (after.body_index > 0))
    back = after.flow_backward[rows, columns]
    source = np.rint(np.stack([columns, rows], -1) + back).astype(int)
    inside = ((source >= 0) & (source < [here.depth.shape[1], here.depth.shape[0]])).all(-1)
    source, back = source[inside], back[inside]
    same = here.body_index[source[:, 1], source[:, 0]] == after.body_index[rows, columns][inside]
    forward = here.flow_forward[source[:, 1], source[:, 0]][same]
    error = np.linalg.norm(forward + back[same], axis=-1)
    assert np.median(error) < 0.05


def test_a_frame_does_not_depend_on_which_others_are_asked_for(
    renderer, frames, stage, trajectory, track
):
    alone = list(renderer.render(stage, trajectory, track, frames=range(3, 4)))
    assert digest(alone[0]) == digest(frames[3])
