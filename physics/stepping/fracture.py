"""Breaking: a body makes way for its pieces when it is struck hard enough, or bursts.

What a blow does to a body depends on the energy that goes into the contact: Hertz's peak force is
K·E*^0.4·R^0.2·(m·v²)^0.6 (Johnson 1985, ch. 11), with m the effective mass that meets at the
contact and v the speed. A body breaks where m·v² is more than that of its own mass at its break
speed, so the impulse m·v that it bears is `break_impulse`·√(m / mass): a cup that topples strikes
with a fifth of its mass, and stays whole.

It passes on the impulse that it bears and no more; its pieces keep the rest, as the rigid body's
motion, and meet what they fly towards themselves. Linear and angular momentum are kept exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from physics.stepping.records import Glance, Motion, Touch, Touches
from physics.stepping.world import World
from scene_builder.model.arrays import Array
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.stage import StageAction

SPRUNG_SHARE = 0.1
"""Share of the energy that a break takes from the motion which drives the pieces apart: most of
it is lost in cracks, in sound and in what the pieces do to the floor."""

CUSHIONS = {
    "wood": 1.5, "plastic": 1.5, "leather": 2.0, "cardboard": 3.0, "paper": 3.0, "grass": 6.0,
    "soil": 6.0, "mud": 6.0, "snow": 6.0, "sand": 6.0, "rubber": 6.0, "fabric": 6.0,
    "felt": 6.0, "foam": 8.0, "wax": 2.0, "leaf": 6.0, "skin_of_fruit": 4.0,
}  # fmt: skip
"""How many times faster a body may strike what its surface is made of than hard ground. Hertz
gives (E*hard / E*)^⅓: 3 for wood (1 GPa across the grain), 10 and more for what one can dent with
a finger. The bending of thin walls softens every blow, so that wood counts for half of that."""


@dataclass(frozen=True, slots=True, eq=False)
class _Blow:
    """All touches of a body with another in one step.

    Attributes:
        k: Index of the body.
        other: Index of the other.
        point: Where [m].
        push: Unit vector of the push on the body.
        given: The impulse that the engine gave in this step [N·s].
        impulse: What stops the approach altogether [N·s].
        limit: What the body bears there [N·s].
        mass: Effective mass that meets there [kg].
    """

    k: int
    other: int
    point: Float[Array, "3"]
    push: Float[Array, "3"]
    given: float
    impulse: float
    limit: float
    mass: float


@final
class Fracture:
    """The bodies of one world that can break, and their pieces."""

    def __init__(self, world: World) -> None:
        self._world = world
        index = {body_id: k for k, body_id in enumerate(world.stage.body_ids)}
        found: dict[int, list[int]] = {}
        for k, body in enumerate(world.stage.bodies):
            if body.piece_of is not None and body.piece_of in index:
                found.setdefault(index[body.piece_of], []).append(k)
        self.pieces = {k: tuple(found[k]) for k in sorted(found)}
        self.present = np.ones(len(index), np.bool_)
        for group in self.pieces.values():
            for k in group:
                world.take_out(k)
                self.present[k] = False
        self._bursts: dict[int, list[StageAction]] = {}
        for action in world.stage.actions:
            if action.kind == "burst" and index.get(action.body) in self.pieces:
                tick = max(0, round(action.start_secs / world.tick_secs))
                self._bursts.setdefault(tick, []).append(action)

    def before_step(self, tick: int) -> None:
        """Let burst what is due at a tick."""
        for action in self._bursts.get(tick, ()):
            k = self._world.stage.body_ids.index(action.body)
            if self._can_break(k):
                self._break(k, self._world.motion(k), float(action.linear[0]))

    def after_step(
        self, touches: Touches, before: Sequence[Glance | None]
    ) -> tuple[Touches, list[Touch]]:
        """Break what was struck too hard in the step just made.

        Args:
            touches: The contact points with force of that step.
            before: Motions at its start; None for what did not move.

        Returns:
            The touches of what is still there, and those that broke something.
        """
        spent: set[int] = set()
        scale: dict[tuple[int, int], float] = {}
        for k in self.pieces:
            if not self._can_break(k):
                continue
            blows = [b for b in self._blows(k, touches, before) if b.impulse > b.limit]
            if blows:
                blow = max(blows, key=lambda one: one.impulse / one.limit)
                self._strike(blow)
                pair = (max(k, blow.other), min(k, blow.other))
                scale[pair] = blow.limit / blow.given
                spent.add(k)
        if not spent:
            return touches, []
        left = Touches(touch for touch in touches if not spent & {touch.a, touch.b})
        gone = [
            touch._replace(
                impulse=touch.impulse
                * scale.get((max(touch.a, touch.b), min(touch.a, touch.b)), 1.0)
            )
            for touch in touches
            if spent & {touch.a, touch.b}
        ]
        return left, gone

    def middle(self, k: int) -> tuple[Float[Array, "3"], Float[Array, "3"]]:
        """Return the centre of mass [m] and velocity [m/s] of all pieces of a broken body."""
        movers = [self._world.movers[piece] for piece in self.pieces[k]]
        motions = [self._world.motion(piece) for piece in self.pieces[k]]
        masses = np.array([mover.mass for mover in movers])
        masses /= masses.sum()
        return (
            masses @ np.array([motion.center for motion in motions]),
            masses @ np.array([motion.linear for motion in motions]),
        )

    def _can_break(self, k: int) -> bool:
        pieces = self.pieces[k]
        free = self._world.movers[k].free and all(self._world.movers[p].mass > 0 for p in pieces)
        return bool(self.present[k]) and free

    def _blows(
        self, k: int, touches: Sequence[Touch], before: Sequence[Glance | None]
    ) -> list[_Blow]:
        world, body = self._world, self._world.movers[k].body
        if body.break_impulse is None:
            return []
        groups: dict[int, list[Touch]] = {}
        for touch in touches:
            if k in (touch.a, touch.b):
                groups.setdefault(touch.b if touch.a == k else touch.a, []).append(touch)
        blows = []
        for other, group in groups.items():
            impulses = np.array([touch.impulse for touch in group])
            given = float(impulses.sum())
            point = impulses @ np.array([touch.point for touch in group]) / given
            signs = np.array([1.0 if touch.a == k else -1.0 for touch in group])
            push = (impulses * signs) @ np.array([touch.normal for touch in group])
            push /= max(float(np.linalg.norm(push)), 1e-12)
            mass = 1.0 / (self._mobility(k, point, push) + self._mobility(other, point, push))
            surface = world.movers[other].body.materials[0].name
            limit = body.break_impulse * float(np.sqrt(mass / body.mass_kg))
            limit *= CUSHIONS.get(surface, 1.0)
            # An engine may stop an approach in several steps; the speed at its start tells all.
            speed = self._speed(other, before, point, push) - self._speed(k, before, point, push)
            blows.append(_Blow(k, other, point, push, given, mass * speed, limit, mass))
        return blows

    def _speed(
        self,
        k: int,
        before: Sequence[Glance | None],
        point: Float[Array, "3"],
        way: Float[Array, "3"],
    ) -> float:
        glance = before[k]
        if glance is None:
            return 0.0
        x, y, z = map(float, point)
        u, v, w = map(float, way)
        return glance.speed_at((x, y, z), (u, v, w), self._world.scale)

    def _mobility(self, k: int, point: Float[Array, "3"], way: Float[Array, "3"]) -> float:
        """Speed along `way` that a unit impulse along it gives a body's matter there [1/kg]."""
        motion = self._world.motion(k)
        lever = np.cross(point - motion.center, way)
        inertia = self._world.inverse_inertia(k, motion.rotation)
        return self._world.inverse_mass(k) + float(lever @ inertia @ lever)

    def _strike(self, blow: _Blow) -> None:
        """Take back what the body could not pass on, and break it."""
        spare = (blow.given - blow.limit) * blow.push
        struck = self._pushed(blow.k, blow.point, -spare)
        if self._world.movers[blow.other].free:
            other = self._pushed(blow.other, blow.point, spare)
            self._world.set_velocity(blow.other, other.linear, other.angular)
        lost = blow.limit * (blow.impulse - blow.limit / 2) / blow.mass
        spread = float(np.sqrt(2 * SPRUNG_SHARE * lost / self._world.movers[blow.k].mass))
        self._break(blow.k, struck, spread)

    def _pushed(self, k: int, point: Float[Array, "3"], impulse: Float[Array, "3"]) -> Motion:
        motion, world = self._world.motion(k), self._world
        turn = world.inverse_inertia(k, motion.rotation) @ np.cross(point - motion.center, impulse)
        return Motion(
            center=motion.center,
            wxyz=motion.wxyz,
            linear=motion.linear + world.inverse_mass(k) * impulse,
            angular=motion.angular + turn,
        )

    def _break(self, k: int, motion: Motion, spread: float) -> None:
        """Replace a body by its pieces.

        Args:
            k: Index of the body.
            motion: How it moves.
            spread: Root of the mean square of the speed, by mass, at which the pieces fly apart
                [m/s]: each in proportion to its distance from the middle, which changes neither
                momentum.
        """
        world, mover = self._world, self._world.movers[k]
        frame = Pose(position=motion.center, wxyz=motion.wxyz) @ mover.inertial_from_body
        pieces = [world.movers[piece] for piece in self.pieces[k]]
        masses = np.array([piece.mass for piece in pieces])
        centers = frame @ np.array([piece.body.center_of_mass for piece in pieces])
        middle = masses @ centers / masses.sum()
        arms = centers - middle
        inertia = np.zeros((3, 3))
        for piece, mass, arm in zip(pieces, masses, arms, strict=True):
            own = frame.rotation @ piece.body.inertia @ frame.rotation.T
            inertia += own + mass * (arm @ arm * np.eye(3) - np.outer(arm, arm))
        axes = rotation_from_wxyz(motion.wxyz)
        spin = np.linalg.solve(inertia, (axes * mover.moments) @ axes.T @ motion.angular)
        linear = motion.linear * mover.mass / masses.sum()
        reach = float(np.sqrt(masses @ np.square(arms).sum(axis=1) / masses.sum()))
        world.take_out(k)
        self.present[k] = False
        for one, arm in zip(self.pieces[k], arms, strict=True):
            speed = linear + np.cross(spin, arm) + spread * arm / max(reach, 1e-9)
            world.put_in(one, frame, speed, spin)
            self.present[one] = True
