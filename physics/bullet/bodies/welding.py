"""Bodies that are welded together while a film runs."""

from physics.bullet.engine import pybullet
from physics.stepping.pins import weld_pins
from physics.stepping.world import World


def weld(world: World, client: int, k: int, other: int) -> list[int]:
    """Pin body `k` to another as both are now, and return Bullet's ids of the pins.

    Args:
        world: Its bodies are in Bullet.
        client: Physics client.
        k: Index of the body.
        other: Index of what it is pinned to.
    """
    made = []
    for in_other, in_body in weld_pins(world, k, other):
        made.append(
            int(
                pybullet.createConstraint(
                    world.movers[other].uid,
                    -1,
                    world.movers[k].uid,
                    -1,
                    pybullet.JOINT_POINT2POINT,
                    [0, 0, 0],
                    (in_other * world.scale).tolist(),
                    (in_body * world.scale).tolist(),
                    physicsClientId=client,
                )
            )
        )
    return made
