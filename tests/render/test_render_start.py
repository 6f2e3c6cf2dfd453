"""What a shot needs is not hidden when it begins."""

import pytest

from render.aim.aiming import _open_at_start
from render.aim.outlook import Lookout
from render.aim.subjects import subjects_of
from render.truth.surfaces import SurfaceCaster
from scene_builder.model.lens import Lens
from scene_builder.model.pose import Pose
from tests.render.stages import aimed_pose, body, box_mesh, make_motion, make_stage

LENS = Lens(focal_length_mm=42, sensor_width_mm=36, size_px=(512, 288))


def lookout(aside: float) -> Lookout:
    """Two plates, one behind the other and `aside` [m] to the right of it."""
    plates = [
        body("near#1", box_mesh(0.4, 0.002, 0.4), (0, 0, 0), (0, 0, 0)),
        body("far#1", box_mesh(0.4, 0.002, 0.4), (0, 0, 0), (aside, 0.01, 0)),
    ]
    stage = make_stage(plates, subjects=("near#1", "far#1"))
    motion = make_motion(stage)
    return Lookout(SurfaceCaster(stage, motion), motion, subjects_of(stage, motion), [0])


@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 0.9])
def test_the_least_share_is_that_of_what_is_behind(share):
    pose = aimed_pose((0.2, -8.0, 0.2), (0.2, 0.0, 0.2))
    # Small plates in a coarse picture: a column of pixels more or less.
    assert lookout(0.4 * share).least_at_start(pose, LENS) == pytest.approx(share, abs=0.12)


def test_a_direction_that_hides_is_left_for_the_next_best_that_does_not():
    poses = {x: aimed_pose((x, -4.0, 0.2), (0.0, 0.0, 0.2)) for x in (0.0, 30.0)}
    here = lookout(0.0)
    assert here.least_at_start(poses[0.0], LENS) < 0.1
    judged: list[tuple[float, tuple[float, float], Pose]] = [
        (2.0, (0.0, 10.0), poses[0.0]), (1.6, (6.0, 10.0), poses[0.0])
    ]  # fmt: skip
    assert _open_at_start(judged, here, LENS) == (0.0, 10.0)
    beside = (1.8, (12.0, 10.0), aimed_pose((0.0, 0.0, 6.0), (0.0, 0.001, 0.0)))
    assert here.least_at_start(beside[2], LENS) > 0.4
    assert _open_at_start([*judged, beside], here, LENS) == (12.0, 10.0)
    much_worse = (0.5, *beside[1:])
    assert _open_at_start([*judged, much_worse], here, LENS) == (0.0, 10.0)
