"""Twelve and more honest films: varied stages that real bodies move through."""

import numpy as np
import pytest

from scene_builder.model.pose import Pose
from scene_builder.model.stage import Joint
from tests.physics.physics_stages import act, ball, box, cup, ground, stage, table

SLOPE_DEG = 20.0


def bouncing():
    thrown = ball(at=(0, 0, 1.5), restitution=0.8, linear_velocity=[0.4, 0, 0])
    return stage(ground(restitution=1.0), thrown, secs=2.5)


def crash():
    thrown = ball(at=(0, -0.1, 0.7), mass=0.2, linear_velocity=[0, -1.0, 0],
                  restitution=0.7, friction=0.9)  # fmt: skip
    return stage(ground(), table(), cup(at=(0, -0.67, 0)), thrown, box(at=(0, 1, 0)), secs=2)


def stack():
    boxes = [box(f"box#{k + 1}", at=(0.002 * (-1) ** k, 0, 0.1 * k)) for k in range(5)]
    return stage(ground(), *boxes, secs=2)


def dominoes():
    row = [
        box(f"domino#{k + 1}", (0.01, 0.03, 0.06), (0.035 * k, 0, 0), mass=0.02, hull=k % 2 == 0)
        for k in range(6)
    ]
    push = act("set_velocity", "domino#1", linear=[0.3, 0, 0], angular=[0, 8, 0], start_secs=0.2)
    return stage(ground(), *row, secs=2, actions=(push,))


def slope():
    half = np.deg2rad(SLOPE_DEG) / 2
    turn = np.array([np.cos(half), 0, np.sin(half), 0])
    pose = Pose(position=np.array([0.0, 0, 0.3]), wxyz=turn)
    ramp = box("ramp#1", (2.0, 0.6, 0.1), mobility="static", mass=10, pose=pose, friction=0.9)
    return stage(ground(), ramp, ball(at=(-0.424, 0, 0.5638), friction=0.9), secs=2)


def billiards():
    rest = [ball(f"ball#{k + 2}", at=(0.3 + 0.08 * k, 0.004 * k, 0), mass=0.17, restitution=0.95,
                 friction=0.2) for k in range(3)]  # fmt: skip
    cue = ball("ball#1", mass=0.17, restitution=0.95, friction=0.2, linear_velocity=[1.5, 0, 0])
    return stage(ground(friction=0.4), cue, *rest, secs=2)


def tumbling():
    thrown = box(size=(0.3, 0.2, 0.1), at=(0, 0, 1), linear_velocity=[1, 0, 3],
                 angular_velocity=[5, 3, 1], restitution=0.4)  # fmt: skip
    return stage(ground(), thrown, secs=2.5)


def into_a_cup():
    return stage(ground(), cup(), ball(radius=0.015, mass=0.01, at=(0.005, 0, 0.4)), secs=2)


def on_the_moon():
    bodies = (
        ball(at=(0, 0, 1.0), restitution=0.7),
        box(at=(0.5, 0, 0.5), angular_velocity=[0, 2, 0]),
    )
    return stage(ground(), *bodies, secs=3, gravity=np.array([0, 0, -1.62]))


def weightless():
    one = ball("ball#1", at=(-0.3, 0, 0), mass=0.1, linear_velocity=[1, 0, 0], restitution=0.9)
    other = box(size=(0.1, 0.1, 0.1), at=(0, 0, 0), mass=0.2, restitution=0.9)
    return stage(one, other, secs=2, gravity=np.zeros(3))


def pushed():
    push = act("apply_force", "box#1", linear=[4, 0, 0], start_secs=0.3, duration_secs=0.5)
    return stage(ground(), box(mass=1.0), box("box#2", at=(0.2, 0, 0), mass=0.5), secs=2.5,
                 actions=(push,))  # fmt: skip


def let_go():
    drop = act("release", "ball#1", start_secs=0.5, verb="drop")
    return stage(ground(), ball(at=(0, 0, 1), restitution=0.3), box(at=(0.03, 0, 0)), secs=2,
                 actions=(drop,))  # fmt: skip


def air_to_air():
    up = ball("ball#1", at=(0, 0, 0.5), mass=0.3, restitution=0.8, linear_velocity=[0, 0, 4])
    down = ball("ball#2", at=(0.01, 0, 1.6), mass=0.1, restitution=0.8)
    return stage(ground(), up, down, secs=2)


def pendulum():
    top = Joint(
        id="string", kind="ball", parent=None, child="ball#1",
        parent_from_joint=Pose.at(0, 0, 1.2), child_from_joint=Pose.at(0, 0, 0.635),
    )  # fmt: skip
    swinging = ball(at=(0, 0, 0.565), linear_velocity=[1, 0, 0], mass=0.3)
    return stage(ground(), swinging, box(at=(0.6, 0, 0)), secs=2, joints=(top,))


FILMS = {
    make.__name__: make
    for make in (
        bouncing, crash, stack, dominoes, slope, billiards, tumbling, into_a_cup, on_the_moon,
        weightless, pushed, let_go, air_to_air, pendulum,
    )
}  # fmt: skip
SLOW = ("dominoes", "crash", "billiards")
NAMED_FILMS = [
    pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in FILMS
]
