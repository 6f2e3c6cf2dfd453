"""How things move: surface verbs of every verb of the graph, and the ways that follow them.

A way is a pattern of what stands after the verb. `<1>` names the thing of its first slot (`<0>`
is what moves), `[a|b]` is a choice, `GROUND`, `HEIGHT`, `WALL` and `REL` (a drawn relation of 0
to 1) are filled in. `off/d+r+e` says that the word "off" carries the direction, the first
relation and the first outcome of the way; `t` is the action's target, `r2` the second
relation, `e2` the second outcome. Underscores join words that carry one mark.

What a way says: `$` is the action (`$ off`, `$ down >2`), the rest are relations and outcomes.
"""

from dataclasses import dataclass

from scene_builder.model.words import Verb


@dataclass(frozen=True, slots=True)
class Way:
    """What may follow a verb, what things it needs, and what it says."""

    name: str
    pattern: str
    slots: tuple[str, ...]
    says: tuple[str, ...]
    weight: float = 1.0


def way(name: str, pattern: str, slots: str = "", says: str = "$", weight: float = 1.0) -> Way:
    """Return a way from the short forms of its parts."""
    parts = tuple(part.strip() for part in says.split(";"))
    return Way(name, pattern, tuple(slots.split()), parts, weight)


_EDGE = "[| | |the edge of|the end of|the side of|the top of|the corner of]"
GROUND_WAYS: tuple[Way, ...] = (
    way("off", f"[off/d+r+e|off/d+r+e|off_of/d+r+e] {_EDGE} <1>", "support",
       "0 on 1; $ off; 0 falls_off 1", 5),
    way("off", "over/d+r+e the edge of <1>", "support", "0 on 1; $ off; 0 falls_off 1", 0.6),
    way("off_onto", f"off/d+r+e {_EDGE} <1> [onto/e2|and_onto/e2] <2>", "support broad",
       "0 on 1; $ off; 0 falls_off 1; 0 lands_on 2", 0.8),
    way("off_into", f"off/d+r+e {_EDGE} <1> [into/e2|and_into/e2] <2>", "support container",
       "0 on 1; $ off; 0 falls_off 1; 0 lands_in 2", 0.8),
    way("into", "[into/t+e|into/t+e|into/t+e|against/t+e|straight_into/t+e|right_into/t+e] <1>",
       "target", "$ >1; 0 touches 1", 4),
    way("toward", "[towards/t|toward/t|toward/t|in_the_direction_of/t|straight_at/t|up_to/t] <1>",
       "target", "$ >1", 2.5),
    way("across", "[across/r|along/r|over/r|on/r|across_the_top_of/r] <1>", "support",
       "0 on 1; $", 2.5),
    way("across_into", "[across/r|along/r] <1> [into/t+e|and_into/t+e|straight_into/t+e] <2>",
       "support target", "0 on 1; $ >2; 0 touches 2", 1.2),
    way("floor", "[across|along|over|on] the GROUND", "", "$", 2),
    way("floor_into", "[across|along|over] the GROUND [into/t+e|straight_into/t+e] <1>", "target",
       "$ >1; 0 touches 1", 1),
    way("floor_toward", "[across|along|over] the GROUND [toward/t|towards/t] <1>", "target",
       "$ >1", 1),
    way("alone", "", "", "$", 1.5),
    way("past", "[past/r|right_past/r|past/r|by/r] <1>", "target", "0 near 1; $", 1),
    way("frame", "out/e of [the frame|the picture|view|shot|frame|sight]", "",
       "$; 0 leaves_frame", 0.7),
    way("wall", "[into/t+e|against/t+e] WALL", "", "$ >wall; 0 touches wall", 0.6),
    way("onto", "[onto/t+e|up_onto/t+e] <1>", "support", "$ >1; 0 lands_on 1", 0.5),
    way("under", "[under/t|underneath/t|beneath/t] <1>", "big", "$ >1", 0.3),
    way("from_to", "from/r <1> [to/t|toward/t] <2>", "support any", "0 on 1; $ >2", 0.3),
    way("down", "[down/d+r|down/d+r|down/d+r|all_the_way_down/d+r] <1>", "slope",
       "0 on 1; $ down", 3),
    way("down_into", "down/d+r <1> [into/t+e|straight_into/t+e|and_into/t+e] <2>", "slope target",
       "0 on 1; $ down >2; 0 touches 2", 1.6),
    way("down_toward", "down/d+r <1> [toward/t|towards/t] <2>", "slope target",
       "0 on 1; $ down >2", 0.8),
    way("down_in", "down/d+r <1> and into/e <2>", "slope container",
       "0 on 1; $ down; 0 lands_in 2", 0.5),
    way("up", "[up/d|up/d|halfway_up/d] <1>", "slope", "$ up", 0.8),
)  # fmt: skip
FALL_WAYS: tuple[Way, ...] = (
    way("off", f"[off/d+r+e|off/d+r+e|from/d+r+e] {_EDGE} <1>", "support",
       "0 on 1; $ off; 0 falls_off 1", 4),
    way("off_onto", "[off/d+r+e|from/d+r+e] <1> [onto/e2|on/e2|on_top_of/e2] <2>",
       "support broad", "0 on 1; $ off; 0 falls_off 1; 0 lands_on 2", 1.2),
    way("off_into", "[off/d+r+e|from/d+r+e] <1> [into/e2|straight_into/e2] <2>",
       "support container", "0 on 1; $ off; 0 falls_off 1; 0 lands_in 2", 1.2),
    way("in", "[into/t+e|into/t+e|in/t+e|inside/t+e|straight_into/t+e] <1>", "container",
       "$ >1; 0 lands_in 1", 3),
    way("on", "[onto/t+e|onto/t+e|on/t+e|on_top_of/t+e|down_onto/t+e] <1>", "broad",
       "$ >1; 0 lands_on 1", 3),
    way("sky_on", "from [above|the sky|a great height|the ceiling|high above|out of nowhere] "
       "[onto/t+e|on/t+e] <1>", "broad", "$ >1; 0 lands_on 1", 1),
    way("sky", "from [above|the sky|a great height|the ceiling|high up|out of nowhere]", "",
       "$", 0.6),
    way("height_on", "from HEIGHT [onto/t+e|on/t+e] <1>", "broad", "$ >1; 0 lands_on 1", 1),
    way("height_in", "from HEIGHT into/t+e <1>", "container", "$ >1; 0 lands_in 1", 0.8),
    way("height", "from HEIGHT", "", "$", 0.7),
    way("floor", "[to|onto|on] the GROUND", "", "$", 1),
    way("air_in", "through the air and into/t+e <1>", "container", "$ >1; 0 lands_in 1", 0.4),
    way("out", "out/r+e of <1>", "container", "0 inside 1; $; 0 falls_off 1", 0.7),
    way("alone", "", "", "$", 0.8),
    way("down", "down/d+r <1>", "slope", "0 on 1; $ down", 0.4),
)  # fmt: skip
BOUNCE_WAYS: tuple[Way, ...] = (
    way("alone", "[|up and down|around|in place|a few times|off the GROUND|higher and higher]"),
    way("on", "on/r <1>", "support", "0 on 1; $"),
    way("wall", "[off/e2|against/e2] WALL", "", "$; 0 bounces; 0 touches wall", 0.7),
    way("floor", "[across|along|on] the GROUND"),
    way("rel", "REL <1>", "any", "0 R 1; $", 2),
    way("over", "over/t <1>", "target", "$ >1", 0.6),
    way("down", "down/d+r <1>", "slope", "0 on 1; $ down", 0.8),
    way("toward", "[toward/t|towards/t] <1>", "target", "$ >1", 0.6),
    way("into", "[into/t+e2|against/t+e2] <1>", "target", "$ >1; 0 bounces; 0 touches 1", 0.6),
    way("off", "[off/d+r+e2|off/d+r+e2] <1>", "support",
       "0 on 1; $ off; 0 bounces; 0 falls_off 1", 0.8),
)  # fmt: skip
SPIN_WAYS: tuple[Way, ...] = (
    way("on", "[on/r|on/r|on_top_of/r] <1>", "support", "0 on 1; $", 2.5),
    way("rel", "REL <1>", "any", "0 R 1; $", 1.5),
    way("alone", "[|around|in place|on its axis|on the spot|like a top|on the GROUND|in the air]",
       "", "$", 1.5),
    way("turning", "[clockwise/d=clockwise|clockwise/d=clockwise|"
       "counterclockwise/d=counter_clockwise|anticlockwise/d=counter_clockwise|"
       "counter-clockwise/d=counter_clockwise]", "", "$", 1),
    way("turning_on", "[clockwise/d=clockwise|counterclockwise/d=counter_clockwise] on/r <1>",
       "support", "0 on 1; $", 0.7),
)  # fmt: skip
SWING_WAYS: tuple[Way, ...] = (
    way("from", "[from/r|on/r|from_the_end_of/r|at_the_end_of/r] <1>", "hanger",
       "0 hanging_from 1; $", 2),
    way("from_into", "[from/r|on/r] <1> [into/t+e|and_into/t+e|against/t+e] <2>", "hanger target",
       "0 hanging_from 1; $ >2; 0 touches 2", 1.2),
    way("into", "[into/t+e|against/t+e] <1>", "target", "$ >1; 0 touches 1", 1.5),
    way("alone", "[back and forth|from side to side|to and fro|like a pendulum|in wide arcs|]"),
    way("toward", "[toward/t|towards/t] <1>", "target", "$ >1", 0.8),
    way("ceiling", "from/r the CEILING", "", "0 hanging_from ceiling; $", 0.6),
    way("above", "[above/r|over/r] <1>", "any", "0 above 1; $", 0.6),
)  # fmt: skip
AIR_WAYS: tuple[Way, ...] = (
    way("above", "[above/r|over/r|high_above/r|just_above/r] <1>", "any", "0 above 1; $", 2.5),
    way("alone", "[|in the air|in midair|in mid-air|through the air|across the sky|weightlessly|"
       "around the room|overhead]", "", "$", 1.5),
    way("toward", "[toward/t|towards/t|to/t] <1>", "any", "$ >1", 1.2),
    way("past", "past/r <1>", "any", "0 near 1; $", 0.8),
    way("over", "[over/t|right_over/t] <1>", "any", "$ >1", 0.5),
    way("into", "[into/t+e|straight_into/t+e] <1>", "target", "$ >1; 0 touches 1", 0.8),
    way("up", "[up/d|upward/d|upwards/d|into_the_air/d|up_into_the_sky/d]", "", "$ up", 0.8),
    way("off", "off/d+r+e <1>", "support", "0 on 1; $ off; 0 falls_off 1", 0.3),
    way("beside", "[beside/r|next_to/r] <1>", "any", "0 beside 1; $", 0.4),
)  # fmt: skip
GO_WAYS: tuple[Way, ...] = (
    way("toward", "[toward/t|towards/t|to/t|up_to/t|over_to/t] <1>", "any", "$ >1", 2.5),
    way("past", "[past/r|by/r] <1>", "any", "0 near 1; $", 1),
    way("alone", "[|around|along the GROUND|across the GROUND|through the room|along|on the spot]"),
    way("into", "[into/t+e|straight_into/t+e] <1>", "target", "$ >1; 0 touches 1", 0.8),
    way("down", "down/d+r <1>", "slope", "0 on 1; $ down", 0.6),
    way("up", "up/d <1>", "slope", "$ up", 0.6),
    way("from", "from <1> to/t <2>", "any any", "$ >2", 0.3),
)  # fmt: skip
LAUNCH_WAYS: tuple[Way, ...] = (
    way("up", "[up/d|into_the_air/d|upward/d|straight_up/d|skyward/d|into_the_sky/d]", "",
       "$ up", 1.5),
    way("off", "off/d+r+e <1>", "support", "0 on 1; $ off; 0 falls_off 1", 0.8),
    way("onto", "[onto/t+e|on_top_of/t+e] <1>", "support", "$ >1; 0 lands_on 1", 1),
    way("over", "over/t <1>", "any", "$ >1", 1),
    way("alone", ""),
)  # fmt: skip
POUR_WAYS: tuple[Way, ...] = (
    way("in", "[into/t+e|in/t+e] <1>", "container", "$ >1; 0 lands_in 1", 3),
    way("on", "[onto/t+e|over/t+e] <1>", "support", "$ >1; 0 lands_on 1", 1.5),
    way("out", "out/r of <1>", "container", "0 inside 1; $", 1),
    way("out_in", "out/r of <1> [into/t+e|and_into/t+e] <2>", "container container",
       "0 inside 1; $ >2; 0 lands_in 2", 0.8),
    way("down", "down/d+r <1>", "slope", "0 on 1; $ down", 0.6),
)  # fmt: skip
ODD_WAYS: tuple[Way, ...] = (
    way("alone", "[||slowly|suddenly|completely|in the sun|with a bang]", "", "$", 1.5),
    way("on", "[on/r|on_top_of/r] <1>", "support", "0 on 1; $", 1.5),
    way("rel", "REL <1>", "any", "0 R 1; $", 1),
    way("inside", "[inside/r|in/r] <1>", "container", "0 inside 1; $", 0.5),
)  # fmt: skip
DOOR_WAYS: tuple[Way, ...] = (
    way("alone", "[||by itself|all by itself|a little|halfway|on its own]", "", "$", 2),
    way("rel", "REL <1>", "any", "0 R 1; $", 0.8),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Motion:
    """Verbs that say one verb of the graph, who does it, and what may follow."""

    verb: Verb
    surfaces: tuple[str, ...]
    kinds: tuple[str, ...]
    ways: tuple[Way, ...]
    weight: float = 1.0


def motion(verb: Verb, surfaces: str, kinds: str, ways: tuple[Way, ...], weight: float) -> Motion:
    """Return a motion from the short forms of its parts."""
    listed = tuple(word.replace("_", " ") for word in surfaces.split())
    return Motion(verb, listed, tuple(kinds.split()), ways, weight)


MOTIONS: tuple[Motion, ...] = (
    motion("roll", "roll roll roll roll roll roll trundle coast race speed drive cruise careen "
       "barrel tumble", "roller", GROUND_WAYS, 6),
    motion("slide", "slide slide slide slide slide glide skid slip skate scoot move slither",
       "roller any small", GROUND_WAYS, 4),
    motion("fall", "fall fall fall fall tumble plunge plummet topple crash_down come_down", "small",
       FALL_WAYS, 3.5),
    motion("drop", "drop drop drop plop", "small", FALL_WAYS, 2),
    motion("bounce", "bounce bounce bounce bounce hop rebound ricochet boing", "roller small",
       BOUNCE_WAYS, 1.6),
    motion("spin", "spin spin spin rotate twirl whirl revolve pirouette gyrate", "small any",
       SPIN_WAYS, 1.8),
    motion("turn", "turn turn turn pivot swivel turn_around", "any small", SPIN_WAYS[:4], 0.8),
    motion("swing", "swing swing swing sway oscillate rock", "roller any small", SWING_WAYS,
       1.5),
    motion("float", "float float hover levitate drift hang_weightless", "flier any small", AIR_WAYS,
       1.3),
    motion("fly", "fly fly fly soar sail zoom whizz swoop", "flier flier any", AIR_WAYS, 1.3),
    motion("walk", "walk walk stroll wander march amble stride tiptoe crawl waddle", "agent",
        GO_WAYS,
       1),
    motion("run", "run run dash sprint jog scamper rush gallop", "agent", GO_WAYS, 1),
    motion("launch", "jump leap blast_off take_off lift_off shoot_up spring", "flier agent small",
       LAUNCH_WAYS, 0.8),
    motion("pour", "pour pour spill stream cascade", "bead+", POUR_WAYS, 0.9),
    motion("explode", "explode explode blow_up burst detonate blast_apart", "burster any", ODD_WAYS,
       0.9),
    motion("melt", "melt melt melt_away liquefy thaw", "melter any", ODD_WAYS, 0.9),
    motion("open", "open open swing_open creak_open pop_open slide_open", "door", DOOR_WAYS, 0.8),
    motion("close", "close close shut slam_shut swing_shut snap_shut", "door", DOOR_WAYS, 0.8),
)  # fmt: skip
"""What things do by themselves."""
