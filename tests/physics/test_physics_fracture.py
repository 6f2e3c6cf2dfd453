"""What is struck hard enough makes way for its pieces, and momentum is kept."""

from dataclasses import replace

import numpy as np
import pytest

from physics.certificate import certify
from physics.directing.freedoms import Dial, apply_freedom
from physics.mujoco.simulator import MujocoSimulator
from physics.observe.energy import total_energy
from physics.observe.view import View
from physics.settle import settle
from physics.still import StillSimulator
from scene_builder.assets.fracture.shattering import shattered_rand
from scene_builder.model.material import Material
from scene_builder.model.pose import rotation_from_wxyz
from tests.physics import physics_stages as ps

STONE = (Material(name="stone", base_color=np.full(3, 0.5)),)
WOOD = (Material(name="wood", base_color=np.full(3, 0.5)),)
BREAK_SPEED = 2.5


def of(materials, body):
    return replace(body, materials=materials)


def brittle(whole, count=9, seed=3):
    """A body and its pieces."""
    whole = replace(whole, break_impulse=BREAK_SPEED * whole.mass_kg, friction=0.68)
    rng = np.random.default_rng(seed)
    cut = shattered_rand(rng, whole.mesh, whole.collider, mass_kg=whole.mass_kg, count=count)
    pieces = [
        replace(
            whole, id=f"{whole.id}.p{k}", entity=None, piece_of=whole.id, break_impulse=None,
            mesh=piece.mesh, collider=piece.collider, materials=whole.materials * 2,
            mass_kg=piece.mass.mass_kg, center_of_mass=piece.mass.center_of_mass,
            inertia=piece.mass.inertia, linear_velocity=np.zeros(3), angular_velocity=np.zeros(3),
        )
        for k, piece in enumerate(cut, 1)
    ]  # fmt: skip
    return whole, *pieces


def momenta(stage, motion, frame):
    """Momentum (3) [N·s] and angular momentum about the origin (3) of all that is there."""
    linear, angular = np.zeros(3), np.zeros(3)
    for body in stage.bodies:
        k = motion.index(body.id)
        if body.mobility != "dynamic" or not motion.present[frame, k]:
            continue
        pose = motion.pose(frame, body.id)
        turn = rotation_from_wxyz(pose.wxyz)
        own = body.mass_kg * motion.linear_velocities[frame, k]
        spin = turn @ body.inertia @ turn.T @ motion.angular_velocities[frame, k]
        linear += own
        angular += np.cross(pose @ body.center_of_mass, own) + spin
    return linear, angular


def crate(**more):
    return of(WOOD, ps.box("crate#1", (0.4, 0.3, 0.3), mass=8.0, **more))


@pytest.fixture(params=["bullet", "mujoco"])
def either(request, simulator):
    return simulator if request.param == "bullet" else MujocoSimulator()


def test_a_burst_keeps_both_momenta_and_all_the_mass(either):
    parts = brittle(
        ps.box("crate#1", (0.4, 0.3, 0.2), at=(0, 0, 2.0), mass=8.0,
               linear_velocity=(1, 0.5, 2.0), angular_velocity=(1.0, -2.0, 3.0))
    )  # fmt: skip
    burst = ps.act("burst", "crate#1", start_secs=0.25, linear=(2.0, 0, 0))
    stage = ps.stage(*parts, secs=0.5, actions=(burst,), gravity=np.zeros(3))
    motion = either.simulate(stage)
    assert len(parts) > 8
    assert sum(p.mass_kg for p in parts[1:]) == pytest.approx(8.0)
    assert motion.present[0].tolist() == [True] + [False] * (len(parts) - 1)
    assert motion.present[-1].tolist() == [False] + [True] * (len(parts) - 1)
    before, after = momenta(stage, motion, 2), momenta(stage, motion, -1)
    assert after[0] == pytest.approx(before[0], rel=1e-4, abs=1e-4)
    assert after[1] == pytest.approx(before[1], rel=2e-3, abs=2e-3)


def test_pieces_take_over_where_the_whole_is_and_how_it_moves(simulator):
    parts = brittle(crate(at=(0, 0, 1.0), linear_velocity=(1, 0, 0), angular_velocity=(0, 0, 2.0)))
    burst = ps.act("burst", "crate#1", start_secs=0.25, linear=(0, 0, 0))
    stage = ps.stage(*parts, secs=0.5, actions=(burst,), gravity=np.zeros(3))
    motion, unbroken = simulator.simulate(stage), simulator.simulate(replace(stage, actions=()))
    frame = int(np.argmax(motion.present[:, 1]))
    assert frame == 7  # the burst begins the seventh frame
    for k in range(1, len(parts)):
        assert motion.positions[:frame, k] == pytest.approx(unbroken.positions[:frame, 0])
        assert motion.positions[frame, k] == pytest.approx(unbroken.positions[frame, 0], abs=1e-3)
    # The absent whole is at the middle of its pieces.
    assert ps.centers(stage, motion, "crate#1") == pytest.approx(
        ps.centers(stage, unbroken, "crate#1"), abs=2e-4
    )


@pytest.mark.parametrize(
    ("speed", "floor", "breaks"),
    [(2.2, STONE, False), (3.8, STONE, True), (3.2, WOOD, False), (7.0, WOOD, True)],
)
def test_what_meets_the_ground_faster_than_it_bears_breaks(either, speed, floor, breaks):
    tile = ps.box("tile#1", at=(0, 0, 0.05), mass=0.3, linear_velocity=(0, 0, -speed))
    stage = ps.stage(of(floor, ps.ground()), *brittle(tile), secs=0.15)
    motion = either.simulate(stage)
    assert bool(motion.present[-1, motion.index("tile#1.p1")]) == breaks
    assert bool(motion.present[-1, motion.index("tile#1")]) != breaks


def test_a_cup_that_topples_stays_whole(simulator):
    parts = brittle(ps.cup())
    assert len(parts) > 5
    push = ps.act("apply_torque", "cup#1", duration_secs=0.12, angular=(0, 0.12, 0))
    stage = ps.stage(of(STONE, ps.ground()), *parts, secs=1.0, actions=(push,))
    motion = simulator.simulate(stage)
    assert np.rad2deg(View(stage, motion).tilt("cup#1")).max() > 80
    assert motion.present[:, motion.index("cup#1")].all()


def test_a_break_gives_no_energy_and_passes_the_certificate(simulator):
    parts = brittle(
        ps.box(
            "tile#1", (0.12, 0.1, 0.08), at=(0, 0, 0.1), mass=0.3, linear_velocity=(0.5, 0, -5.0)
        )
    )
    stage = ps.stage(of(STONE, ps.ground()), *parts, secs=0.5)
    motion = simulator.simulate(stage)
    energy = total_energy(View(stage, motion)).total
    assert np.diff(energy).max() < 0.01 * np.ptp(energy)
    failed = certify(stage, motion).broken
    assert not failed, [check.text for check in failed]


def test_the_same_stage_breaks_in_the_same_way(simulator):
    tile = ps.box("tile#1", at=(0, 0, 0.05), mass=0.3, linear_velocity=(0, 0, -5.0))
    stage = ps.stage(of(STONE, ps.ground()), *brittle(tile), secs=0.2)
    one, two = simulator.simulate(stage), simulator.simulate(stage)
    assert not one.present[-1, 1]
    assert one.positions.tobytes() == two.positions.tobytes()
    assert one.present.tobytes() == two.present.tobytes()


def test_a_body_that_strikes_another_breaks_and_leaves_it_its_impulse(either):
    tile = ps.box("tile#1", at=(0.051, 0, 0), mass=0.3, linear_velocity=(-4.0, 0, 0))
    other = ps.box("box#1", at=(-0.06, 0, 0), mass=2.0)
    stage = ps.stage(of(STONE, other), *brittle(tile), secs=0.15, gravity=np.zeros(3))
    motion = either.simulate(stage)
    assert motion.present[-1, motion.index("tile#1.p1")]
    # It bears its break impulse at this pair's effective mass, and no more.
    bears = BREAK_SPEED * np.sqrt(0.3 * (0.3 * 2.0 / 2.3))
    gained = -2.0 * motion.linear_velocities[:, 0, 0]
    assert gained[np.argmax(gained > 0)] >= 0.99 * bears
    assert momenta(stage, motion, -1)[0] == pytest.approx([-1.2, 0, 0], abs=2e-3)


def test_what_touches_the_pieces_touches_the_whole(simulator):
    tile = ps.box("tile#1", at=(0, 0, 0.05), mass=0.3, linear_velocity=(0, 0, -5.0))
    stage = ps.stage(of(STONE, ps.ground()), *brittle(tile), secs=0.5)
    view = View(stage, simulator.simulate(stage))
    assert view.touching("tile#1", "ground").time[-1] > 0.4
    assert (view.touching("tile#1", "ground").normal[:, 2] > 0.9).all()
    assert (np.diff(view.touching("tile#1", "ground").time) >= 0).all()
    assert any("ground" in view.partners(b.id) for b in stage.bodies if b.piece_of)


def test_a_stage_settles_and_is_rehearsed_with_its_pieces(simulator):
    tile = ps.box("tile#1", at=(0, 0, 0.002), mass=0.3)
    stage = ps.stage(ps.ground(), *brittle(tile), secs=0.2)
    settled = settle(stage, simulator).stage
    assert settled.body("tile#1").pose.position[2] < 1e-3
    for body in settled.bodies:
        if body.piece_of:
            assert (body.pose.position == settled.body("tile#1").pose.position).all()
    shift = Dial(kind="x", bodies=("tile#1",), low=0.0, high=1.0, neutral=0.0)
    turned = apply_freedom(stage, [shift], [0.5])
    assert {body.pose.position[0] for body in turned.bodies[1:]} == {0.5}
    assert not StillSimulator().simulate(stage).present[:, 2:].any()
