"""What a builder makes: parts, their materials, and how others can use the thing."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from scene_builder.assets.shapes.solid import Solid
from scene_builder.assets.source import Cavity, Incline, Support
from scene_builder.model.arrays import Array
from scene_builder.model.stage import Collider


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A material slot.

    Attributes:
        substance: What it is made of; None for the noun's own substance, or the one asked for.
        color: A CSS name or `#rrggbb`; None for the substance's own colours; `contrast` for
            black on a light main slot and white on a dark one.
        dyed: Whether it takes the colour that is asked for.
    """

    substance: str | None = None
    color: str | None = None
    dyed: bool = False


MAIN = Slot(dyed=True)
"""The slot that a colour or a material in the words means."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A closed piece of a thing.

    Attributes:
        solid: Its surface and convex pieces.
        slot: Index of its material; the solid's own slots come on top of it.
        wall: Thickness of its wall where it is a closed hollow [m]; None where it is massive.
        fill: Its mean density as a share of its substance's (loose leaves, padding, contents).
    """

    solid: Solid
    slot: int = 0
    wall: float | None = None
    fill: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moving:
    """Parts of a blueprint that a hinge holds to the others.

    Attributes:
        name: `wheel_front_left`, `lid`.
        parts: Which of the blueprint's parts.
        point: On the hinge's axis (3) [m]; a wheel's middle.
        axis: Along it (3); turning about it, counter-clockwise, opens.
        drawn_deg: How far open it is drawn [deg].
        upper_deg: How far it opens [deg]; None for what turns without end.
        lower_deg: How far it turns the other way [deg], for what nobody drives.
        damping: Of its hinge, for a kilogram on an arm of a metre [N·m·s/rad].
        wheel: Radius and width [m] of a wheel.
        bob: Radius [m] and middle, as drawn (3) [m], of the ball that touches others.
        restitution: Its own, 0…1; None for its substance's.
    """

    name: str
    parts: tuple[int, ...]
    point: Float[Array, "3"] | tuple[float, float, float]
    axis: Float[Array, "3"] | tuple[float, float, float]
    drawn_deg: float = 0.0
    upper_deg: float | None = None
    lower_deg: float | None = None
    damping: float = 0.0
    wheel: tuple[float, float] | None = None
    bob: tuple[float, tuple[float, float, float]] | None = None
    restitution: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Blueprint:
    """A thing before it is sized and dressed, in metres, standing on z = 0, front towards −Y.

    Attributes:
        parts: Closed pieces; where they overlap the earlier one owns the mass.
        slots: Material slots; the first is the main one.
        supports: Where things can stand on it.
        cavity: Where things can lie in it.
        incline: Its slope.
        rolls: How it rolls: `any`, `x`, or None.
        collider: An exact solid; None takes the convex pieces of the parts.
        contact: Substance that touches others, where it is not the main one (wheels).
        tags: Other properties: `on_side` for what has to be laid down in order to roll,
            `wheeled` for what rolls along X as it stands, `hangs` for what hangs on a wall,
            `pendant` for what hangs by an eye of its own, `planted` for what has its foot in
            something.
        moving: What hinges hold to the rest.
        anchored: The rest stays where it is, whatever moves on it: a door's frame.
        loose: Its parts move whether or not the words say so: a seesaw's board.
    """

    parts: tuple[Part, ...]
    slots: tuple[Slot, ...] = (MAIN,)
    supports: tuple[Support, ...] = ()
    cavity: Cavity | None = None
    incline: Incline | None = None
    rolls: str | None = None
    collider: Collider | None = None
    contact: str | None = None
    tags: tuple[str, ...] = ()
    moving: tuple[Moving, ...] = ()
    anchored: bool = False
    loose: bool = False


Builder = Callable[[np.random.Generator], Blueprint]


def fixed(build: Callable[[], Blueprint]) -> Builder:
    """Return a builder that has no use for chance as one that is given some."""
    return lambda _rng: build()


def parts_of(*solids: Solid, slot: int = 0) -> tuple[Part, ...]:
    """Return massive parts of one material."""
    return tuple(Part(solid=solid, slot=slot) for solid in solids)


def top(z: float, x: float, y: float, *, at: tuple[float, float] = (0.0, 0.0)) -> Support:
    """Return a rectangular support of full edges x, y at height z [m]."""
    return Support(center=np.array([*at, z]), half_extents=np.array([x, y]) / 2)


def round_top(z: float, radius: float) -> Support:
    """Return a round support at height z [m]."""
    return Support(center=np.array([0, 0, z]), half_extents=np.full(2, radius), round=True)


def hollow(z: float, radius: float, depth: float) -> Cavity:
    """Return a cavity on the axis: floor at z, down to which a cylinder of `radius` fits [m]."""
    return Cavity(floor=np.array([0.0, 0.0, z]), radius=radius, depth=depth)


def ball_collider(radius: float) -> Collider:
    """Return the exact collider of a sphere that lies on z = 0 [m]."""
    return Collider(shape="sphere", size=(radius,), center=np.array([0, 0, radius]))


def box_collider(x: float, y: float, z: float) -> Collider:
    """Return the exact collider of a box that stands on z = 0 [m]."""
    return Collider(shape="box", size=(x, y, z), center=np.array([0, 0, z / 2]))


def cylinder_collider(radius: float, height: float) -> Collider:
    """Return the exact collider of a cylinder that stands on z = 0 [m]."""
    return Collider(shape="cylinder", size=(radius, height), center=np.array([0, 0, height / 2]))


def scaled_collider(collider: Collider, factors: Float[Array, "3"]) -> Collider | None:
    """Return a collider stretched about the origin, or None if it is no such solid any more."""
    x, y, z = (float(f) for f in factors)
    even_across = abs(x - y) < 1e-9 * x
    even = even_across and abs(x - z) < 1e-9 * x
    size = collider.size
    if collider.shape == "box":
        size = (size[0] * x, size[1] * y, size[2] * z)
    elif collider.shape == "cylinder" and even_across:
        size = (size[0] * x, size[1] * z)
    elif even:
        size = tuple(s * x for s in size)
    else:
        return None
    return Collider(shape=collider.shape, size=size, center=collider.center * factors)
