"""Which pattern draws which substance, and how it shines when its material does not say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from scene_builder.blender.shading.graph import Graph, Value
from scene_builder.blender.shading.patterns import (
    fibre,
    ground,
    mineral,
    smooth,
    views,
    weathered,
    wood,
)
from scene_builder.blender.shading.patterns.air import through_air
from scene_builder.blender.shading.patterns.wetness import in_the_rain
from scene_builder.blender.shading.substance import Substance

Pattern = Callable[[Graph, Substance], dict[str, Value]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a substance is drawn.

    Attributes:
        pattern: Gives the inputs of the Principled shader that vary over the surface.
        defaults: Parameters, where the material states none.
    """

    pattern: Pattern = smooth.plain
    defaults: Mapping[str, float] = field(default_factory=dict)


PLAIN = Recipe(defaults={"roughness": 0.5})

RECIPES: Mapping[str, Recipe] = {
    "wood": Recipe(pattern=wood.wood, defaults={"roughness": 0.42, "coat": 0.12}),
    "rubber": Recipe(pattern=smooth.rubber, defaults={"roughness": 0.46}),
    "plastic": Recipe(pattern=smooth.plastic, defaults={"roughness": 0.3}),
    "ceramic": Recipe(pattern=smooth.glaze, defaults={"roughness": 0.28, "coat": 0.7}),
    "paint": Recipe(pattern=smooth.glaze, defaults={"roughness": 0.35, "coat": 0.4}),
    "metal": Recipe(pattern=smooth.metal, defaults={"roughness": 0.28, "metallic": 1.0}),
    "glass": Recipe(defaults={"roughness": 0.0, "transmission": 1.0, "ior": 1.5}),
    "ice": Recipe(
        pattern=smooth.wax, defaults={"roughness": 0.08, "transmission": 0.9, "ior": 1.31}
    ),
    "water": Recipe(defaults={"roughness": 0.0, "transmission": 1.0, "ior": 1.33}),
    "wax": Recipe(pattern=smooth.wax, defaults={"roughness": 0.4, "subsurface": 0.25}),
    "foam": Recipe(pattern=smooth.foam, defaults={"roughness": 0.9}),
    "fruit": Recipe(pattern=smooth.peel, defaults={"roughness": 0.32, "coat": 0.15}),
    "leaf": Recipe(pattern=smooth.leaf, defaults={"roughness": 0.42, "subsurface": 0.05}),
    "stone": Recipe(pattern=mineral.stone, defaults={"roughness": 0.8}),
    "marble": Recipe(pattern=mineral.marble, defaults={"roughness": 0.14, "coat": 0.3}),
    "concrete": Recipe(pattern=mineral.concrete, defaults={"roughness": 0.82}),
    "asphalt": Recipe(pattern=mineral.asphalt, defaults={"roughness": 0.85}),
    "clay": Recipe(pattern=mineral.clay, defaults={"roughness": 0.75}),
    "plaster": Recipe(pattern=mineral.plaster, defaults={"roughness": 0.85}),
    "brick": Recipe(pattern=mineral.brick, defaults={"roughness": 0.88}),
    "tile": Recipe(pattern=mineral.tile, defaults={"roughness": 0.18}),
    "fabric": Recipe(pattern=fibre.fabric, defaults={"roughness": 0.9, "sheen": 0.25}),
    "carpet": Recipe(pattern=fibre.carpet, defaults={"roughness": 1.0, "sheen": 0.3}),
    "felt": Recipe(pattern=fibre.felt, defaults={"roughness": 1.0, "sheen": 0.5}),
    "paper": Recipe(pattern=fibre.paper, defaults={"roughness": 0.85}),
    "cardboard": Recipe(pattern=fibre.cardboard, defaults={"roughness": 0.85}),
    "leather": Recipe(pattern=fibre.leather, defaults={"roughness": 0.45}),
    "straw": Recipe(pattern=fibre.straw, defaults={"roughness": 0.8}),
    "grass": Recipe(pattern=ground.grass, defaults={"roughness": 0.8}),
    "grass_blade": Recipe(pattern=ground.grass_blade, defaults={"roughness": 0.6}),
    "sand": Recipe(pattern=ground.sand, defaults={"roughness": 0.9}),
    "snow": Recipe(pattern=ground.snow, defaults={"roughness": 0.6}),
    "soil": Recipe(pattern=ground.soil, defaults={"roughness": 0.95}),
    "mud": Recipe(pattern=weathered.mud, defaults={"roughness": 0.4}),
    "rust": Recipe(pattern=weathered.rust, defaults={"roughness": 0.85}),
    "gravel": Recipe(pattern=ground.gravel, defaults={"roughness": 0.85}),
    "regolith": Recipe(pattern=ground.regolith, defaults={"roughness": 1.0}),
    "open_water": Recipe(pattern=views.open_water, defaults={"roughness": 0.12}),
    "outside": Recipe(pattern=views.outside, defaults={"emission": 0.5}),
    "earth_view": Recipe(pattern=views.earth, defaults={"emission": 0.5}),
    "canvas_painting": Recipe(pattern=views.painting, defaults={"roughness": 0.6}),
    "chalkboard": Recipe(pattern=views.chalkboard, defaults={"roughness": 0.85}),
    "flame": Recipe(defaults={"roughness": 1.0, "emission": 12.0}),
    "light": Recipe(defaults={"roughness": 1.0, "emission": 6.0}),
}

SAME_AS: Mapping[str, str] = {
    "oak": "wood", "pine": "wood", "walnut": "wood", "bamboo": "wood", "bark": "wood",
    "planks": "wood", "parquet": "wood", "plywood": "wood", "cork": "foam",
    "steel": "metal", "iron": "metal", "gold": "metal", "silver": "metal", "brass": "metal",
    "copper": "metal", "bronze": "metal", "aluminium": "metal", "aluminum": "metal",
    "tin": "metal", "chrome": "metal", "lead": "metal",
    "porcelain": "ceramic", "china": "ceramic", "enamel": "ceramic", "glaze": "ceramic",
    "terracotta": "clay", "earthenware": "clay",
    "granite": "stone", "rock": "stone", "slate": "stone", "limestone": "stone",
    "cement": "concrete", "tarmac": "asphalt", "road": "asphalt",
    "drywall": "plaster", "wallpaper": "plaster", "stucco": "plaster", "chalk": "plaster",
    "cloth": "fabric", "cotton": "fabric", "linen": "fabric", "canvas": "fabric",
    "velvet": "felt", "rug": "carpet", "wool": "carpet", "fur": "carpet", "baize": "felt",
    "rope": "straw", "wicker": "straw", "string": "straw", "hay": "straw",
    "skin_of_fruit": "fruit", "peel": "fruit", "apple": "fruit", "orange": "fruit",
    "foliage": "leaf", "lawn": "grass", "dirt": "soil", "earth": "soil",
    "crystal": "glass", "diamond": "glass", "sponge": "foam", "soap": "wax", "skin": "wax",
    "vinyl": "plastic", "nylon": "plastic", "acrylic": "plastic",
    "emission": "light", "lamp": "light", "fire": "flame",
}  # fmt: skip


SIZED = frozenset({"leather"})
"""Substances whose pattern can follow the size of the body that wears them."""


def recipe_for(name: str) -> Recipe:
    """Return a substance's recipe in its weather; one that is not known is drawn plain."""
    found = RECIPES.get(SAME_AS.get(name, name), PLAIN)
    return replace(found, pattern=through_air(in_the_rain(found.pattern)))
