"""Animals, spacecraft and other things that stories are full of, and who makes them."""

from collections.abc import Mapping
from types import MappingProxyType

from scene_builder.assets.procedural.blueprint import Builder, fixed
from scene_builder.assets.procedural.things.creatures import (
    equines,
    grazers,
    hunters,
    pets,
    reptiles,
    rodents,
    small,
    swimmers,
)
from scene_builder.assets.procedural.things.gadgets import timepieces
from scene_builder.assets.procedural.things.sport import parachutes
from scene_builder.assets.procedural.things.treats import berries
from scene_builder.assets.procedural.things.wonders import (
    arms,
    harbour,
    instruments,
    relics,
    skeletons,
    space,
    winter,
    worlds,
)

STORIED: Mapping[str, Builder] = MappingProxyType({
    "anchor": fixed(harbour.anchor),
    "astronaut": fixed(space.astronaut),
    "bee": fixed(small.bee),
    "butterfly": fixed(small.butterfly),
    "cannon": fixed(harbour.cannon),
    "cat": fixed(pets.cat),
    "cherry": berries.cherry_rand,
    "cow": fixed(grazers.cow),
    "crab": fixed(small.crab),
    "dog": fixed(pets.dog),
    "dolphin": fixed(swimmers.dolphin),
    "dragon": fixed(reptiles.dragon),
    "elephant": fixed(grazers.elephant),
    "frog": fixed(small.frog),
    "giraffe": fixed(grazers.giraffe),
    "globe": fixed(worlds.globe),
    "hedgehog": fixed(rodents.hedgehog),
    "hourglass": fixed(instruments.hourglass),
    "lion": fixed(hunters.lion),
    "microphone": fixed(instruments.microphone),
    "mouse": fixed(rodents.mouse),
    "octopus": fixed(swimmers.octopus),
    "owl": fixed(small.owl),
    "parachute": fixed(parachutes.parachute),
    "penguin": fixed(hunters.penguin),
    "pig": fixed(grazers.pig),
    "pineapple": berries.pineapple_rand,
    "planet": fixed(worlds.planet),
    "shark": fixed(swimmers.shark),
    "sheep": fixed(grazers.sheep),
    "shield": fixed(arms.shield),
    "skeleton": fixed(skeletons.skeleton),
    "skull": fixed(relics.skull),
    "sled": fixed(winter.sled),
    "snake": fixed(reptiles.snake),
    "strawberry": berries.strawberry_rand,
    "sword": fixed(arms.sword),
    "telescope": fixed(instruments.telescope),
    "tiger": fixed(hunters.tiger),
    "toy_dinosaur": fixed(reptiles.tyrannosaur),
    "toy_igloo": fixed(winter.toy_igloo),
    "toy_lighthouse": fixed(harbour.lighthouse),
    "toy_rocket": fixed(space.toy_rocket),
    "toy_spaceship": fixed(space.toy_spaceship),
    "toy_submarine": fixed(harbour.submarine),
    "trumpet": fixed(instruments.trumpet),
    "turtle": fixed(reptiles.turtle),
    "unicorn": fixed(equines.unicorn),
    "wall_clock": fixed(timepieces.wall_clock),
    "whale": fixed(swimmers.whale),
    "zebra": fixed(equines.zebra),
})  # fmt: skip
"""Builders by noun."""
