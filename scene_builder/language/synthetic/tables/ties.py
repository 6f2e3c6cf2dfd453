"""How relations are worded, from the side of the subject and from that of the object."""

from scene_builder.model.words import Predicate

WORDINGS: dict[Predicate, tuple[str, ...]] = {
    "on": ("on", "on", "on", "on", "on top of", "on top of", "atop", "upon", "on the surface of",
           "on the edge of", "at the edge of", "in the middle of", "near the edge of",
           "at the end of", "on one end of", "on the corner of"),
    "inside": ("inside", "inside", "in", "in", "in", "inside of", "within", "at the bottom of"),
    "under": ("under", "under", "beneath", "below", "underneath", "directly under", "right below"),
    "above": ("above", "above", "over", "high above", "directly above", "right above", "just over"),
    "left_of": ("to the left of", "to the left of", "left of", "on the left of",
                "on the left side of", "just left of", "on the left-hand side of",
                "to the immediate left of"),
    "right_of": ("to the right of", "to the right of", "right of", "on the right of",
                 "on the right side of", "just right of", "on the right-hand side of",
                 "to the immediate right of"),
    "in_front_of": ("in front of", "in front of", "in front of", "right in front of",
                    "directly in front of", "just in front of", "at the front of"),
    "behind": ("behind", "behind", "behind", "in back of", "at the back of", "right behind",
               "directly behind", "just behind"),
    "beside": ("beside", "beside", "next to", "next to", "next to", "by", "alongside",
               "at the side of", "right next to", "side by side with", "adjacent to"),
    "near": ("near", "near", "close to", "not far from", "in the vicinity of", "a little way from",
             "close by", "a short distance from"),
    "between": ("between", "between", "in between", "sandwiched between", "wedged between",
                "halfway between", "midway between", "flanked by"),
    "against": ("leaning against", "leaning against", "propped against", "resting against",
                "against", "propped up against", "leaned against"),
    "facing": ("facing", "facing", "opposite", "facing towards", "turned toward", "looking at",
               "pointing at", "facing toward"),
    "around": ("around", "around", "all around", "in a circle around", "in a ring around",
               "arranged around", "gathered around", "surrounding", "encircling"),
    "attached_to": ("attached to", "attached to", "fixed to", "glued to", "mounted on",
                    "fastened to", "bolted to", "stuck to", "tied to", "chained to", "screwed to"),
    "hanging_from": ("hanging from", "hanging from", "suspended from", "dangling from",
                     "hanging on", "hanging by", "suspended by", "hung from", "dangling on"),
}  # fmt: skip
"""Predicate → what stands between its subject and its object."""
TURNED: dict[Predicate, tuple[str, ...]] = {
    "on": ("with S on it", "with S on top", "with S on top of it", "holding S", "carrying S",
           "topped with S", "supporting S", "that has S on it", "on which S stands/s",
           "on which S rests/s", "on top of which S sits/s"),
    "inside": ("with S in it", "with S inside", "with S inside it", "containing S", "holding S",
               "filled with S", "that contains S", "full of S", "that holds S"),
    "around": ("surrounded by S", "ringed by S", "encircled by S", "with S around it",
               "with S all around it"),
    "between": ("with S between them", "with S in between"),
    "under": ("with S under it", "with S underneath", "with S beneath it"),
    "above": ("with S above it",),
    "left_of": ("with S on its left", "with S to its left"),
    "right_of": ("with S on its right", "with S to its right"),
    "beside": ("with S beside it", "with S next to it", "accompanied by S", "alongside S"),
    "behind": ("with S behind it",),
    "in_front_of": ("with S in front of it",),
    "hanging_from": ("with S hanging from it", "from which S hangs", "from which S dangles"),
    "attached_to": ("with S attached to it", "with S fixed to it"),
    "against": ("with S leaning against it", "with S propped against it"),
    "near": ("with S nearby", "with S near it", "with S close by"),
    "facing": ("faced by S",),
}  # fmt: skip
"""Predicate → what follows its object; `S` names its subject."""
SIMPLE: tuple[Predicate, ...] = (
    "on", "on", "on", "inside", "under", "above", "left_of", "right_of", "in_front_of", "behind",
    "beside", "near",
)  # fmt: skip
"""Relations that any two things may have, the frequent ones oftener."""
SIDE: tuple[Predicate, ...] = (
    "left_of", "right_of", "in_front_of", "behind", "beside", "near",
)  # fmt: skip
KINDS_OF: dict[Predicate, tuple[str, str]] = {
    "on": ("small", "support"), "inside": ("small", "container"), "under": ("any", "big"),
    "above": ("any", "any"), "against": ("any", "big"), "facing": ("any", "any"),
    "around": ("toppler+", "any"), "attached_to": ("small", "big"),
    "hanging_from": ("any", "hanger"), "between": ("any", "any"), "left_of": ("any", "any"),
    "right_of": ("any", "any"), "in_front_of": ("any", "any"), "behind": ("any", "any"),
    "beside": ("any", "any"), "near": ("any", "any"),
}  # fmt: skip
"""Predicate → kinds of its subject and its object."""
