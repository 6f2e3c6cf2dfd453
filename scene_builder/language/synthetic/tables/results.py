"""How outcomes are worded: what a thing does to another, and how it ends."""

from scene_builder.model.words import OutcomePredicate

TOUCHING = (
    "hit", "hit", "hit", "strike", "strike", "crash into", "crash into", "smash into", "bump into",
    "bump into", "collide with", "collide with", "slam into", "run into", "knock into",
    "bang into", "ram", "touch", "touch", "tap", "brush against", "graze", "clip", "plow into",
    "make contact with", "bump against", "crash against", "knock against", "thud into",
    "bounce into",
)  # fmt: skip
TOPPLING = (
    "knock over", "knock over", "knock over", "knock over", "knock down", "knock down", "topple",
    "topple", "tip over", "overturn", "bowl over", "push over", "bring down", "flatten",
    "knock flat", "take down", "mow down", "upset",
)  # fmt: skip
MISSING = ("miss", "miss", "narrowly miss", "avoid", "just miss", "dodge", "steer clear of",
           "pass by without touching")  # fmt: skip
LANDING_ON = ("land on", "land on", "land on top of", "end up on", "come down on", "settle on",
              "come to rest on", "come to rest on top of", "drop onto", "touch down on",
              "fall onto")  # fmt: skip
LANDING_IN = ("land in", "land in", "land inside", "end up in", "end up inside", "settle in",
              "come to rest in", "come to rest inside", "drop into", "fall into", "plop into",
              "disappear into")  # fmt: skip
ENDS: dict[OutcomePredicate, tuple[str, ...]] = {
    "falls": ("fall over", "fall over", "fall over", "fall down", "fall down", "topple",
              "topple over", "tip over", "tip over", "collapse", "keel over", "go down",
              "tumble over", "tumble down", "come crashing down", "fall flat"),
    "bounces": ("bounce", "bounce back", "bounce away", "rebound", "bounce off", "bounce up",
                "bounce twice", "bounce once", "bounce several times"),
    "comes_to_rest": ("come to rest", "come to rest", "stop", "stop", "come to a stop",
                      "come to a halt", "come to a standstill", "stop moving", "halt",
                      "roll to a stop", "settle", "grind to a halt"),
    "leaves_frame": ("leave the frame", "leave the frame", "leave the picture", "exit the frame",
                     "roll out of frame", "go out of shot", "disappear from view", "leave the shot",
                     "vanish from view", "exit the shot", "move out of view"),
    "moves": ("move", "start moving", "shift", "begin to move", "get moving", "budge", "stir",
              "move a little"),
}  # fmt: skip
"""Outcomes without an object → verbs."""
STAYING_ON = ("stay on", "stay on", "remain on", "keep its place on", "stay put on",
              "stay balanced on", "remain standing on")  # fmt: skip
FALLING_OFF = ("fall off", "fall off", "roll off", "drop off", "tumble off", "slip off",
               "topple off", "drop from", "fall from", "slide off",
               "go over the edge of")  # fmt: skip

POSTURES = ("rest", "sit", "stand", "lie", "stay", "remain", "wait", "balance", "be perched",
            "sit quietly", "sit motionless", "rest quietly", "stand still",
            "lie still")  # fmt: skip
"""Verbs of a thing to which nothing happens."""
PLACED = ("placed", "set", "lying", "sitting", "standing", "located", "positioned", "resting",
          "seen", "situated", "arranged", "perched")  # fmt: skip

SUBSETS = (("at least ", ">="), ("at least ", ">="), ("at most ", "<="), ("exactly ", ""),
           ("", ""), ("", ""), ("only ", ""), ("just ", ""), ("no more than ", "<="),
           ("no fewer than ", ">="), ("no less than ", ">="))  # fmt: skip
"""Words before the number of a part → how it is compared."""
