"""Bodies of many convex pieces: every piece is there, and where it is drawn."""

import tempfile
from dataclasses import replace

import numpy as np
import pytest

from physics.bullet.bodies.colliders import ARRAY_ENTRIES
from physics.bullet.simulator import BulletSimulator
from physics.stepping.inertia import principal_frame
from scene_builder.assets.procedural.source import ProceduralSource
from scene_builder.assets.source import Description
from scene_builder.knowledge.materials import substance
from scene_builder.model.digest import digest
from scene_builder.model.errors import UnsupportedBody
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Collider
from tests.physics.physics_stages import (
    act,
    ball,
    body,
    box_inertia,
    box_mesh,
    centers,
    ground,
    mesh_of,
    stage,
)

STEP = 0.05
MARBLE = 0.008


def slab(k, *, exact):
    """Step `k` of a stair along x; one that is not exact is narrower at its foot."""
    top = 0.05 + 0.01 * k
    mesh = box_mesh((STEP, 0.1, top), (STEP * k, 0, top / 2))
    if exact:
        return mesh
    points = np.array(mesh.vertices, float)
    points[points[:, 2] < top / 2, 1] *= 0.5
    return mesh_of(points, mesh.triangles)


def solid(hulls, size, mass=1.0, com=(0, 0, 0.05), inertia=None, **more):
    inertia = box_inertia(size, mass) if inertia is None else inertia
    return body(
        "thing#1", Collider(shape="hulls", hulls=tuple(hulls)), box_mesh(size), mass,
        np.asarray(com, float), inertia, more.pop("pose", Pose.at(0, 0, 0)), **more,
    )  # fmt: skip


def made(noun, at=(0, 0, 0), **more):
    """An asset of the built-in source as a body, with what its substance says."""
    asset = ProceduralSource().find(noun, Description(**more), np.random.default_rng(0))
    asset = replace(asset, mesh=replace(asset.mesh, material_index=0 * asset.mesh.material_index))
    kind = substance(asset.substance)
    surface = {
        "friction": kind.friction, "rolling_friction": kind.rolling_friction,
        "spinning_friction": kind.spinning_friction, "restitution": kind.restitution,
    }  # fmt: skip
    return asset, lambda **moves: body(
        f"{noun}#1", asset.collider, asset.mesh, asset.mass_kg, asset.center_of_mass,
        asset.inertia, Pose.at(*at), **surface, **moves,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("boxes", "others"),
    [(ARRAY_ENTRIES, 0), (ARRAY_ENTRIES + 1, 0), (ARRAY_ENTRIES - 1, 2), (0, 60), (30, 30)],
)
def test_a_ball_lies_on_every_step_of_a_stair(simulator, boxes, others):
    # Boxes and others take turns, so that neither kind has the last steps to itself.
    count = boxes + others
    exact = [(k + 1) * boxes // count > k * boxes // count for k in range(count)]
    stair = solid(
        [slab(k, exact=e) for k, e in enumerate(exact)], (STEP * count, 0.1, 0.7),
        mobility="static",
    )  # fmt: skip
    # From 2 mm above: what falls from higher may bounce down the stair. Each is a thing of its
    # own: many of one kind would be grains, which MuJoCo refuses.
    balls = [
        ball(f"ball#{k + 1}", entity=f"ball_{k}", radius=0.004, mass=0.002, restitution=0.0,
             friction=1.0, at=(STEP * k, 0.01, 0.05 + 0.01 * k + 0.002))
        for k in range(count)
    ]  # fmt: skip
    motion = simulator.simulate(stage(ground(), stair, *balls, secs=0.25))
    tops = 0.05 + 0.01 * np.arange(count)
    assert motion.positions[-1, 2:, 2] == pytest.approx(tops, abs=1e-4)


@pytest.mark.parametrize("skew", [False, True])
def test_a_ring_of_forty_pieces_keeps_forty_marbles_in(simulator, skew):
    # The one after the other flies at the middle of a piece and at a seam, and is pushed on.
    # A skew inertia turns Bullet's frame against the body's: the pieces have to turn back.
    count, radius = 40, 0.2
    width = 2 * (radius + 0.01) * np.tan(np.pi / count)
    wall = box_mesh((0.01, width, 0.1), (radius + 0.005, 0, 0.05))
    turns = [Pose.at(0, 0, 0, yaw_deg=360 / count * k).rotation for k in range(count)]
    hulls = [mesh_of(wall.vertices @ turn.T, wall.triangles) for turn in turns]
    inertia = np.diag([3.0, 2.0, 4.0]) * 50
    if skew:
        lean = Pose.at(0, 0, 0, yaw_deg=33).rotation
        inertia = lean @ inertia @ lean.T
    ring = solid(hulls, (0.42, 0.42, 0.1), 5000.0, inertia=inertia)
    assert (np.abs(principal_frame(ring)[0].wxyz[3]) > 0.1) is np.bool_(skew)
    marbles, pushes = [], []
    for k in range(count):
        angle = 2 * np.pi * (k + 0.5 * (k % 2)) / count
        out = np.array([np.cos(angle), np.sin(angle), 0])
        marbles.append(
            ball(f"marble#{k + 1}", entity=f"marble_{k}", radius=0.005, mass=0.002,
                 restitution=0.0, at=0.14 * out + np.array([0, 0, 0.045]),
                 linear_velocity=1.5 * out)
        )  # fmt: skip
        pushes.append(
            act("apply_force", f"marble#{k + 1}", linear=0.01 * out, start_secs=0.0,
                duration_secs=0.2)
        )  # fmt: skip
    scene = stage(ring, *marbles, gravity=np.zeros(3), actions=tuple(pushes), secs=0.2)
    motion = simulator.simulate(scene)
    last = np.array([centers(scene, motion, marble.id)[-1, :2] for marble in marbles])
    distance = np.linalg.norm(last, axis=1)
    assert distance.max() < (radius - 0.005) / np.cos(np.pi / count) + 2e-4
    assert distance.min() > radius - 0.005 - 2e-4


@pytest.mark.parametrize("noun", ["cup", "bowl", "jar", "basket"])
def test_a_marble_comes_to_rest_in_a_hollow_thing(simulator, noun):
    import trimesh

    asset, dressed = made(noun)
    assert len(asset.collider.hulls) > ARRAY_ENTRIES
    hollow, vessel = asset.cavity, dressed()
    start = hollow.floor + np.array([hollow.radius * 0.3, 0, hollow.depth + 0.02])
    marble = ball("marble#1", radius=MARBLE, mass=0.005, at=start, restitution=0.5,
                  rolling_friction=1e-4)  # fmt: skip
    scene = stage(ground(), vessel, marble, secs=2.5)
    motion = simulator.simulate(scene)
    center = centers(scene, motion, "marble#1")[-1]
    assert np.linalg.norm(motion.linear_velocities[-1, 2]) < 0.01
    # Inside, and lying on what is drawn: neither sunk into it nor held above it.
    assert center[2] < hollow.floor[2] + hollow.depth / 2
    assert np.linalg.norm(center[:2]) < max(vessel.mesh.extents[:2]) / 2 - MARBLE
    drawn = trimesh.Trimesh(vessel.mesh.vertices, vessel.mesh.triangles, process=False)
    gap = trimesh.proximity.closest_point_naive(drawn, center[None])[1][0] - MARBLE
    assert -1e-3 < gap < 2e-3
    assert np.abs(motion.positions[:, 1] - motion.positions[0, 1]).max() < 1e-3


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_rubber_ball_topples_a_cup(simulator, degrees):
    # From each side: a cup whose pieces stood on one side only would let the ball pass.
    _, standing = made("cup")
    turn = Pose.at(0, 0, 0, yaw_deg=degrees).rotation
    _, rolling = made("ball", turn @ [-0.3, 0, 0], material="rubber", size=0.12)
    speed = 1.6
    scene = stage(
        ground(), standing(),
        rolling(linear_velocity=turn @ [speed, 0, 0], angular_velocity=turn @ [0, speed / 0.06, 0]),
        secs=1.5,
    )  # fmt: skip
    motion = simulator.simulate(scene)
    assert motion.pose(-1, "cup#1").rotation[2, 2] < 0.5
    assert motion.penetration_m.max() < 1e-3


def test_hulls_leave_no_file_behind_and_the_same_motion(simulator, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    _, standing = made("bowl", at=(0, 0, 0.05))
    scene = stage(ground(), standing(angular_velocity=[2.0, 0.5, 0.0]), secs=0.5)
    motions = {digest(simulator.simulate(scene)) for _ in range(2)}
    assert len(motions) == 1
    assert list(tmp_path.iterdir()) == []


def sheet(corners, mass=0.1, **more):
    """A body whose only piece has no thickness."""
    mesh = mesh_of([[x, y, 0.0] for x, y in corners], [[0, 1, 2]])
    collider = Collider(shape="hulls", hulls=(mesh,))
    inertia = box_inertia((0.4, 0.4, 1e-3), mass)
    return body("sheet#1", collider, mesh, mass, np.zeros(3), inertia, more.pop("pose"), **more)


SQUARE = ((-0.2, -0.2), (0.2, -0.2), (0.2, 0.2), (-0.2, 0.2))


def test_bullet_takes_pieces_without_thickness():
    shelf = sheet(SQUARE, pose=Pose.at(0, 0, 0.3), mobility="static")
    motion = BulletSimulator().simulate(stage(shelf, ball(at=(0, 0, 0.4)), secs=1.5))
    assert motion.positions[-1, 1, 2] == pytest.approx(0.3, abs=1e-3)  # the foot of the ball
    falling = sheet(SQUARE, pose=Pose.at(0, 0, 0.2))
    motion = BulletSimulator().simulate(stage(ground(), falling, secs=1.5))
    assert motion.positions[-1, 1, 2] == pytest.approx(0.0, abs=1e-3)


def test_a_piece_that_is_a_line_is_refused_in_one_line():
    line = sheet(((-0.2, -0.2), (0.0, 0.0), (0.2, 0.2)), pose=Pose.at(0, 0, 1))
    with pytest.raises(UnsupportedBody, match=r"^body 'sheet#1' .* line or a point[^\n]*$"):
        BulletSimulator().simulate(stage(line, secs=0.1))
