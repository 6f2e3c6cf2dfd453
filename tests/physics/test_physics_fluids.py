"""Water carries and air brakes: against formulas, in both simulators."""

from dataclasses import replace

import numpy as np
import pytest

from physics.certificate import certify
from pipeline.plugins import create
from pipeline.run_folder.stage_file import read_stage, write_stage
from scene_builder.model.digest import digest
from scene_builder.model.errors import SimulationError
from scene_builder.model.fluids.fluid import AIR_DENSITY, WATER_DENSITY, Fluid, Immersion
from scene_builder.model.solids.displacement import cells_of
from tests.physics.physics_stages import ball, box, centers, cup, ground, stage

LEVEL = 2.0
WATER = Fluid(name="water", density=WATER_DENSITY, surface_z=LEVEL)
AIR = Fluid(name="air", density=AIR_DENSITY)


@pytest.fixture(scope="module", params=("bullet", "mujoco"))
def simulator(request):
    return create("simulator", request.param)


def solid(body, **more):
    return cells_of(body.collider, body.mesh, **more)


def afloat(*bodies, secs=4.0, fluid=WATER, **more):
    scene = stage(ground(), *bodies, secs=secs, step_hz=240.0)
    felt = tuple(
        Immersion(
            body=body.id, fluid=fluid.name, drag_coefficient=1.0, area_m2=0.04,
            volume_m3=solid(body).volume, **more,
        )
        for body in bodies
    )  # fmt: skip
    return replace(scene, fluids=(fluid,), immersions=felt)


def test_a_cube_of_half_the_density_floats_half_submerged_and_calms_down(simulator):
    cube = box(size=(0.2, 0.2, 0.2), mass=WATER_DENSITY / 2 * 0.008, at=(0, 0, LEVEL + 0.1))
    scene = afloat(cube, secs=4.0)
    motion = simulator.simulate(scene)
    z = centers(scene, motion, "box#1")[:, 2] - LEVEL
    assert abs(z[-1]) < 0.02 * 0.2
    early, late = np.ptp(z[:24]), np.ptp(z[-24:])
    assert early > 0.1
    assert late < 0.05 * early
    certificate = certify(scene, motion)
    assert certificate.ok
    rows = {(row.law, row.subject): row for row in certificate.checks}
    assert "water drag" in rows["free fall", "box#1"].text
    assert ("hovering", "box#1") not in rows


def test_a_steel_ball_sinks_and_rests_on_the_ground(simulator):
    steel = ball(radius=0.05, mass=7850 * 4 / 3 * np.pi * 0.05**3, at=(0, 0, LEVEL - 0.1))
    scene = afloat(steel)
    motion = simulator.simulate(scene)
    assert centers(scene, motion, "ball#1")[-1, 2] == pytest.approx(0.05, abs=0.002)


def test_a_helium_balloon_starts_with_the_right_acceleration_and_reaches_its_speed(simulator):
    radius, mass = 0.15, 0.008
    volume = 4 / 3 * np.pi * radius**3
    balloon = ball(radius=radius, mass=mass, at=(0, 0, 1))
    scene = stage(ground(), balloon, secs=2.0)
    felt = Immersion(
        body=balloon.id, fluid="air", drag_coefficient=0.47, area_m2=np.pi * radius**2,
        volume_m3=volume,
    )  # fmt: skip
    scene = replace(scene, fluids=(AIR,), immersions=(felt,))
    motion = simulator.simulate(scene)
    displaced = AIR_DENSITY * volume
    wanted = 9.81 * (displaced - mass) / (mass + 0.5 * displaced)
    z = centers(scene, motion, "ball#1")[:, 2]
    times = scene.timeline.times_secs[:4]
    assert 2 * np.polyfit(times, z[:4], 2)[0] == pytest.approx(wanted, rel=0.15)
    end = np.sqrt(9.81 * (displaced - mass) / (0.5 * AIR_DENSITY * 0.47 * np.pi * radius**2))
    assert motion.linear_velocities[-2, 1, 2] == pytest.approx(end, rel=0.02)


def test_a_light_ball_falls_at_its_terminal_speed_and_wind_takes_it_along(simulator):
    scene = stage(ground(), ball(radius=0.2, mass=0.05, at=(0, 0, 30)), secs=3.0, step_hz=240.0)
    felt = Immersion(body="ball#1", fluid="air", drag_coefficient=0.47, area_m2=np.pi * 0.04)
    wind = replace(AIR, velocity=np.array([6.0, 0, 0]))
    motion = simulator.simulate(replace(scene, fluids=(wind,), immersions=(felt,)))
    end = np.sqrt(9.81 * 0.05 / (0.5 * AIR_DENSITY * 0.47 * np.pi * 0.04))
    assert motion.linear_velocities[-2, 1] == pytest.approx([6.0, 0, -end], rel=0.03, abs=0.01)


def test_a_boat_floats_because_it_is_hollow_and_a_body_ashore_feels_no_water(simulator):
    shell = cup(radius=0.1, height=0.1, mass=1.2, at=(0, 0, LEVEL - 0.05))
    walls, hull = solid(shell).volume, solid(shell, hollow=True).volume
    assert WATER_DENSITY * walls < 1.2 < WATER_DENSITY * hull
    felt = Immersion(
        body=shell.id, fluid="water", drag_coefficient=1.0, area_m2=0.03, volume_m3=hull,
        hollow=True,
    )  # fmt: skip
    scene = replace(
        stage(ground(), shell, secs=1.5, step_hz=240.0), fluids=(WATER,), immersions=(felt,)
    )
    motion = simulator.simulate(scene)
    assert abs(motion.positions[-1, 1, 2] - motion.positions[0, 1, 2]) < 0.06
    ashore = replace(scene, fluids=(replace(WATER, shore_y=1.0),))
    assert simulator.simulate(ashore).positions[-1, 1, 2] < 0.2


def test_volumes_follow_formulas_and_nothing_feels_what_is_not_there(simulator):
    round_one = ball(radius=0.3)
    cells = solid(round_one)
    assert cells.volume == pytest.approx(4 / 3 * np.pi * 0.027)
    assert len(cells.centers) * cells.edges.prod() == pytest.approx(cells.volume, rel=0.08)
    with pytest.raises(ValueError, match="plane"):
        solid(ground())
    lost = replace(afloat(ball()), fluids=())
    with pytest.raises(SimulationError, match="'water'"):
        simulator.simulate(lost)


def test_fluids_go_to_the_disk_and_come_back(tmp_path):
    scene = afloat(ball())
    write_stage(tmp_path / "stage.json", scene)
    assert digest(read_stage(tmp_path / "stage.json")) == digest(scene)
    write_stage(tmp_path / "stage.json", replace(scene, fluids=(), immersions=()))
    assert "fluids" not in (tmp_path / "stage.json").read_text()
