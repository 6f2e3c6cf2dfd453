"""Where things are at home: which place a sentence means that names none."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from scene_builder.build.setting.kinds import Place
from scene_builder.build.setting.table import PLACES
from scene_builder.knowledge.nouns import Match, resolve_noun
from scene_builder.model.graph import SceneGraph

_AT_HOME: Mapping[str, str] = MappingProxyType({
    "snow field": "snowman snowball sled toy_igloo ski snowboard skier polar_bear penguin",
    "beach": "sandcastle surfboard beach_ball starfish seashell palm_tree parasol crab "
             "toy_lighthouse",
    "lake": "toy_boat toy_canoe buoy goose shark dolphin whale",
    "street": "traffic_cone traffic_light fire_hydrant mailbox street_lamp motorcycle skateboard",
    "forest": "deer bear fox owl wolf campfire squirrel",
    "farm": "cow sheep pig goat chicken scarecrow toy_tractor",
    "field": "toy_rocket elephant lion giraffe zebra rhinoceros",
    "desert": "camel",
    "mountains": "dragon toy_dinosaur",
    "park": "swing slide kite picnic_blanket tree pine_tree bush arrow_sign",
    "garden": "gnome watering_can lawn_mower wheelbarrow fence grass_tuft",
    "bedroom": "bed pillow wardrobe nightstand cradle",
    "kitchen": "stove oven refrigerator pan pot toaster kettle microwave",
    "bathroom": "bathtub toilet sink shower",
    "living room": "sofa tv fireplace",
    "workshop": "anvil clamp saw workbench drill wrench",
    "office": "desk computer printer stapler",
    "classroom": "blackboard chalk",
    "laboratory": "microscope test_tube beaker flask",
    "gym": "basketball_hoop dumbbell barbell",
    "stadium": "goal",
    "bowling alley": "pin",
    "stage": "drum microphone",
    "warehouse": "pallet",
})  # fmt: skip
"""Nouns that are nearly always met in one place. What is met anywhere (a cup, a ball, a table) is
no word for a place."""

_PLACE_OF = {noun: place for place, nouns in _AT_HOME.items() for noun in nouns.split()}

_SMALL = frozenset({"toy", "paper", "model", "plastic", "little", "tiny", "miniature", "wooden"})
"""Words that make a thing one to play with, which is at home indoors."""


def open_air_of(graph: SceneGraph) -> str:
    """Return the place out of doors where a graph's things are at home; a park for all others."""
    asked = ((entity.noun, resolve_noun(entity.noun)) for entity in graph.entities)
    home = home_of(asked, PLACES)
    return home if home is not None and not PLACES[home].indoor else "park"


def home_of(
    asked: Iterable[tuple[str, Match | None]], places: Mapping[str, Place], *, indoor: bool = False
) -> str | None:
    """Return the place where most of a graph's things are at home, the first named on a tie.

    Args:
        asked: Each thing's noun as the words have it, and what it was resolved to.
        places: All there are, by name.
        indoor: Whether something needs a wall: no place out of doors is meant.
    """
    votes: dict[str, int] = {}
    for words, match in asked:
        if match is None or _SMALL & set(words.replace("_", " ").split()):
            continue
        place = _PLACE_OF.get(match.noun.name)
        if place is not None and (places[place].indoor or not indoor):
            votes[place] = votes.get(place, 0) + 1
    return max(votes, key=lambda place: votes[place]) if votes else None
