"""A blueprint becomes an asset: sized, dressed, weighed, and given its collider."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.procedural.blueprint import Blueprint, Part, Slot
from scene_builder.assets.procedural.families import FORMS
from scene_builder.assets.procedural.mechanism import mechanism_of, round_wheel
from scene_builder.assets.procedural.proportions import credit_of, plausible_mass, stretched
from scene_builder.assets.procedural.shaping import collider_of, mesh_of, weight_of
from scene_builder.assets.source import COUNTED_TAG, Asset, Cavity, Description, Incline, Support
from scene_builder.knowledge.materials import material_for, substance
from scene_builder.knowledge.nouns import Match, Noun
from scene_builder.model.arrays import Array
from scene_builder.model.material import Material

ROOM_FOR_PARTNER = 1.15
"""A thing that carries or holds another is made this much larger than the other's footprint."""

DARK = 0.2
"""Luminance below which marks on a surface are white."""

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Weights of linear RGB in luminance (ITU-R BT.709)."""

SIZED_BY_PARTS = frozenset({"bookshelf"})
"""Shapes that are as high as the number of their parts makes them, rather than as usual."""

_STRETCH = {"tall": (1.0, 1.0, 1.3), "short": (1.0, 1.0, 0.72), "wide": (1.3, 1.3, 1.0)}
_LONGER = 1.4


def finished_rand(
    rng: np.random.Generator, blueprint: Blueprint, match: Match, description: Description
) -> Asset:
    """Return the asset that a blueprint and a description make.

    Args:
        rng: Draws colours and small variations of the materials.
        blueprint: The thing, in any size.
        match: What the words were taken for.
        description: What else the words say.

    Raises:
        UnknownNameError: If the material is unknown.
        SceneError: If the colour or the size is none.
        AssetError: If the surface encloses no volume.
    """
    noun = match.noun
    factors = _factors(blueprint, noun, description)
    drop = 0.0 if blueprint.collider else _lowest(blueprint) * float(factors[2])
    parts = tuple(
        _scaled_part(round_wheel(blueprint, k, factors), factors, drop)
        for k in range(len(blueprint.parts))
    )
    main = description.material or noun.substance
    slots = _dressed(blueprint.slots, main, noun, description, rng)
    mass = weight_of(parts, slots).checked(noun.name)
    if description.mass_kg is not None:
        mass = mass.weighing(description.mass_kg)
    elif not noun.built or noun.shape in FORMS:
        mass = mass.weighing(plausible_mass(mass.mass_kg, noun, description))
    return Asset(
        noun=noun.name,
        mesh=mesh_of(parts),
        collider=collider_of(blueprint, parts, factors),
        materials=_materials(slots, rng),
        substance=substance(blueprint.contact or main).name,
        mass_kg=mass.mass_kg,
        center_of_mass=mass.center_of_mass,
        inertia=mass.inertia,
        supports=tuple(_scaled_support(support, factors) for support in blueprint.supports),
        cavity=_scaled_cavity(blueprint.cavity, factors),
        incline=_scaled_incline(blueprint.incline, factors),
        rolls=blueprint.rolls,
        furniture=noun.furniture,
        tags=blueprint.tags,
        credit=credit_of(match),
        mechanism=mechanism_of(blueprint, parts, slots, factors, drop, mass.mass_kg),
    )


def _factors(blueprint: Blueprint, noun: Noun, description: Description) -> Float[Array, "3"]:
    points = np.concatenate([part.solid.vertices for part in blueprint.parts])
    extents = np.ptp(points, axis=0)
    word = description.size
    factors = np.full(3, noun.size_for(word) / float(extents.max()))
    if COUNTED_TAG in blueprint.tags and noun.shape in SIZED_BY_PARTS and not _is_number(word):
        factors = np.full(3, noun.size_for(word) / noun.size_m)
    if not noun.likeness:
        factors = stretched(extents, noun, noun.size_for(word) / noun.size_m)
    round_thing = blueprint.rolls == "any"
    if isinstance(word, str) and not round_thing:
        factors = factors * np.array(_STRETCH.get(word, (1.0, 1.0, 1.0)))
        if word == "long":
            factors[int(np.argmax(extents))] *= _LONGER
    elif word in ("tall", "wide", "long"):
        factors = factors * 1.25
    if description.partner_size_m is not None and not _is_number(word):
        factors = factors * _growth(blueprint, noun, factors, description.partner_size_m)
    return factors


def _is_number(size: str | float | None) -> bool:
    return isinstance(size, int | float)


def _growth(
    blueprint: Blueprint, noun: Noun, factors: Float[Array, "3"], partner_m: float
) -> Float[Array, "3"]:
    """Return how much larger it has to be in order to carry or hold its partner."""
    if blueprint.cavity is not None:
        room = 2 * blueprint.cavity.radius * factors[0]
    elif blueprint.incline is not None:
        room = blueprint.incline.width * factors[1]
    elif blueprint.supports:
        half = blueprint.supports[0].half_extents * factors[:2]
        room = 2 * float(half.min())
    else:
        return np.ones(3)
    most = max(1.0, 2 * noun.high_m / noun.size_m)
    growth = float(np.clip(ROOM_FOR_PARTNER * partner_m / room, 1.0, most))
    keeps_height = noun.furniture and blueprint.cavity is None and blueprint.incline is None
    return np.array([growth, growth, 1.0 if keeps_height else growth])


def _lowest(blueprint: Blueprint) -> float:
    return min(float(part.solid.vertices[:, 2].min()) for part in blueprint.parts)


def _scaled_part(part: Part, factors: Float[Array, "3"], drop: float) -> Part:
    wall = None if part.wall is None else part.wall * float(factors.min())
    return Part(
        solid=part.solid.scaled(*map(float, factors)).moved(z=-drop),
        slot=part.slot,
        wall=wall,
        fill=part.fill,
    )


def _dressed(
    slots: tuple[Slot, ...],
    main: str,
    noun: Noun,
    description: Description,
    rng: np.random.Generator,
) -> list[Slot]:
    pick = rng.random()
    own = noun.colors[int(pick * len(noun.colors))] if noun.colors else None
    if description.material is not None and description.material not in noun.name.split("_"):
        # A wooden chair has wood's colours, not those of the plastic that it usually is;
        # but a rubber duck is one thing, and yellow.
        own = None if substance(main).shader != substance(noun.substance).shader else own
    dressed = []
    for slot in slots:
        color = slot.color
        if slot.dyed:
            color = description.color or slot.color or own
        dressed.append(Slot(substance=slot.substance or main, color=color, dyed=slot.dyed))
    return dressed


def _materials(slots: list[Slot], rng: np.random.Generator) -> tuple[Material, ...]:
    materials: list[Material] = []
    for slot in slots:
        color = slot.color
        if color == "contrast":
            light = float(materials[0].base_color @ LUMINANCE) > DARK
            color = "#141416" if light else "#f4f1e6"
        materials.append(material_for(str(slot.substance), color, rng))
    return tuple(materials)


def _scaled_support(support: Support, factors: Float[Array, "3"]) -> Support:
    return Support(
        center=support.center * factors,
        half_extents=support.half_extents * factors[:2],
        round=support.round,
    )


def _scaled_cavity(cavity: Cavity | None, factors: Float[Array, "3"]) -> Cavity | None:
    if cavity is None:
        return None
    return Cavity(
        floor=cavity.floor * factors,
        radius=cavity.radius * float(factors[:2].min()),
        depth=cavity.depth * float(factors[2]),
    )


def _scaled_incline(incline: Incline | None, factors: Float[Array, "3"]) -> Incline | None:
    if incline is None:
        return None
    return Incline(
        top=incline.top * factors,
        bottom=incline.bottom * factors,
        width=incline.width * float(factors[1]),
    )
