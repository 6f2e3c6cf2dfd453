"""How a shape that stands in for something gets its size, its weight, and its credit."""

import numpy as np
from jaxtyping import Float

from scene_builder.assets.source import Description
from scene_builder.knowledge.materials import substance
from scene_builder.knowledge.nouns import Match, Noun
from scene_builder.model.arrays import Array
from scene_builder.model.stage import AssetCredit

PLAIN_FORMS = frozenset(
    {"ball", "box", "cone", "cuboid", "cylinder", "disc", "egg", "lying", "pawn", "pedestal",
     "plain", "plank", "ramp", "ring", "rug", "spool", "tray"}
)  # fmt: skip
"""Shapes that stand in for others at any proportions."""

FORM_NAMES = {
    "plain": "box", "lying": "rod", "beast": "four-legged animal", "plane_form": "aircraft",
    "bicycle_form": "two-wheeler", "three_wheeler": "three-wheeler", "gem_form": "cut stone",
}  # fmt: skip
"""What the shapes that are no nouns are called."""

CARICATURE = 2.5
"""How much more another stand-in may be stretched along one axis than along another."""

BELIEVED = 0.9
"""Score from which on a thing is what the words name, rather than what comes nearest to it."""


def stretched(extents: Float[Array, "3"], noun: Noun, share: float) -> Float[Array, "3"]:
    """Return the factors (3) that give a stand-in the extents of what it stands in for.

    Plain forms take any proportions; what has a face or a door would be a caricature.

    Args:
        extents: The shape's own extents (3) [m].
        noun: What it stands in for.
        share: Size that is asked for, as a share of the noun's typical one.
    """
    wanted = np.array(noun.box_m)
    if noun.shape == "lying":
        wanted = np.sort(wanted)[::-1]
    factors = share * wanted / extents
    if noun.shape in PLAIN_FORMS or factors.max() <= CARICATURE * factors.min():
        return np.asarray(factors)
    return np.full(3, share * noun.size_m / float(extents.max()))


def plausible_mass(mass_kg: float, noun: Noun, description: Description) -> float:
    """Return the mass [kg] that a thing with a borrowed or a varied shape has.

    A stand-in encloses more or less than the thing does: its volume is no measure of the mass; and
    a stout pot is of thinner metal than a slender one.

    Args:
        mass_kg: Mass of the shape, from volume and density [kg].
        noun: The thing.
        description: Size and substance that the words ask for.
    """
    share = noun.size_for(description.size) / noun.size_m
    made_of = description.material or noun.substance
    heavier = substance(made_of).density / substance(noun.substance).density
    low, high = (share**3 * heavier * bound for bound in noun.mass_range_kg)
    return float(np.clip(mass_kg, low, high))


def credit_of(match: Match) -> AssetCredit:
    """Return the credit of a thing that was made by rule: a stand-in says what it is."""
    noun = match.noun
    form = FORM_NAMES.get(noun.shape, noun.shape).replace("_", " ")
    shape = "" if noun.likeness else f", as a plain {form}"
    return AssetCredit(
        name=f"{noun.name}{shape}",
        source="procedural",
        score=match.score,
        fallback=bool(shape) or match.score < BELIEVED,
    )
