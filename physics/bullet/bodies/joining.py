"""The joints that Bullet itself can hold: points that two bodies share."""

from collections.abc import Sequence

from physics.bullet.engine import pybullet
from physics.stepping.pins import pinned
from physics.stepping.records import Mover
from scene_builder.model.pose import Pose
from scene_builder.model.stage import Stage


def join(stage: Stage, movers: Sequence[Mover], scale: float, client: int) -> None:
    """Pin a stage's bodies together; what is pinned does not collide.

    Args:
        stage: Where the joints stand.
        movers: Its bodies, already in Bullet.
        scale: Bullet lengths in a metre.
        client: Physics client.

    Raises:
        SimulationError: If a joint names a body that is not there.
    """
    for held in pinned(stage):
        if held.parent is not None:
            a, b = movers[held.parent].uid, movers[held.child].uid
            pybullet.setCollisionFilterPair(a, b, -1, -1, 0, physicsClientId=client)
        for parent_from_pin, child_from_pin in held.pins:
            parent = _inertial(movers, held.parent) @ parent_from_pin
            child = _inertial(movers, held.child) @ child_from_pin
            pybullet.createConstraint(
                _anchor(client) if held.parent is None else movers[held.parent].uid,
                -1,
                movers[held.child].uid,
                -1,
                pybullet.JOINT_POINT2POINT,
                [0, 0, 0],
                (parent.position * scale).tolist(),
                (child.position * scale).tolist(),
                physicsClientId=client,
            )


def _inertial(movers: Sequence[Mover], k: int | None) -> Pose:
    return Pose.identity() if k is None else movers[k].body_from_inertial.inverse()


def _anchor(client: int) -> int:
    """Bullet joins no free body to the world itself, but to a body without a shape."""
    return int(pybullet.createMultiBody(0, -1, useMaximalCoordinates=1, physicsClientId=client))
