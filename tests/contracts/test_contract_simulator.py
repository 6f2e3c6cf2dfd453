"""What every simulator promises."""

import numpy as np
import pytest

from pipeline.plugins import create, listing
from scene_builder.model.digest import digest
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Joint
from tests.physics.physics_stages import ball, centers
from tests.physics.physics_stages import stage as stage_of

BEADS, SPAN_M, HOOK = 3, 0.12, np.array([0.0, 0.0, 1.5])


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


@pytest.fixture(params=[name for name in listing("simulator") if name != "still"])
def mover(request):
    return create("simulator", request.param)


@pytest.fixture(params=["rope", "ball"])
def chain(request):
    """Beads that hang on each other and on a hook, let go level with it: by ropes or by links."""
    radius = 0.02
    places = [HOOK + np.array([SPAN_M * (k + 1), 0, 0]) for k in range(BEADS)]
    beads = [
        ball(f"bead#{k + 1}", radius=radius, mass=0.05, at=place - [0, 0, radius])
        for k, place in enumerate(places)
    ]
    middle = np.array([0, 0, radius])
    # A link is a stiff rod of its bead, with its pin where the bead before has its middle.
    own = middle if request.param == "rope" else middle - [SPAN_M, 0, 0]
    joints = [
        Joint(
            id=f"j{k}", kind=request.param, parent=f"bead#{k}" if k else None,
            child=f"bead#{k + 1}", length_m=SPAN_M,
            parent_from_joint=Pose.at(*(middle if k else HOOK)), child_from_joint=Pose.at(*own),
        )
        for k in range(BEADS)
    ]  # fmt: skip
    return stage_of(*beads, joints=tuple(joints), secs=0.5)


def test_a_chain_swings_and_neither_stretches_nor_gains_energy(mover, chain):
    motion = mover.simulate(chain)
    ids = [f"bead#{k + 1}" for k in range(BEADS)]
    beads = np.stack([centers(chain, motion, one) for one in ids], axis=1)
    hooked = np.concatenate([np.broadcast_to(HOOK, (len(beads), 1, 3)), beads], axis=1)
    spans = np.linalg.norm(np.diff(hooked, axis=1), axis=-1)
    assert spans.max() < SPAN_M + 1e-3
    columns = [motion.index(one) for one in ids]
    speed2 = np.square(motion.linear_velocities[:, columns]).sum(axis=-1)
    spin2 = np.square(motion.angular_velocities[:, columns]).sum(axis=-1)
    energy = (speed2 / 2 + 0.2 * 0.02**2 * spin2 + 9.81 * (beads[..., 2] - HOOK[2])).sum(axis=1)
    assert energy.max() < 0.01 * 9.81 * SPAN_M * BEADS
    assert np.ptp(beads[:, -1, 0]) > SPAN_M  # it swings
    assert beads[:, -1, 2].min() < HOOK[2] - 1.5 * SPAN_M
    assert digest(mover.simulate(chain)) == digest(motion)
