"""Everyday nouns by what they are good for, with their plurals.

The lists say what a word can do in a sentence (roll, hold things, carry things), not what
worldreel can build: that is the business of the asset sources.
"""

ROLLERS = """
ball marble basketball football tennis_ball bowling_ball golf_ball beach_ball cannonball
billiard_ball ping_pong_ball baseball volleyball soccer_ball melon watermelon pumpkin coconut
wheel tire barrel hoop cylinder sphere bead pearl globe egg log boulder pebble orange apple
lemon peach tomato grapefruit cabbage onion potato walnut can tin bottle coin ring spool drum
rolling_pin pipe pencil crayon glass_ball snowball grape cherry plum toy_car car truck bus van
skateboard cart wagon train locomotive tractor scooter bicycle trolley wheelchair stroller
"""

SMALL = """
cup mug glass bottle jar vase bowl plate saucer teapot kettle pot pan spoon fork knife candle
candlestick lamp lantern clock book notebook pencil pen eraser ruler domino die block cube
brick coin key ring button marble egg apple pear orange banana lemon peach tomato carrot onion
mushroom cake cupcake pie sandwich pizza cookie donut bread loaf bun cheese box parcel package
gift present basket hat cap shoe boot glove sock scarf bag purse wallet backpack phone camera_bag
laptop keyboard mouse monitor radio speaker microphone headphones guitar violin trumpet flute
drum bell whistle toy doll teddy_bear robot figurine statue statuette bust trophy medal pyramid
cone cylinder prism wedge cork dart hammer wrench screwdriver nail screw bolt nut saw axe shovel
bucket pail watering_can flowerpot flower rose tulip sunflower cactus plant leaf pinecone
seashell shell stone rock pebble crystal gem diamond feather pin bowling_pin skittle chess_piece
pawn rook knight bishop playing_card card photograph picture frame picture_frame mirror tray jug
pitcher flask thermos wine_glass goblet chalice tumbler pill_bottle perfume_bottle soap sponge
toothbrush comb brush towel pillow cushion teacup coffee_cup coffee_mug soda_can tin_can
salt_shaker pepper_mill ladle whisk spatula grater colander funnel lunchbox toolbox matchbox
shoebox cereal_box milk_carton toy_car toy_train toy_truck toy_boat rubber_duck snow_globe
hourglass magnet compass telescope microscope calculator stapler scissors envelope letter
newspaper magazine scroll map flag ribbon balloon kite yo-yo spinning_top top gear cog spring
battery lightbulb plug remote console joystick rubiks_cube puzzle dreidel pumpkin pineapple
strawberry cherry grape plum walnut acorn chestnut potato cucumber eggplant corncob croissant
pretzel muffin lollipop ice_cream waffle pancake sausage burger hotdog sushi fish shrimp
"""

CONTAINERS = """
bowl cup mug glass jar vase bucket pail basket box crate bin trash_can barrel bathtub sink tub
pot pan teapot drawer chest treasure_chest suitcase bag backpack carton bottle jug pitcher tray
wheelbarrow cart wagon hat shoebox toolbox fishbowl aquarium cage
sandbox pool pond well nest flowerpot wine_glass goblet teacup dish
"""

SUPPORTS = """
table desk shelf bench stool chair counter countertop workbench dresser cabinet nightstand
bookshelf bookcase sideboard coffee_table dining_table side_table picnic_table
platform pedestal plinth stand stage ledge windowsill mantelpiece tray crate box barrel board
plank wall bed sofa couch ottoman piano stove refrigerator washing_machine cupboard stump log
rock cliff roof bridge balcony staircase step ramp slide slope seesaw scaffold shelf trolley
carpet rug mat pillow mattress
"""

SLOPES = """
ramp slope slide hill chute plank board incline track staircase stairway stairs driveway roof
seesaw trough gutter rail dune mound
"""

BIG = """
chair armchair sofa couch bed table desk bench bookshelf bookcase wardrobe cabinet door gate
fence wall tree pine_tree palm_tree bush hedge stump log rock boulder car truck bus van taxi
police_car fire_truck tractor bicycle motorcycle scooter boat ship canoe sailboat submarine
airplane plane helicopter rocket spaceship satellite balloon train locomotive wagon cart
wheelbarrow barrel crate trash_can dumpster mailbox streetlamp lamp_post traffic_light
traffic_cone cone barrier column pillar arch tower castle house cabin tent barn windmill
lighthouse bridge fountain well statue snowman scarecrow swing seesaw carousel slide ladder
piano grand_piano harp drum washing_machine refrigerator oven stove television bathtub toilet
sink fireplace chimney robot astronaut dinosaur elephant horse cow sheep pig goat camel giraffe
lion tiger bear penguin dog cat rabbit duck goose chicken turtle frog wolf fox deer monkey
kangaroo crocodile shark whale dolphin octopus anchor cannon catapult treasure_chest globe
umbrella parasol hammock trampoline goal basketball_hoop billboard sign signpost flagpole
telephone_booth vending_machine shopping_cart suitcase trunk forklift crane excavator bulldozer
wrecking_ball pendulum cage igloo haystack hay_bale tire stack_of_hay pyramid obelisk monolith
"""

AGENTS = """
boy girl child man woman person robot dog cat monkey astronaut clown chef soldier knight farmer
worker player goalkeeper dancer pirate wizard giant bear elephant horse rabbit penguin gorilla
kid toddler teacher
"""

HANGERS = """
rope chain string cable hook ceiling branch beam cord wire crane bar rail pole thread
"""

TOPPLERS = """
domino pin bowling_pin skittle bottle can cup cone traffic_cone block brick book box cube
candle candlestick vase figurine chess_piece pawn statue tower milk_carton tin_can soda_can jar
glass wine_glass mug bucket lamp pillar column chair stool ladder crate plank tile
cylinder trophy cereal_box barrel thermos salt_shaker flowerpot
"""

IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "mouse": "mice",
    "goose": "geese", "die": "dice", "leaf": "leaves", "loaf": "loaves", "knife": "knives",
    "shelf": "shelves", "bookshelf": "bookshelves", "scarf": "scarves", "wolf": "wolves",
    "fish": "fish", "sheep": "sheep", "deer": "deer", "shrimp": "shrimp", "stairs": "stairs",
    "scissors": "scissors", "headphones": "headphones", "cactus": "cacti", "foot": "feet",
    "tooth": "teeth", "thief": "thieves", "calf": "calves", "half": "halves", "potato": "potatoes",
    "tomato": "tomatoes", "hero": "heroes",
    "domino": "dominoes", "staircase": "staircases", "octopus": "octopuses",
    "bus": "buses", "binoculars": "binoculars", "trousers": "trousers",
    "sushi": "sushi", "bread": "bread", "soap": "soap", "wax": "wax", "binocular": "binoculars",
    "spacecraft": "spacecraft", "aircraft": "aircraft", "dwarf": "dwarves", "elf": "elves",
}  # fmt: skip
"""Singular → plural, where the rules of spelling do not give it."""

EXTRA_PLURALS = {
    "cactuses": "cactus", "scarfs": "scarf", "fishes": "fish", "persons": "person",
    "pence": "penny", "dices": "die", "stair": "stairs",
}  # fmt: skip
"""Further forms → singular."""

SYNONYMS = {
    "dice": "die", "kid": "child", "bike": "bicycle", "photo": "photograph", "tyre": "tire",
    "plane": "airplane", "aeroplane": "airplane", "tv": "television", "fridge": "refrigerator",
}  # fmt: skip
"""Spellings of the same noun → the one that graphs use."""


def words(block: str) -> tuple[str, ...]:
    """Return the nouns of a list above, with spaces for underscores, each one once."""
    return tuple(dict.fromkeys(word.replace("_", " ") for word in block.split()))


NOUNS: frozenset[str] = frozenset(
    noun
    for block in (ROLLERS, SMALL, CONTAINERS, SUPPORTS, SLOPES, BIG, AGENTS, HANGERS, TOPPLERS)
    for noun in words(block)
)
"""Every noun of the lists, in the singular."""

TABLETOP: frozenset[str] = frozenset(words(SMALL)) - {"plant", "drum"}
"""Things that one finds on a table."""

FURNITURE: frozenset[str] = frozenset(words(SUPPORTS)) - {
    "tray", "box", "pillow", "carpet", "rug", "mat", "barrel", "crate",
}  # fmt: skip
"""Things that carry others."""


def plural(noun: str) -> str:
    """Return the plural of a singular noun; of a compound, the last word's."""
    *head, last = noun.split(" ")
    return " ".join([*head, _plural_word(last)])


def singular(noun: str) -> str:
    """Return the singular of a noun in either number; of a compound, the last word's."""
    *head, last = noun.split(" ")
    return " ".join([*head, _singular_word(last)])


def is_plural(noun: str) -> bool:
    """Whether a noun stands in the plural (words with one form count as singular)."""
    return singular(noun) != noun


def _plural_word(word: str) -> str:
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


_SINGULARS = {many: one for one, many in IRREGULAR_PLURALS.items()} | EXTRA_PLURALS
_WORDS = frozenset(part for noun in NOUNS for part in noun.split(" "))


def _singular_word(word: str) -> str:
    if word in _SINGULARS:
        return _SINGULARS[word]
    if word.endswith("s") and word[:-1] in _WORDS and word not in _WORDS:
        return word[:-1]
    if word in _WORDS or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004 - ties, pies keep their e
        return word[:-3] + "y"
    if word.endswith("es") and word[:-2] in _WORDS and word[:-1] not in _WORDS:
        return word[:-2]
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")) and word[:-1] not in _WORDS:
        return word[:-2]
    return word[:-1]
