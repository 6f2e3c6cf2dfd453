"""What is done to things, and the ways that may follow; `tables.motions` says how they read."""

from scene_builder.language.synthetic.tables.motions import (
    DOOR_WAYS,
    FALL_WAYS,
    GROUND_WAYS,
    POUR_WAYS,
    SPIN_WAYS,
    Motion,
    Way,
    motion,
    way,
)

_THROW_WAYS: tuple[Way, ...] = (
    way("toward", "[at/t|at/t|toward/t|towards/t|in_the_direction_of/t] <1>", "target", "$ >1", 4),
    way("into", "[into/t+e|against/t+e|straight_into/t+e] <1>", "toppler",
        "$ >1; 0 touches 1", 1.5),
    way("in", "[into/t+e|into/t+e|in/t+e] <1>", "container", "$ >1; 0 lands_in 1", 1.5),
    way("on", "[onto/t+e|on_top_of/t+e] <1>", "broad", "$ >1; 0 lands_on 1", 1),
    way("over", "over/t <1>", "any", "$ >1", 0.8),
    way("wall", "at/t WALL", "", "$ >wall", 0.25),
    way("wall", "against/t+e WALL", "", "$ >wall; 0 touches wall", 0.25),
    way("up", "[up/d|into_the_air/d|straight_up/d|up_into_the_air/d]", "", "$ up", 0.6),
    way("alone", "[|across the room|through the air|across the GROUND]", "", "$", 1),
    way("off", "off/d+r+e <1>", "support", "0 on 1; $ off; 0 falls_off 1", 0.6),
    way("turning", "[to_the_left/d=left|to_the_right/d=right|from_the_left/d=right|"
        "from_the_right/d=left|forward/d=forward|away/d=away]", "", "$", 1.2),
)  # fmt: skip
_PUSH_WAYS: tuple[Way, ...] = (
    way("off", "[off/d+r+e|off/d+r+e|over/d+r+e the edge of] <1>", "support",
        "0 on 1; $ off; 0 falls_off 1", 3),
    way("off_in", "off/d+r+e <1> into/e2 <2>", "support container",
        "0 on 1; $ off; 0 falls_off 1; 0 lands_in 2", 0.5),
    way("into", "[into/t+e|against/t+e|straight_into/t+e] <1>", "target",
        "$ >1; 0 touches 1", 2),
    way("toward", "[toward/t|towards/t|up_to/t] <1>", "target", "$ >1", 1.5),
    way("across", "[across/r|along/r] <1>", "support", "0 on 1; $", 2),
    way("floor", "[across|along|over] the GROUND", "", "$", 1.5),
    way("down", "down/d+r <1>", "slope", "0 on 1; $ down", 1),
    way("up", "up/d <1>", "slope", "$ up", 0.7),
    way("alone", "[|along|aside|out of the way]", "", "$", 0.8),
    way("turning", "[to_the_left/d=left|to_the_right/d=right|forward/d=forward|away/d=away|"
        "backward/d=backward|toward_the_camera/d=toward_camera]", "", "$", 1),
    way("under", "[under/t|beneath/t] <1>", "big", "$ >1", 0.4),
    way("out", "out/r of <1>", "container", "0 inside 1; $", 0.5),
    way("onto", "onto/t+e <1>", "support", "$ >1; 0 lands_on 1", 0.5),
)  # fmt: skip
_STACK_WAYS: tuple[Way, ...] = (
    way("on", "[on/t|on_top_of/t|onto/t] <1>", "support", "$ >1", 2),
    way("alone", "[|on top of each other|into a tower|one by one|one on top of the other|"
        "into a neat pile]", "", "$", 1.5),
    way("rel", "beside/t <1>", "any", "$ >1", 0.4),
)  # fmt: skip
_ROLL_WAYS = tuple(w for w in GROUND_WAYS if w.name not in {"frame", "from_to"})
_DROP_WAYS = tuple(w for w in FALL_WAYS if w.name not in {"sky", "sky_on", "out", "down"})
_SPIN_WAYS = SPIN_WAYS[:4]

HANDLED: tuple[Motion, ...] = (
    motion("throw", "throw throw throw throw toss toss hurl fling lob pitch chuck sling",
        "roller small",
       _THROW_WAYS, 2.5),
    motion("push", "push push push push shove nudge press prod", "any small roller", _PUSH_WAYS, 3),
    motion("pull", "pull pull drag drag tug tow haul yank", "any small roller", _PUSH_WAYS, 2),
    motion("kick", "kick kick kick kick punt boot volley", "roller small", _THROW_WAYS, 1.5),
    motion("launch", "launch launch shoot fire catapult", "roller small", _THROW_WAYS, 1.2),
    motion("drop", "drop drop release let_go_of", "small", _DROP_WAYS, 2),
    motion("roll", "roll roll bowl", "roller", _ROLL_WAYS, 1.2),
    motion("slide", "slide", "small any", _PUSH_WAYS, 0.6),
    motion("spin", "spin spin rotate twirl", "small any", _SPIN_WAYS, 0.7),
    motion("turn", "turn turn twist", "small any", _SPIN_WAYS, 0.3),
    motion("open", "open open unlatch", "door", DOOR_WAYS, 0.6),
    motion("close", "close close shut slam", "door", DOOR_WAYS, 0.6),
    motion("stack", "stack stack pile heap pile_up", "block+", _STACK_WAYS, 1.1),
    motion("pour", "pour pour tip empty dump", "bead+", POUR_WAYS, 0.9),
)  # fmt: skip
"""What is done to things."""
