"""From a bare surface to an asset: sized, dressed, weighed, and given its solid."""

from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from scene_builder.assets.mass import MassProperties
from scene_builder.assets.measuring.dressing import dressed_rand
from scene_builder.assets.measuring.height_field import height_field
from scene_builder.assets.measuring.hollow import hollow
from scene_builder.assets.measuring.level_faces import supports
from scene_builder.assets.measuring.solid_shape import collider_of, lightened, mass_of_surface
from scene_builder.assets.normalise import guessed_unit_m, normalised
from scene_builder.assets.procedural.proportions import plausible_mass
from scene_builder.assets.source import Asset, Cavity, Description, Support
from scene_builder.assets.surface import Surface
from scene_builder.knowledge.materials import substance as substance_named
from scene_builder.knowledge.nouns import Noun
from scene_builder.model.arrays import Array
from scene_builder.model.mesh import Mesh
from scene_builder.model.stage import AssetCredit, Collider

ROOM_FOR_PARTNER = 1.15
"""A thing that carries or holds another is made this much larger than the other's footprint."""

MEASURED_TRIANGLES = 20_000
"""Triangles on which hollows and level faces are looked for, at most."""

UNKNOWN_M = 0.02, 5.0
"""Sensible largest dimensions of a thing that nothing is known about [m]."""

LOOSE = 0.35
"""Share of its bulk that a thing of unknown kind is made of: most things are hollow."""

_STRETCH = {"tall": (1.0, 1.0, 1.3), "short": (1.0, 1.0, 0.72), "wide": (1.3, 1.3, 1.0)}
_LONGER = 1.4


def asset_from_surface(
    surface: Surface,
    *,
    kind: Noun | None,
    noun: str,
    description: Description,
    rng: np.random.Generator,
    credit: AssetCredit,
    size_m: tuple[float, float, float] | None = None,
    substance: str | None = None,
    furniture: bool | None = None,
    supports_at_m: float | None = None,
    metres_per_unit: float | None = None,
) -> Asset:
    """Return the asset that a surface and a description make.

    Args:
        surface: Z up, front towards −Y, in any unit; it is moved to stand on its base.
        kind: The kind of thing that the noun names, or None.
        noun: The noun, for a thing of unknown kind.
        description: Colour, material, size and mass, where the words state them.
        rng: Draws small variations of the materials.
        credit: Where it comes from.
        size_m: Its true extents [m], where a catalogue states them.
        substance: What it is made of, where that is known better than from its kind.
        furniture: Whether it stays where it is; None follows the kind.
        supports_at_m: Height at which things stand on it [m], as a catalogue of true size
            states it.
        metres_per_unit: What one unit of the surface means [m], where the file says so.

    Raises:
        AssetError: If the surface encloses nothing, or a picture cannot be read.
        UnknownNameError: If a substance is unknown.
        SceneError: If the colour or the size is none.
    """
    surface = _sound(surface)
    share = None if supports_at_m is None else supports_at_m / (size_m or _extents(surface))[2]
    scale = _scale(surface, kind, description, size_m, metres_per_unit)
    shape = _measured(surface.vertices * scale, surface, share)
    growth = _growth(shape, kind, description)
    if (growth != 1).any():
        shape = _measured(shape.vertices * growth, surface, share)
    dress = dressed_rand(
        rng, replace(surface, vertices=shape.vertices), description,
        stated=substance, usual=kind.substance if kind else None,
    )  # fmt: skip
    collider, mass = _weighed(shape, surface, dress.substance, credit.name)
    mass = mass.weighing(_mass_kg(mass.mass_kg, kind, description, shape))
    stays = kind.furniture if furniture is None and kind is not None else bool(furniture)
    return Asset(
        noun=kind.name if kind else noun,
        mesh=Mesh(
            vertices=shape.vertices,
            triangles=surface.triangles,
            material_index=surface.slots,
            uv=surface.uv,
        ),
        collider=collider,
        materials=dress.materials,
        substance=dress.substance,
        mass_kg=mass.mass_kg,
        center_of_mass=mass.center_of_mass,
        inertia=mass.inertia,
        supports=shape.supports,
        cavity=shape.cavity,
        rolls="any" if collider.shape == "sphere" else None,
        furniture=stays,
        credit=credit,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Shape:
    vertices: Float[Array, "v 3"]
    cavity: Cavity | None
    supports: tuple[Support, ...]


def _sound(surface: Surface) -> Surface:
    """Return a surface on its base, without triangles that have no area."""
    vertices = normalised(surface.vertices, y_up=False)
    corners = vertices[surface.triangles]
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    size = float(np.ptp(vertices, axis=0).max())
    there = np.linalg.norm(cross, axis=1) > 1e-14 * size**2
    return replace(
        surface,
        vertices=vertices,
        triangles=surface.triangles[there],
        slots=surface.slots[there],
    )


def _extents(surface: Surface) -> tuple[float, float, float]:
    x, y, z = np.ptp(surface.vertices, axis=0)
    return float(x), float(y), max(float(z), 1e-12)


def _measured(vertices: Float[Array, "v 3"], surface: Surface, share: float | None) -> _Shape:
    """Find what a shape can hold; things stand on it at `share` of its height, if that is known."""
    points, faces = vertices, surface.triangles
    if len(faces) > MEASURED_TRIANGLES:
        light = lightened(vertices, faces, MEASURED_TRIANGLES)
        points, faces = light.vertices, light.triangles
    field = height_field(points, faces)
    cavity = hollow(field)
    at_m = None if share is None else share * float(vertices[:, 2].max())
    places = supports(points, faces, field, at_m=at_m)
    if cavity is not None:
        # What lies in a vessel lies in its hollow, not on its floor's level face.
        places = tuple(p for p in places if p.center[2] > cavity.floor[2] + 0.5 * cavity.depth)
    return _Shape(vertices=vertices, cavity=cavity, supports=places)


def _weighed(
    shape: _Shape, surface: Surface, substance: str, name: str
) -> tuple[Collider, MassProperties]:
    light = lightened(shape.vertices, surface.triangles)
    vessel = shape.cavity is not None
    collider = collider_of(light, shape.cavity)
    density = substance_named(substance).density
    return collider, mass_of_surface(light, collider, density, is_vessel=vessel).checked(name)


def _mass_kg(mass_kg: float, kind: Noun | None, description: Description, shape: _Shape) -> float:
    if description.mass_kg is not None:
        return description.mass_kg
    if kind is not None:
        return plausible_mass(mass_kg, kind, description)
    return mass_kg if shape.cavity is not None or description.material else mass_kg * LOOSE


def _scale(
    surface: Surface,
    kind: Noun | None,
    description: Description,
    size_m: tuple[float, float, float] | None,
    metres_per_unit: float | None,
) -> Float[Array, "3"]:
    """Return the factors (3) from the surface's units to metres."""
    extents = np.ptp(surface.vertices, axis=0)
    largest = float(extents.max())
    if isinstance(description.size, int | float):
        return np.full(3, float(description.size) / largest)
    if size_m is not None:
        unit = max(size_m) / largest
    elif metres_per_unit is not None:
        unit = metres_per_unit
    else:
        low, high = (kind.low_m, kind.high_m) if kind is not None else UNKNOWN_M
        unit = guessed_unit_m(largest, low, high)
    if description.size is None:
        return np.full(3, unit)
    factors = np.array(_STRETCH.get(description.size, (1.0, 1.0, 1.0)))
    if description.size == "long":
        factors[int(np.argmax(extents))] *= _LONGER
    if kind is None:
        return np.asarray(factors * unit)
    if size_m is not None or metres_per_unit is not None:
        # True sizes stay true: a small one of this kind is smaller than this very one.
        return np.asarray(factors * unit * kind.size_for(description.size) / kind.size_m)
    return np.asarray(factors * kind.size_for(description.size) / largest)


def _growth(shape: _Shape, kind: Noun | None, description: Description) -> Float[Array, "3"]:
    """Return how much larger it has to be in order to carry or hold its partner."""
    if description.partner_size_m is None or isinstance(description.size, int | float):
        return np.ones(3)
    if shape.cavity is not None:
        room = 2 * shape.cavity.radius
    elif shape.supports:
        room = 2 * float(shape.supports[0].half_extents.min())
    else:
        return np.ones(3)
    size = float(np.ptp(shape.vertices, axis=0).max())
    most = max(1.0, 2 * kind.high_m / size) if kind is not None else 2.0
    growth = float(np.clip(ROOM_FOR_PARTNER * description.partner_size_m / room, 1.0, most))
    keeps_height = kind is not None and kind.furniture and shape.cavity is None
    return np.array([growth, growth, 1.0 if keeps_height else growth])
