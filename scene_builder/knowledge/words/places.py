"""Nouns for places, told apart by when they name where it happens and when a thing on a stage."""

from scene_builder.knowledge.words.nouns import NOUNS, words
from scene_builder.knowledge.words.scenery import PLACE_NOUNS, PLACE_OR_THING

MORE_PLACES = frozenset(
    words("""
depot scrapyard junkyard savannah steppe moor heath glade clearing dunes lane crosswalk
intersection alleyway foyer atrium vestibule vault storeroom stockroom cloakroom terminal concourse
promenade boardwalk barracks bunker refectory foundry forge smithy sawmill winery distillery
refinery lumberyard boatyard churchyard racecourse ballpark skatepark observatory planetarium
amphitheatre amphitheater colosseum hayloft penthouse ward venus jupiter saturn mercury
building_site construction_site storage_room boiler_room engine_room antique_shop golf_course
football_field tennis_court basketball_court town_square operating_room launch_pad loading_bay
snowfield snow_field ice_field roadside seashore lakeshore lakeside riverside hayfield cornfield
wheat_field classroom staffroom lunchroom ballroom bedroom washroom restroom sunroom
sickroom newsroom crime_scene dance_floor stage_set film_set assembly_line
farmhouse_kitchen subway_station metro_station bus_station space_base moon_base
""")
)
"""Places that the list of scenery lacks."""

HOUSES = frozenset(
    words("""
castle cathedral chapel church mansion palace temple cottage cabin greenhouse theatre theater
station space_station spaceship submarine shop store aquarium stable square court barn train_car
bus_stop mill
""")
)
"""Buildings: where it happens inside them, things where anything stands before or on them."""

OPEN_FLOORS = frozenset(
    words("""
balcony patio terrace veranda driveway sidewalk road planet deck rink station_platform
roof_terrace pier
""")
)
"""Places that one is on, and that stay things where anything falls off or onto them."""

WATERS = frozenset(
    words("river sea lake pond pool ocean swimming_pool swamp bay lagoon marsh stream tunnel")
)
"""Places where a sentence opens with them; otherwise things that one falls into."""

ONLY_THINGS = frozenset(
    words("hillside hilltop boathouse porch cliff jetty kiosk shed boat_shed bank platform house")
)
"""Words of the list of scenery that name things on the stage before all."""

COMPOUND_HEADS = frozenset(
    words("shop store room site yard lot field park court hall station course rink market garden")
)
"""Heads that need the word before them to name a place: "antique shop", "building site"."""

QUALIFYING = frozenset({"antique", "public", "zen", "rose", "ice", "stone", "glass", "toy"})
"""Words that a place is named after though they are adjectives elsewhere."""

PLACE_PARTS = frozenset(
    words("""
path trail floor wall walls ceiling shelf shelves window interior exterior scene moment setting
kiosk robot walkway staircase stairs corner entrance aisle windowsill sill scenery backdrop
environment trapdoor stage curtain
""")
)
"""What stands behind the name of a place and lies within it: "museum shelf", "mountain path"."""

NAMED_ALSO = frozenset({*PLACE_NOUNS, *MORE_PLACES})
"""All nouns that can say where it happens."""

PURE_PLACES = frozenset(
    NAMED_ALSO - PLACE_OR_THING - NOUNS - HOUSES - OPEN_FLOORS - WATERS - ONLY_THINGS
    - {"room", "hall", "floor", "city", "town", "flat", "mine", "field", "yard", "mars", "moon"}
)  # fmt: skip
"""Nouns that never stand on a stage."""
