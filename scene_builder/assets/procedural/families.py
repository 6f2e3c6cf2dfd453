"""How far things of one noun differ in form, family by family.

What has one form by rule or by nature keeps it: balls, dice, dominoes, coins, pins, bricks; so do
cups, bowls, boxes, ramps and tables, whose ways of toppling and holding a film may turn on, and
what furnishes plain rooms (bookshelf, cabinet, potted plant, picture), what leans by its feet
(ladders), and what is stacked (buckets).
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from scene_builder.assets.procedural.blueprint import Builder
from scene_builder.assets.procedural.warping import Form, varied

VESSEL = Form(height=(0.88, 1.18), taper=0.2, belly=(-0.08, 0.12))
"""Turned things that hold something, and may be slender or stout."""

POTTERY = replace(VESSEL, square=3.4, flutes=(0, 0, 9, 12))
"""Cast or thrown ones: some square, some fluted."""

HANDY = Form(height=(0.92, 1.1), taper=0.07, belly=(-0.03, 0.04))
"""Turned things that one grips, or aims at: little differs."""

STRAIGHT = Form(height=(0.88, 1.15), taper=0.1)
"""Turned things whose walls stay straight: what is dropped into them depends on it."""

POST = Form(width=(0.85, 1.2), depth=(0.85, 1.2), height=(0.9, 1.1), taper=0.12)
"""Upright things on a foot."""

SEAT = Form(width=(0.86, 1.16), depth=(0.93, 1.08), height=(0.94, 1.08))
"""Furniture to sit and lie on: as high as knees are."""

BOARD = Form(width=(0.84, 1.18), depth=(0.86, 1.12), height=(0.94, 1.06))
"""Furniture to put things on."""

CASE = Form(width=(0.84, 1.18), depth=(0.86, 1.14), height=(0.86, 1.16))
"""Boxes and buildings of any proportions."""

LEGGED = replace(BOARD, knot=0.6, lower=(0.88, 1.12))
"""Furniture whose legs are longer or shorter than usual."""

SHEET = Form(width=(0.85, 1.15), height=(0.85, 1.18))
"""Flat upright things."""

SLAB = Form(width=(0.88, 1.12), depth=(0.86, 1.12), height=(0.86, 1.16))
"""Flat things that lie."""

TOOL = Form(width=(0.9, 1.12), depth=(0.86, 1.16), height=(0.9, 1.15), swell=0.09, lengthwise="x")
"""Things with a handle, along X."""

STAFF = Form(width=(0.84, 1.2), depth=(0.84, 1.2), swell=0.08)
"""Things with a handle, upright."""

REACH = replace(TOOL, lengthwise="y", width=(0.86, 1.16), depth=(0.9, 1.12))
"""Things with a handle, along Y."""

SOFT = Form(
    width=(0.9, 1.12), depth=(0.9, 1.12), height=(0.88, 1.14), sway=0.05, swell=0.06,
    lengthwise="x",
)  # fmt: skip
"""Baked, grown and stuffed things: no two alike."""

FIGURE = Form(
    width=(0.9, 1.14), depth=(0.9, 1.14), height=(0.92, 1.12), taper=0.14, swell=0.07, sway=0.02
)
"""Upright figures: a larger head, a stouter body."""

BEAST = Form(width=(0.9, 1.12), depth=(0.88, 1.14), height=(0.9, 1.12), swell=0.06,
             lengthwise="x")  # fmt: skip
"""Animals on four legs, or none."""

CREATURE = Form(width=(0.9, 1.12), depth=(0.92, 1.1), height=(0.92, 1.1), swell=0.05,
                lengthwise="y")  # fmt: skip
"""Animals in their own form, facing the front: stout or lean, with larger or smaller heads."""

COILED = Form(width=(0.92, 1.1), depth=(0.92, 1.1), height=(0.88, 1.14))
"""Animals that lie curled or spread, and vehicles that are alike on all sides."""

ROUND_BUILT = Form(width=(0.88, 1.14))
"""What has wheels or a bore that stay round whatever its width."""

PLANT = Form(
    width=(0.84, 1.2), depth=(0.84, 1.2), height=(0.85, 1.18), taper=0.2, belly=(-0.1, 0.12),
    sway=0.07,
)  # fmt: skip
"""What grows upwards, towards the light."""

GARMENT = Form(width=(0.88, 1.12), depth=(0.88, 1.14))
"""Clothes that lie spread out."""

DISH = Form(height=(0.8, 1.3))
"""Round flat things: thick or thin, and round all the same."""

CASK = Form(height=(0.88, 1.14), belly=(-0.07, 0.07))
"""What rolls on its side: the same at both ends."""

HULL = Form(width=(0.92, 1.12), height=(0.92, 1.1), swell=0.05, lengthwise="x")
"""Boats: never narrower than what floats upright."""

LEAF = Form(width=(0.97, 1.06), height=(0.97, 1.05))
"""Doors and screens: nearly the same everywhere."""

FORMS: Mapping[str, Form] = MappingProxyType({
    shape: form
    for form, shapes in (
        (POTTERY, "candle flower_pot trash_can"),
        (VESSEL, "basket bell crown hat ice_cream lantern mushroom paper_cup pedestal pitcher pot "
                 "teapot trophy wine_glass cake drum_toy"),
        (CASK, "barrel log"),
        (STRAIGHT, "jar"),
        (HANDY, "glass hourglass kettlebell mug pan pawn pineapple spinning_top telescope "
                "toy_rocket traffic_cone"),
        (POST, "arrow_sign mailbox parking_meter pillar spotlight stool street_lamp "
               "toy_lighthouse traffic_light vacuum_cleaner"),
        (SEAT, "armchair bed sofa"),
        (LEGGED, "coffee_table desk"),
        (BOARD, "bench bridge staircase"),
        (CASE, "chest crate cupboard gift house suitcase tower toy_castle"),
        (SHEET, "curtain fence flag heart kite mirror"),
        (LEAF, "door tv window"),
        (SLAB, "blanket cheese controller eraser feather keyboard leaf magnet phone pillow rug "
               "sandwich soap sponge star surfboard tray"),
        (DISH, "cookie donut pizza plate shield toy_igloo toy_spaceship"),
        (TOOL, "anvil baseball_bat broom chisel fork hammer key knife magnifying_glass pen spoon "
               "stick toothbrush toothpaste wrench"),
        (REACH, "guitar hair_dryer"),
        (STAFF, "umbrella"),
        (GARMENT, "jacket shirt sweater tie"),
        (SOFT, "banana branch bread candy carrot cucumber shoe strawberry"),
        (FIGURE, "astronaut bird broccoli figure owl penguin pumpkin robot rock rubber_duck "
                 "snowman teddy_bear"),
        (BEAST, "beast fish seashell starfish"),
        (CREATURE, "bee butterfly cow dolphin dragon elephant frog giraffe lion pig shark sheep "
                   "tiger toy_dinosaur turtle unicorn whale zebra"),
        (COILED, "anchor crab octopus skull sled snake sword toy_submarine"),
        (ROUND_BUILT, "cannon"),
        (HULL, "toy_boat toy_canoe"),
        (PLANT, "bush cactus flower grass_tuft pine_tree tree"),
    )
    for shape in shapes.split()
})  # fmt: skip
"""The family of each shape that has one."""


def in_families(builders: Mapping[str, Builder]) -> Mapping[str, Builder]:
    """Return builders by shape, those of a family with its freedom of form."""
    return {
        shape: varied(build, FORMS[shape]) if shape in FORMS else build
        for shape, build in builders.items()
    }
