"""The fluids of one world's stage, step by step."""

from collections.abc import Sequence
from typing import Protocol, final, runtime_checkable

import numpy as np
from jaxtyping import Float

from physics.fields.forces import Moving, below_surface, in_the_open
from scene_builder.model.arrays import Array
from scene_builder.model.errors import SimulationError
from scene_builder.model.pose import Pose, rotation_from_wxyz
from scene_builder.model.solids.displacement import cells_of
from scene_builder.model.stage import Stage


@runtime_checkable
class _Seen(Protocol):
    """Where a body is and how it moves: a `Motion` of `physics.stepping`."""

    @property
    def center(self) -> Float[Array, "3"]: ...
    @property
    def wxyz(self) -> Float[Array, "4"]: ...
    @property
    def linear(self) -> Float[Array, "3"]: ...
    @property
    def angular(self) -> Float[Array, "3"]: ...


@runtime_checkable
class _Movable(Protocol):
    """One body of a world: a `Mover` of `physics.stepping`."""

    @property
    def free(self) -> bool: ...
    @property
    def mass(self) -> float: ...
    @property
    def body_from_inertial(self) -> Pose: ...


@runtime_checkable
class _Pushable(Protocol):
    """All that fluids ask of a world."""

    @property
    def stage(self) -> Stage: ...
    @property
    def step_secs(self) -> float: ...
    @property
    def movers(self) -> Sequence[_Movable]: ...
    def motion(self, k: int) -> _Seen: ...
    def push(
        self, k: int, force: Float[Array, "3"], torque: Float[Array, "3"] | None = None
    ) -> None: ...


@final
class Immersed:
    """Pushes the bodies of one world that feel a fluid."""

    def __init__(self, world: _Pushable) -> None:
        self._world = world
        stage = world.stage
        fluids = {fluid.name: fluid for fluid in stage.fluids}
        index = {body_id: k for k, body_id in enumerate(stage.body_ids)}
        self._felt = []
        for immersion in stage.immersions:
            if immersion.body not in index or immersion.fluid not in fluids:
                raise SimulationError(
                    f"{immersion.body!r} is said to feel {immersion.fluid!r}; there are the "
                    f"fluids {', '.join(fluids) or 'none'} and the bodies {', '.join(index)}"
                )
            k, fluid = index[immersion.body], fluids[immersion.fluid]
            body = stage.bodies[k]
            surfaced = fluid.surface_z is not None
            cells = None
            if surfaced:
                cells = cells_of(body.collider, body.mesh, hollow=immersion.hollow)
            self._felt.append((k, immersion, fluid, cells))

    def before_step(self) -> None:
        """Let every fluid act for one step."""
        world, gravity, dt = self._world, self._world.stage.gravity, self._world.step_secs
        for k, immersion, fluid, cells in self._felt:
            mover = world.movers[k]
            if not mover.free:
                continue
            motion = world.motion(k)
            inertial = mover.body_from_inertial
            rotation = rotation_from_wxyz(motion.wxyz) @ inertial.rotation.T
            moving = Moving(
                mass=mover.mass, center=motion.center, rotation=rotation,
                origin=motion.center - rotation @ inertial.position,
                linear=motion.linear, angular=motion.angular,
            )  # fmt: skip
            if cells is None:
                wrench = in_the_open(moving, immersion, fluid, gravity, dt)
            else:
                wrench = below_surface(moving, cells, immersion, fluid, gravity, dt)
            if np.any(wrench.force) or np.any(wrench.torque):
                world.push(k, wrench.force, wrench.torque)
