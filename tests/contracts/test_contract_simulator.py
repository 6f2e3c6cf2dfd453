"""What every simulator promises."""

import numpy as np
import pytest

from pipeline.plugins import create, listing
from scene_builder.model.digest import digest


@pytest.fixture(params=list(listing("simulator")))
def simulator(request):
    return create("simulator", request.param)


def test_frame_0_is_the_stage(simulator, stage):
    motion = simulator.simulate(stage)
    assert motion.body_ids == stage.body_ids
    np.testing.assert_allclose(motion.times, stage.timeline.times_secs, atol=1e-12)
    for k, body in enumerate(stage.bodies):
        np.testing.assert_allclose(motion.positions[0, k], body.pose.position, atol=1e-9)
        turn = abs(float(motion.wxyz[0, k] @ body.pose.wxyz))
        assert turn == pytest.approx(1, abs=1e-9)


def test_what_is_static_never_moves(simulator, stage):
    motion = simulator.simulate(stage)
    for k, body in enumerate(stage.bodies):
        if body.mobility == "static":
            assert np.ptp(motion.positions[:, k], axis=0).max() == 0.0
            assert np.ptp(motion.wxyz[:, k], axis=0).max() == 0.0


def test_quaternions_are_unit_and_never_jump(simulator, stage):
    wxyz = simulator.simulate(stage).wxyz
    np.testing.assert_allclose(np.linalg.norm(wxyz, axis=-1), 1.0, atol=1e-9)
    assert (np.sum(wxyz[1:] * wxyz[:-1], axis=-1) > 0).all()


def test_contacts_name_bodies_and_carry_force(simulator, stage):
    motion = simulator.simulate(stage)
    touches = motion.contacts
    assert (touches.impulse > 0).all()
    assert ((touches.a >= 0) & (touches.a < len(stage.bodies))).all()
    assert (touches.a != touches.b).all()
    np.testing.assert_allclose(np.linalg.norm(touches.normal, axis=-1), 1.0, atol=1e-6)
    assert ((touches.time >= 0) & (touches.time <= stage.timeline.duration_secs)).all()


def test_the_same_stage_gives_the_same_bytes(simulator, stage):
    assert digest(simulator.simulate(stage)) == digest(simulator.simulate(stage))
