"""Springs against formulas, and the coil that shows them."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.signal import find_peaks

from physics.certificate import certify
from physics.observe.energy import total_energy
from physics.observe.touching import every_bounce
from physics.observe.view import View
from scene_builder.model.errors import SimulationError
from scene_builder.model.fabrics.coil import Coil
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Joint
from tests.physics.physics_stages import ball, box, centers, mesh_of, stage

TOP, REST, STIFFNESS, MASS, RADIUS, GRAVITY = 2.0, 0.4, 30.0, 0.6, 0.05, 9.81
SAG = MASS * GRAVITY / STIFFNESS
BALANCE = TOP - REST - SAG
TURNS = 6


def hung(lift, damping=0.0, secs=3.0, coiled=False):
    """A ball whose top hangs on a spring, so far above its balance [m]."""
    bob = ball(radius=RADIUS, mass=MASS, at=(0, 0, BALANCE + lift - 2 * RADIUS))
    spring = Joint(
        id="spring", kind="spring", parent=None, child="ball#1", length_m=REST,
        stiffness=STIFFNESS, damping=damping, parent_from_joint=Pose.at(0, 0, TOP),
        child_from_joint=Pose.at(0, 0, 2 * RADIUS),
    )  # fmt: skip
    if not coiled:
        return stage(bob, joints=(spring,), secs=secs)
    angle = np.linspace(0, 2 * np.pi * TURNS, 40 * TURNS)
    long = REST + SAG - lift
    path = [0.02 * np.cos(angle), 0.02 * np.sin(angle), long * angle / angle[-1]]
    wire = box("spring#1", mobility="static", at=(0, 0, BALANCE + lift))
    strip = mesh_of(np.stack(path, axis=1), [[k, k + 1, k + 2] for k in range(len(angle) - 2)])
    coil = Coil(body="spring#1", joint="spring", turns=TURNS)
    return stage(bob, replace(wire, mesh=strip), joints=(spring,), coils=(coil,), secs=secs)


def test_a_spring_swings_with_the_period_of_its_mass(simulator):
    scene = hung(0.12)
    motion = simulator.simulate(scene)
    z = centers(scene, motion, "ball#1")[:, 2] - (BALANCE - RADIUS)
    down = np.flatnonzero((z[:-1] > 0) & (z[1:] <= 0))
    times = motion.times[down] + z[down] / (z[down] - z[down + 1]) * motion.times[1]
    period = np.diff(times).mean()
    assert len(times) >= 3
    assert period == pytest.approx(2 * np.pi * np.sqrt(MASS / STIFFNESS), rel=0.01)
    assert np.abs(z).max() == pytest.approx(0.12, rel=0.01)


def test_a_spring_at_rest_is_longer_by_weight_over_stiffness(simulator):
    scene = hung(0.05, damping=2 * 0.5 * np.sqrt(STIFFNESS * MASS), secs=4.0)
    motion = simulator.simulate(scene)
    z = centers(scene, motion, "ball#1")[-1, 2]
    assert TOP - REST - (z + RADIUS) == pytest.approx(SAG, rel=0.01)


def test_its_energy_is_kept_in_three_accounts(simulator):
    scene = hung(0.12)
    motion = simulator.simulate(scene)
    energy = total_energy(View(scene, motion))
    assert np.ptp(energy.total) < 0.01 * energy.moving.max()
    assert certify(scene, motion).ok


def test_a_coil_reaches_from_end_to_end_and_keeps_its_width(simulator):
    scene = hung(0.12, coiled=True, secs=1.5)
    motion = simulator.simulate(scene)
    points = motion.deform["spring#1"].astype(float)
    foot = centers(scene, motion, "ball#1")[:, 2] + RADIUS
    assert points[:, :, 2].min(axis=1) == pytest.approx(foot, abs=1e-3)
    assert points[:, :, 2].max(axis=1) == pytest.approx(np.full(len(foot), TOP), abs=1e-3)
    assert np.linalg.norm(points[:, :, :2], axis=2) == pytest.approx(0.02, abs=1e-5)
    assert certify(scene, motion).ok
    longest = find_peaks(TOP - foot)[0]
    seen = every_bounce(View(scene, motion), "ball#1")
    assert [one.time_secs for one in seen] == pytest.approx(motion.times[longest])
    assert seen[0].speed == pytest.approx(0.12 * np.sqrt(STIFFNESS / MASS), rel=0.05)


def test_a_coil_of_no_spring_is_an_error(simulator):
    scene = hung(0.1, coiled=True, secs=0.1)
    lost = replace(scene, joints=())
    with pytest.raises(SimulationError, match="a coil names 'spring'; there are: none"):
        simulator.simulate(lost)
