"""What was changed by hand since a stage was shown."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.pose import Pose
from scene_builder.model.words import Mobility


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BodyEdit:
    """What is otherwise about one body; None is as it was.

    Attributes:
        body: Body id.
        pose: Where it begins.
        scale: Factors on its size along its own axes (3).
        colors: Linear-light RGB by material slot.
        mobility: How it may move.
        mass_kg: [kg].
        friction: Coulomb's coefficient.
    """

    body: str
    pose: Pose | None = None
    scale: Float[Array, "3"] | None = None
    colors: tuple[tuple[int, tuple[float, float, float]], ...] = ()
    mobility: Mobility | None = None
    mass_kg: float | None = None
    friction: float | None = None

    def __post_init__(self) -> None:
        if self.scale is not None:
            set_read_only(self, "scale", np.float64, (3,))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Addition:
    """A thing that was not on the stage.

    Attributes:
        body: The id that it gets.
        noun: What it is.
        vertices: Corners in its own frame (v 3) [m], the middle of its base at the origin.
        triangles: Corner indices (t 3), sorted by slot.
        slots: Material slot of each triangle (t).
        colors: Linear-light RGB of each slot.
        substance: What it is made of.
        mobility: How it may move.
        pose: Where it begins.
        mass_kg: [kg]; None for what its volume and substance give.
        friction: None for the substance's.
    """

    body: str
    noun: str
    vertices: Float[Array, "v 3"]
    triangles: Int[Array, "t 3"]
    slots: Int[Array, " t"]
    colors: tuple[tuple[float, float, float], ...]
    substance: str
    mobility: Mobility
    pose: Pose
    mass_kg: float | None = None
    friction: float | None = None

    def __post_init__(self) -> None:
        set_read_only(self, "vertices", np.float32, (None, 3))
        set_read_only(self, "triangles", np.int32, (None, 3))
        set_read_only(self, "slots", np.int32, (len(self.triangles),))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edits:
    """All that was changed.

    Attributes:
        bodies: Bodies of which something is otherwise.
        removed: Ids of bodies that are gone.
        added: Things that are new.
    """

    bodies: tuple[BodyEdit, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[Addition, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was changed."""
        return bool(self.bodies or self.removed or self.added)
