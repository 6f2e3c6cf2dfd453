"""Wordings of relations and directions."""

from scene_builder.model.words import Direction, Predicate

RELATION_WORDINGS: dict[Predicate, tuple[str, ...]] = {
    "on": ("on", "on top of", "atop", "upon", "on the surface of"),
    "inside": ("inside", "in", "inside of", "within"),
    "under": ("under", "beneath", "below", "underneath"),
    "above": ("above", "over", "high above"),
    "left_of": ("to the left of", "left of", "on the left of", "on the left side of"),
    "right_of": ("to the right of", "right of", "on the right of", "on the right side of"),
    "in_front_of": ("in front of", "before"),
    "behind": ("behind", "in back of", "at the back of"),
    "beside": ("beside", "next to", "by", "alongside", "at the side of"),
    "near": ("near", "close to", "not far from", "in the vicinity of", "nearby"),
    "between": ("between", "in between"),
    "against": ("against",),
    "around": ("around", "all around"),
    "facing": ("facing", "opposite", "faces", "face"),
    "attached_to": ("attached to", "fixed to", "glued to", "mounted on", "fastened to",
                    "bolted to", "stuck to", "tied to", "chained to"),
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
             "from right to left"),
    "right": ("to the right", "right", "rightward", "rightwards", "from the left",
              "from left to right"),
    "forward": ("forward", "forwards", "ahead", "straight ahead"),
    "backward": ("backward", "backwards"),
    "toward_camera": ("toward the camera", "towards the camera", "at the camera",
                      "toward us", "towards us"),
    "away": ("away", "away from the camera", "into the distance"),
    "up": ("up", "upward", "upwards", "into the air", "into the sky", "straight up"),
    "down": ("down", "downward", "downwards", "downhill"),
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
               "pair", "trio", "dozen")  # fmt: skip
EDGE_WORDS = (
    "edge",
    "end",
    "top",
    "side",
    "middle",
    "center",
    "centre",
    "corner",
    "bottom",
    "foot",
    "surface",
    "rim",
    "left",
    "right",
    "front",
    "back",
    "rest",
    "lot",
    "piece",
    "kind",
    "leg",
    "handle",
    "base",
    "tip",
    "lip",
    "seat",
)
"""Nouns that only say which part: "the edge of a table" is the table."""
