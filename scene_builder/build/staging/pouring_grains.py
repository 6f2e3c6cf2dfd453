"""What is poured: grains, their looks, and how they lie in a vessel before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from jaxtyping import Float

from scene_builder.assets.mass import mass_of
from scene_builder.assets.shapes.rounds import sphere
from scene_builder.knowledge.colors import COLORFUL, LIVELY
from scene_builder.knowledge.materials import material_for, substance
from scene_builder.knowledge.words.unserved import FLUIDS
from scene_builder.layout.items import Hollow
from scene_builder.model.arrays import Array
from scene_builder.model.material import Material
from scene_builder.model.mesh import Mesh
from scene_builder.model.pose import Pose
from scene_builder.model.stage import AssetCredit, Body, Collider

WALL_M = 1.2e-3
"""Grains are put so far from their vessel's wall [m]: its solid is a little rounder than it."""

GAP_M = 1e-5
"""And so far from each other."""

PLACES = 500
"""Places that are tried for each grain; it takes the lowest."""

FULL_SHARE = 0.6
"""A vessel is filled up to this share of its depth: a fuller one would spill at once."""

LEAST_RADIUS_M = 2.5e-3
"""Smaller grains could neither be seen nor be stepped [m]."""

SHRINK = 0.93


@dataclass(frozen=True, slots=True, kw_only=True)
class Grain:
    """What one grain is.

    Attributes:
        name: What it is called.
        substance: What it is made of.
        radius_m: Of a ball, or of a capsule's caps [m].
        colors: Colours, one after the other; empty for the substance's own.
        longer: Length over width; 1 for a ball.
        flows: It stands for a liquid.
    """

    name: str
    substance: str
    radius_m: float
    colors: tuple[str, ...] = ()
    longer: float = 1.0
    flows: bool = False


_MARBLES = ("#1f63c4", "#2f9a5c", "#8c2fc4", "#d2402f")
GRAINS: Mapping[str, Grain] = {
    "marble": Grain(name="glass marble", substance="glass", radius_m=0.008, colors=_MARBLES),
    "bead": Grain(name="bead", substance="plastic", radius_m=0.005,
                  colors=("#d2402f", "#f0b429", "#2b6cc4", "#38975a")),
    "pearl": Grain(name="pearl", substance="shell", radius_m=0.0045, colors=("#f0e8dc",)),
    "rice": Grain(name="rice grain", substance="bone", radius_m=0.003, colors=("#efe6d0",),
                  longer=2.2),
    "bean": Grain(name="bean", substance="wood", radius_m=0.0045, colors=("#6b2f22",),
                  longer=1.6),
    "coffee bean": Grain(name="coffee bean", substance="wood", radius_m=0.004,
                         colors=("#3b2014",), longer=1.4),
    "pea": Grain(name="pea", substance="skin_of_fruit", radius_m=0.0045, colors=("#6f9a34",)),
    "lentil": Grain(name="lentil", substance="wood", radius_m=0.0035, colors=("#b5642e",)),
    "corn": Grain(name="grain of corn", substance="wood", radius_m=0.0045, colors=("#e2b23a",)),
    "grain": Grain(name="grain of wheat", substance="wood", radius_m=0.003, colors=("#c99b52",),
                   longer=2.0),
    "seed": Grain(name="seed", substance="wood", radius_m=0.0035, colors=("#57493a",),
                  longer=1.6),
    "nut": Grain(name="nut", substance="wood", radius_m=0.008, colors=("#8a5a2f",)),
    "candy": Grain(name="candy", substance="plastic", radius_m=0.006,
                   colors=("#d2402f", "#f0b429", "#38975a", "#c43f8c")),
    "pebble": Grain(name="pebble", substance="stone", radius_m=0.007),
    "gravel": Grain(name="pebble", substance="stone", radius_m=0.006),
    "sand": Grain(name="grain of sand", substance="sand", radius_m=0.004),
    "salt": Grain(name="grain of salt", substance="plaster", radius_m=0.0035,
                  colors=("#f2f1ee",)),
    "sugar": Grain(name="grain of sugar", substance="plaster", radius_m=0.0035,
                   colors=("#f4f1ea",)),
    "cereal": Grain(name="piece of cereal", substance="wood", radius_m=0.006,
                    colors=("#c8914a",)),
}  # fmt: skip
"""Grains by noun; finer ones than a camera could tell apart are larger than they are."""

_FLUID_COLORS = {
    "water": "#dfeef2", "milk": "#f4f1e8", "juice": "#e0912b", "tea": "#a9672b",
    "coffee": "#3a2115", "wine": "#5b1226", "beer": "#d8a437", "oil": "#d9b93f",
    "honey": "#d9951f", "lemonade": "#e9df8a", "blood": "#7a0f12", "ink": "#16203f",
    "paint": "#2f63b0", "lava": "#d2481c", "syrup": "#7a3d14", "cream": "#f3ecd8",
}  # fmt: skip
_GASES = frozenset({"smoke", "steam", "flame", "flames", "fire", "vapour", "vapor", "foam"})


def grain_named(noun: str) -> Grain | None:
    """Return what the grains of a noun are; None for what does not pour in grains."""
    name = noun.replace("_", " ").lower()
    for one in (name, name.removesuffix("s"), name.split()[-1], name.split()[-1].removesuffix("s")):
        if one in GRAINS:
            return GRAINS[one]
    if name in FLUIDS and name not in _GASES:
        color = _FLUID_COLORS.get(name, "#dfeef2")
        return Grain(name="bead", substance="clear_plastic", radius_m=0.005, colors=(color,),
                     flows=True)  # fmt: skip
    return None


def grain_bodies_rand(
    rng: np.random.Generator,
    grain: Grain,
    ids: tuple[str, ...],
    noun: str,
    color: str | None,
    radius: float,
    centers: Float[Array, "n 3"],
) -> tuple[Body, ...]:
    """Return the grains of one kind as bodies; all share one mesh.

    Args:
        rng: Turns long grains, and varies their substance a little.
        grain: What they are.
        ids: Their body ids.
        noun: What the words call them.
        color: What colour the words give them, or None.
        radius: Of the grain or of its caps [m].
        centers: Where their middles are (n 3) [m].
    """
    if color == COLORFUL:
        grain, color = replace(grain, colors=LIVELY), None
    mesh, collider = _shape(grain, radius)
    kind = substance(grain.substance)
    weight = mass_of(mesh.vertices.astype(np.float64), mesh.triangles, kind.density)
    looks = _looks_rand(rng, grain, color)
    middle = collider.center
    bodies = []
    for k, (name, center) in enumerate(zip(ids, centers, strict=True)):
        wxyz = _turn_rand(rng) if grain.longer > 1 else np.array([1.0, 0.0, 0.0, 0.0])
        turned = Pose(position=np.zeros(3), wxyz=wxyz)
        bodies.append(
            Body(
                id=name, noun=noun, entity=name.partition("#")[0], mesh=mesh, collider=collider,
                materials=(looks[k % len(looks)],), mass_kg=weight.mass_kg,
                center_of_mass=weight.center_of_mass, inertia=weight.inertia,
                pose=Pose(position=center - turned @ middle, wxyz=wxyz), mobility="dynamic",
                asset=AssetCredit(name=grain.name, source="worldreel"),
                friction=kind.friction, rolling_friction=max(kind.rolling_friction, 2e-4),
                restitution=0.0, color_asked=color,
            )
        )  # fmt: skip
    return tuple(bodies)


def packed_rand(
    rng: np.random.Generator, hollow: Hollow, grain: Grain, count: int, most_m: float
) -> tuple[float, Float[Array, "n 3"]] | None:
    """Return the radius of grains that fill a hollow, and where they lie in it; None if none fit.

    Args:
        rng: Draws the places that are tried.
        hollow: In the frame in which the places are wanted.
        grain: What they are; they get smaller where they would not fit otherwise.
        count: How many.
        most_m: Largest radius [m].
    """
    reach = 1 + 0.45 * (grain.longer - 1)
    radius = min(grain.radius_m, most_m)
    while radius >= LEAST_RADIUS_M:
        found = _lie_rand(rng, hollow, radius * reach, count)
        if found is not None:
            return radius, found
        radius *= SHRINK
    return None


def _lie_rand(
    rng: np.random.Generator, hollow: Hollow, radius: float, count: int
) -> Float[Array, "n 3"] | None:
    """Let balls fall one by one, each into the lowest of many places (Visscher and Bolsterli 1972).

    None if they rise above what may be filled.
    """
    top = FULL_SHARE * hollow.depth
    wide = float(hollow.radii.max())
    centers = np.zeros((0, 3))
    for _ in range(count):
        away = (wide - radius - WALL_M) * np.sqrt(rng.random(PLACES))
        turn = 2 * np.pi * rng.random(PLACES)
        x, y = away * np.cos(turn), away * np.sin(turn)
        apart = (x[:, None] - centers[:, 0]) ** 2 + (y[:, None] - centers[:, 1]) ** 2
        reach = np.sqrt(np.maximum((2 * radius + GAP_M) ** 2 - apart, 0.0))
        over = np.where(apart < (2 * radius + GAP_M) ** 2, centers[:, 2] + reach, 0.0)
        height = np.maximum(over.max(axis=1, initial=0.0), radius + GAP_M)
        free = np.minimum(
            np.interp(height - radius, hollow.heights, hollow.radii),
            np.interp(height + radius, hollow.heights, hollow.radii),
        )
        height = np.where(away + radius + WALL_M <= free, height, np.inf)
        best = int(np.argmin(height))
        if height[best] + radius > top:
            return None
        centers = np.vstack([centers, [x[best], y[best], height[best]]])
    return np.asarray(centers + hollow.floor)


def _shape(grain: Grain, radius: float) -> tuple[Mesh, Collider]:
    solid = sphere(radius, detail=2)
    half = radius * (grain.longer - 1)
    points = np.asarray(solid.vertices, np.float64).copy()
    points[:, 2] += np.where(points[:, 2] > 0, half, -half) + half + radius
    mesh = Mesh(
        vertices=points.astype(np.float32),
        triangles=np.asarray(solid.triangles, np.int32),
        material_index=np.zeros(len(solid.triangles), np.int32),
    )
    middle = np.array([0.0, 0.0, half + radius])
    if half == 0:
        return mesh, Collider(shape="sphere", size=(radius,), center=middle)
    return mesh, Collider(shape="capsule", size=(radius, 2 * (half + radius)), center=middle)


def _looks_rand(rng: np.random.Generator, grain: Grain, color: str | None) -> list[Material]:
    colors = (color,) if color is not None else grain.colors or (None,)
    return [material_for(grain.substance, one, rng) for one in colors]


def _turn_rand(rng: np.random.Generator) -> Float[Array, "4"]:
    wxyz = rng.standard_normal(4)
    return np.asarray(wxyz / np.linalg.norm(wxyz))
