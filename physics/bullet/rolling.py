"""Resistance to rolling: a torque against the way that a thing really rolls.

Bullet resists along two axes of its own choice, each by itself: what rolls between them is braked
by up to √2 too much and is turned off its way. So Bullet's part is switched off for what rolls,
and the torque c·N (c [m], N the normal force) acts here, against the rolling. Bullet's rows hold
what has almost stopped, which no torque known a step ahead could.
"""

import math
from collections.abc import Sequence
from typing import final

from physics.bullet.bodies.colliders import is_boxes
from physics.bullet.engine import pybullet
from physics.stepping.records import Numbers, Touch, Touches
from physics.stepping.world import World
from scene_builder.model.solids.grains import grains_of

HELD_STEPS = 4.0
"""What the torque would stop within so many steps is left to Bullet's rows."""


@final
class Rolling:
    """Brakes what rolls in one Bullet world."""

    def __init__(self, world: World, client: int) -> None:
        self._world, self._client = world, client
        movers, scale = world.movers, world.scale
        self._movers = movers
        self._square = scale * scale
        bodies = [mover.body for mover in movers]
        self._friction = [body.friction for body in bodies]
        # A flat side does not roll.
        self._round = [not is_boxes(b.collider) and b.collider.shape != "plane" for b in bodies]
        self._rolling = [body.rolling_friction for body in bodies]
        self._moment = [float(mover.moments.min()) for mover in movers]
        self._held = [0.0] * len(movers)
        self._scale = scale
        grains = grains_of(bodies)  # among hundreds nobody sees which way one is turned
        self._rolls: dict[tuple[int, int], bool] = {}
        self._grain = [body.id in grains for body in bodies]

    def before_step(self, touches: Touches, touched_secs: float, step_secs: float) -> None:
        """Apply the torques of the next step, by the contacts of the last one.

        Args:
            touches: The contacts of the last step.
            touched_secs: Length of that step [s].
            step_secs: Length of the next one [s].
        """
        steps = HELD_STEPS * step_secs / touched_secs
        held: dict[int, float] = {}
        for (a, b), (impulse, normal) in self._pressed(touches).items():
            length = self._rolling[a] * self._friction[b] + self._rolling[b] * self._friction[a]
            axis, speed = _across(self._spin(a), self._spin(b), normal)
            free = self._movers[a].free
            lightest = self._moment[a] if free else math.inf
            if self._movers[b].free:
                lightest = min(lightest, self._moment[b])
            if length * impulse * steps >= lightest * speed:
                k, other = (a, b) if free else (b, a)
                wanted = length * self._scale / max(self._friction[other], 1e-6)
                held[k] = max(held.get(k, 0.0), wanted)
                continue
            torque = length * impulse / touched_secs * self._square
            self._turn(a, axis, -torque)
            self._turn(b, axis, torque)
        self._hold(held)

    def _pressed(self, touches: Touches) -> dict[tuple[int, int], tuple[float, Numbers]]:
        """Sum of the impulses, and the strongest one's normal, of each pair that may roll."""
        pairs = {}
        for pair, group in touches.by_pair.items():
            rolls = self._rolls.get(pair)
            if rolls is None:
                rolls = self._rolls[pair] = self._may_roll(*pair)
            if rolls:
                pairs[pair] = _summed(group)
        return pairs

    def _may_roll(self, a: int, b: int) -> bool:
        if not (self._round[a] or self._round[b]):
            return False
        if self._rolling[a] <= 0 and self._rolling[b] <= 0:
            return False
        return not (self._grain[a] or self._grain[b])

    def _spin(self, k: int) -> Numbers:
        if self._movers[k].mass == 0:
            return (0.0, 0.0, 0.0)
        return self._world.glance(k).spin

    def _turn(self, k: int, axis: Numbers, torque: float) -> None:
        if self._movers[k].free:
            x, y, z = axis
            pybullet.applyExternalTorque(
                self._movers[k].uid, -1, (x * torque, y * torque, z * torque),
                pybullet.WORLD_FRAME, physicsClientId=self._client,
            )  # fmt: skip

    def _hold(self, held: dict[int, float]) -> None:
        """Let Bullet's rows resist for these bodies, and for no others."""
        for k, before in enumerate(self._held):
            wanted = held.get(k, 0.0)
            if wanted != before:
                self._held[k] = wanted
                pybullet.changeDynamics(
                    self._movers[k].uid, -1, rollingFriction=wanted, physicsClientId=self._client
                )


def _summed(group: Sequence[Touch]) -> tuple[float, Numbers]:
    """Sum of the impulses, and the strongest one's normal."""
    total, most, normal = 0.0, 0.0, group[0].normal
    for _, _, _, way, _, impulse in group:
        total += impulse
        if impulse > most:
            normal, most = way, impulse
    return total, normal


def _across(a: Numbers, b: Numbers, normal: Numbers) -> tuple[Numbers, float]:
    """Axis and speed [rad/s] at which `a` rolls on `b`: spinning about the normal is none."""
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    nx, ny, nz = normal
    along = x * nx + y * ny + z * nz
    x, y, z = x - along * nx, y - along * ny, z - along * nz
    speed = math.sqrt(x * x + y * y + z * z)
    if speed <= 0:
        return (0.0, 0.0, 0.0), 0.0
    return (x / speed, y / speed, z / speed), speed
