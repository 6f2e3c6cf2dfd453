"""Which builder makes which noun."""

from collections.abc import Mapping

from scene_builder.assets.procedural.blueprint import Builder, fixed
from scene_builder.assets.procedural.things.home import tables
from scene_builder.assets.procedural.things.kitchen import vessels
from scene_builder.assets.procedural.things.toys import balls, blocks

BUILDERS: Mapping[str, Builder] = {
    "ball": fixed(balls.ball),
    "block": fixed(blocks.block),
    "bottle": fixed(vessels.bottle),
    "bowl": fixed(vessels.bowl),
    "brick": fixed(blocks.brick),
    "coffee_table": fixed(tables.coffee_table),
    "cube": fixed(blocks.cube),
    "cuboid": fixed(blocks.cuboid),
    "cup": fixed(vessels.cup),
    "cylinder": fixed(blocks.cylinder),
    "die": fixed(blocks.die),
    "disc": fixed(blocks.disc),
    "domino": fixed(blocks.domino),
    "marble": fixed(balls.marble),
    "plank": fixed(blocks.plank),
    "plate": fixed(vessels.plate),
    "pyramid": fixed(blocks.pyramid),
    "ramp": fixed(blocks.ramp),
    "ring": fixed(blocks.ring),
    "star": fixed(blocks.flat_star),
    "table": fixed(tables.table),
}


def builder_of(name: str) -> Builder | None:
    """Return the builder of the noun of that name, or None if there is none."""
    return BUILDERS.get(name)
