"""The seam for assets: a noun and its description become a shape."""

from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from jaxtyping import Float

from scene_builder.assets.mass import MassProperties
from scene_builder.model.arrays import Array, set_read_only
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Collider
from scene_builder.model.words import JointKind

COUNTED_TAG = "counted"
"""Tag of what has as many legs, points, petals or boards as the words say."""

Variant = Literal["open", "cut", "mounted", "going"]
"""Forms that some things have besides their usual one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What the words say about a thing besides its noun; None is the source's choice.

    Attributes:
        color: A CSS name or `#rrggbb`.
        material: A substance.
        size: A size word, or the largest dimension [m].
        mass_kg: Mass [kg].
        place: The kind of place that it stands in.
        partner_size_m: Footprint that it has to carry or hold [m], where that matters.
        variant: `open` for what something lies in (a box, a pot without its lid), `cut` for a
            flower without its pot, `mounted` for what is fixed to a wall, `going` for an animal
            that does not sit; None for the usual form.
        text: The words that it bears; "" for none.
    """

    color: str | None = None
    material: str | None = None
    size: str | float | None = None
    mass_kg: float | None = None
    place: str | None = None
    partner_size_m: float | None = None
    variant: Variant | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Support:
    """A flat, level area on which things can stand, in the body's frame.

    Attributes:
        center: Middle of the area (3) [m].
        half_extents: Half its size along x and y (2) [m]; for a disc, its radius twice.
        round: Whether it is a disc.
    """

    center: Float[Array, "3"]
    half_extents: Float[Array, "2"]
    round: bool = False

    def __post_init__(self) -> None:
        set_read_only(self, "center", np.float64, (3,))
        set_read_only(self, "half_extents", np.float64, (2,))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cavity:
    """An open hollow into which things can be put or fall, in the body's frame.

    Attributes:
        floor: Centre of the hollow's floor (3) [m].
        radius: Largest radius of a cylinder that fits in down to the floor [m].
        depth: From the floor up to the rim [m].
    """

    floor: Float[Array, "3"]
    radius: float
    depth: float

    def __post_init__(self) -> None:
        set_read_only(self, "floor", np.float64, (3,))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Incline:
    """A slope that things roll or slide down, in the body's frame.

    Attributes:
        top: Middle of its upper edge (3) [m].
        bottom: Middle of its lower edge (3) [m].
        width: Across the slope [m].
    """

    top: Float[Array, "3"]
    bottom: Float[Array, "3"]
    width: float

    def __post_init__(self) -> None:
        set_read_only(self, "top", np.float64, (3,))
        set_read_only(self, "bottom", np.float64, (3,))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RigidPart:
    """What moves as one: its surface, its solid and its mass, all in one frame."""

    mesh: Mesh
    collider: Collider
    mass: MassProperties


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MovingPart:
    """A part that a joint holds to the base; its frame is the joint's.

    Attributes:
        name: `wheel_front_left`, `lid`.
        shape: In its own frame: origin on the joint's axis, Z along it.
        asset_from_part: Where it is as the asset is drawn.
        kind: `hinge` or `slider`.
        drawn_at: Angle [rad] or way [m] from shut at which the asset is drawn; 0 is shut.
        upper: Open as far as it goes [rad or m]; None for what turns without end.
        lower: As far as it goes the other way [rad or m]; None where `upper` says it all.
        damping: Of its joint [N·m·s/rad or N·s/m].
        radius: Of a wheel [m]; None for what is no wheel.
        restitution: 0…1; None for that of the whole.
    """

    name: str
    shape: RigidPart
    asset_from_part: Pose
    kind: JointKind = "hinge"
    drawn_at: float = 0.0
    upper: float | None = None
    lower: float | None = None
    damping: float = 0.0
    radius: float | None = None
    restitution: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mechanism:
    """An asset taken apart at its joints.

    Attributes:
        base: What the parts are joined to, in the asset's frame.
        parts: What moves on it.
        anchored: The base stays where it is: a door's frame.
        loose: The parts move whether or not the words say so: a seesaw's board.
    """

    base: RigidPart
    parts: tuple[MovingPart, ...]
    anchored: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asset:
    """A shape with everything that physics and pictures need to know about it.

    Frame: metres, Z up, origin at the base's centre, front towards −Y.

    Attributes:
        noun: What it is.
        mesh: Surface; solids are closed.
        collider: Solid, in the same frame.
        materials: One for each slot of the mesh.
        substance: Main substance: it gives friction, restitution and the sound.
        mass_kg: Mass [kg], from the volume of each part and its density.
        center_of_mass: (3) [m].
        inertia: About the centre of mass (3 3) [kg·m²].
        supports: Where things can stand on it, largest first.
        cavity: Where things can lie in it, or None.
        incline: Its slope, or None.
        rolls: It rolls: `any` way (a ball), along `x` (its axis is Y: a can on its side, a
            car), or not at all (None).
        furniture: It is static unless the words move it (a table, a shelf, a tree).
        mechanism: The same shape taken apart at its joints, or None.
        credit: Where it comes from.
    """

    noun: str
    mesh: Mesh
    collider: Collider
    materials: tuple[Material, ...]
    substance: str
    mass_kg: float
    center_of_mass: Float[Array, "3"]
    inertia: Float[Array, "3 3"]
    credit: AssetCredit
    supports: tuple[Support, ...] = ()
    cavity: Cavity | None = None
    incline: Incline | None = None
    rolls: str | None = None
    furniture: bool = False
    tags: tuple[str, ...] = field(default=())
    mechanism: Mechanism | None = None

    def __post_init__(self) -> None:
        set_read_only(self, "center_of_mass", np.float64, (3,))
        set_read_only(self, "inertia", np.float64, (3, 3))


@runtime_checkable
class AssetSource(Protocol):
    """Finds a shape for a noun."""

    def find(self, noun: str, description: Description, rng: np.random.Generator) -> Asset | None:
        """Return an asset for `noun`, or None if this source has nothing that fits."""
        ...
