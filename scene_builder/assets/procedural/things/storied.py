"""Animals, spacecraft and other things that stories are full of, and who makes them."""

from collections.abc import Mapping
from types import MappingProxyType

from scene_builder.assets.procedural.blueprint import Builder, fixed
from scene_builder.assets.procedural.things.creatures import grazers, hunters, reptiles, swimmers
from scene_builder.assets.procedural.things.wonders import (
    arms,
    instruments,
    space,
    winter,
    worlds,
)

STORIED: Mapping[str, Builder] = MappingProxyType({
    "astronaut": fixed(space.astronaut),
    "cow": fixed(grazers.cow),
    "dolphin": fixed(swimmers.dolphin),
    "dragon": fixed(reptiles.dragon),
    "elephant": fixed(grazers.elephant),
    "giraffe": fixed(grazers.giraffe),
    "globe": fixed(worlds.globe),
    "hourglass": fixed(instruments.hourglass),
    "lion": fixed(hunters.lion),
    "microphone": fixed(instruments.microphone),
    "octopus": fixed(swimmers.octopus),
    "penguin": fixed(hunters.penguin),
    "pig": fixed(grazers.pig),
    "planet": fixed(worlds.planet),
    "shark": fixed(swimmers.shark),
    "sheep": fixed(grazers.sheep),
    "shield": fixed(arms.shield),
    "sled": fixed(winter.sled),
    "snake": fixed(reptiles.snake),
    "sword": fixed(arms.sword),
    "telescope": fixed(instruments.telescope),
    "tiger": fixed(hunters.tiger),
    "toy_dinosaur": fixed(reptiles.tyrannosaur),
    "toy_igloo": fixed(winter.toy_igloo),
    "toy_rocket": fixed(space.toy_rocket),
    "toy_spaceship": fixed(space.toy_spaceship),
    "turtle": fixed(reptiles.turtle),
    "whale": fixed(swimmers.whale),
})  # fmt: skip
"""Builders by noun."""
