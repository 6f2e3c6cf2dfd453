"""What MuJoCo alone has to answer for."""

from dataclasses import replace

import numpy as np
import pytest

from physics.mujoco.gyration import turned, turned_on
from physics.mujoco.simulator import MujocoSimulator
from scene_builder.model.errors import UnsupportedBody
from scene_builder.model.pose import rotation_from_wxyz
from scene_builder.model.stage import Collider
from tests.physics.physics_stages import ball, body, box, ground, mesh_of, stage


def test_a_plane_that_moves_is_refused_and_the_other_simulator_named():
    plane = ground()
    moving = body(
        "tray", Collider(shape="plane"), plane.mesh, 1.0, np.zeros(3), np.eye(3), plane.pose
    )
    with pytest.raises(UnsupportedBody, match=r"'tray' is a plane .* --simulator bullet"):
        MujocoSimulator().simulate(stage(moving, secs=0.1))


def test_a_piece_without_thickness_is_refused_in_one_line():
    square = mesh_of([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], [[0, 1, 2], [0, 2, 3]])
    sheet = body(
        "sheet", Collider(shape="hulls", hulls=(square,)), square, 1.0, np.zeros(3), np.eye(3),
        ground().pose,
    )  # fmt: skip
    with pytest.raises(UnsupportedBody, match=r"'sheet' .* thickness[^\n]*--simulator bullet$"):
        MujocoSimulator().simulate(stage(sheet, secs=0.1))


def test_a_ball_that_rolls_diagonally_keeps_its_course_and_slows_as_due():
    # Resistance τ = c·N: (1 + 2/5)·m·R·a = τ.
    rolling, heading = 1e-3, np.array([0.9, 0.3, 0])
    speed = float(np.linalg.norm(heading))
    spin = np.cross([0, 0, 1], heading) / 0.05
    ours = ball(radius=0.05, mass=0.2, friction=1.0, rolling_friction=rolling,
                linear_velocity=heading, angular_velocity=spin)  # fmt: skip
    motion = MujocoSimulator().simulate(stage(ground(friction=1.0), ours, secs=1))
    velocity = motion.linear_velocities[-1, 1]
    assert np.cross(velocity, heading) / speed == pytest.approx(np.zeros(3), abs=1e-3)
    slowed = (speed - np.linalg.norm(velocity)) / motion.times[-1]
    assert slowed == pytest.approx(rolling / 0.05 * 9.81 * 5 / 7, rel=0.02)


def test_a_body_heavier_by_a_thousand_rests_on_a_light_one():
    light, heavy = box("box#1", mass=0.01), box("box#2", at=(0, 0, 0.1), mass=10.0)
    motion = MujocoSimulator().simulate(stage(ground(), light, heavy, secs=1))
    assert np.abs(motion.positions - motion.positions[0]).max() < 2e-4


def test_what_turns_freely_keeps_its_angular_momentum():
    moments, spin = np.array([[1.0, 2.0, 3.0]]), np.array([[0.1, 8.0, 0.1]])
    wxyz = np.array([1.0, 0, 0, 0])
    start = moments[0] * spin[0]
    for _ in range(480):
        spin = turned_on(spin, moments, 1 / 480)
        half = spin[0] / 960
        angle = float(np.linalg.norm(half))
        step = np.array([np.cos(angle), *(np.sin(angle) * half / angle)])
        w, v = wxyz[0], wxyz[1:]
        wxyz = np.array(
            [w * step[0] - v @ step[1:], *(w * step[1:] + step[0] * v + np.cross(v, step[1:]))]
        )
    momentum = rotation_from_wxyz(wxyz) @ (moments[0] * spin[0])
    assert momentum == pytest.approx(start, abs=1e-6)
    assert turned(wxyz[None], spin)[0] == pytest.approx(rotation_from_wxyz(wxyz) @ spin[0])


def test_what_never_moves_needs_no_mass():
    still = replace(box(mobility="static"), mass_kg=0.0)
    motion = MujocoSimulator().simulate(stage(still, ball(at=(0, 0, 0.1)), secs=0.5))
    assert motion.positions[-1, 1, 2] == pytest.approx(0.1, abs=1e-3)
