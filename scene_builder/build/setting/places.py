"""Which place the words mean, and what its ground is."""

from collections.abc import Mapping
from dataclasses import replace

from scene_builder.build.setting.homes import home_of
from scene_builder.build.setting.kinds import Place
from scene_builder.build.setting.table import PLACES
from scene_builder.knowledge.materials import is_substance
from scene_builder.knowledge.nouns import resolve_noun
from scene_builder.model.graph import SceneGraph, Setting

__all__ = ["Place", "place_of"]

_SYNONYMS = {
    "lounge": "living room", "attic": "room", "hallway": "room", "castle hall": "museum",
    "cafe": "kitchen", "restaurant": "kitchen", "factory": "warehouse", "garage": "workshop",
    "sports hall": "gym", "lab": "laboratory", "playground": "park", "lawn": "garden",
    "yard": "garden", "backyard": "garden", "meadow field": "meadow", "woods": "forest",
    "alley": "street", "town": "city", "harbour": "lake", "roof": "rooftop", "moon": "space",
    "school": "classroom", "basement": "cellar", "gallery": "museum", "indoors": "room",
    "house": "living room", "mountain": "mountains", "theater": "stage", "theatre": "stage",
    "parking": "parking lot", "highway": "road", "arena": "stadium", "pitch": "stadium",
    "football field": "stadium", "snowfield": "snow field", "ice field": "snow field",
    "seashore": "beach", "coast": "beach", "dunes": "desert", "spaceship": "space station",
    "spacecraft": "space station", "lakeside": "lake", "riverside": "lake", "pond": "lake",
    "river": "lake", "stream": "lake", "pool": "lake", "swimming pool": "lake", "sea": "beach",
    "ocean": "beach", "den": "living room",
    "launch pad": "field", "launchpad": "field", "storeroom": "warehouse", "depot": "warehouse",
    "square": "city", "plaza": "city",
    "moon base": "space", "lunar surface": "space", "roof terrace": "rooftop",
}  # fmt: skip

_GROUNDS = {
    "wood": "oak", "wooden": "oak", "parquet": "oak", "lawn": "grass", "dirt": "soil",
    "earth": "soil", "pavement": "concrete", "tiles": "tile", "floor": "oak",
}  # fmt: skip

_UNDER_SNOW = frozenset({"grass", "soil", "stone", "asphalt", "concrete", "sand"})
"""Grounds that are white while it snows."""


_FALLING: Mapping[str, str] = {"rain": "street", "storm": "street", "fog": "park",
                               "snow": "snow field"}  # fmt: skip
"""Weather that is in the picture only out of doors, and where it is seen best."""

_IN_A_WALL = frozenset({"window", "curtain", "door"})
"""Shapes that need a wall."""


def place_of(graph: SceneGraph) -> tuple[Place, tuple[str, ...]]:
    """Return the place of a graph, and sentences about what was chosen.

    A place that the words leave open is a bright room, or outdoors for what belongs there.
    """
    notes = []
    asked = graph.setting.place
    name = _SYNONYMS.get(asked or "", asked or "")
    if name not in PLACES:
        chosen = _fitting(graph)
        if asked:
            notes.append(f"The place {asked!r} is not known; it is shown as a {chosen}.")
        else:
            notes.append(f"The words name no place; it is a {chosen}.")
        name = chosen
    place = replace(PLACES[name], setting=graph.setting)
    own = {match.noun.name for entity in graph.entities if (match := resolve_noun(entity.noun))}
    place = replace(place, scenery=tuple(one for one in place.scenery if one not in own))
    if place.indoor and graph.setting.weather in _FALLING:
        notes.append(f"The weather is {graph.setting.weather}; inside, none of it is seen.")
    return _grounded(place, graph.setting, notes), tuple(notes)


def _fitting(graph: SceneGraph) -> str:
    matches = [resolve_noun(entity.noun) for entity in graph.entities]
    walled = any(match is not None and match.noun.shape in _IN_A_WALL for match in matches)
    weather = None if walled else graph.setting.weather
    if "snow" in (weather, graph.setting.ground):
        return "snow field"
    if graph.setting.ground in ("grass", "lawn"):
        return "park"
    if graph.setting.ground in ("sand", "asphalt"):
        return {"sand": "beach", "asphalt": "street"}[graph.setting.ground]
    asked = zip((entity.noun for entity in graph.entities), matches, strict=True)
    home = home_of(asked, PLACES, indoor=walled)
    if home and not (weather in _FALLING and PLACES[home].indoor):
        return home
    if not walled and any(match is not None and match.noun.outdoors for match in matches):
        return "park"
    return _FALLING.get(weather or "", "room")


def _grounded(place: Place, setting: Setting, notes: list[str]) -> Place:
    asked = setting.ground
    if asked is None and setting.weather == "snow" and place.ground in _UNDER_SNOW:
        return replace(place, ground="snow", ground_color=None, marks={})
    if asked is None:
        return place
    substance = _GROUNDS.get(asked, asked)
    if not is_substance(substance):
        notes.append(f"The ground {asked!r} is not known; it is {place.ground}.")
        return place
    color = place.ground_color if substance == place.ground else None
    if substance == "oak":
        color = "#8a5a36"
    marks = place.marks if substance == place.ground else {}
    return replace(place, ground=substance, ground_color=color, marks=marks)
