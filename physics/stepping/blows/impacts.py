"""Bounces: Newton's law of impact, applied where the engine has stopped an approach.

Engines brake what approaches so that it just touches at the end of a step. Bullet's own
restitution then loses up to a whole gap per step of rebound speed (measured: a perfectly elastic
ball at 480 Hz kept 60 % of its height), and MuJoCo has none. So they run without, and the
rebound is added here: relative normal velocity after = −restitution × before (Newton, 1687),
for all impacts of one step together by projected Gauss–Seidel (Moreau 1988; Jean 1999), with
Coulomb's friction on the rebound's impulse. What joints hold answers a blow together
(`physics.stepping.blows.coupling`).
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from physics.stepping.blows.coupling import Coupling, Group
from physics.stepping.records import Glance, Motion, Numbers, Touch, Touches
from physics.stepping.rows import cross
from physics.stepping.world import World
from scene_builder.model.arrays import Array

SWEEPS = 20
"""Gauss–Seidel sweeps over the impacts of one step."""

REBOUND_STEPS = 1.0
"""A rebound that gravity would end within so many steps is none: the thing rests."""


@dataclass(slots=True, eq=False)
class _Impact:
    a: int
    b: int
    point: Float[Array, "3"]
    normal: Float[Array, "3"]
    rebound: float
    friction: float
    mobility: float
    impulse: float = 0.0


@final
class Impacts:
    """Finds and resolves the impacts of every step of one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        bodies = [mover.body for mover in world.movers]
        self._restitution = [body.restitution for body in bodies]
        self._friction = [body.friction for body in bodies]
        self._reach = [float(np.linalg.norm(body.mesh.extents)) for body in bodies]
        self._gravity: list[float] = world.stage.gravity.tolist()
        self._coupling = Coupling(world)

    def resolve(
        self,
        touches: Touches,
        before: Sequence[Glance | None],
        caught: Collection[tuple[int, int]] = (),
    ) -> Touches:
        """Let what has hit something rebound.

        Args:
            touches: The contact points with force of the step just made.
            before: Motions at the start of that step; None for what never moves.
            caught: Pairs that stick together from now on.

        Returns:
            The touches, with the rebounds' impulses added.
        """
        rows = [one for one in self._may_bounce(touches, before) if one[:2] not in caught]
        impacts = self._gather(rows, before) if rows else {}
        if not impacts:
            return touches
        self._solve(list(impacts.values()), touches)
        return _with_rebounds(touches, impacts)

    def _fastest(self, k: int, glance: Glance | None) -> float:
        """Bound of the speed of any matter of body `k` [m/s]."""
        if glance is None:
            return 0.0
        return math.hypot(*glance.velocity) / self._world.scale + (
            math.hypot(*glance.spin) * self._reach[k]
        )

    def _may_bounce(self, touches: Touches, before: Sequence[Glance | None]) -> list[Touch]:
        """Return the touches of pairs that are fast enough for an impact."""
        fastest: dict[int, float] = {}
        found = set()
        for pair in touches.by_pair:
            if self._restitution[pair[0]] * self._restitution[pair[1]] <= 0:
                continue
            for k in pair:
                if k not in fastest:
                    fastest[k] = self._fastest(k, before[k])
            if fastest[pair[0]] + fastest[pair[1]] > self._world.bounce_speed:
                found.add(pair)
        return [touch for touch in touches if touch[:2] in found] if found else []

    def _gather(
        self, rows: Sequence[Touch], before: Sequence[Glance | None]
    ) -> dict[tuple[int, int], _Impact]:
        """Merge the approaching contact points of each pair, weighted by their impulses."""
        by_pair: dict[tuple[int, int], list[tuple[Touch, float]]] = {}
        for touch in rows:
            approach = self._approach(touch, before)
            if approach > self._world.bounce_speed:
                by_pair.setdefault((touch.a, touch.b), []).append((touch, approach))
        impacts = {}
        for (a, b), hits in by_pair.items():
            weights = np.array([touch.impulse for touch, _ in hits])
            weights /= weights.sum()
            normal = weights @ np.array([touch.normal for touch, _ in hits])
            normal /= max(float(np.linalg.norm(normal)), 1e-12)
            rebound = (
                self._restitution[a]
                * self._restitution[b]
                * float(weights @ np.array([approach for _, approach in hits]))
            )
            fall = self._fall(a, b, (float(normal[0]), float(normal[1]), float(normal[2])))
            if rebound <= REBOUND_STEPS * fall * self._world.step_secs:
                continue
            point = weights @ np.array([touch.point for touch, _ in hits])
            friction = self._friction[a] * self._friction[b]
            impacts[a, b] = _Impact(a, b, point, normal, rebound, friction, 0.0)
        return impacts

    def _fall(self, a: int, b: int, normal: Numbers) -> float:
        """How fast gravity speeds up the approach of a to b along the normal [m/s²]."""
        movers, (gx, gy, gz), (x, y, z) = self._world.movers, self._gravity, normal
        return -(gx * x + gy * y + gz * z) * (movers[a].free - movers[b].free)

    def _approach(self, touch: Touch, before: Sequence[Glance | None]) -> float:
        """Speed at which the surfaces meet [m/s], at the place and time where they do.

        The engine's velocities are those of half a step ago, and the gap is still to be crossed.
        """
        scale = self._world.scale
        speed = 0.0
        for k, sign in ((touch.a, -1.0), (touch.b, 1.0)):
            glance = before[k]
            if glance is not None:
                speed += sign * glance.speed_at(touch.point, touch.normal, scale)
        fall = self._fall(touch.a, touch.b, touch.normal)
        speed += fall * self._world.step_secs / 2
        if speed <= 0:
            return 0.0
        return math.sqrt(max(speed**2 + 2 * fall * max(touch.distance, 0.0), 0.0))

    def _solve(self, impacts: Sequence[_Impact], touches: Touches) -> None:
        world = self._world
        struck = {k for hit in impacts for k in (hit.a, hit.b)}
        groups = self._coupling.groups(sorted(struck))
        ids = sorted(struck | set(groups))
        motions = {k: world.motion(k) for k in ids}
        velocities = {k: (m.linear.copy(), m.angular.copy()) for k, m in motions.items()}
        inverse = {
            k: (world.inverse_mass(k), world.inverse_inertia(k, motions[k].rotation)) for k in ids
        }
        solver = _Solver(motions, velocities, inverse, groups)
        for hit in impacts:
            hit.mobility = solver.mobility(hit, hit.normal)
        for _ in range(SWEEPS if len(impacts) > 1 else 1):
            changed = [solver.rebound(hit) for hit in impacts]
            if not any(changed):
                break
        for hit in impacts:
            solver.rub(hit)
        for k in ids:
            if world.movers[k].free:
                linear, angular = velocities[k]
                if k not in groups and self._flies(k, impacts, touches):
                    # A flight starts half a step late, so that positions lie on the parabola.
                    linear -= world.stage.gravity * world.step_secs / 2
                world.set_velocity(k, linear, angular)

    @staticmethod
    def _flies(k: int, impacts: Sequence[_Impact], touches: Touches) -> bool:
        hits = {(hit.a, hit.b) for hit in impacts if hit.impulse > 0}
        pairs = {pair for pair in touches.by_pair if k in pair}
        return bool(pairs) and pairs <= hits


@dataclass(frozen=True, slots=True, eq=False)
class _Solver:
    motions: dict[int, Motion]
    velocities: dict[int, tuple[Float[Array, "3"], Float[Array, "3"]]]
    inverse: dict[int, tuple[float, Float[Array, "3 3"]]]
    groups: dict[int, Group]

    def mobility(self, hit: _Impact, direction: Float[Array, "3"]) -> float:
        """Relative velocity along `direction` that a unit impulse along it makes [1/kg]."""
        if hit.a in self.groups or hit.b in self.groups:
            loads, changes = self._loads(hit, direction), self._answer(hit, direction)
            return sum(float(load @ changes[k]) for k, load in loads.items() if k in changes)
        total = 0.0
        for k in (hit.a, hit.b):
            mass, inertia = self.inverse[k]
            lever = cross(hit.point - self.motions[k].center, direction)
            total += mass + float(lever @ inertia @ lever)
        return total

    def relative(self, hit: _Impact) -> Float[Array, "3"]:
        """Velocity of a's surface against b's at the impact (3) [m/s]."""
        (va, wa), (vb, wb) = self.velocities[hit.a], self.velocities[hit.b]
        ra = hit.point - self.motions[hit.a].center
        rb = hit.point - self.motions[hit.b].center
        return np.asarray(va + cross(wa, ra) - vb - cross(wb, rb))

    def push(self, hit: _Impact, impulse: Float[Array, "3"]) -> None:
        """Change both bodies' velocities by an impulse [N·s] on a, and its opposite on b."""
        if hit.a in self.groups or hit.b in self.groups:
            for k, change in self._answer(hit, impulse).items():
                linear, angular = self.velocities[k]
                linear += change[:3]
                angular += change[3:]
            return
        for k, sign in ((hit.a, 1.0), (hit.b, -1.0)):
            mass, inertia = self.inverse[k]
            linear, angular = self.velocities[k]
            lever = hit.point - self.motions[k].center
            linear += sign * mass * impulse
            angular += sign * (inertia @ cross(lever, impulse))

    def _loads(self, hit: _Impact, impulse: Float[Array, "3"]) -> dict[int, Float[Array, "6"]]:
        """Return the impulse and angular impulse on both bodies (6)."""
        loads = {}
        for k, sign in ((hit.a, 1.0), (hit.b, -1.0)):
            lever = hit.point - self.motions[k].center
            loads[k] = sign * np.concatenate([impulse, cross(lever, impulse)])
        return loads

    def _answer(self, hit: _Impact, impulse: Float[Array, "3"]) -> dict[int, Float[Array, "6"]]:
        """Return how a blow changes the velocities of both bodies, and of what they are joined to.

        Two bodies of one group share its rows.
        """
        changes: dict[int, Float[Array, 6]] = {}
        for k, load in self._loads(hit, impulse).items():
            group = self.groups.get(k)
            if group is None:
                mass, inertia = self.inverse[k]
                changes[k] = np.concatenate([mass * load[:3], inertia @ load[3:]])
                continue
            change = group.response[:, group.part(k)] @ load
            for n, other in enumerate(group.ids):
                changes[other] = changes.get(other, np.zeros(6)) + change[6 * n : 6 * n + 6]
        return changes

    def rebound(self, hit: _Impact) -> bool:
        """One Gauss–Seidel step on the normal velocity; the impulse only ever pushes.

        Returns:
            Whether it changed anything.
        """
        if hit.mobility <= 0:
            return False
        missing = hit.rebound - float(self.relative(hit) @ hit.normal)
        impulse = max(hit.impulse + missing / hit.mobility, 0.0)
        if impulse == hit.impulse:
            return False
        self.push(hit, (impulse - hit.impulse) * hit.normal)
        hit.impulse = impulse
        return True

    def rub(self, hit: _Impact) -> None:
        """Friction that goes with the rebound's impulse: it slows sliding, never reverses it."""
        slide = self.relative(hit)
        slide -= (slide @ hit.normal) * hit.normal
        speed = float(np.linalg.norm(slide))
        if speed <= 0 or hit.impulse <= 0:
            return
        direction = slide / speed
        stopping = speed / self.mobility(hit, direction)
        self.push(hit, -direction * min(stopping, hit.friction * hit.impulse))


def _with_rebounds(touches: Touches, impacts: dict[tuple[int, int], _Impact]) -> Touches:
    """Return the touches with the rebounds' impulses shared out among those of each pair."""
    hits = {pair: hit.impulse for pair, hit in impacts.items() if hit.impulse > 0}
    totals = {pair: sum(touch.impulse for touch in touches.by_pair[pair]) for pair in hits}
    return Touches(
        touch._replace(impulse=touch.impulse * (1 + hits[touch[:2]] / totals[touch[:2]]))
        if touch[:2] in hits
        else touch
        for touch in touches
    )
