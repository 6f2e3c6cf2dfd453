"""Wordings of relations and directions."""

from scene_builder.knowledge.words.closed import listed, spaced
from scene_builder.model.words import Direction, Predicate

RELATION_WORDINGS: dict[Predicate, tuple[str, ...]] = {
    "on": ("on", "on top of", "atop", "upon", "on the surface of", "near the edge of",
           "on one end of",
           "on the corner of", "at the end of", "on the edge of"),
    "inside": ("inside", "in", "inside of", "within", "at the bottom of"),
    "under": ("under", "beneath", "below", "underneath", "directly under", "right below",
              "right under", "just under", "directly below", "right beneath", "directly beneath"),
    "above": ("above", "over", "high above", "directly above", "right above", "just above",
              "just over", "directly over"),
    "left_of": ("to the left of", "left of", "on the left of", "on the left side of",
                "just left of", "on the left-hand side of", "to the immediate left of"),
    "right_of": ("to the right of", "right of", "on the right of", "on the right side of",
                 "just right of", "on the right-hand side of", "to the immediate right of"),
    "in_front_of": ("in front of", "ahead of", "right in front of", "directly in front of",
                    "just in front of", "at the front of"),
    "behind": ("behind", "in back of", "at the back of", "right behind", "directly behind",
               "just behind", "close behind"),
    "beside": ("beside", "next to", "by", "alongside", "at the side of", "right next to",
               "side by side with", "adjacent to", "right beside", "close beside", "just beside"),
    "near": ("near", "close to", "not far from", "in the vicinity of", "nearby",
             "a little way from", "close by", "a short distance from", "not far away from"),
    "between": ("between", "in between", "sandwiched between", "wedged between",
                "halfway between", "midway between", "right between", "exactly between"),
    "against": ("against", "up against"),
    "around": ("around", "all around", "in a circle around", "in a ring around",
               "surrounding", "encircling"),
    "facing": ("facing", "opposite", "faces", "face"),
    "attached_to": ("attached to", "fixed to", "glued to", "mounted on", "fastened to",
                    "bolted to", "stuck to", "tied to", "chained to", "screwed to",
                    "nailed to", "taped to", "strapped to", "hooked to", "pinned to"),
    "hanging_from": ("hanging from", "hanging on", "suspended from", "dangling from",
                     "hanging by", "suspended by", "dangling on", "hangs from", "hang from",
                     "hung from", "hangs on", "hangs by", "dangles from", "dangle from"),
}  # fmt: skip

RELATION_OF: dict[str, Predicate] = {
    wording: predicate for predicate, wordings in RELATION_WORDINGS.items() for wording in wordings
}
"""Wording → predicate."""

DIRECTION_WORDINGS: dict[Direction, tuple[str, ...]] = {
    "left": ("to the left", "left", "leftward", "leftwards", "from the right",
             "from right to left", "right to left", "towards the left",
             "toward the left"),
    "right": ("to the right", "right", "rightward", "rightwards", "from the left",
              "from left to right", "left to right", "towards the right",
              "toward the right"),
    "forward": ("forward", "forwards", "ahead", "straight ahead"),
    "backward": ("backward", "backwards"),
    "toward_camera": ("toward the camera", "towards the camera", "at the camera",
                      "toward us", "towards us"),
    "away": ("away", "away from the camera", "into the distance"),
    "up": ("up", "upward", "upwards", "into the air", "into the sky", "straight up",
           "upstairs"),
    "down": ("down", "downward", "downwards", "downhill", "downstairs", "straight down"),
    "off": ("off",),
    "clockwise": ("clockwise",),
    "counter_clockwise": ("counterclockwise", "counter-clockwise", "anticlockwise",
                          "anti-clockwise"),
}  # fmt: skip

DIRECTION_OF: dict[str, Direction] = {
    wording: direction for direction, wordings in DIRECTION_WORDINGS.items() for wording in wordings
}
"""Wording → direction."""

ROW_WORDS = ("row", "line", "queue", "file", "column")
STACK_WORDS = ("stack", "tower", "pile", "heap")
GROUP_WORDS = ("group", "bunch", "set", "collection", "handful", "cluster", "number", "couple",
               "pair", "trio", "dozen", "string", "garland", "strand", "ring", "pack", "herd",
               "flock", "batch", "family", "pile-up", "series", "host", "array", "bouquet", "load",
               "crowd", "dozens", "hundreds", "rack")  # fmt: skip
EDGE_WORDS = listed("""
edge end top side middle center centre corner bottom foot surface rim left right front back rest
lot piece kind leg handle base tip lip seat roof trunk lid neck brim mouth half step rung groove
underside suit bullseye inside outside backrest armrest slab flight heart length path way slope
""")
"""Nouns that only say which part: "the edge of a table" is the table."""

BODY_PARTS = listed("""
foot feet hand hands head back shoulder shoulders arm arms lap leg legs nose mouth palm palms
finger fingers paw paws face chest knee knees beak tail hoof hooves trunk wing wings claw claws
""")
"""Parts of people and animals: what is on a hand is on the one whose hand it is."""

HOLDERS = listed("""
bowl cup mug glass jar vase bucket pail basket box crate bin barrel tub pot pan chest suitcase bag
backpack carton bottle jug pitcher wheelbarrow cart wagon trolley sack tin can plate tray pouch
purse packet tank dish saucer pool shelf truck case drawer carafe decanter flask net nest cage
shopping_cart sandbox aquarium fishbowl teapot kettle cauldron urn tankard trough
""")
"""Nouns that may stand before "of" and what they hold: "a bowl of apples"."""

VESSELS = spaced("""
funnel net mitt glove goal moat pool pond nest lake river sea ocean water ditch pit trench well
bin can bag sack pocket pouch hole hamper basket trolley sandbox hoop mouth fountain canal puddle
swamp quicksand volcano bed bush tree hedge shrub drawer chute slot flower_pot flowerpot
grate oven fireplace wastebasket wastepaper_basket trash_can tub haystack cupboard sink bathtub
gutter groove cannon toilet bucket pail
""")
"""What things land in rather than on, beside the containers of the noun table."""

SURFACES = listed("""
plate tray saucer shelf trolley cart table desk bench cushion skateboard truck raft platform
""")
"""Those on which things lie, rather than in them."""
