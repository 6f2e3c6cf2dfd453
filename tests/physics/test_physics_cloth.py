"""Cloth: it falls, hangs, drapes and pushes back as cloth does."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from physics.bullet.simulator import BulletSimulator
from physics.certificate import certify
from physics.deforming.cloth.piece import Piece
from physics.deforming.obstacles import Obstacle
from physics.deforming.solids import solids_of
from physics.mujoco.simulator import MujocoSimulator
from scene_builder.build.cloths.cutting import sheet_mesh
from scene_builder.model.digest import digest
from scene_builder.model.fabrics.fabric import Fabric
from scene_builder.model.fluids.fluid import Fluid
from scene_builder.model.light import Environment
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Body, Collider, Stage, StageAction
from scene_builder.model.timeline import Timeline

GRAVITY = np.array([0.0, 0.0, -9.81])
STEP = 1 / 480
ROWS = 9


def small_sheet(edge=0.5, rows=ROWS):
    fine = sheet_mesh(edge, edge)
    u, v = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, rows))
    uv = np.stack([u.ravel(), v.ravel()], -1)
    a = (np.arange(rows - 1)[:, None] * rows + np.arange(rows - 1)).ravel()
    triangles = np.vstack(
        [np.stack([a, a + 1, a + rows + 1], -1), np.stack([a, a + rows + 1, a + rows], -1)]
    )
    return replace(
        fine, vertices=np.column_stack([(uv - 0.5) * edge, np.zeros(rows**2)]), uv=uv,
        triangles=triangles, material_index=np.zeros(len(triangles), np.int32),
    )  # fmt: skip


def body(name, mesh, collider, place, *, mobility="static", mass=0.05, friction=0.8):
    return Body(
        id=name, noun=name, mesh=mesh, collider=collider, mass_kg=mass, friction=friction,
        materials=(Material(name="fabric", base_color=np.array([0.6, 0.1, 0.1])),),
        center_of_mass=np.zeros(3), inertia=0.4 * mass * 0.0036 * np.eye(3), restitution=0.0,
        pose=Pose.at(*place), mobility=mobility, asset=AssetCredit(name=name, source="test"),
    )  # fmt: skip


def cloth(place=(0, 0, 1), mesh=None):
    sheet = mesh or small_sheet()
    box = Collider(shape="box", size=(0.5, 0.5, 0.01))
    return body("cloth", sheet, box, place, mobility="dynamic", friction=0.85)


def fabric(**changes):
    return Fabric(body="cloth", size_m=(0.5, 0.5), **changes)


def advanced(piece, obstacles, secs):
    for k in range(round(secs / STEP)):
        piece.advance(obstacles, k * STEP, STEP)
    return piece


def stage_of(*bodies, secs, pins=()):
    return Stage(
        bodies=bodies, fabrics=(fabric(pins=pins),),
        timeline=Timeline.lasting(secs, fps=Fraction(24)),
        environment=Environment(
            place="studio", indoor=True, time_of_day="day", weather="clear",
            sky_color=np.ones(3), sky_strength=1.0,
        ),
    )  # fmt: skip


def test_cloth_without_pins_falls_as_gravity_demands():
    piece = advanced(Piece(cloth(), fabric(), GRAVITY, None), [], 0.5)
    fallen = 1.0 - piece.center[2]
    assert fallen == pytest.approx(9.81 * 0.25 / 2, rel=0.005)


def test_hanging_cloth_keeps_its_length():
    flat = small_sheet()
    upright = replace(flat, vertices=np.asarray(flat.vertices)[:, [0, 2, 1]])
    pins = tuple(range(ROWS * (ROWS - 1), ROWS * ROWS))
    piece = advanced(Piece(cloth(mesh=upright), fabric(pins=pins), GRAVITY, None), [], 0.7)
    assert np.ptp(piece.points[:, 2]) == pytest.approx(0.5, rel=0.02)
    assert np.array_equal(piece.points[list(pins)], upright.vertices[list(pins)] + [0, 0, 1])


@pytest.mark.parametrize(
    ("shape", "size", "height"),
    [("sphere", (0.12,), 0.4), ("box", (0.3, 0.3, 0.3), 0.4), ("cylinder", (0.12, 0.3), 0.4)],
)
def test_cloth_lies_on_solids_and_does_not_pass_through_them(shape, size, height):
    solid = Collider(shape=shape, size=size)
    below = Obstacle(1, body("solid", small_sheet(), solid, (0, 0, height)))
    floor = Obstacle(2, body("ground", small_sheet(), Collider(shape="plane"), (0, 0, 0)))
    piece = Piece(cloth((0, 0, height + size[-1] / 2 + 0.15)), fabric(), GRAVITY, None)
    deepest = 0.0
    for k in range(300):
        piece.advance([below, floor], k * STEP, STEP)
        for one in solids_of(solid):
            depth, _ = one.distances(piece.points - [0, 0, height])
            deepest = min(deepest, float(depth.min()))
    assert deepest > -0.003
    assert piece.center[2] > height - 0.25  # something carries it
    assert np.linalg.norm(piece.speeds, axis=1).max() < 2.0


def test_wind_streams_a_pinned_sheet_downwind():
    flat = small_sheet()
    upright = replace(flat, vertices=np.asarray(flat.vertices)[:, [0, 2, 1]])
    pins = tuple(range(0, ROWS * ROWS, ROWS))
    wind = Fluid(name="air", density=1.2, velocity=np.array([0.0, 6.0, 0.0]))
    light = fabric(pins=pins, areal_density=0.13)
    piece = advanced(Piece(cloth(mesh=upright), light, GRAVITY, wind), [], 1.0)
    free_edge = piece.points[ROWS - 1 :: ROWS].mean(axis=0)
    assert free_edge[1] > 0.3
    assert np.isfinite(piece.points).all()


def test_still_air_slows_a_sheet_that_falls_flat():
    air = Fluid(name="air", density=1.2)
    slow = advanced(Piece(cloth(), fabric(), GRAVITY, air), [], 0.4)
    terminal = np.sqrt(2 * 0.2 * 9.81 / (1.2 * 1.6))
    assert abs(slow.velocity[2]) < 1.1 * terminal


@pytest.fixture(scope="module")
def carried():
    """A light ball that falls into a sheet held loosely at its corners."""
    flat = small_sheet()
    loose = replace(flat, vertices=np.asarray(flat.vertices) * np.array([0.85, 0.85, 1.0]))
    angles = np.linspace(0, 2 * np.pi, 9)[:-1]
    ring = np.column_stack([np.cos(angles) * 0.06, np.sin(angles) * 0.06, 0 * angles])
    mesh = Mesh(
        vertices=np.vstack([ring, [[0, 0, 0.06], [0, 0, -0.06]]]),
        triangles=np.vstack([[k, (k + 1) % 8, tip] for tip in (8, 9) for k in range(8)]),
        material_index=np.zeros(16, np.int32),
    )
    ball = Collider(shape="sphere", size=(0.06,))
    pins = (0, ROWS - 1, ROWS * (ROWS - 1), ROWS * ROWS - 1)
    stage = stage_of(
        body("ground", flat, Collider(shape="plane"), (0, 0, 0)),
        body("ball", mesh, ball, (0, 0, 1.15), mobility="dynamic", mass=0.06),
        cloth(mesh=loose), secs=1.0, pins=pins,
    )  # fmt: skip
    return stage, BulletSimulator().simulate(stage)


def test_a_sheet_carries_a_ball(carried):
    _, motion = carried
    ball = motion.positions[:, motion.index("ball")]
    assert (ball[12:, 2] > 0.6).all()
    assert np.abs(ball[-1, :2]).max() < 0.25
    contacts = motion.contacts
    both = {int(k) for k in np.unique(np.append(contacts.a, contacts.b))}
    assert both == {motion.index("ball"), motion.index("cloth")}


def test_frame_0_is_the_stage_and_the_pose_goes_with_the_middle(carried):
    stage, motion = carried
    sheet = stage.body("cloth")
    first = motion.vertices(0, "cloth", sheet.mesh.vertices)
    assert first == pytest.approx(sheet.pose @ np.asarray(sheet.mesh.vertices, float), abs=1e-6)
    middle = motion.deform["cloth"].astype(float).mean(axis=1)
    way = motion.positions[:, motion.index("cloth")] - sheet.pose.position
    assert way == pytest.approx(middle - middle[0], abs=0.02)


def test_the_same_stage_gives_the_same_bytes(carried):
    stage, motion = carried
    short = replace(stage, timeline=Timeline.lasting(0.3, fps=Fraction(24)))
    one, other = (BulletSimulator().simulate(short) for _ in range(2))
    assert digest(one) == digest(other)
    assert np.array_equal(one.deform["cloth"], motion.deform["cloth"][: len(one.times)])


def test_the_certificate_says_that_it_does_not_cover_cloth(carried):
    certificate = certify(*carried)
    assert certificate.ok
    rows = {(check.subject, check.law) for check in certificate.checks if not check.covered}
    assert ("cloth", "energy") in rows
    assert ("ball", "energy") in rows


def test_a_folded_sheet_lies_on_itself_and_does_not_fall_through():
    # Half of it lies over the other half, 4 cm higher: on the floor both would be at one height.
    flat = small_sheet(rows=17)
    along = np.asarray(flat.vertices, float)[:, 0]
    round_ = 0.02 * np.pi / 2
    bend = np.clip(along / round_, -1, 1) * np.pi / 2
    x = np.where(np.abs(along) > round_, round_ - np.abs(along), 0) + 0.02 * (np.cos(bend) - 1)
    folded = np.column_stack([x, flat.vertices[:, 1], 0.02 * np.sin(bend)])
    sheet = replace(flat, vertices=folded)
    piece = Piece(cloth((0, 0, 0.03), mesh=sheet), fabric(), GRAVITY, None)
    floor = Obstacle(1, body("ground", flat, Collider(shape="plane"), (0, 0, 0)))
    advanced(piece, [floor], 0.4)
    above = piece.points[along > 0.1, 2]
    below = piece.points[along < -0.1, 2]
    assert below.mean() == pytest.approx(fabric().thickness_m, abs=1e-3)
    assert above.mean() == pytest.approx(fabric().thickness_m * 2.5, abs=2.5e-3)
    assert above.min() > below.mean() + 2e-3


@pytest.mark.parametrize("simulator", [BulletSimulator, MujocoSimulator])
def test_cloth_that_is_let_go_leaves_no_solid_of_its_own_behind(simulator):
    sheet = cloth((0, 0, 0.4))
    stage = stage_of(
        body("ground", small_sheet(), Collider(shape="plane"), (0, 0, 0)),
        body("block", small_sheet(), Collider(shape="box", size=(0.1, 0.1, 0.1)), (0, 0, 0.05)),
        sheet, secs=0.6,
    )  # fmt: skip
    release = StageAction(kind="release", body="cloth", start_secs=0.1)
    throw = StageAction(kind="set_velocity", body="cloth", start_secs=0.1)
    motion = simulator().simulate(replace(stage, actions=(release, throw)))
    assert motion.penetration_m.max() < 1e-3
    assert motion.deform["cloth"][2, :, 2] == pytest.approx(0.4, abs=1e-6)
    assert motion.deform["cloth"][-1, :, 2].max() < 0.2
    assert certify(stage, motion).ok
