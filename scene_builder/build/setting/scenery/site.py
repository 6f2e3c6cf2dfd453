"""Where scenery may stand, and what it needs to know about its place."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.build.setting.air import Air
from scene_builder.build.setting.kinds import Place
from scene_builder.build.setting.shell import Shell
from scene_builder.layout.items import Placed
from scene_builder.model.arrays import Array
from scene_builder.model.chance import stream


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Site:
    """A place with its measures, as builders of scenery see it.

    Attributes:
        place: The kind of place.
        shell: Its inner faces.
        focus: Middle of the event (3) [m].
        back_y: How far back anything of the event stands [m].
        reach_m: Half the width of all that stands there [m].
        night: Whether windows are lit from inside.
        air: What far things fade into.
        seed: Seed of the run.
        standing: What stands there.
    """

    place: Place
    shell: Shell
    focus: Float[Array, "3"]
    back_y: float
    reach_m: float
    night: bool
    air: Air
    seed: int
    standing: tuple[Placed, ...] = ()

    @property
    def middle_x(self) -> float:
        """Middle of the event, left to right [m]."""
        return float(self.focus[0])

    def behind(self, metres: float, *, least: float) -> float:
        """Return a place so many metres behind the event, and at least so far back [m]."""
        return max(self.back_y + metres, least)

    def rng(self, name: str) -> np.random.Generator:
        """Return the random stream of one piece of scenery."""
        return stream(self.seed, "build", "scenery", name)
