"""Nouns by what they may be in a sentence, beyond those that every reader knows."""

import re

from scene_builder.knowledge.words import nouns as n
from scene_builder.model.words import RESERVED_IDS

_NOT_DRAWN = frozenset(
    {*RESERVED_IDS, "stairs", "scissors", "headphones", "cliff", "giant", "sushi", "bread", "soap"}
)

_PLAIN = re.compile(r"[a-z]{2,}(?:[ -][a-z]{2,})*")

FREQUENT = frozenset(
    n.words(
        "ball marble cup table book box bottle chair block domino bowl plate ramp car cube pin "
        "shelf desk apple vase crate can jar glass cone barrel bucket basket coin candle mug brick "
        "stool egg tray lamp plank toy_car hammer bench orange tennis_ball basketball football "
        "bowling_ball soccer_ball golf_ball beach_ball wheel tire log toy_truck truck pencil pen "
        "spoon fork knife key phone clock pot pan teapot teacup wine_glass suitcase chest drum "
        "bell balloon kite robot dog cat boy girl man woman child horse bird rope chain hook "
        "string branch door window drawer counter sofa bed bookshelf cabinet slope hill slide "
        "seesaw rock stone boulder pebble tree pillar column tower traffic_cone bowling_pin "
        "chess_piece die dice trophy statue teddy_bear doll lemon pumpkin watermelon melon tomato "
        "skateboard cart wagon train airplane rocket feather leaf hat shoe pillow cushion plant "
        "flowerpot picture_frame mirror cylinder sphere pyramid ring spinning_top bead button"
    )
)
"""Nouns that prompts are full of."""

_RARE = """
samovar gnome accordion abacus anvil urn birdhouse beehive bobblehead boomerang buoy candelabra
carafe chandelier clog cuckoo_clock decanter dumbbell easel flagstone gargoyle gavel gramophone
gravestone harmonica horseshoe inkwell kettlebell lute manger metronome nutcracker oar ocarina
paperweight parcel pestle piggy_bank rocking_horse sled sombrero stethoscope tambourine teepee
thimble totem typewriter ukulele unicycle vat weathervane xylophone yurt zither blender toaster
microwave waffle_iron rice_cooker coffee_machine coffee_pot gravy_boat cutting_board rolling_pin
cookie_jar pepper_shaker egg_cup fruit_bowl cake_stand ice_bucket tissue_box
paint_can paint_bucket spray_can oil_drum gas_can propane_tank fire_extinguisher hard_hat
tape_measure spirit_level paintbrush clamp vise mallet crowbar chisel pickaxe rake pitchfork hoe
wheelchair walking_stick crutch hockey_stick hockey_puck golf_club tennis_racket badminton_racket
baseball_bat cricket_ball rugby_ball medicine_ball exercise_ball yoga_ball bowling_shoe ice_skate
roller_skate surfboard snowboard sleigh toboggan kayak paddle life_ring cooler thermos_flask
picnic_basket sleeping_bag camping_stove flashlight torch oil_lamp paper_lantern tea_light
music_box jewelry_box ring_box snow_shovel dustpan broom mop laundry_basket ironing_board
 hair_dryer hairbrush shampoo_bottle soap_dish towel_rack toilet_roll plunger shower_head
filing_cabinet office_chair desk_lamp paper_clip tape_dispenser hole_punch pencil_case pencil_cup
ink_bottle whiteboard projector loudspeaker record_player turntable record cassette camera tripod
game_controller drone toy_robot toy_soldier toy_train toy_truck toy_plane toy_boat
building_block alphabet_block jenga_block lego_brick toy_brick nesting_doll rag_doll puppet
marionette slinky pogo_stick hula_hoop jump_rope bouncy_ball croquet_ball
croquet_mallet dice_cup poker_chip chess_king chess_queen checkers_piece tennis_ball beach_ball
garden_gnome garden_hose birdbath planter bonsai pumpkin sunflower hay_bale milk_churn milk_can
rain_barrel wine_barrel beer_keg beer_bottle beer_mug champagne_glass martini_glass shot_glass
teacup espresso_cup sugar_bowl butter_dish cheese_wheel baguette birthday_cake gingerbread_house
candy_cane chocolate_bar jelly_bean gumball gumball_machine marshmallow pretzel bagel taco
burrito walnut hazelnut pineapple papaya mango kiwi avocado artichoke cauliflower broccoli
beetroot radish turnip ice_cube ice_block snowball snow_globe crystal_ball bell_jar specimen_jar
test_tube beaker erlenmeyer_flask microscope prism magnet pendulum gyroscope tuning_fork weight
spring_scale bowling_trophy suit_of_armor shield sword spear arrow helmet crown sceptre throne
treasure_map ingot coin_purse money_bag vault lock padlock door_knob doorbell fan ceiling_fan
heater radiator air_conditioner satellite_dish antenna solar_panel wind_turbine water_tower silo
oil_barrel manhole_cover parking_meter fire_hydrant stop_sign street_sign park_bench phone_booth
bollard traffic_barrel jersey_barrier shopping_basket shopping_bag paper_bag gift_bag gift_box
moving_box egg_carton juice_box cereal_bowl pizza_box hatbox birdcage fish_tank doghouse dog_bowl
cat_tree scratching_post litter_box bone chew_toy
"""
_ROLLERS = """
bouncy_ball croquet_ball cricket_ball medicine_ball yoga_ball snow_globe gumball
cheese_wheel hockey_puck oil_drum barrel wine_barrel beer_keg orange toilet_roll spool
toy_truck toy_train toy_tractor monster_truck race_car go-kart shopping_cart roller_skate
ice_cube disc puck hula_hoop crystal_ball hazelnut walnut kiwi mango cannonball ball_bearing
skateboard tin_can bottle_cap poker_chip egg sphere wheel
"""
_TOPPLERS = """
beer_bottle wine_bottle champagne_glass paint_can spray_can water_bottle milk_bottle juice_box
gift_box toy_soldier chess_king chess_queen garden_gnome nesting_doll fire_extinguisher paper_cup
jenga_block building_block toy_brick traffic_barrel bollard folding_chair umbrella_stand
mannequin easel sign floor_lamp desk_lamp cereal_box shampoo_bottle tea_light pencil_cup egg_cup
carton
"""
_SUPPORTS = """
kitchen_counter bar_counter bar_stool park_bench picnic_table tabletop windowsill tree_stump
pallet cart trolley filing_cabinet bedside_table tea_table end_table lab_bench podium
cutting_board piano speaker turntable conveyor_belt fence_post wagon treadmill cabinet
"""
_SLOPES = """
 chute hill slope slide plank staircase dune marble_run track ski_slope loading_ramp
"""
_CONTAINERS = """
paint_bucket laundry_basket picnic_basket cookie_jar fish_tank gift_box beaker toy_box egg_carton
wine_glass paper_bag shopping_bag fruit_bowl ice_bucket cooking_pot frying_pan shopping_cart
cereal_bowl paper_cup measuring_cup mixing_bowl sugar_bowl dog_bowl pencil_cup hatbox
"""
_AGENTS = """
 firefighter policeman nurse waiter skater juggler athlete
bowler golfer puppy kitten squirrel raccoon chimpanzee llama pony bull ram duckling android alien
businessman construction_worker baby cowboy magician gardener mouse
"""
_BEADS = """
bead marble coin pebble ball pearl die nut button cherry grape bean candy gumball screw nail bolt
blueberry acorn lego_brick ping_pong_ball key ice_cube walnut hazelnut bottle_cap gem
"""
_HANGERS = """
rope chain string cable hook branch beam cord wire crane pole thread tree_branch ceiling_beam
clothesline curtain_rod fishing_line spring ribbon bungee_cord bracket
"""
_FLIERS = """
drone balloon kite airplane helicopter paper_plane paper_airplane rocket bird eagle seagull
butterfly spaceship hot-air_balloon feather leaf frisbee bee owl pigeon parrot umbrella snowflake
ufo zeppelin dragon toy_plane broomstick boomerang arrow soap_bubble lantern cloud
"""
_DOORS = """
door gate drawer lid chest window book box cabinet trunk umbrella suitcase wardrobe treasure_chest
fridge mailbox laptop oven cupboard toolbox music_box locker jewelry_box garage_door shutter
"""
_MELTERS = """
candle snowman ice_cube ice_cream popsicle chocolate_bar crayon snowball cheese igloo
wax_figure marshmallow icicle jelly_bean clock
"""
_BURSTERS = """
balloon barrel watermelon pumpkin firework bomb crate box car vase bottle melon egg bubble lightbulb
television rocket snowman spaceship asteroid planet grenade truck house statue
"""


def _drawn(*blocks: str, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    every = {word for block in blocks for word in n.words(block)} - without
    return tuple(sorted(word for word in every - _NOT_DRAWN if _PLAIN.fullmatch(word)))


ANIMATE: frozenset[str] = frozenset(_drawn(n.AGENTS, _AGENTS))
"""People and animals."""
_ROOMY = (n.FURNITURE | frozenset(n.words(n.BIG)) | ANIMATE) - frozenset(n.words(_CONTAINERS))
HOLDERS: frozenset[str] = frozenset(
    n.words(
        "jar bowl box basket crate bucket bag sack glass can tin barrel bottle vase mug cup pot "
        "carton tray plate cart chest suitcase drawer wheelbarrow pail jug tub bin cookie_jar "
        "fruit_bowl shopping_cart wagon toolbox toy_box"
    )
)
"""What may stand before "of" with its contents: a jar of buttons."""
FLAT_HOLDERS: frozenset[str] = frozenset(n.words("tray plate cart wagon"))
CONTENTS: tuple[str, ...] = n.words(
    "button marble coin nail apple orange cherry lemon egg pencil book toy bottle brick stone "
    "pebble potato tomato onion cookie candy screw bolt key bead flower lego_brick ball walnut "
    "grape plum pear carrot mushroom muffin donut sandwich tool brush crayon spoon fork cork "
    "shell acorn pinecone die domino card letter newspaper peach strawberry bean seashell gem"
)
"""What is kept in things, in the singular."""
KINDS: dict[str, tuple[str, ...]] = {
 "roller": _drawn(n.ROLLERS, _ROLLERS),
 "support": _drawn(n.SUPPORTS, _SUPPORTS, without=ANIMATE),
 "slope": _drawn(n.SLOPES, _SLOPES, without=ANIMATE),
 "container": _drawn(n.CONTAINERS, _CONTAINERS, without=_ROOMY),
 "small": _drawn(n.SMALL, _RARE),
 "toppler": _drawn(n.TOPPLERS, _TOPPLERS),
 "target": _drawn(n.TOPPLERS, _TOPPLERS, n.SMALL),
 "broad": _drawn(n.SUPPORTS, _SUPPORTS, n.BIG, without=ANIMATE),
 "big": _drawn(n.BIG),
 "any": _drawn(n.SMALL, n.BIG, _RARE),
 "hanger": _drawn(_HANGERS),
 "agent": _drawn(n.AGENTS, _AGENTS),
 "block": _drawn("block brick book box plate crate cube tire coin plank tin can suitcase "
 "pallet tray bowl pizza_box shoebox newspaper pancake log cushion pillow "
 "toy_brick building_block cup hat chair stone"),
 "bead": _drawn(_BEADS),
 "door": _drawn(_DOORS),
 "flier": _drawn(_FLIERS),
 "melter": _drawn(_MELTERS),
 "burster": _drawn(_BURSTERS),
}  # fmt: skip
"""Kind of a slot → singular nouns, in alphabetical order."""

COMMON: dict[str, tuple[str, ...]] = {
    kind: tuple(word for word in nouns if word in FREQUENT) for kind, nouns in KINDS.items()
}
"""Kind of a slot → its frequent nouns."""
