"""Soft bodies: they fill their form, fall as all things do, give way and come back."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from physics.bullet.simulator import BulletSimulator
from physics.certificate import certify
from physics.deforming.obstacles import Obstacle
from physics.deforming.soft.elastic import Elastic
from physics.deforming.soft.lattice import lattice_of
from physics.deforming.soft.lump import Lump
from physics.pace import refinement
from scene_builder.model.digest import digest
from scene_builder.model.fabrics.softness import Softness
from scene_builder.model.light import Environment
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Body, Collider, Stage
from scene_builder.model.timeline import Timeline

GRAVITY = np.array([0.0, 0.0, -9.81])
STEP = 1 / 480
EDGE = 0.1
PLANE = Collider(shape="plane")


def block(edge=EDGE):
    corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (0, 2)]) * edge / 2
    triangles = np.array([
        (0, 1, 3), (0, 3, 2), (4, 6, 7), (4, 7, 5), (0, 4, 5), (0, 5, 1),
        (2, 3, 7), (2, 7, 6), (0, 2, 6), (0, 6, 4), (1, 5, 7), (1, 7, 3),
    ])  # fmt: skip
    return Mesh(vertices=corners, triangles=triangles, material_index=np.zeros(12, np.int32))


def body(name, collider, height, *, mobility="static", mass=1.0, edge=EDGE):
    middle = np.array([0.0, 0.0, edge / 2])
    return Body(
        id=name, noun=name, mesh=block(edge), collider=collider, mass_kg=mass, friction=0.8,
        materials=(Material(name="foam", base_color=np.array([0.6, 0.1, 0.1])),),
        center_of_mass=middle, inertia=mass * edge**2 / 6 * np.eye(3), restitution=0.0,
        pose=Pose.at(0, 0, height), mobility=mobility, asset=AssetCredit(name=name, source="test"),
    )  # fmt: skip


def box(edge=EDGE):
    return Collider(shape="box", size=(edge,) * 3, center=np.array([0.0, 0.0, edge / 2]))


def jelly(height, **changes):
    return body("jelly", box(), height, mobility="dynamic", **changes)


def softness(modulus=2e4, **changes):
    return Softness(body="jelly", youngs_modulus=modulus, **changes)


def ground():
    return body("ground", PLANE, 0)


def stage_of(*bodies, secs):
    return Stage(
        bodies=bodies, softs=(softness(),), timeline=Timeline.lasting(secs, fps=Fraction(24)),
        environment=Environment(
            place="studio", indoor=True, time_of_day="day", weather="clear",
            sky_color=np.ones(3), sky_strength=1.0,
        ),
    )  # fmt: skip


def test_cells_fill_the_body_and_hold_its_whole_surface():
    lattice = lattice_of(jelly(0))
    assert lattice.volumes.sum() == pytest.approx(EDGE**3, rel=1e-6)
    held = np.einsum("vk,vkj->vj", lattice.weights, lattice.nodes[lattice.cells[lattice.cell]])
    assert held == pytest.approx(np.asarray(block().vertices, float), abs=1e-7)
    assert lattice.outside < 1e-6


def test_elastic_forces_have_no_sum_and_no_moment_and_no_turn_wakes_them():
    lattice = lattice_of(jelly(0))
    elastic = Elastic(lattice, softness(), np.full(len(lattice.nodes), 1e-3))
    still = np.zeros_like(lattice.nodes)
    turned = Pose(position=np.ones(3), wxyz=np.array([0.5, 0.5, 0.5, 0.5])) @ lattice.nodes
    assert np.abs(elastic.forces(turned, still)).max() < 1e-9
    bent = lattice.nodes * [1.2, 0.9, 0.8] + 0.5 * lattice.nodes[:, [1, 2, 0]] ** 2
    forces = elastic.forces(bent, np.sin(40 * bent))
    size = np.abs(forces).sum()
    assert np.abs(forces.sum(axis=0)).max() < 1e-12 * size
    assert np.abs(np.cross(bent, forces).sum(axis=0)).max() < 1e-12 * size


def test_a_bar_under_load_shortens_by_hookes_law():
    lattice = lattice_of(jelly(0))
    elastic = Elastic(lattice, softness(poisson_ratio=0.3), np.full(len(lattice.nodes), 1e-3))
    strain = 1e-4
    # Free to widen, its cross section does so by Poisson's ratio.
    pressed = lattice.nodes * [1 + 0.3 * strain, 1 + 0.3 * strain, 1 - strain]
    volume = EDGE**3
    assert elastic.energy(pressed) == pytest.approx(2e4 * strain**2 / 2 * volume, rel=1e-2)


def test_a_soft_body_falls_and_turns_freely():
    lump = Lump(jelly(5.0), softness(), GRAVITY)
    begin = lump.center
    lump.throw(np.array([1.0, 0.0, 0.0]), np.array([0.0, 3.0, 0.0]))
    for k in range(96):
        lump.advance([], k * STEP, STEP)
    secs = 96 * STEP
    assert lump.center - begin == pytest.approx([secs, 0, -9.81 * secs**2 / 2], abs=1e-6)
    assert lump.spin == pytest.approx([0, 3, 0], abs=0.03)
    assert lump.pose.wxyz @ [np.cos(1.5 * secs), 0, np.sin(1.5 * secs), 0] > 0.9999


def test_it_sags_under_its_own_weight_before_frame_0_and_stays_so():
    lump = Lump(jelly(6e-4), softness(), GRAVITY)
    floor = Obstacle(1, ground())
    lump.sag([floor])
    height = np.ptp(lump.vertices[:, 2])
    assert height == pytest.approx(EDGE * (1 - 1000 * 9.81 * EDGE / 2 / 2e4), rel=0.01)
    for k in range(24):
        lump.advance([floor], k * STEP, STEP)
    assert np.ptp(lump.vertices[:, 2]) == pytest.approx(height, abs=5e-4)
    assert floor.push.impulse[2] == pytest.approx(-9.81 * 24 * STEP, rel=0.1)


@pytest.fixture(scope="module")
def dropped():
    """A block of jelly that falls on the floor."""
    stage = stage_of(jelly(0.25), ground(), secs=0.7)
    return stage, BulletSimulator().simulate(stage)


def test_what_drops_squashes_and_bounces(dropped):
    _, motion = dropped
    heights = np.ptp(motion.deform["jelly"][:, :, 2], axis=1)
    low = motion.deform["jelly"][:, :, 2].min(axis=1)
    assert heights.min() < 0.92 * EDGE
    assert heights[-1] > 0.9 * EDGE
    assert low.min() > -1e-4
    landed = int(low.argmin())
    assert 0.02 < low[landed:].max() < 0.25
    assert motion.contacts.impulse.sum() > 1.0 * np.sqrt(2 * 9.81 * 0.25)


def test_the_certificate_does_not_cover_it(dropped):
    certificate = certify(*dropped)
    assert certificate.ok
    rows = {(check.subject, check.law) for check in certificate.checks if not check.covered}
    assert {("jelly", "energy"), ("jelly", "momentum"), ("jelly", "free fall")} <= rows


def test_it_carries_what_falls_on_it_and_is_pressed():
    stone = body("stone", box(0.06), 0.16, mobility="dynamic", mass=0.6, edge=0.06)
    stage = stage_of(jelly(6e-4), ground(), stone, secs=0.4)
    motion = BulletSimulator().simulate(stage)
    place = motion.positions[:, motion.index("stone"), 2]
    assert place.min() > 0.05  # it does not go through
    assert np.ptp(motion.deform["jelly"][:, :, 2], axis=1).min() < 0.97 * EDGE


def test_two_soft_bodies_meet_and_push_each_other_away():
    flying = jelly(1.0)
    left = replace(
        flying, id="left", pose=Pose.at(-0.1, 0.01, 1.0), linear_velocity=np.array([2.0, 0, 0])
    )
    stage = stage_of(flying, left, ground(), secs=0.2)
    stage = replace(
        stage, gravity=np.zeros(3), softs=(softness(), replace(softness(), body="left"))
    )
    motion = BulletSimulator().simulate(stage)
    a, b = (motion.linear_velocities[-1, motion.index(name)] for name in ("jelly", "left"))
    assert a + b == pytest.approx([2.0, 0.0, 0.0], abs=0.05)
    assert a[0] > 1.2 > b[0] + 0.4
    places = motion.positions[:, motion.index("jelly"), 0] - motion.positions[:, 1, 0]
    assert places.min() > 0.8 * EDGE


@pytest.mark.parametrize("mass", [0.005, 0.1])
def test_what_it_hits_is_no_faster_than_after_an_elastic_hit(mass):
    soft, speed = replace(jelly(1.0, mass=0.6), linear_velocity=np.array([3.0, 0, 0])), 3.0
    hit = body("stone", box(0.06), 1.02, mobility="dynamic", mass=mass, edge=0.06)
    hit = replace(hit, pose=Pose.at(0.09, 0, 1.02))
    motion = BulletSimulator().simulate(
        replace(stage_of(soft, hit, secs=0.15), gravity=np.zeros(3))
    )
    jelly_speed, stone_speed = (
        motion.linear_velocities[-1, motion.index(name), 0] for name in ("jelly", "stone")
    )
    assert speed < stone_speed < 2 * speed * 0.6 / (0.6 + mass) + 1e-3
    assert 0.6 * jelly_speed + mass * stone_speed == pytest.approx(0.6 * speed, rel=1e-2)


def test_a_light_thing_lies_on_it_and_a_thrown_one_is_stepped_finely():
    leaf = body("leaf", box(0.06), EDGE + 2e-3, mobility="dynamic", mass=0.005, edge=0.06)
    stage = stage_of(jelly(6e-4, mass=0.6), ground(), leaf, secs=0.13)
    motion = BulletSimulator().simulate(stage)
    heights = motion.positions[:, motion.index("leaf"), 2]
    assert 0.09 < heights.min() < heights.max() < 0.12
    thrown = replace(stage.body("jelly"), linear_velocity=np.array([10.0, 0, 0]))
    assert refinement(stage) < refinement(replace(stage, bodies=(thrown, *stage.bodies[1:])))


def test_what_begins_inside_of_it_comes_out_without_weight_too():
    stone = body("stone", box(0.06), 0.099, mobility="dynamic", mass=0.005, edge=0.06)
    leaving = replace(jelly(6e-4), linear_velocity=np.array([0.0, 0.0, -0.01]))
    stage = replace(stage_of(leaving, stone, secs=0.13), gravity=np.zeros(3))
    motion = BulletSimulator().simulate(stage)
    assert np.isfinite(motion.contacts.point).all()
    assert 0 < motion.linear_velocities[-1, motion.index("stone"), 2] < 2.0


def test_at_frame_0_its_pose_is_that_of_its_form():
    motion = BulletSimulator().simulate(stage_of(jelly(6e-4), ground(), secs=0.1))
    sagged = motion.deform["jelly"][0].mean(axis=0) - motion.positions[0, 0] - [0, 0, EDGE / 2]
    assert sagged == pytest.approx(np.zeros(3), abs=1e-3)
    assert np.abs(motion.positions[1] - motion.positions[0]).max() < 1e-4


def test_the_same_stage_gives_the_same_bytes(dropped):
    stage, motion = dropped
    short = replace(stage, timeline=Timeline.lasting(0.3, fps=Fraction(24)))
    again = BulletSimulator().simulate(short)
    assert np.array_equal(again.deform["jelly"], motion.deform["jelly"][: len(again.times)])
    assert digest(again) == digest(BulletSimulator().simulate(short))


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="modulus above 0"):
        softness(modulus=0.0)
    with pytest.raises(ValueError, match="Poisson"):
        softness(poisson_ratio=0.5)
